/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar for a share. */

#include "cam-share-bar.h"

#include <adwaita.h>
#include <math.h>

#include <cam-chart.h>

#define HEIGHT 6

struct _CamShareBar
{
  GtkWidget parent_instance;

  double    share;
  guint     colour;
};

G_DEFINE_FINAL_TYPE (CamShareBar, cam_share_bar, GTK_TYPE_WIDGET)

static void
fill (GtkSnapshot *snapshot,
      float        width,
      guint32      rgb,
      float        alpha)
{
  GdkRGBA colour = { (float) (rgb >> 16 & 255) / 255, (float) (rgb >> 8 & 255) / 255, (float) (rgb & 255) / 255, alpha };
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, HEIGHT);
  GskRoundedRect clip;

  gsk_rounded_rect_init_from_rect (&clip, &bounds, HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, &colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
cam_share_bar_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  CamShareBar *self = CAM_SHARE_BAR (widget);
  const CamChartTheme *theme = cam_chart_theme_get (adw_style_manager_get_dark (adw_style_manager_get_default ()) ? CAM_THEME_DARK : CAM_THEME_LIGHT);
  float width = (float) gtk_widget_get_width (widget), top = ((float) gtk_widget_get_height (widget) - HEIGHT) / 2;

  if (width < HEIGHT)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, floorf (top)));
  fill (snapshot, width, theme->grid, 1);
  /* Nothing is never quite nothing: a dot says that there is an answer. */
  if (!isnan (self->share))
    fill (snapshot, fmaxf (HEIGHT, width * (float) CLAMP (self->share, 0, 1)), theme->series[self->colour], 1);
  gtk_snapshot_restore (snapshot);
}

static void
cam_share_bar_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 40 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : HEIGHT;
}

static void
cam_share_bar_class_init (CamShareBarClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = cam_share_bar_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = cam_share_bar_measure;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "sharebar");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
cam_share_bar_init (CamShareBar *self)
{
  self->share = NAN;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cam_share_bar_new (void)
{
  return g_object_new (CAM_TYPE_SHARE_BAR, NULL);
}

void
cam_share_bar_set_share (CamShareBar *self,
                         double       share,
                         guint        colour)
{
  g_return_if_fail (CAM_IS_SHARE_BAR (self));

  self->share = share;
  self->colour = colour % 10;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
