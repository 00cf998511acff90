/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GRU: gates z (update) and r (reset) in 0 … 1, a candidate c; h ← z·h + (1 − z)·c. The sums stand in the order z, r, c. Source: keras.layers.GRU.
 *
 * reset_after: c = act (x·W + b + r·(h·U + b′)), with all of h·U one product, and two rows of biases. Else c = act (x·W + b + (r·h)·U), which needs r first. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-recurrent-private.h"
#include "kernels/cam-kernels.h"

enum { UPDATE, RESET, CANDIDATE, N_GATES };

static const CamField fields[] = {
  CAM_RECURRENT_FIELDS_BEGIN,
  CAM_RECURRENT_GATE_FIELD,
  CAM_RECURRENT_FIELDS_MIDDLE,
  CAM_F_BOOL ("reset_after", N_("Reset after"), N_("Applies the reset gate after the state's product, as fast implementations do."), 1, CAM_FIELD_ADVANCED),
  CAM_SEED_FIELD,
  CAM_RECURRENT_FIELDS_END,
};

/* The state's sums of each step, later their gradient; or r·h. */
static gsize
n_kept (gsize    units,
        gboolean reset_after)
{
  return reset_after ? N_GATES * units : units;
}

static float *
raw_of (const CamStep *at,
        gsize          row,
        gsize          gate)
{
  gsize units = at->rows.units;

  return at->raw != NULL ? at->raw + (row * N_GATES + gate) * units : NULL;
}

static void
add_bias (float       *z,
          const float *bias,
          gsize        n)
{
  for (gsize j = 0; j < n; j++)
    z[j] += bias[j];
}

/* The new state from update gate and candidate, or the old one. */
static void
mix (const CamStep *at,
     gsize          row)
{
  gsize units = at->rows.units;
  const float *z = at->z + row * N_GATES * units, *before = at->h_before + row * at->h_stride;
  float *h = at->h + row * at->h_stride;

  for (gsize j = 0; j < units; j++)
    h[j] = z[j] * before[j] + (1.0f - z[j]) * z[CANDIDATE * units + j];
}

static void
keep (const CamStep *at,
      gsize          row)
{
  memcpy (at->h + row * at->h_stride, at->h_before + row * at->h_stride, at->rows.units * sizeof (float));
}

/* One row with activations of any kind, the reset after the product. */
static void
step_row (const CamRecurrent *own,
          const CamStep      *at,
          const float        *bias,
          gsize               row)
{
  gsize units = own->units;
  float *z = at->z + row * N_GATES * units, *inner = at->kept + row * N_GATES * units;

  add_bias (z, bias, N_GATES * units);
  add_bias (inner, bias + N_GATES * units, N_GATES * units);
  add_bias (z, inner, 2 * units);
  cam_recurrent_activate (own->gate_activation, z, raw_of (at, row, UPDATE), units);
  cam_recurrent_activate (own->gate_activation, z + RESET * units, raw_of (at, row, RESET), units);
  for (gsize j = 0; j < units; j++)
    z[CANDIDATE * units + j] += z[RESET * units + j] * inner[CANDIDATE * units + j];
  cam_recurrent_activate (own->activation, z + CANDIDATE * units, raw_of (at, row, CANDIDATE), units);
  mix (at, row);
}

static void
step_after (const CamLayer *self,
            const CamStep  *at)
{
  const CamRecurrent *own = self->own;
  gsize n = at->rows.n, units = own->units, sums = N_GATES * units;
  const float *bias = cam_recurrent_weight (self, CAM_RECURRENT_BIAS);

  cam_product (at->state, at->state_stride, 1, cam_recurrent_weight (self, CAM_RECURRENT_STATE_KERNEL), sums, NULL, 0, at->kept, sums, n, units, sums);
  if (own->is_usual)
    cam_gru_cell (&at->rows, at->z, at->kept, bias, bias + sums, at->h_before, at->h, at->h_stride);
  else
    for (gsize row = 0; row < n; row++)
      if (cam_cell_row_counts (&at->rows, row))
        step_row (own, at, bias, row);
      else
        keep (at, row);
}

static void
step_before (const CamLayer *self,
             const CamStep  *at)
{
  const CamRecurrent *own = self->own;
  gsize n = at->rows.n, units = own->units, sums = N_GATES * units;
  const float *bias = cam_recurrent_weight (self, CAM_RECURRENT_BIAS), *kernel = cam_recurrent_weight (self, CAM_RECURRENT_STATE_KERNEL);

  cam_product (at->state, at->state_stride, 1, kernel, sums, at->z, sums, at->z, sums, n, units, 2 * units);
  for (gsize row = 0; row < n; row++)
    {
      float *z = at->z + row * sums;

      add_bias (z, bias, sums);
      cam_recurrent_activate (own->gate_activation, z, raw_of (at, row, UPDATE), units);
      cam_recurrent_activate (own->gate_activation, z + RESET * units, raw_of (at, row, RESET), units);
      for (gsize j = 0; j < units; j++)
        at->kept[row * units + j] = z[RESET * units + j] * at->state[row * at->state_stride + j];
    }

  cam_product (at->kept, units, 1, kernel + CANDIDATE * units, sums, at->z + CANDIDATE * units, sums, at->z + CANDIDATE * units, sums, n, units, units);
  for (gsize row = 0; row < n; row++)
    {
      cam_recurrent_activate (own->activation, at->z + row * sums + CANDIDATE * units, raw_of (at, row, CANDIDATE), units);
      if (cam_cell_row_counts (&at->rows, row))
        mix (at, row);
      else
        keep (at, row);
    }
}

/* Gradients of the sums of update gate and candidate in their places; dh becomes what goes straight to the state before. */
static void
unmix (const CamRecurrent *own,
       const CamStep      *at,
       gsize               row)
{
  gsize units = own->units;
  float *z = at->z + row * N_GATES * units, *dh = at->dh + row * units, *d = at->temp;
  const float *before = at->h_before + row * at->h_stride;

  for (gsize j = 0; j < units; j++)
    {
      d[UPDATE * units + j] = dh[j] * (before[j] - z[CANDIDATE * units + j]);
      d[CANDIDATE * units + j] = dh[j] * (1.0f - z[j]);
      dh[j] *= z[j];
    }
  cam_recurrent_deactivate (own->gate_activation, z, raw_of (at, row, UPDATE), d, units);
  cam_recurrent_deactivate (own->activation, z + CANDIDATE * units, raw_of (at, row, CANDIDATE), d + CANDIDATE * units, units);
  memcpy (z, d, units * sizeof (float));
  memcpy (z + CANDIDATE * units, d + CANDIDATE * units, units * sizeof (float));
}

/* The reset gate's, from the gradient @d of its value. */
static void
unreset (const CamRecurrent *own,
         const CamStep      *at,
         gsize               row,
         float              *d)
{
  gsize units = own->units;
  float *reset = at->z + (row * N_GATES + RESET) * units;

  cam_recurrent_deactivate (own->gate_activation, reset, raw_of (at, row, RESET), d, units);
  memcpy (reset, d, units * sizeof (float));
}

static void
back_row (const CamRecurrent *own,
          const CamStep      *at,
          gsize               row)
{
  gsize units = own->units;
  float *z = at->z + row * N_GATES * units, *inner = at->kept + row * N_GATES * units, *d = at->temp;

  unmix (own, at, row);
  for (gsize j = 0; j < units; j++)
    {
      d[j] = z[CANDIDATE * units + j] * inner[CANDIDATE * units + j];
      inner[CANDIDATE * units + j] = z[CANDIDATE * units + j] * z[RESET * units + j];
    }
  unreset (own, at, row, d);
  memcpy (inner, z, 2 * units * sizeof (float));
}

static void
back_after (const CamLayer *self,
            const CamStep  *at)
{
  const CamRecurrent *own = self->own;
  gsize n = at->rows.n, units = own->units, sums = N_GATES * units;

  if (own->is_usual)
    cam_gru_cell_back (&at->rows, at->z, at->kept, at->h_before, at->h_stride, at->dh);
  else
    for (gsize row = 0; row < n; row++)
      if (cam_cell_row_counts (&at->rows, row))
        back_row (own, at, row);
      else
        {
          memset (at->z + row * sums, 0, sums * sizeof (float));
          memset (at->kept + row * sums, 0, sums * sizeof (float));
        }

  cam_product_turned (at->kept, sums, cam_recurrent_weight (self, CAM_RECURRENT_STATE_KERNEL), sums, at->dstate, units, at->dstate, units, n, sums, units);
}

static void
back_before (const CamLayer *self,
             const CamStep  *at)
{
  const CamRecurrent *own = self->own;
  gsize n = at->rows.n, units = own->units, sums = N_GATES * units;
  const float *kernel = cam_recurrent_weight (self, CAM_RECURRENT_STATE_KERNEL);
  float *d_recalled = at->carry;

  for (gsize row = 0; row < n; row++)
    if (cam_cell_row_counts (&at->rows, row))
      unmix (own, at, row);
    else
      memset (at->z + row * sums, 0, sums * sizeof (float));

  cam_product_turned (at->z + CANDIDATE * units, sums, kernel + CANDIDATE * units, sums, NULL, 0, d_recalled, units, n, units, units);
  for (gsize row = 0; row < n; row++)
    {
      const float *reset = at->z + row * sums + RESET * units, *state = at->state + row * at->state_stride;
      float *d = at->temp;

      if (!cam_cell_row_counts (&at->rows, row))
        continue;
      for (gsize j = 0; j < units; j++)
        {
          d[j] = d_recalled[row * units + j] * state[j];
          at->dstate[row * units + j] += d_recalled[row * units + j] * reset[j];
        }
      unreset (own, at, row, d);
    }
  cam_product_turned (at->z, sums, kernel, sums, at->dstate, units, at->dstate, units, n, 2 * units, units);
}

static void
gradient_after (const CamLayer    *self,
                const CamSequence *sizes,
                const float       *state,
                gsize              state_stride,
                const float       *z,
                const float       *kept,
                float             *recurrent,
                float             *bias)
{
  gsize sums = N_GATES * sizes->units, depth = sizes->steps * sizes->n;
  const float *inner = kept + sizes->n * sums;

  if (recurrent != NULL)
    cam_product (state, 1, state_stride, inner, sums, NULL, 0, recurrent, sums, sizes->units, depth, sums);
  if (bias != NULL)
    cam_bias_gradient (inner, bias, depth, sums);
}

static void
gradient_before (const CamLayer    *self,
                 const CamSequence *sizes,
                 const float       *state,
                 gsize              state_stride,
                 const float       *z,
                 const float       *kept,
                 float             *recurrent,
                 float             *bias)
{
  gsize units = sizes->units, sums = N_GATES * units, depth = sizes->steps * sizes->n;

  if (recurrent == NULL)
    return;
  cam_product (state, 1, state_stride, z, sums, NULL, 0, recurrent, sums, units, depth, 2 * units);
  cam_product (kept + sizes->n * units, 1, units, z + CANDIDATE * units, sums, NULL, 0, recurrent + CANDIDATE * units, sums, units, depth, units);
}

static const CamCell cell_after = { N_GATES, n_kept, step_after, back_after, gradient_after };
static const CamCell cell_before = { N_GATES, n_kept, step_before, back_before, gradient_before };

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  gboolean reset_after = cam_fields_bool (self->config, "reset_after");

  return cam_recurrent_prepare (self, reset_after ? &cell_after : &cell_before, reset_after, error);
}

const CamLayerKind cam_gru_kind = {
  .name = "GRU",
  .icon = "camadas-recurrent-symbolic",
  .note = N_("Reads a sequence step by step; close to an LSTM, with a quarter fewer weights."),
  .category = CAM_LAYER_SEQUENCE,
  .fields = fields,
  .describe = cam_recurrent_describe,
  .prepare = prepare,
  .forward = cam_recurrent_forward,
  .backward = cam_recurrent_backward,
};
