/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Predict page with real runs: what it opens with, files that fit and that do not, models from files, one row by hand, saving. */
#include <string.h>

#include <cam-csv.h>
#include <cam-one-row.h>
#include <cam-predict-banner.h>
#include <cam-predict-page.h>
#include <cam-predict-words.h>
#include <cam-prediction-filter.h>
#include <cam-prediction-table.h>

#include "session-test.h"

typedef struct
{
  CamSession *session;
  GtkWidget  *window;
  GtkWidget  *page;
  char       *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = session_test_open (data != NULL ? data : "iris.json");
  fixture->page = g_object_new (CAM_TYPE_PREDICT_PAGE, "session", fixture->session, NULL);
  fixture->window = session_test_show (fixture->page, 1400, 900);
  fixture->folder = g_dir_make_tmp ("camadas-predict-XXXXXX", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_object_ref (fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_finalize_object (fixture->page);
  g_assert_finalize_object (fixture->session);
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
  return gtk_widget_get_template_child (fixture->page, CAM_TYPE_PREDICT_PAGE, name);
}

static gpointer
get_banner_child (Fixture    *fixture,
                  const char *name)
{
  return gtk_widget_get_template_child (get_child (fixture, "banner"), CAM_TYPE_PREDICT_BANNER, name);
}

static const char *
get_text (Fixture    *fixture,
          const char *name)
{
  return gtk_label_get_text (get_child (fixture, name));
}

static const char *
get_banner_text (Fixture    *fixture,
                 const char *name)
{
  return gtk_label_get_text (get_banner_child (fixture, name));
}

static gboolean
is_busy (Fixture *fixture)
{
  gboolean busy;

  g_object_get (fixture->page, "busy", &busy, NULL);
  return busy;
}

static CamPrediction *
get_prediction (Fixture *fixture)
{
  return cam_predict_page_get_prediction (CAM_PREDICT_PAGE (fixture->page));
}

static void
train (Fixture *fixture,
       guint    epochs)
{
  session_test_edit (fixture->session, "fit/epochs", json_integer (epochs));
  g_assert_true (cam_session_train (fixture->session));
  ui_wait (!session_test_is_busy (fixture->session));
  ui_wait (get_prediction (fixture) != NULL && !is_busy (fixture));
}

static char *
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
open_csv (Fixture    *fixture,
          const char *path)
{
  cam_predict_page_open_csv (CAM_PREDICT_PAGE (fixture->page), path);
  ui_wait (!is_busy (fixture));
}

#define IRIS_HEAD "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm"

static gsize
count_test_rows (Fixture *fixture)
{
  return cam_dataset_get_n_rows (cam_session_get_dataset (fixture->session), CAM_PART_TEST);
}

/* One click after training the page answers the rows the run has not seen, and says how right it is. */
static void
test_opens_with_test_part (Fixture       *fixture,
                           gconstpointer  data)
{
  CamPrediction *prediction;
  g_autofree char *claim = NULL;

  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_child (fixture, "stack")), ==, "empty");
  train (fixture, 20);
  prediction = get_prediction (fixture);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_child (fixture, "stack")), ==, "page");
  g_assert_null (prediction->problem);
  g_assert_cmpint (prediction->part, ==, CAM_PART_TEST);
  g_assert_cmpuint (prediction->answers->n_rows, ==, count_test_rows (fixture));
  g_assert_cmpuint (prediction->truth->n_known, ==, count_test_rows (fixture));
  g_assert_cmpstr (get_text (fixture, "title"), ==, "Test part of iris.csv");
  claim = g_strdup_printf ("Right in %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " rows. ", prediction->truth->n_known - prediction->truth->n_wrong, prediction->truth->n_known);
  g_assert_cmpstr (get_banner_text (fixture, "claim"), ==, claim);
  g_assert_true (gtk_widget_get_visible (get_banner_child (fixture, "score_box")));
}

/* The score on the page is the one that the run's own report gives. */
static void
test_score_is_the_reports (Fixture       *fixture,
                           gconstpointer  data)
{
  const json_t *scores;

  train (fixture, 15);
  scores = json_object_get (json_object_get (cam_runner_get_report (cam_session_get_runner (fixture->session)), "scores"), "test");
  g_assert_cmpfloat_with_epsilon (get_prediction (fixture)->truth->accuracy, json_number_value (json_object_get (scores, "accuracy")), 1e-6);
}

/* Another split in the document does not make rows of the run's training into test rows. */
static void
test_keeps_the_runs_split (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  train (fixture, 5);
  before = cam_table_dup_text (get_prediction (fixture)->table, 0, 0);
  session_test_edit (fixture->session, "split/method", json_string ("ordered"));
  g_assert_cmpuint (cam_dataset_get_rows (cam_session_get_dataset (fixture->session), CAM_PART_TEST)[0], >, 100);
  gtk_widget_activate_action (fixture->page, "predict.all", NULL);
  ui_wait (!is_busy (fixture));
  g_assert_cmpuint (get_prediction (fixture)->answers->n_rows, ==, 150);
  g_assert_cmpstr (get_text (fixture, "title"), ==, "All rows of iris.csv");
  gtk_widget_activate_action (fixture->page, "predict.test", NULL);
  ui_wait (!is_busy (fixture));
  after = cam_table_dup_text (get_prediction (fixture)->table, 0, 0);
  g_assert_cmpstr (before, ==, after);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *claim;
  const char *detail;     /* NULL: none */
  gboolean    has_answers;
  gboolean    has_score;
} FileCase;

static const FileCase file_cases[] = {
  { "fits", IRIS_HEAD "\n5.1,3.5,1.4,0.2\n6.2,2.9,4.3,1.3\n", "new.csv fits the model. 2 rows; 4 of 4 columns found, prepared as in training.", NULL, TRUE, FALSE },
  { "other-order", "petal_width_cm;petal_length_cm;sepal_width_cm;sepal_length_cm;note\n0,2;1,4;3,5;5,1;a\n1,3;4,3;2,9;6,2;b\n",
    "new.csv fits the model. 2 rows; 4 of 4 columns found, prepared as in training.",
    "Its columns are in another order: they are taken by their names. 1 column is left aside: “note”.\nIt was read as semicolon, UTF-8, decimal comma.", TRUE, FALSE },
  { "with-target", IRIS_HEAD ",species\n5.1,3.5,1.4,0.2,setosa\n6.2,2.9,4.3,1.3,versicolor\n",
    "new.csv fits the model. 2 rows; 4 of 4 columns found, prepared as in training.", NULL, TRUE, TRUE },
  { "gap", IRIS_HEAD "\n5.1,3.5,1.4,0.2\n6.2,,4.3,1.3\n6.0,3,4,1\n", "new.csv fits the model. 3 rows; 4 of 4 columns found, prepared as in training.",
    "1 row has no value in “sepal_width_cm” that can be used: it gets no answer.", TRUE, FALSE },
  { "one-missing", "sepal_length_cm,sepal_width_cm,petal_length_cm\n5.1,3.5,1.4\n", "new.csv does not fit the model. ",
    "It has no column “petal_width_cm”, which the model was trained on.", FALSE, FALSE },
  { "all-missing", "a,b\n1,2\n", "new.csv does not fit the model. ",
    "It does not have the columns “sepal_length_cm”, “sepal_width_cm”, “petal_length_cm” and 1 more, which the model was trained on.", FALSE, FALSE },
  { "renamed", "Sepal length (cm),sepal_width_cm,petal_length_cm,petal_width\n5.1,3.5,1.4,0.2\n", "new.csv does not fit the model. ",
    "It does not have the columns “sepal_length_cm”, “petal_width_cm”, which the model was trained on.\n"
    "Its column “Sepal length (cm)” may be what is called “sepal_length_cm”.\nIts column “petal_width” may be what is called “petal_width_cm”.", FALSE, FALSE },
  { "outside", IRIS_HEAD "\n5.1,3.5,1.4,0.2\n-3,2.9,4.3,99\n60,2.9,4.3,98\n", "new.csv fits the model. 3 rows; 4 of 4 columns found, prepared as in training.",
    "2 rows have “sepal_length_cm” outside of its range in training, 4.4 … 7.9 (down to -3, up to 60): their answers are extrapolated.\n"
    "2 rows have “petal_width_cm” outside of its range in training, 0.1 … 2.5 (up to 99): their answers are extrapolated.", TRUE, FALSE },
  { "wrong-kind", IRIS_HEAD "\n5.1,wide,1.4,0.2\n6.2,narrow,4.3,1.3\n5,3,4,1\n", "new.csv fits the model. 3 rows; 4 of 4 columns found, prepared as in training.",
    "2 rows have words in “sepal_width_cm” where a number is needed (“wide” first): they get no answer.", TRUE, FALSE },
};

/* Of penguins, where a level never seen counts as none, and a gap is filled in. \xe9 is é in Latin-1. */
#define PENGUIN_HEAD "island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex"
static const FileCase penguin_cases[] = {
  { "latin-1", PENGUIN_HEAD ",rep\xe9re\nBiscoe,40,18,190,4000,male,p\xf4le\nDream,41,18,191,4100,female,\xeele\n", "new.csv fits the model. 2 rows; 6 of 6 columns found, prepared as in training.",
    "1 column is left aside: “repére”.\nIt was read as comma, Windows-1252, decimal point.", TRUE, FALSE },
  { "unseen", PENGUIN_HEAD "\nBiscoe,40,18,190,4000,male\nBouvet,41,18,191,4100,female\nPeter,41,18,191,4100,female\n", "new.csv fits the model. 3 rows; 6 of 6 columns found, prepared as in training.",
    "2 rows have a value in “island” never seen in training (“Bouvet” first): it counts as none of those known.", TRUE, FALSE },
  { "filled", PENGUIN_HEAD "\nBiscoe,,18,190,4000,male\nBiscoe,41,18,191,4100,\n", "new.csv fits the model. 2 rows; 6 of 6 columns found, prepared as in training.",
    "1 row has no value in “bill_length_mm”: it is filled in as in training.\n1 row has no value in “sex”: it is filled in as in training.", TRUE, FALSE },
  { "other-columns", "day,price,volume\n1,2,3\n2,3,4\n", "new.csv does not fit the model. ",
    "It does not have the columns “island”, “bill_length_mm”, “bill_depth_mm” and 3 more, which the model was trained on.", FALSE, FALSE },
};

static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  const FileCase *given = data;
  g_autofree char *path = write_file (fixture, "new.csv", given->text);
  CamPrediction *prediction;

  train (fixture, 10);
  open_csv (fixture, path);
  prediction = get_prediction (fixture);
  g_assert_cmpstr (get_text (fixture, "title"), ==, "new.csv");
  g_assert_cmpstr (get_banner_text (fixture, "claim"), ==, given->claim);
  g_assert_cmpstr (get_banner_text (fixture, "detail"), ==, given->detail != NULL ? given->detail : "");
  g_assert_true ((prediction->answers != NULL) == given->has_answers);
  g_assert_true (gtk_widget_get_visible (get_banner_child (fixture, "score_box")) == given->has_score);
}

static void
set_up_iris (Fixture       *fixture,
             gconstpointer  data)
{
  set_up (fixture, NULL);
}

static void
set_up_penguins (Fixture       *fixture,
                 gconstpointer  data)
{
  set_up (fixture, "penguins.json");
}

/* One click takes the columns for what they are likely to be; the answers are those of the right names. */
static void
test_rename (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *wrong = write_file (fixture, "wrong.csv", "Sepal length (cm),sepal_width_cm,petal_length_cm,petal_width\n5.1,3.5,1.4,0.2\n6.2,2.9,4.3,1.3\n");
  g_autofree char *right = write_file (fixture, "right.csv", IRIS_HEAD "\n5.1,3.5,1.4,0.2\n6.2,2.9,4.3,1.3\n");
  float wanted[6];

  train (fixture, 5);
  open_csv (fixture, right);
  memcpy (wanted, get_prediction (fixture)->answers->outputs, sizeof wanted);
  open_csv (fixture, wrong);
  g_assert_null (get_prediction (fixture)->answers);
  g_assert_true (gtk_widget_get_visible (get_banner_child (fixture, "rename_button")));
  gtk_widget_activate_action (fixture->page, "predict.rename", NULL);
  ui_wait (!is_busy (fixture));
  g_assert_cmpstr (get_banner_text (fixture, "claim"), ==, "wrong.csv fits the model. 2 rows; 4 of 4 columns found, prepared as in training.");
  g_assert_cmpstr (get_banner_text (fixture, "detail"), ==, "“Sepal length (cm)” was taken for “sepal_length_cm”. “petal_width” was taken for “petal_width_cm”.");
  g_assert_cmpmem (get_prediction (fixture)->answers->outputs, sizeof wanted, wanted, sizeof wanted);
}

static gpointer
get_filter_child (Fixture    *fixture,
                  const char *name)
{
  GtkWidget *filter = GTK_WIDGET (gtk_widget_get_template_child (get_child (fixture, "table"), CAM_TYPE_PREDICTION_TABLE, "filter"));

  return gtk_widget_get_template_child (filter, CAM_TYPE_PREDICTION_FILTER, name);
}

static gsize
count_shown (Fixture *fixture)
{
  gsize n;

  cam_prediction_table_get_rows (get_child (fixture, "table"), &n);
  return n;
}

/* Filters leave what they say, sorting puts it in order, and what is shown can be saved. */
static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "shown.csv", NULL);
  CamPrediction *prediction;
  GtkColumnView *view;
  const gsize *rows;
  gsize n, n_wrong = 0, n_second = 0;
  g_autoptr(CamCsvResult) result = NULL;
  g_autoptr(GtkColumnViewColumn) column = NULL;

  train (fixture, 8);
  gtk_widget_activate_action (fixture->page, "predict.all", NULL);
  ui_wait (!is_busy (fixture));
  prediction = get_prediction (fixture);
  for (gsize row = 0; row < 150; row++)
    {
      n_wrong += prediction->answers->classes[row] != prediction->truth->classes[row];
      n_second += prediction->answers->classes[row] == 1;
    }
  g_assert_cmpuint (count_shown (fixture), ==, 150);
  gtk_toggle_button_set_active (get_filter_child (fixture, "wrong"), TRUE);
  g_assert_cmpuint (count_shown (fixture), ==, n_wrong);
  gtk_widget_activate_action (get_filter_child (fixture, "text"), "filter.clear", NULL);
  g_assert_cmpuint (count_shown (fixture), ==, 150);
  gtk_drop_down_set_selected (get_filter_child (fixture, "classes"), 2);
  g_assert_cmpuint (count_shown (fixture), ==, n_second);
  gtk_editable_set_text (get_filter_child (fixture, "low"), "0.99999");
  g_assert_cmpuint (count_shown (fixture), <, MAX (n_second, 1));
  gtk_editable_set_text (get_filter_child (fixture, "low"), "0");

  view = GTK_COLUMN_VIEW (gtk_widget_get_template_child (get_child (fixture, "table"), CAM_TYPE_PREDICTION_TABLE, "view"));
  column = g_list_model_get_item (gtk_column_view_get_columns (view), 1);
  g_assert_cmpstr (gtk_column_view_column_get_title (column), ==, "sepal_length_cm");
  gtk_column_view_sort_by_column (view, column, GTK_SORT_DESCENDING);
  rows = cam_prediction_table_get_rows (get_child (fixture, "table"), &n);
  g_assert_cmpuint (n, ==, n_second);
  for (gsize i = 1; i < n; i++)
    g_assert_cmpfloat (cam_table_get_number (prediction->table, 0, rows[i - 1]), >=, cam_table_get_number (prediction->table, 0, rows[i]));

  cam_predict_page_save_shown (CAM_PREDICT_PAGE (fixture->page), path);
  ui_wait (g_file_test (path, G_FILE_TEST_EXISTS));
  ui_settle ();
  result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (cam_table_get_n_rows (result->table), ==, n_second);
  g_assert_cmpfloat (cam_table_get_number (result->table, 0, 0), ==, cam_table_get_number (prediction->table, 0, rows[0]));
}

/* The rows of a finding, one click away. */
static void
test_finding (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "new.csv", IRIS_HEAD "\n5.1,3.5,1.4,0.2\n-3,2.9,4.3,1\n5,2.9,4.3,1\n60,2.9,4.3,1\n");
  const gsize *rows;
  gsize n;

  train (fixture, 3);
  open_csv (fixture, path);
  gtk_widget_activate_action (fixture->page, "predict.show-finding", "u", 0);
  rows = cam_prediction_table_get_rows (get_child (fixture, "table"), &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (rows[0], ==, 1);
  g_assert_cmpuint (rows[1], ==, 3);
}

static void
test_unreadable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "new.csv", "");
  CamPrediction *before;

  train (fixture, 3);
  before = get_prediction (fixture);
  open_csv (fixture, path);
  g_assert_cmpstr (get_banner_text (fixture, "claim"), ==, "new.csv could not be used. ");
  g_assert_true (gtk_widget_has_css_class (get_banner_child (fixture, "banner"), "error"));
  g_assert_true (get_prediction (fixture) == before);
}

/* A job that was cancelled, or whose place another took, changes nothing when it ends. */
static void
test_late_reply (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *first = write_file (fixture, "first.csv", IRIS_HEAD "\n5.1,3.5,1.4,0.2\n");
  g_autofree char *second = write_file (fixture, "second.csv", IRIS_HEAD "\n5.1,3.5,1.4,0.2\n1,1,1,1\n");

  train (fixture, 3);
  cam_predict_page_open_csv (CAM_PREDICT_PAGE (fixture->page), first);
  open_csv (fixture, second);
  ui_settle ();
  g_assert_cmpstr (get_text (fixture, "title"), ==, "second.csv");

  cam_predict_page_open_csv (CAM_PREDICT_PAGE (fixture->page), first);
  gtk_widget_activate_action (fixture->page, "predict.cancel", NULL);
  g_assert_false (is_busy (fixture));
  for (guint i = 0; i < 50; i++)
    {
      g_usleep (1000);
      ui_settle ();
    }
  g_assert_cmpstr (get_text (fixture, "title"), ==, "second.csv");
  g_assert_cmpuint (get_prediction (fixture)->answers->n_rows, ==, 2);
}

/* The best run answers, until the user says otherwise. */
static CamRunItem *
get_asked (Fixture *fixture)
{
  g_autoptr(CamModelChoice) choice = NULL;

  g_object_get (fixture->page, "choice", &choice, NULL);
  return cam_model_choice_get_run (choice);      /* the session's list keeps it */
}

static void
test_best_run (Fixture       *fixture,
               gconstpointer  data)
{
  CamRunItem *good, *poor;

  train (fixture, 30);
  good = cam_session_get_current_run (fixture->session);
  train (fixture, 1);
  poor = cam_session_get_current_run (fixture->session);
  g_assert_true (poor != good);
  g_assert_true (get_asked (fixture) == good);
  gtk_drop_down_set_selected (get_child (fixture, "model_choice"), 0);
  ui_wait (!is_busy (fixture));
  g_assert_true (get_asked (fixture) == poor);
  g_assert_true (cam_model_choice_get_run (get_prediction (fixture)->choice) == poor);
  train (fixture, 40);
  g_assert_true (get_asked (fixture) == poor);
  g_assert_true (cam_session_delete_run (fixture->session, poor));
  ui_wait (!is_busy (fixture));
  g_assert_true (get_asked (fixture) != poor);
}

/* A model that was saved gives the same answers to the last bit. */
static void
test_model_file (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "iris.keras", NULL);
  g_autofree float *before = NULL;
  CamPrediction *prediction;

  train (fixture, 5);
  gtk_widget_activate_action (fixture->page, "predict.all", NULL);
  ui_wait (!is_busy (fixture));
  prediction = get_prediction (fixture);
  before = g_memdup2 (prediction->answers->outputs, 150 * 3 * sizeof (float));
  g_assert_true (cam_model_save (cam_model_choice_get_model (prediction->choice), path, NULL));
  cam_predict_page_open_model (CAM_PREDICT_PAGE (fixture->page), path);
  ui_wait (get_prediction (fixture) != prediction);
  prediction = get_prediction (fixture);
  g_assert_null (cam_model_choice_get_run (prediction->choice));
  g_assert_cmpstr (get_text (fixture, "subtitle"), ==, "with iris.keras");
  g_assert_cmpmem (before, 150 * 3 * sizeof (float), prediction->answers->outputs, 150 * 3 * sizeof (float));
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out.csv", NULL);
  g_autoptr(CamCsvResult) result = NULL;
  CamPrediction *prediction;
  guint n_columns;

  train (fixture, 5);
  prediction = get_prediction (fixture);
  cam_predict_page_save (CAM_PREDICT_PAGE (fixture->page), path);
  ui_wait (g_file_test (path, G_FILE_TEST_EXISTS));
  ui_settle ();
  result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, NULL);
  g_assert_nonnull (result);
  n_columns = cam_table_get_n_columns (result->table);
  g_assert_cmpuint (n_columns, ==, 5 + 1 + 3);
  g_assert_cmpuint (cam_table_get_n_rows (result->table), ==, prediction->answers->n_rows);
  for (gsize row = 0; row < prediction->answers->n_rows; row++)
    g_assert_cmpfloat ((float) cam_table_get_number (result->table, n_columns - 1, row), ==, prediction->answers->outputs[row * 3 + 2]);
}

/* A row chosen in the table, taken over by hand, has the same answer. */
static void
test_one_row (Fixture       *fixture,
              gconstpointer  data)
{
  CamOneRow *one_row = get_child (fixture, "one_row");
  CamPrediction *prediction;
  const float *outputs;
  guint n = 0;

  train (fixture, 5);
  prediction = get_prediction (fixture);
  for (gsize row = 0; row < 5; row++)
    {
      cam_one_row_set_row (one_row, prediction->table, row);
      outputs = cam_one_row_get_outputs (one_row, &n);
      g_assert_nonnull (outputs);
      g_assert_cmpuint (n, ==, prediction->answers->n_outputs);
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat (outputs[i], ==, prediction->answers->outputs[row * n + i]);
    }
}

static void
test_slider (Fixture       *fixture,
             gconstpointer  data)
{
  CamOneRow *one_row = get_child (fixture, "one_row");
  GtkRange *scale;
  const float *outputs;
  float before, middle;
  guint n;

  train (fixture, 20);
  scale = GTK_RANGE (ui_find_type (GTK_WIDGET (one_row), GTK_TYPE_SCALE));
  middle = cam_one_row_get_outputs (one_row, &n)[0];
  gtk_range_set_value (scale, 1e9);
  outputs = cam_one_row_get_outputs (one_row, &n);
  before = outputs[0];
  g_assert_cmpfloat (before, !=, middle);
  gtk_widget_activate_action (GTK_WIDGET (one_row), "row.reset", NULL);
  g_assert_cmpfloat (cam_one_row_get_outputs (one_row, &n)[0], ==, middle);
}

/* The pane is as wide as it should be, whatever the task shows in it. */
static void
test_pane_width (Fixture       *fixture,
                 gconstpointer  data)
{
  int natural;

  train (fixture, 2);
  ui_settle ();
  gtk_widget_measure (get_child (fixture, "one_row"), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, <=, 450);      /* without the style sheet its texts are large */
}

int
main (int   argc,
      char *argv[])
{
  int status;

  session_test_init (&argc, &argv);
  g_test_add ("/app/predict-page/opens-with-test-part", Fixture, NULL, set_up, test_opens_with_test_part, tear_down);
  g_test_add ("/app/predict-page/score-is-the-reports", Fixture, NULL, set_up, test_score_is_the_reports, tear_down);
  g_test_add ("/app/predict-page/keeps-the-runs-split", Fixture, NULL, set_up, test_keeps_the_runs_split, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (file_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/predict-page/file/", file_cases[i].name, NULL);

      g_test_add (path, Fixture, &file_cases[i], set_up_iris, test_file, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (penguin_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/predict-page/file/", penguin_cases[i].name, NULL);

      g_test_add (path, Fixture, &penguin_cases[i], set_up_penguins, test_file, tear_down);
    }
  g_test_add ("/app/predict-page/rename", Fixture, NULL, set_up, test_rename, tear_down);
  g_test_add ("/app/predict-page/filter", Fixture, NULL, set_up, test_filter, tear_down);
  g_test_add ("/app/predict-page/finding", Fixture, NULL, set_up, test_finding, tear_down);
  g_test_add ("/app/predict-page/unreadable", Fixture, NULL, set_up, test_unreadable, tear_down);
  g_test_add ("/app/predict-page/late-reply", Fixture, NULL, set_up, test_late_reply, tear_down);
  g_test_add ("/app/predict-page/best-run", Fixture, NULL, set_up, test_best_run, tear_down);
  g_test_add ("/app/predict-page/model-file", Fixture, NULL, set_up, test_model_file, tear_down);
  g_test_add ("/app/predict-page/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add ("/app/predict-page/one-row", Fixture, NULL, set_up, test_one_row, tear_down);
  g_test_add ("/app/predict-page/one-row/regression", Fixture, "energy-efficiency.json", set_up, test_one_row, tear_down);
  g_test_add ("/app/predict-page/one-row/binary", Fixture, "breast-cancer.json", set_up, test_one_row, tear_down);
  g_test_add ("/app/predict-page/slider", Fixture, NULL, set_up, test_slider, tear_down);
  g_test_add ("/app/predict-page/pane-width", Fixture, "digits.json", set_up, test_pane_width, tear_down);
  status = g_test_run ();
  session_test_clear ();
  return status;
}
