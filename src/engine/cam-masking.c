/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masking: steps whose features are all of one value do not count for the layers above. Source: keras.layers.Masking. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-layer-private.h"
#include "cam-network.h"

static const CamField fields[] = {
  CAM_F_FLOAT ("mask_value", N_("Value"), N_("A step whose features are all of this value is padding."), 0.0, -INFINITY, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_END,
};

static char *
describe (const json_t *config)
{
  return g_strdup_printf (_("steps of %g do not count"), cam_fields_number (config, "mask_value"));
}

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  if (self->input.n_dims != 2)
    {
      g_autofree char *shape = cam_shape_to_string (&self->input);

      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("it reads sequences, (None, steps, features), but receives %s; put a Reshape before it"), shape);
      return FALSE;
    }

  self->output = self->input;
  self->mask_way = CAM_MASK_BEGINS;
  return TRUE;
}

static void
mask (const CamLayer *self,
      const CamPass  *pass,
      const float    *x,
      guint8         *result,
      gsize           n)
{
  float value = (float) cam_fields_number (self->config, "mask_value");
  gsize features = self->input.dims[1];

  for (gsize step = 0; step < n * self->input.dims[0]; step++, x += features)
    {
      result[step] = 0;
      for (gsize j = 0; j < features; j++)
        result[step] |= x[j] != value;
    }
}

/* @to ← @from where a step of @x counts, else 0. */
static void
blank (const CamLayer *self,
       const float    *x,
       const float    *from,
       float          *to,
       gsize           n)
{
  float value = (float) cam_fields_number (self->config, "mask_value");
  gsize features = self->input.dims[1];

  for (gsize step = 0; step < n * self->input.dims[0]; step++, x += features, from += features, to += features)
    {
      gboolean counts = FALSE;

      for (gsize j = 0; j < features; j++)
        counts |= x[j] != value;
      if (counts)
        memcpy (to, from, features * sizeof (float));
      else
        memset (to, 0, features * sizeof (float));
    }
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  blank (self, x, x, y, n);
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
  if (dx != NULL)
    blank (self, x, dy, dx, n);
}

const CamLayerKind cam_masking_kind = {
  .name = "Masking",
  .icon = "camadas-recurrent-symbolic",
  .note = N_("Tells the recurrent layers above which steps are padding."),
  .category = CAM_LAYER_SEQUENCE,
  .fields = fields,
  .describe = describe,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
  .mask = mask,
};
