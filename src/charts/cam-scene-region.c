/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A region in pixels: an image of a pixel a cell, and the lines between classes by marching squares: in each square of four cells the line of equal shares crosses those sides whose ends are
 * on different sides of it. O(cells × classes). */
#include "cam-scene.h"

#include <math.h>
#include <string.h>

#define TINT 0.46               /* of a class that is sure */
#define BORDER_WIDTH 1.5
#define BORDER_WIDTH_MANY 0.9   /* of more than two classes a line is drawn for each of its sides */

static guint32
mix (guint32 card,
     guint32 rgb,
     double  alpha)
{
  guint32 mixed = 0xff000000;

  for (int shift = 0; shift <= 16; shift += 8)
    mixed |= (guint32) lround ((rgb >> shift & 255) * alpha + (card >> shift & 255) * (1 - alpha)) << shift;
  return mixed;
}

/* Nothing where all are as sure as each other; a cell that is not a number stays bare. */
static guint32
tint (const CamScene       *self,
      const CamChartRegion *region,
      const float          *shares)
{
  guint best = 0;
  double sure;

  for (guint i = 1; i < region->n_classes; i++)
    best = shares[i] > shares[best] ? i : best;
  sure = (shares[best] * region->n_classes - 1) / (region->n_classes - 1);
  return mix (self->theme->card, self->theme->series[region->colours[best]], isnan (sure) ? 0 : TINT * CLAMP (sure, 0, 1));
}

static void
paint (CamScene             *self,
       const CamChartRegion *region,
       const float          *shares)
{
  guint8 *pixels;
  int stride;

  self->image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) region->width, (int) region->height);
  if (cairo_surface_status (self->image) != CAIRO_STATUS_SUCCESS)
    return;
  pixels = cairo_image_surface_get_data (self->image);
  stride = cairo_image_surface_get_stride (self->image);
  for (guint row = 0; row < region->height; row++)
    for (guint column = 0; column < region->width; column++)
      {
        guint32 rgb = tint (self, region, shares + ((gsize) row * region->width + column) * region->n_classes);

        /* The lowest row of the region is the last of the image. */
        memcpy (pixels + (gsize) (region->height - 1 - row) * (gsize) stride + column * 4, &rgb, 4);
      }
  cairo_surface_mark_dirty (self->image);
}

/* How far class @k is above the best of the others. */
static float
lead (const float *shares,
      guint        n_classes,
      guint        k)
{
  float best = -INFINITY;

  for (guint i = 0; i < n_classes; i++)
    if (i != k)
      best = fmaxf (best, shares[i]);
  return shares[k] - best;
}

typedef struct { double x, y; } Point;

static double
to_px (const CamScene *self,
       double          column)
{
  const CamChartRegion *r = self->chart->region;

  return cam_chart_layout_to_px (&self->layout, r->x_min + (column + 0.5) / r->width * (r->x_max - r->x_min));
}

static double
to_py (const CamScene *self,
       double          row)
{
  const CamChartRegion *r = self->chart->region;

  return cam_chart_layout_to_py (&self->layout, r->y_min + (row + 0.5) / r->height * (r->y_max - r->y_min));
}

/* @v: at the corners of a square, anticlockwise from the lower left. */
static void
trace_square (CamScene    *self,
              guint        column,
              guint        row,
              const float *v)
{
  static const Point corners[4] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 } };
  Point crossings[4];
  guint n = 0;

  if (!isfinite (v[0] + v[1] + v[2] + v[3]))
    return;
  for (guint side = 0; side < 4; side++)
    {
      float from = v[side], to = v[(side + 1) % 4];
      const Point *a = &corners[side], *b = &corners[(side + 1) % 4];
      double share;

      if ((from > 0) == (to > 0))
        continue;
      share = from / (from - to);
      crossings[n++] = (Point) { to_px (self, column + a->x + share * (b->x - a->x)), to_py (self, row + a->y + share * (b->y - a->y)) };
    }
  /* Two, or all four: then those that follow each other belong together, whichever way the middle leans. */
  for (guint i = 0; i + 1 < n; i += 2)
    {
      double piece[4] = { crossings[i].x, crossings[i].y, crossings[i + 1].x, crossings[i + 1].y };

      g_array_append_vals (self->borders, piece, 4);
    }
}

static void
trace_borders (CamScene             *self,
               const CamChartRegion *region,
               const float          *shares)
{
  /* Of two classes one line is both's. */
  guint n_lines = region->n_classes == 2 ? 1 : region->n_classes;
  gsize n_cells = (gsize) region->width * region->height;
  g_autofree float *leads = g_new (float, n_cells);

  for (guint k = 0; k < n_lines; k++)
    {
      for (gsize i = 0; i < n_cells; i++)
        leads[i] = lead (shares + i * region->n_classes, region->n_classes, k);
      for (guint row = 0; row + 1 < region->height; row++)
        for (guint column = 0; column + 1 < region->width; column++)
          {
            const float *here = leads + (gsize) row * region->width + column;
            const float v[4] = { here[0], here[1], here[region->width + 1], here[region->width] };

            trace_square (self, column, row, v);
          }
    }
}

void
cam_scene_trace_region (CamScene *self)
{
  const CamChartRegion *region = self->chart->region;
  const float *shares;

  /* The image is linear: on a log axis it has no place. */
  if (region == NULL || self->layout.x_log || self->layout.y_log)
    return;
  shares = g_bytes_get_data (region->shares, NULL);
  self->borders = g_array_new (FALSE, FALSE, sizeof (double));
  paint (self, region, shares);
  trace_borders (self, region, shares);
}

void
cam_scene_draw_region (const CamScene *self,
                       CamPlot        *plot)
{
  const CamChartLayout *l = &self->layout;
  const CamChartRegion *region = self->chart->region;
  const double *pieces = (const double *) (gpointer) self->borders->data;

  cam_plot_image (plot, self->image, cam_chart_layout_to_px (l, region->x_min), cam_chart_layout_to_px (l, region->x_max),
                  cam_chart_layout_to_py (l, region->y_max), cam_chart_layout_to_py (l, region->y_min), l->left, l->right, l->top, l->bottom);
  cam_plot_clip (plot, l->left, l->right, l->top, l->bottom);
  cam_plot_set_colour (plot, self->theme->text, 0.9);
  for (guint i = 0; i + 3 < self->borders->len; i += 4)
    cam_plot_line (plot, pieces[i], pieces[i + 1], pieces[i + 2], pieces[i + 3], region->n_classes > 2 ? BORDER_WIDTH_MANY : BORDER_WIDTH);
  cam_plot_unclip (plot);
}
