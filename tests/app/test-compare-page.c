/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Compare page with real runs: rows, columns that differ, order, filter, overlaid curves, and what can be done with runs. */
#include <math.h>

#include <cam-chart-card.h>
#include <cam-compare-page.h>
#include <cam-csv.h>
#include <cam-overlay.h>
#include <cam-run-diff-view.h>
#include <cam-run-filter.h>

#include "session-test.h"

typedef struct
{
  CamSession  *session;
  GtkWidget   *window;
  GtkWidget   *page;
  CamRunTable *table;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = session_test_open ("iris.json");
  fixture->page = g_object_new (CAM_TYPE_COMPARE_PAGE, "session", fixture->session, NULL);
  fixture->table = cam_compare_page_get_table (CAM_COMPARE_PAGE (fixture->page));
  fixture->window = session_test_show (fixture->page, 1400, 900);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_ref (fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_finalize_object (fixture->page);
  g_assert_finalize_object (fixture->session);
}

static gpointer
get_child (Fixture    *fixture,
           const char *name)
{
  return gtk_widget_get_template_child (fixture->page, CAM_TYPE_COMPARE_PAGE, name);
}

static GtkColumnView *
get_view (Fixture *fixture)
{
  return GTK_COLUMN_VIEW (session_test_child (fixture->table, CAM_TYPE_RUN_TABLE, "view"));
}

/* A run of its own activation, epochs and seed. */
static CamRunItem *
train (Fixture    *fixture,
       const char *activation,
       guint       epochs,
       guint       seed)
{
  session_test_edit (fixture->session, "network/0/config/activation", json_string (activation));
  session_test_edit (fixture->session, "fit/epochs", json_integer (epochs));
  session_test_edit (fixture->session, "fit/seed", json_integer (seed));
  g_assert_true (cam_session_train (fixture->session));
  ui_wait (!session_test_is_busy (fixture->session));
  return cam_session_get_current_run (fixture->session);
}

static gboolean
has_column (Fixture    *fixture,
            const char *title)
{
  GListModel *columns = gtk_column_view_get_columns (get_view (fixture));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        return TRUE;
    }
  return FALSE;
}

static GtkColumnViewColumn *
get_column (Fixture    *fixture,
            const char *title)
{
  GListModel *columns = gtk_column_view_get_columns (get_view (fixture));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        return column;
    }
  g_error ("no column %s", title);
}

static CamChart *
get_chart (Fixture    *fixture,
           const char *card)
{
  return cam_chart_card_get_chart (get_child (fixture, card));
}

static gboolean
draws (Fixture    *fixture,
       const char *card,
       guint       n)
{
  CamChart *chart = get_chart (fixture, card);

  return chart != NULL && cam_chart_get_n_series (chart) == n;
}

/* Places of the runs in the table, by their number in the order of @runs: "1 0 2". */
static char *
print_rows (Fixture     *fixture,
            CamRunItem **runs,
            guint        n)
{
  g_autoptr(GPtrArray) rows = cam_run_table_dup_visible (fixture->table);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    for (guint r = 0; r < n; r++)
      if (rows->pdata[i] == runs[r])
        g_string_append_printf (text, "%s%u", text->len > 0 ? " " : "", r);
  return g_string_free (text, FALSE);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_child (fixture, "stack")), ==, "empty");
  train (fixture, "relu", 2, 1);
  ui_wait (g_strcmp0 (gtk_stack_get_visible_child_name (get_child (fixture, "stack")), "runs") == 0);
  ui_wait (draws (fixture, "left_card", 1));
  g_assert_cmpstr (gtk_label_get_label (get_child (fixture, "subtitle")), ==, "1 run, 1 shown · only the settings that differ are columns");
}

static void
test_columns_that_differ (Fixture       *fixture,
                          gconstpointer  data)
{
  train (fixture, "relu", 2, 1);
  ui_settle ();
  g_assert_false (has_column (fixture, "activation"));
  train (fixture, "tanh", 2, 1);
  ui_wait (has_column (fixture, "activation"));
  g_assert_false (has_column (fixture, "seed"));
  g_assert_false (has_column (fixture, "learning_rate"));
  train (fixture, "tanh", 2, 7);
  ui_wait (has_column (fixture, "seed"));
  g_assert_true (has_column (fixture, "val_loss"));
  g_assert_true (has_column (fixture, "val_accuracy"));
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  CamRunItem *runs[3];
  g_autofree char *newest = NULL, *best = NULL, *worst = NULL;

  runs[0] = train (fixture, "relu", 20, 1);
  runs[1] = train (fixture, "relu", 1, 1);
  runs[2] = train (fixture, "relu", 40, 1);
  ui_settle ();
  newest = print_rows (fixture, runs, 3);
  g_assert_cmpstr (newest, ==, "2 1 0");
  gtk_column_view_sort_by_column (get_view (fixture), get_column (fixture, "Best"), GTK_SORT_ASCENDING);
  best = print_rows (fixture, runs, 3);
  g_assert_cmpstr (best, ==, "2 0 1");
  gtk_column_view_sort_by_column (get_view (fixture), get_column (fixture, "val_accuracy"), GTK_SORT_DESCENDING);
  gtk_column_view_sort_by_column (get_view (fixture), get_column (fixture, "Epochs done"), GTK_SORT_ASCENDING);
  worst = print_rows (fixture, runs, 3);
  g_assert_cmpstr (worst, ==, "1 0 2");
}

typedef struct
{
  const char *text;
  const char *rows;
} FilterCase;

static const FilterCase filter_cases[] = {
  { "", "2 1 0" }, { "sigmoid", "0" }, { "relu", "2 1 0" }, { "TANH", "2 1" }, { "nothing", "" }, { "tanh second", "1" }, { "seed > 1", "2 1" }, { "seed=3", "2" }, { "seed<=2", "1 0" },
  { "activation=tanh epochs<3", "1" }, { "activation != tanh", "0" }, { "lr > 0.5", "" }, { "seed >", "2 1 0" }, { "no_such_key > 1", "" }, { "patience = 20", "2 1 0" }, { "patience > 20", "" }, { "best > 0", "2 1 0" },
};

static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  CamRunItem *runs[3];

  runs[0] = train (fixture, "sigmoid", 2, 1);
  runs[1] = train (fixture, "tanh", 2, 2);
  runs[2] = train (fixture, "tanh", 3, 3);
  cam_compare_page_rename (CAM_COMPARE_PAGE (fixture->page), runs[1], "The second");
  for (guint i = 0; i < G_N_ELEMENTS (filter_cases); i++)
    {
      g_autofree char *rows = NULL;
      const char *text = filter_cases[i].text;

      g_test_message ("“%s”", text);
      g_object_set (fixture->table, "filter-text", text, NULL);
      rows = print_rows (fixture, runs, 3);
      g_assert_cmpstr (rows, ==, filter_cases[i].rows);
    }
  g_object_set (fixture->table, "filter-text", "nothing", NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (session_test_child (fixture->table, CAM_TYPE_RUN_TABLE, "stack"))), ==, "none");
  ui_wait (draws (fixture, "left_card", 0));
}

static void
test_overlay (Fixture       *fixture,
              gconstpointer  data)
{
  CamRunItem *first = train (fixture, "relu", 3, 1), *second = train (fixture, "tanh", 5, 1);
  const double *y;
  guint n;

  ui_wait (draws (fixture, "left_card", 2) && draws (fixture, "right_card", 2) && cam_chart_get_points (get_chart (fixture, "left_card"), 0, NULL, &y) == 5);
  /* The newest on top; what is drawn is what was kept. */
  g_assert_cmpstr (cam_chart_get_name (get_chart (fixture, "left_card"), 0), ==, cam_run_item_get_name (second));
  g_assert_cmpuint (cam_chart_get_points (get_chart (fixture, "left_card"), 0, NULL, &y), ==, 5);
  g_assert_cmpmem (y, 5 * sizeof (double), cam_run_item_peek_history (second, "val_loss", &n), n * sizeof (double));
  g_assert_cmpint (cam_chart_get_y_format (get_chart (fixture, "right_card")), ==, CAM_AXIS_PERCENT);
  g_assert_true (cam_chart_get_end_label (get_chart (fixture, "left_card"), 1));
  g_assert_false (cam_chart_get_faded (get_chart (fixture, "left_card"), 0));
  g_assert_true (cam_chart_get_pattern (get_chart (fixture, "left_card"), 0) != cam_chart_get_pattern (get_chart (fixture, "left_card"), 1));

  cam_run_table_select (fixture->table, first);
  ui_wait (cam_chart_get_faded (get_chart (fixture, "left_card"), 1));
  g_assert_cmpstr (cam_chart_get_name (get_chart (fixture, "left_card"), 0), ==, cam_run_item_get_name (first));
  g_assert_false (cam_chart_get_faded (get_chart (fixture, "left_card"), 0));

  cam_run_item_set_shown (second, FALSE);
  ui_wait (draws (fixture, "left_card", 1));
  gtk_widget_activate_action (fixture->page, "runs.show-all", NULL);
  ui_wait (draws (fixture, "left_card", 2));
  gtk_widget_activate_action (fixture->page, "runs.show-only", NULL);
  ui_wait (draws (fixture, "left_card", 1));
  g_assert_cmpstr (cam_chart_get_name (get_chart (fixture, "left_card"), 0), ==, cam_run_item_get_name (first));
}

/* Another curve in the right chart is another column of the table. */
static void
test_choice (Fixture       *fixture,
             gconstpointer  data)
{
  GtkDropDown *choice = get_child (fixture, "right_choice");

  train (fixture, "relu", 2, 1);
  ui_wait (draws (fixture, "right_card", 1));
  for (guint i = 0; i < g_list_model_get_n_items (gtk_drop_down_get_model (choice)); i++)
    {
      g_autoptr(GtkStringObject) key = g_list_model_get_item (gtk_drop_down_get_model (choice), i);

      if (g_strcmp0 (gtk_string_object_get_string (key), "loss") == 0)
        gtk_drop_down_set_selected (choice, i);
    }
  ui_wait (has_column (fixture, "loss"));
  g_assert_false (has_column (fixture, "val_accuracy"));
}

static void
test_delete_and_restore (Fixture       *fixture,
                         gconstpointer  data)
{
  CamRunItem *runs[3];
  g_autofree char *left = NULL;
  g_autofree char *back = NULL;

  runs[0] = g_object_ref (train (fixture, "relu", 2, 1));
  runs[1] = g_object_ref (train (fixture, "relu", 2, 2));
  runs[2] = g_object_ref (train (fixture, "relu", 2, 3));
  cam_run_table_select (fixture->table, runs[1]);
  gtk_widget_activate_action (fixture->page, "runs.delete", NULL);
  left = print_rows (fixture, runs, 3);
  g_assert_cmpstr (left, ==, "2 0");
  gtk_widget_activate_action (fixture->page, "runs.restore", NULL);
  gtk_widget_activate_action (fixture->page, "runs.restore", NULL);      /* brought back once is brought back */
  back = print_rows (fixture, runs, 3);
  g_assert_cmpstr (back, ==, "2 1 0");
  for (guint i = 0; i < 3; i++)
    g_object_unref (runs[i]);
}

static void
test_use (Fixture       *fixture,
          gconstpointer  data)
{
  CamRunItem *first = train (fixture, "relu", 2, 1);

  train (fixture, "tanh", 3, 2);
  cam_run_table_select (fixture->table, first);
  gtk_widget_activate_action (fixture->page, "runs.use", NULL);
  g_assert_cmpuint (cam_experiment_get_epochs (session_test_experiment (fixture->session)), ==, 2);
  g_assert_cmpuint (cam_experiment_get_seed (session_test_experiment (fixture->session)), ==, 1);
  g_assert_true (cam_document_undo (cam_session_get_document (fixture->session)));
  g_assert_cmpuint (cam_experiment_get_epochs (session_test_experiment (fixture->session)), ==, 3);
}

static void
test_rename (Fixture       *fixture,
             gconstpointer  data)
{
  CamRunItem *run = train (fixture, "relu", 2, 1);
  g_autofree char *before = g_strdup (cam_run_item_get_name (run));

  cam_compare_page_rename (CAM_COMPARE_PAGE (fixture->page), run, "   ");
  g_assert_cmpstr (cam_run_item_get_name (run), ==, before);
  cam_compare_page_rename (CAM_COMPARE_PAGE (fixture->page), run, "  wide, fast rate ");
  g_assert_cmpstr (cam_run_item_get_name (run), ==, "wide, fast rate");
}

/* Two chosen runs beside each other, the older one first; one chosen run and the open experiment; and back. */
static void
test_diff (Fixture       *fixture,
           gconstpointer  data)
{
  CamRunItem *first = train (fixture, "relu", 2, 1), *second = train (fixture, "tanh", 3, 1);
  g_autoptr(GPtrArray) both = g_ptr_array_new ();
  g_autofree char *text = NULL;
  g_autofree char *open = NULL;
  CamRunDiffView *view = get_child (fixture, "diff");

  ui_settle ();
  cam_run_table_select_all (fixture->table, NULL);
  g_assert_null (cam_run_diff_view_dup_text (view));
  g_ptr_array_add (both, second);
  g_ptr_array_add (both, first);
  cam_run_table_select_all (fixture->table, both);
  g_assert_true (gtk_widget_activate_action (fixture->page, "runs.compare", NULL));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_child (fixture, "stack")), ==, "diff");
  text = cam_run_diff_view_dup_text (view);
  g_assert_nonnull (strstr (text, "~ epochs: 2 → 3\n"));
  g_assert_nonnull (strstr (text, "~ Dense activation relu → tanh (80)\n"));
  g_assert_nonnull (strstr (text, "validation accuracy: "));
  g_signal_emit_by_name (view, "closed");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_child (fixture, "stack")), ==, "runs");

  session_test_edit (fixture->session, "fit/batch_size", json_integer (77));
  cam_run_table_select (fixture->table, second);
  g_assert_true (gtk_widget_activate_action (fixture->page, "runs.compare", NULL));
  open = cam_run_diff_view_dup_text (view);
  g_assert_nonnull (strstr (open, "~ batch_size: 16 → 77\n"));
  g_assert_null (strstr (open, "activation"));
  g_assert_nonnull (strstr (open, "Open experiment"));
}

/* A click on a curve selects its run, on a mean all its runs; a second click lets go. */
static void
test_click (Fixture       *fixture,
            gconstpointer  data)
{
  CamRunItem *runs[3];
  CamChartView *view = cam_chart_card_get_view (get_child (fixture, "left_card"));
  g_autoptr(GPtrArray) one = NULL, two = NULL, none = NULL;

  runs[0] = train (fixture, "relu", 3, 1);
  runs[1] = train (fixture, "relu", 3, 2);
  runs[2] = train (fixture, "tanh", 3, 1);
  cam_run_table_select_all (fixture->table, NULL);
  ui_wait (draws (fixture, "left_card", 3));
  cam_chart_view_activate_series (view, 1);
  one = cam_run_table_dup_selected (fixture->table);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_true (one->pdata[0] == runs[1]);

  ui_wait (has_column (fixture, "activation") && has_column (fixture, "seed"));
  gtk_widget_activate_action (get_child (fixture, "left_card"), "overlay.group", "s", "activation");
  ui_wait (draws (fixture, "left_card", 2));
  g_assert_cmpstr (cam_chart_get_name (get_chart (fixture, "left_card"), 0), ==, "relu");
  /* The rows have the lines of their groups. */
  g_assert_cmpuint (cam_run_item_get_colour (runs[0]), ==, cam_chart_get_colour (get_chart (fixture, "left_card"), 0));
  g_assert_cmpuint (cam_run_item_get_colour (runs[1]), ==, cam_run_item_get_colour (runs[0]));
  g_assert_true (cam_run_item_get_pattern (runs[2]) == cam_chart_get_pattern (get_chart (fixture, "left_card"), 1));
  cam_chart_view_activate_series (view, 0);
  two = cam_run_table_dup_selected (fixture->table);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_true (g_ptr_array_find (two, runs[0], NULL) && g_ptr_array_find (two, runs[1], NULL));
  ui_wait (cam_chart_get_faded (get_chart (fixture, "left_card"), 1));
  cam_chart_view_activate_series (view, 0);
  none = cam_run_table_dup_selected (fixture->table);
  g_assert_cmpuint (none->len, ==, 0);
  gtk_widget_activate_action (get_child (fixture, "left_card"), "overlay.group", "s", "");
  ui_wait (draws (fixture, "left_card", 3));
  g_assert_cmpuint (cam_run_item_get_colour (runs[0]), !=, cam_run_item_get_colour (runs[1]));
}

/* The file has every digit. */
static void
test_export (Fixture       *fixture,
             gconstpointer  data)
{
  CamRunItem *first = train (fixture, "relu", 2, 1), *second = train (fixture, "tanh", 4, 1);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "runs.csv", NULL);
  g_autoptr(CamCsvResult) result = NULL;
  g_autoptr(GError) error = NULL;
  const CamTable *table;

  ui_wait (has_column (fixture, "activation"));
  cam_compare_page_rename (CAM_COMPARE_PAGE (fixture->page), first, "one, with a comma");
  g_assert_true (cam_compare_page_export (CAM_COMPARE_PAGE (fixture->page), path, &error));
  g_assert_no_error (error);
  result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  table = result->table;
  g_assert_cmpuint (cam_table_get_n_rows (table), ==, 2);
  g_assert_cmpfloat (cam_table_get_number (table, (guint) cam_table_find (table, "best"), 0), ==, cam_run_item_get_record (second)->best_value);
  g_assert_cmpfloat (cam_table_get_number (table, (guint) cam_table_find (table, "val_accuracy"), 1), ==, cam_run_item_get_value (first, "val_accuracy", CAM_RUN_AT_BEST));
  {
    g_autofree char *name = cam_table_dup_text (table, (guint) cam_table_find (table, "run"), 1);
    g_autofree char *activation = cam_table_dup_text (table, (guint) cam_table_find (table, "activation"), 0);

    g_assert_cmpstr (name, ==, "one, with a comma");
    g_assert_nonnull (strstr (activation, "tanh"));
  }
  g_remove (path);
}

/* While a run goes on its row and its curve grow; an unseen page draws nothing. */
static void
test_live (Fixture       *fixture,
           gconstpointer  data)
{
  guint n_before;

  session_test_edit (fixture->session, "callbacks", NULL);
  session_test_edit (fixture->session, "fit/epochs", json_integer (100000));
  g_assert_true (cam_session_train (fixture->session));
  ui_wait (draws (fixture, "left_card", 1) && cam_chart_get_points (get_chart (fixture, "left_card"), 0, NULL, NULL) > 0);
  n_before = (guint) cam_chart_get_points (get_chart (fixture, "left_card"), 0, NULL, NULL);
  ui_wait (cam_chart_get_points (get_chart (fixture, "left_card"), 0, NULL, NULL) > n_before);

  gtk_widget_set_visible (fixture->page, FALSE);
  {
    CamChart *chart = get_chart (fixture, "left_card");
    guint n_epochs = cam_run_item_get_record (cam_session_get_current_run (fixture->session))->n_epochs;

    ui_wait (cam_run_item_get_record (cam_session_get_current_run (fixture->session))->n_epochs > n_epochs);
    g_assert_true (get_chart (fixture, "left_card") == chart);
  }
  gtk_widget_set_visible (fixture->page, TRUE);
  cam_session_stop (fixture->session);
  ui_wait (!session_test_is_busy (fixture->session));
}

/* Settings -------------------------------------------------------------------------------------------------------------- */

static const struct { const char *document, *key, *text; } setting_cases[] = {
  { "{\"network\": [{\"class_name\": \"Dense\", \"config\": {\"kernel_regularizer\": {\"class_name\": \"L2\", \"config\": {\"l2\": 0.02}}}}, {\"class_name\": \"Dense\"}]}", "kernel_regularizer", "L2 0.02" },
  { "{\"network\": [{\"class_name\": \"Dense\", \"config\": {\"units\": 128, \"activation\": \"relu\"}}, {\"class_name\": \"Dense\", \"config\": {\"units\": 256, \"activation\": \"relu\"}},"
    " {\"class_name\": \"Dense\", \"config\": {\"units\": 1, \"activation\": \"sigmoid\"}}]}", "units", "128 · 256" },
  { "{\"network\": [{\"class_name\": \"Dense\", \"config\": {\"activation\": \"relu\"}}, {\"class_name\": \"Dense\", \"config\": {\"activation\": \"relu\"}}, {\"class_name\": \"Dense\"}]}", "activation", "relu" },
  { "{\"network\": [{\"class_name\": \"Dense\", \"config\": {\"activation\": \"relu\"}}, {\"class_name\": \"Dense\", \"config\": {\"activation\": \"tanh\"}}, {\"class_name\": \"Dense\"}]}", "activation", "relu · tanh" },
  { "{\"network\": [{\"class_name\": \"Dense\"}, {\"class_name\": \"Activation\", \"config\": {\"activation\": \"elu\"}}, {\"class_name\": \"Dense\"}]}", "activation", "elu" },
  { "{\"network\": [{\"class_name\": \"Dropout\", \"config\": {\"rate\": 0.25}}, {\"class_name\": \"Dense\"}]}", "dropout", "0.25" },
  { "{\"network\": [{\"class_name\": \"Dropout\", \"config\": {\"rate\": 0.25}}, {\"class_name\": \"Dense\"}]}", "layers", "Dropout · Dense" },
  { "{\"network\": [{\"class_name\": \"Dropout\", \"enabled\": false, \"config\": {\"rate\": 0.25}}, {\"class_name\": \"Dense\"}, {\"class_name\": \"GRU\", \"enabled\": false}]}", "layers", "Dense" },
  { "{\"network\": [{\"class_name\": \"Dropout\", \"enabled\": false, \"config\": {\"rate\": 0.25}}, {\"class_name\": \"Dense\"}]}", "dropout", NULL },
  { "{\"network\": [{\"class_name\": \"Dense\", \"config\": {\"activation\": \"tanh\"}}, {\"class_name\": \"Dropout\", \"enabled\": false}]}", "output", "tanh" },
  { "{\"optimizer\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": 0.001}}}", "optimizer", "Adam" },
  { "{\"optimizer\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": 0.001}}}", "learning_rate", "0.001" },
  { "{\"optimizer\": \"sgd\"}", "optimizer", "sgd" },
  { "{\"fit\": {\"batch_size\": 32, \"seed\": 42, \"shuffle\": true}}", "batch_size", "32" },
  { "{\"fit\": {\"batch_size\": 32, \"seed\": 42, \"shuffle\": true}}", "shuffle", "yes" },
  { "{\"data\": {\"file\": \"/a/b/iris.csv\", \"target\": [\"x\", \"y\"]}}", "file", "iris.csv" },
  { "{\"data\": {\"file\": \"/a/b/iris.csv\", \"target\": [\"x\", \"y\"]}}", "target", "x · y" },
  { "{\"callbacks\": [{\"class_name\": \"EarlyStopping\", \"config\": {\"patience\": 15}}]}", "EarlyStopping patience", "15" },
  { "{\"network\": [{\"class_name\": \"Dropout\", \"config\": {\"seed\": null}}, {\"class_name\": \"Dense\"}], \"fit\": {\"seed\": 42}}", "seed", "42" },
  { "{\"network\": [{\"class_name\": \"Dropout\", \"config\": {\"seed\": null}}, {\"class_name\": \"Dense\"}], \"fit\": {\"seed\": 42}}", "layer seed", "none" },
  { "{\"callbacks\": [{\"class_name\": \"A\", \"config\": {\"patience\": 1}}, {\"class_name\": \"B\", \"config\": {\"patience\": 2}}]}", "A patience", "1" },
  { "{\"callbacks\": [{\"class_name\": \"A\", \"config\": {\"patience\": 1}}, {\"class_name\": \"B\", \"config\": {\"patience\": 2}}]}", "B patience", "2" },
  { "[1, 2", "units", NULL }, { "{}", "units", NULL }, { "{\"network\": 3, \"fit\": []}", "units", NULL },
};

static void
test_settings (void)
{
  g_autoptr(GPtrArray) none = cam_run_settings_read (NULL);

  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (setting_cases); i++)
    {
      g_autoptr(GPtrArray) settings = cam_run_settings_read (setting_cases[i].document);
      const CamRunSetting *found = cam_run_settings_find (settings, g_intern_string (setting_cases[i].key));

      g_test_message ("%s of %s", setting_cases[i].key, setting_cases[i].document);
      g_assert_cmpstr (found != NULL ? found->text : NULL, ==, setting_cases[i].text);
    }
}

static void
test_titles (void)
{
  static const struct { const char *key, *title; } cases[] = {
    { "val_loss", "Validation loss" }, { "loss", "Training loss" }, { "val_accuracy", "Validation accuracy" }, { "accuracy", "Training accuracy" }, { "val_custom", "val_custom" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = cam_overlay_dup_title (cases[i].key);

      g_assert_cmpstr (title, ==, cases[i].title);
    }
}

int
main (int   argc,
      char *argv[])
{
  int result;

  session_test_init (&argc, &argv);
  g_test_add_func ("/app/compare-page/settings", test_settings);
  g_test_add_func ("/app/compare-page/titles", test_titles);
  g_test_add ("/app/compare-page/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/app/compare-page/columns-that-differ", Fixture, NULL, set_up, test_columns_that_differ, tear_down);
  g_test_add ("/app/compare-page/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/app/compare-page/filter", Fixture, NULL, set_up, test_filter, tear_down);
  g_test_add ("/app/compare-page/overlay", Fixture, NULL, set_up, test_overlay, tear_down);
  g_test_add ("/app/compare-page/choice", Fixture, NULL, set_up, test_choice, tear_down);
  g_test_add ("/app/compare-page/delete-and-restore", Fixture, NULL, set_up, test_delete_and_restore, tear_down);
  g_test_add ("/app/compare-page/use", Fixture, NULL, set_up, test_use, tear_down);
  g_test_add ("/app/compare-page/rename", Fixture, NULL, set_up, test_rename, tear_down);
  g_test_add ("/app/compare-page/diff", Fixture, NULL, set_up, test_diff, tear_down);
  g_test_add ("/app/compare-page/click", Fixture, NULL, set_up, test_click, tear_down);
  g_test_add ("/app/compare-page/export", Fixture, NULL, set_up, test_export, tear_down);
  g_test_add ("/app/compare-page/live", Fixture, NULL, set_up, test_live, tear_down);
  result = g_test_run ();
  session_test_clear ();
  return result;
}
