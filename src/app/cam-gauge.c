/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A half circle for a share. */

#include "cam-gauge.h"

#include <adwaita.h>
#include <math.h>

#include <cam-chart.h>

#define WIDTH 216
#define HEIGHT 116
#define THICK 12.0

struct _CamGauge
{
  GtkWidget parent_instance;

  double    share;
  guint     colour;
};

G_DEFINE_FINAL_TYPE (CamGauge, cam_gauge, GTK_TYPE_WIDGET)

static void
stroke_arc (cairo_t *cr,
            double   radius,
            double   share,
            guint32  rgb)
{
  cairo_set_source_rgb (cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
  cairo_arc (cr, 0, 0, radius, G_PI, G_PI * (1 + CLAMP (share, 0.0, 1.0)));
  cairo_stroke (cr);
}

static void
cam_gauge_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  CamGauge *self = CAM_GAUGE (widget);
  const CamChartTheme *theme = cam_chart_theme_get (adw_style_manager_get_dark (adw_style_manager_get_default ()) ? CAM_THEME_DARK : CAM_THEME_LIGHT);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double radius = fmin (width / 2, height - THICK / 2) - THICK / 2;
  cairo_t *cr;

  if (radius < THICK)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_translate (cr, width / 2, height - THICK / 2);
  cairo_set_line_width (cr, THICK);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  stroke_arc (cr, radius, 1, theme->grid);
  if (!isnan (self->share))
    stroke_arc (cr, radius, self->share, theme->series[self->colour]);
  cairo_destroy (cr);
}

static void
cam_gauge_measure (GtkWidget      *widget,
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
cam_gauge_class_init (CamGaugeClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = cam_gauge_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = cam_gauge_measure;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "gauge");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
cam_gauge_init (CamGauge *self)
{
  self->share = NAN;
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cam_gauge_new (void)
{
  return g_object_new (CAM_TYPE_GAUGE, NULL);
}

void
cam_gauge_set_share (CamGauge *self,
                     double    share,
                     guint     colour)
{
  g_return_if_fail (CAM_IS_GAUGE (self));

  self->share = share;
  self->colour = colour % 10;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
