/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GaussianNoise, GaussianDropout and AlphaDropout: chance while training, nothing otherwise. Source: keras.layers of these names; for AlphaDropout Klambauer et al. 2017. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-layer-fields.h"
#include "cam-layer-private.h"
#include "kernels/cam-kernels.h"

/* What a number that is left out becomes: where selu levels off. */
#define ALPHA_FLOOR (-1.7580993408473766)

static const CamField noise_fields[] = {
  CAM_F_FLOAT ("stddev", N_("Deviation"), N_("Standard deviation of what is added to each number in each step of training."), 0.1, 0, INFINITY, CAM_FIELD_PLAIN),
  CAM_SEED_FIELD,
  CAM_F_END,
};
static const CamField gaussian_fields[] = {
  CAM_F_FLOAT ("rate", N_("Rate"), N_("Shakes each number as much as leaving out this share of them would."), 0.5, 0, 1, CAM_FIELD_MAX_OPEN),
  CAM_SEED_FIELD,
  CAM_F_END,
};
static const CamField alpha_fields[] = {
  CAM_F_FLOAT ("rate", N_("Rate"), N_("Share of the numbers that are left out in each step of training."), 0.5, 0, 1, CAM_FIELD_MAX_OPEN),
  CAM_SEED_FIELD,
  CAM_F_END,
};

static char *
describe_noise (const json_t *config)
{
  return g_strdup_printf (_("deviation %g, while training only"), cam_fields_number (config, "stddev"));
}

static char *
describe_rate (const json_t *config)
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
  self->n_draws = 2 * self->n_in;
  return TRUE;
}

/* With the factor of each number for the way back. */
static gboolean
prepare_factors (CamLayer  *self,
                 GError   **error)
{
  self->n_scratch = self->n_in;
  return prepare (self, error);
}

/* A normal number from two words: Box–Muller, cosine half. 1 + the word is in (0, 2³²], so that the logarithm is finite. */
static float
normal_of (const guint32 words[2])
{
  return (float) (sqrt (-2.0 * log ((1.0 + words[0]) * 0x1p-32)) * cos (2.0 * G_PI * words[1] * 0x1p-32));
}

static void
draw_normals (const CamPass *pass,
              float         *normals,
              gsize          n)
{
  guint32 words[128];

  for (gsize done = 0; done < n;)
    {
      gsize count = MIN (G_N_ELEMENTS (words) / 2, n - done);

      cam_rng_fill (pass->rng, pass->first_draw + 2 * done, words, 2 * count);
      for (gsize i = 0; i < count; i++)
        normals[done + i] = normal_of (words + 2 * i);
      done += count;
    }
}

static void
forward_noise (const CamLayer *self,
               const CamPass  *pass,
               const float    *x,
               float          *y,
               float          *scratch,
               gsize           n)
{
  float deviation = (float) cam_fields_number (self->config, "stddev");
  gsize total = n * self->n_in;

  if (!pass->training)
    {
      memcpy (y, x, total * sizeof (float));
      return;
    }
  draw_normals (pass, y, total);
  for (gsize i = 0; i < total; i++)
    y[i] = x[i] + deviation * y[i];
}

static void
backward_noise (const CamLayer *self,
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

static void
forward_gaussian (const CamLayer *self,
                  const CamPass  *pass,
                  const float    *x,
                  float          *y,
                  float          *scratch,
                  gsize           n)
{
  double rate = cam_fields_number (self->config, "rate");
  float deviation = (float) sqrt (rate / (1.0 - rate));
  gsize total = n * self->n_in;

  if (!pass->training)
    {
      memcpy (y, x, total * sizeof (float));
      return;
    }
  draw_normals (pass, scratch, total);
  for (gsize i = 0; i < total; i++)
    {
      scratch[i] = 1.0f + deviation * scratch[i];
      y[i] = x[i] * scratch[i];
    }
}

static void
forward_alpha (const CamLayer *self,
               const CamPass  *pass,
               const float    *x,
               float          *y,
               float          *scratch,
               gsize           n)
{
  double rate = cam_fields_number (self->config, "rate");
  double a = 1.0 / sqrt ((1.0 - rate) * (1.0 + rate * ALPHA_FLOOR * ALPHA_FLOOR)), b = -a * ALPHA_FLOOR * rate;
  guint32 threshold = (guint32) MIN (rate * 0x1p32, 4294967295.0);
  float kept = (float) a, offset = (float) b, left_out = (float) (a * ALPHA_FLOOR + b);
  gsize total = n * self->n_in;

  if (!pass->training)
    {
      memcpy (y, x, total * sizeof (float));
      return;
    }

  for (gsize done = 0; done < total;)
    {
      guint32 words[256];
      gsize count = MIN (G_N_ELEMENTS (words) / 2, total - done);

      cam_rng_fill (pass->rng, pass->first_draw + 2 * done, words, 2 * count);
      for (gsize i = done; i < done + count; i++)
        {
          gboolean is_kept = words[2 * (i - done)] >= threshold;

          scratch[i] = is_kept ? kept : 0.0f;
          y[i] = is_kept ? kept * x[i] + offset : left_out;
        }
      done += count;
    }
}

static void
backward_factors (const CamLayer *self,
                  const CamPass  *pass,
                  const float    *x,
                  const float    *y,
                  float          *dy,
                  float          *dx,
                  float          *scratch,
                  gsize           n)
{
  if (dx == NULL)
    return;
  if (!pass->training)
    memcpy (dx, dy, n * self->n_in * sizeof (float));
  else
    for (gsize i = 0; i < n * self->n_in; i++)
      dx[i] = dy[i] * scratch[i];
}

const CamLayerKind cam_gaussian_noise_kind = {
  .name = "GaussianNoise",
  .icon = "camadas-dropout-symbolic",
  .note = N_("Adds noise in each step of training, so that small differences are not learnt by heart."),
  .category = CAM_LAYER_REGULARISATION,
  .fields = noise_fields,
  .describe = describe_noise,
  .prepare = prepare,
  .forward = forward_noise,
  .backward = backward_noise,
};
const CamLayerKind cam_gaussian_dropout_kind = {
  .name = "GaussianDropout",
  .icon = "camadas-dropout-symbolic",
  .note = N_("Multiplies each number by noise around 1: dropout in shades."),
  .category = CAM_LAYER_REGULARISATION,
  .fields = gaussian_fields,
  .describe = describe_rate,
  .prepare = prepare_factors,
  .forward = forward_gaussian,
  .backward = backward_factors,
};
const CamLayerKind cam_alpha_dropout_kind = {
  .name = "AlphaDropout",
  .icon = "camadas-dropout-symbolic",
  .note = N_("Dropout that keeps mean and variance: the one for selu layers."),
  .category = CAM_LAYER_REGULARISATION,
  .fields = alpha_fields,
  .describe = describe_rate,
  .prepare = prepare_factors,
  .forward = forward_alpha,
  .backward = backward_factors,
};
