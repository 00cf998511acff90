/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decision region beside a run: there for two columns of numbers and classes, with pictures while it learns; and the charts of gradients and units behind their switch. */
#include "uitest.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include <cam-csv.h>

#include <cam-chart-card.h>
#include <cam-train-inside.h>
#include <cam-train-region.h>

typedef struct
{
  GtkWidget      *window;
  CamTrainBoard  *board;
  CamTrainRegion *region;
  CamTrainInside *inside;
  CamRunner      *runner;
  CamExperiment  *experiment;
  CamDataset     *dataset;
} Fixture;

/* Two clouds, and a third column that says nothing. */
static CamTable *
new_table (void)
{
  g_autoptr(GString) csv = g_string_new ("a,b,c,class\n");
  g_autoptr(CamCsvResult) result = NULL;
  g_autofree char *path = NULL;
  CamTable *table;
  int file = g_file_open_tmp ("camadas-XXXXXX.csv", &path, NULL);

  g_assert_cmpint (file, >=, 0);
  close (file);
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (csv, "%.2f,%.2f,%.2f,%s\n", (i % 2) * 2.0 + i * 0.013, i * 0.031, (i * 7 % 11) * 0.5, i % 2 ? "yes" : "no");
  g_assert_true (g_file_set_contents (path, csv->str, (gssize) csv->len, NULL));
  result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, NULL);
  g_assert_nonnull (result);
  g_unlink (path);
  table = cam_table_ref (result->table);
  return table;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(CamTable) table = new_table ();
  g_autoptr(json_t) epochs = json_integer (1000000);
  g_autoptr(json_t) none = json_array ();
  g_autoptr(CamExperiment) proposed = cam_experiment_new_for_table (table, NULL, "test", NULL);
  g_autoptr(CamExperiment) longer = NULL;

  g_assert_nonnull (proposed);
  longer = cam_experiment_with (proposed, "fit/epochs", epochs, NULL);
  fixture->experiment = cam_experiment_with (longer, "callbacks", none, NULL);
  g_assert_nonnull (fixture->experiment);
  fixture->dataset = cam_dataset_new (table, cam_experiment_get_data (fixture->experiment), cam_experiment_get_split (fixture->experiment), NULL);
  g_assert_nonnull (fixture->dataset);
  fixture->runner = cam_runner_new ();
  fixture->board = CAM_TRAIN_BOARD (cam_train_board_new ());
  fixture->region = cam_train_region_new (fixture->board);
  fixture->inside = cam_train_inside_new (fixture->board);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->board));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  cam_train_region_free (fixture->region);
  cam_train_inside_free (fixture->inside);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->runner);
  cam_dataset_unref (fixture->dataset);
  cam_experiment_unref (fixture->experiment);
  ui_settle ();
}

static CamChart *
get_chart (Fixture *fixture)
{
  return cam_chart_card_get_chart (CAM_CHART_CARD (cam_train_region_get_card (fixture->region)));
}

static void
test_before (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *card = cam_train_region_get_card (fixture->region);

  g_assert_false (gtk_widget_get_visible (card));
  cam_train_region_show (fixture->region, fixture->runner, NULL, fixture->dataset);
  g_assert_true (gtk_widget_get_visible (card));
  g_assert_cmpuint (cam_chart_get_n_series (get_chart (fixture)), ==, 2);        /* the points of each class */
  g_assert_cmpstr (cam_chart_get_name (get_chart (fixture), 1), ==, "yes");
  g_assert_cmpstr (cam_chart_get_x_title (get_chart (fixture)), ==, "a");
  cam_train_region_show (fixture->region, fixture->runner, NULL, NULL);
  g_assert_false (gtk_widget_get_visible (card));
}

static void
test_live (Fixture       *fixture,
           gconstpointer  data)
{
  CamRunFacts facts = { .is_live = TRUE };
  GtkWidget *columns = ui_find_type (cam_train_region_get_card (fixture->region), GTK_TYPE_DROP_DOWN);
  GError *error = NULL;

  cam_runner_start (fixture->runner, fixture->experiment, fixture->dataset, NULL, 1, &error);
  g_assert_no_error (error);
  ui_wait ((cam_train_region_show (fixture->region, fixture->runner, &facts, fixture->dataset), cam_train_region_get_n_pictures (fixture->region) >= 3));
  /* Another column along x; what was along y gives way where it is the same. */
  g_assert_nonnull (columns);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (columns), 1);
  g_assert_cmpstr (cam_chart_get_x_title (get_chart (fixture)), !=, NULL);
  ui_wait ((cam_train_region_show (fixture->region, fixture->runner, &facts, fixture->dataset), g_strcmp0 (cam_chart_get_x_title (get_chart (fixture)), "b") == 0));
  cam_runner_stop (fixture->runner);
  ui_wait (cam_runner_get_state (fixture->runner) == CAM_RUNNER_IDLE);
  facts.is_live = FALSE;
  cam_train_region_show (fixture->region, fixture->runner, &facts, fixture->dataset);
}

static void
test_inside (Fixture       *fixture,
             gconstpointer  data)
{
  CamRunFacts facts = { .is_live = TRUE };
  CamChartCard *gradients = CAM_CHART_CARD (cam_train_inside_get_gradients (fixture->inside));
  GtkSwitch *toggle = GTK_SWITCH (cam_train_inside_get_switch (fixture->inside));
  GError *error = NULL;

  cam_train_inside_show (fixture->inside, fixture->runner, NULL, FALSE);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (gradients)));
  gtk_switch_set_active (toggle, TRUE);
  g_assert_true (cam_runner_get_watched (fixture->runner));
  cam_runner_start (fixture->runner, fixture->experiment, fixture->dataset, NULL, 1, &error);
  g_assert_no_error (error);
  ui_wait ((cam_train_inside_show (fixture->inside, fixture->runner, &facts, TRUE), cam_chart_get_n_series (cam_chart_card_get_chart (gradients)) >= 2));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (gradients)));
  g_assert_cmpint (cam_chart_get_y_format (cam_chart_card_get_chart (gradients)), ==, CAM_AXIS_LOG);
  gtk_switch_set_active (toggle, FALSE);
  g_assert_false (cam_runner_get_watched (fixture->runner));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (gradients)));
  cam_runner_stop (fixture->runner);
  ui_wait (cam_runner_get_state (fixture->runner) == CAM_RUNNER_IDLE);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);
  g_assert_true (cam_charts_init (NULL));
  g_test_add ("/app/train-region/before", Fixture, NULL, set_up, test_before, tear_down);
  g_test_add ("/app/train-region/live", Fixture, NULL, set_up, test_live, tear_down);
  g_test_add ("/app/train-region/inside", Fixture, NULL, set_up, test_inside, tear_down);
  return g_test_run ();
}
