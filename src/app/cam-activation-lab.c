/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an activation is chosen. */
#include "cam-activation-lab.h"

#include <cam-activation.h>

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-activation-curve.h"
#include "cam-chart-view.h"

#define N_POINTS 241
#define REACH 4.0
/* A slope below it lets hardly anything of the error pass. */
#define FLAT 0.05
#define MOST_COMPARED 3

enum { BLUE = 0, ORANGE = 1, AMBER = 7 };                    /* of the theme's series */

/* Of those that are compared: series of the theme, and the class of their chip. */
static const struct { guint colour; const char *css_class; } compared_looks[MOST_COMPARED] = { { 3, "pink" }, { 4, "violet" }, { 5, "cyan" } };

struct _CamActivationLab
{
  GtkBox               parent_instance;

  /* borrowed */
  const CamActivation *activation;

  GPtrArray           *compared;       /* of CamActivation *, drawn beside it */
  gboolean             is_showing;     /* the toggles are set by us */

  /* template children */
  CamChartView        *function_view;
  CamChartView        *derivative_view;
  GtkMenuButton       *compare_button;
  GtkFlowBox          *compare_choices;
  GtkBox              *chips;
  GtkLabel            *flat;
  GtkFlowBox          *choices;
  GtkLabel            *note;
};

G_DEFINE_FINAL_TYPE (CamActivationLab, cam_activation_lab, GTK_TYPE_BOX)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef double (*Function) (const CamActivation *activation, double x);

static double
get_x (guint i)
{
  return REACH * (2.0 * i / (N_POINTS - 1) - 1.0);
}

/* What of a curve is drawn: beyond that a steep one would press the others flat. */
static void
add_to_range (const double *y,
              double       *low,
              double       *high)
{
  for (guint i = 0; i < N_POINTS; i++)
    {
      *low = MIN (*low, MAX (y[i], -REACH));
      *high = MAX (*high, MIN (y[i], REACH));
    }
}

static void
add_curve (CamChart            *chart,
           const CamActivation *activation,
           Function             f,
           const char          *name,
           guint                colour,
           CamLinePattern       pattern,
           double              *low,
           double              *high)
{
  double x[N_POINTS], y[N_POINTS];

  for (guint i = 0; i < N_POINTS; i++)
    {
      x[i] = get_x (i);
      y[i] = f (activation, x[i]);
    }
  add_to_range (y, low, high);
  cam_chart_add_curve (chart, name, x, y, N_POINTS, colour, pattern);
}

static gboolean
is_flat (const CamActivation *activation,
         double               x)
{
  return fabs (cam_activation_derivative (activation, x)) < FLAT;
}

/* From top to bottom where the function is flat. */
static void
add_zones (CamChart            *chart,
           const CamActivation *activation,
           Function             f,
           double               low,
           double               high)
{
  double x[N_POINTS], y[N_POINTS], bottom[N_POINTS], top[N_POINTS];
  guint series;

  for (guint i = 0; i < N_POINTS; i++)
    {
      x[i] = get_x (i);
      y[i] = is_flat (activation, x[i]) ? f (activation, x[i]) : NAN;
      bottom[i] = isnan (y[i]) ? NAN : low;
      top[i] = isnan (y[i]) ? NAN : high;
    }
  /* translators: a range of inputs in which a function has hardly any slope */
  series = cam_chart_add_curve (chart, _("flat"), x, y, N_POINTS, AMBER, CAM_LINE_SOLID);
  cam_chart_set_band (chart, series, bottom, top);
  cam_chart_set_listed (chart, series, FALSE);
}

static CamChart *
draw_function (CamActivationLab *self,
               Function          f,
               const char       *name,
               guint             colour)
{
  CamChart *chart = cam_chart_new ();
  double low = INFINITY, high = -INFINITY;

  cam_chart_set_axes (chart, "", "", CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_set_x_range (chart, -REACH, REACH);
  add_curve (chart, self->activation, f, self->compared->len > 0 ? cam_activation_get_name (self->activation) : name, colour, CAM_LINE_SOLID, &low, &high);
  for (guint i = 0; i < self->compared->len; i++)
    {
      const CamActivation *other = g_ptr_array_index (self->compared, i);

      add_curve (chart, other, f, cam_activation_get_name (other), compared_looks[i].colour, CAM_LINE_DASHED, &low, &high);
    }
  if (!(high > low))
    high = low + 1.0;
  low -= 0.04 * (high - low);
  high += 0.04 * (high - low);
  add_zones (chart, self->activation, f, low, high);
  cam_chart_set_y_range (chart, low, high);
  return chart;
}

/* "below −2.9", "between −0.5 and 0.5", "above 2.9"; one after the other, and NULL where it is flat nowhere. g_free(). */
static char *
describe_zones (const CamActivation *activation)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint i = 0;

  while (i < N_POINTS)
    {
      guint first = i;

      while (i < N_POINTS && is_flat (activation, get_x (i)))
        i++;
      if (i == first)
        {
          i++;
          continue;
        }
      if (text->len > 0)
        g_string_append (text, ", ");
      if (first == 0 && i == N_POINTS)
        g_string_append (text, _("everywhere"));
      else if (first == 0)
        /* translators: a range of inputs: below −2.9 */
        g_string_append_printf (text, _("below %.1f"), get_x (i - 1));
      else if (i == N_POINTS)
        /* translators: a range of inputs: above 2.9 */
        g_string_append_printf (text, _("above %.1f"), get_x (first));
      else
        /* translators: a range of inputs */
        g_string_append_printf (text, _("between %.1f and %.1f"), get_x (first), get_x (i - 1));
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static void
show_zones (CamActivationLab *self)
{
  g_autofree char *zones = describe_zones (self->activation);
  g_autofree char *text = NULL;

  /* translators: %s are ranges of inputs: “below −2.9, above 2.9” */
  text = zones != NULL ? g_strdup_printf (_("Flat %s (shaded): there hardly anything is learnt."), zones)
                       : g_strdup (_("Nowhere flat: the error passes whatever comes in."));
  gtk_label_set_label (self->flat, text);
}

static void
show_charts (CamActivationLab *self)
{
  g_autoptr(CamChart) function = NULL;
  g_autoptr(CamChart) derivative = NULL;
  g_autoptr(GString) names = g_string_new (cam_activation_get_name (self->activation));
  g_autofree char *function_title = NULL;
  g_autofree char *derivative_title = NULL;
  g_autofree char *note = NULL;

  for (guint i = 0; i < self->compared->len; i++)
    g_string_append_printf (names, ", %s", cam_activation_get_name (g_ptr_array_index (self->compared, i)));
  function_title = g_strdup_printf ("%s, f(x)", names->str);
  derivative_title = g_strdup_printf ("%s, f′(x)", names->str);
  function = draw_function (self, cam_activation_value, "f(x)", BLUE);
  derivative = draw_function (self, cam_activation_derivative, "f′(x)", ORANGE);
  g_object_set (self->function_view, "title", function_title, NULL);
  g_object_set (self->derivative_view, "title", derivative_title, NULL);
  cam_chart_view_set_chart (self->function_view, function);
  cam_chart_view_set_chart (self->derivative_view, derivative);
  show_zones (self);

  note = g_markup_printf_escaped ("<b>%s.</b> %s", cam_activation_get_name (self->activation), cam_activation_get_note (self->activation));
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

/* A picture to choose by; in a group only one is. */
static GtkWidget *
make_choice (const CamActivation *activation)
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
  g_object_set_data (G_OBJECT (button), "activation", (gpointer) activation);
  return button;
}

/* All of them into @flow. The buttons take the focus, not the places they lie in. */
static void
fill (CamActivationLab *self,
      GtkFlowBox       *flow,
      gboolean          is_group,
      GCallback         toggled)
{
  GtkToggleButton *group = NULL;

  for (const CamActivation *const *one = cam_activation_list (); *one != NULL; one++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();
      GtkWidget *button = make_choice (*one);

      if (is_group)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
      if (group == NULL)
        group = GTK_TOGGLE_BUTTON (button);
      g_signal_connect_object (button, "toggled", toggled, self, G_CONNECT_SWAPPED);
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
      gtk_flow_box_append (flow, child);
    }
}

/* Comparing ------------------------------------------------------------------------------------------------------ */

static GtkWidget *
get_button (GtkFlowBox *flow,
            int         i)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (flow, i);

  return child != NULL ? gtk_flow_box_child_get_child (child) : NULL;
}

static void
drop_cb (CamActivationLab *self,
         GtkWidget        *chip)
{
  cam_activation_lab_compare (self, g_object_get_data (G_OBJECT (chip), "name"), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->compare_button));
}

static void
show_chips (CamActivationLab *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, chip);
  for (guint i = 0; i < self->compared->len; i++)
    {
      const char *name = cam_activation_get_name (g_ptr_array_index (self->compared, i));
      GtkWidget *label = gtk_label_new (name);
      g_autofree char *tip = g_strdup_printf (_("Compare with %s no longer"), name);

      chip = gtk_button_new ();
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_button_set_child (GTK_BUTTON (chip), label);
      gtk_widget_add_css_class (chip, "flat");
      gtk_widget_add_css_class (chip, "cam-chip");
      gtk_widget_add_css_class (chip, compared_looks[i].css_class);
      gtk_widget_set_tooltip_text (chip, tip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
      g_object_set_data (G_OBJECT (chip), "name", (gpointer) name);
      g_signal_connect_object (chip, "clicked", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->chips, chip);
    }
}

/* The toggles of what can be compared: the shown one cannot, nor more than the charts can bear. */
static void
show_compared (CamActivationLab *self)
{
  GtkWidget *button;

  self->is_showing = TRUE;
  for (int i = 0; (button = get_button (self->compare_choices, i)) != NULL; i++)
    {
      const CamActivation *activation = g_object_get_data (G_OBJECT (button), "activation");
      gboolean is_compared = g_ptr_array_find (self->compared, activation, NULL);

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), is_compared);
      gtk_widget_set_sensitive (button, is_compared || (activation != self->activation && self->compared->len < MOST_COMPARED));
    }
  self->is_showing = FALSE;
  show_chips (self);
  if (self->activation != NULL)
    show_charts (self);
}

static void
compare_toggled_cb (CamActivationLab *self,
                    GtkToggleButton  *button)
{
  if (!self->is_showing)
    cam_activation_lab_compare (self, get_choice (GTK_WIDGET (button)), gtk_toggle_button_get_active (button));
}

static void
cam_activation_lab_finalize (GObject *object)
{
  g_ptr_array_unref (CAM_ACTIVATION_LAB (object)->compared);
  G_OBJECT_CLASS (cam_activation_lab_parent_class)->finalize (object);
}

static void
cam_activation_lab_class_init (CamActivationLabClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cam_activation_lab_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (CAM_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-activation-lab.ui");
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, function_view);
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, derivative_view);
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, compare_button);
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, compare_choices);
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, chips);
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, flat);
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, choices);
  gtk_widget_class_bind_template_child (widget_class, CamActivationLab, note);
}

static void
cam_activation_lab_init (CamActivationLab *self)
{
  self->compared = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self, self->choices, TRUE, G_CALLBACK (toggled_cb));
  fill (self, self->compare_choices, FALSE, G_CALLBACK (compare_toggled_cb));
}

void
cam_activation_lab_set_activation (CamActivationLab *self,
                                   const char       *activation)
{
  const CamActivation *found = activation != NULL ? cam_activation_find (activation) : NULL;
  GtkWidget *button;

  g_return_if_fail (CAM_IS_ACTIVATION_LAB (self));

  if (found == NULL || found == self->activation)
    return;
  self->activation = found;
  g_ptr_array_remove (self->compared, (gpointer) found);

  self->is_showing = TRUE;
  for (int i = 0; (button = get_button (self->choices, i)) != NULL; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_str_equal (get_choice (button), activation));
  self->is_showing = FALSE;
  show_compared (self);
}

void
cam_activation_lab_compare (CamActivationLab *self,
                            const char       *activation,
                            gboolean          is_compared)
{
  const CamActivation *found = cam_activation_find (activation);

  g_return_if_fail (CAM_IS_ACTIVATION_LAB (self));
  g_return_if_fail (found != NULL);

  g_ptr_array_remove (self->compared, (gpointer) found);
  if (is_compared && found != self->activation && self->compared->len < MOST_COMPARED)
    g_ptr_array_add (self->compared, (gpointer) found);
  show_compared (self);
}
