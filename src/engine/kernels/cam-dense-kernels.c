/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix products of a dense layer, and the plain loops they are held against. */
#include "cam-kernels.h"

#include <cblas.h>
#include <string.h>

#include "cam-path.h"
#include "cam-product.h"

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
  cam_product (x, inputs, 1, kernel, units, bias, 0, y, units, n, inputs, units);
}

void
cam_dense_input_gradient (const float *dz,
                          const float *kernel,
                          float       *dx,
                          gsize        n,
                          gsize        inputs,
                          gsize        units)
{
  cam_product_turned (dz, units, kernel, units, NULL, 0, dx, inputs, n, units, inputs);
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
  cam_product (x + first, 1, inputs, dz, units, NULL, 0, gradient + first * units, units, count, n, units);
}

CAM_KERNEL (void, cam_bias_gradient, (const float *dz, float *gradient, gsize n, gsize units), (dz, gradient, n, units))
{
  enum { BLOCK = 16, WHOLE = 16 };
  typedef float Floats __attribute__ ((vector_size (WHOLE / 2 * sizeof (float))));
  typedef double Doubles __attribute__ ((vector_size (WHOLE / 2 * sizeof (double))));
  gsize first = 0;

  if (n == 1)
    {
      memcpy (gradient, dz, units * sizeof (float));
      return;
    }

  /* Where they fill registers the sums stay there; … */
  for (; first + WHOLE <= units; first += WHOLE)
    {
      Doubles low = { 0.0 }, high = { 0.0 };

      for (gsize row = 0; row < n; row++)
        {
          Floats parts[2];

          memcpy (parts, dz + row * units + first, sizeof parts);
          low += __builtin_convertvector (parts[0], Doubles);
          high += __builtin_convertvector (parts[1], Doubles);
        }
      for (gsize j = 0; j < WHOLE / 2; j++)
        {
          gradient[first + j] = (float) low[j];
          gradient[first + WHOLE / 2 + j] = (float) high[j];
        }
    }

  /* … the rest in the nearest cache. */
  for (; first < units; first += BLOCK)
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

CAM_KERNEL (void, cam_add_bias, (float *y, const float *bias, gsize rows, gsize units), (y, bias, rows, units))
{
  for (gsize row = 0; row < rows; row++, y += units)
    {
      float *restrict to = y;

      for (gsize j = 0; j < units; j++)
        to[j] += bias[j];
    }
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
  cam_plain_product (x, inputs, 1, kernel, units, bias, 0, y, units, n, inputs, units);
}

void
cam_plain_dense_input_gradient (const float *dz,
                                const float *kernel,
                                float       *dx,
                                gsize        n,
                                gsize        inputs,
                                gsize        units)
{
  cam_plain_product_turned (dz, units, kernel, units, NULL, 0, dx, inputs, n, units, inputs);
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
  cam_plain_product (x + first, 1, inputs, dz, units, NULL, 0, gradient + first * units, units, count, n, units);
}
