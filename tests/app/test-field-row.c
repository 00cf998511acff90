/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of settings: numbers as typed and stepped, and each kind of control both ways. */
#include <cam-field-number.h>
#include <cam-field-row.h>

#include <math.h>

#include "uitest.h"

static const char *const choices[] = { "relu", "tanh", "sigmoid", NULL };

static const CamField units = CAM_F_INT ("units", "Units", "How many numbers come out.", 32, 1, 65536, 0);
static const CamField batch = CAM_F_INT ("batch_size", "Batch size", NULL, 32, 1, 1048576, CAM_FIELD_LOG);
static const CamField learn = CAM_F_FLOAT ("learning_rate", "Learning rate", NULL, 0.001, 0, INFINITY, CAM_FIELD_LOG | CAM_FIELD_MIN_OPEN);
static const CamField share = CAM_F_FLOAT ("rate", "Rate", NULL, 0.5, 0, 1, CAM_FIELD_MAX_OPEN);
static const CamField limit = CAM_F_FLOAT ("clipnorm", "Clip norm", NULL, NAN, 0, 10, CAM_FIELD_NULLABLE | CAM_FIELD_MIN_OPEN);
static const CamField bias = CAM_F_BOOL ("use_bias", "Use bias", NULL, 1, 0);
static const CamField activation = CAM_F_CHOICE ("activation", "Activation", NULL, "tanh", choices, 0);
static const CamField regulariser = CAM_F_CHOICE ("regulariser", "Regulariser", NULL, NULL, choices, CAM_FIELD_NULLABLE);

/* Numbers -------------------------------------------------------------------------------------------------------- */

static void
test_text (void)
{
  static const struct { const CamField *field; double value; const char *text; } cases[] = {
    { &learn, 0.001, "0.001" }, { &learn, 1e-7, "1e-7" }, { &learn, 0.0003, "0.0003" }, { &learn, 2.5e-10, "2.5e-10" },
    { &learn, 1e20, "1e20" }, { &share, 0.1 + 0.2, "0.30000000000000004" }, { &units, 128, "128" },
    { &units, 65536, "65536" }, { &limit, NAN, "none" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cam_field_number_text (cases[i].field, cases[i].value);
      double back = -1;

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (cam_field_number_parse (cases[i].field, text, &back));
      g_assert_true (back == cases[i].value || isnan (cases[i].value));
    }
}

static void
test_parse (void)
{
  static const struct { const CamField *field; const char *text; gboolean ok; double value; } cases[] = {
    { &learn, "1e-3", TRUE, 0.001 }, { &learn, " 0,01 ", TRUE, 0.01 }, { &learn, "0", FALSE, 0 },
    { &learn, "-1", FALSE, 0 }, { &learn, "1,000.5", FALSE, 0 }, { &learn, "1,2,3", FALSE, 0 },
    { &learn, "inf", FALSE, 0 }, { &learn, "nan", FALSE, 0 }, { &learn, "", FALSE, 0 }, { &learn, "1e", FALSE, 0 },
    { &share, "0", TRUE, 0 }, { &share, "1", FALSE, 0 }, { &share, "0.999", TRUE, 0.999 },
    { &units, "64", TRUE, 64 }, { &units, "6.4e1", TRUE, 64 }, { &units, "6.5", FALSE, 0 }, { &units, "0", FALSE, 0 },
    { &units, "65537", FALSE, 0 }, { &units, "x", FALSE, 0 }, { &limit, "none", TRUE, NAN }, { &limit, "", TRUE, NAN },
    { &limit, "nan", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double value = -7;

      g_test_message ("%s “%s”", cases[i].field->key, cases[i].text);
      g_assert_true (cam_field_number_parse (cases[i].field, cases[i].text, &value) == cases[i].ok);
      if (!cases[i].ok)
        g_assert_cmpfloat (value, ==, -7);
      else if (isnan (cases[i].value))
        g_assert_true (isnan (value));
      else
        g_assert_cmpfloat (value, ==, cases[i].value);
    }
}

static void
test_step (void)
{
  static const struct { const CamField *field; double from; int n; double to; } cases[] = {
    { &learn, 0.001, 1, 0.002 }, { &learn, 0.002, 1, 0.005 }, { &learn, 0.005, 1, 0.01 }, { &learn, 0.001, -1, 0.0005 },
    { &learn, 0.003, 1, 0.005 }, { &learn, 0.003, -1, 0.002 }, { &learn, 0.001, 3, 0.01 }, { &learn, 1, -3, 0.1 },
    { &learn, 1e-9, -1, 1e-9 },
    { &batch, 32, 1, 64 }, { &batch, 32, -1, 16 }, { &batch, 33, 1, 64 }, { &batch, 33, -1, 32 }, { &batch, 1, -1, 1 },
    { &batch, 1048576, 1, 1048576 },
    { &units, 32, 1, 33 }, { &units, 1, -1, 1 }, { &units, 5, -10, 1 }, { &units, 65530, 10, 65536 },
    { &share, 0.1, 1, 0.15 }, { &share, 0.95, 1, 0.95 }, { &share, 0.05, -1, 0 }, { &limit, NAN, 1, NAN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double to = cam_field_number_step (cases[i].field, cases[i].from, cases[i].n);

      g_test_message ("%s %g %+d", cases[i].field->key, cases[i].from, cases[i].n);
      if (isnan (cases[i].to))
        g_assert_true (isnan (to));
      else
        g_assert_cmpfloat (to, ==, cases[i].to);
    }
}

/* Rows ----------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *row;
  GtkWidget *control;
  guint      n_changed;
} Fixture;

static void
count_cb (CamFieldRow *row,
          Fixture     *fixture)
{
  fixture->n_changed++;
}

static void
open_row (Fixture        *fixture,
          const CamField *field,
          GType           control)
{
  fixture->row = g_object_ref_sink (cam_field_row_new (field));
  fixture->n_changed = 0;
  g_signal_connect (fixture->row, "changed", G_CALLBACK (count_cb), fixture);
  fixture->control = ui_find_type (fixture->row, control);
  g_assert_nonnull (fixture->control);
}

static void
close_row (Fixture *fixture)
{
  g_assert_finalize_object (fixture->row);
}

/* Takes @expected. */
static void
assert_value (Fixture *fixture,
              json_t  *expected)
{
  g_autoptr(json_t) value = cam_field_editor_dup_value (CAM_FIELD_EDITOR (fixture->row));
  g_autofree char *text = cam_json_dump (value, FALSE);
  g_autofree char *wanted = cam_json_dump (expected, FALSE);

  g_assert_cmpstr (text, ==, wanted);
  json_decref (expected);
}

static void
set_value (Fixture *fixture,
           json_t  *value)
{
  cam_field_editor_set_value (CAM_FIELD_EDITOR (fixture->row), value);
  json_decref (value);
}

static void
type_text (Fixture    *fixture,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (fixture->control), text);
}

static void
test_typing (void)
{
  Fixture f;

  open_row (&f, &learn, GTK_TYPE_SPIN_BUTTON);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (f.control)), ==, "0.001");

  /* What is typed counts at once and stays as typed. */
  type_text (&f, "1e-2");
  g_assert_cmpuint (f.n_changed, ==, 1);
  assert_value (&f, json_real (0.01));
  set_value (&f, json_real (0.01));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (f.control)), ==, "1e-2");

  /* Return writes it as we do, and changes nothing. */
  gtk_spin_button_update (GTK_SPIN_BUTTON (f.control));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (f.control)), ==, "0.01");

  /* What is no rate is marked and then gives way. */
  type_text (&f, "-3");
  g_assert_true (gtk_widget_has_css_class (f.control, "error"));
  assert_value (&f, json_real (0.01));
  gtk_spin_button_update (GTK_SPIN_BUTTON (f.control));
  g_assert_false (gtk_widget_has_css_class (f.control, "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (f.control)), ==, "0.01");
  close_row (&f);
}

static void
test_spinning (void)
{
  Fixture f;

  open_row (&f, &learn, GTK_TYPE_SPIN_BUTTON);
  g_signal_emit_by_name (f.control, "change-value", GTK_SCROLL_STEP_UP);
  assert_value (&f, json_real (0.002));
  g_signal_emit_by_name (f.control, "change-value", GTK_SCROLL_STEP_UP);
  assert_value (&f, json_real (0.005));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (f.control)), ==, "0.005");
  g_signal_emit_by_name (f.control, "change-value", GTK_SCROLL_STEP_DOWN);
  g_signal_emit_by_name (f.control, "change-value", GTK_SCROLL_STEP_DOWN);
  g_signal_emit_by_name (f.control, "change-value", GTK_SCROLL_STEP_DOWN);
  assert_value (&f, json_real (0.0005));
  g_assert_cmpuint (f.n_changed, ==, 5);
  close_row (&f);

  /* An open bound is not reached. */
  open_row (&f, &share, GTK_TYPE_SPIN_BUTTON);
  for (guint i = 0; i < 20; i++)
    g_signal_emit_by_name (f.control, "change-value", GTK_SCROLL_STEP_UP);
  assert_value (&f, json_real (0.95));
  close_row (&f);

  /* Set from outside, as assistive technology does. */
  open_row (&f, &units, GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (f.control), 200);
  assert_value (&f, json_integer (200));
  g_assert_cmpuint (f.n_changed, ==, 1);
  close_row (&f);
}

static void
test_none (void)
{
  Fixture f;
  GtkWidget *clear;

  open_row (&f, &limit, GTK_TYPE_SPIN_BUTTON);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (f.control)), ==, "none");
  assert_value (&f, json_null ());

  type_text (&f, "1.5");
  assert_value (&f, json_real (1.5));
  gtk_spin_button_update (GTK_SPIN_BUTTON (f.control));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (f.control)), ==, "1.5");

  /* An emptied field is none, once that is meant. */
  f.n_changed = 0;
  type_text (&f, "");
  g_assert_cmpuint (f.n_changed, ==, 0);
  gtk_spin_button_update (GTK_SPIN_BUTTON (f.control));
  g_assert_cmpuint (f.n_changed, ==, 1);
  assert_value (&f, json_null ());
  type_text (&f, "2");
  assert_value (&f, json_real (2));

  clear = NULL;
  for (GtkWidget *w = gtk_widget_get_prev_sibling (f.control); w != NULL; w = gtk_widget_get_prev_sibling (w))
    if (GTK_IS_BUTTON (w))
      clear = w;
  g_assert_nonnull (clear);
  f.n_changed = 0;
  g_signal_emit_by_name (clear, "clicked");
  g_assert_cmpuint (f.n_changed, ==, 1);
  assert_value (&f, json_null ());
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (f.control)), ==, "none");
  close_row (&f);

  open_row (&f, &regulariser, GTK_TYPE_DROP_DOWN);
  assert_value (&f, json_null ());
  gtk_drop_down_set_selected (GTK_DROP_DOWN (f.control), 3);
  assert_value (&f, json_string ("sigmoid"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (f.control), 0);
  assert_value (&f, json_null ());
  g_assert_cmpuint (f.n_changed, ==, 2);
  close_row (&f);
}

static void
test_controls (void)
{
  Fixture f;

  open_row (&f, &bias, GTK_TYPE_SWITCH);
  assert_value (&f, json_true ());
  gtk_switch_set_active (GTK_SWITCH (f.control), FALSE);
  assert_value (&f, json_false ());
  g_assert_cmpuint (f.n_changed, ==, 1);
  close_row (&f);

  open_row (&f, &activation, GTK_TYPE_DROP_DOWN);
  assert_value (&f, json_string ("tanh"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (f.control), 0);
  assert_value (&f, json_string ("relu"));
  g_assert_cmpuint (f.n_changed, ==, 1);
  close_row (&f);
}

static void
test_set_is_silent (void)
{
  Fixture f;

  open_row (&f, &batch, GTK_TYPE_SPIN_BUTTON);
  set_value (&f, json_integer (100));
  assert_value (&f, json_integer (100));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (f.control)), ==, "100");
  g_assert_cmpuint (f.n_changed, ==, 0);
  close_row (&f);

  open_row (&f, &activation, GTK_TYPE_DROP_DOWN);
  set_value (&f, json_string ("sigmoid"));
  assert_value (&f, json_string ("sigmoid"));
  g_assert_cmpuint (f.n_changed, ==, 0);
  close_row (&f);

  open_row (&f, &bias, GTK_TYPE_SWITCH);
  set_value (&f, json_false ());
  assert_value (&f, json_false ());
  g_assert_cmpuint (f.n_changed, ==, 0);
  close_row (&f);
}

static void
test_names (void)
{
  static const struct { const CamField *field; GType (*type) (void); GtkAccessibleRole role; } cases[] = {
    { &units, gtk_spin_button_get_type, GTK_ACCESSIBLE_ROLE_SPIN_BUTTON },
    { &bias, gtk_switch_get_type, GTK_ACCESSIBLE_ROLE_SWITCH },
    { &activation, gtk_drop_down_get_type, GTK_ACCESSIBLE_ROLE_COMBO_BOX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture f;

      open_row (&f, cases[i].field, cases[i].type ());
      gtk_test_accessible_assert_role (f.control, cases[i].role);
      gtk_test_accessible_assert_property (f.control, GTK_ACCESSIBLE_PROPERTY_LABEL, cases[i].field->title);
      g_assert_cmpstr (gtk_widget_get_tooltip_text (f.row), ==, cases[i].field->hint);
      close_row (&f);
    }
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/app/field-number/text", test_text);
  g_test_add_func ("/app/field-number/parse", test_parse);
  g_test_add_func ("/app/field-number/step", test_step);
  g_test_add_func ("/app/field-row/typing", test_typing);
  g_test_add_func ("/app/field-row/spinning", test_spinning);
  g_test_add_func ("/app/field-row/none", test_none);
  g_test_add_func ("/app/field-row/controls", test_controls);
  g_test_add_func ("/app/field-row/set-is-silent", test_set_is_silent);
  g_test_add_func ("/app/field-row/names", test_names);
  return g_test_run ();
}
