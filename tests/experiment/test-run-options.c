/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of a fit by way of the document: weights of classes, weighted metrics, measuring again, files of callbacks, what is told of a divergence. */
#include <cam-model.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "experiment-fixture.h"
#include "run-watch.h"

#define ADAM "{ \"class_name\": \"Adam\", \"config\": { \"learning_rate\": 0.01 } }"

static CamRunner *
run (const char    *sample,
     CamExperiment *experiment,
     const char    *folder)
{
  CamRunner *runner = cam_runner_new ();
  Watch watch;

  cam_runner_set_folder (runner, folder);
  watch_init (&watch, runner, NULL);
  watch_start (&watch, sample, experiment, 1);
  watch_wait (&watch);
  watch_clear (&watch);
  return runner;
}

static double
last (CamRunner  *runner,
      const char *key)
{
  const char *const *keys = cam_runner_get_keys (runner);
  guint i = 0;

  while (keys[i] != NULL && !g_str_equal (keys[i], key))
    i++;
  g_assert_nonnull (keys[i]);
  return cam_runner_get_value (runner, i, cam_runner_get_n_epochs (runner) - 1);
}

/* A class that weighs nothing is not learned; one that weighs ten times as much is answered more often. */
static void
test_class_weight (void)
{
  g_autoptr(CamExperiment) usual = fixture_experiment ("breast-cancer", "8", ADAM, "\"epochs\": 5, \"weighted_metrics\": [\"accuracy\"]", "[]");
  g_autoptr(CamExperiment) none = fixture_experiment ("breast-cancer", "8", ADAM, "\"epochs\": 40, \"class_weight\": {\"0\": 0.0}, \"weighted_metrics\": [\"accuracy\"]", "[]");
  g_autoptr(CamExperiment) balanced = fixture_experiment ("breast-cancer", "8", ADAM, "\"epochs\": 5, \"class_weight\": \"balanced\", \"weighted_metrics\": [\"accuracy\"]", "[]");
  g_autoptr(CamRunner) a = run ("breast-cancer", usual, NULL), b = run ("breast-cancer", none, NULL), c = run ("breast-cancer", balanced, NULL);

  g_assert_cmpfloat (last (a, "weighted_accuracy"), ==, last (a, "accuracy"));
  g_assert_cmpfloat (last (b, "weighted_accuracy"), ==, 1.0);
  g_assert_cmpfloat (last (b, "accuracy"), <, 0.8);
  g_assert_cmpfloat (last (c, "weighted_accuracy"), !=, last (c, "accuracy"));
  /* Validation knows no weights. */
  g_assert_cmpfloat (last (c, "val_weighted_accuracy"), ==, last (c, "val_accuracy"));
  g_assert_true (json_is_real (json_object_get (json_object_get (json_object_get (cam_runner_get_report (c), "scores"), "test"), "weighted_accuracy")));
}

static void
test_remeasure (void)
{
  g_autoptr(CamExperiment) off = fixture_experiment ("iris", "8", ADAM, "\"epochs\": 2, \"remeasure_rows\": 0", "[]");
  g_autoptr(CamExperiment) some = fixture_experiment ("iris", "8", ADAM, "\"epochs\": 2, \"remeasure_rows\": 20", "[]");
  g_autoptr(CamRunner) a = run ("iris", off, NULL), b = run ("iris", some, NULL);

  for (guint i = 0; cam_runner_get_keys (a)[i] != NULL; i++)
    g_assert_false (g_str_has_prefix (cam_runner_get_keys (a)[i], "train_"));
  g_assert_cmpint (json_integer_value (json_object_get (cam_runner_get_report (a), "remeasured_rows")), ==, 0);
  g_assert_cmpint (json_integer_value (json_object_get (cam_runner_get_report (b), "remeasured_rows")), ==, 20);
  g_assert_cmpfloat (last (b, "train_loss"), >, 0.0);
  g_assert_cmpfloat (last (a, "loss"), ==, last (b, "loss"));
}

static void
test_files (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "8", ADAM, "\"epochs\": 3",
    "[{\"class_name\": \"ModelCheckpoint\", \"config\": {\"filepath\": \"models/{epoch:02d}.keras\"}},"
    " {\"class_name\": \"CSVLogger\", \"config\": {\"filename\": \"log.csv\", \"append\": true}},"
    " {\"class_name\": \"ReduceLROnPlateau\", \"config\": {\"patience\": 1}}]");
  char *folder = fixture_make_folder ();
  g_autofree char *log = g_build_filename (folder, "log.csv", NULL), *models = g_build_filename (folder, "models", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;

  /* Twice: what is appended has one line of names. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(CamRunner) runner = run ("iris", experiment, folder);

      g_assert_null (json_object_get (cam_runner_get_report (runner), "files_error"));
      g_assert_cmpfloat_with_epsilon (last (runner, "learning_rate"), 0.01, 1e-8);
    }

  g_assert_true (g_file_get_contents (log, &text, NULL, &error));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 3 + 3 + 1);
  g_assert_cmpstr (lines[0], ==, "epoch,accuracy,learning_rate,loss,train_accuracy,train_loss,val_accuracy,val_loss");
  g_assert_true (g_str_has_prefix (lines[1], "0,") && g_str_has_prefix (lines[3], "2,") && g_str_has_prefix (lines[4], "0,"));

  for (guint epoch = 1; epoch <= 3; epoch++)
    {
      g_autofree char *name = g_strdup_printf ("%02u.keras", epoch), *path = g_build_filename (models, name, NULL);
      g_autoptr(CamModel) model = cam_model_load (path, &error);

      g_assert_no_error (error);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (models), ==, 0);
  fixture_drop_folder (folder);
}

/* Without a folder the run goes on, and its report says what is missing. */
static void
test_no_folder (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "8", ADAM, "\"epochs\": 3", "[{\"class_name\": \"CSVLogger\"}]");
  g_autoptr(CamRunner) runner = run ("iris", experiment, NULL);
  const char *text = json_string_value (json_object_get (cam_runner_get_report (runner), "files_error"));

  g_assert_cmpuint (cam_runner_get_n_epochs (runner), ==, 3);
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, "log.csv"));
}

static void
test_diverged (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("energy-efficiency", "8", "{ \"class_name\": \"SGD\", \"config\": { \"learning_rate\": 900 } }", "\"epochs\": 30", "[]");
  g_autoptr(CamRunner) runner = run ("energy-efficiency", experiment, NULL);
  const json_t *report = cam_runner_get_report (runner);
  const char *layer = json_string_value (json_object_get (report, "bad_layer"));

  g_assert_cmpstr (json_string_value (json_object_get (report, "end")), ==, "diverged");
  g_assert_nonnull (layer);
  g_assert_nonnull (strstr (json_string_value (json_object_get (report, "message")), layer));
  g_assert_true (json_is_string (json_object_get (report, "bad")));
}

static void
test_refused (void)
{
  static const struct { const char *fit, *callbacks, *says; } cases[] = {
    { "\"class_weight\": {\"first\": 1}", "[]", "first" },
    { "\"class_weight\": {\"0\": -1}", "[]", "class_weight" },
    { "\"class_weight\": \"even\"", "[]", "balanced" },
    { "\"weighted_metrics\": [\"nothing\"]", "[]", "nothing" },
    { "\"weighted_metrics\": \"accuracy\"", "[]", "weighted_metrics" },
    { "\"remeasure_rows\": -1", "[]", "remeasure_rows" },
    { "\"epochs\": 1", "[{\"class_name\": \"ModelCheckpoint\", \"config\": {\"filepath\": \"../out.keras\"}}]", "filepath" },
    { "\"epochs\": 1", "[{\"class_name\": \"LearningRateScheduler\", \"config\": {\"schedule\": \"sometimes\"}}]", "epoch_decay" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"camadas\": 1, \"data\": {}, \"network\": [], \"fit\": {%s}, \"callbacks\": %s}", cases[i].fit, cases[i].callbacks);
      g_autoptr(GError) error = NULL;
      g_autoptr(CamExperiment) experiment = cam_experiment_new_from_text (text, &error);

      g_assert_null (experiment);
      g_assert_nonnull (error);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].says);
    }
}

/* What the check says, and how it mends it. */
static void
test_checked (void)
{
  static const struct { const char *sample, *fit, *callbacks, *where; } cases[] = {
    { "energy-efficiency", "\"class_weight\": \"balanced\"", "[]", "fit/class_weight" },
    { "iris", "\"remeasure_rows\": 0", "[{\"class_name\": \"EarlyStopping\", \"config\": {\"monitor\": \"train_loss\"}}]", "callbacks/0" },
    { "iris", "\"epochs\": 1", "[{\"class_name\": \"EarlyStopping\", \"config\": {\"monitor\": \"val_auc\"}}]", "callbacks/0" },
    { "iris", "\"epochs\": 1", "[{\"class_name\": \"EarlyStopping\", \"config\": {\"monitor\": \"train_accuracy\"}}]", NULL },
    { "iris", "\"epochs\": 1", "[{\"class_name\": \"ModelCheckpoint\", \"config\": {\"monitor\": \"val_auc\"}}]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CamExperiment) experiment = fixture_experiment (cases[i].sample, "8", ADAM, cases[i].fit, cases[i].callbacks);
      g_autoptr(CamDataset) dataset = fixture_dataset (cases[i].sample, experiment);
      g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, dataset);
      const CamProblem *first = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;

      g_assert_cmpstr (first != NULL ? first->where : NULL, ==, cases[i].where);
      if (first != NULL)
        {
          g_autoptr(CamExperiment) mended = cam_experiment_with (experiment, first->fix_path, first->fix_value, NULL);
          g_autoptr(GPtrArray) left = cam_experiment_check (mended, dataset);

          g_assert_cmpuint (left->len, ==, 0);
        }
    }
}

/* A schedule and a callback that sets the rate. */
static void
test_two_masters (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "8", "{\"class_name\": \"Adam\", \"config\": {\"learning_rate\": \"cosine_decay\"}}", "\"epochs\": 1",
                                                            "[{\"class_name\": \"ReduceLROnPlateau\"}]");
  g_autoptr(CamDataset) dataset = fixture_dataset ("iris", experiment);
  g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, dataset);

  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (((const CamProblem *) g_ptr_array_index (problems, 0))->where, ==, "callbacks/0");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/experiment/options/class-weight", test_class_weight);
  g_test_add_func ("/experiment/options/remeasure", test_remeasure);
  g_test_add_func ("/experiment/options/files", test_files);
  g_test_add_func ("/experiment/options/no-folder", test_no_folder);
  g_test_add_func ("/experiment/options/diverged", test_diverged);
  g_test_add_func ("/experiment/options/refused", test_refused);
  g_test_add_func ("/experiment/options/checked", test_checked);
  g_test_add_func ("/experiment/options/two-masters", test_two_masters);

  return g_test_run ();
}
