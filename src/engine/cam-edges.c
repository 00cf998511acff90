/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZeroPadding and Cropping of sequences and images: zeros added around the edges, or the edges cut off. One is the way back of the other. Source: keras.layers, the same names. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-image.h"
#include "cam-network.h"

#define PADDING_HINT N_("How many zeros to add on each side: one number, or two for before and after.")
#define CROPPING_HINT N_("How much to cut off on each side: one number, or two for before and after.")

/* Not every release of Keras knows the key data_format here. */
static const CamField padding_fields_1d[] = { CAM_F_INTS ("padding", N_("Padding"), PADDING_HINT, 2, "1, 1", 0, 65536, CAM_FIELD_PLAIN), CAM_F_END };
static const CamField padding_fields_2d[] = { CAM_F_PAIRS ("padding", N_("Padding"), PADDING_HINT, 2, "1, 1, 1, 1", 0, 65536, CAM_FIELD_PLAIN), CAM_DATA_FORMAT_FIELD, CAM_F_END };
static const CamField cropping_fields_1d[] = { CAM_F_INTS ("cropping", N_("Cropping"), CROPPING_HINT, 2, "1, 1", 0, 65536, CAM_FIELD_PLAIN), CAM_F_END };
static const CamField cropping_fields_2d[] = { CAM_F_PAIRS ("cropping", N_("Cropping"), CROPPING_HINT, 2, "0, 0, 0, 0", 0, 65536, CAM_FIELD_PLAIN), CAM_DATA_FORMAT_FIELD, CAM_F_END };

/* The larger image, and where the smaller one lies in it. */
typedef struct
{
  gsize height, width, channels;
  gsize top, left, inner_height, inner_width;
} Frame;

static char *
describe (const json_t *config,
          const char   *key)
{
  gint64 edges[4];
  guint n = cam_fields_ints (config, key, edges, 4);
  gboolean equal = TRUE;

  for (guint i = 1; i < n; i++)
    equal = equal && edges[i] == edges[0];
  if (equal)
    /* translators: so many rows and columns of zeros are added, or cut off, on each side */
    return g_strdup_printf (_("%d on each side"), (int) edges[0]);
  if (n == 2)
    return g_strdup_printf (_("%d before, %d after"), (int) edges[0], (int) edges[1]);

  return g_strdup_printf (_("top %d, bottom %d, left %d, right %d"), (int) edges[0], (int) edges[1], (int) edges[2], (int) edges[3]);
}

static char *
padding_describe (const json_t *config)
{
  return describe (config, "padding");
}

static char *
cropping_describe (const json_t *config)
{
  return describe (config, "cropping");
}

static gboolean
prepare (CamLayer    *self,
         guint        n_axes,
         const char  *key,
         gboolean     crops,
         GError     **error)
{
  Frame *frame = self->own = g_new0 (Frame, 1);
  gsize height = n_axes > 1 ? self->input.dims[0] : 1, width = self->input.dims[n_axes - 1];
  gint64 numbers[4] = { 0 };
  gsize edges[4] = { 0 };

  self->free_own = g_free;
  if (!cam_image_check (self, n_axes, error))
    return FALSE;
  cam_fields_ints (self->config, key, numbers, 2 * n_axes);
  for (guint i = 0; i < 2 * n_axes; i++)
    edges[i + 4 - 2 * n_axes] = (gsize) numbers[i];

  *frame = (Frame) { .channels = self->input.dims[n_axes], .top = edges[0], .left = edges[2] };
  if (!crops)
    {
      frame->inner_height = height;
      frame->inner_width = width;
      frame->height = height + edges[0] + edges[1];
      frame->width = width + edges[2] + edges[3];
      cam_image_set_output (self, n_axes, frame->height, frame->width, frame->channels);
      return TRUE;
    }

  if (edges[0] + edges[1] >= height || edges[2] + edges[3] >= width)
    {
      if (n_axes == 1)
        g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("nothing is left of the %zu steps it receives; cut off less"), width);
      else
        g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE,
                     _("nothing is left of the %zu × %zu pixels it receives; cut off less"), height, width);
      return FALSE;
    }
  frame->height = height;
  frame->width = width;
  frame->inner_height = height - edges[0] - edges[1];
  frame->inner_width = width - edges[2] - edges[3];
  cam_image_set_output (self, n_axes, frame->inner_height, frame->inner_width, frame->channels);

  return TRUE;
}

static gboolean
padding_prepare_1d (CamLayer  *self,
                    GError   **error)
{
  return prepare (self, 1, "padding", FALSE, error);
}

static gboolean
padding_prepare_2d (CamLayer  *self,
                    GError   **error)
{
  return prepare (self, 2, "padding", FALSE, error);
}

static gboolean
cropping_prepare_1d (CamLayer  *self,
                     GError   **error)
{
  return prepare (self, 1, "cropping", TRUE, error);
}

static gboolean
cropping_prepare_2d (CamLayer  *self,
                     GError   **error)
{
  return prepare (self, 2, "cropping", TRUE, error);
}

static void
paste (const Frame *frame,
       const float *inner,
       float       *outer,
       gsize        n)
{
  gsize line = frame->width * frame->channels, inner_line = frame->inner_width * frame->channels;

  memset (outer, 0, n * frame->height * line * sizeof (float));
  for (gsize i = 0; i < n * frame->inner_height; i++)
    {
      gsize row = i / frame->inner_height * frame->height + frame->top + i % frame->inner_height;

      memcpy (outer + row * line + frame->left * frame->channels, inner + i * inner_line, inner_line * sizeof (float));
    }
}

static void
cut (const Frame *frame,
     const float *outer,
     float       *inner,
     gsize        n)
{
  gsize line = frame->width * frame->channels, inner_line = frame->inner_width * frame->channels;

  for (gsize i = 0; i < n * frame->inner_height; i++)
    {
      gsize row = i / frame->inner_height * frame->height + frame->top + i % frame->inner_height;

      memcpy (inner + i * inner_line, outer + row * line + frame->left * frame->channels, inner_line * sizeof (float));
    }
}

static void
padding_forward (const CamLayer *self,
                 const CamPass  *pass,
                 const float    *x,
                 float          *y,
                 float          *scratch,
                 gsize           n)
{
  paste (self->own, x, y, n);
}

static void
padding_backward (const CamLayer *self,
                  const CamPass  *pass,
                  const float    *x,
                  const float    *y,
                  float          *dy,
                  float          *dx,
                  float          *scratch,
                  gsize           n)
{
  if (dx != NULL)
    cut (self->own, dy, dx, n);
}

static void
cropping_forward (const CamLayer *self,
                  const CamPass  *pass,
                  const float    *x,
                  float          *y,
                  float          *scratch,
                  gsize           n)
{
  cut (self->own, x, y, n);
}

static void
cropping_backward (const CamLayer *self,
                   const CamPass  *pass,
                   const float    *x,
                   const float    *y,
                   float          *dy,
                   float          *dx,
                   float          *scratch,
                   gsize           n)
{
  if (dx != NULL)
    paste (self->own, dy, dx, n);
}

#define EDGES_KIND(kind_name, words, kind_category, way, dims) { \
    .name = kind_name, \
    .icon = "camadas-reshape-symbolic", \
    .note = words, \
    .category = kind_category, \
    .fields = way ## _fields_ ## dims, \
    .describe = way ## _describe, \
    .prepare = way ## _prepare_ ## dims, \
    .forward = way ## _forward, \
    .backward = way ## _backward, \
  }

const CamLayerKind cam_zero_padding_1d_kind =
  EDGES_KIND ("ZeroPadding1D", N_("Adds steps of zeros before and after a sequence."), CAM_LAYER_SEQUENCE, padding, 1d);
const CamLayerKind cam_zero_padding_2d_kind =
  EDGES_KIND ("ZeroPadding2D", N_("Adds a frame of zeros around an image."), CAM_LAYER_IMAGE, padding, 2d);
const CamLayerKind cam_cropping_1d_kind =
  EDGES_KIND ("Cropping1D", N_("Cuts off steps at the beginning and the end of a sequence."), CAM_LAYER_SEQUENCE, cropping, 1d);
const CamLayerKind cam_cropping_2d_kind =
  EDGES_KIND ("Cropping2D", N_("Cuts off the edges of an image."), CAM_LAYER_IMAGE, cropping, 2d);
