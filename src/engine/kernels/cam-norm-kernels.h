/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Normalisation: sums over the rows for each channel, and each channel shifted and scaled. Channels are the last axis. Sums are added up in double. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* sums[channels] ← sums + Σ x, squares[channels] ← squares + Σ x², over x[rows, channels]. */
void cam_channel_moments    (const float *x, double *sums, double *squares, gsize rows, gsize channels);
/* sums[channels] ← sums + Σ dy, products[channels] ← products + Σ dy·(x − mean)·factor. */
void cam_channel_products   (const float *x, const float *dy, const float *mean, const float *factor, double *sums, double *products, gsize rows, gsize channels);
/* y ← (x − mean)·factor + offset. */
void cam_channel_scale      (const float *x, const float *mean, const float *factor, const float *offset, float *y, gsize rows, gsize channels);
/* dx ← dy·factor + (x − mean)·slope + offset. */
void cam_channel_scale_back (const float *x, const float *dy, const float *mean, const float *factor, const float *slope, const float *offset, float *dx,
                             gsize rows, gsize channels);
/* Σ values, in a fixed order of its own. */
double cam_sum_doubles      (const double *values, gsize n);

G_END_DECLS
