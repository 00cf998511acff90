/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SimpleRNN: h ← act (x·W + b + h·U). Source: keras.layers.SimpleRNN. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-recurrent-private.h"

static const CamField fields[] = {
  CAM_RECURRENT_FIELDS_BEGIN,
  CAM_RECURRENT_FIELDS_MIDDLE,
  CAM_SEED_FIELD,
  CAM_RECURRENT_FIELDS_END,
};

static void
step (const CamLayer *self,
      const CamStep  *at)
{
  const CamRecurrent *own = self->own;
  gsize n = at->rows.n, units = own->units;
  const float *bias = cam_recurrent_weight (self, CAM_RECURRENT_BIAS);

  cam_product (at->state, at->state_stride, 1, cam_recurrent_weight (self, CAM_RECURRENT_STATE_KERNEL), units, at->z, units, at->z, units, n, units, units);
  for (gsize row = 0; row < n; row++)
    {
      float *z = at->z + row * units;
      gboolean counts = cam_cell_row_counts (&at->rows, row);

      for (gsize j = 0; j < units; j++)
        z[j] += bias[j];
      cam_recurrent_activate (own->activation, z, at->raw != NULL ? at->raw + row * units : NULL, units);
      memcpy (at->h + row * at->h_stride, counts ? z : at->h_before + row * at->h_stride, units * sizeof (float));
    }
}

static void
back (const CamLayer *self,
      const CamStep  *at)
{
  const CamRecurrent *own = self->own;
  gsize n = at->rows.n, units = own->units;

  for (gsize row = 0; row < n; row++)
    {
      float *z = at->z + row * units, *dh = at->dh + row * units;

      if (!cam_cell_row_counts (&at->rows, row))
        {
          memset (z, 0, units * sizeof (float));
          continue;
        }
      cam_recurrent_deactivate (own->activation, z, at->raw != NULL ? at->raw + row * units : NULL, dh, units);
      memcpy (z, dh, units * sizeof (float));
      memset (dh, 0, units * sizeof (float));
    }

  cam_product_turned (at->z, units, cam_recurrent_weight (self, CAM_RECURRENT_STATE_KERNEL), units, at->dstate, units, at->dstate, units, n, units, units);
}

static const CamCell cell = { 1, NULL, step, back, NULL };

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  return cam_recurrent_prepare (self, &cell, FALSE, error);
}

const CamLayerKind cam_simple_rnn_kind = {
  .name = "SimpleRNN",
  .icon = "camadas-recurrent-symbolic",
  .note = N_("Reads a sequence step by step and remembers its last output: for short sequences."),
  .category = CAM_LAYER_SEQUENCE,
  .fields = fields,
  .describe = cam_recurrent_describe,
  .prepare = prepare,
  .forward = cam_recurrent_forward,
  .backward = cam_recurrent_backward,
};
