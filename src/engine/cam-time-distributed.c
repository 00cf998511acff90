/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TimeDistributed: a layer applied to each step of a sequence by itself, as if every step were a row. Source: keras.layers.TimeDistributed. */
#include <glib/gi18n-lib.h>

#include "cam-layer-private.h"
#include "cam-network.h"

static const CamField fields[] = {
  CAM_F_OBJECT ("layer", N_("Layer"), N_("The layer that is applied to each step."), CAM_FIELD_NULLABLE),
  CAM_F_END,
};

static json_t *
make_usual (void)
{
  return json_pack ("{s:s, s:{s:i}}", "class_name", "Dense", "config", "units", 32);
}

static char *
describe (const json_t *config)
{
  g_autoptr(json_t) layer = json_is_object (json_object_get (config, "layer")) ? json_deep_copy (json_object_get (config, "layer")) : make_usual ();

  return cam_layer_describe_inner (layer);
}

static gsize
get_steps (const CamLayer *self)
{
  return self->input.dims[0];
}

static gboolean
check_room (const CamLayer  *self,
            const CamShape  *shape,
            GError         **error)
{
  if (shape->n_dims < CAM_SHAPE_MAX_DIMS)
    return TRUE;

  g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("what the layer within it gives has too many dimensions"));
  return FALSE;
}

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  const CamLayer *inner;
  CamShape step = { 0 };

  if (self->input.n_dims < 2)
    {
      g_autofree char *shape = cam_shape_to_string (&self->input);

      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("it reads sequences, (None, steps, …), but receives %s; put a Reshape before it"), shape);
      return FALSE;
    }
  if (json_is_null (json_object_get (self->config, "layer")))
    json_object_set_new (self->config, "layer", make_usual ());

  for (guint i = 1; i < self->input.n_dims; i++)
    step.dims[step.n_dims++] = self->input.dims[i];
  if (!cam_layer_add_inner (self, 0, json_object_get (self->config, "layer"), &step, error) || !check_room (self, &self->inner[0]->output, error))
    return FALSE;
  cam_layer_complete_inner (self, 0, "layer");
  inner = self->inner[0];
  if (inner->batch_ops != NULL)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("%s needs the whole batch at once and cannot stand within it; put it into the stack itself, where it takes all steps"),
                   inner->kind->name);
      return FALSE;
    }

  self->output = (CamShape) { 1, { get_steps (self) } };
  for (guint i = 0; i < inner->output.n_dims; i++)
    self->output.dims[self->output.n_dims++] = inner->output.dims[i];
  self->mask_way = CAM_MASK_PASSES;
  self->activation = inner->activation;
  self->activity = inner->activity;
  self->shard_gradients = inner->shard_gradients;
  self->is_noisy = inner->is_noisy;
  self->n_uses = get_steps (self) * MAX (inner->n_uses, 1);
  self->n_scratch = get_steps (self) * inner->n_scratch;
  self->n_temp = inner->n_temp;
  self->n_draws = get_steps (self) * inner->n_draws;

  return TRUE;
}

static CamPass
pass_within (const CamPass *pass)
{
  CamPass within = *pass;

  within.mask = NULL;
  return within;
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  CamPass within = pass_within (pass);

  self->inner[0]->kind->forward (self->inner[0], &within, x, y, scratch, n * get_steps (self));
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
  CamPass within = pass_within (pass);

  self->inner[0]->kind->backward (self->inner[0], &within, x, y, dy, dx, scratch, n * get_steps (self));
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
  CamPass within = pass_within (pass);

  self->inner[0]->kind->gradient (self->inner[0], &within, i, x, dz, scratch, result, n * get_steps (self), first, count);
}

static char *
complain (const CamLayer *self,
          const float    *x,
          gsize           n,
          gsize          *row)
{
  const CamLayer *inner = self->inner[0];
  char *complaint = inner->kind->complain != NULL ? inner->kind->complain (inner, x, n * get_steps (self), row) : NULL;

  *row /= get_steps (self);
  return complaint;
}

const CamLayerKind cam_time_distributed_kind = {
  .name = "TimeDistributed",
  .icon = "camadas-layers-symbolic",
  .note = N_("Applies a layer to each step of a sequence by itself."),
  .category = CAM_LAYER_SEQUENCE,
  .fields = fields,
  .describe = describe,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
  .gradient = gradient,
  .complain = complain,
};
