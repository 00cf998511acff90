/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernels of recurrent layers. The rows of a shard are kept step after step: a block [n, …] for each, blocks of all steps one after the other, so that one product does for
 * all of them where no step waits for another. Steps are numbered in the order in which they are taken.
 *
 * joined[steps + 1][n][inputs + units] holds the inputs of a step and the state before it beside each other. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize n, steps, inputs, units;
} CamSequence;

/* cam_sequence_load: joined from x[n, steps, inputs], times keep[n, inputs] where that is given, last step first if @backwards; the state before the first step is zero. */
void cam_sequence_load   (const CamSequence *sizes, const float *x, const float *keep, gboolean backwards, float *joined);
/* cam_sequence_unload: the way back for a gradient that stands in the places of the inputs. */
void cam_sequence_unload (const CamSequence *sizes, const float *joined, const float *keep, gboolean backwards, float *dx);

/* One step of n rows. Rows whose @mask (each @mask_stride bytes after the last; NULL: none) is 0 keep their state. */
typedef struct
{
  gsize         n, units;
  const guint8 *mask;
  gsize         mask_stride;
} CamCellRows;

static inline gboolean
cam_cell_row_counts (const CamCellRows *rows,
                     gsize              row)
{
  return rows->mask == NULL || rows->mask[row * rows->mask_stride] != 0;
}

/* LSTM with sigmoid and tanh. z[n, 4·units], in the order i, f, c, o: sums without @bias[4·units] become the gates' values. c, tanh_c and their kin are [n, units];
 * rows of h are @h_stride apart. A row that keeps its state leaves z as it is. */
void cam_lstm_cell            (const CamCellRows *rows, float *z, const float *bias, const float *c_before, float *c, float *tanh_c, const float *h_before, float *h, gsize h_stride);
void cam_plain_lstm_cell      (const CamCellRows *rows, float *z, const float *bias, const float *c_before, float *c, float *tanh_c, const float *h_before, float *h, gsize h_stride);
/* The way back: z becomes the sums' gradient, 0 where a row keeps its state; dc goes over to the step before; dh, used up, becomes 0, or stays where a row keeps its state. */
void cam_lstm_cell_back       (const CamCellRows *rows, float *z, const float *c_before, const float *tanh_c, float *dh, float *dc);
void cam_plain_lstm_cell_back (const CamCellRows *rows, float *z, const float *c_before, const float *tanh_c, float *dh, float *dc);

/* GRU with sigmoid and tanh, the reset after the product. z[n, 3·units], in the order z, r, h, holds the inputs' sums, inner[n, 3·units] the state's; each gets its @bias. Then z
 * holds the gates and the candidate, and the last third of inner what r was applied to. */
void cam_gru_cell            (const CamCellRows *rows, float *z, float *inner, const float *bias, const float *inner_bias, const float *h_before, float *h, gsize h_stride);
void cam_plain_gru_cell      (const CamCellRows *rows, float *z, float *inner, const float *bias, const float *inner_bias, const float *h_before, float *h, gsize h_stride);
/* The way back: z and inner become their sums' gradients; dh what goes straight to the state before. A row that keeps its state gets zeros, and dh stays. */
void cam_gru_cell_back       (const CamCellRows *rows, float *z, float *inner, const float *h_before, gsize h_stride, float *dh);
void cam_plain_gru_cell_back (const CamCellRows *rows, float *z, float *inner, const float *h_before, gsize h_stride, float *dh);

G_END_DECLS
