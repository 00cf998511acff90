/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A piece of line as the chart draws it. */
#include "cam-line-sample.h"

#include <adwaita.h>

#define LINE_LENGTH 18
#define DOT_SIZE 9
#define HEIGHT 12

struct _CamLineSample
{
  GtkWidget      parent_instance;

  guint          colour;
  CamLinePattern pattern;
  gboolean       is_dot;
};

G_DEFINE_FINAL_TYPE (CamLineSample, cam_line_sample, GTK_TYPE_WIDGET)

static void
cam_line_sample_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  CamLineSample *self = CAM_LINE_SAMPLE (widget);
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  guint32 rgb = cam_chart_theme_get (is_dark ? CAM_THEME_DARK : CAM_THEME_LIGHT)->series[self->colour];
  double width = gtk_widget_get_width (widget), middle = gtk_widget_get_height (widget) / 2;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) gtk_widget_get_height (widget)));

  cairo_set_source_rgb (cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
  if (self->is_dot)
    {
      cairo_arc (cr, width / 2, gtk_widget_get_height (widget) / 2.0, DOT_SIZE / 2.0, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  else
    {
      static const double dashes[][2] = { { 0, 0 }, { 4.5, 2.25 }, { 1.5, 2 }, { 7, 2 } };

      if (self->pattern != CAM_LINE_SOLID)
        cairo_set_dash (cr, dashes[self->pattern], 2, 0);
      cairo_set_line_width (cr, 2);
      cairo_move_to (cr, 0, middle);
      cairo_line_to (cr, width, middle);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

static void
cam_line_sample_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  CamLineSample *self = CAM_LINE_SAMPLE (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : self->is_dot ? DOT_SIZE + 1 : LINE_LENGTH;
}

static void
cam_line_sample_class_init (CamLineSampleClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = cam_line_sample_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = cam_line_sample_measure;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "linesample");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
cam_line_sample_init (CamLineSample *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cam_line_sample_new (void)
{
  return g_object_new (CAM_TYPE_LINE_SAMPLE, NULL);
}

static void
set_look (CamLineSample  *self,
          guint           colour,
          CamLinePattern  pattern,
          gboolean        is_dot)
{
  self->colour = colour % 10;
  self->pattern = pattern;
  self->is_dot = is_dot;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
cam_line_sample_set_line (CamLineSample  *self,
                          guint           colour,
                          CamLinePattern  pattern)
{
  g_return_if_fail (CAM_IS_LINE_SAMPLE (self));

  set_look (self, colour, pattern, FALSE);
}

void
cam_line_sample_set_dot (CamLineSample *self,
                         guint          colour)
{
  g_return_if_fail (CAM_IS_LINE_SAMPLE (self));

  set_look (self, colour, CAM_LINE_SOLID, TRUE);
}
