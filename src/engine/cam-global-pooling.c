/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GlobalMaxPooling and GlobalAveragePooling over sequences and images: one number for each channel, whatever the size in front. The mean of a sequence leaves out the steps that
 * a mask leaves out; where it leaves out all of them it is 0, not 0 / 0 as in Keras. Source: keras.layers, the same names. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-image.h"
#include "kernels/cam-pooling-kernels.h"

static const CamField fields[] = {
  CAM_F_BOOL ("keepdims", N_("Keep axes"), N_("Leaves what was pooled as axes of one."), 0, CAM_FIELD_ADVANCED),
  CAM_DATA_FORMAT_FIELD,
  CAM_F_END,
};

static char *
describe (const json_t *config)
{
  return g_strdup (cam_fields_bool (config, "keepdims") ? _("one number a channel, axes kept") : _("one number a channel"));
}

/* A window as large as the input. */
static CamWindow
get_window (const CamLayer *self)
{
  gsize channels = self->input.dims[self->input.n_dims - 1], height = self->input.n_dims > 2 ? self->input.dims[0] : 1, width = self->n_in / channels / height;

  return (CamWindow) { height, width, channels, 1, 1, height, width, 1, 1, 1, 1, 0, 0 };
}

static gboolean
prepare (CamLayer  *self,
         guint      n_axes,
         GError   **error)
{
  if (!cam_image_check (self, n_axes, error))
    return FALSE;
  if (cam_fields_bool (self->config, "keepdims"))
    cam_image_set_output (self, n_axes, 1, 1, self->input.dims[n_axes]);
  else
    self->output = cam_shape_vector (self->input.dims[n_axes]);

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

static void
max_forward (const CamLayer *self,
             const CamPass  *pass,
             const float    *x,
             float          *y,
             float          *scratch,
             gsize           n)
{
  CamWindow window = get_window (self);

  cam_max_pool_forward (&window, x, y, n);
}

static void
max_backward (const CamLayer *self,
              const CamPass  *pass,
              const float    *x,
              const float    *y,
              float          *dy,
              float          *dx,
              float          *scratch,
              gsize           n)
{
  CamWindow window = get_window (self);

  if (dx != NULL)
    cam_max_pool_backward (&window, x, y, dy, dx, n);
}

/* What each step of a row counts in its mean. */
static float
get_share (const CamLayer *self,
           const guint8   *mask)
{
  gsize steps = self->input.dims[0], count = 0;

  for (gsize i = 0; i < steps; i++)
    count += mask[i];

  return count > 0 ? 1.0f / (float) count : 0.0f;
}

static void
average_forward (const CamLayer *self,
                 const CamPass  *pass,
                 const float    *x,
                 float          *y,
                 float          *scratch,
                 gsize           n)
{
  CamWindow window = get_window (self);
  gsize steps = self->input.dims[0], channels = window.channels;

  if (pass->mask == NULL || self->input.n_dims > 2)
    {
      cam_average_pool_forward (&window, x, y, n);
      return;
    }

  for (gsize row = 0; row < n; row++, y += channels)
    {
      const guint8 *mask = pass->mask + row * steps;
      float share = get_share (self, mask);

      memset (y, 0, channels * sizeof (float));
      for (gsize i = 0; i < steps; i++)
        if (mask[i])
          for (gsize j = 0; j < channels; j++)
            y[j] += x[(row * steps + i) * channels + j] * share;
    }
}

static void
average_backward (const CamLayer *self,
                  const CamPass  *pass,
                  const float    *x,
                  const float    *y,
                  float          *dy,
                  float          *dx,
                  float          *scratch,
                  gsize           n)
{
  CamWindow window = get_window (self);
  gsize steps = self->input.dims[0], channels = window.channels;

  if (dx == NULL)
    return;
  if (pass->mask == NULL || self->input.n_dims > 2)
    {
      cam_average_pool_backward (&window, dy, dx, n);
      return;
    }

  for (gsize row = 0; row < n; row++, dy += channels)
    {
      const guint8 *mask = pass->mask + row * steps;
      float share = get_share (self, mask);

      for (gsize i = 0; i < steps; i++)
        for (gsize j = 0; j < channels; j++)
          dx[(row * steps + i) * channels + j] = mask[i] ? dy[j] * share : 0.0f;
    }
}

#define GLOBAL_KIND(kind_name, words, kind_category, dims, way) { \
    .name = kind_name, \
    .icon = "camadas-pool-symbolic", \
    .note = words, \
    .category = kind_category, \
    .fields = fields, \
    .describe = describe, \
    .prepare = prepare_ ## dims, \
    .forward = way ## _forward, \
    .backward = way ## _backward, \
  }

const CamLayerKind cam_global_max_pooling_1d_kind =
  GLOBAL_KIND ("GlobalMaxPooling1D", N_("Keeps the largest number of each feature over a whole sequence, of any length."), CAM_LAYER_SEQUENCE, 1d, max);
const CamLayerKind cam_global_max_pooling_2d_kind =
  GLOBAL_KIND ("GlobalMaxPooling2D", N_("Keeps the largest number of each channel over a whole image, of any size."), CAM_LAYER_IMAGE, 2d, max);
const CamLayerKind cam_global_average_pooling_1d_kind =
  GLOBAL_KIND ("GlobalAveragePooling1D", N_("Takes the mean of each feature over a whole sequence, of any length."), CAM_LAYER_SEQUENCE, 1d, average);
const CamLayerKind cam_global_average_pooling_2d_kind =
  GLOBAL_KIND ("GlobalAveragePooling2D", N_("Takes the mean of each channel over a whole image: far fewer weights than a Flatten before the last layers."), CAM_LAYER_IMAGE, 2d, average);
