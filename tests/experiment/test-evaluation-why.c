/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a model says what it says, with networks whose weights are set by hand, so that what matters is known; periods of series; and codes of known directions. */
#include <cam-evaluation-season.h>
#include <cam-evaluation-why.h>
#include <math.h>

#include "sample-table.h"

/* y ≈ 3 a, whatever b is: one dense unit over (a, b). */
static CamModel *
make_model (CamDataset *dataset)
{
  g_autoptr(json_t) layers = parse_json ("[{ 'class_name': 'Dense', 'config': { 'units': 1 } }]");
  CamShape input = cam_preparation_get_input_shape (cam_dataset_get_preparation (dataset));
  g_autoptr(CamNetwork) network = cam_network_new (&input, layers, NULL);
  const float weights[] = { 3.0f, 0.0f, 0.5f };
  g_autoptr(GBytes) bytes = g_bytes_new (weights, sizeof weights);

  g_assert_nonnull (network);
  cam_network_initialise (network, 1);
  g_assert_true (cam_network_set_weights (network, bytes, NULL));
  return cam_model_new (network, cam_dataset_get_preparation (dataset), NULL);
}

static CamDataset *
make_dataset (void)
{
  g_autoptr(GString) text = g_string_new ("a,b,y\n");
  g_autoptr(CamTable) table = NULL;
  g_autoptr(json_t) data = parse_json ("{ 'target': ['y'] }");
  g_autoptr(GError) error = NULL;
  CamDataset *dataset;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, "%g,%g,%g\n", (i % 20) / 10.0 - 1.0, (i % 7) / 7.0, 3.0 * ((i % 20) / 10.0 - 1.0) + 0.5 + (i % 3) * 0.01);
  table = csv_table (text->str);
  dataset = cam_dataset_new (table, data, NULL, &error);
  g_assert_no_error (error);
  return dataset;
}

static void
test_importance (void)
{
  g_autoptr(CamDataset) dataset = make_dataset ();
  g_autoptr(CamModel) model = make_model (dataset);
  gint progress = 0;
  g_autofree CamImportances *found = cam_why_list_importance (model, dataset, CAM_PART_TRAIN, 0, 5, &progress, NULL);
  g_autofree CamImportances *again = cam_why_list_importance (model, dataset, CAM_PART_TRAIN, 0, 5, NULL, NULL);

  g_assert_true (cam_why_can_explain (dataset));
  g_assert_cmpint (progress, ==, 1000);
  g_assert_cmpuint (found->n, ==, 2);
  g_assert_cmpint (found->score, ==, CAM_SCORE_RMSE);
  g_assert_cmpfloat (found->value, <, 0.05);
  /* a is all there is to it: shuffled, the error is √2 of its spread, 3 · 0.577; b does nothing. */
  g_assert_cmpuint (found->items[0].feature, ==, 0);
  g_assert_cmpfloat_with_epsilon (found->items[0].mean, sqrt (2) * 3 * 0.577, 0.25);
  g_assert_cmpfloat (found->items[0].min, <=, found->items[0].mean);
  g_assert_cmpfloat (found->items[0].max, >=, found->items[0].mean);
  g_assert_cmpfloat (found->items[1].mean, ==, 0);
  g_assert_cmpmem (found, sizeof *found, again, sizeof *again);
}

static void
test_cancelled (void)
{
  g_autoptr(CamDataset) dataset = make_dataset ();
  g_autoptr(CamModel) model = make_model (dataset);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (cam_why_list_importance (model, dataset, CAM_PART_TRAIN, 0, 5, NULL, cancellable));
}

static void
test_dependence (void)
{
  g_autoptr(CamDataset) dataset = make_dataset ();
  g_autoptr(CamModel) model = make_model (dataset);
  g_autoptr(CamDependence) of_a = cam_why_find_dependence (model, dataset, CAM_PART_TRAIN, 0, 0);
  g_autoptr(CamDependence) of_b = cam_why_find_dependence (model, dataset, CAM_PART_TRAIN, 1, 0);

  for (guint i = 0; i < of_a->n; i++)
    {
      g_assert_cmpfloat_with_epsilon (of_a->mean[i], 3 * of_a->x[i] + 0.5, 1e-4);
      g_assert_cmpfloat_with_epsilon (of_a->low[i], of_a->high[i], 1e-4);       /* nothing else counts */
    }
  for (guint i = 1; i < of_b->n; i++)
    {
      g_assert_cmpfloat_with_epsilon (of_b->mean[i], of_b->mean[0], 1e-4);
      g_assert_cmpfloat (of_b->high[i], >, of_b->low[i] + 1);                   /* by a, from row to row */
    }
}

static void
test_reasons (void)
{
  g_autoptr(CamDataset) dataset = make_dataset ();
  g_autoptr(CamModel) model = make_model (dataset);

  for (gsize sample = 0; sample < 20; sample++)
    {
      g_autofree CamReasons *found = cam_why_list_reasons (model, dataset, CAM_PART_TRAIN, sample, 0);
      double a = cam_dataset_get_x (dataset, CAM_PART_TRAIN)[sample * 2];

      g_assert_cmpuint (found->n, ==, 2);
      g_assert_cmpfloat_with_epsilon (found->answer, 3 * a + 0.5, 1e-5);
      for (guint i = 0; i < 2; i++)
        {
          g_assert_cmpfloat_with_epsilon (found->items[i].answer + found->items[i].change, found->answer, 1e-9);
          if (found->items[i].feature == 1)
            g_assert_cmpfloat (found->items[i].change, ==, 0);
        }
      g_assert_cmpfloat (fabs (found->items[0].change), >=, fabs (found->items[1].change));
    }
}

static void
test_period (void)
{
  double values[240];

  for (guint i = 0; i < 240; i++)
    values[i] = 0.3 * i + 5 * sin (2 * G_PI * i / 12);
  g_assert_cmpuint (cam_season_find_period (values, 240), ==, 12);
  for (guint i = 0; i < 240; i++)
    values[i] = 0.3 * i;
  g_assert_cmpuint (cam_season_find_period (values, 240), ==, 0);
  g_assert_cmpuint (cam_season_find_period (values, 3), ==, 0);
  g_assert_cmpuint (cam_season_find_period (values, 0), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/experiment/evaluation-why/importance", test_importance);
  g_test_add_func ("/experiment/evaluation-why/cancelled", test_cancelled);
  g_test_add_func ("/experiment/evaluation-why/dependence", test_dependence);
  g_test_add_func ("/experiment/evaluation-why/reasons", test_reasons);
  g_test_add_func ("/experiment/evaluation-why/period", test_period);
  return g_test_run ();
}
