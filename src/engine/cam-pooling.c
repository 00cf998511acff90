/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MaxPooling and AveragePooling over sequences and images: the largest or the mean number of each channel under a window. Source: keras.layers, the same names. */
#include <glib/gi18n-lib.h>

#include "cam-image.h"
#include "kernels/cam-pooling-kernels.h"

#define POOLING_FIELDS(n_axes, size) \
  CAM_F_INTS ("pool_size", N_("Window"), N_("Size of the window that becomes one number."), n_axes, size, 1, 4096, CAM_FIELD_PLAIN), \
  CAM_F_INTS ("strides", N_("Stride"), N_("How far the window moves at a time; none: as far as it is wide."), n_axes, NULL, 1, 4096, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED), \
  CAM_PADDING_FIELD (cam_padding_names), \
  CAM_DATA_FORMAT_FIELD

static const CamField fields_1d[] = { POOLING_FIELDS (1, "2"), CAM_F_END };
static const CamField fields_2d[] = { POOLING_FIELDS (2, "2, 2"), CAM_F_END };

static char *
describe (const json_t *config)
{
  return cam_image_describe_window (config, "pool_size");
}

static gboolean
prepare (CamLayer  *self,
         guint      n_axes,
         GError   **error)
{
  CamWindow *window = self->own = g_new0 (CamWindow, 1);

  self->free_own = g_free;
  if (!cam_image_take_window (self, n_axes, "pool_size", window, error))
    return FALSE;
  cam_image_set_output (self, n_axes, window->out_h, window->out_w, window->channels);

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
  cam_max_pool_forward (self->own, x, y, n);
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
  if (dx != NULL)
    cam_max_pool_backward (self->own, x, y, dy, dx, n);
}

static void
average_forward (const CamLayer *self,
                 const CamPass  *pass,
                 const float    *x,
                 float          *y,
                 float          *scratch,
                 gsize           n)
{
  cam_average_pool_forward (self->own, x, y, n);
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
  if (dx != NULL)
    cam_average_pool_backward (self->own, dy, dx, n);
}

#define POOLING_KIND(kind_name, words, kind_category, dims, way) { \
    .name = kind_name, \
    .icon = "camadas-pool-symbolic", \
    .note = words, \
    .category = kind_category, \
    .fields = fields_ ## dims, \
    .describe = describe, \
    .prepare = prepare_ ## dims, \
    .forward = way ## _forward, \
    .backward = way ## _backward, \
  }

const CamLayerKind cam_max_pooling_1d_kind =
  POOLING_KIND ("MaxPooling1D", N_("Keeps the largest of each few steps: a shorter sequence."), CAM_LAYER_SEQUENCE, 1d, max);
const CamLayerKind cam_max_pooling_2d_kind =
  POOLING_KIND ("MaxPooling2D", N_("Keeps the largest of each few pixels: a smaller image, in which patterns may shift a little."), CAM_LAYER_IMAGE, 2d, max);
const CamLayerKind cam_average_pooling_1d_kind =
  POOLING_KIND ("AveragePooling1D", N_("Takes the mean of each few steps: a shorter, smoother sequence."), CAM_LAYER_SEQUENCE, 1d, average);
const CamLayerKind cam_average_pooling_2d_kind =
  POOLING_KIND ("AveragePooling2D", N_("Takes the mean of each few pixels: a smaller, smoother image."), CAM_LAYER_IMAGE, 2d, average);
