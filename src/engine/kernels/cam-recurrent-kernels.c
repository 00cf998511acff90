/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sequences loaded step after step, the cells of recurrent layers, and the plain loops that these are held against.
 *
 * A cell's units go by in lanes of a fixed number, so that each lane is a few vector instructions without branches or calls; units that are left over go through lanes of
 * their own, as few units are what many networks have. */
#include "cam-recurrent-kernels.h"

#include <string.h>

#include "cam-vector-math.h"

void
cam_sequence_load (const CamSequence *sizes,
                   const float       *x,
                   const float       *keep,
                   gboolean           backwards,
                   float             *joined)
{
  gsize width = sizes->inputs + sizes->units;

  for (gsize step = 0; step < sizes->steps; step++)
    for (gsize row = 0; row < sizes->n; row++)
      {
        const float *from = x + (row * sizes->steps + (backwards ? sizes->steps - 1 - step : step)) * sizes->inputs;
        float *to = joined + (step * sizes->n + row) * width;

        if (keep == NULL)
          memcpy (to, from, sizes->inputs * sizeof (float));
        else
          for (gsize i = 0; i < sizes->inputs; i++)
            to[i] = from[i] * keep[row * sizes->inputs + i];
      }

  for (gsize row = 0; row < sizes->n; row++)
    memset (joined + row * width + sizes->inputs, 0, sizes->units * sizeof (float));
}

void
cam_sequence_unload (const CamSequence *sizes,
                     const float       *joined,
                     const float       *keep,
                     gboolean           backwards,
                     float             *dx)
{
  gsize width = sizes->inputs + sizes->units;

  for (gsize row = 0; row < sizes->n; row++)
    for (gsize step = 0; step < sizes->steps; step++)
      {
        const float *from = joined + (step * sizes->n + row) * width;
        float *to = dx + (row * sizes->steps + (backwards ? sizes->steps - 1 - step : step)) * sizes->inputs;

        if (keep == NULL)
          memcpy (to, from, sizes->inputs * sizeof (float));
        else
          for (gsize i = 0; i < sizes->inputs; i++)
            to[i] = from[i] * keep[row * sizes->inputs + i];
      }
}

/* A row that keeps its state. */
CAM_INLINE void
keep_row (float       *to,
          const float *from,
          gsize        units)
{
  memcpy (to, from, units * sizeof (float));
}

#define LANES 16

/* The units that are left over, the other lanes 0; and the way back. */
CAM_INLINE void
take_lanes (float       *to,
            const float *from,
            gsize        count)
{
  memset (to, 0, LANES * sizeof (float));
  memcpy (to, from, count * sizeof (float));
}

CAM_INLINE void
give_lanes (float       *to,
            const float *from,
            gsize        count)
{
  memcpy (to, from, count * sizeof (float));
}

/* Gates lie @gap apart, in z as in the bias. */
CAM_INLINE void
lstm_lanes (gsize                  gap,
            float *restrict        z,
            gsize                  bias_gap,
            const float *restrict  bias,
            const float *restrict  c_before,
            float *restrict        c,
            float *restrict        tanh_c,
            float *restrict        h)
{
  for (gsize j = 0; j < LANES; j++)
    {
      float in = sigmoid_of (z[j] + bias[j]);
      float forget = sigmoid_of (z[gap + j] + bias[bias_gap + j]);
      float candidate = tanh_of (z[2 * gap + j] + bias[2 * bias_gap + j]);
      float out = sigmoid_of (z[3 * gap + j] + bias[3 * bias_gap + j]);
      float cell = forget * c_before[j] + in * candidate;

      z[j] = in;
      z[gap + j] = forget;
      z[2 * gap + j] = candidate;
      z[3 * gap + j] = out;
      c[j] = cell;
      tanh_c[j] = tanh_of (cell);
      h[j] = out * tanh_c[j];
    }
}

CAM_INLINE void
lstm_row (gsize        units,
          float       *z,
          const float *bias,
          const float *c_before,
          float       *c,
          float       *tanh_c,
          float       *h)
{
  gsize whole = units / LANES * LANES, rest = units - whole;
  float gates[4 * LANES], of_bias[4 * LANES], before[LANES], after[LANES], of_tanh[LANES], of_h[LANES];

  for (gsize first = 0; first < whole; first += LANES)
    lstm_lanes (units, z + first, units, bias + first, c_before + first, c + first, tanh_c + first, h + first);
  if (rest == 0)
    return;

  for (gsize gate = 0; gate < 4; gate++)
    {
      take_lanes (gates + gate * LANES, z + gate * units + whole, rest);
      take_lanes (of_bias + gate * LANES, bias + gate * units + whole, rest);
    }
  take_lanes (before, c_before + whole, rest);
  lstm_lanes (LANES, gates, LANES, of_bias, before, after, of_tanh, of_h);
  for (gsize gate = 0; gate < 4; gate++)
    give_lanes (z + gate * units + whole, gates + gate * LANES, rest);
  give_lanes (c + whole, after, rest);
  give_lanes (tanh_c + whole, of_tanh, rest);
  give_lanes (h + whole, of_h, rest);
}

CAM_KERNEL (void, cam_lstm_cell, (const CamCellRows *rows, float *z, const float *bias, const float *c_before, float *c, float *tanh_c, const float *h_before, float *h, gsize h_stride),
            (rows, z, bias, c_before, c, tanh_c, h_before, h, h_stride))
{
  gsize units = rows->units;

  for (gsize row = 0; row < rows->n; row++)
    if (cam_cell_row_counts (rows, row))
      lstm_row (units, z + row * 4 * units, bias, c_before + row * units, c + row * units, tanh_c + row * units, h + row * h_stride);
    else
      {
        keep_row (c + row * units, c_before + row * units, units);
        keep_row (h + row * h_stride, h_before + row * h_stride, units);
      }
}

CAM_INLINE void
lstm_row_back (gsize                  units,
               float *restrict        z,
               const float *restrict  c_before,
               const float *restrict  tanh_c,
               float *restrict        dh,
               float *restrict        dc)
{
  for (gsize j = 0; j < units; j++)
    {
      float in = z[j], forget = z[units + j], candidate = z[2 * units + j], out = z[3 * units + j];
      float d_cell = dc[j] + dh[j] * out * (1.0f - tanh_c[j] * tanh_c[j]);

      z[j] = d_cell * candidate * in * (1.0f - in);
      z[units + j] = d_cell * c_before[j] * forget * (1.0f - forget);
      z[2 * units + j] = d_cell * in * (1.0f - candidate * candidate);
      z[3 * units + j] = dh[j] * tanh_c[j] * out * (1.0f - out);
      dc[j] = d_cell * forget;
      dh[j] = 0.0f;
    }
}

CAM_KERNEL (void, cam_lstm_cell_back, (const CamCellRows *rows, float *z, const float *c_before, const float *tanh_c, float *dh, float *dc),
            (rows, z, c_before, tanh_c, dh, dc))
{
  gsize units = rows->units;

  for (gsize row = 0; row < rows->n; row++)
    if (cam_cell_row_counts (rows, row))
      lstm_row_back (units, z + row * 4 * units, c_before + row * units, tanh_c + row * units, dh + row * units, dc + row * units);
    else
      memset (z + row * 4 * units, 0, 4 * units * sizeof (float));
}

CAM_INLINE void
gru_lanes (gsize                  gap,
           float *restrict        z,
           float *restrict        inner,
           gsize                  bias_gap,
           const float *restrict  bias,
           const float *restrict  inner_bias,
           const float *restrict  h_before,
           float *restrict        h)
{
  for (gsize j = 0; j < LANES; j++)
    {
      float update = sigmoid_of ((z[j] + bias[j]) + (inner[j] + inner_bias[j]));
      float reset = sigmoid_of ((z[gap + j] + bias[bias_gap + j]) + (inner[gap + j] + inner_bias[bias_gap + j]));
      float recalled = inner[2 * gap + j] + inner_bias[2 * bias_gap + j];
      float candidate = tanh_of ((z[2 * gap + j] + bias[2 * bias_gap + j]) + reset * recalled);

      z[j] = update;
      z[gap + j] = reset;
      z[2 * gap + j] = candidate;
      inner[2 * gap + j] = recalled;
      h[j] = update * h_before[j] + (1.0f - update) * candidate;
    }
}

CAM_INLINE void
gru_row (gsize        units,
         float       *z,
         float       *inner,
         const float *bias,
         const float *inner_bias,
         const float *h_before,
         float       *h)
{
  gsize whole = units / LANES * LANES, rest = units - whole;
  float gates[3 * LANES], sums[3 * LANES], of_bias[3 * LANES], of_inner_bias[3 * LANES], before[LANES], after[LANES];

  for (gsize first = 0; first < whole; first += LANES)
    gru_lanes (units, z + first, inner + first, units, bias + first, inner_bias + first, h_before + first, h + first);
  if (rest == 0)
    return;

  for (gsize gate = 0; gate < 3; gate++)
    {
      take_lanes (gates + gate * LANES, z + gate * units + whole, rest);
      take_lanes (sums + gate * LANES, inner + gate * units + whole, rest);
      take_lanes (of_bias + gate * LANES, bias + gate * units + whole, rest);
      take_lanes (of_inner_bias + gate * LANES, inner_bias + gate * units + whole, rest);
    }
  take_lanes (before, h_before + whole, rest);
  gru_lanes (LANES, gates, sums, LANES, of_bias, of_inner_bias, before, after);
  for (gsize gate = 0; gate < 3; gate++)
    give_lanes (z + gate * units + whole, gates + gate * LANES, rest);
  give_lanes (inner + 2 * units + whole, sums + 2 * LANES, rest);
  give_lanes (h + whole, after, rest);
}

CAM_KERNEL (void, cam_gru_cell, (const CamCellRows *rows, float *z, float *inner, const float *bias, const float *inner_bias, const float *h_before, float *h, gsize h_stride),
            (rows, z, inner, bias, inner_bias, h_before, h, h_stride))
{
  gsize units = rows->units;

  for (gsize row = 0; row < rows->n; row++)
    if (cam_cell_row_counts (rows, row))
      gru_row (units, z + row * 3 * units, inner + row * 3 * units, bias, inner_bias, h_before + row * h_stride, h + row * h_stride);
    else
      keep_row (h + row * h_stride, h_before + row * h_stride, units);
}

CAM_INLINE void
gru_row_back (gsize                  units,
              float *restrict        z,
              float *restrict        inner,
              const float *restrict  h_before,
              float *restrict        dh)
{
  for (gsize j = 0; j < units; j++)
    {
      float update = z[j], reset = z[units + j], candidate = z[2 * units + j];
      float d_candidate = dh[j] * (1.0f - update) * (1.0f - candidate * candidate);
      float d_update = dh[j] * (h_before[j] - candidate) * update * (1.0f - update);
      float d_reset = d_candidate * inner[2 * units + j] * reset * (1.0f - reset);

      z[j] = inner[j] = d_update;
      z[units + j] = inner[units + j] = d_reset;
      z[2 * units + j] = d_candidate;
      inner[2 * units + j] = d_candidate * reset;
      dh[j] *= update;
    }
}

CAM_KERNEL (void, cam_gru_cell_back, (const CamCellRows *rows, float *z, float *inner, const float *h_before, gsize h_stride, float *dh),
            (rows, z, inner, h_before, h_stride, dh))
{
  gsize units = rows->units;

  for (gsize row = 0; row < rows->n; row++)
    if (cam_cell_row_counts (rows, row))
      gru_row_back (units, z + row * 3 * units, inner + row * 3 * units, h_before + row * h_stride, dh + row * units);
    else
      {
        memset (z + row * 3 * units, 0, 3 * units * sizeof (float));
        memset (inner + row * 3 * units, 0, 3 * units * sizeof (float));
      }
}

static double
plain_sigmoid (double x)
{
  return 1.0 / (1.0 + exp (-x));
}

void
cam_plain_lstm_cell (const CamCellRows *rows,
                     float             *z,
                     const float       *bias,
                     const float       *c_before,
                     float             *c,
                     float             *tanh_c,
                     const float       *h_before,
                     float             *h,
                     gsize              h_stride)
{
  gsize units = rows->units;

  for (gsize row = 0; row < rows->n; row++)
    for (gsize j = 0; j < units; j++)
      {
        float *gates = z + row * 4 * units + j;
        gsize at = row * units + j;

        if (!cam_cell_row_counts (rows, row))
          {
            c[at] = c_before[at];
            h[row * h_stride + j] = h_before[row * h_stride + j];
            continue;
          }
        for (gsize gate = 0; gate < 4; gate++)
          {
            double sum = gates[gate * units] + bias[gate * units + j];

            gates[gate * units] = (float) (gate == 2 ? tanh (sum) : plain_sigmoid (sum));
          }
        c[at] = (float) ((double) gates[units] * c_before[at] + (double) gates[0] * gates[2 * units]);
        tanh_c[at] = (float) tanh (c[at]);
        h[row * h_stride + j] = gates[3 * units] * tanh_c[at];
      }
}

void
cam_plain_lstm_cell_back (const CamCellRows *rows,
                          float             *z,
                          const float       *c_before,
                          const float       *tanh_c,
                          float             *dh,
                          float             *dc)
{
  gsize units = rows->units;

  for (gsize row = 0; row < rows->n; row++)
    for (gsize j = 0; j < units; j++)
      {
        float *gates = z + row * 4 * units + j;
        gsize at = row * units + j;
        double in = gates[0], forget = gates[units], candidate = gates[2 * units], out = gates[3 * units];
        double d_cell = dc[at] + (double) dh[at] * out * (1.0 - (double) tanh_c[at] * tanh_c[at]);
        gboolean counts = cam_cell_row_counts (rows, row);

        gates[0] = (float) (counts ? d_cell * candidate * in * (1.0 - in) : 0.0);
        gates[units] = (float) (counts ? d_cell * c_before[at] * forget * (1.0 - forget) : 0.0);
        gates[2 * units] = (float) (counts ? d_cell * in * (1.0 - candidate * candidate) : 0.0);
        gates[3 * units] = (float) (counts ? (double) dh[at] * tanh_c[at] * out * (1.0 - out) : 0.0);
        if (!counts)
          continue;
        dc[at] = (float) (d_cell * forget);
        dh[at] = 0.0f;
      }
}

void
cam_plain_gru_cell (const CamCellRows *rows,
                    float             *z,
                    float             *inner,
                    const float       *bias,
                    const float       *inner_bias,
                    const float       *h_before,
                    float             *h,
                    gsize              h_stride)
{
  gsize units = rows->units;

  for (gsize row = 0; row < rows->n; row++)
    for (gsize j = 0; j < units; j++)
      {
        float *gates = z + row * 3 * units + j, *sums = inner + row * 3 * units + j;
        double before = h_before[row * h_stride + j];

        if (!cam_cell_row_counts (rows, row))
          {
            h[row * h_stride + j] = (float) before;
            continue;
          }
        for (gsize gate = 0; gate < 2; gate++)
          gates[gate * units] = (float) plain_sigmoid ((double) gates[gate * units] + bias[gate * units + j] + sums[gate * units] + inner_bias[gate * units + j]);
        sums[2 * units] += inner_bias[2 * units + j];
        gates[2 * units] = (float) tanh ((double) gates[2 * units] + bias[2 * units + j] + (double) gates[units] * sums[2 * units]);
        h[row * h_stride + j] = (float) (gates[0] * before + (1.0 - gates[0]) * gates[2 * units]);
      }
}

void
cam_plain_gru_cell_back (const CamCellRows *rows,
                         float             *z,
                         float             *inner,
                         const float       *h_before,
                         gsize              h_stride,
                         float             *dh)
{
  gsize units = rows->units;

  for (gsize row = 0; row < rows->n; row++)
    for (gsize j = 0; j < units; j++)
      {
        float *gates = z + row * 3 * units + j, *sums = inner + row * 3 * units + j;
        gboolean counts = cam_cell_row_counts (rows, row);
        double update = gates[0], reset = gates[units], candidate = gates[2 * units], d = counts ? dh[row * units + j] : 0.0;
        double d_candidate = d * (1.0 - update) * (1.0 - candidate * candidate);

        gates[0] = sums[0] = (float) (d * (h_before[row * h_stride + j] - candidate) * update * (1.0 - update));
        gates[units] = sums[units] = (float) (d_candidate * sums[2 * units] * reset * (1.0 - reset));
        gates[2 * units] = (float) d_candidate;
        sums[2 * units] = (float) (d_candidate * reset);
        if (counts)
          dh[row * units + j] = (float) (d * update);
      }
}
