/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conv1D and Conv2D: each output number is a weighted sum over what lies under a window that moves over a sequence or an image. Source: keras.layers.Conv1D, Conv2D. */
#include <glib/gi18n-lib.h>

#include "cam-conv-fields.h"
#include "cam-image.h"
#include "cam-network.h"
#include "kernels/cam-conv-kernels.h"
#include "kernels/cam-kernels.h"

enum { KERNEL, BIAS };

static const CamField fields_1d[] = {
  CAM_CONV_FIELDS (1, "3", "1", cam_causal_padding_names),
  CAM_CONV_GROUPS_FIELD,
  CAM_CONV_WEIGHT_FIELDS,
  CAM_F_END,
};

static const CamField fields_2d[] = {
  CAM_CONV_FIELDS (2, "3, 3", "1, 1", cam_padding_names),
  CAM_CONV_GROUPS_FIELD,
  CAM_CONV_WEIGHT_FIELDS,
  CAM_F_END,
};

char *
cam_conv_describe (const json_t *config)
{
  guint filters = (guint) cam_fields_int (config, "filters");
  g_autofree char *window = cam_image_describe_window (config, "kernel_size");

  return g_strdup_printf (ngettext ("%u filter · %s · %s", "%u filters · %s · %s", filters), filters, window, cam_fields_choice (config, "activation"));
}

static gboolean
check_groups (const CamLayer  *self,
              const CamConv   *conv,
              GError         **error)
{
  if (conv->window.channels % conv->groups == 0 && conv->filters % conv->groups == 0)
    return TRUE;

  g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE,
               _("its %zu groups must divide both the %zu channels it receives and its %zu filters; set the groups to 1"),
               conv->groups, conv->window.channels, conv->filters);
  return FALSE;
}

static gboolean
prepare (CamLayer  *self,
         guint      n_axes,
         GError   **error)
{
  CamConv *conv = self->own = g_new0 (CamConv, 1);
  CamShape kernel, bias;

  self->free_own = g_free;
  self->shard_gradients = TRUE;
  if (!cam_image_take_window (self, n_axes, "kernel_size", &conv->window, error))
    return FALSE;
  conv->filters = (gsize) cam_fields_int (self->config, "filters");
  conv->groups = (gsize) cam_fields_int (self->config, "groups");
  if (!check_groups (self, conv, error))
    return FALSE;

  cam_image_set_output (self, n_axes, conv->window.out_h, conv->window.out_w, conv->filters);
  kernel = cam_conv_kernel_shape (n_axes, &conv->window, conv->window.channels / conv->groups, conv->filters);
  bias = cam_shape_vector (conv->filters);
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

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  const float *bias = self->n_weights > BIAS ? self->weights[BIAS].value->data : NULL;

  cam_conv_forward (self->own, x, self->weights[KERNEL].value->data, bias, y, n, pass->temp);
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
    cam_conv_weight_gradient (conv, x, dy, pass->gradients[KERNEL], n, pass->temp);
  if (self->n_weights > BIAS && pass->gradients[BIAS] != NULL)
    cam_bias_gradient (dy, pass->gradients[BIAS], n * cam_window_n_places (&conv->window), conv->filters);
  if (dx != NULL)
    cam_conv_input_gradient (conv, dy, self->weights[KERNEL].value->data, dx, n, pass->temp);
}

const CamLayerKind cam_conv_1d_kind = {
  .name = "Conv1D",
  .icon = "camadas-conv-symbolic",
  .note = N_("Looks for patterns of a few steps anywhere in a sequence."),
  .category = CAM_LAYER_SEQUENCE,
  .fields = fields_1d,
  .describe = cam_conv_describe,
  .prepare = prepare_1d,
  .forward = forward,
  .backward = backward,
};

const CamLayerKind cam_conv_2d_kind = {
  .name = "Conv2D",
  .icon = "camadas-conv-symbolic",
  .note = N_("Looks for small patterns anywhere in an image: the layer that image networks are made of."),
  .category = CAM_LAYER_IMAGE,
  .fields = fields_2d,
  .describe = cam_conv_describe,
  .prepare = prepare_2d,
  .forward = forward,
  .backward = backward,
};
