/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activation lab: each activation can be chosen and compared; where it is flat is told as it is. */
#include <cam-activation-lab.h>
#include <cam-activation.h>
#include <cam-chart-view.h>

#include <math.h>
#include <string.h>

#include "session-test.h"
#include "uitest.h"

static CamActivationLab *lab;
static GtkWidget *window;
static char chosen[32];

static void
chosen_cb (CamActivationLab *self,
           const char       *name)
{
  g_strlcpy (chosen, name, sizeof chosen);
}

static void
begin (const char *activation)
{
  lab = g_object_new (CAM_TYPE_ACTIVATION_LAB, NULL);
  cam_activation_lab_set_activation (lab, activation);
  g_signal_connect (lab, "chosen", G_CALLBACK (chosen_cb), NULL);
  window = session_test_show (GTK_WIDGET (lab), 320, 700);
}

static void
end (void)
{
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_button (const char *flow,
             const char *name)
{
  GtkFlowBox *box = GTK_FLOW_BOX (session_test_child (lab, CAM_TYPE_ACTIVATION_LAB, flow));
  GtkFlowBoxChild *child;

  for (int i = 0; (child = gtk_flow_box_get_child_at_index (box, i)) != NULL; i++)
    {
      GtkWidget *button = gtk_flow_box_child_get_child (child);

      if (g_str_equal (cam_activation_get_name (g_object_get_data (G_OBJECT (button), "activation")), name))
        return button;
    }
  g_error ("no picture of %s", name);
}

/* "f: relu tanh elu": the curves of a chart by their names, without the shade. */
static char *
list_curves (const char *view)
{
  CamChart *chart = cam_chart_view_get_chart (CAM_CHART_VIEW (session_test_child (lab, CAM_TYPE_ACTIVATION_LAB, view)));
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < cam_chart_get_n_series (chart); i++)
    if (cam_chart_get_listed (chart, i))
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", cam_chart_get_name (chart, i));
  return g_string_free (names, FALSE);
}

static void
assert_curves (const char *wanted,
               const char *wanted_derivative)
{
  g_autofree char *function = list_curves ("function_view"), *derivative = list_curves ("derivative_view");

  g_assert_cmpstr (function, ==, wanted);
  g_assert_cmpstr (derivative, ==, wanted_derivative);
}

static guint
count_chips (void)
{
  guint n = 0;

  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (session_test_child (lab, CAM_TYPE_ACTIVATION_LAB, "chips"))); chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    n++;
  return n;
}

/* Every activation there is. */
static void
test_choose (void)
{
  begin ("relu");
  for (guint i = 1; cam_activation_names[i] != NULL; i++)
    {
      GtkWidget *button = find_button ("choices", cam_activation_names[i]);

      gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, cam_activation_names[i]);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
      g_assert_cmpstr (chosen, ==, cam_activation_names[i]);
      cam_activation_lab_set_activation (lab, chosen);
      assert_curves ("f(x)", "f′(x)");
    }
  end ();
}

static void
test_compare (void)
{
  begin ("relu");
  for (guint i = 0; i < 3; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_button ("compare_choices", ((const char *[]) { "tanh", "gelu", "elu" })[i])), TRUE);
  assert_curves ("relu tanh gelu elu", "relu tanh gelu elu");
  g_assert_cmpuint (count_chips (), ==, 3);
  /* No fourth, and not the shown one. */
  g_assert_false (gtk_widget_get_sensitive (find_button ("compare_choices", "selu")));
  g_assert_false (gtk_widget_get_sensitive (find_button ("compare_choices", "relu")));
  g_assert_true (gtk_widget_get_sensitive (find_button ("compare_choices", "gelu")));

  /* One that is chosen is compared with no longer; the others stay. */
  cam_activation_lab_set_activation (lab, "gelu");
  assert_curves ("gelu tanh elu", "gelu tanh elu");
  g_assert_true (gtk_widget_get_sensitive (find_button ("compare_choices", "relu")));
  g_assert_cmpstr (chosen, ==, "");

  g_signal_emit_by_name (gtk_widget_get_first_child (GTK_WIDGET (session_test_child (lab, CAM_TYPE_ACTIVATION_LAB, "chips"))), "clicked");
  assert_curves ("gelu elu", "gelu elu");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_button ("compare_choices", "tanh"))));
  cam_activation_lab_compare (lab, "elu", FALSE);
  assert_curves ("f(x)", "f′(x)");
  end ();
}

static void
test_flat (void)
{
  static const struct { const char *name, *text; } flats[] = {
    { "relu", "Flat below 0.0 (shaded)" }, { "linear", "Nowhere flat" }, { "leaky_relu", "Nowhere flat" }, { "sigmoid", "Flat below -2.9, above 2.9 (shaded)" },
    { "tanh", "Flat below -2.2, above 2.2 (shaded)" }, { "relu6", "Flat below 0.0 (shaded)" }, { "hard_tanh", "Flat below -1.0, above 1.0 (shaded)" },
    { "soft_shrink", "Flat between -0.5 and 0.5 (shaded)" }, { "exponential", "Flat below -3.0 (shaded)" },
  };

  begin ("linear");
  for (guint i = 0; i < G_N_ELEMENTS (flats); i++)
    {
      const char *text;

      cam_activation_lab_set_activation (lab, flats[i].name);
      text = gtk_label_get_label (GTK_LABEL (session_test_child (lab, CAM_TYPE_ACTIVATION_LAB, "flat")));
      if (!g_str_has_prefix (text, flats[i].text))
        g_error ("%s: %s", flats[i].name, text);
    }
  end ();
}

int
main (int   argc,
      char *argv[])
{
  int result;

  session_test_init (&argc, &argv);
  g_test_add_func ("/app/activation-lab/compare", test_compare);
  g_test_add_func ("/app/activation-lab/choose", test_choose);
  g_test_add_func ("/app/activation-lab/flat", test_flat);
  result = g_test_run ();
  session_test_clear ();
  return result;
}
