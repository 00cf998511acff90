/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and scalings for each channel; the innermost loop runs over channels, so that it becomes vector instructions. No two blocks of a call overlap. */
#include "cam-norm-kernels.h"

#include "cam-path.h"

CAM_KERNEL (void, cam_channel_moments, (const float *x, double *restrict sums, double *restrict squares, gsize rows, gsize channels),
            (x, sums, squares, rows, channels))
{
  for (gsize row = 0; row < rows; row++, x += channels)
    for (gsize j = 0; j < channels; j++)
      {
        double value = x[j];

        sums[j] += value;
        squares[j] += value * value;
      }
}

CAM_KERNEL (void, cam_channel_products,
            (const float *x, const float *dy, const float *mean, const float *factor, double *restrict sums, double *restrict products, gsize rows, gsize channels),
            (x, dy, mean, factor, sums, products, rows, channels))
{
  for (gsize row = 0; row < rows; row++, x += channels, dy += channels)
    for (gsize j = 0; j < channels; j++)
      {
        sums[j] += dy[j];
        products[j] += (double) dy[j] * ((x[j] - mean[j]) * factor[j]);
      }
}

CAM_KERNEL (void, cam_channel_scale, (const float *x, const float *mean, const float *factor, const float *offset, float *y, gsize rows, gsize channels),
            (x, mean, factor, offset, y, rows, channels))
{
  for (gsize row = 0; row < rows; row++, x += channels, y += channels)
    {
      float *restrict to = y;

      for (gsize j = 0; j < channels; j++)
        to[j] = (x[j] - mean[j]) * factor[j] + offset[j];
    }
}

CAM_KERNEL (void, cam_channel_scale_back,
            (const float *x, const float *dy, const float *mean, const float *factor, const float *slope, const float *offset, float *dx, gsize rows, gsize channels),
            (x, dy, mean, factor, slope, offset, dx, rows, channels))
{
  for (gsize row = 0; row < rows; row++, x += channels, dy += channels, dx += channels)
    {
      float *restrict to = dx;

      for (gsize j = 0; j < channels; j++)
        to[j] = dy[j] * factor[j] + (x[j] - mean[j]) * slope[j] + offset[j];
    }
}

CAM_KERNEL (double, cam_sum_doubles, (const double *values, gsize n), (values, n))
{
  enum { LANES = 8 };
  double lanes[LANES] = { 0 }, sum = 0.0;
  gsize i = 0;

  for (; i + LANES <= n; i += LANES)
    for (gsize j = 0; j < LANES; j++)
      lanes[j] += values[i + j];
  for (; i < n; i++)
    sum += values[i];
  for (gsize j = 0; j < LANES; j++)
    sum += lanes[j];

  return sum;
}
