/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rescaling: y = x·scale + offset. Source: keras.layers.Rescaling. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-layer-private.h"

static const CamField fields[] = {
  CAM_F_FLOAT ("scale", N_("Scale"), N_("What each number is multiplied with: 1 / 255 brings pixels to 0 … 1."), 1.0 / 255.0, -INFINITY, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("offset", N_("Offset"), N_("What is added afterwards."), 0.0, -INFINITY, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_END,
};

static char *
describe (const json_t *config)
{
  double offset = cam_fields_number (config, "offset");

  return offset == 0.0 ? g_strdup_printf ("× %g", cam_fields_number (config, "scale")) : g_strdup_printf ("× %g %c %g", cam_fields_number (config, "scale"), offset < 0.0 ? '-' : '+', fabs (offset));
}

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  self->output = self->input;
  self->mask_way = CAM_MASK_PASSES;
  return TRUE;
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  float scale = (float) cam_fields_number (self->config, "scale"), offset = (float) cam_fields_number (self->config, "offset");

  for (gsize i = 0; i < n * self->n_in; i++)
    y[i] = x[i] * scale + offset;
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
  float scale = (float) cam_fields_number (self->config, "scale");

  for (gsize i = 0; i < n * self->n_in && dx != NULL; i++)
    dx[i] = dy[i] * scale;
}

const CamLayerKind cam_rescaling_kind = {
  .name = "Rescaling",
  .icon = "camadas-norm-symbolic",
  .note = N_("Multiplies every number and adds to it: pixels from 0 … 255 become 0 … 1."),
  .category = CAM_LAYER_NORMALISATION,
  .fields = fields,
  .describe = describe,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
};
