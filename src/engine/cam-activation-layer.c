/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activation: one of the activation functions as a layer of its own; Softmax, which is that of one name. Source: keras.layers.Activation, keras.layers.Softmax. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-layer-private.h"
#include "cam-network.h"

static const CamField fields[] = {
  CAM_F_CHOICE ("activation", N_("Activation"), N_("The function applied to each number."), "relu", cam_activation_names, CAM_FIELD_PLAIN),
  CAM_F_END,
};

static char *
describe (const json_t *config)
{
  return g_strdup (cam_fields_choice (config, "activation"));
}

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  self->output = self->input;
  self->mask_way = CAM_MASK_PASSES;
  self->activation = cam_activation_find (cam_fields_choice (self->config, "activation"));
  return TRUE;
}

static gsize
get_columns (const CamLayer *self)
{
  return self->input.dims[self->input.n_dims - 1];
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  if (pass->bare)
    memcpy (y, x, n * self->n_in * sizeof (float));
  else
    cam_activation_forward (self->activation, x, y, n * self->n_in / get_columns (self), get_columns (self));
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
  if (dx == NULL)
    return;
  if (pass->bare)
    memcpy (dx, dy, n * self->n_in * sizeof (float));
  else
    cam_activation_backward (self->activation, x, y, dy, dx, n * self->n_in / get_columns (self), get_columns (self));
}

const CamLayerKind cam_activation_layer_kind = {
  .name = "Activation",
  .icon = "camadas-activation-symbolic",
  .note = N_("Applies a function to each number, as a layer of its own."),
  .category = CAM_LAYER_CORE,
  .fields = fields,
  .describe = describe,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
};

static const CamField softmax_fields[] = {
  CAM_F_INT ("axis", N_("Axis"), N_("The axis whose numbers add up to 1: the last one, −1."), -1, -6, 6, CAM_FIELD_ADVANCED),
  CAM_F_END,
};

static char *
describe_softmax (const json_t *config)
{
  return g_strdup (_("each row adds up to 1"));
}

/* Axes count from the batch's, 0. */
static gboolean
prepare_softmax (CamLayer  *self,
                 GError   **error)
{
  gint64 axis = cam_fields_int (self->config, "axis");

  if (axis != -1 && axis != (gint64) self->input.n_dims)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("“axis” is %d, but only the last axis is supported; set it to −1"), (int) axis);
      return FALSE;
    }

  self->output = self->input;
  self->mask_way = CAM_MASK_PASSES;
  self->activation = cam_activation_find ("softmax");
  return TRUE;
}

const CamLayerKind cam_softmax_kind = {
  .name = "Softmax",
  .icon = "camadas-activation-symbolic",
  .note = N_("Turns each row into probabilities that add up to 1."),
  .category = CAM_LAYER_CORE,
  .fields = softmax_fields,
  .describe = describe_softmax,
  .prepare = prepare_softmax,
  .forward = forward,
  .backward = backward,
};
