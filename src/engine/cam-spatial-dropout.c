/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpatialDropout1D and SpatialDropout2D: whole channels of a row are left out, at every step or pixel. Source: keras.layers of these names. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-image.h"
#include "cam-layer-fields.h"
#include "cam-layer-private.h"

#define RATE_FIELD CAM_F_FLOAT ("rate", N_("Rate"), N_("Share of the channels that are left out in each step of training."), 0.5, 0, 1, CAM_FIELD_MAX_OPEN)

static const CamField fields_1d[] = { RATE_FIELD, CAM_SEED_FIELD, CAM_F_END };
static const CamField fields_2d[] = { RATE_FIELD, CAM_SEED_FIELD, CAM_DATA_FORMAT_FIELD, CAM_F_END };

static char *
describe (const json_t *config)
{
  return g_strdup_printf (_("rate %g of the channels, while training only"), cam_fields_number (config, "rate"));
}

static gsize
get_channels (const CamLayer *self)
{
  return self->input.dims[self->input.n_dims - 1];
}

static gboolean
prepare (CamLayer  *self,
         guint      n_axes,
         GError   **error)
{
  if (!cam_image_check (self, n_axes, error))
    return FALSE;

  self->output = self->input;
  self->mask_way = CAM_MASK_PASSES;
  self->is_noisy = TRUE;
  self->n_draws = self->n_scratch = get_channels (self);
  return TRUE;
}

static gboolean
prepare_1d (CamLayer  *self,
            GError   **error)
{
  return prepare (self, 1, error);
}

static gboolean
prepare_2d (CamLayer  *self,
            GError   **error)
{
  return prepare (self, 2, error);
}

/* The channels of each place, times their factor. */
static void
scale (const CamLayer *self,
       const float    *from,
       const float    *factors,
       float          *to,
       gsize           n)
{
  gsize channels = get_channels (self), places = self->n_in / channels;

  for (gsize row = 0; row < n; row++, factors += channels)
    for (gsize place = 0; place < places; place++, from += channels, to += channels)
      for (gsize j = 0; j < channels; j++)
        to[j] = from[j] * factors[j];
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
  gsize total = n * get_channels (self);

  if (!pass->training)
    {
      memcpy (y, x, n * self->n_in * sizeof (float));
      return;
    }

  for (gsize done = 0; done < total;)
    {
      guint32 words[256];
      gsize count = MIN (G_N_ELEMENTS (words), total - done);

      cam_rng_fill (pass->rng, pass->first_draw + done, words, count);
      for (gsize i = 0; i < count; i++)
        scratch[done + i] = words[i] < threshold ? 0.0f : kept;
      done += count;
    }
  scale (self, x, scratch, y, n);
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
  if (dx == NULL)
    return;
  if (pass->training)
    scale (self, dy, scratch, dx, n);
  else
    memcpy (dx, dy, n * self->n_in * sizeof (float));
}

const CamLayerKind cam_spatial_dropout_1d_kind = {
  .name = "SpatialDropout1D",
  .icon = "camadas-dropout-symbolic",
  .note = N_("Leaves out whole features of a sequence, at all of its steps."),
  .category = CAM_LAYER_REGULARISATION,
  .fields = fields_1d,
  .describe = describe,
  .prepare = prepare_1d,
  .forward = forward,
  .backward = backward,
};
const CamLayerKind cam_spatial_dropout_2d_kind = {
  .name = "SpatialDropout2D",
  .icon = "camadas-dropout-symbolic",
  .note = N_("Leaves out whole channels of an image: neighbouring pixels are too alike to leave out singly."),
  .category = CAM_LAYER_REGULARISATION,
  .fields = fields_2d,
  .describe = describe,
  .prepare = prepare_2d,
  .forward = forward,
  .backward = backward,
};
