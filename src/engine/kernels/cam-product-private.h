/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The products of the paths that have their own. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A product's operands and sizes: cam_product()'s arguments. */
typedef struct
{
  const float *a;
  gsize        a_row, a_depth;
  const float *b;
  gsize        b_stride;
  const float *start;
  gsize        start_stride;
  float       *c;
  gsize        c_stride, rows, depth, columns;
} CamProduct;

#ifdef __x86_64__
void cam_product_avx2          (const CamProduct *self);
void cam_product_turned_avx2   (const CamProduct *self);
void cam_product_avx512        (const CamProduct *self);
void cam_product_turned_avx512 (const CamProduct *self);
#endif

G_END_DECLS
