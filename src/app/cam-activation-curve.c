/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small drawing of an activation. */
#include "cam-activation-curve.h"

#include <adwaita.h>

#include <cam-activation.h>
#include <cam-chart.h>

#define N_POINTS 61
#define REACH 3.0     /* drawn from −REACH to REACH */

struct _CamActivationCurve
{
  GtkWidget  parent_instance;

  char      *activation;    /* owned */
};

G_DEFINE_FINAL_TYPE (CamActivationCurve, cam_activation_curve, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_ACTIVATION, N_PROPS };
static GParamSpec *properties[N_PROPS];

static guint32
pack_rgb (const GdkRGBA *colour)
{
  return (guint32) (colour->red * 255 + 0.5) << 16 | (guint32) (colour->green * 255 + 0.5) << 8
         | (guint32) (colour->blue * 255 + 0.5);
}

static void
cam_activation_curve_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  CamActivationCurve *self = CAM_ACTIVATION_CURVE (widget);
  const CamActivation *activation = self->activation != NULL ? cam_activation_find (self->activation) : NULL;
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const CamChartTheme *theme = cam_chart_theme_get (is_dark ? CAM_THEME_DARK : CAM_THEME_LIGHT);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double x[N_POINTS], y[N_POINTS];
  GdkRGBA colour;
  cairo_t *cr;

  if (activation == NULL || width < 1 || height < 1)
    return;
  for (guint i = 0; i < N_POINTS; i++)
    {
      x[i] = REACH * (2.0 * i / (N_POINTS - 1) - 1.0);
      /* As in the picture of a square: what leaves it at the top is cut. */
      y[i] = CLAMP (cam_activation_value (activation, x[i]), -REACH, REACH);
    }

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cam_chart_draw_mini (cr, width, height, x, y, N_POINTS, pack_rgb (&colour), theme->axis, TRUE);
  cairo_destroy (cr);
}

static void
cam_activation_curve_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  /* The size comes from width-request and height-request. */
  *minimum = *natural = 0;
}

static void
cam_activation_curve_css_changed (GtkWidget         *widget,
                                  GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cam_activation_curve_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
cam_activation_curve_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  if (prop_id == PROP_ACTIVATION)
    g_value_set_string (value, CAM_ACTIVATION_CURVE (object)->activation);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_activation_curve_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  if (prop_id == PROP_ACTIVATION)
    cam_activation_curve_set_activation (CAM_ACTIVATION_CURVE (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_activation_curve_finalize (GObject *object)
{
  g_free (CAM_ACTIVATION_CURVE (object)->activation);
  G_OBJECT_CLASS (cam_activation_curve_parent_class)->finalize (object);
}

static void
cam_activation_curve_class_init (CamActivationCurveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = cam_activation_curve_finalize;
  object_class->get_property = cam_activation_curve_get_property;
  object_class->set_property = cam_activation_curve_set_property;
  widget_class->snapshot = cam_activation_curve_snapshot;
  widget_class->measure = cam_activation_curve_measure;
  widget_class->css_changed = cam_activation_curve_css_changed;

  properties[PROP_ACTIVATION] =
    g_param_spec_string ("activation", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "curve");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cam_activation_curve_init (CamActivationCurve *self)
{
  /* The cross is drawn in the theme's colour, the curve in the text's: both follow dark. */
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
cam_activation_curve_new (const char *activation)
{
  return g_object_new (CAM_TYPE_ACTIVATION_CURVE, "activation", activation, NULL);
}

void
cam_activation_curve_set_activation (CamActivationCurve *self,
                                     const char         *activation)
{
  g_return_if_fail (CAM_IS_ACTIVATION_CURVE (self));

  if (g_strcmp0 (self->activation, activation) == 0)
    return;
  g_free (self->activation);
  self->activation = g_strdup (activation);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, activation != NULL ? activation : "",
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVATION]);
}
