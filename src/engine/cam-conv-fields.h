/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kinds of convolution have alike: settings, the shape of a kernel, the line for a card. */
#pragma once

#include "cam-image.h"
#include "cam-layer-fields.h"

G_BEGIN_DECLS

#define CAM_CONV_WINDOW_FIELDS(n_axes, size, ones, paddings) \
  CAM_F_INTS ("kernel_size", N_("Window"), N_("Size of the window that moves over the input."), n_axes, size, 1, 4096, CAM_FIELD_PLAIN), \
  CAM_F_INTS ("strides", N_("Stride"), N_("How far the window moves at a time; above 1 the output is smaller."), n_axes, ones, 1, 4096, CAM_FIELD_PLAIN), \
  CAM_PADDING_FIELD (paddings)

#define CAM_CONV_DILATION_FIELD(n_axes, ones) \
  CAM_F_INTS ("dilation_rate", N_("Dilation"), N_("Distance between the window's places; above 1 it sees further with as many weights."), n_axes, ones, 1, 4096, CAM_FIELD_ADVANCED)

#define CAM_CONV_FILTERS_FIELD CAM_F_INT ("filters", N_("Filters"), N_("Patterns to look for; each gives a channel of the output."), 32, 1, 65536, CAM_FIELD_PLAIN)
#define CAM_CONV_ACTIVATION_FIELD CAM_ACTIVATION_FIELD (N_("The function applied to each filter's sum."))

#define CAM_CONV_FIELDS(n_axes, size, ones, paddings) \
  CAM_CONV_FILTERS_FIELD, CAM_CONV_WINDOW_FIELDS (n_axes, size, ones, paddings), CAM_CONV_ACTIVATION_FIELD, CAM_CONV_DILATION_FIELD (n_axes, ones), CAM_DATA_FORMAT_FIELD

#define CAM_CONV_GROUPS_FIELD \
  CAM_F_INT ("groups", N_("Groups"), N_("Channels and filters are split into so many groups that do not see each other."), 1, 1, 65536, CAM_FIELD_ADVANCED)

#define CAM_CONV_WEIGHT_FIELDS CAM_USE_BIAS_FIELD, CAM_KERNEL_FIELDS, CAM_BIAS_FIELDS, CAM_ACTIVITY_FIELD

/* cam_conv_kernel_shape: [window…, @in, @out]. */
static inline CamShape
cam_conv_kernel_shape (guint            n_axes,
                       const CamWindow *window,
                       gsize            in,
                       gsize            out)
{
  gsize dims[] = { window->size_h, window->size_w, in, out };

  return cam_shape_make (n_axes + 2, dims + 2 - n_axes);
}

/* cam_conv_describe: "32 filters · 3 × 3 · relu". g_free(). */
char *cam_conv_describe (const json_t *config);

G_END_DECLS
