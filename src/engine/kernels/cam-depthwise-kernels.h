/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Convolution of each channel for itself: images [height, width, channels], kernels [kernel height, kernel width, channels, multiplier], outputs [.., .., channels · multiplier].
 * There is too little to sum for BLAS; the loops run over channels, so that they become vector instructions. */
#pragma once

#include "cam-window.h"

G_BEGIN_DECLS

typedef struct
{
  CamWindow window;        /* its channels are those of the input */
  gsize     multiplier;    /* outputs of a channel */
} CamDepthwise;

/* cam_depthwise_temp: floats that the functions below want as @temp. */
gsize cam_depthwise_temp                  (const CamDepthwise *self);

/* y[n, out] ← convolution of x[n, in] + bias; @bias may be NULL. */
void  cam_depthwise_forward               (const CamDepthwise *self, const float *x, const float *kernel, const float *bias, float *y, gsize n, float *temp);
void  cam_plain_depthwise_forward         (const CamDepthwise *self, const float *x, const float *kernel, const float *bias, float *y, gsize n);
/* dx[n, in] ← what dz[n, out] comes to at the input. */
void  cam_depthwise_input_gradient        (const CamDepthwise *self, const float *dz, const float *kernel, float *dx, gsize n, float *temp);
void  cam_plain_depthwise_input_gradient  (const CamDepthwise *self, const float *dz, const float *kernel, float *dx, gsize n);
/* gradient[kernel's shape] ← the kernel's, summed over n images. */
void  cam_depthwise_weight_gradient       (const CamDepthwise *self, const float *x, const float *dz, float *gradient, gsize n, float *temp);
void  cam_plain_depthwise_weight_gradient (const CamDepthwise *self, const float *x, const float *dz, float *gradient, gsize n);

G_END_DECLS
