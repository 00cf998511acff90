/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dense: y = act (x · kernel + bias) on the last axis. Source: keras.layers.Dense. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-layer-fields.h"
#include "cam-layer-private.h"
#include "kernels/cam-kernels.h"

enum { KERNEL, BIAS };

static const CamField fields[] = {
  CAM_F_INT ("units", N_("Units"), N_("Numbers that the layer gives out."), 32, 1, 65536, CAM_FIELD_PLAIN),
  CAM_F_CHOICE ("activation", N_("Activation"), N_("The function applied to each unit's sum."), "linear", cam_activation_names, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("use_bias", N_("Use bias"), N_("Adds a number of its own to each unit's sum."), 1, CAM_FIELD_PLAIN),
  CAM_KERNEL_FIELDS,
  CAM_BIAS_FIELDS,
  CAM_ACTIVITY_FIELD,
  CAM_F_END,
};

static char *
describe (const json_t *config)
{
  guint units = (guint) cam_fields_int (config, "units");
  const char *start = cam_variant_word (config, "kernel_initializer");
  g_autofree char *text = g_strdup_printf (ngettext ("%u unit · %s", "%u units · %s", units), units, cam_fields_choice (config, "activation"));

  /* Keras's default goes without saying. */
  return g_str_equal (start, "glorot_uniform") ? g_steal_pointer (&text) : g_strconcat (text, " · ", start, NULL);
}

/* Rows of the product: every axis but the last is a row of its own. */
static gsize
rows_of (const CamLayer *self,
         gsize           n)
{
  return n * (self->n_in / self->input.dims[self->input.n_dims - 1]);
}

static gsize
get_inputs (const CamLayer *self)
{
  return self->weights[KERNEL].value->shape.dims[0];
}

static gsize
get_units (const CamLayer *self)
{
  return self->weights[KERNEL].value->shape.dims[1];
}

static const float *
get_bias (const CamLayer *self)
{
  return self->n_weights > BIAS ? self->weights[BIAS].value->data : NULL;
}

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  gsize units = (gsize) cam_fields_int (self->config, "units");
  CamShape kernel = { 2, { self->input.dims[self->input.n_dims - 1], units } };
  CamShape bias = cam_shape_vector (units);

  self->output = self->input;
  self->output.dims[self->input.n_dims - 1] = units;
  self->mask_way = CAM_MASK_PASSES;

  return cam_layer_take_activation (self, error) &&
         cam_layer_add_weight (self, "kernel", "kernel", &kernel, TRUE, error) &&
         (!cam_fields_bool (self->config, "use_bias") || cam_layer_add_weight (self, "bias", "bias", &bias, TRUE, error));
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  cam_dense_forward (x, self->weights[KERNEL].value->data, get_bias (self), y, rows_of (self, n), get_inputs (self), get_units (self));
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
  cam_layer_deactivate (self, pass, y, dy, scratch, n);
  if (dx != NULL)
    cam_dense_input_gradient (dy, self->weights[KERNEL].value->data, dx, rows_of (self, n), get_inputs (self), get_units (self));
}

static void
gradient (const CamLayer *self,
          const CamPass  *pass,
          guint           i,
          const float    *x,
          const float    *dz,
          const float    *scratch,
          float          *result,
          gsize           n,
          gsize           first,
          gsize           count)
{
  gsize rows = rows_of (self, n);

  if (i == KERNEL)
    cam_dense_weight_gradient (x, dz, result, rows, get_inputs (self), get_units (self), first, count);
  else
    cam_bias_gradient (dz, result, rows, get_units (self));
}

const CamLayerKind cam_dense_kind = {
  .name = "Dense",
  .icon = "camadas-dense-symbolic",
  .note = N_("Every input joined to every unit: the layer that most networks are made of."),
  .category = CAM_LAYER_CORE,
  .fields = fields,
  .describe = describe,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
  .gradient = gradient,
};
