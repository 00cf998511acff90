/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of runs: thousands of them, what people say of them, columns that are chosen, and files that are made of it. */
#include <math.h>

#include <cam-compare-page.h>
#include <cam-run-filter.h>
#include <cam-run-latex.h>
#include <cam-run-tags.h>

#include "many-runs.h"
#include "session-test.h"

typedef struct
{
  CamSession    *session;
  GtkWidget     *page;
  GtkWidget     *window;
  CamRunTable   *table;
  GtkColumnView *view;
  char          *path;
  guint          n;
} Fixture;

static void
open_workspace (Fixture *fixture)
{
  fixture->session = cam_session_new ();
  g_signal_connect (fixture->session, "failed", G_CALLBACK (session_test_fail), NULL);
  fixture->page = g_object_new (CAM_TYPE_COMPARE_PAGE, "session", fixture->session, NULL);
  fixture->table = cam_compare_page_get_table (CAM_COMPARE_PAGE (fixture->page));
  fixture->view = GTK_COLUMN_VIEW (session_test_child (fixture->table, CAM_TYPE_RUN_TABLE, "view"));
  fixture->window = session_test_show (fixture->page, 1400, 900);
  cam_session_open_workspace (fixture->session, fixture->path);
  ui_wait (g_list_model_get_n_items (cam_session_get_runs (fixture->session)) == fixture->n);
}

static void
close_workspace (Fixture *fixture)
{
  g_object_ref (fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_finalize_object (fixture->page);
  cam_session_close (fixture->session);
  g_assert_finalize_object (fixture->session);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *sample = g_build_filename (g_getenv ("CAM_SAMPLES"), "iris.json", NULL);

  fixture->n = GPOINTER_TO_UINT (data);
  fixture->path = g_strdup_printf ("%s/many-%u.camadas", g_get_user_data_dir (), fixture->n);
  many_runs_make (fixture->path, sample, fixture->n);
  open_workspace (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_workspace (fixture);
  g_remove (fixture->path);
  g_free (fixture->path);
}

static guint
count_visible (Fixture *fixture)
{
  guint n;

  g_object_get (fixture->table, "n-visible", &n, NULL);
  return n;
}

static GtkColumnViewColumn *
find_column (Fixture    *fixture,
             const char *title)
{
  GListModel *columns = gtk_column_view_get_columns (fixture->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        return column;
    }
  return NULL;
}

/* Numbers of the first rows: "3 1 2". */
static char *
print_rows (Fixture *fixture,
            guint    n)
{
  g_autoptr(GPtrArray) rows = cam_run_table_dup_visible (fixture->table);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, rows->len); i++)
    g_string_append_printf (text, "%s%d", i > 0 ? " " : "", (int) cam_run_item_get_id (rows->pdata[i]));
  return g_string_free (text, FALSE);
}

static void
check_rows (Fixture    *fixture,
            const char *rows)
{
  g_autofree char *found = print_rows (fixture, 5);

  g_assert_cmpstr (found, ==, rows);
}

/* The run of a number. */
static CamRunItem *
get_run (Fixture *fixture,
         gint64   id)
{
  GListModel *runs = cam_session_get_runs (fixture->session);

  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, i);

      if (cam_run_item_get_id (run) == id)
        return run;
    }
  g_error ("no run %d", (int) id);
}

/* Thousands ----------------------------------------------------------------------------------------------------------- */

static guint
count_matching (guint    n,
                gboolean (*matches) (guint))
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    count += matches (i);
  return count;
}

static gboolean
is_tanh (guint i)
{
  return g_strcmp0 (many_runs_activation (i), "tanh") == 0;
}

static gboolean
is_fast_tanh (guint i)
{
  return is_tanh (i) && many_runs_rate (i) > 0.001;
}

static gboolean
is_good (guint i)
{
  return many_runs_value (i, many_runs_best (i) - 1, 3) < 0.3;
}

static gboolean
is_good_at_3 (guint i)
{
  return many_runs_value (i, 2, 3) < 0.3;
}

static void
check_filter (Fixture    *fixture,
              const char *text,
              guint       n)
{
  g_object_set (fixture->table, "filter-text", text, NULL);
  g_assert_cmpuint (count_visible (fixture), ==, n);
}

/* Under the sanitizers the settings of each take ten times as long to read. */
#ifdef __SANITIZE_ADDRESS__
#define MANY 1000
#else
#define MANY 5000
#endif

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autofree char *newest = g_strdup_printf ("%u %u %u %u %u", fixture->n, fixture->n - 1, fixture->n - 2, fixture->n - 3, fixture->n - 4);

  g_assert_cmpuint (count_visible (fixture), ==, fixture->n);
  ui_wait (find_column (fixture, "activation") != NULL);
  check_rows (fixture, newest);
  check_filter (fixture, "tanh", count_matching (fixture->n, is_tanh));
  check_filter (fixture, "tanh lr>0.001", count_matching (fixture->n, is_fast_tanh));
  check_filter (fixture, "val_loss < 0.3", count_matching (fixture->n, is_good));
  g_object_set (fixture->table, "when", 3, NULL);
  g_assert_cmpuint (count_visible (fixture), ==, count_matching (fixture->n, is_good_at_3));
  g_object_set (fixture->table, "when", CAM_RUN_AT_BEST, NULL);
  check_filter (fixture, "-tanh", fixture->n - count_matching (fixture->n, is_tanh));
  check_filter (fixture, "", fixture->n);

  gtk_column_view_sort_by_column (fixture->view, find_column (fixture, "Best"), GTK_SORT_DESCENDING);
  rows = cam_run_table_dup_visible (fixture->table);
  g_assert_cmpuint (rows->len, ==, fixture->n);
  for (guint i = 0; i < rows->len; i++)
    {
      guint id = (guint) cam_run_item_get_id (rows->pdata[i]);

      g_assert_cmpfloat (cam_run_item_get_record (rows->pdata[i])->best_value, ==, many_runs_value (id - 1, many_runs_best (id - 1) - 1, 3));
      g_assert_true (i == 0 || cam_run_item_get_record (rows->pdata[i - 1])->best_value >= cam_run_item_get_record (rows->pdata[i])->best_value);
    }
  /* The list view hears of all of them in the end. */
  ui_wait (g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (fixture->view))) == fixture->n);
  g_object_set (fixture->table, "study", (gint64) 2, NULL);
  g_assert_cmpuint (count_visible (fixture), ==, MANY_RUNS_STUDY);
  ui_wait (g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (fixture->view))) == MANY_RUNS_STUDY);
}

/* Figures of the best, of the last and of one epoch. */
static void
test_when (Fixture       *fixture,
           gconstpointer  data)
{
  CamRunItem *run = get_run (fixture, 7);
  const CamRunField value = { CAM_RUN_FIELD_VALUE, NULL };
  const struct { CamRunWhen when; double value; const char *title; } cases[] = {
    { CAM_RUN_AT_BEST, many_runs_value (6, many_runs_best (6) - 1, 3), "Best" },
    { CAM_RUN_AT_LAST, many_runs_value (6, MANY_RUNS_EPOCHS - 1, 3), "Last" },
    { 12, many_runs_value (6, 11, 3), "Epoch 12" },
    { MANY_RUNS_EPOCHS + 1, NAN, "Epoch 41" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double found;

      g_object_set (fixture->table, "when", cases[i].when, NULL);
      found = cam_run_field_get_key (&value, run, cases[i].when).number;
      g_assert_true (found == cases[i].value || (isnan (found) && isnan (cases[i].value)));
      g_assert_nonnull (find_column (fixture, cases[i].title));
      g_assert_false (cam_run_item_has_history (run) && i == 2);      /* one question for all of them */
    }
}

/* What people say of runs ---------------------------------------------------------------------------------------------- */

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (fixture->page, action, NULL));
}

static void
test_notes (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) two = g_ptr_array_new ();
  g_autoptr(GPtrArray) tags = NULL;

  g_ptr_array_add (two, get_run (fixture, 1));
  g_ptr_array_add (two, get_run (fixture, 3));
  g_assert_null (find_column (fixture, "Tags"));
  cam_compare_page_tag (CAM_COMPARE_PAGE (fixture->page), two, "slow", TRUE);
  g_assert_nonnull (find_column (fixture, "Tags"));
  tags = cam_run_tags_in_use (cam_session_get_runs (fixture->session));
  g_assert_cmpstr (tags->pdata[0], ==, "slow");
  check_filter (fixture, "tag:slow", 2);
  check_filter (fixture, "tag:SLOW", 2);
  check_filter (fixture, "-tag:slow", fixture->n - 2);
  check_filter (fixture, "tag:slo", 0);
  check_filter (fixture, "", fixture->n);

  cam_compare_page_note (CAM_COMPARE_PAGE (fixture->page), two->pdata[0], " What a\nrun! ");
  g_assert_cmpstr (cam_run_item_get_record (two->pdata[0])->note, ==, "What a\nrun!");
  check_filter (fixture, "note:what", 1);
  check_filter (fixture, "", fixture->n);

  cam_run_table_select_all (fixture->table, two);
  act (fixture, "runs.pin");
  check_rows (fixture, "3 1 10 9 8");
  gtk_column_view_sort_by_column (fixture->view, find_column (fixture, "Run"), GTK_SORT_ASCENDING);
  check_rows (fixture, "1 3 2 4 5");
  act (fixture, "runs.archive");
  check_rows (fixture, "2 4 5 6 7");
  g_object_set (fixture->table, "show-archived", TRUE, NULL);
  check_rows (fixture, "1 3 2 4 5");
  check_filter (fixture, "is:archived", 2);
  check_filter (fixture, "", fixture->n);
  g_object_set (fixture->table, "show-archived", FALSE, NULL);

  /* Back, step by step: archived, pinned, the note, the tags. */
  act (fixture, "runs.restore");
  check_rows (fixture, "1 3 2 4 5");
  act (fixture, "runs.restore");
  check_rows (fixture, "1 2 3 4 5");
  act (fixture, "runs.restore");
  g_assert_cmpstr (cam_run_item_get_record (two->pdata[0])->note, ==, "");
  act (fixture, "runs.restore");
  g_assert_null (cam_run_item_get_record (two->pdata[0])->tags[0]);
}

/* What is chosen stays chosen wherever it goes, and is deleted and brought back together. */
static void
test_chosen (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GPtrArray) two = g_ptr_array_new ();
  g_autoptr(GPtrArray) chosen = NULL;

  g_ptr_array_add (two, get_run (fixture, 2));
  g_ptr_array_add (two, get_run (fixture, 9));
  cam_run_table_select_all (fixture->table, two);
  gtk_column_view_sort_by_column (fixture->view, find_column (fixture, "Best"), GTK_SORT_ASCENDING);
  check_filter (fixture, "-\"Run 5\"", fixture->n - 1);
  check_filter (fixture, "", fixture->n);
  chosen = cam_run_table_dup_selected (fixture->table);
  g_assert_cmpuint (chosen->len, ==, 2);
  g_assert_true (g_ptr_array_find (chosen, two->pdata[0], NULL) && g_ptr_array_find (chosen, two->pdata[1], NULL));
  act (fixture, "runs.delete");
  g_assert_cmpuint (count_visible (fixture), ==, fixture->n - 2);
  act (fixture, "runs.restore");
  g_assert_cmpuint (count_visible (fixture), ==, fixture->n);
}

/* Columns ------------------------------------------------------------------------------------------------------------- */

static void
test_columns (Fixture       *fixture,
              gconstpointer  data)
{
  const CamRunField batch = { CAM_RUN_FIELD_SETTING, g_intern_string ("batch_size") }, started = { CAM_RUN_FIELD_STARTED, NULL }, loss = { CAM_RUN_FIELD_METRIC, g_intern_string ("loss") };

  ui_wait (find_column (fixture, "activation") != NULL);
  g_assert_null (find_column (fixture, "batch_size"));
  cam_run_table_show_field (fixture->table, &batch, TRUE);
  cam_run_table_show_field (fixture->table, &loss, TRUE);
  cam_run_table_show_field (fixture->table, &started, FALSE);
  g_assert_nonnull (find_column (fixture, "batch_size"));
  g_assert_null (find_column (fixture, "Started"));
  gtk_column_view_column_set_fixed_width (find_column (fixture, "Time"), 77);
  gtk_column_view_sort_by_column (fixture->view, find_column (fixture, "loss"), GTK_SORT_DESCENDING);
  g_object_set (fixture->table, "when", CAM_RUN_AT_LAST, NULL);
  {
    g_autofree char *before = print_rows (fixture, 5), *after = NULL;
    gint64 end = g_get_monotonic_time () + 600000;

    /* It is kept some tenths of a second later. */
    while (g_get_monotonic_time () < end)
      g_main_context_iteration (NULL, FALSE);
    close_workspace (fixture);
    open_workspace (fixture);
    ui_wait (find_column (fixture, "batch_size") != NULL);
    g_assert_nonnull (find_column (fixture, "loss"));
    g_assert_null (find_column (fixture, "Started"));
    g_assert_cmpint (gtk_column_view_column_get_fixed_width (find_column (fixture, "Time")), ==, 77);
    g_assert_nonnull (find_column (fixture, "Last"));
    after = print_rows (fixture, 5);
    g_assert_cmpstr (after, ==, before);
  }
  cam_run_table_forget_columns (fixture->table);
  g_assert_null (find_column (fixture, "batch_size"));
  g_assert_nonnull (find_column (fixture, "Started"));
}

/* Filters that are wrong ------------------------------------------------------------------------------------------------ */

static const struct { const char *text, *problem; } problem_cases[] = {
  { "tanh", NULL }, { "lr > 0,001", NULL }, { "val_accuracy > 95%", NULL }, { "\"two words\"", NULL },
  { "lr >", "“lr >” goes on with a value" }, { "lr > much", "“much” is no number" }, { "> 3", "Before “>” there is the name of a setting or a metric, as in “lr > 0.001”" },
  { "lr =< 3", "“=<” is no comparison; there are = != < <= > >= and :" }, { "width > 3", "No run has a setting or a metric called “width”" },
  { "is:good", "A run can be “is:pinned” or “is:archived”, not “is:good”" },
};

static void
test_problems (Fixture       *fixture,
               gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (problem_cases); i++)
    {
      g_autofree char *problem = NULL;

      g_object_set (fixture->table, "filter-text", problem_cases[i].text, NULL);
      g_object_get (fixture->table, "filter-problem", &problem, NULL);
      g_assert_cmpstr (problem, ==, problem_cases[i].problem);
    }
}

/* LaTeX --------------------------------------------------------------------------------------------------------------- */

static void
test_latex (Fixture       *fixture,
            gconstpointer  data)
{
  const CamRunField fields[] = {
    { CAM_RUN_FIELD_NAME, NULL }, { CAM_RUN_FIELD_CURVE, NULL }, { CAM_RUN_FIELD_EPOCHS, NULL }, { CAM_RUN_FIELD_SETTING, g_intern_string ("learning_rate") },
    { CAM_RUN_FIELD_SETTING, g_intern_string ("activation") }, { CAM_RUN_FIELD_STUDY, NULL },
  };
  static const char expected[] =
    "% \\usepackage{booktabs}\n"
    "\\begin{tabular}{lrrll}\n"
    "  \\toprule\n"
    "  Run & Epochs done & learning\\_rate & activation & Study \\\\\n"
    "  \\midrule\n"
    "  50\\% \\& \\$2 \\#1\\_a \\{b\\} \\textbackslash{} \\textasciitilde{} \\textasciicircum{} \\textless{}“é” & 40 & 0.0005 & relu & Activations 1 \\\\\n"
    "  Run 6 & 40 & 0.001 & relu & Activations 1 \\\\\n"
    "  \\bottomrule\n"
    "\\end{tabular}\n";
  g_autoptr(GArray) array = g_array_new (FALSE, FALSE, sizeof (CamRunField));
  g_autoptr(GPtrArray) runs = g_ptr_array_new ();
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "runs.tex", NULL);
  g_autofree char *text = NULL;
  g_autofree char *saved = NULL;
  g_autoptr(GError) error = NULL;

  cam_compare_page_rename (CAM_COMPARE_PAGE (fixture->page), get_run (fixture, 1), "50% & $2 #1_a {b} \\ ~ ^ <“é”");
  g_array_append_vals (array, fields, G_N_ELEMENTS (fields));
  g_ptr_array_add (runs, get_run (fixture, 1));
  g_ptr_array_add (runs, get_run (fixture, 6));
  text = cam_run_latex_new (runs, array, CAM_RUN_AT_BEST);
  g_assert_cmpstr (text, ==, expected);

  g_assert_true (cam_compare_page_export (CAM_COMPARE_PAGE (fixture->page), path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_nonnull (strstr (saved, "50\\% \\& \\$2"));
  g_remove (path);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  session_test_init (&argc, &argv);
#define ADD(path, n, function) g_test_add (path, Fixture, GUINT_TO_POINTER (n), set_up, function, tear_down)
  ADD ("/app/run-table/when", 10, test_when);
  ADD ("/app/run-table/notes", 10, test_notes);
  ADD ("/app/run-table/chosen", 10, test_chosen);
  ADD ("/app/run-table/columns", 10, test_columns);
  ADD ("/app/run-table/problems", 10, test_problems);
  ADD ("/app/run-table/latex", 10, test_latex);
  ADD ("/app/run-table/many", MANY, test_many);
#undef ADD
  result = g_test_run ();
  session_test_clear ();
  return result;
}
