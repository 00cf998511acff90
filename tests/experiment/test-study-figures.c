/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers behind the pictures of studies: curves against another implementation's figures, the rest against what can be told from reports and histories by counting. */
#include <cam-json.h>
#include <cam-study-figures.h>
#include <math.h>
#include <string.h>

#include "study-fixture.h"

static CamStudy *
run (const char *settings,
     guint       epochs,
     CamStore   *store)
{
  g_autoptr(CamPlan) plan = fixture_plan (settings, epochs);
  g_autoptr(CamTable) table = fixture_table ("iris");
  CamStudy *study = cam_study_new (plan, table, store, 2);

  g_assert_true (CHECKED (cam_study_start (study, 0, error)));
  fixture_wait_for_study (study);
  g_assert_cmpuint (cam_study_get_n_done (study), ==, cam_plan_get_n_runs (plan));
  return study;
}

static double
get (json_t     *row,
     const char *key)
{
  return json_number_value (json_object_get (row, key));
}

static void
test_curves (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CAM_TEST_DATA"), "study", "curves.json", NULL);
  g_autoptr(json_t) json = CHECKED (cam_json_load (path, error));
  json_t *all = json_object_get (json, "curves"), *epochs = json_object_get (json, "epochs"), *curve, *row;
  double values[8][16];
  const double *curves[8];
  guint lengths[8], n_told, n_whole;
  g_autofree CamSpread *spreads = NULL;
  gsize i;

  json_array_foreach (all, i, curve)
    {
      lengths[i] = (guint) json_array_size (curve);
      for (guint k = 0; k < lengths[i]; k++)
        values[i][k] = json_number_value (json_array_get (curve, k));
      curves[i] = values[i];
    }
  spreads = cam_curves_spread (curves, lengths, (guint) json_array_size (all), &n_told, &n_whole);
  g_assert_cmpuint (n_told, ==, json_array_size (epochs));
  g_assert_cmpuint (n_whole, ==, json_integer_value (json_object_get (json, "whole")));
  json_array_foreach (epochs, i, row)
    {
      g_assert_cmpuint (spreads[i].n, ==, (guint) get (row, "n"));
      g_assert_cmpfloat_with_epsilon (spreads[i].mean, get (row, "mean"), 1e-12);
      g_assert_cmpfloat_with_epsilon (spreads[i].deviation, get (row, "deviation"), 1e-12);
      g_assert_cmpfloat_with_epsilon (spreads[i].error, get (row, "error"), 1e-12);
      g_assert_cmpfloat (spreads[i].min, ==, get (row, "min"));
      g_assert_cmpfloat (spreads[i].max, ==, get (row, "max"));
    }
}

static void
test_no_curves (void)
{
  static const double one[] = { 1, NAN, 3 };
  const double *curves[] = { one };
  guint lengths[] = { 3 }, n_told, n_whole;
  g_autofree CamSpread *none = cam_curves_spread (NULL, NULL, 0, &n_told, &n_whole), *single = NULL;

  g_assert_cmpuint (n_told, ==, 0);
  single = cam_curves_spread (curves, lengths, 1, &n_told, &n_whole);
  g_assert_cmpuint (n_told, ==, 3);
  g_assert_cmpfloat (single[0].mean, ==, 1);
  g_assert_true (isnan (single[0].deviation) && isnan (single[1].mean));
}

#define COMPARE "\"kind\": \"compare\", \"setting\": \"network/hidden/config/activation\", \"values\": [\"relu\", \"tanh\", \"sigmoid\"], \"repeats\": 3"

/* The same histories whether a store keeps them, the study itself, or a study that is taken up. */
static void
test_histories (void)
{
  g_autofree char *folder = fixture_make_folder (), *path = g_build_filename (folder, "a.camadas", NULL);
  g_autoptr(CamStore) store = CHECKED (cam_store_open (path, error));
  g_autoptr(CamStudy) alone = run (COMPARE, 5, NULL), kept = run (COMPARE, 5, store), again = NULL;
  g_autoptr(CamTable) table = fixture_table ("iris");

  again = cam_study_new (cam_study_get_plan (kept), table, store, 1);
  g_assert_true (CHECKED (cam_study_start (again, cam_study_get_id (kept), error)));
  for (guint place = 0; place < 9; place++)
    {
      const char *const *keys, *const *other_keys;
      guint n, n_other;
      const double *a = cam_study_peek_history (alone, place, &keys, &n), *b = cam_study_peek_history (again, place, &other_keys, &n_other);

      g_assert_cmpuint (n, ==, 5);
      g_assert_cmpuint (n_other, ==, 5);
      g_assert_true (g_strv_equal (keys, other_keys));
      g_assert_cmpmem (a, n * g_strv_length ((char **) keys) * sizeof *a, b, n * g_strv_length ((char **) keys) * sizeof *b);
    }
  cam_study_stop (again);
  while (cam_study_is_running (again))
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&store, cam_store_close);
  fixture_drop_folder (g_steal_pointer (&folder));
}

static void
test_times (void)
{
  g_autoptr(CamStudy) study = run (COMPARE, 12, NULL);
  double target = cam_study_find_target (study, "val_loss", FALSE);
  guint n_all_reach = 0;

  g_assert_true (isfinite (target));
  for (guint setting = 0; setting < 3; setting++)
    {
      g_autoptr(CamStudyCurves) curves = cam_study_curves_new (study, setting, "val_loss");
      CamStudyTime time;
      double sum = 0;
      guint n = 0;

      cam_study_find_time (study, setting, "val_loss", FALSE, target, &time);
      g_assert_cmpuint (curves->n, ==, 3);
      for (guint i = 0; i < curves->n; i++)
        for (guint epoch = 0; epoch < curves->lengths[i]; epoch++)
          if (curves->curves[i][epoch] <= target)
            {
              sum += epoch + 1;
              n++;
              break;
            }
      g_assert_cmpuint (time.n_runs, ==, 3);
      g_assert_cmpuint (time.n_reached, ==, n);
      if (n > 0)
        g_assert_cmpfloat_with_epsilon (time.epochs.mean, sum / n, 1e-12);
      n_all_reach += n == 3;
    }
  /* That of the middle setting: it and a better one get there with all their runs. */
  g_assert_cmpuint (n_all_reach, >=, 2);

  /* Nobody gets there. */
  {
    CamStudyTime time;

    cam_study_find_time (study, 0, "val_loss", FALSE, -1, &time);
    g_assert_cmpuint (time.n_reached, ==, 0);
    g_assert_true (isnan (time.epochs.mean));
    cam_study_find_time (study, 0, "no such key", FALSE, 1, &time);
    g_assert_cmpuint (time.n_runs, ==, 0);
  }
}

/* Reports tell of layers, the same however many threads there are and runs go at a time. */
static void
test_layers (void)
{
  g_autoptr(CamStudy) study = run (COMPARE, 4, NULL), again = run (COMPARE, 4, NULL);
  g_autoptr(GPtrArray) names = cam_study_list_layers (study);
  CamStudyLayer layer;
  CamSpread dead;

  g_assert_cmpuint (names->len, ==, 2);
  cam_study_find_layer (study, 0, g_ptr_array_index (names, 0), &layer);
  g_assert_cmpuint (layer.gradient.n, ==, 3);
  g_assert_cmpfloat (layer.gradient.min, >, 0);
  g_assert_cmpuint (layer.dead.n, ==, 3);
  g_assert_true (layer.dead.min >= 0 && layer.dead.max <= 1);
  g_assert_true (cam_study_find_dead (study, 0, &dead));
  g_assert_cmpfloat_with_epsilon (dead.mean, layer.dead.mean, 1e-12);

  /* Neither tanh nor sigmoid can die; they saturate. */
  cam_study_find_layer (study, 1, g_ptr_array_index (names, 0), &layer);
  g_assert_cmpuint (layer.dead.n, ==, 0);
  g_assert_cmpuint (layer.saturated.n, ==, 3);
  g_assert_false (cam_study_find_dead (study, 1, &dead));
  for (guint place = 0; place < 9; place++)
    {
      CamStudyResult a, b;

      cam_study_get_result (study, place, &a);
      cam_study_get_result (again, place, &b);
      g_assert_true (json_equal (json_object_get (a.report, "layers"), json_object_get (b.report, "layers")));
    }
}

/* Two names for one thing. */
static void
test_no_difference (void)
{
  g_autoptr(CamStudy) study = run ("\"kind\": \"compare\", \"setting\": \"optimizer\", \"values\": [\"adam\", \"adam\"], \"labels\": [\"one\", \"other\"], \"repeats\": 3", 4, NULL);
  g_autoptr(GPtrArray) groups = cam_study_make_groups (study, "val_loss");
  g_autofree char *words = cam_study_describe (study);
  CamPaired paired;

  g_assert_true (isnan (cam_study_compare_groups (study, g_ptr_array_index (groups, 0), g_ptr_array_index (groups, 1), FALSE, &paired)));
  g_assert_true (paired.is_same);
  g_assert_nonnull (strstr (words, "no difference found"));
}

#define SEARCH "\"kind\": \"search\", \"space\": {\"fit/batch_size\": [8, 16, 64], \"network/0/config/activation\": [\"relu\", \"tanh\"], \"optimizer/config/learning_rate\": " \
               "{\"from\": 1e-4, \"to\": 0.1, \"scale\": \"log\"}}, \"trials\": 12"

static void
test_search (void)
{
  g_autoptr(CamStudy) study = run (SEARCH, 5, NULL);
  g_autoptr(GPtrArray) axes = cam_study_list_axes (study);
  const CamStudyAxis *batch, *activation, *rate;
  g_autofree double *best = NULL, *order = NULL, *scores = NULL;
  double shares[3], together, lowest = INFINITY;
  guint n;

  g_assert_cmpuint (axes->len, ==, 3);
  batch = g_ptr_array_index (axes, 0);
  activation = g_ptr_array_index (axes, 1);
  rate = g_ptr_array_index (axes, 2);
  g_assert_cmpstr (batch->name, ==, "batch_size");
  g_assert_true (batch->is_number && batch->is_list && batch->is_log && batch->low == 8 && batch->high == 64);
  g_assert_cmpstr (activation->name, ==, "activation");
  g_assert_true (!activation->is_number && activation->categories->len == 2);
  g_assert_true (rate->is_number && !rate->is_list && rate->is_log && rate->low == 1e-4 && rate->high == 0.1);

  together = cam_study_find_importance (study, axes, shares);
  g_assert_cmpfloat_with_epsilon (together + shares[0] + shares[1] + shares[2], 1, 1e-9);
  best = cam_study_find_best_so_far (study, &n, &order, &scores);
  g_assert_cmpuint (n, ==, 12);
  for (guint i = 0; i < n; i++)
    {
      lowest = MIN (lowest, scores[i]);
      g_assert_cmpfloat (best[i], ==, lowest);
      g_assert_cmpfloat (order[i], ==, i + 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/study-figures/curves", test_curves);
  g_test_add_func ("/study-figures/no-curves", test_no_curves);
  g_test_add_func ("/study-figures/histories", test_histories);
  g_test_add_func ("/study-figures/times", test_times);
  g_test_add_func ("/study-figures/layers", test_layers);
  g_test_add_func ("/study-figures/no-difference", test_no_difference);
  g_test_add_func ("/study-figures/search", test_search);
  return g_test_run ();
}
