/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ActivityRegularization: passes its input through and adds a penalty on it to the loss. Source: keras.layers.ActivityRegularization. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-layer-private.h"

static const CamField fields[] = {
  CAM_F_FLOAT ("l1", N_("L1"), N_("Times the sum of the absolute values."), 0.0, 0, INFINITY, CAM_FIELD_LOG),
  CAM_F_FLOAT ("l2", N_("L2"), N_("Times the sum of the squares."), 0.0, 0, INFINITY, CAM_FIELD_LOG),
  CAM_F_END,
};

static char *
describe (const json_t *config)
{
  return g_strdup_printf (_("L1 %g · L2 %g"), cam_fields_number (config, "l1"), cam_fields_number (config, "l2"));
}

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  self->output = self->input;
  self->mask_way = CAM_MASK_PASSES;
  self->activity = (CamRegularizer) { cam_fields_number (self->config, "l1"), cam_fields_number (self->config, "l2") };
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
  memcpy (y, x, n * self->n_in * sizeof (float));
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
    memcpy (dx, dy, n * self->n_in * sizeof (float));
}

const CamLayerKind cam_activity_regularization_kind = {
  .name = "ActivityRegularization",
  .icon = "camadas-dropout-symbolic",
  .note = N_("Passes its input through, and pulls it towards 0 by a penalty in the loss."),
  .category = CAM_LAYER_REGULARISATION,
  .fields = fields,
  .describe = describe,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
};
