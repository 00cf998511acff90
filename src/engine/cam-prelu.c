/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PReLU: relu whose slope below 0 is learnt, one for each number of the input, or shared along some axes. Source: keras.layers.PReLU; He et al. 2015. */
#include <glib/gi18n-lib.h>

#include "cam-layer-fields.h"
#include "cam-layer-private.h"
#include "cam-network.h"

static const CamField fields[] = {
  CAM_F_INTS ("shared_axes", N_("Shared axes"), N_("Axes along which the slope is one and the same, from 1: “1, 2” for the places of an image."), 0, NULL, 1, 6, CAM_FIELD_NULLABLE),
  CAM_WEIGHT_FIELDS ("alpha", "zeros", N_("Slopes start"), N_("What the slopes below 0 are before training.")),
  CAM_F_END,
};

static char *
describe (const json_t *config)
{
  return g_strdup (json_is_null (json_object_get (config, "shared_axes")) ? _("a slope for each number") : _("shared slopes"));
}

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  gint64 axes[CAM_SHAPE_MAX_DIMS];
  guint n_axes = cam_fields_ints (self->config, "shared_axes", axes, G_N_ELEMENTS (axes));
  CamShape alpha = self->input;

  for (guint i = 0; i < n_axes; i++)
    {
      if (axes[i] > (gint64) self->input.n_dims)
        {
          g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("“shared_axes” names axis %d, but what it receives has %u"), (int) axes[i], self->input.n_dims);
          return FALSE;
        }
      alpha.dims[axes[i] - 1] = 1;
    }

  self->output = self->input;
  self->mask_way = CAM_MASK_PASSES;
  return cam_layer_add_weight (self, "alpha", "alpha", &alpha, TRUE, error);
}

/* Goes through a row's numbers, and beside them through the slopes that belong to them. */
typedef struct
{
  const CamShape *input, *alpha;
  gsize           at[CAM_SHAPE_MAX_DIMS];
  gsize           slope;
} Walk;

static void
step (Walk *walk)
{
  for (guint i = walk->input->n_dims; i-- > 0;)
    {
      if (++walk->at[i] < walk->input->dims[i])
        break;
      walk->at[i] = 0;
    }

  walk->slope = 0;
  for (guint i = 0; i < walk->input->n_dims; i++)
    walk->slope = walk->slope * walk->alpha->dims[i] + (walk->alpha->dims[i] > 1 ? walk->at[i] : 0);
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  const CamTensor *alpha = self->weights[0].value;

  for (gsize row = 0; row < n; row++, x += self->n_in, y += self->n_in)
    {
      Walk walk = { .input = &self->input, .alpha = &alpha->shape };

      for (gsize i = 0; i < self->n_in; i++, step (&walk))
        y[i] = x[i] <= 0.0f ? alpha->data[walk.slope] * x[i] : x[i];
    }
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
  const CamTensor *alpha = self->weights[0].value;

  for (gsize row = 0; dx != NULL && row < n; row++, x += self->n_in, dy += self->n_in, dx += self->n_in)
    {
      Walk walk = { .input = &self->input, .alpha = &alpha->shape };

      for (gsize i = 0; i < self->n_in; i++, step (&walk))
        dx[i] = x[i] > 0.0f ? dy[i] : dy[i] * alpha->data[walk.slope];
    }
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
  const CamTensor *alpha = self->weights[i].value;
  gsize row_size = alpha->n / (alpha->shape.n_dims > 1 ? alpha->shape.dims[0] : 1);
  gsize begin = first * row_size, end = alpha->shape.n_dims > 1 ? (first + count) * row_size : alpha->n;

  for (gsize j = begin; j < end; j++)
    result[j] = 0.0f;
  for (gsize row = 0; row < n; row++, x += self->n_in, dz += self->n_in)
    {
      Walk walk = { .input = &self->input, .alpha = &alpha->shape };

      for (gsize j = 0; j < self->n_in; j++, step (&walk))
        if (walk.slope >= begin && walk.slope < end && x[j] <= 0.0f)
          result[walk.slope] += dz[j] * x[j];
    }
}

const CamLayerKind cam_prelu_kind = {
  .name = "PReLU",
  .icon = "camadas-activation-symbolic",
  .note = N_("Relu whose slope below 0 is learnt."),
  .category = CAM_LAYER_CORE,
  .fields = fields,
  .describe = describe,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
  .gradient = gradient,
};
