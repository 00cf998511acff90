/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the layers for images and sequences have alike: what they receive, the window that moves over it, the settings of that window and how these are told. A sequence of
 * steps × features is an image one pixel high. */
#pragma once

#include "cam-layer-private.h"
#include "kernels/cam-window.h"

G_BEGIN_DECLS

extern const char *const cam_padding_names[];          /* "valid", "same" */
extern const char *const cam_causal_padding_names[];   /* and "causal" */
extern const char *const cam_data_formats[];           /* "channels_last" */

#define CAM_DATA_FORMAT_FIELD \
  CAM_F_CHOICE ("data_format", N_("Order"), N_("Channels come last, in data as in weights."), "channels_last", cam_data_formats, CAM_FIELD_ADVANCED)
#define CAM_PADDING_FIELD(names) \
  CAM_F_CHOICE ("padding", N_("Padding"), N_("valid: the window stays within the input. same: zeros around it, so that nothing is lost at the edge."), "valid", names, CAM_FIELD_PLAIN)

/* cam_image_check: whether the layer receives steps × features (@n_axes 1) or height × width × channels (2); else CAM_ENGINE_ERROR_SHAPE, and what to do. */
gboolean cam_image_check      (const CamLayer *self, guint n_axes, GError **error);

/**
 * cam_image_take_window:
 * @size_key: the window's size in the config; "strides" (null: the size) and "padding" are there too, and "dilation_rate" may be
 *
 * The window over what the layer receives, as Keras lays it.
 *
 * Returns: %FALSE with CAM_ENGINE_ERROR_SHAPE where the input is no image or sequence or smaller than the window, CAM_ENGINE_ERROR_LAYER where settings exclude each other
 */
gboolean cam_image_take_window (const CamLayer *self, guint n_axes, const char *size_key, CamWindow *window, GError **error);

/* The same for a layer whose output the window goes over, to give its input: a transposed convolution to @filters channels. */
gboolean cam_image_take_transposed_window (const CamLayer *self, guint n_axes, const char *size_key, gsize filters, CamWindow *window, GError **error);

/* cam_image_set_output: height and width (of a sequence the width alone) and channels as the layer's output. */
void     cam_image_set_output  (CamLayer *self, guint n_axes, gsize height, gsize width, gsize channels);

/* cam_image_sizes: a setting of whole numbers as it is told: "3 × 3". g_free(). */
char    *cam_image_sizes       (const json_t *config, const char *key);

/* cam_image_describe_window: "3 × 3 · stride 2 · same": @size_key, then what is not the default. g_free(). */
char    *cam_image_describe_window (const json_t *config, const char *size_key);

G_END_DECLS
