/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Element-wise passes, written so that the compiler turns each loop into vector instructions: no branches, no calls. */
#include "cam-kernels.h"

#include <math.h>
#include <string.h>

#include "cam-vector-math.h"

void
cam_map_exp (const float *x,
             float       *y,
             gsize        n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = exp_of (x[i]);
}

void
cam_map_tanh (const float *x,
              float       *y,
              gsize        n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = tanh_of (x[i]);
}

void
cam_map_sigmoid (const float *x,
                 float       *y,
                 gsize        n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = sigmoid_of (x[i]);
}

/* ln (1 + e) = 2 artanh (e / (2 + e)), whose series in (e / (2 + e))² ≤ 1/9 is soon over. */
void
cam_map_softplus_rest (const float *x,
                       float       *y,
                       gsize        n)
{
  for (gsize i = 0; i < n; i++)
    {
      float e = exp_of (-fabsf (x[i])), t = e / (2.0f + e), s = t * t;
      float p = 1.0f / 13.0f;

      p = p * s + 1.0f / 11.0f;
      p = p * s + 1.0f / 9.0f;
      p = p * s + 1.0f / 7.0f;
      p = p * s + 1.0f / 5.0f;
      p = p * s + 1.0f / 3.0f;
      y[i] = 2.0f * (t + t * s * p);
    }
}

void
cam_map_softmax (const float *x,
                 float       *y,
                 gsize        rows,
                 gsize        columns)
{
  for (gsize row = 0; row < rows; row++, x += columns, y += columns)
    {
      float top = x[0];
      double sum = 0.0;

      for (gsize j = 1; j < columns; j++)
        top = x[j] > top ? x[j] : top;
      for (gsize j = 0; j < columns; j++)
        y[j] = exp_of (x[j] - top);
      for (gsize j = 0; j < columns; j++)
        sum += y[j];
      for (gsize j = 0; j < columns; j++)
        y[j] = (float) (y[j] / sum);
    }
}

void
cam_gather (const float   *from,
            const guint32 *rows,
            float         *to,
            gsize          n,
            gsize          width)
{
  for (gsize i = 0; i < n; i++)
    memcpy (to + i * width, from + (gsize) rows[i] * width, width * sizeof (float));
}

void
cam_add (const float *from,
         float       *to,
         gsize        n)
{
  for (gsize i = 0; i < n; i++)
    to[i] += from[i];
}

gboolean
cam_is_finite (const float *x,
               gsize        n)
{
  guint32 bad = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, x + i, sizeof bits);
      bad |= (bits & 0x7f800000u) == 0x7f800000u;
    }

  return bad == 0;
}
