/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an activation is chosen. */
#include "cam-activation-lab.h"

#include <cam-activation.h>

#include <glib/gi18n-lib.h>

#include "cam-activation-curve.h"
#include "cam-chart-view.h"

#define N_POINTS 241
#define REACH 3.0

enum { BLUE = 0, ORANGE = 1 };     /* of the theme's series */

struct _CamActivationLab
{
  GtkBox               parent_instance;

  /* borrowed */
  const CamActivation *activation;

  gboolean             is_showing;     /* the toggles are set by us */

  /* template children */
  CamChartView        *function_view;
  CamChartView        *derivative_view;
  GtkFlowBox          *choices;
  GtkLabel            *note;
};

G_DEFINE_FINAL_TYPE (CamActivationLab, cam_activation_lab, GTK_TYPE_BOX)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static CamChart *
draw_function (const CamActivation *activation,
               double             (*f) (const CamActivation *, double),
               const char          *name,
               guint                colour)
{
  CamChart *chart = cam_chart_new ();
  double x[N_POINTS], y[N_POINTS];

  for (guint i = 0; i < N_POINTS; i++)
    {
      x[i] = REACH * (2.0 * i / (N_POINTS - 1) - 1.0);
      y[i] = f (activation, x[i]);
    }
  cam_chart_set_axes (chart, "", "", CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_set_x_range (chart, -REACH, REACH);
  cam_chart_add_curve (chart, name, x, y, N_POINTS, colour, CAM_LINE_SOLID);
  return chart;
}

static void
show_charts (CamActivationLab *self)
{
  g_autoptr(CamChart) function = NULL;
  g_autoptr(CamChart) derivative = NULL;
  const char *name = cam_activation_get_name (self->activation);
  g_autofree char *function_title = g_strdup_printf ("%s, f(x)", name);
  g_autofree char *derivative_title = g_strdup_printf ("%s, f′(x)", name);
  g_autofree char *note = NULL;

  function = draw_function (self->activation, cam_activation_value, "f(x)", BLUE);
  derivative = draw_function (self->activation, cam_activation_derivative, "f′(x)", ORANGE);
  g_object_set (self->function_view, "title", function_title, NULL);
  g_object_set (self->derivative_view, "title", derivative_title, NULL);
  cam_chart_view_set_chart (self->function_view, function);
  cam_chart_view_set_chart (self->derivative_view, derivative);

  note = g_markup_printf_escaped ("<b>%s.</b> %s", name, cam_activation_get_note (self->activation));
  gtk_label_set_markup (self->note, note);
}

static const char *
get_choice (GtkWidget *button)
{
  return cam_activation_get_name (g_object_get_data (G_OBJECT (button), "activation"));
}

static void
toggled_cb (CamActivationLab *self,
            GtkToggleButton  *button)
{
  if (self->is_showing || !gtk_toggle_button_get_active (button))
    return;
  g_signal_emit (self, signals[CHOSEN], 0, get_choice (GTK_WIDGET (button)));
}

static GtkWidget *
make_choice (CamActivationLab    *self,
             const CamActivation *activation,
             GtkToggleButton     *group)
{
  const char *name = cam_activation_get_name (activation);
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *curve = cam_activation_curve_new (name);
  GtkWidget *label = gtk_label_new (name);

  gtk_widget_set_size_request (curve, 42, 24);
  gtk_widget_set_halign (curve, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "cam-caption");
  gtk_box_append (GTK_BOX (box), curve);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "cam-choice");
  gtk_widget_set_tooltip_text (button, cam_activation_get_note (activation));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
  g_object_set_data (G_OBJECT (button), "activation", (gpointer) activation);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
fill (CamActivationLab *self)
{
  GtkToggleButton *group = NULL;

  for (const CamActivation *const *one = cam_activation_list (); *one != NULL; one++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();
      GtkWidget *button = make_choice (self, *one, group);

      if (group == NULL)
        group = GTK_TOGGLE_BUTTON (button);
      /* The buttons take the focus, not the places they lie in. */
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
      gtk_flow_box_append (self->choices, child);
    }
}

static void
cam_activation_lab_class_init (CamActivationLabClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (CAM_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-activation-lab.ui");
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, function_view);
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, derivative_view);
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, choices);
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, note);
}

static void
cam_activation_lab_init (CamActivationLab *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);
}

void
cam_activation_lab_set_activation (CamActivationLab *self,
                                   const char       *activation)
{
  const CamActivation *found = activation != NULL ? cam_activation_find (activation) : NULL;

  g_return_if_fail (CAM_IS_ACTIVATION_LAB (self));

  if (found == NULL || found == self->activation)
    return;
  self->activation = found;
  show_charts (self);

  self->is_showing = TRUE;
  for (int i = 0; ; i++)
    {
      GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->choices, i);
      GtkWidget *button;

      if (child == NULL)
        break;
      button = gtk_flow_box_child_get_child (child);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_str_equal (get_choice (button), activation));
    }
  self->is_showing = FALSE;
}
