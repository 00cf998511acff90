/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strokes on a grid. They are kept as what the pen did, so that they are as smooth on the screen as it has pixels, and are drawn anew into the few pixels of the model with every move. */

#include "cam-ink.h"

/* Of the shorter side: about two of 28 pixels, as wide as handwritten digits are in the usual collections. */
#define PEN_SHARE 0.085
/* A thinner pen would leave hardly anything in a grid of 8 × 8. */
#define LEAST_PEN_PIXELS 1.1

typedef struct
{
  double x, y;
} Point;

struct _CamInk
{
  guint      height, width, channels;
  GPtrArray *strokes;           /* of GArray of Point */
  guint8    *picture;           /* NULL: none */
};

CamInk *
cam_ink_new (guint height,
             guint width,
             guint channels)
{
  CamInk *self = g_new0 (CamInk, 1);

  g_return_val_if_fail (channels == 1 || channels == 3, self);

  self->height = height;
  self->width = width;
  self->channels = channels;
  self->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return self;
}

void
cam_ink_free (CamInk *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->strokes);
  g_free (self->picture);
  g_free (self);
}

void
cam_ink_begin (CamInk *self,
               double  x,
               double  y)
{
  GArray *stroke = g_array_new (FALSE, FALSE, sizeof (Point));
  Point point = { x, y };

  g_array_append_val (stroke, point);
  g_ptr_array_add (self->strokes, stroke);
}

void
cam_ink_go_on (CamInk *self,
               double  x,
               double  y)
{
  Point point = { x, y };

  g_return_if_fail (self->strokes->len > 0);

  g_array_append_val ((GArray *) self->strokes->pdata[self->strokes->len - 1], point);
}

gboolean
cam_ink_undo (CamInk *self)
{
  if (cam_ink_is_empty (self))
    return FALSE;
  if (self->strokes->len > 0)
    g_ptr_array_remove_index (self->strokes, self->strokes->len - 1);
  else
    g_clear_pointer (&self->picture, g_free);
  return TRUE;
}

void
cam_ink_clear (CamInk *self)
{
  g_ptr_array_set_size (self->strokes, 0);
  g_clear_pointer (&self->picture, g_free);
}

void
cam_ink_set_picture (CamInk *self,
                     guint8 *bytes)
{
  cam_ink_clear (self);
  self->picture = bytes;
}

void
cam_ink_invert (CamInk *self)
{
  for (gsize i = 0; self->picture != NULL && i < (gsize) self->height * self->width * self->channels; i++)
    self->picture[i] = 255 - self->picture[i];
}

guint
cam_ink_get_n_strokes (const CamInk *self)
{
  return self->strokes->len;
}

gboolean
cam_ink_has_picture (const CamInk *self)
{
  return self->picture != NULL;
}

gboolean
cam_ink_is_empty (const CamInk *self)
{
  return self->strokes->len == 0 && self->picture == NULL;
}

/* Through the middles between the points that the pointer told, which are its bends: no corner is left of a quick hand's few points. */
static void
trace (GArray  *stroke,
       cairo_t *cr,
       double   width,
       double   height)
{
  const Point *points = (const Point *) stroke->data;
  Point before = points[0];

  cairo_move_to (cr, before.x * width, before.y * height);
  for (guint i = 1; i < stroke->len; i++)
    {
      Point bend = points[i - 1], middle = { (points[i - 1].x + points[i].x) / 2, (points[i - 1].y + points[i].y) / 2 };

      /* A cubic that is the quadratic with this bend. */
      cairo_curve_to (cr, (before.x + 2 * bend.x) / 3 * width, (before.y + 2 * bend.y) / 3 * height,
                      (middle.x + 2 * bend.x) / 3 * width, (middle.y + 2 * bend.y) / 3 * height, middle.x * width, middle.y * height);
      before = middle;
    }
  cairo_line_to (cr, points[stroke->len - 1].x * width, points[stroke->len - 1].y * height);
}

void
cam_ink_draw (const CamInk *self,
              cairo_t      *cr,
              double        width,
              double        height)
{
  double pixel = MIN (width / self->width, height / self->height);

  cairo_save (cr);
  cairo_set_line_width (cr, MAX (PEN_SHARE * MIN (self->width, self->height), LEAST_PEN_PIXELS) * pixel);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->strokes->len; i++)
    {
      trace (self->strokes->pdata[i], cr, width, height);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

void
cam_ink_render (const CamInk *self,
                double        brightest,
                float        *pixels)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) self->width, (int) self->height);
  cairo_t *cr = cairo_create (surface);
  const guint8 *bytes;
  gsize stride;

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_BEST);
  cam_ink_draw (self, cr, self->width, self->height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = cairo_image_surface_get_data (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      for (guint c = 0; c < self->channels; c++)
        {
          gsize place = ((gsize) y * self->width + x) * self->channels + c;
          double ink = bytes[y * stride + x] / 255.0, under = self->picture != NULL ? self->picture[place] / 255.0 : 0;

          pixels[place] = (float) ((under + (1 - under) * ink) * brightest);
        }
  cairo_surface_destroy (surface);
}
