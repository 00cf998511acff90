/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans: what is left out, what is refused and where, and the runs that each kind becomes. */
#include <cam-plan.h>
#include <math.h>
#include <string.h>

#define EXPERIMENT "'experiment': {'camadas': 1, 'data': {'file': '/d/iris.csv', 'target': ['species']}, 'network': [" \
                   "{'class_name': 'Dense', 'config': {'units': 8, 'activation': 'relu'}}, {'class_name': 'Dropout', 'config': {'rate': 0.1}}, {'class_name': 'Dense', 'config': {'units': 6}}," \
                   "{'class_name': 'Activation', 'config': {'activation': 'relu'}}, {'class_name': 'Dense', 'config': {'units': 3, 'activation': 'softmax'}}], 'fit': {'epochs': 81, 'seed': 7}}"

static CamPlan *
make (const char  *text,
      GError     **error)
{
  g_autofree char *whole = g_strdup_printf ("{'camadas-plan': 1, %s, " EXPERIMENT "}", text);

  return cam_plan_new_from_text (g_strdelimit (whole, "'", '"'), error);
}

static CamPlan *
plan (const char *text)
{
  g_autoptr(GError) error = NULL;
  CamPlan *self = make (text, &error);

  g_assert_no_error (error);
  return self;
}

/* The value at @path of the run in @place, as JSON. */
static char *
peek (const CamPlan *self,
      guint          place,
      const char    *path)
{
  CamPlanPlace at = cam_plan_find_place (self, place);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamExperiment) experiment = cam_plan_make_experiment (self, at.stage, at.rank, at.repeat, &error);
  const json_t *value;

  g_assert_no_error (error);
  value = cam_experiment_peek (experiment, path);
  return value != NULL ? cam_json_dump (value, FALSE) : g_strdup ("nothing");
}

#define assert_run(self, place, path, expected) \
  do { g_autofree char *found_ = peek (self, place, path); g_assert_cmpstr (found_, ==, expected); } while (0)

static void
assert_name (const CamPlan *self,
             guint          place,
             const char    *expected)
{
  CamPlanPlace at = cam_plan_find_place (self, place);
  g_autofree char *name = cam_plan_make_name (self, at.stage, at.rank, at.repeat);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_repeat (void)
{
  g_autoptr(CamPlan) self = plan ("'kind': 'repeat'");
  g_autoptr(CamPlan) seeds = plan ("'kind': 'repeat', 'seeds': [3, 99]");

  g_assert_cmpuint (cam_plan_get_n_runs (self), ==, 5);
  g_assert_cmpuint (cam_plan_get_n_settings (self), ==, 1);
  g_assert_cmpstr (cam_plan_get_monitor (self), ==, "val_loss");
  g_assert_false (cam_plan_larger_is_better (self));
  assert_run (self, 0, "fit/seed", "7");
  assert_run (self, 4, "fit/seed", "11");
  assert_run (self, 4, "split/seed", "42");
  assert_name (self, 4, "seed 11");
  g_assert_cmpuint (cam_plan_get_n_runs (seeds), ==, 2);
  assert_run (seeds, 1, "fit/seed", "99");
}

/* Hidden layers alone change, those without an activation of their own not either; all settings come with one seed before the next. */
static void
test_compare (void)
{
  g_autoptr(CamPlan) self = plan ("'kind': 'compare', 'setting': 'network/hidden/config/activation', 'values': ['tanh', 'sigmoid', 'tanh'], 'repeats': 2, 'monitor': 'val_accuracy'");

  g_assert_cmpuint (cam_plan_get_n_runs (self), ==, 6);
  g_assert_true (cam_plan_larger_is_better (self));
  assert_name (self, 0, "tanh · seed 7");
  assert_name (self, 2, "tanh (2) · seed 7");
  assert_name (self, 4, "sigmoid · seed 8");
  assert_run (self, 1, "network/0/config/activation", "\"sigmoid\"");
  assert_run (self, 1, "network/2/config/activation", "\"linear\"");
  assert_run (self, 1, "network/3/config/activation", "\"sigmoid\"");
  assert_run (self, 1, "network/4/config/activation", "\"softmax\"");
  assert_run (self, 4, "fit/seed", "8");
}

static void
test_compare_objects (void)
{
  g_autoptr(CamPlan) self = plan ("'kind': 'compare', 'setting': 'optimizer', 'values': ['adam', {'class_name': 'SGD', 'config': {'momentum': 0.9}}], 'seeds': [1]");
  g_autoptr(CamPlan) named = plan ("'kind': 'compare', 'setting': 'fit/batch_size', 'values': [16, 32], 'labels': ['small', 'large'], 'seeds': [1]");

  assert_run (self, 1, "optimizer/config/momentum", "0.9");
  g_assert_cmpstr (cam_plan_get_label (self, 1), ==, "SGD {\"momentum\":0.9}");
  assert_run (named, 1, "fit/batch_size", "32");
  assert_name (named, 1, "large");
}

/* Folds are dealt anew in each round, the same for all settings. */
static void
test_folds (void)
{
  g_autoptr(CamPlan) self = plan ("'kind': 'cross-validate', 'folds': 3, 'repeats': 2");

  g_assert_cmpuint (cam_plan_get_n_runs (self), ==, 6);
  assert_name (self, 0, "seed 7 · fold 1");
  assert_name (self, 5, "seed 8 · fold 3");
  assert_run (self, 2, "split/folds", "3");
  assert_run (self, 2, "split/fold", "3");
  assert_run (self, 2, "split/seed", "42");
  assert_run (self, 3, "split/seed", "43");
  assert_run (self, 3, "fit/seed", "8");
}

static void
test_sizes (void)
{
  g_autoptr(CamPlan) self = plan ("'kind': 'learning-curve', 'sizes': [0.25, 60, 1], 'seeds': [1, 2]");

  g_assert_cmpuint (cam_plan_get_n_runs (self), ==, 6);
  assert_name (self, 0, "25 % · seed 1");
  assert_name (self, 4, "60 rows · seed 2");
  assert_run (self, 1, "split/train_rows", "60");
  /* The same start for all sizes, other rows in the other round. */
  assert_run (self, 0, "fit/seed", "1");
  assert_run (self, 2, "fit/seed", "1");
  assert_run (self, 2, "split/train_seed", "42");
  assert_run (self, 3, "split/train_seed", "43");
  assert_run (self, 3, "split/folds", "nothing");
}

#define SPACE "'space': {'network/hidden/config/activation': ['relu', 'tanh'], 'fit/batch_size': {'from': 8, 'to': 10, 'integer': true}," \
              "'optimizer/config/learning_rate': {'from': 0.0001, 'to': 0.1, 'scale': 'log'}}"

static void
test_random (void)
{
  g_autoptr(CamPlan) self = plan ("'kind': 'search', " SPACE ", 'trials': 400, 'folds': 3");
  g_autoptr(CamPlan) fewer = plan ("'kind': 'search', " SPACE ", 'trials': 5");
  g_autoptr(CamPlan) other = plan ("'kind': 'search', " SPACE ", 'trials': 5, 'seed': 1");
  guint sizes[3] = { 0 }, n_tanh = 0, n_low = 0;

  g_assert_cmpuint (cam_plan_get_n_runs (self), ==, 1200);
  assert_name (self, 5, "trial 2 · fold 3");
  for (guint i = 0; i < 400; i++)
    {
      const json_t *values = cam_plan_get_values (self, i);
      double rate = json_real_value (json_object_get (values, "optimizer/config/learning_rate"));

      g_assert_cmpuint (json_object_size (values), ==, 3);
      g_assert_true (rate >= 0.0001 && rate <= 0.1);
      n_low += rate < sqrt (0.0001 * 0.1);
      n_tanh += g_str_equal (json_string_value (json_object_get (values, "network/hidden/config/activation")), "tanh");
      sizes[json_integer_value (json_object_get (values, "fit/batch_size")) - 8]++;
    }
  /* Four standard deviations around what is likely. */
  g_assert_true (n_low >= 160 && n_low <= 240 && n_tanh >= 160 && n_tanh <= 240);
  for (guint i = 0; i < 3; i++)
    g_assert_true (sizes[i] >= 96 && sizes[i] <= 171);
  for (guint i = 0; i < 5; i++)
    g_assert_true (json_equal (cam_plan_get_values (self, i), cam_plan_get_values (fewer, i)));
  g_assert_false (json_equal (cam_plan_get_values (other, 0), cam_plan_get_values (fewer, 0)));
}

static void
test_grid (void)
{
  static const char *const expected[] = { "0.001 16", "0.001 32", "0.01 16", "0.01 32", "0.1 16", "0.1 32" };
  g_autoptr(CamPlan) self = plan ("'kind': 'search', 'method': 'grid', 'space': {'optimizer/config/learning_rate': {'from': 0.001, 'to': 0.1, 'scale': 'log', 'steps': 3}, 'fit/batch_size': [16, 32]}");

  g_assert_cmpuint (cam_plan_get_n_runs (self), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *rate = peek (self, i, "optimizer/config/learning_rate"), *size = peek (self, i, "fit/batch_size");
      g_autofree char *both = g_strconcat (rate, " ", size, NULL);

      g_assert_cmpstr (both, ==, expected[i]);
    }
}

/* Li and others, "Hyperband", JMLR 18, 2018, table 1, the column of s = 4: of 81 settings, a third each with three times the resources. */
static void
test_halving (void)
{
  static const struct { guint n, epochs; } stages[] = { { 81, 1 }, { 27, 3 }, { 9, 9 }, { 3, 27 }, { 1, 81 } };
  g_autoptr(CamPlan) self = plan ("'kind': 'search', 'method': 'halving', 'space': {'fit/batch_size': [8, 16]}, 'trials': 81, 'first_epochs': 1, 'folds': 2");
  guint first = 0;

  g_assert_cmpuint (cam_plan_get_n_stages (self), ==, G_N_ELEMENTS (stages));
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      CamPlanPlace last;

      g_assert_cmpuint (cam_plan_get_first (self, i), ==, first);
      g_assert_cmpuint (cam_plan_count_settings (self, i), ==, stages[i].n);
      g_assert_cmpuint (cam_plan_get_epochs (self, i, 0), ==, stages[i].epochs);
      first += 2 * stages[i].n;
      last = cam_plan_find_place (self, first - 1);
      g_assert_true (last.stage == i && last.rank == stages[i].n - 1 && last.repeat == 1);
    }
  g_assert_cmpuint (cam_plan_get_n_runs (self), ==, first);
  assert_run (self, 162, "fit/epochs", "3");
  assert_name (self, 162, "trial 1 · 3 epochs · fold 1");
}

static void
test_choose (void)
{
  g_autoptr(CamPlan) low = plan ("'kind': 'search', 'method': 'halving', 'space': {'fit/batch_size': [8]}, 'trials': 6, 'first_epochs': 27");
  g_autoptr(CamPlan) high = plan ("'kind': 'search', 'method': 'halving', 'space': {'fit/batch_size': [8]}, 'trials': 6, 'first_epochs': 27, 'direction': 'max'");
  const guint settings[] = { 0, 1, 2, 3, 4, 5 };
  const double scores[] = { 0.5, NAN, 0.25, 0.75, 0.25, 0.75 };
  guint chosen[2];

  cam_plan_choose (low, 0, settings, scores, chosen);
  g_assert_true (chosen[0] == 2 && chosen[1] == 4);
  cam_plan_choose (high, 0, settings, scores, chosen);
  g_assert_true (chosen[0] == 3 && chosen[1] == 5);
}

/* What is written is the same plan again, to the last letter. */
static void
test_round_trip (void)
{
  static const char *const texts[] = { "'kind': 'repeat'", "'kind': 'compare', 'setting': 'loss', 'values': ['mse', 'mae']", "'kind': 'cross-validate'", "'kind': 'learning-curve'", "'kind': 'search', " SPACE };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(CamPlan) self = plan (texts[i]), back = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *text = cam_plan_to_text (self), *again = NULL;

      back = cam_plan_new_from_text (text, &error);
      g_assert_no_error (error);
      again = cam_plan_to_text (back);
      g_assert_cmpstr (text, ==, again);
      g_assert_cmpuint (cam_plan_get_n_runs (back), ==, cam_plan_get_n_runs (self));
    }
}

static const struct { const char *name, *text, *message; } errors[] = {
  { "kind", "'kind': 'guess'", "kind" },
  { "no-kind", "'name': 'x'", "kind" },
  { "key", "'kind': 'repeat', 'seedz': [1]", "“seedz”" },
  { "key-of-other-kind", "'kind': 'repeat', 'folds': 3", "folds: a study of the kind “repeat” does not use it" },
  { "seeds-twice", "'kind': 'repeat', 'seeds': [1, 2, 1]", "seeds: " },
  { "no-seeds", "'kind': 'repeat', 'seeds': []", "seeds: " },
  { "seeds-and-repeats", "'kind': 'repeat', 'seeds': [1], 'repeats': 2", "repeats: " },
  { "seed-text", "'kind': 'repeat', 'seeds': ['one']", "seeds, number 1" },
  { "one-value", "'kind': 'compare', 'setting': 'loss', 'values': ['mse']", "values: " },
  { "no-setting", "'kind': 'compare', 'values': ['mse', 'mae']", "“setting”" },
  { "bad-value", "'kind': 'compare', 'setting': 'network/hidden/config/activation', 'values': ['relu', 'rellu']", "values, number 2 (“network/hidden/config/activation”): " },
  { "bad-path", "'kind': 'compare', 'setting': 'fit/batchsize', 'values': [1, 2]", "values, number 1 (“fit/batchsize”): " },
  { "no-hidden", "'kind': 'compare', 'setting': 'network/hidden/config/filters', 'values': [1, 2]", "no layer before the output has “config/filters”" },
  { "seed-path", "'kind': 'compare', 'setting': 'fit/seed', 'values': [1, 2]", "setting: “fit/seed”" },
  { "other-data", "'kind': 'compare', 'setting': 'data/file', 'values': ['/a.csv', '/b.csv']", "other data" },
  { "labels", "'kind': 'compare', 'setting': 'loss', 'values': ['mse', 'mae'], 'labels': ['a']", "labels: " },
  { "sizes-order", "'kind': 'learning-curve', 'sizes': [0.5, 0.25]", "sizes, number 2: " },
  { "sizes-fraction", "'kind': 'learning-curve', 'sizes': [10.5]", "sizes, number 1: " },
  { "sizes-zero", "'kind': 'learning-curve', 'sizes': [0]", "sizes, number 1" },
  { "no-sizes", "'kind': 'learning-curve', 'sizes': []", "sizes: " },
  { "folds", "'kind': 'cross-validate', 'folds': 1", "folds" },
  { "space", "'kind': 'search'", "“space”" },
  { "space-empty", "'kind': 'search', 'space': {}", "space: " },
  { "range-order", "'kind': 'search', 'space': {'fit/batch_size': {'from': 9, 'to': 8}}", "space, fit/batch_size: " },
  { "range-log", "'kind': 'search', 'space': {'optimizer/config/learning_rate': {'from': 0, 'to': 8, 'scale': 'log'}}", "space, optimizer/config/learning_rate: " },
  { "range-integer", "'kind': 'search', 'space': {'fit/batch_size': {'from': 1.5, 'to': 8, 'integer': true}}", "space, fit/batch_size: " },
  { "grid-steps", "'kind': 'search', 'method': 'grid', 'space': {'fit/batch_size': {'from': 1, 'to': 8}}", "“steps”" },
  { "grid-size", "'kind': 'search', 'method': 'grid', 'space': {'fit/batch_size': {'from': 1, 'to': 8, 'steps': 1000}, 'fit/epochs': {'from': 1, 'to': 8, 'steps': 1000}}", "10,000 runs" },
  { "bad-trial", "'kind': 'search', 'space': {'fit/batch_size': [0]}", "space, trial 1 ({\"fit/batch_size\":0}): " },
  { "halving-epochs", "'kind': 'search', 'method': 'halving', 'space': {'fit/epochs': [1, 2]}", "space, fit/epochs: " },
  { "too-many", "'kind': 'search', 'space': {'fit/batch_size': [8]}, 'trials': 9000, 'folds': 2", "10,000 runs" },
};

static void
test_error (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(GError) error = NULL;
  CamPlan *self = make (errors[i].text, &error);

  g_assert_null (self);
  g_assert_nonnull (error);
  if (strstr (error->message, errors[i].message) == NULL)
    g_error ("“%s” does not name “%s”", error->message, errors[i].message);
}

static void
test_documents (void)
{
  static const char *const texts[] = { "{}", "[]", "{\"camadas-plan\": 2, \"kind\": \"repeat\"}", "{\"camadas-plan\": 1, \"kind\": \"repeat\"}", "{\"camadas-plan\": 1, \"kind\": \"repeat\", \"experiment\": {}}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (cam_plan_new_from_text (texts[i], &error));
      g_assert_nonnull (error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/experiment/plan/repeat", test_repeat);
  g_test_add_func ("/experiment/plan/compare", test_compare);
  g_test_add_func ("/experiment/plan/compare-objects", test_compare_objects);
  g_test_add_func ("/experiment/plan/folds", test_folds);
  g_test_add_func ("/experiment/plan/sizes", test_sizes);
  g_test_add_func ("/experiment/plan/random", test_random);
  g_test_add_func ("/experiment/plan/grid", test_grid);
  g_test_add_func ("/experiment/plan/halving", test_halving);
  g_test_add_func ("/experiment/plan/choose", test_choose);
  g_test_add_func ("/experiment/plan/round-trip", test_round_trip);
  g_test_add_func ("/experiment/plan/documents", test_documents);
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/plan/error/", errors[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_error);
    }
  return g_test_run ();
}
