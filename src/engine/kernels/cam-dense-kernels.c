/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix products of a dense layer: OpenBLAS on one thread, and the plain loops it is held against. */
#include "cam-kernels.h"

#include <cblas.h>
#include <string.h>

void
cam_kernels_init (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      openblas_set_num_threads (1);
      g_once_init_leave (&once, 1);
    }
}

void
cam_dense_forward (const float *x,
                   const float *kernel,
                   const float *bias,
                   float       *y,
                   gsize        n,
                   gsize        inputs,
                   gsize        units)
{
  if (bias != NULL)
    for (gsize row = 0; row < n; row++)
      memcpy (y + row * units, bias, units * sizeof (float));

  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int) n, (int) units, (int) inputs,
               1.0f, x, (int) inputs, kernel, (int) units, bias != NULL ? 1.0f : 0.0f, y, (int) units);
}

void
cam_dense_input_gradient (const float *dz,
                          const float *kernel,
                          float       *dx,
                          gsize        n,
                          gsize        inputs,
                          gsize        units)
{
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) n, (int) inputs, (int) units,
               1.0f, dz, (int) units, kernel, (int) units, 0.0f, dx, (int) inputs);
}

void
cam_dense_weight_gradient (const float *x,
                           const float *dz,
                           float       *gradient,
                           gsize        n,
                           gsize        inputs,
                           gsize        units,
                           gsize        first,
                           gsize        count)
{
  cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int) count, (int) units, (int) n,
               1.0f, x + first, (int) inputs, dz, (int) units, 0.0f, gradient + first * units, (int) units);
}

void
cam_bias_gradient (const float *dz,
                   float       *gradient,
                   gsize        n,
                   gsize        units)
{
  enum { BLOCK = 64 };

  /* A block of columns at a time, so that the sums stay in the nearest cache. */
  for (gsize first = 0; first < units; first += BLOCK)
    {
      gsize count = MIN (BLOCK, units - first);
      double sums[BLOCK] = { 0 };

      for (gsize row = 0; row < n; row++)
        for (gsize j = 0; j < count; j++)
          sums[j] += dz[row * units + first + j];
      for (gsize j = 0; j < count; j++)
        gradient[first + j] = (float) sums[j];
    }
}

void
cam_add_bias (float       *y,
              const float *bias,
              gsize        rows,
              gsize        units)
{
  for (gsize row = 0; row < rows; row++, y += units)
    for (gsize j = 0; j < units; j++)
      y[j] += bias[j];
}

void
cam_plain_dense_forward (const float *x,
                         const float *kernel,
                         const float *bias,
                         float       *y,
                         gsize        n,
                         gsize        inputs,
                         gsize        units)
{
  for (gsize row = 0; row < n; row++)
    for (gsize j = 0; j < units; j++)
      {
        double sum = bias != NULL ? bias[j] : 0.0;

        for (gsize k = 0; k < inputs; k++)
          sum += (double) x[row * inputs + k] * kernel[k * units + j];
        y[row * units + j] = (float) sum;
      }
}

void
cam_plain_dense_input_gradient (const float *dz,
                                const float *kernel,
                                float       *dx,
                                gsize        n,
                                gsize        inputs,
                                gsize        units)
{
  for (gsize row = 0; row < n; row++)
    for (gsize k = 0; k < inputs; k++)
      {
        double sum = 0.0;

        for (gsize j = 0; j < units; j++)
          sum += (double) dz[row * units + j] * kernel[k * units + j];
        dx[row * inputs + k] = (float) sum;
      }
}

void
cam_plain_dense_weight_gradient (const float *x,
                                 const float *dz,
                                 float       *gradient,
                                 gsize        n,
                                 gsize        inputs,
                                 gsize        units,
                                 gsize        first,
                                 gsize        count)
{
  for (gsize k = first; k < first + count; k++)
    for (gsize j = 0; j < units; j++)
      {
        double sum = 0.0;

        for (gsize row = 0; row < n; row++)
          sum += (double) x[row * inputs + k] * dz[row * units + j];
        gradient[k * units + j] = (float) sum;
      }
}
