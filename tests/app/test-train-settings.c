/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Training settings: each row edits the document in a named step, and follows undo. */
#include <cam-field-picker.h>
#include <cam-field-row.h>
#include <cam-metric-menu.h>
#include <cam-train-edit.h>
#include <cam-train-settings.h>

#include "session-test.h"

typedef struct
{
  CamSession  *session;
  CamDocument *document;
  GtkWidget   *window;
  GtkWidget   *settings;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = session_test_open ("breast-cancer.json");
  fixture->document = cam_session_get_document (fixture->session);
  fixture->settings = cam_train_settings_new (fixture->session);
  fixture->window = session_test_show (fixture->settings, 276, 900);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_ref (fixture->settings);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_finalize_object (fixture->settings);
  g_assert_finalize_object (fixture->session);
}

static gpointer
get_child (Fixture    *fixture,
           const char *name)
{
  return gtk_widget_get_template_child (fixture->settings, CAM_TYPE_TRAIN_SETTINGS, name);
}

static GtkWidget *
find_editor (GtkWidget  *widget,
             const char *key)
{
  GtkWidget *found = CAM_IS_FIELD_EDITOR (widget) && g_str_equal (cam_field_editor_get_field (CAM_FIELD_EDITOR (widget))->key, key) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_editor (child, key);
  return found;
}

static GtkWidget *
find_picker (GtkWidget *settings)
{
  return ui_find_type (settings, CAM_TYPE_FIELD_PICKER);
}

static CamFieldRow *
find_row (GtkWidget  *widget,
          const char *key)
{
  CamFieldRow *found = CAM_IS_FIELD_ROW (widget) && g_str_equal (cam_field_editor_get_field (CAM_FIELD_EDITOR (widget))->key, key) ? CAM_FIELD_ROW (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_row (child, key);
  return found;
}

static void
type_number (Fixture    *fixture,
             const char *key,
             const char *text)
{
  CamFieldRow *row = find_row (fixture->settings, key);
  GtkWidget *spin;

  g_assert_nonnull (row);
  spin = ui_find_type (GTK_WIDGET (row), GTK_TYPE_SPIN_BUTTON);
  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
}

static double
get_number (Fixture    *fixture,
            const char *key)
{
  g_autoptr(json_t) value = cam_field_editor_dup_value (CAM_FIELD_EDITOR (find_row (fixture->settings, key)));

  return json_number_value (value);
}

static double
peek_number (Fixture    *fixture,
             const char *path)
{
  return json_number_value (cam_experiment_peek (cam_document_get_experiment (fixture->document), path));
}

/* Key of the row, what is typed, path in the document, value there, name of the step. */
static const struct { const char *key, *text, *path; double value; const char *step; } numbers[] = {
  { "learning_rate", "5e-3", "optimizer/config/learning_rate", 0.005, "Change learning rate" },
  { "beta_1", "0.8", "optimizer/config/beta_1", 0.8, "Change β₁" },
  { "batch_size", "64", "fit/batch_size", 64, "Change batch size" },
  { "epochs", "12", "fit/epochs", 12, "Change epochs" },
  { "seed", "7", "fit/seed", 7, "Change seed" },
  { "patience", "3", "callbacks/0/config/patience", 3, "Change patience" },
  { "min_delta", "0.5", "callbacks/0/config/min_delta", 0.5, "Change smallest gain" },
};

static void
test_numbers (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      double before = get_number (fixture, numbers[i].key);

      g_test_message ("%s", numbers[i].key);
      type_number (fixture, numbers[i].key, numbers[i].text);
      g_assert_cmpfloat (peek_number (fixture, numbers[i].path), ==, numbers[i].value);
      g_assert_cmpstr (cam_document_get_undo_name (fixture->document), ==, numbers[i].step);
      g_assert_true (cam_document_undo (fixture->document));
      g_assert_cmpfloat (get_number (fixture, numbers[i].key), ==, before);
      g_assert_true (cam_document_redo (fixture->document));
      g_assert_cmpfloat (get_number (fixture, numbers[i].key), ==, numbers[i].value);
    }
}

static const char *
get_optimizer (Fixture *fixture)
{
  return cam_train_peek_kind (cam_document_get_experiment (fixture->document), CAM_KIND_OPTIMIZER, NULL)->class_name;
}

/* Place of a kind in its list: what a combo row selects. */
static guint
find_place (CamKindOf   of,
            const char *class_name)
{
  const CamKind *const *list = cam_kind_list (of);

  for (guint i = 0; list[i] != NULL; i++)
    if (g_str_equal (list[i]->class_name, class_name))
      return i;
  g_error ("no %s", class_name);
}

static void
test_kinds (Fixture       *fixture,
            gconstpointer  data)
{
  AdwComboRow *optimizer = get_child (fixture, "optimizer_row");
  AdwComboRow *loss = get_child (fixture, "loss_row");
  g_autofree char *first_step = g_strdup (cam_document_get_undo_name (fixture->document));

  g_assert_nonnull (find_row (fixture->settings, "beta_1"));
  adw_combo_row_set_selected (optimizer, find_place (CAM_KIND_OPTIMIZER, "SGD"));
  g_assert_cmpstr (get_optimizer (fixture), ==, "SGD");
  g_assert_cmpstr (cam_document_get_undo_name (fixture->document), ==, "Change optimizer");
  g_assert_null (find_row (fixture->settings, "beta_1"));
  g_assert_nonnull (find_row (fixture->settings, "momentum"));
  g_assert_cmpfloat (get_number (fixture, "learning_rate"), ==, 0.01);

  g_assert_true (cam_document_undo (fixture->document));
  g_assert_cmpstr (get_optimizer (fixture), ==, "Adam");
  g_assert_cmpuint (adw_combo_row_get_selected (optimizer), ==, find_place (CAM_KIND_OPTIMIZER, "Adam"));
  g_assert_cmpfloat (get_number (fixture, "learning_rate"), ==, 0.002);

  adw_combo_row_set_selected (loss, find_place (CAM_KIND_LOSS, "MeanSquaredError"));
  g_assert_cmpstr (cam_train_peek_kind (cam_document_get_experiment (fixture->document), CAM_KIND_LOSS, NULL)->name, ==, "mean_squared_error");
  g_assert_true (cam_document_undo (fixture->document));
  g_assert_cmpuint (adw_combo_row_get_selected (loss), ==, find_place (CAM_KIND_LOSS, "BinaryCrossentropy"));
  g_assert_cmpstr (cam_document_get_undo_name (fixture->document), ==, first_step);
}

/* Each stands in a group: a new one must be put somewhere. */
static void
test_metric_groups (void)
{
  const CamKind *const *list = cam_kind_list (CAM_KIND_METRIC);

  for (guint i = 0; list[i] != NULL; i++)
    if (cam_metric_group_title (list[i]) == NULL)
      g_error ("The metric “%s” is in no group", list[i]->name);
}

static void
test_metrics (Fixture       *fixture,
              gconstpointer  data)
{
  GtkLabel *label = get_child (fixture, "metrics_label");
  const CamKind *mae = cam_kind_find (CAM_KIND_METRIC, "mean_absolute_error");
  const CamKind *accuracy = cam_kind_find (CAM_KIND_METRIC, "accuracy");

  g_assert_cmpstr (gtk_label_get_label (label), ==, "accuracy");
  g_assert_true (cam_train_set_metric (fixture->session, mae, TRUE));
  g_assert_false (cam_train_set_metric (fixture->session, mae, TRUE));
  g_assert_cmpstr (gtk_label_get_label (label), ==, "accuracy, mean_absolute_error");
  g_assert_true (cam_train_set_metric (fixture->session, accuracy, FALSE));
  g_assert_cmpstr (cam_document_get_undo_name (fixture->document), ==, "Remove accuracy");
  g_assert_true (cam_train_set_metric (fixture->session, mae, FALSE));
  g_assert_cmpstr (gtk_label_get_label (label), ==, "none");
  for (guint i = 0; i < 3; i++)
    g_assert_true (cam_document_undo (fixture->document));
  g_assert_cmpstr (gtk_label_get_label (label), ==, "accuracy");
}

static void
test_early_stopping (Fixture       *fixture,
                     gconstpointer  data)
{
  GtkSwitch *toggle = get_child (fixture, "early_switch");

  g_assert_true (gtk_switch_get_active (toggle));
  g_assert_nonnull (find_row (fixture->settings, "patience"));
  gtk_switch_set_active (toggle, FALSE);
  g_assert_cmpuint (json_array_size (cam_experiment_get_callbacks (cam_document_get_experiment (fixture->document))), ==, 0);
  g_assert_null (find_row (fixture->settings, "patience"));

  /* Switched on again it is as it was. */
  gtk_switch_set_active (toggle, TRUE);
  g_assert_nonnull (find_row (fixture->settings, "patience"));
  g_assert_cmpfloat (peek_number (fixture, "callbacks/0/config/patience"), ==, 15);
  g_assert_true (json_is_true (cam_experiment_peek (cam_document_get_experiment (fixture->document), "callbacks/0/config/restore_best_weights")));

  g_assert_true (cam_document_undo (fixture->document));
  g_assert_false (gtk_switch_get_active (toggle));
  g_assert_true (cam_document_undo (fixture->document));
  g_assert_true (gtk_switch_get_active (toggle));
}

static void
assert_rate (Fixture    *fixture,
             const char *json)
{
  g_autofree char *text = json_dumps (cam_experiment_peek (cam_document_get_experiment (fixture->document), "optimizer/config/learning_rate"),
                                      JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION (6));

  g_assert_cmpstr (text, ==, json);
}

static void
type_list (Fixture    *fixture,
           const char *key,
           const char *text)
{
  GtkWidget *entry = ui_find_type (find_editor (fixture->settings, key), GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

/* A schedule begins at the rate there was and suits the run: 13 batches in each of 100 epochs. */
static void
test_schedule (Fixture       *fixture,
               gconstpointer  data)
{
  CamFieldPicker *picker = CAM_FIELD_PICKER (find_picker (fixture->settings));
  GtkWidget *number = cam_field_picker_get_number_row (picker);
  GtkDropDown *schedules = GTK_DROP_DOWN (ui_find_type (GTK_WIDGET (picker), GTK_TYPE_DROP_DOWN));

  g_assert_cmpfloat (cam_train_count_steps (fixture->session), ==, 1300);
  assert_rate (fixture, "0.002");
  gtk_drop_down_set_selected (schedules, 1);
  assert_rate (fixture, "{\"class_name\":\"ExponentialDecay\",\"config\":{\"initial_learning_rate\":0.002,\"decay_steps\":130,\"decay_rate\":0.96,\"staircase\":false}}");
  g_assert_cmpstr (cam_document_get_undo_name (fixture->document), ==, "Change learning rate");
  g_assert_false (gtk_widget_get_visible (number));
  type_number (fixture, "decay_rate", "0.5");
  assert_rate (fixture, "{\"class_name\":\"ExponentialDecay\",\"config\":{\"initial_learning_rate\":0.002,\"decay_steps\":130,\"decay_rate\":0.5,\"staircase\":false}}");

  g_assert_true (cam_document_undo (fixture->document));
  assert_rate (fixture, "0.002");
  g_assert_cmpuint (gtk_drop_down_get_selected (schedules), ==, 0);
  g_assert_true (gtk_widget_get_visible (number));
  g_assert_true (cam_document_redo (fixture->document));
  g_assert_cmpuint (gtk_drop_down_get_selected (schedules), ==, 1);
  g_assert_cmpfloat (get_number (fixture, "decay_rate"), ==, 0.5);
}

/* Boundaries and rates follow each other: each is edited alone, and the document stays valid. */
static void
test_stretches (Fixture       *fixture,
                gconstpointer  data)
{
  GtkDropDown *schedules = GTK_DROP_DOWN (ui_find_type (find_picker (fixture->settings), GTK_TYPE_DROP_DOWN));

  gtk_drop_down_set_selected (schedules, 6);
  assert_rate (fixture, "{\"class_name\":\"PiecewiseConstantDecay\",\"config\":{\"boundaries\":[650],\"values\":[0.002,0.0002]}}");
  type_list (fixture, "boundaries", "100, 200");
  assert_rate (fixture, "{\"class_name\":\"PiecewiseConstantDecay\",\"config\":{\"boundaries\":[100,200],\"values\":[0.002,0.0002,2e-5]}}");
  type_list (fixture, "values", "0.1, 0.01, 0.001, 0.0001");
  assert_rate (fixture, "{\"class_name\":\"PiecewiseConstantDecay\",\"config\":{\"boundaries\":[100,200,300],\"values\":[0.1,0.01,0.001,0.0001]}}");
  type_list (fixture, "boundaries", "50");
  assert_rate (fixture, "{\"class_name\":\"PiecewiseConstantDecay\",\"config\":{\"boundaries\":[50],\"values\":[0.1,0.01]}}");
}

/* Boundaries that fall are refused, and the row shows again what holds. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (ui_find_type (find_picker (fixture->settings), GTK_TYPE_DROP_DOWN)), 6);
  type_list (fixture, "boundaries", "200, 100");
  assert_rate (fixture, "{\"class_name\":\"PiecewiseConstantDecay\",\"config\":{\"boundaries\":[650],\"values\":[0.002,0.0002]}}");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (ui_find_type (find_editor (fixture->settings, "boundaries"), GTK_TYPE_ENTRY))), ==, "650");
}

/* Other callbacks are left as they are. */
static void
test_other_callbacks (Fixture       *fixture,
                      gconstpointer  data)
{
  GtkSwitch *toggle = get_child (fixture, "early_switch");

  session_test_edit (fixture->session, "callbacks", json_pack ("[{s:s}, {s:s, s:{s:i}}]", "class_name", "TerminateOnNaN", "class_name", "EarlyStopping", "config", "patience", 4));
  g_assert_cmpfloat (get_number (fixture, "patience"), ==, 4);
  gtk_switch_set_active (toggle, FALSE);
  g_assert_cmpuint (json_array_size (cam_experiment_get_callbacks (cam_document_get_experiment (fixture->document))), ==, 1);
  gtk_switch_set_active (toggle, TRUE);
  g_assert_cmpuint (json_array_size (cam_experiment_get_callbacks (cam_document_get_experiment (fixture->document))), ==, 2);
  g_assert_cmpfloat (get_number (fixture, "patience"), ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  session_test_init (&argc, &argv);
  g_test_add ("/app/train-settings/numbers", Fixture, NULL, set_up, test_numbers, tear_down);
  g_test_add ("/app/train-settings/kinds", Fixture, NULL, set_up, test_kinds, tear_down);
  g_test_add_func ("/app/train-settings/metric-groups", test_metric_groups);
  g_test_add ("/app/train-settings/metrics", Fixture, NULL, set_up, test_metrics, tear_down);
  g_test_add ("/app/train-settings/early-stopping", Fixture, NULL, set_up, test_early_stopping, tear_down);
  g_test_add ("/app/train-settings/schedule", Fixture, NULL, set_up, test_schedule, tear_down);
  g_test_add ("/app/train-settings/stretches", Fixture, NULL, set_up, test_stretches, tear_down);
  g_test_add ("/app/train-settings/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/app/train-settings/other-callbacks", Fixture, NULL, set_up, test_other_callbacks, tear_down);
  result = g_test_run ();
  session_test_clear ();
  return result;
}
