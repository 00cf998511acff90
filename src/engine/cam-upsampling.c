/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UpSampling1D and UpSampling2D: each step or pixel several times (nearest), or a straight passage from one to the next (bilinear: the centres of pixels keep their places,
 * beyond the outermost ones nothing changes). Source: keras.layers, the same names. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-image.h"

static const char *const interpolations[] = { "nearest", "bilinear", NULL };

static const CamField fields_1d[] = {
  CAM_F_INT ("size", N_("Times"), N_("How often each step is repeated."), 2, 1, 4096, CAM_FIELD_PLAIN),
  CAM_F_END,
};

static const CamField fields_2d[] = {
  CAM_F_INTS ("size", N_("Times"), N_("How many times as high and as wide the image gets."), 2, "2, 2", 1, 4096, CAM_FIELD_PLAIN),
  CAM_F_CHOICE ("interpolation", N_("Between pixels"), N_("nearest: blocks of equal pixels. bilinear: smooth passages."), "nearest", interpolations, CAM_FIELD_PLAIN),
  CAM_DATA_FORMAT_FIELD,
  CAM_F_END,
};

static char *
describe_1d (const json_t *config)
{
  guint size = (guint) cam_fields_int (config, "size");

  return g_strdup_printf (ngettext ("%u time", "%u times", size), size);
}

static char *
describe_2d (const json_t *config)
{
  g_autofree char *sizes = cam_image_sizes (config, "size");

  return g_strdup_printf ("%s · %s", sizes, cam_fields_choice (config, "interpolation"));
}

typedef struct
{
  gsize    height, width, channels;   /* of the input */
  gsize    factor_h, factor_w;
  gboolean bilinear;
} UpSampling;

static gboolean
prepare (CamLayer  *self,
         guint      n_axes,
         GError   **error)
{
  UpSampling *own = self->own = g_new0 (UpSampling, 1);
  gint64 size[2] = { 1, cam_fields_int (self->config, "size") };

  self->free_own = g_free;
  if (!cam_image_check (self, n_axes, error))
    return FALSE;
  if (n_axes == 2)
    cam_fields_ints (self->config, "size", size, 2);
  *own = (UpSampling) {
    n_axes > 1 ? self->input.dims[0] : 1, self->input.dims[n_axes - 1], self->input.dims[n_axes], (gsize) size[0], (gsize) size[1],
    n_axes > 1 && g_str_equal (cam_fields_choice (self->config, "interpolation"), "bilinear"),
  };
  cam_image_set_output (self, n_axes, own->height * own->factor_h, own->width * own->factor_w, own->channels);

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

/* The two rows or columns of the input between which one of the output lies, and the second one's share. */
typedef struct
{
  gsize low, high;
  float share;
} Between;

static Between
get_between (gsize    out,
             gsize    factor,
             gsize    n,
             gboolean bilinear)
{
  double place = ((double) out + 0.5) / (double) factor - 0.5, low = floor (place);

  if (!bilinear)
    return (Between) { out / factor, out / factor, 0.0f };

  return (Between) { low < 0.0 ? 0 : (gsize) low, MIN ((gsize) (low + 1.0), n - 1), (float) (place - low) };
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  const UpSampling *own = self->own;
  gsize channels = own->channels, line = own->width * channels;

  for (gsize image = 0; image < n; image++, x += self->n_in)
    for (gsize oh = 0; oh < own->height * own->factor_h; oh++)
      {
        Between h = get_between (oh, own->factor_h, own->height, own->bilinear);
        const float *low = x + h.low * line, *high = x + h.high * line;

        for (gsize ow = 0; ow < own->width * own->factor_w; ow++, y += channels)
          {
            Between w = get_between (ow, own->factor_w, own->width, own->bilinear);

            if (!own->bilinear)
              memcpy (y, low + w.low * channels, channels * sizeof (float));
            else
              for (gsize i = 0; i < channels; i++)
                {
                  float a = low[w.low * channels + i], b = low[w.high * channels + i], c = high[w.low * channels + i], d = high[w.high * channels + i];
                  float above = a + (b - a) * w.share, below = c + (d - c) * w.share;

                  y[i] = above + (below - above) * h.share;
                }
          }
      }
}

static void
add_scaled (const float *from,
            float        factor,
            float       *to,
            gsize        n)
{
  for (gsize i = 0; i < n; i++)
    to[i] += from[i] * factor;
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
  const UpSampling *own = self->own;
  gsize channels = own->channels, line = own->width * channels;

  if (dx == NULL)
    return;
  memset (dx, 0, n * self->n_in * sizeof (float));
  for (gsize image = 0; image < n; image++, dx += self->n_in)
    for (gsize oh = 0; oh < own->height * own->factor_h; oh++)
      {
        Between h = get_between (oh, own->factor_h, own->height, own->bilinear);
        float *low = dx + h.low * line, *high = dx + h.high * line;

        for (gsize ow = 0; ow < own->width * own->factor_w; ow++, dy += channels)
          {
            Between w = get_between (ow, own->factor_w, own->width, own->bilinear);

            add_scaled (dy, (1.0f - h.share) * (1.0f - w.share), low + w.low * channels, channels);
            if (!own->bilinear)
              continue;
            add_scaled (dy, (1.0f - h.share) * w.share, low + w.high * channels, channels);
            add_scaled (dy, h.share * (1.0f - w.share), high + w.low * channels, channels);
            add_scaled (dy, h.share * w.share, high + w.high * channels, channels);
          }
      }
}

const CamLayerKind cam_up_sampling_1d_kind = {
  .name = "UpSampling1D",
  .icon = "camadas-reshape-symbolic",
  .note = N_("Repeats each step: a longer sequence without weights."),
  .category = CAM_LAYER_SEQUENCE,
  .fields = fields_1d,
  .describe = describe_1d,
  .prepare = prepare_1d,
  .forward = forward,
  .backward = backward,
};

const CamLayerKind cam_up_sampling_2d_kind = {
  .name = "UpSampling2D",
  .icon = "camadas-reshape-symbolic",
  .note = N_("Makes an image larger without weights, as the second half of an autoencoder does before its convolutions."),
  .category = CAM_LAYER_IMAGE,
  .fields = fields_2d,
  .describe = describe_2d,
  .prepare = prepare_2d,
  .forward = forward,
  .backward = backward,
};
