/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A curve of some dozen points in a row. Hundreds of rows have one: it is stroked with cairo, not set up as a plot. */

#include "cam-run-spark.h"

#include <adwaita.h>
#include <math.h>

#include <cam-chart.h>

#define MAX_POINTS 64
#define PAD 2.0

/* Each point is the mean of its share of the epochs. */
static double
mean_of (const double *values,
         guint         first,
         guint         end)
{
  double sum = 0;
  guint n = 0;

  for (guint i = first; i < end; i++)
    if (isfinite (values[i]))
      {
        sum += values[i];
        n++;
      }
  return n > 0 ? sum / n : NAN;
}

/* 0 … 1 upwards; NaN: a gap. */
static void
scale (double *y,
       guint   n)
{
  double min = INFINITY, max = -INFINITY;

  for (guint i = 0; i < n; i++)
    if (!isnan (y[i]))
      {
        min = fmin (min, y[i]);
        max = fmax (max, y[i]);
      }
  for (guint i = 0; i < n; i++)
    y[i] = max > min ? (y[i] - min) / (max - min) : isnan (y[i]) ? NAN : 0.5;
}

void
cam_run_spark_draw (GtkSnapshot  *snapshot,
                    double        height,
                    const double *values,
                    guint         n,
                    guint         colour)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ()), is_down = FALSE;
  guint32 rgb = cam_chart_theme_get (is_dark ? CAM_THEME_DARK : CAM_THEME_LIGHT)->series[colour % 10];
  guint n_points = MIN (n, MAX_POINTS);
  double y[MAX_POINTS], top = (height - CAM_RUN_SPARK_HEIGHT) / 2;
  cairo_t *cr;

  if (n_points == 0)
    return;
  for (guint i = 0; i < n_points; i++)
    y[i] = mean_of (values, (guint) ((guint64) n * i / n_points), (guint) ((guint64) n * (i + 1) / n_points));
  scale (y, n_points);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, (float) top, CAM_RUN_SPARK_WIDTH, CAM_RUN_SPARK_HEIGHT));
  cairo_set_source_rgb (cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
  cairo_set_line_width (cr, 1.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < n_points; i++)
    {
      double x = PAD + (n_points > 1 ? (CAM_RUN_SPARK_WIDTH - 2 * PAD) * i / (n_points - 1) : 0);
      double v = top + CAM_RUN_SPARK_HEIGHT - PAD - (CAM_RUN_SPARK_HEIGHT - 2 * PAD) * y[i];

      if (isnan (v))
        {
          is_down = FALSE;
          continue;
        }
      if (is_down)
        cairo_line_to (cr, x, v);
      else
        {
          cairo_move_to (cr, x, v);
          cairo_line_to (cr, x, v);     /* a round cap makes a dot of a single point */
        }
      is_down = TRUE;
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}
