/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dense: y = act (x · kernel + bias) on the last axis. Source: keras.layers.Dense. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-initializer.h"
#include "cam-layer-private.h"
#include "kernels/cam-kernels.h"

enum { KERNEL, BIAS };

static const CamField fields[] = {
  CAM_F_INT ("units", N_("Units"), N_("Numbers that the layer gives out."), 32, 1, 65536, CAM_FIELD_PLAIN),
  CAM_F_CHOICE ("activation", N_("Activation"), N_("The function applied to each unit's sum."), "linear", cam_activation_names, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("use_bias", N_("Use bias"), N_("Adds a number of its own to each unit's sum."), 1, CAM_FIELD_PLAIN),
  CAM_F_CHOICE ("kernel_initializer", N_("Weights start"), N_("How the weights are drawn before training."), "glorot_uniform", cam_initializer_names, CAM_FIELD_PLAIN),
  CAM_F_CHOICE ("bias_initializer", N_("Bias starts"), N_("What the biases are before training."), "zeros", cam_initializer_names, CAM_FIELD_PLAIN),
  CAM_F_END,
};

static char *
describe (const json_t *config)
{
  guint units = (guint) cam_fields_int (config, "units");

  return g_strdup_printf (ngettext ("%u unit · %s · %s", "%u units · %s · %s", units),
                          units, cam_fields_choice (config, "activation"), cam_fields_choice (config, "kernel_initializer"));
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
  self->activation = cam_activation_find (cam_fields_choice (self->config, "activation"));

  return cam_layer_add_weight (self, "kernel", &kernel, TRUE, error) &&
         (!cam_fields_bool (self->config, "use_bias") || cam_layer_add_weight (self, "bias", &bias, TRUE, error));
}

static void
initialise (CamLayer *self,
            guint     i,
            CamRng   *rng)
{
  cam_initializer_fill (cam_fields_choice (self->config, i == KERNEL ? "kernel_initializer" : "bias_initializer"), self->weights[i].value, rng);
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  gsize rows = rows_of (self, n);

  cam_dense_forward (x, self->weights[KERNEL].value->data, get_bias (self), y, rows, get_inputs (self), get_units (self));
  if (!pass->bare)
    cam_activation_forward (self->activation, y, y, rows, get_units (self));
}

static void
backward (const CamLayer *self,
          const CamPass  *pass,
          const float    *x,
          const float    *y,
          float          *dy,
          float          *dx,
          const float    *scratch,
          gsize           n)
{
  gsize rows = rows_of (self, n);

  if (!pass->bare)
    cam_activation_backward (self->activation, NULL, y, dy, dy, rows, get_units (self));
  if (dx != NULL)
    cam_dense_input_gradient (dy, self->weights[KERNEL].value->data, dx, rows, get_inputs (self), get_units (self));
}

static void
gradient (const CamLayer *self,
          guint           i,
          const float    *x,
          const float    *dz,
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
  "Dense", "camadas-dense-symbolic", N_("Every input joined to every unit: the layer that most networks are made of."),
  CAM_LAYER_CORE, fields, describe, prepare, initialise, forward, backward, gradient,
};
