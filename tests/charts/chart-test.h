/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Helpers for tests that look at the pixels of a chart. */
#pragma once

#include <math.h>

#include <cam-chart.h>

/* Opaque, in the theme's card colour, one pixel to one unit. */
static inline cairo_surface_t *
draw_chart (const CamChart *chart,
            int             width,
            int             height,
            CamThemeKind    kind,
            CamChartParts   parts,
            CamChartLayout *layout)
{
  const CamChartTheme *theme = cam_chart_theme_get (kind);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, (theme->card >> 16) / 255.0, (theme->card >> 8 & 255) / 255.0, (theme->card & 255) / 255.0);
  cairo_paint (cr);
  cam_chart_draw (chart, cr, width, height, theme, parts, layout);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static inline guint32
get_pixel (cairo_surface_t *surface,
           int              x,
           int              y)
{
  const guint8 *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (gconstpointer) row)[x] & 0xffffff;
}

static inline gboolean
is_near (guint32 a,
         guint32 b,
         int     slack)
{
  for (int shift = 0; shift <= 16; shift += 8)
    if (ABS ((int) (a >> shift & 255) - (int) (b >> shift & 255)) > slack)
      return FALSE;
  return TRUE;
}

/* Pixels of about this colour in a rectangle. */
static inline guint
count_colour (cairo_surface_t *surface,
              guint32          rgb,
              int              left,
              int              right,
              int              top,
              int              bottom)
{
  guint n = 0;

  for (int y = MAX (top, 0); y < MIN (bottom, cairo_image_surface_get_height (surface)); y++)
    for (int x = MAX (left, 0); x < MIN (right, cairo_image_surface_get_width (surface)); x++)
      n += is_near (get_pixel (surface, x, y), rgb, 24);
  return n;
}

static inline guint
count_all (cairo_surface_t *surface,
           guint32          rgb)
{
  return count_colour (surface, rgb, 0, G_MAXINT, 0, G_MAXINT);
}

/* @colour over the card at @alpha. */
static inline guint32
blend (guint32 colour,
       guint32 card,
       double  alpha)
{
  guint32 mixed = 0;

  for (int shift = 0; shift <= 16; shift += 8)
    mixed |= (guint32) lround ((colour >> shift & 255) * alpha + (card >> shift & 255) * (1 - alpha)) << shift;
  return mixed;
}
