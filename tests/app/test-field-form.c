/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms for whole tables: lists as text, choices with settings of their own, a number that may be something else, what hides behind “More settings”. */
#include <cam-field-picker.h>
#include <cam-field-entry.h>
#include <cam-field-form.h>
#include <cam-field-row.h>
#include <cam-field-text.h>

#include <math.h>

#include "uitest.h"

static const CamField normal_fields[] = {
  CAM_F_FLOAT ("mean", "Mean", NULL, 0.0, -INFINITY, INFINITY, 0),
  CAM_F_FLOAT ("stddev", "Deviation", NULL, 0.05, 0, INFINITY, 0),
  CAM_F_INT ("seed", "Seed", NULL, NAN, 0, 100, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED), CAM_F_END,
};
static const CamField seed_fields[] = { CAM_F_INT ("seed", "Seed", NULL, NAN, 0, 100, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED), CAM_F_END };
static const CamField decay_fields[] = {
  CAM_F_FLOAT ("first", "First", NULL, 0.001, 0, 1000, CAM_FIELD_LOG),
  CAM_F_INTS ("boundaries", "Up to", NULL, 0, "10", 0, 1e9, 0), CAM_F_END,
};
static const CamVariant normal = { "RandomNormal", "random_normal", "Normal", NULL, normal_fields };
static const CamVariant he = { "HeNormal", "he_normal", "He normal", NULL, seed_fields };
static const CamVariant decay = { "Decay", "decay", "Decay", NULL, decay_fields };
static const CamVariant *const starts[] = { &normal, &he, NULL };
static const CamVariant *const schedules[] = { &decay, NULL };

static const CamField fields[] = {
  CAM_F_INTS ("kernel_size", "Window", NULL, 2, "3, 3", 1, 99, 0),
  CAM_F_INTS ("strides", "Stride", NULL, 2, NULL, 1, 99, CAM_FIELD_NULLABLE),
  CAM_F_INTS ("shape", "Shape", NULL, 0, "-1", -1, 99, 0),
  CAM_F_FLOATS ("scales", "Scales", NULL, 0, "0.5", -INFINITY, INFINITY, 0),
  CAM_F_PAIRS ("padding", "Padding", NULL, 2, "1, 1, 1, 1", 0, 99, 0),
  CAM_F_PAIRS ("cropping", "Cropping", NULL, 1, "1, 1", 0, 99, 0),
  CAM_F_TEXT ("file", "File", NULL, NULL, NULL, CAM_FIELD_NULLABLE),
  CAM_F_VARIANT ("start", "Weights start", NULL, "he_normal", starts, 0),
  CAM_F_VARIANT ("limit", "Limit", NULL, NULL, starts, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED),
  CAM_F_NUMBER_OR ("rate", "Rate", NULL, 0.01, 0, 1000, schedules, CAM_FIELD_LOG),
  CAM_F_BOOL ("use_bias", "Use bias", NULL, 1, CAM_FIELD_ADVANCED),
  CAM_F_INT ("groups", "Groups", NULL, 1, 1, 99, CAM_FIELD_ADVANCED),
  CAM_F_END,
};

/* Text ------------------------------------------------------------------------------------------------------------- */

/* What is typed, the value as JSON, how it is shown then; NULL: a part of the reason instead. */
static const struct { const char *key, *text, *value, *shown; } texts[] = {
  { "kernel_size", "3", "[3,3]", "3 × 3" },
  { "kernel_size", "5,3", "[5,3]", "5 × 3" },
  { "kernel_size", "5x3", "[5,3]", "5 × 3" },
  { "kernel_size", " 5 × 3 ", "[5,3]", "5 × 3" },
  { "kernel_size", "(5, 3)", "[5,3]", "5 × 3" },
  { "kernel_size", "1, 2, 3", NULL, "a list of 2 numbers" },
  { "kernel_size", "0", NULL, "at least" },
  { "kernel_size", "1.5", NULL, "“1.5” is no whole number" },
  { "kernel_size", "three", NULL, "“three” is no number" },
  { "kernel_size", "1e300", NULL, "no whole number" },
  { "kernel_size", "", NULL, "a list of 2 numbers" },
  { "strides", "none", "null", "none" },
  { "strides", "", "null", "none" },
  { "strides", "2", "[2,2]", "2 × 2" },
  { "shape", "8 × 8 × 1", "[8,8,1]", "8, 8, 1" },
  { "shape", "−1, 4", "[-1,4]", "-1, 4" },
  { "shape", "7", "[7]", "7" },
  { "scales", "0.1, 2", "[0.1,2.0]", "0.1, 2" },
  { "scales", "0,1; 2", "[0.1,2.0]", "0.1, 2" },
  { "scales", "1e-3", "[0.001]", "0.001" },
  { "padding", "1", "[[1,1],[1,1]]", "1, 1 · 1, 1" },
  { "padding", "1, 2", "[[1,1],[2,2]]", "1, 1 · 2, 2" },
  { "padding", "1, 2 · 3, 4", "[[1,2],[3,4]]", "1, 2 · 3, 4" },
  { "padding", "1, 2, 3", NULL, "2 pairs" },
  { "cropping", "2", "[[2,2]]", "2, 2" },
  { "cropping", "2, 3", "[[2,3]]", "2, 3" },
  { "file", "log.csv", "\"log.csv\"", "log.csv" },
};

static void
test_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const CamField *field = cam_fields_find (fields, texts[i].key);
      g_autofree char *reason = NULL;
      g_autofree char *shown = NULL;
      g_autofree char *json = NULL;
      g_autoptr(json_t) value = cam_field_text_parse (field, texts[i].text, &reason);

      g_test_message ("%s “%s”", texts[i].key, texts[i].text);
      if (texts[i].value == NULL)
        {
          g_assert_null (value);
          g_assert_nonnull (strstr (reason, texts[i].shown));
          continue;
        }
      g_assert_null (reason);
      json = json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION (6));
      g_assert_cmpstr (json, ==, texts[i].value);
      shown = cam_field_text (field, value);
      g_assert_cmpstr (shown, ==, texts[i].shown);
    }
}

/* Forms ------------------------------------------------------------------------------------------------------------ */

typedef struct
{
  GtkWidget    *window, *list;
  CamFieldForm *form;
  guint         n_changed;
  char         *key;
  json_t       *value;
} Fixture;

static void
changed_cb (Fixture        *fixture,
            const CamField *field,
            json_t         *value)
{
  fixture->n_changed++;
  g_free (fixture->key);
  fixture->key = g_strdup (field->key);
  json_decref (fixture->value);
  fixture->value = json_incref (value);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->list = gtk_list_box_new ();
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->list);
  fixture->form = cam_field_form_new (fixture->list, NULL);
  g_signal_connect_swapped (fixture->form, "changed", G_CALLBACK (changed_cb), fixture);
  cam_field_form_set_fields (fixture->form, fields);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_wait (gtk_widget_get_mapped (fixture->list));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->form);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_free (fixture->key);
  json_decref (fixture->value);
}

static GtkWidget *
find (Fixture    *fixture,
      const char *key,
      GType       type)
{
  return ui_find_type (GTK_WIDGET (cam_field_form_find (fixture->form, key)), type);
}

/* @json: the value that was told of last. */
static void
assert_changed (Fixture    *fixture,
                guint       n,
                const char *key,
                const char *json)
{
  g_autofree char *text = NULL;

  g_assert_cmpuint (fixture->n_changed, ==, n);
  g_assert_cmpstr (fixture->key, ==, key);
  text = json_dumps (fixture->value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION (6));
  g_assert_cmpstr (text, ==, json);
}

static void
test_entry (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *row = GTK_WIDGET (cam_field_form_find (fixture->form, "kernel_size"));
  GtkWidget *entry = find (fixture, "kernel_size", GTK_TYPE_ENTRY);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "3 × 3");
  gtk_editable_set_text (GTK_EDITABLE (entry), "5 by");
  g_assert_true (gtk_widget_has_css_class (row, "cam-wrong"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "“by” is no number");
  gtk_editable_set_text (GTK_EDITABLE (entry), "5, 4");
  g_assert_false (gtk_widget_has_css_class (row, "cam-wrong"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "");
  g_assert_cmpuint (fixture->n_changed, ==, 0);

  g_signal_emit_by_name (entry, "activate");
  assert_changed (fixture, 1, "kernel_size", "[5,4]");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "5 × 4");
  /* What cannot be gives way to what holds. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "0");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "5 × 4");
}

static void
test_number_reason (Fixture       *fixture,
                    gconstpointer  data)
{
  GtkWidget *row = GTK_WIDGET (cam_field_form_find (fixture->form, "groups"));
  GtkWidget *spin = find (fixture, "groups", GTK_TYPE_SPIN_BUTTON);

  gtk_editable_set_text (GTK_EDITABLE (spin), "0");
  g_assert_true (gtk_widget_has_css_class (row, "cam-wrong"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "“groups” is 0; it must be at least 1"));
  gtk_editable_set_text (GTK_EDITABLE (spin), "1.5");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "“1.5” is no whole number");
  gtk_editable_set_text (GTK_EDITABLE (spin), "2");
  g_assert_false (gtk_widget_has_css_class (row, "cam-wrong"));
  assert_changed (fixture, 1, "groups", "2");
}

static void
choose (Fixture    *fixture,
        const char *key,
        guint       position)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (fixture, key, GTK_TYPE_DROP_DOWN)), position);
}

/* The row of a setting of what is chosen. */
static GtkWidget *
find_inner (GtkWidget  *widget,
            const char *key)
{
  GtkWidget *found = NULL;

  if (CAM_IS_FIELD_EDITOR (widget) && g_str_equal (cam_field_editor_get_field (CAM_FIELD_EDITOR (widget))->key, key))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_inner (child, key);
  return found;
}

static void
type_inner (Fixture    *fixture,
            const char *key,
            const char *inner,
            const char *text)
{
  GtkWidget *row = find_inner (GTK_WIDGET (cam_field_form_find (fixture->form, key)), inner);
  GtkWidget *spin = ui_find_type (row, GTK_TYPE_SPIN_BUTTON);

  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
}

static void
test_variant (Fixture       *fixture,
              gconstpointer  data)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (cam_field_form_find (fixture->form, "start"));

  /* Nothing to set but what nobody needs: nothing unfolds. */
  g_assert_false (adw_expander_row_get_enable_expansion (row));
  choose (fixture, "start", 0);
  assert_changed (fixture, 1, "start", "\"random_normal\"");
  g_assert_true (adw_expander_row_get_expanded (row));
  type_inner (fixture, "start", "stddev", "0.2");
  assert_changed (fixture, 2, "start", "{\"class_name\":\"RandomNormal\",\"config\":{\"mean\":0.0,\"stddev\":0.2,\"seed\":null}}");
  /* Away and back: the settings are still known. */
  choose (fixture, "start", 1);
  assert_changed (fixture, 3, "start", "\"he_normal\"");
  choose (fixture, "start", 0);
  assert_changed (fixture, 4, "start", "{\"class_name\":\"RandomNormal\",\"config\":{\"mean\":0.0,\"stddev\":0.2,\"seed\":null}}");
}

/* A document's object shows in full, and showing is no change. */
static void
test_show (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(json_t) given = json_pack ("{s:{s:s, s:{s:f, s:i}}, s:{s:s}}", "start", "class_name", "RandomNormal", "config", "stddev", 0.3, "seed", 7,
                                       "rate", "class_name", "Decay");
  g_autoptr(json_t) config = cam_fields_complete (fields, given, "test", NULL);
  CamFieldEditor *start = cam_field_form_find (fixture->form, "start"), *rate = cam_field_form_find (fixture->form, "rate");
  GtkWidget *seed;
  g_autoptr(json_t) value = NULL;

  cam_field_form_show (fixture->form, config);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (start)));
  value = cam_field_editor_dup_value (start);
  g_assert_true (json_equal (value, json_object_get (config, "start")));
  seed = find_inner (GTK_WIDGET (start), "seed");
  g_assert_true (gtk_widget_get_visible (seed));
  g_assert_false (gtk_widget_get_visible (cam_field_picker_get_number_row (CAM_FIELD_PICKER (rate))));
}

static void
test_number_or (Fixture       *fixture,
                gconstpointer  data)
{
  CamFieldPicker *rate = CAM_FIELD_PICKER (cam_field_form_find (fixture->form, "rate"));
  GtkWidget *number = cam_field_picker_get_number_row (rate);
  GtkWidget *spin = ui_find_type (number, GTK_TYPE_SPIN_BUTTON);

  g_assert_true (gtk_widget_get_visible (number));
  gtk_editable_set_text (GTK_EDITABLE (spin), "0.5");
  assert_changed (fixture, 1, "rate", "0.5");
  choose (fixture, "rate", 1);
  assert_changed (fixture, 2, "rate", "{\"class_name\":\"Decay\",\"config\":{\"first\":0.001,\"boundaries\":[10]}}");
  g_assert_false (gtk_widget_get_visible (number));
  /* Back to the number it had. */
  choose (fixture, "rate", 0);
  assert_changed (fixture, 3, "rate", "0.5");
  g_assert_true (gtk_widget_get_visible (number));
}

static void
propose_cb (gpointer        user_data,
            const CamField *field,
            const char     *class_name,
            json_t         *config)
{
  g_assert_cmpstr (class_name, ==, "Decay");
  json_object_set_new (config, "first", json_real (0.25));
}

static void
test_propose (Fixture       *fixture,
              gconstpointer  data)
{
  g_signal_connect_swapped (fixture->form, "propose", G_CALLBACK (propose_cb), NULL);
  choose (fixture, "rate", 1);
  assert_changed (fixture, 1, "rate", "{\"class_name\":\"Decay\",\"config\":{\"first\":0.25,\"boundaries\":[10]}}");
}

static void
test_more (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(json_t) given = json_pack ("{s:b, s:i, s:s}", "use_bias", 0, "groups", 3, "limit", "he_normal");
  g_autoptr(json_t) config = cam_fields_complete (fields, given, "test", NULL);
  GtkWidget *last = gtk_widget_get_last_child (fixture->list);

  g_assert_true (ADW_IS_EXPANDER_ROW (last));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (last)), ==, "More settings");
  g_assert_true (gtk_widget_is_ancestor (GTK_WIDGET (cam_field_form_find (fixture->form, "groups")), last));
  g_assert_false (gtk_widget_is_ancestor (GTK_WIDGET (cam_field_form_find (fixture->form, "start")), last));
  /* Seven in the open and a variant, the number with its schedule, “More settings”. */
  g_assert_cmpuint (cam_field_form_show (fixture->form, config), ==, 10);
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (last)), ==, "Limit he_normal · Use bias off · Groups 3");
}

static void
test_other_fields (Fixture       *fixture,
                   gconstpointer  data)
{
  cam_field_form_set_fields (fixture->form, normal_fields);
  g_assert_null (cam_field_form_find (fixture->form, "kernel_size"));
  g_assert_nonnull (cam_field_form_find (fixture->form, "stddev"));
  cam_field_form_set_fields (fixture->form, NULL);
  g_assert_null (gtk_widget_get_first_child (fixture->list));
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/field-form/text", test_text);
  g_test_add ("/field-form/entry", Fixture, NULL, set_up, test_entry, tear_down);
  g_test_add ("/field-form/number-reason", Fixture, NULL, set_up, test_number_reason, tear_down);
  g_test_add ("/field-form/variant", Fixture, NULL, set_up, test_variant, tear_down);
  g_test_add ("/field-form/show", Fixture, NULL, set_up, test_show, tear_down);
  g_test_add ("/field-form/number-or", Fixture, NULL, set_up, test_number_or, tear_down);
  g_test_add ("/field-form/propose", Fixture, NULL, set_up, test_propose, tear_down);
  g_test_add ("/field-form/more", Fixture, NULL, set_up, test_more, tear_down);
  g_test_add ("/field-form/other-fields", Fixture, NULL, set_up, test_other_fields, tear_down);

  return g_test_run ();
}
