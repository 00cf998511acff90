/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run is worth, on the screen: for each kind of task a short run of a sample is evaluated, and what is shown is compared with the evaluation's own figures. */
#include <cam-answer-list.h>
#include <cam-chart-card.h>
#include <cam-evaluation-view.h>
#include <cam-matrix-view.h>
#include <math.h>

#include "session-test.h"

typedef struct
{
  CamSession        *session;
  CamEvaluationView *view;
  GtkWidget         *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(CamRunItem) run = NULL;

  fixture->session = session_test_open (data);
  session_test_edit (fixture->session, "fit/epochs", json_integer (8));
  session_test_edit (fixture->session, "callbacks", json_array ());
  g_assert_true (cam_session_train (fixture->session));
  ui_wait (!session_test_is_busy (fixture->session));
  run = g_object_ref (cam_session_get_current_run (fixture->session));
  fixture->view = CAM_EVALUATION_VIEW (cam_evaluation_view_new ());
  fixture->window = session_test_show (GTK_WIDGET (fixture->view), 1300, 860);
  cam_evaluation_view_show (fixture->view, fixture->session, run, 1);
  ui_wait (cam_evaluation_view_get_sheet (fixture->view) != NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_ref (fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_finalize_object (fixture->view);
  g_assert_finalize_object (fixture->session);
}

static gpointer
get_child (Fixture    *fixture,
           const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (fixture->view), CAM_TYPE_EVALUATION_VIEW, name);
}

/* The first widget of a type below @widget that is shown; NULL: none. */
static gpointer
find_shown (GtkWidget *widget,
            GType      type)
{
  gpointer found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_shown (child, type);
  return found;
}

/* A label somewhere below @widget. */
static gboolean
has_label (GtkWidget  *widget,
           const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static void
assert_accuracy (Fixture *fixture,
                 double   accuracy)
{
  g_autofree char *text = g_strdup_printf ("%.3f", accuracy);

  ui_wait (has_label (get_child (fixture, "score_box"), text));
}

static void
test_binary (Fixture       *fixture,
             gconstpointer  data)
{
  CamEvaluationSheet *sheet = cam_evaluation_view_get_sheet (fixture->view);
  CamMatrixView *matrix = find_shown (GTK_WIDGET (fixture->view), CAM_TYPE_MATRIX_VIEW);
  GtkScale *scale = find_shown (get_child (fixture, "board"), GTK_TYPE_SCALE);
  CamAnswerList *answers = get_child (fixture, "answers");
  CamCounts counts;
  gsize n_cells = 0;

  g_assert_nonnull (matrix);
  g_assert_nonnull (scale);
  g_assert_cmpint (sheet->evaluation->part, ==, CAM_PART_TEST);
  cam_cutoffs_count (sheet->evaluation->cutoffs[0], 0.5, &counts);
  assert_accuracy (fixture, cam_counts_get_accuracy (&counts));

  /* The slider moves the matrix and the scores at once. */
  gtk_range_set_value (GTK_RANGE (scale), 0.9);
  cam_cutoffs_count (sheet->evaluation->cutoffs[0], 0.9, &counts);
  assert_accuracy (fixture, cam_counts_get_accuracy (&counts));
  g_assert_cmpfloat (cam_evaluation_view_get_threshold (fixture->view, 0), ==, 0.9);

  /* Each cell opens as many rows as it says. */
  for (guint i = 0; i < 4; i++)
    {
      double expected = i == 0 ? counts.true_negative : i == 1 ? counts.false_positive : i == 2 ? counts.false_negative : counts.true_positive;

      g_signal_emit_by_name (matrix, "cell-activated", i / 2, i % 2);
      g_assert_true (gtk_widget_get_visible (GTK_WIDGET (answers)));
      g_assert_cmpfloat ((double) cam_answer_list_get_n (answers), ==, expected);
      n_cells += cam_answer_list_get_n (answers);
    }
  g_assert_cmpuint (n_cells, ==, sheet->evaluation->n_rows);

  /* Another threshold makes other rows: the list is closed. */
  gtk_range_set_value (GTK_RANGE (scale), 0.4);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (answers)));
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  CamMatrixView *matrix = find_shown (GTK_WIDGET (fixture->view), CAM_TYPE_MATRIX_VIEW);
  CamAnswerList *answers = get_child (fixture, "answers");
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "rows.csv", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;

  g_signal_emit_by_name (matrix, "cell-activated", 1, 1);
  g_assert_cmpuint (cam_answer_list_get_n (answers), >, 0);
  g_assert_true (cam_answer_list_save (answers, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, cam_answer_list_get_n (answers) + 2);
  g_assert_true (g_str_has_prefix (lines[0], "row,actual,predicted,probability of malignant,"));
  g_assert_nonnull (strstr (lines[1], "malignant,malignant,0."));
  g_remove (path);
}

static void
test_parts (Fixture       *fixture,
            gconstpointer  data)
{
  gsize n_test = cam_evaluation_view_get_sheet (fixture->view)->evaluation->n_rows;

  gtk_toggle_button_set_active (get_child (fixture, "train_button"), TRUE);
  ui_wait (cam_evaluation_view_get_sheet (fixture->view)->evaluation->part == CAM_PART_TRAIN);
  g_assert_cmpuint (cam_evaluation_view_get_sheet (fixture->view)->evaluation->n_rows, >, n_test);
}

static void
test_classes (Fixture       *fixture,
              gconstpointer  data)
{
  CamEvaluationSheet *sheet = cam_evaluation_view_get_sheet (fixture->view);
  CamMatrixView *matrix = find_shown (GTK_WIDGET (fixture->view), CAM_TYPE_MATRIX_VIEW);
  CamAnswerList *answers = get_child (fixture, "answers");
  g_autofree char *words = NULL;

  g_assert_nonnull (matrix);
  assert_accuracy (fixture, cam_confusion_get_accuracy (sheet->evaluation->confusion));
  g_signal_emit_by_name (matrix, "cell-activated", 3, 3);
  g_assert_cmpuint (cam_answer_list_get_n (answers), ==, sheet->evaluation->confusion->counts[3 * 10 + 3]);
  words = cam_matrix_view_describe (matrix, 3, 3);
  g_assert_true (has_label (GTK_WIDGET (answers), words));

  /* Another class has another curve. */
  cam_evaluation_view_choose_output (fixture->view, 4);
  ui_wait (cam_evaluation_view_get_sheet (fixture->view)->output == 4);
}

static void
test_numbers (Fixture       *fixture,
              gconstpointer  data)
{
  CamEvaluationSheet *sheet = cam_evaluation_view_get_sheet (fixture->view);
  CamAnswerList *answers = get_child (fixture, "answers");
  CamChartCard *card = find_shown (get_child (fixture, "board"), CAM_TYPE_CHART_CARD);
  const double *x, *y;

  g_assert_nonnull (card);
  g_assert_cmpint (sheet->evaluation->task, ==, CAM_TASK_REGRESSION);
  g_assert_cmpuint (cam_chart_get_points (cam_chart_card_get_chart (card), 0, &x, &y), ==, sheet->evaluation->n_rows);
  g_signal_emit_by_name (cam_chart_card_get_view (card), "point-activated", x[0]);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (answers)));
  g_assert_cmpuint (cam_answer_list_get_n (answers), ==, 1);
  cam_evaluation_view_choose_output (fixture->view, 1);
  ui_wait (cam_evaluation_view_get_sheet (fixture->view)->output == 1);
}

/* Each label has its own threshold. */
static void
test_labels (Fixture       *fixture,
             gconstpointer  data)
{
  GtkScale *scale = find_shown (get_child (fixture, "board"), GTK_TYPE_SCALE);

  g_assert_cmpint (cam_evaluation_view_get_sheet (fixture->view)->evaluation->task, ==, CAM_TASK_MULTILABEL);
  ui_wait (has_label (get_child (fixture, "board"), "All labels together") && has_label (get_child (fixture, "board"), "Exact match"));
  gtk_range_set_value (GTK_RANGE (scale), 0.7);
  cam_evaluation_view_choose_output (fixture->view, 2);
  ui_wait (cam_evaluation_view_get_sheet (fixture->view)->output == 2);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (scale)), ==, 0.5);
  g_assert_cmpfloat (cam_evaluation_view_get_threshold (fixture->view, 0), ==, 0.7);
}

/* As many rows are anomalies as have a larger error than the threshold. */
static void
test_copies (Fixture       *fixture,
             gconstpointer  data)
{
  CamEvaluationSheet *sheet = cam_evaluation_view_get_sheet (fixture->view);
  GtkScale *scale = find_shown (get_child (fixture, "board"), GTK_TYPE_SCALE);
  double threshold = (sheet->errors[sheet->evaluation->n_rows - 4] + sheet->errors[sheet->evaluation->n_rows - 3]) / 2;

  g_assert_nonnull (sheet->charts[CAM_SHEET_CODE]);
  g_assert_cmpuint (cam_chart_get_n_series (sheet->charts[CAM_SHEET_CODE]), ==, 10);       /* a colour for each digit */
  gtk_range_set_value (GTK_RANGE (scale), threshold);
  g_assert_true (has_label (get_child (fixture, "board"), "3 rows above it, 1.1 % of all"));
}

/* The columns that matter come from a worker, and then the answer over the first of them. */
static void
test_why (Fixture       *fixture,
          gconstpointer  data)
{
  gtk_toggle_button_set_active (get_child (fixture, "why_button"), TRUE);
  ui_settle ();
  g_assert_true (gtk_widget_get_mapped (get_child (fixture, "why_board")));
  g_assert_false (gtk_widget_get_mapped (get_child (fixture, "board")));
  ui_wait (has_label (get_child (fixture, "why_board"), "importance") && has_label (get_child (fixture, "why_board"), "mean answer")
           && has_label (get_child (fixture, "why_board"), "raises the answer"));
}

/* The document has gone on since the run: its data are made anew as it saw them. */
static void
test_other_settings (void)
{
  CamSession *session = session_test_open ("iris.json");
  CamEvaluationView *view = CAM_EVALUATION_VIEW (cam_evaluation_view_new ());
  GtkWidget *window = session_test_show (GTK_WIDGET (view), 1000, 700);
  g_autoptr(CamRunItem) run = NULL;

  session_test_edit (session, "fit/epochs", json_integer (2));
  g_assert_true (cam_session_train (session));
  ui_wait (!session_test_is_busy (session));
  run = g_object_ref (cam_session_get_current_run (session));
  session_test_edit (session, "data/columns/sepal_width_cm/role", json_string ("ignored"));
  ui_settle ();

  cam_evaluation_view_show (view, session, run, 1);
  ui_wait (cam_evaluation_view_get_sheet (view) != NULL);
  cam_evaluation_view_show (view, session, NULL, 0);
  g_assert_null (cam_evaluation_view_get_sheet (view));
  g_object_ref (view);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
  g_assert_finalize_object (view);
  g_clear_object (&run);
  g_object_unref (session);
}

int
main (int    argc,
      char **argv)
{
  int status;

  session_test_init (&argc, &argv);
  g_test_add ("/app/evaluation-view/binary", Fixture, "breast-cancer.json", set_up, test_binary, tear_down);
  g_test_add ("/app/evaluation-view/save", Fixture, "breast-cancer.json", set_up, test_save, tear_down);
  g_test_add ("/app/evaluation-view/parts", Fixture, "breast-cancer.json", set_up, test_parts, tear_down);
  g_test_add ("/app/evaluation-view/classes", Fixture, "digits.json", set_up, test_classes, tear_down);
  g_test_add ("/app/evaluation-view/numbers", Fixture, "energy-efficiency.json", set_up, test_numbers, tear_down);
  g_test_add ("/app/evaluation-view/labels", Fixture, "irrigation.json", set_up, test_labels, tear_down);
  g_test_add ("/app/evaluation-view/copies", Fixture, "digits-autoencoder.json", set_up, test_copies, tear_down);
  g_test_add ("/app/evaluation-view/why", Fixture, "breast-cancer.json", set_up, test_why, tear_down);
  g_test_add_func ("/app/evaluation-view/other-settings", test_other_settings);
  status = g_test_run ();
  session_test_clear ();
  return status;
}
