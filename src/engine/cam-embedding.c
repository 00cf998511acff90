/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Embedding: a learnt vector for each index. Indices come as floats and count by their whole part, as in Keras. Source: keras.layers.Embedding. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-layer-fields.h"
#include "cam-layer-private.h"
#include "cam-network.h"

static const CamField fields[] = {
  CAM_F_INT ("input_dim", N_("Indices"), N_("How many different indices there are: they run from 0 to one less."), 1000, 1, 100000000, CAM_FIELD_PLAIN),
  CAM_F_INT ("output_dim", N_("Vector size"), N_("Numbers that stand for each index."), 16, 1, 65536, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("mask_zero", N_("0 is padding"), N_("Steps with index 0 do not count for the recurrent layers above."), 0, CAM_FIELD_PLAIN),
  CAM_WEIGHT_FIELDS ("embeddings", "uniform", N_("Vectors start"), N_("How the vectors are drawn before training.")),
  CAM_ACTIVITY_FIELD,
  CAM_F_END,
};

static char *
describe (const json_t *config)
{
  guint n = (guint) cam_fields_int (config, "input_dim");
  g_autofree char *line = g_strdup_printf (ngettext ("%u index → %u numbers", "%u indices → %u numbers each", n), n, (guint) cam_fields_int (config, "output_dim"));

  return g_strconcat (line, cam_fields_bool (config, "mask_zero") ? _(" · 0 is padding") : "", NULL);
}

static gsize
get_size (const CamLayer *self)
{
  return self->weights[0].value->shape.dims[1];
}

static gsize
get_count (const CamLayer *self)
{
  return self->weights[0].value->shape.dims[0];
}

/* Its number, or how many there are where it is none. */
static gsize
index_of (const CamLayer *self,
          float           x)
{
  return x > -1.0f && x < (float) get_count (self) ? (gsize) x : get_count (self);
}

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  CamShape embeddings = { 2, { (gsize) cam_fields_int (self->config, "input_dim"), (gsize) cam_fields_int (self->config, "output_dim") } };

  if (self->input.n_dims == CAM_SHAPE_MAX_DIMS)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("what it receives has too many dimensions; flatten it first"));
      return FALSE;
    }
  if (cam_fields_bool (self->config, "mask_zero"))
    {
      if (self->input.n_dims != 1)
        {
          g_autofree char *shape = cam_shape_to_string (&self->input);

          g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("with “mask_zero” it reads (None, steps), but receives %s"), shape);
          return FALSE;
        }
      self->mask_way = CAM_MASK_BEGINS;
    }

  self->n_uses = 1;
  self->output = self->input;
  self->output.dims[self->output.n_dims++] = embeddings.dims[1];
  return cam_layer_add_weight (self, "embeddings", "embeddings", &embeddings, TRUE, error);
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  const float *vectors = self->weights[0].value->data;
  gsize size = get_size (self);

  for (gsize i = 0; i < n * self->n_in; i++, y += size)
    {
      gsize at = index_of (self, x[i]);

      if (at < get_count (self))
        memcpy (y, vectors + at * size, size * sizeof (float));
      else
        for (gsize j = 0; j < size; j++)
          y[j] = NAN;
    }
}

/* Indices have no gradient. */
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
  if (dx != NULL)
    memset (dx, 0, n * self->n_in * sizeof (float));
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
  gsize size = get_size (self);

  memset (result + first * size, 0, count * size * sizeof (float));
  for (gsize j = 0; j < n * self->n_in; j++, dz += size)
    {
      gsize at = index_of (self, x[j]);

      if (at >= first && at < first + count)
        for (gsize k = 0; k < size; k++)
          result[at * size + k] += dz[k];
    }
}

static void
mask (const CamLayer *self,
      const CamPass  *pass,
      const float    *x,
      guint8         *result,
      gsize           n)
{
  for (gsize i = 0; i < n * self->n_in; i++)
    result[i] = index_of (self, x[i]) != 0;
}

static char *
complain (const CamLayer *self,
          const float    *x,
          gsize           n,
          gsize          *row)
{
  gsize count = get_count (self);

  for (gsize i = 0; i < n * self->n_in; i++)
    if (index_of (self, x[i]) == count)
      {
        *row = i / self->n_in;
        return g_strdup_printf (_("it receives %g, but its indices run from 0 to %zu; raise “input_dim”, or leave the column unscaled"),
                                (double) x[i], count - 1);
      }

  return NULL;
}

const CamLayerKind cam_embedding_kind = {
  .name = "Embedding",
  .icon = "camadas-number-symbolic",
  .note = N_("A learnt vector for each index: the beginning of a network that reads words or categories."),
  .category = CAM_LAYER_SEQUENCE,
  .fields = fields,
  .describe = describe,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
  .gradient = gradient,
  .mask = mask,
  .complain = complain,
};
