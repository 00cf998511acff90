/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one floor of the engine that knows memory layout and BLAS. Layers ask for "dense forward with epilogue" and never see either.
 *
 * All blocks are row-major float32. Every function is pure but for its outputs and may run in any thread; none allocates. Beside each fast kernel stands
 * its plain reference (cam_plain_…), against which the tests hold it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cam_kernels_init: BLAS works in the calling thread only from here on (our pool does the sharing). Any thread, any number of times. */
void     cam_kernels_init           (void);

/* y[n, units] ← x[n, inputs] · kernel[inputs, units] + bias[units]; @bias may be NULL. */
void     cam_dense_forward          (const float *x, const float *kernel, const float *bias, float *y, gsize n, gsize inputs, gsize units);
void     cam_plain_dense_forward    (const float *x, const float *kernel, const float *bias, float *y, gsize n, gsize inputs, gsize units);
/* dx[n, inputs] ← dz[n, units] · kernelᵀ. */
void     cam_dense_input_gradient       (const float *dz, const float *kernel, float *dx, gsize n, gsize inputs, gsize units);
void     cam_plain_dense_input_gradient (const float *dz, const float *kernel, float *dx, gsize n, gsize inputs, gsize units);
/* Rows @first … first + count − 1 of gradient[inputs, units] ← xᵀ · dz over n rows. */
void     cam_dense_weight_gradient       (const float *x, const float *dz, float *gradient, gsize n, gsize inputs, gsize units, gsize first, gsize count);
void     cam_plain_dense_weight_gradient (const float *x, const float *dz, float *gradient, gsize n, gsize inputs, gsize units, gsize first, gsize count);
/* gradient[units] ← sums of the columns of dz, in double. */
void     cam_bias_gradient          (const float *dz, float *gradient, gsize n, gsize units);

/* Each row of @units: y ← y + bias. */
void     cam_add_bias               (float *y, const float *bias, gsize rows, gsize units);

/* to[i] ← from[rows[i]] for rows of @width. */
void     cam_gather                 (const float *from, const guint32 *rows, float *to, gsize n, gsize width);
/* to ← to + from. */
void     cam_add                    (const float *from, float *to, gsize n);
/* Is every one of the n numbers finite? */
gboolean cam_is_finite              (const float *x, gsize n);

/* Element-wise functions, y and x may be the same. Accurate to a few units in the last place; NaN stays NaN. */
void     cam_map_exp                (const float *x, float *y, gsize n);
void     cam_map_tanh               (const float *x, float *y, gsize n);
void     cam_map_sigmoid            (const float *x, float *y, gsize n);
/* ln (1 + exp −|x|): what softplus has beyond max (x, 0); exact to the last places however small. */
void     cam_map_softplus_rest      (const float *x, float *y, gsize n);
/* Each row of @columns: y ← exp(x − max) / Σ. */
void     cam_map_softmax            (const float *x, float *y, gsize rows, gsize columns);

G_END_DECLS
