/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops of the activation functions. cam_map_NAME: y ← f(x), where y may be x. cam_back_NAME: dx ← dy ⊙ f′, from what the function gave, or from what it was given where
 * the name ends in _x; dx may be dy. NaN in, NaN out. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CAM_DECLARE_MAP(name) void cam_map_##name (const float *x, float *y, gsize n)
#define CAM_DECLARE_BACK(name) void cam_back_##name (const float *from, const float *dy, float *dx, gsize n)

CAM_DECLARE_MAP (linear);
CAM_DECLARE_MAP (relu);
CAM_DECLARE_MAP (leaky_relu);
CAM_DECLARE_MAP (relu6);
CAM_DECLARE_MAP (elu);
CAM_DECLARE_MAP (selu);
CAM_DECLARE_MAP (gelu);
CAM_DECLARE_MAP (silu);
CAM_DECLARE_MAP (mish);
CAM_DECLARE_MAP (softplus);
CAM_DECLARE_MAP (softsign);
CAM_DECLARE_MAP (hard_sigmoid);
CAM_DECLARE_MAP (hard_silu);
CAM_DECLARE_MAP (hard_tanh);
CAM_DECLARE_MAP (log_sigmoid);
CAM_DECLARE_MAP (tanh_shrink);
CAM_DECLARE_MAP (hard_shrink);
CAM_DECLARE_MAP (soft_shrink);
CAM_DECLARE_MAP (sparse_plus);
CAM_DECLARE_MAP (sparse_sigmoid);
CAM_DECLARE_MAP (squareplus);

CAM_DECLARE_BACK (linear);
CAM_DECLARE_BACK (relu);
CAM_DECLARE_BACK (leaky_relu);
CAM_DECLARE_BACK (relu6);
CAM_DECLARE_BACK (elu);
CAM_DECLARE_BACK (selu);
CAM_DECLARE_BACK (sigmoid);
CAM_DECLARE_BACK (tanh);
CAM_DECLARE_BACK (exponential);
CAM_DECLARE_BACK (softplus);
CAM_DECLARE_BACK (softsign);
CAM_DECLARE_BACK (hard_sigmoid);
CAM_DECLARE_BACK (hard_tanh);
CAM_DECLARE_BACK (log_sigmoid);
CAM_DECLARE_BACK (shrink);
CAM_DECLARE_BACK (sparse_plus);
CAM_DECLARE_BACK (sparse_sigmoid);
CAM_DECLARE_BACK (squareplus);
CAM_DECLARE_BACK (gelu_x);
CAM_DECLARE_BACK (silu_x);
CAM_DECLARE_BACK (mish_x);
CAM_DECLARE_BACK (hard_silu_x);
CAM_DECLARE_BACK (tanh_shrink_x);

/* Functions with settings, of the layers. Keras's relu: x between threshold and most, slope·(x − threshold) below, most above; elu: alpha·(eˣ − 1) below 0. */
void cam_map_relu_with   (const float *x, float *y, gsize n, float slope, float threshold, float most);
void cam_back_relu_with  (const float *x, const float *dy, float *dx, gsize n, float slope, float threshold, float most);
void cam_map_elu_with    (const float *x, float *y, gsize n, float alpha);
void cam_back_elu_with   (const float *x, const float *dy, float *dx, gsize n, float alpha);

/* Of whole rows: ln of softmax; the point of the simplex nearest to a row. Those with y ← … from rows of @columns. */
void cam_map_log_softmax  (const float *x, float *y, gsize rows, gsize columns);
void cam_back_log_softmax (const float *y, const float *dy, float *dx, gsize rows, gsize columns);
void cam_back_softmax     (const float *y, const float *dy, float *dx, gsize rows, gsize columns);
void cam_map_sparsemax    (const float *x, float *y, gsize rows, gsize columns);
void cam_back_sparsemax   (const float *y, const float *dy, float *dx, gsize rows, gsize columns);

G_END_DECLS
