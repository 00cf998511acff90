/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Convolution of images [height, width, channels], batch in front, kernels [kernel height, kernel width, channels of a group, filters]: Keras's layouts. A sequence is an
 * image one pixel high.
 *
 * What lies under the window is laid side by side in a buffer (im2col), some rows of the output at a time so that it stays in the second cache, and multiplied with the kernel;
 * kernels of one number need no buffer. Back, each number of the window adds its part of the input's gradient in place. A transposed convolution is the input gradient of the
 * convolution that its output would go through. */
#pragma once

#include "cam-window.h"

G_BEGIN_DECLS

typedef struct
{
  CamWindow window;    /* over the input; its channels are those of all groups */
  gsize     filters;   /* of all groups */
  gsize     groups;    /* divides channels and filters */
} CamConv;

/* cam_conv_temp: floats that the functions below want as @temp, however many images there are. */
gsize cam_conv_temp                  (const CamConv *self);

/* y[n, out] ← convolution of x[n, in] + bias[filters]; @bias may be NULL. */
void  cam_conv_forward               (const CamConv *self, const float *x, const float *kernel, const float *bias, float *y, gsize n, float *temp);
void  cam_plain_conv_forward         (const CamConv *self, const float *x, const float *kernel, const float *bias, float *y, gsize n);
/* dx[n, in] ← what dz[n, out] comes to at the input. */
void  cam_conv_input_gradient        (const CamConv *self, const float *dz, const float *kernel, float *dx, gsize n, float *temp);
void  cam_plain_conv_input_gradient  (const CamConv *self, const float *dz, const float *kernel, float *dx, gsize n);
/* gradient[kernel's shape] ← the kernel's, summed over n images. */
void  cam_conv_weight_gradient       (const CamConv *self, const float *x, const float *dz, float *gradient, gsize n, float *temp);
void  cam_plain_conv_weight_gradient (const CamConv *self, const float *x, const float *dz, float *gradient, gsize n);

G_END_DECLS
