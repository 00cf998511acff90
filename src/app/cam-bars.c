/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small histogram, drawn as a handful of rectangles. */

#include "cam-bars.h"

struct _CamBars
{
  GtkWidget parent_instance;

  gsize    *lower;
  gsize    *upper;     /* NULL: one colour */
  guint     n;
};

G_DEFINE_FINAL_TYPE (CamBars, cam_bars, GTK_TYPE_WIDGET)

static gsize
find_tallest (CamBars *self)
{
  gsize tallest = 1;

  for (guint i = 0; i < self->n; i++)
    tallest = MAX (tallest, self->lower[i] + (self->upper != NULL ? self->upper[i] : 0));
  return tallest;
}

/* Whole pixels where there is room, so that equal bars look equal. */
static void
cam_bars_snapshot (GtkWidget   *widget,
                   GtkSnapshot *snapshot)
{
  CamBars *self = CAM_BARS (widget);
  const double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  const gsize tallest = find_tallest (self);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA low, high;
  double step, gap;

  if (self->n == 0 || width < 1 || height < 1)
    return;
  gtk_style_context_get_color (style, &low);
  if (!gtk_style_context_lookup_color (style, "cam_orange", &high))
    high = (GdkRGBA) { 0.95f, 0.42f, 0.11f, 1.0f };
  step = width / self->n;
  gap = step > 12 ? 6 : step > 4 ? 1.5 : step > 2 ? 0.5 : 0;

  for (guint i = 0; i < self->n; i++)
    {
      const double total = (double) (self->lower[i] + (self->upper != NULL ? self->upper[i] : 0));
      const double x = i * step, y = height * (1 - (double) self->lower[i] / (double) tallest);

      if (self->lower[i] > 0)
        gtk_snapshot_append_color (snapshot, &low,
                                   &GRAPHENE_RECT_INIT ((float) x, (float) MIN (y, height - 1), (float) (step - gap),
                                                        (float) MAX (height - y, 1)));
      if (self->upper != NULL && self->upper[i] > 0)
        {
          const double top = height * (1 - total / (double) tallest);

          gtk_snapshot_append_color (snapshot, &high,
                                     &GRAPHENE_RECT_INIT ((float) x, (float) MIN (top, height - 1), (float) (step - gap),
                                                          (float) MAX (y - top, 1)));
        }
    }
}

static void
cam_bars_finalize (GObject *object)
{
  CamBars *self = CAM_BARS (object);

  g_free (self->lower);
  g_free (self->upper);
  G_OBJECT_CLASS (cam_bars_parent_class)->finalize (object);
}

static void
cam_bars_class_init (CamBarsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_bars_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = cam_bars_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "bars");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cam_bars_init (CamBars *self)
{
}

GtkWidget *
cam_bars_new (void)
{
  return g_object_new (CAM_TYPE_BARS, NULL);
}

void
cam_bars_set_counts (CamBars     *self,
                     const gsize *lower,
                     const gsize *upper,
                     guint        n)
{
  g_return_if_fail (CAM_IS_BARS (self));
  g_return_if_fail (lower != NULL || n == 0);

  g_free (self->lower);
  g_free (self->upper);
  self->lower = g_memdup2 (lower, n * sizeof *lower);
  self->upper = g_memdup2 (upper, n * sizeof *lower);
  self->n = n;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
