/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A curve of some dozen points in a row. Hundreds of rows have one: it is stroked with cairo, not set up as a plot. */

#include "cam-run-spark.h"

#include <adwaita.h>
#include <math.h>

#include <cam-chart.h>

#define WIDTH 84
#define HEIGHT 22
#define MAX_POINTS 64
#define PAD 2.0

struct _CamRunSpark
{
  GtkWidget  parent_instance;

  double     y[MAX_POINTS];     /* 0 … 1 upwards; NaN: a gap */
  guint      n;
  guint      colour;
};

G_DEFINE_FINAL_TYPE (CamRunSpark, cam_run_spark, GTK_TYPE_WIDGET)

static void
cam_run_spark_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  CamRunSpark *self = CAM_RUN_SPARK (widget);
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  guint32 rgb = cam_chart_theme_get (is_dark ? CAM_THEME_DARK : CAM_THEME_LIGHT)->series[self->colour];
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gboolean is_down = FALSE;
  cairo_t *cr;

  if (self->n == 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_set_source_rgb (cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
  cairo_set_line_width (cr, 1.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < self->n; i++)
    {
      double x = PAD + (self->n > 1 ? (width - 2 * PAD) * i / (self->n - 1) : 0);
      double y = height - PAD - (height - 2 * PAD) * self->y[i];

      if (isnan (y))
        {
          is_down = FALSE;
          continue;
        }
      if (is_down)
        cairo_line_to (cr, x, y);
      else
        {
          cairo_move_to (cr, x, y);
          cairo_line_to (cr, x, y);     /* a round cap makes a dot of a single point */
        }
      is_down = TRUE;
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
cam_run_spark_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
cam_run_spark_class_init (CamRunSparkClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = cam_run_spark_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = cam_run_spark_measure;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "runspark");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
cam_run_spark_init (CamRunSpark *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cam_run_spark_new (void)
{
  return g_object_new (CAM_TYPE_RUN_SPARK, NULL);
}

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

void
cam_run_spark_set_values (CamRunSpark  *self,
                          const double *values,
                          guint         n,
                          guint         colour)
{
  double min = INFINITY, max = -INFINITY;

  g_return_if_fail (CAM_IS_RUN_SPARK (self));

  self->n = values != NULL ? MIN (n, MAX_POINTS) : 0;
  self->colour = colour % 10;
  for (guint i = 0; i < self->n; i++)
    {
      guint first = (guint) ((guint64) n * i / self->n), end = (guint) ((guint64) n * (i + 1) / self->n);

      self->y[i] = mean_of (values, first, end);
      if (!isnan (self->y[i]))
        {
          min = fmin (min, self->y[i]);
          max = fmax (max, self->y[i]);
        }
    }
  for (guint i = 0; i < self->n; i++)
    self->y[i] = max > min ? (self->y[i] - min) / (max - min) : isnan (self->y[i]) ? NAN : 0.5;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
