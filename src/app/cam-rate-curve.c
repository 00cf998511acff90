/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The learning rate over the steps of a run. */
#include "cam-rate-curve.h"

#include <cam-chart.h>
#include <cam-schedule.h>

#include <glib/gi18n-lib.h>

#include "cam-words.h"

#define HEIGHT 44
#define N_POINTS 121

struct _CamRateCurve
{
  AdwPreferencesRow  parent_instance;

  double             y[N_POINTS];

  /* children */
  GtkWidget         *area;
  GtkWidget         *from;
  GtkWidget         *steps;
};

G_DEFINE_FINAL_TYPE (CamRateCurve, cam_rate_curve, ADW_TYPE_PREFERENCES_ROW)

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  CamRateCurve *self = user_data;
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const CamChartTheme *theme = cam_chart_theme_get (is_dark ? CAM_THEME_DARK : CAM_THEME_LIGHT);
  double x[N_POINTS];
  GdkRGBA colour;

  for (guint i = 0; i < N_POINTS; i++)
    x[i] = (double) i / (N_POINTS - 1);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &colour);
  cam_chart_draw_mini (cr, width, height, x, self->y, N_POINTS,
                       (guint32) (colour.red * 255 + 0.5) << 16 | (guint32) (colour.green * 255 + 0.5) << 8 | (guint32) (colour.blue * 255 + 0.5),
                       theme->axis, TRUE);
}

static void
cam_rate_curve_class_init (CamRateCurveClass *klass)
{
}

static GtkWidget *
add_label (GtkWidget *box,
           gboolean   is_last)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), is_last ? 1 : 0);
  gtk_widget_set_hexpand (label, is_last);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
cam_rate_curve_init (CamRateCurve *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area), HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw_cb, self, NULL);
  gtk_widget_add_css_class (self->area, "cam-ink-violet");
  gtk_box_append (GTK_BOX (box), self->area);
  self->from = add_label (words, FALSE);
  self->steps = add_label (words, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (box, "cam-rate-curve");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self->area, G_CONNECT_SWAPPED);
}

GtkWidget *
cam_rate_curve_new (void)
{
  return g_object_new (CAM_TYPE_RATE_CURVE, NULL);
}

void
cam_rate_curve_show (CamRateCurve *self,
                     const json_t *rate,
                     double        n_steps)
{
  double last = MAX (n_steps - 1, 1);
  g_autofree char *first_text = NULL;
  g_autofree char *last_text = NULL;
  g_autofree char *count = cam_words_count ((guint64) MAX (n_steps, 1));
  g_autofree char *from = NULL;
  g_autofree char *steps = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (CAM_IS_RATE_CURVE (self));

  for (guint i = 0; i < N_POINTS; i++)
    self->y[i] = cam_schedule_rate (rate, floor (last * i / (N_POINTS - 1)));
  first_text = cam_words_number (self->y[0]);
  last_text = cam_words_number (self->y[N_POINTS - 1]);
  /* translators: first and last learning rate of a run */
  from = g_strdup_printf (_("%s → %s"), first_text, last_text);
  steps = g_strdup_printf (ngettext ("%s step", "%s steps", (gulong) MIN (n_steps, G_MAXLONG)), count);
  /* translators: for screen readers: “0.01 → 0.001”, “1,350 steps” */
  label = g_strdup_printf (_("Learning rate %s in %s"), from, steps);
  gtk_label_set_label (GTK_LABEL (self->from), from);
  gtk_label_set_label (GTK_LABEL (self->steps), steps);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_draw (self->area);
}
