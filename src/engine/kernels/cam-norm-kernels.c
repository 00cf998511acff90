/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and scalings for each channel; the innermost loop runs over channels, so that it becomes vector instructions. */
#include "cam-norm-kernels.h"

void
cam_channel_moments (const float *x,
                     double      *sums,
                     double      *squares,
                     gsize        rows,
                     gsize        channels)
{
  for (gsize row = 0; row < rows; row++, x += channels)
    for (gsize j = 0; j < channels; j++)
      {
        double value = x[j];

        sums[j] += value;
        squares[j] += value * value;
      }
}

void
cam_channel_products (const float *x,
                      const float *dy,
                      const float *mean,
                      const float *factor,
                      double      *sums,
                      double      *products,
                      gsize        rows,
                      gsize        channels)
{
  for (gsize row = 0; row < rows; row++, x += channels, dy += channels)
    for (gsize j = 0; j < channels; j++)
      {
        sums[j] += dy[j];
        products[j] += (double) dy[j] * ((x[j] - mean[j]) * factor[j]);
      }
}

void
cam_channel_scale (const float *x,
                   const float *mean,
                   const float *factor,
                   const float *offset,
                   float       *y,
                   gsize        rows,
                   gsize        channels)
{
  for (gsize row = 0; row < rows; row++, x += channels, y += channels)
    for (gsize j = 0; j < channels; j++)
      y[j] = (x[j] - mean[j]) * factor[j] + offset[j];
}

void
cam_channel_scale_back (const float *x,
                        const float *dy,
                        const float *mean,
                        const float *factor,
                        const float *slope,
                        const float *offset,
                        float       *dx,
                        gsize        rows,
                        gsize        channels)
{
  for (gsize row = 0; row < rows; row++, x += channels, dy += channels, dx += channels)
    for (gsize j = 0; j < channels; j++)
      dx[j] = dy[j] * factor[j] + (x[j] - mean[j]) * slope[j] + offset[j];
}

double
cam_sum_doubles (const double *values,
                 gsize         n)
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
