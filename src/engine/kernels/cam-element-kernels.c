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
