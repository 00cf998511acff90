/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dropout: while training each number is 0 with probability rate, and the others are divided by 1 − rate. Source: keras.layers.Dropout. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-layer-fields.h"
#include "cam-layer-private.h"

static const CamField fields[] = {
  CAM_F_FLOAT ("rate", N_("Rate"), N_("Share of the numbers that are left out in each step of training."), 0.5, 0, 1, CAM_FIELD_MAX_OPEN),
  CAM_SEED_FIELD,
  CAM_F_END,
};

static char *
describe (const json_t *config)
{
  return g_strdup_printf (_("rate %g, while training only"), cam_fields_number (config, "rate"));
}

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  self->output = self->input;
  self->mask_way = CAM_MASK_PASSES;
  self->is_noisy = TRUE;
  self->n_scratch = self->n_in;   /* the factor of each number: 0 or 1 / (1 − rate) */
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
  double rate = cam_fields_number (self->config, "rate");
  guint32 threshold = (guint32) MIN (rate * 0x1p32, 4294967295.0);
  float kept = (float) (1.0 / (1.0 - rate));
  gsize total = n * self->n_in;

  if (!pass->training)
    {
      memcpy (y, x, total * sizeof (float));
      return;
    }

  for (gsize done = 0; done < total;)
    {
      guint32 words[256];
      gsize count = MIN (G_N_ELEMENTS (words), total - done);

      cam_rng_fill (pass->rng, pass->first_draw + done, words, count);
      for (gsize i = 0; i < count; i++)
        {
          scratch[done + i] = words[i] < threshold ? 0.0f : kept;
          y[done + i] = x[done + i] * scratch[done + i];
        }
      done += count;
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
  if (dx != NULL)
    for (gsize i = 0; i < n * self->n_in; i++)
      dx[i] = dy[i] * scratch[i];
}

const CamLayerKind cam_dropout_kind = {
  .name = "Dropout",
  .icon = "camadas-dropout-symbolic",
  .note = N_("Leaves out a random share of its inputs in each step, so that no unit is relied on alone."),
  .category = CAM_LAYER_REGULARISATION,
  .fields = fields,
  .describe = describe,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
};
