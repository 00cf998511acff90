/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plane through the data: its cells are prepared as rows are, its points are the rows, its shares the network's; and looking into a run under way. */
#include <cam-region.h>
#include <math.h>

#include "experiment-fixture.h"
#include "run-watch.h"

#define ADAM "{ \"class_name\": \"Adam\", \"config\": { \"learning_rate\": 0.01 } }"

static CamDataset *
get_dataset (CamExperiment **experiment)
{
  *experiment = fixture_experiment ("iris", "16", ADAM, "\"epochs\": 400, \"batch_size\": 16", "[]");
  return fixture_dataset ("iris", *experiment);
}

static void
test_columns (void)
{
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(CamDataset) dataset = get_dataset (&experiment);
  g_autoptr(GArray) columns = cam_region_list_columns (dataset);
  g_auto(GStrv) cells = cam_region_dup_cells (dataset);

  g_assert_cmpuint (columns->len, ==, 4);
  g_assert_cmpuint (g_array_index (columns, guint, 3), ==, 3);
  g_assert_cmpuint (g_strv_length (cells), ==, 4);
  g_assert_cmpfloat (g_ascii_strtod (cells[0], NULL), ==, 5.8);         /* the median sepal length of iris */
}

/* Whatever the preparation is, a cell has the inputs of a row that lies in its middle. */
static void
test_cells (void)
{
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(CamDataset) dataset = get_dataset (&experiment);
  g_auto(GStrv) cells = cam_region_dup_cells (dataset);
  g_autoptr(CamRegion) region = cam_region_new (dataset, 2, 0, NULL, 20, 10);
  float inputs[4];

  g_assert_nonnull (region);
  g_assert_cmpuint (region->n_inputs, ==, 4);
  g_assert_cmpuint (region->n_classes, ==, 3);
  for (guint row = 0; row < 10; row += 3)
    for (guint column = 0; column < 20; column += 7)
      {
        g_autofree char *x = g_strdup_printf ("%.9f", region->x_min + (column + 0.5) / 20 * (region->x_max - region->x_min));
        g_autofree char *y = g_strdup_printf ("%.9f", region->y_min + (row + 0.5) / 10 * (region->y_max - region->y_min));
        const char *texts[] = { y, cells[1], x, cells[3], NULL };

        g_assert_true (cam_preparation_apply_texts (cam_dataset_get_preparation (dataset), texts, inputs));
        for (guint i = 0; i < 4; i++)
          g_assert_cmpfloat_with_epsilon (region->inputs[(row * 20 + column) * 4 + i], inputs[i], 1e-5);
      }
  g_assert_cmpuint (region->n_points, ==, cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN));
  for (gsize i = 0; i < region->n_points; i++)
    {
      g_assert_cmpfloat (region->point_x[i], >, region->x_min);
      g_assert_cmpfloat (region->point_x[i], <, region->x_max);
      g_assert_cmpuint (region->point_class[i], <, 3);
      g_assert_cmpfloat (cam_dataset_get_y (dataset, CAM_PART_TRAIN)[i * 3 + region->point_class[i]], ==, 1);
    }
}

static CamNetwork *
new_network (const char *layers)
{
  g_autoptr(json_t) json = json_loads (layers, 0, NULL);
  const CamShape shape = { 1, { 4 } };
  CamNetwork *network = cam_network_new (&shape, json, NULL);

  g_assert_nonnull (network);
  cam_network_initialise (network, 7);
  return network;
}

/* Shares are shares, from probabilities and from what has still to become some. */
static void
test_shares (void)
{
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(CamDataset) dataset = get_dataset (&experiment);
  g_autoptr(CamRegion) region = cam_region_new (dataset, 0, 1, NULL, 12, 9);
  g_autoptr(CamNetwork) softmax = new_network ("[{\"class_name\": \"Dense\", \"config\": {\"units\": 3, \"activation\": \"softmax\"}}]");
  g_autoptr(CamNetwork) linear = new_network ("[{\"class_name\": \"Dense\", \"config\": {\"units\": 3}}]");
  g_autofree float *shares = cam_region_ask (region, softmax);
  g_autofree float *from_logits = NULL;

  region->is_logits = TRUE;
  from_logits = cam_region_ask (region, linear);        /* the same weights, drawn from the same seed */
  for (guint i = 0; i < 12 * 9; i++)
    {
      g_assert_cmpfloat_with_epsilon (shares[3 * i] + shares[3 * i + 1] + shares[3 * i + 2], 1, 1e-5);
      for (guint k = 0; k < 3; k++)
        g_assert_cmpfloat_with_epsilon (shares[3 * i + k], from_logits[3 * i + k], 1e-5);
    }
}

static void
ask (Watch *watch)
{
  g_assert_null (cam_runner_dup_weights (watch->runner, NULL));         /* nobody has asked */
  cam_runner_ask_weights (watch->runner);
}

/* Weights come while it runs, and are the run's own at the end; without a wish nothing is looked at. */
static void
test_weights (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "16", ADAM, "\"epochs\": 3000, \"batch_size\": 16", "[]");
  g_autoptr(CamRunner) runner = cam_runner_new ();
  g_autoptr(GBytes) live = NULL;
  g_autoptr(GBytes) last = NULL;
  g_autofree double *epochs = NULL, *values = NULL;
  guint epoch;
  Watch watch;

  watch_init (&watch, runner, NULL);
  watch.at = 1;
  watch.action = ask;
  watch_start (&watch, "iris", experiment, 1);
  while ((live = cam_runner_dup_weights (runner, &epoch)) == NULL)
    watch_idle (&watch, 1);
  g_assert_cmpuint (epoch, >, 0);
  g_assert_cmpuint (epoch, <=, 3000);
  watch_wait (&watch);
  last = cam_runner_dup_weights (runner, &epoch);
  g_assert_cmpuint (epoch, ==, 3000);
  g_assert_cmpuint (g_bytes_get_size (live), ==, g_bytes_get_size (last));
  g_assert_cmpuint (cam_runner_copy_views (runner, 0, CAM_VIEW_GRADIENT, &epochs, &values), ==, 0);
  watch_clear (&watch);
}

static void
test_views (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "16", ADAM, "\"epochs\": 4000, \"batch_size\": 16", "[]");
  g_autoptr(CamRunner) runner = cam_runner_new ();
  g_autofree double *epochs = NULL, *norms = NULL, *dead = NULL, *dead_epochs = NULL;
  guint n;
  Watch watch;

  cam_runner_set_watched (runner, TRUE);
  g_assert_cmpuint (cam_runner_get_n_layers (runner), ==, 0);
  watch_init (&watch, runner, NULL);
  watch_start (&watch, "iris", experiment, 1);
  watch_wait (&watch);
  g_assert_cmpuint (cam_runner_get_n_layers (runner), ==, 2);
  g_assert_nonnull (cam_runner_get_layer_name (runner, 1));
  n = cam_runner_copy_views (runner, 0, CAM_VIEW_GRADIENT, &epochs, &norms);
  g_assert_cmpuint (n, >=, 1);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (norms[i], >, 0);
      g_assert_true (i == 0 || epochs[i] > epochs[i - 1]);
    }
  g_assert_cmpuint (cam_runner_copy_views (runner, 0, CAM_VIEW_DEAD, &dead_epochs, &dead), ==, n);
  g_assert_true (isnan (dead[0]) || (dead[0] >= 0 && dead[0] <= 1));
  watch_clear (&watch);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/experiment/region/columns", test_columns);
  g_test_add_func ("/experiment/region/cells", test_cells);
  g_test_add_func ("/experiment/region/shares", test_shares);
  g_test_add_func ("/experiment/region/weights", test_weights);
  g_test_add_func ("/experiment/region/views", test_views);
  return g_test_run ();
}
