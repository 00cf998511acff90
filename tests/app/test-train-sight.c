/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the network sees, live on the board: the card that fits the data, what can be chosen, and that it follows a run. */
#include <math.h>
#include <string.h>

#include <cam-chart-card.h>
#include <cam-tile-grid.h>
#include <cam-train-sight.h>

#include "session-test.h"

typedef struct
{
  CamSession    *session;
  GtkWidget     *window;
  CamTrainSight *sight;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  sample)
{
  CamTrainBoard *board = CAM_TRAIN_BOARD (cam_train_board_new ());

  fixture->session = session_test_open (sample);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (board));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 500);
  fixture->sight = cam_train_sight_new (board);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  sample)
{
  cam_train_sight_free (fixture->sight);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->session);
}

static void
show (Fixture *fixture)
{
  CamRunItem *run = cam_session_get_current_run (fixture->session);
  g_autoptr(CamRunFacts) facts = run != NULL ? cam_run_facts_new (fixture->session, run, NULL) : NULL;

  cam_train_sight_show (fixture->sight, cam_session_get_runner (fixture->session), facts, cam_session_get_dataset (fixture->session));
}

/* Some epochs, watched all the while as the page does. */
static void
train (Fixture *fixture)
{
  session_test_edit (fixture->session, "fit/epochs", json_integer (3));
  g_assert_true (cam_session_train (fixture->session));
  while (session_test_is_busy (fixture->session))
    {
      show (fixture);
      g_main_context_iteration (NULL, FALSE);
    }
  show (fixture);
  ui_wait (cam_train_sight_get_n_views (fixture->sight) > 0);
}

static GtkWidget *
find (GtkWidget *from,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (from, type))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
tells (CamTileGrid *grid,
       const char  *text)
{
  g_autofree char *told = cam_tile_grid_describe (grid, 0, 0);

  return g_str_equal (told, text);
}

static void
test_filters (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *tiles = cam_train_sight_get_tiles (fixture->sight);
  CamTileGrid *grid = CAM_TILE_GRID (find (tiles, CAM_TYPE_TILE_GRID));
  g_autofree char *first = NULL, *filter = NULL, *map = NULL;

  show (fixture);
  g_assert_false (gtk_widget_get_visible (tiles));
  train (fixture);
  g_assert_true (gtk_widget_get_visible (tiles));
  g_assert_false (gtk_widget_get_visible (cam_train_sight_get_forecast (fixture->sight)));
  first = cam_tile_grid_describe (grid, 0, 0);
  filter = cam_tile_grid_describe (grid, 1, 15);
  map = cam_tile_grid_describe (grid, 2, 0);
  g_assert_true (g_str_has_prefix (first, "Row "));
  g_assert_true (g_str_has_prefix (filter, "Number 16: from "));
  g_assert_true (g_str_has_prefix (map, "Number 1: from 0"));      /* relu */

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (tiles, GTK_TYPE_SPIN_BUTTON)), 2);
  ui_wait (!tells (grid, first));
}

static double
find_error (CamTileGrid *grid,
            guint        tile)
{
  g_autofree char *text = cam_tile_grid_describe (grid, 1, tile);
  const char *error = strstr (text, "error ");

  g_assert_nonnull (error);
  return g_ascii_strtod (error + strlen ("error "), NULL);
}

static void
test_copies (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *tiles = cam_train_sight_get_tiles (fixture->sight);
  CamTileGrid *grid = CAM_TILE_GRID (find (tiles, CAM_TYPE_TILE_GRID));
  double worst;

  train (fixture);
  g_assert_true (gtk_widget_get_visible (tiles));
  worst = find_error (grid, 0);
  g_assert_cmpfloat (worst, >=, find_error (grid, 7));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (tiles, GTK_TYPE_DROP_DOWN)), CAM_SIGHT_BEST);
  ui_wait (find_error (grid, 0) < worst);
  g_assert_cmpfloat (find_error (grid, 0), <=, find_error (grid, 7));
}

static void
test_forecast (Fixture       *fixture,
               gconstpointer  data)
{
  CamChartCard *card = CAM_CHART_CARD (cam_train_sight_get_forecast (fixture->sight));
  CamChart *chart;
  const double *x, *truth, *told;
  gsize n;
  double miss = 0, spread = 0;

  train (fixture);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (card)));
  g_assert_false (gtk_widget_get_visible (cam_train_sight_get_tiles (fixture->sight)));
  chart = cam_chart_card_get_chart (card);
  g_assert_cmpuint (cam_chart_get_n_series (chart), ==, 2);
  n = cam_chart_get_points (chart, 1, &x, &truth);
  g_assert_cmpuint (cam_chart_get_points (chart, 0, NULL, &told), ==, n);
  g_assert_cmpuint (n, >, 300);
  /* In the units of the table, and near what was measured: a step is told from the last one. */
  for (gsize i = 0; i < n; i++)
    {
      miss += fabs (truth[i] - told[i]) / (double) n;
      spread = fmax (spread, fabs (truth[i] - truth[0]));
      g_assert_true (i == 0 || x[i] > x[i - 1]);
    }
  g_assert_cmpfloat (truth[0], >, 300);
  g_assert_cmpfloat (miss, <, spread / 4);
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  session_test_edit (fixture->session, "fit/epochs", json_integer (2));
  g_assert_true (cam_session_train (fixture->session));
  ui_wait (!session_test_is_busy (fixture->session));
  show (fixture);
  g_assert_false (gtk_widget_get_visible (cam_train_sight_get_tiles (fixture->sight)));
  g_assert_false (gtk_widget_get_visible (cam_train_sight_get_forecast (fixture->sight)));
  g_assert_cmpuint (cam_train_sight_get_n_views (fixture->sight), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  session_test_init (&argc, &argv);
#define ADD(name, sample) g_test_add ("/app/train-sight/" #name, Fixture, sample, set_up, test_##name, tear_down)
  ADD (filters, "digits-cnn.json");
  ADD (copies, "digits-autoencoder.json");
  ADD (forecast, "co2.json");
  ADD (nothing, "iris.json");
  result = g_test_run ();
  session_test_clear ();
  return result;
}
