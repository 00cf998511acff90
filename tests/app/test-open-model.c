/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models that are opened in the window: with and without data beside them, Keras's own and damaged ones. What cannot be used says why, and changes nothing. */
#include <string.h>

#include "session-test.h"

#include <cam-model-card.h>
#include <cam-one-row.h>
#include <cam-predict-page.h>

#include "cam-settings.h"
#include "cam-window.h"

typedef struct
{
  CamWindow *window;
  char      *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("camadas-model-XXXXXX", NULL);
  fixture->window = cam_window_new (NULL, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_wait (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static gpointer
get_child (Fixture    *fixture,
           const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (fixture->window), CAM_TYPE_WINDOW, name);
}

static gpointer
get_page_child (Fixture    *fixture,
                const char *name)
{
  return gtk_widget_get_template_child (get_child (fixture, "predict"), CAM_TYPE_PREDICT_PAGE, name);
}

static void
open_path (Fixture    *fixture,
           const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  cam_window_open_file (fixture->window, file);
}

static void
open_sample (Fixture    *fixture,
             const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("CAM_SAMPLES"), name, NULL);

  open_path (fixture, path);
  ui_wait (cam_session_get_dataset (cam_window_get_session (fixture->window)) != NULL);
  ui_settle ();
}

static char *
dup_keras_path (const char *name)
{
  return g_build_filename (g_getenv ("CAM_TEST_DATA"), "keras-models", name, NULL);
}

static const char *
get_shell (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (get_child (fixture, "shell"));
}

static const char *
get_page (Fixture *fixture)
{
  return adw_view_stack_get_visible_child_name (get_child (fixture, "pages"));
}

static gboolean
has_model (Fixture *fixture)
{
  return cam_predict_page_get_file_name (get_child (fixture, "predict")) != NULL;
}

static guint
count_tabs (Fixture *fixture)
{
  g_autoptr(GListModel) all = G_LIST_MODEL (adw_view_stack_get_pages (get_child (fixture, "pages")));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(AdwViewStackPage) page = g_list_model_get_item (all, i);

      n += adw_view_stack_page_get_visible (page);
    }
  return n;
}

/* A network of Keras's own, without any data: there is one page, which tells of it and answers a row. */
static void
test_alone (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = dup_keras_path ("mlp_trained_3.15.1.keras");
  const float *outputs;
  guint n = 0;

  g_assert_cmpstr (get_shell (fixture), ==, "welcome");
  open_path (fixture, path);
  ui_wait (has_model (fixture));
  ui_settle ();
  g_assert_cmpstr (get_shell (fixture), ==, "pages");
  g_assert_cmpstr (get_page (fixture), ==, "predict");
  g_assert_cmpuint (count_tabs (fixture), ==, 1);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "mlp_trained_3.15.1.keras – Camadas");
  g_assert_true (gtk_widget_get_visible (get_page_child (fixture, "model_card")));
  outputs = cam_one_row_get_outputs (get_page_child (fixture, "one_row"), &n);
  g_assert_nonnull (outputs);
  g_assert_cmpuint (n, >, 0);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.close-data", NULL);
  ui_settle ();
  g_assert_cmpstr (get_shell (fixture), ==, "welcome");
  g_assert_false (has_model (fixture));
}

/* Beside data that are open: these stay, and the model is told of where it does not fit them. */
static void
test_beside_data (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = dup_keras_path ("cnn_3.15.1.keras");
  CamSession *session = cam_window_get_session (fixture->window);
  CamExperiment *experiment;

  open_sample (fixture, "iris.json");
  experiment = cam_document_get_experiment (cam_session_get_document (session));
  open_path (fixture, path);
  ui_wait (has_model (fixture) && gtk_widget_get_visible (get_page_child (fixture, "model_card")));
  ui_settle ();
  g_assert_cmpstr (get_page (fixture), ==, "predict");
  g_assert_cmpuint (count_tabs (fixture), ==, 5);
  g_assert_true (cam_document_get_experiment (cam_session_get_document (session)) == experiment);
  g_assert_true (cam_one_row_takes_picture (get_page_child (fixture, "one_row")));
}

/* A model of ours, opened where its data are not: it knows the names and the ranges of its columns. */
static void
test_own (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "flowers.keras", NULL);
  g_autofree char *csv = g_build_filename (fixture->folder, "new.csv", NULL);
  CamSession *session = cam_window_get_session (fixture->window);
  g_autoptr(CamModel) model = NULL;
  GtkRange *scale;

  open_sample (fixture, "iris.json");
  session_test_edit (session, "fit/epochs", json_integer (3));
  g_assert_true (cam_session_train (session));
  ui_wait (!session_test_is_busy (session));
  model = cam_session_load_model (session, cam_session_get_current_run (session), NULL);
  g_assert_true (cam_model_save (model, path, NULL));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.close-data", NULL);
  ui_settle ();
  g_assert_cmpstr (get_shell (fixture), ==, "welcome");

  open_path (fixture, path);
  ui_wait (has_model (fixture));
  ui_settle ();
  scale = GTK_RANGE (ui_find_type (get_page_child (fixture, "one_row"), GTK_TYPE_SCALE));
  g_assert_cmpfloat (gtk_adjustment_get_upper (gtk_range_get_adjustment (scale)), ==, 7.9);
  g_assert_true (g_file_set_contents (csv, "petal_width_cm,petal_length_cm,sepal_width_cm,sepal_length_cm\n0.2,1.4,3.5,5.1\n", -1, NULL));
  cam_predict_page_open_csv (get_child (fixture, "predict"), csv);
  ui_wait (cam_predict_page_get_prediction (get_child (fixture, "predict")) != NULL);
  g_assert_null (cam_predict_page_get_prediction (get_child (fixture, "predict"))->problem);
}

static void
drop (GtkWidget  *widget,
      const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  g_value_init (&value, G_TYPE_FILE);
  g_value_set_object (&value, file);
  g_signal_emit_by_name (ui_controller (widget, GTK_TYPE_DROP_TARGET), "drop", &value, 1.0, 1.0, &is_taken);
  g_assert_true (is_taken);
}

/* A model dropped on the window opens; then pictures and tables dropped on its page are for it, and another model takes its place. */
static void
test_drop (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *model = dup_keras_path ("cnn_3.15.1.keras");
  g_autofree char *other = dup_keras_path ("dense_3.15.1.keras");
  g_autofree char *picture = g_test_build_filename (G_TEST_DIST, "fuzz", "small.png", NULL);
  g_autofree char *csv = g_build_filename (fixture->folder, "few.csv", NULL);
  GtkWidget *page = get_child (fixture, "predict");
  guint n = 0;

  drop (GTK_WIDGET (fixture->window), model);
  ui_wait (has_model (fixture));
  ui_settle ();
  g_assert_null (cam_one_row_get_outputs (get_page_child (fixture, "one_row"), &n));
  drop (page, picture);
  ui_wait (cam_one_row_get_outputs (get_page_child (fixture, "one_row"), &n) != NULL);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (g_file_set_contents (csv, "a,b\n1,2\n", -1, NULL));
  drop (page, csv);
  ui_wait (cam_predict_page_get_prediction (CAM_PREDICT_PAGE (page)) != NULL);
  g_assert_nonnull (strstr (cam_predict_page_get_prediction (CAM_PREDICT_PAGE (page))->problem, "64 numbers"));
  drop (page, other);
  ui_wait (g_strcmp0 (cam_predict_page_get_file_name (CAM_PREDICT_PAGE (page)), "dense_3.15.1.keras") == 0);
}

typedef struct
{
  const char *name;
  const char *file;       /* of the test data; NULL: @bytes */
  gssize      length;     /* of the file, so much of it; −1: all */
  const char *bytes;
  const char *ending;
  const char *says;       /* part of the message */
} BadFile;

static const BadFile bad_files[] = {
  { "truncated", "mlp_trained_3.15.1.keras", 3000, NULL, "keras", "cut short or damaged" },
  { "empty", NULL, 0, "", "keras", "is missing in it" },
  { "text", NULL, -1, "hello\n", "keras", "not a .keras file" },
  { "zip-only", NULL, 22, "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "keras", "“config.json” is missing" },
  { "unsupported", "functional_3.15.1.keras", -1, NULL, "keras", "layer “join” (Concatenate) is not supported" },
  { "hdf5-unsupported", "functional_keras2_style.h5", -1, NULL, "h5", "layer “" },
  { "hdf5-weights-alone", "mlp_weights_3.15.1.weights.h5", -1, NULL, "h5", "weights" },
  { "hdf5-truncated", "mlp_legacy_3.15.1.h5", 4000, NULL, "h5", "" },
};

static void
test_bad (Fixture       *fixture,
          gconstpointer  data)
{
  const BadFile *given = data;
  g_autofree char *name = g_strconcat ("bad.", given->ending, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *good = dup_keras_path ("dense_3.15.1.keras");
  g_autofree char *bytes = NULL;
  const char *detail;
  gsize length;

  if (given->file != NULL)
    {
      g_autofree char *source = dup_keras_path (given->file);

      g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
      length = given->length >= 0 ? (gsize) given->length : length;
    }
  else
    {
      length = given->length >= 0 ? (gsize) given->length : strlen (given->bytes);
      bytes = g_memdup2 (given->bytes, length + 1);
    }
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));

  open_path (fixture, good);
  ui_wait (has_model (fixture));
  open_path (fixture, path);
  ui_wait (gtk_revealer_get_reveal_child (get_child (fixture, "failure_bar")));
  detail = gtk_label_get_text (get_child (fixture, "failure_detail"));
  g_test_message ("%s", detail);
  g_assert_cmpstr (gtk_label_get_text (get_child (fixture, "failure_title")), ==, "The model could not be opened");
  g_assert_true (g_str_has_prefix (detail, "bad."));
  g_assert_nonnull (strstr (detail, given->says));
  /* What was there still is. */
  g_assert_cmpstr (cam_predict_page_get_file_name (get_child (fixture, "predict")), ==, "dense_3.15.1.keras");
}

/* Every network of the collection opens, or says which of its layers does not. */
static void
test_collection (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *folder = dup_keras_path ("");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = dup_keras_path (name);
      GtkRevealer *bar = get_child (fixture, "failure_bar");

      if (!g_str_has_suffix (name, ".keras") && !g_str_has_suffix (name, ".h5"))
        continue;
      open_path (fixture, path);
      ui_wait (g_strcmp0 (cam_predict_page_get_file_name (get_child (fixture, "predict")), name) == 0 || gtk_revealer_get_reveal_child (bar));
      ui_settle ();
      if (gtk_revealer_get_reveal_child (bar))
        {
          g_assert_true (g_str_has_prefix (name, "functional") || strstr (name, "weights") != NULL);
          cam_window_show_failure (fixture->window, NULL, NULL);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  session_test_init (&argc, &argv);
  g_test_add ("/app/open-model/alone", Fixture, NULL, set_up, test_alone, tear_down);
  g_test_add ("/app/open-model/beside-data", Fixture, NULL, set_up, test_beside_data, tear_down);
  g_test_add ("/app/open-model/own", Fixture, NULL, set_up, test_own, tear_down);
  g_test_add ("/app/open-model/drop", Fixture, NULL, set_up, test_drop, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (bad_files); i++)
    {
      g_autofree char *path = g_strconcat ("/app/open-model/bad/", bad_files[i].name, NULL);

      g_test_add (path, Fixture, &bad_files[i], set_up, test_bad, tear_down);
    }
  g_test_add ("/app/open-model/collection", Fixture, NULL, set_up, test_collection, tear_down);
  status = g_test_run ();
  session_test_clear ();
  return status;
}
