/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Element-wise passes, written so that the compiler turns each loop into vector instructions: no branches, no calls. */
#include "cam-kernels.h"

#include <math.h>
#include <string.h>

#include "cam-vector-math.h"

CAM_KERNEL_UNLESS (n < 8, void, cam_map_exp, (const float *x, float *y, gsize n), (x, y, n))
{
  for (gsize i = 0; i < n; i++)
    y[i] = exp_of (x[i]);
}

CAM_KERNEL_UNLESS (n < 8, void, cam_map_tanh, (const float *x, float *y, gsize n), (x, y, n))
{
#pragma GCC ivdep
  for (gsize i = 0; i < n; i++)
    y[i] = tanh_of (x[i]);
}

CAM_KERNEL_UNLESS (n < 8, void, cam_map_sigmoid, (const float *x, float *y, gsize n), (x, y, n))
{
  for (gsize i = 0; i < n; i++)
    y[i] = sigmoid_of (x[i]);
}

CAM_KERNEL_UNLESS (n < 8, void, cam_map_softplus_rest, (const float *x, float *y, gsize n), (x, y, n))
{
  for (gsize i = 0; i < n; i++)
    y[i] = log1p_of (exp_of (-fabsf (x[i])));
}

CAM_KERNEL (void, cam_map_softmax, (const float *x, float *y, gsize rows, gsize columns), (x, y, rows, columns))
{
  for (gsize row = 0; row < rows; row++)
    {
      const float *from = x + row * columns;
      float top = from[0];

      for (gsize j = 1; j < columns; j++)
        top = from[j] > top ? from[j] : top;
      for (gsize j = 0; j < columns; j++)
        y[row * columns + j] = from[j] - top;
    }

  /* All rows at once: one alone seldom fills a register. */
  for (gsize i = 0; i < rows * columns; i++)
    y[i] = exp_of (y[i]);

  for (gsize row = 0; row < rows; row++, y += columns)
    {
      double sum = 0.0, share;

      for (gsize j = 0; j < columns; j++)
        sum += y[j];
      share = 1.0 / sum;
      for (gsize j = 0; j < columns; j++)
        y[j] = (float) (y[j] * share);
    }
}

CAM_KERNEL (void, cam_gather, (const float *from, const guint32 *rows, float *to, gsize n, gsize width), (from, rows, to, n, width))
{
  /* Narrow rows are not worth a call each. */
  if (width < 8)
    for (gsize j = 0; j < width; j++)
      for (gsize i = 0; i < n; i++)
        to[i * width + j] = from[(gsize) rows[i] * width + j];
  else
    for (gsize i = 0; i < n; i++)
      memcpy (to + i * width, from + (gsize) rows[i] * width, width * sizeof (float));
}

CAM_KERNEL (void, cam_add, (const float *from, float *to, gsize n), (from, to, n))
{
  for (gsize i = 0; i < n; i++)
    to[i] += from[i];
}

CAM_KERNEL (gboolean, cam_is_finite, (const float *x, gsize n), (x, n))
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
