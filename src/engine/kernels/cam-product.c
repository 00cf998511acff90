/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which product computes what: ours on the paths that have their own, BLAS for large ones and on the plain path; and the plain loops. */
#include "cam-product.h"

#include <cblas.h>
#include <string.h>

#include "cam-path.h"
#include "cam-product-private.h"

/* Numbers of b that fit well into the second cache; where there are more, BLAS's packing pays. */
#define MOST_OURS (512 * 1024)

static gboolean
is_ours (const CamProduct *self)
{
#ifdef __x86_64__
  return cam_path != CAM_PATH_PLAIN && self->depth * self->columns <= MOST_OURS;
#else
  return FALSE;
#endif
}

static void
set_start (const CamProduct *self)
{
  for (gsize i = 0; self->start != NULL && self->start != self->c && i < self->rows; i++)
    memcpy (self->c + i * self->c_stride, self->start + i * self->start_stride, self->columns * sizeof (float));
}

static void
run_blas (const CamProduct *self,
          gboolean          is_turned)
{
  /* Of one row that lies dense BLAS wants to hear that it is a column: its stride would be less than its length. */
  gboolean a_is_turned = self->a_depth != 1 || (self->rows == 1 && self->a_row == 1);
  gsize a_stride = a_is_turned ? self->a_depth : self->a_row;

  set_start (self);
  cblas_sgemm (CblasRowMajor, a_is_turned ? CblasTrans : CblasNoTrans, is_turned ? CblasTrans : CblasNoTrans, (int) self->rows, (int) self->columns, (int) self->depth,
               1.0f, self->a, (int) a_stride, self->b, (int) self->b_stride, self->start != NULL ? 1.0f : 0.0f, self->c, (int) self->c_stride);
}

void
cam_product (const float *a,
             gsize        a_row,
             gsize        a_depth,
             const float *b,
             gsize        b_stride,
             const float *start,
             gsize        start_stride,
             float       *c,
             gsize        c_stride,
             gsize        rows,
             gsize        depth,
             gsize        columns)
{
  CamProduct product = { a, a_row, a_depth, b, b_stride, start, start_stride, c, c_stride, rows, depth, columns };

  if (!is_ours (&product))
    run_blas (&product, FALSE);
#ifdef __x86_64__
  else if (cam_path == CAM_PATH_AVX512)
    cam_product_avx512 (&product);
  else
    cam_product_avx2 (&product);
#endif
}

void
cam_product_turned (const float *a,
                    gsize        a_stride,
                    const float *b,
                    gsize        b_stride,
                    const float *start,
                    gsize        start_stride,
                    float       *c,
                    gsize        c_stride,
                    gsize        rows,
                    gsize        depth,
                    gsize        columns)
{
  CamProduct product = { a, a_stride, 1, b, b_stride, start, start_stride, c, c_stride, rows, depth, columns };

  if (!is_ours (&product))
    run_blas (&product, TRUE);
#ifdef __x86_64__
  else if (cam_path == CAM_PATH_AVX512)
    cam_product_turned_avx512 (&product);
  else
    cam_product_turned_avx2 (&product);
#endif
}

/* b's number at depth k in column j stands at b[k·b_depth + j·b_column]. */
static void
run_plain (const CamProduct *self,
           gsize             b_depth,
           gsize             b_column)
{
  for (gsize i = 0; i < self->rows; i++)
    for (gsize j = 0; j < self->columns; j++)
      {
        double sum = self->start != NULL ? self->start[i * self->start_stride + j] : 0.0;

        for (gsize k = 0; k < self->depth; k++)
          sum += (double) self->a[i * self->a_row + k * self->a_depth] * self->b[k * b_depth + j * b_column];
        self->c[i * self->c_stride + j] = (float) sum;
      }
}

void
cam_plain_product (const float *a,
                   gsize        a_row,
                   gsize        a_depth,
                   const float *b,
                   gsize        b_stride,
                   const float *start,
                   gsize        start_stride,
                   float       *c,
                   gsize        c_stride,
                   gsize        rows,
                   gsize        depth,
                   gsize        columns)
{
  CamProduct product = { a, a_row, a_depth, b, b_stride, start, start_stride, c, c_stride, rows, depth, columns };

  run_plain (&product, b_stride, 1);
}

void
cam_plain_product_turned (const float *a,
                          gsize        a_stride,
                          const float *b,
                          gsize        b_stride,
                          const float *start,
                          gsize        start_stride,
                          float       *c,
                          gsize        c_stride,
                          gsize        rows,
                          gsize        depth,
                          gsize        columns)
{
  CamProduct product = { a, a_stride, 1, b, b_stride, start, start_stride, c, c_stride, rows, depth, columns };

  run_plain (&product, 1, b_stride);
}
