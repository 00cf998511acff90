/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DepthwiseConv2D: a small kernel for each channel alone. SeparableConv2D: the same, then the channels mixed at each pixel by a kernel of one number for each pair.
 * Source: keras.layers, the same names. */
#include <glib/gi18n-lib.h>

#include "cam-conv-fields.h"
#include "cam-image.h"
#include "kernels/cam-conv-kernels.h"
#include "kernels/cam-depthwise-kernels.h"
#include "kernels/cam-kernels.h"

#define MULTIPLIER_FIELD CAM_F_INT ("depth_multiplier", N_("Outputs a channel"), N_("Patterns to look for in each channel."), 1, 1, 1024, CAM_FIELD_PLAIN)

static const CamField depthwise_fields[] = {
  CAM_CONV_WINDOW_FIELDS (2, "3, 3", "1, 1", cam_padding_names),
  MULTIPLIER_FIELD,
  CAM_CONV_ACTIVATION_FIELD,
  CAM_CONV_DILATION_FIELD (2, "1, 1"),
  CAM_DATA_FORMAT_FIELD,
  CAM_USE_BIAS_FIELD,
  CAM_WEIGHT_FIELDS ("depthwise", "glorot_uniform", N_("Weights start"), N_("How the weights are drawn before training.")),
  CAM_BIAS_FIELDS,
  CAM_ACTIVITY_FIELD,
  CAM_F_END,
};

static const CamField separable_fields[] = {
  CAM_CONV_FIELDS (2, "3, 3", "1, 1", cam_padding_names),
  MULTIPLIER_FIELD,
  CAM_USE_BIAS_FIELD,
  CAM_WEIGHT_FIELDS ("depthwise", "glorot_uniform", N_("Window’s weights start"), N_("How the weights of each channel are drawn before training.")),
  CAM_SECOND_WEIGHT_FIELDS ("pointwise", "glorot_uniform", N_("Mixing weights start"), N_("How the weights between channels are drawn before training."), N_("Mixing penalty"), N_("Mixing limit")),
  CAM_BIAS_FIELDS,
  CAM_ACTIVITY_FIELD,
  CAM_F_END,
};

enum { DEPTHWISE, POINTWISE };

/* Of a DepthwiseConv2D the second half is not there. */
typedef struct
{
  CamDepthwise depthwise;
  CamConv      pointwise;
  gsize        n_middle;      /* numbers of a row between the halves; 0: there are none */
  guint        bias;          /* its number among the weights; there may be none */
} Own;

static char *
depthwise_describe (const json_t *config)
{
  g_autofree char *window = cam_image_describe_window (config, "kernel_size");

  return g_strdup_printf ("%s · %s", window, cam_fields_choice (config, "activation"));
}

static gboolean
prepare_depthwise (CamLayer  *self,
                   GError   **error)
{
  Own *own = self->own = g_new0 (Own, 1);
  CamWindow *window = &own->depthwise.window;

  self->free_own = g_free;
  self->shard_gradients = TRUE;
  if (!cam_image_take_window (self, 2, "kernel_size", window, error))
    return FALSE;
  own->depthwise.multiplier = (gsize) cam_fields_int (self->config, "depth_multiplier");
  cam_image_set_output (self, 2, window->out_h, window->out_w, window->channels * own->depthwise.multiplier);
  self->n_temp = cam_depthwise_temp (&own->depthwise);

  return TRUE;
}

static gboolean
add_bias (CamLayer  *self,
          GError   **error)
{
  Own *own = self->own;
  CamShape shape = cam_shape_vector (self->output.dims[2]);

  own->bias = self->n_weights;
  return !cam_fields_bool (self->config, "use_bias") || cam_layer_add_weight (self, "bias", "bias", &shape, TRUE, error);
}

static gboolean
depthwise_prepare (CamLayer  *self,
                   GError   **error)
{
  const CamDepthwise *depthwise;
  CamShape kernel;

  if (!prepare_depthwise (self, error))
    return FALSE;
  depthwise = &((const Own *) self->own)->depthwise;
  kernel = cam_conv_kernel_shape (2, &depthwise->window, depthwise->window.channels, depthwise->multiplier);

  return cam_layer_take_activation (self, error) &&
         cam_layer_add_weight (self, "kernel", "depthwise", &kernel, TRUE, error) &&
         add_bias (self, error);
}

static gboolean
separable_prepare (CamLayer  *self,
                   GError   **error)
{
  gsize filters = (gsize) cam_fields_int (self->config, "filters"), middle;
  const CamWindow *window;
  CamShape depthwise, pointwise;
  Own *own;

  if (!prepare_depthwise (self, error))
    return FALSE;
  own = self->own;
  window = &own->depthwise.window;
  middle = self->output.dims[2];
  own->n_middle = cam_window_n_places (window) * middle;
  own->pointwise = (CamConv) { { window->out_h, window->out_w, middle, window->out_h, window->out_w, 1, 1, 1, 1, 1, 1, 0, 0 }, filters, 1 };
  depthwise = cam_conv_kernel_shape (2, window, window->channels, own->depthwise.multiplier);
  pointwise = cam_conv_kernel_shape (2, &own->pointwise.window, middle, filters);
  self->output.dims[2] = filters;
  if (!cam_layer_take_activation (self, error))
    return FALSE;
  self->n_scratch += own->n_middle;

  return cam_layer_add_weight (self, "depthwise_kernel", "depthwise", &depthwise, TRUE, error) &&
         cam_layer_add_weight (self, "pointwise_kernel", "pointwise", &pointwise, TRUE, error) &&
         add_bias (self, error);
}

static const float *
get_bias (const CamLayer *self)
{
  const Own *own = self->own;

  return own->bias < self->n_weights ? self->weights[own->bias].value->data : NULL;
}

static void
depthwise_forward (const CamLayer *self,
                   const CamPass  *pass,
                   const float    *x,
                   float          *y,
                   float          *scratch,
                   gsize           n)
{
  const Own *own = self->own;

  cam_depthwise_forward (&own->depthwise, x, self->weights[DEPTHWISE].value->data, get_bias (self), y, n, pass->temp);
  cam_layer_activate (self, pass, y, scratch, n);
}

static void
separable_forward (const CamLayer *self,
                   const CamPass  *pass,
                   const float    *x,
                   float          *y,
                   float          *scratch,
                   gsize           n)
{
  const Own *own = self->own;
  float *middle = scratch + n * cam_layer_activation_scratch (self);

  cam_depthwise_forward (&own->depthwise, x, self->weights[DEPTHWISE].value->data, NULL, middle, n, pass->temp);
  cam_conv_forward (&own->pointwise, middle, self->weights[POINTWISE].value->data, get_bias (self), y, n, pass->temp);
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
  const Own *own = self->own;
  gsize channels = self->output.dims[2];

  cam_layer_deactivate (self, pass, y, dy, scratch, n);
  if (own->bias < self->n_weights && pass->gradients[own->bias] != NULL)
    cam_bias_gradient (dy, pass->gradients[own->bias], n * self->n_out / channels, channels);

  if (own->n_middle > 0)
    {
      float *middle = scratch + n * cam_layer_activation_scratch (self);

      if (pass->gradients[POINTWISE] != NULL)
        cam_conv_weight_gradient (&own->pointwise, middle, dy, pass->gradients[POINTWISE], n, pass->temp);
      /* Nobody needs what lay between the halves any more: its gradient takes the place. */
      cam_conv_input_gradient (&own->pointwise, dy, self->weights[POINTWISE].value->data, middle, n, pass->temp);
      dy = middle;
    }

  if (pass->gradients[DEPTHWISE] != NULL)
    cam_depthwise_weight_gradient (&own->depthwise, x, dy, pass->gradients[DEPTHWISE], n, pass->temp);
  if (dx != NULL)
    cam_depthwise_input_gradient (&own->depthwise, dy, self->weights[DEPTHWISE].value->data, dx, n, pass->temp);
}

const CamLayerKind cam_depthwise_conv_2d_kind = {
  .name = "DepthwiseConv2D",
  .icon = "camadas-conv-symbolic",
  .note = N_("Looks for patterns in each channel alone, with few weights."),
  .category = CAM_LAYER_IMAGE,
  .fields = depthwise_fields,
  .describe = depthwise_describe,
  .prepare = depthwise_prepare,
  .forward = depthwise_forward,
  .backward = backward,
};

const CamLayerKind cam_separable_conv_2d_kind = {
  .name = "SeparableConv2D",
  .icon = "camadas-conv-symbolic",
  .note = N_("A convolution in two parts, within channels and between them: nearly as good as Conv2D, with far fewer weights."),
  .category = CAM_LAYER_IMAGE,
  .fields = separable_fields,
  .describe = cam_conv_describe,
  .prepare = separable_prepare,
  .forward = separable_forward,
  .backward = backward,
};
