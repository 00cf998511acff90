/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products of matrices in blocks of any stride: the one place that knows how they are computed.
 *
 * Shapes as in training are computed here, with AVX2 or AVX-512: a tile of the result stays in registers while the depth goes by, the operands are read where they lie. BLAS
 * packs both for every call, which shapes this small do not pay back; it does the large ones, and all on the plain path. Multiplications and
 * additions are fused, in an order that hangs on the sizes alone: the same bits whatever the number of threads, but not on another path. Any thread; blocks may not overlap, but
 * for @start. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cam_product: c[rows, columns] ← start + a[rows, depth] · b[depth, columns]. a's number in row i at depth k stands at a[i·a_row + k·a_depth], one of which is 1.
 * @start: NULL: nothing; with @start_stride 0 one row for all, a bias; it may be c itself. */
void cam_product        (const float *a, gsize a_row, gsize a_depth, const float *b, gsize b_stride, const float *start, gsize start_stride,
                         float *c, gsize c_stride, gsize rows, gsize depth, gsize columns);
/* cam_product_turned: the same with b[columns, depth]. */
void cam_product_turned (const float *a, gsize a_stride, const float *b, gsize b_stride, const float *start, gsize start_stride,
                         float *c, gsize c_stride, gsize rows, gsize depth, gsize columns);

/* The same by plain loops in double. */
void cam_plain_product        (const float *a, gsize a_row, gsize a_depth, const float *b, gsize b_stride, const float *start, gsize start_stride,
                               float *c, gsize c_stride, gsize rows, gsize depth, gsize columns);
void cam_plain_product_turned (const float *a, gsize a_stride, const float *b, gsize b_stride, const float *start, gsize start_stride,
                               float *c, gsize c_stride, gsize rows, gsize depth, gsize columns);

G_END_DECLS
