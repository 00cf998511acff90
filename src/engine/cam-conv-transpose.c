/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conv1DTranspose and Conv2DTranspose: each number of the input spreads out over a window of the output, so that the image grows by the stride. It is what a convolution from
 * the output to the input does to gradients on their way back, and its own gradients are that convolution's ways. Source: keras.layers, the same names. */
#include <glib/gi18n-lib.h>

#include "cam-conv-fields.h"
#include "cam-image.h"
#include "kernels/cam-conv-kernels.h"
#include "kernels/cam-kernels.h"

enum { KERNEL, BIAS };

static const CamField fields_1d[] = {
  CAM_CONV_FIELDS (1, "3", "1", cam_padding_names),
  CAM_CONV_WEIGHT_FIELDS,
  CAM_F_END,
};

static const CamField fields_2d[] = {
  CAM_CONV_FIELDS (2, "3, 3", "1, 1", cam_padding_names),
  CAM_CONV_WEIGHT_FIELDS,
  CAM_F_END,
};

static gboolean
prepare (CamLayer  *self,
         guint      n_axes,
         GError   **error)
{
  CamConv *conv = self->own = g_new0 (CamConv, 1);
  gsize filters = (gsize) cam_fields_int (self->config, "filters");
  CamShape kernel, bias = cam_shape_vector (filters);

  self->free_own = g_free;
  self->shard_gradients = TRUE;
  if (!cam_image_take_transposed_window (self, n_axes, "kernel_size", filters, &conv->window, error))
    return FALSE;
  conv->filters = self->input.dims[n_axes];
  conv->groups = 1;

  cam_image_set_output (self, n_axes, conv->window.in_h, conv->window.in_w, filters);
  kernel = cam_conv_kernel_shape (n_axes, &conv->window, filters, conv->filters);
  self->n_uses = cam_window_n_places (&conv->window);
  if (!cam_layer_take_activation (self, error) ||
      !cam_layer_add_weight (self, "kernel", "kernel", &kernel, TRUE, error) ||
      (cam_fields_bool (self->config, "use_bias") && !cam_layer_add_weight (self, "bias", "bias", &bias, TRUE, error)))
    return FALSE;
  self->n_temp = cam_conv_temp (conv);

  return TRUE;
}

static gboolean
prepare_1d (CamLayer  *self,
            GError   **error)
{
  return prepare (self, 1, error);
}

static gboolean
prepare_2d (CamLayer  *self,
            GError   **error)
{
  return prepare (self, 2, error);
}

static gsize
get_pixels (const CamLayer *self)
{
  const CamConv *conv = self->own;

  return conv->window.in_h * conv->window.in_w;
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  const CamConv *conv = self->own;

  cam_conv_input_gradient (conv, x, self->weights[KERNEL].value->data, y, n, pass->temp);
  if (self->n_weights > BIAS)
    cam_add_bias (y, self->weights[BIAS].value->data, n * get_pixels (self), conv->window.channels);
  cam_layer_activate (self, pass, y, scratch, n);
}

static void
backward (const CamLayer *self,
          const CamPass  *pass,
          const float    *x,
          const float    *y,
          float          *dy,
          float          *dx,
          float          *scratch,
          gsize           n)
{
  const CamConv *conv = self->own;

  cam_layer_deactivate (self, pass, y, dy, scratch, n);
  if (pass->gradients[KERNEL] != NULL)
    cam_conv_weight_gradient (conv, dy, x, pass->gradients[KERNEL], n, pass->temp);
  if (self->n_weights > BIAS && pass->gradients[BIAS] != NULL)
    cam_bias_gradient (dy, pass->gradients[BIAS], n * get_pixels (self), conv->window.channels);
  if (dx != NULL)
    cam_conv_forward (conv, dy, self->weights[KERNEL].value->data, NULL, dx, n, pass->temp);
}

const CamLayerKind cam_conv_1d_transpose_kind = {
  .name = "Conv1DTranspose",
  .icon = "camadas-conv-symbolic",
  .note = N_("Spreads each step out over several: a longer sequence, with learned patterns."),
  .category = CAM_LAYER_SEQUENCE,
  .fields = fields_1d,
  .describe = cam_conv_describe,
  .prepare = prepare_1d,
  .forward = forward,
  .backward = backward,
};

const CamLayerKind cam_conv_2d_transpose_kind = {
  .name = "Conv2DTranspose",
  .icon = "camadas-conv-symbolic",
  .note = N_("Spreads each pixel out over several: a larger image, as the second half of an autoencoder makes it."),
  .category = CAM_LAYER_IMAGE,
  .fields = fields_2d,
  .describe = cam_conv_describe,
  .prepare = prepare_2d,
  .forward = forward,
  .backward = backward,
};
