/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run from start to each of its ends: what is told, when and where, and what is left. */
#include <cam-keras-file.h>
#include <math.h>
#include <string.h>

#include "experiment-fixture.h"
#include "run-watch.h"

#define ADAM "{ \"class_name\": \"Adam\", \"config\": { \"learning_rate\": 0.01 } }"
#define SGD(rate) "{ \"class_name\": \"SGD\", \"config\": { \"learning_rate\": " rate " } }"
/* Goes on until it is stopped; each batch takes a moment, each epoch many. */
#define ENDLESS fixture_experiment ("breast-cancer", "256, 256", ADAM, "\"epochs\": 1000000, \"batch_size\": 4", "[]")

static double
score (const json_t *report,
       const char   *part,
       const char   *key)
{
  const json_t *value = json_object_get (json_object_get (json_object_get (report, "scores"), part), key);

  g_assert_true (json_is_real (value));
  return json_real_value (value);
}

static guint
find_key (CamRunner  *runner,
          const char *key)
{
  const char *const *keys = cam_runner_get_keys (runner);
  guint i = 0;

  while (!g_str_equal (keys[i], key))
    i++;

  return i;
}

static void
test_history (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "16", ADAM, "\"epochs\": 40, \"batch_size\": 16", "[]");
  g_autoptr(CamRunner) runner = cam_runner_new ();
  const char *const wanted[] = { "accuracy", "loss", "val_accuracy", "val_loss", "train_accuracy", "train_loss", NULL };
  const CamFitOutcome *outcome;
  double losses[40];
  Watch watch;
  guint loss;

  watch_init (&watch, runner, NULL);
  g_assert_cmpint (cam_runner_get_state (runner), ==, CAM_RUNNER_IDLE);
  g_assert_null (cam_runner_get_keys (runner));
  watch_start (&watch, "iris", experiment, 0);
  watch_wait (&watch);

  g_assert_true (g_strv_equal (cam_runner_get_keys (runner), wanted));
  g_assert_cmpstr (cam_runner_get_monitor (runner), ==, "val_loss");
  g_assert_cmpuint (cam_runner_get_n_epochs (runner), ==, 40);
  outcome = cam_runner_get_outcome (runner);
  g_assert_cmpint (outcome->end, ==, CAM_FIT_FINISHED);
  g_assert_cmpuint (outcome->weights_of_epoch, ==, 40);

  loss = find_key (runner, "loss");
  cam_runner_copy_values (runner, loss, losses);
  for (guint epoch = 0; epoch < 40; epoch++)
    g_assert_true (losses[epoch] == cam_runner_get_value (runner, loss, epoch));
  g_assert_cmpfloat (losses[39], <, losses[0] / 2);
  g_assert_cmpuint (cam_runner_get_progress (runner)->best_epoch, ==, outcome->best_epoch);
  g_assert_cmpfloat (cam_runner_get_progress (runner)->left_s, ==, 0.0);

  /* The last epoch's validation was of these weights, in the same mode; and so was training, measured again. */
  g_assert_true (score (cam_runner_get_report (runner), "train", "loss") == cam_runner_get_value (runner, find_key (runner, "train_loss"), 39));
  g_assert_true (score (cam_runner_get_report (runner), "validation", "loss") == cam_runner_get_value (runner, find_key (runner, "val_loss"), 39));
  watch_clear (&watch);
}

static GBytes *
run_bits (CamExperiment *experiment,
          const char    *sample,
          guint          n_threads,
          void         (*action) (Watch *))
{
  g_autoptr(CamRunner) runner = cam_runner_new ();
  g_autoptr(GByteArray) bits = g_byte_array_new ();
  g_autoptr(GBytes) weights = NULL;
  Watch watch;

  watch_init (&watch, runner, NULL);
  watch.at = 2;
  watch.action = action;
  watch_start (&watch, sample, experiment, n_threads);
  watch_wait (&watch);
  weights = cam_network_dup_weights (cam_runner_get_network (runner));
  g_byte_array_append (bits, (const guint8 *) watch.values->data, watch.values->len * (guint) sizeof (double));
  g_byte_array_append (bits, g_bytes_get_data (weights, NULL), (guint) g_bytes_get_size (weights));
  g_assert_cmpint (json_integer_value (json_object_get (cam_runner_get_report (runner), "threads")), ==, n_threads);
  watch_clear (&watch);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bits));
}

static void
test_threads (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("breast-cancer", "128, 64", ADAM, "\"epochs\": 4, \"batch_size\": 64", "[]");
  g_autoptr(GBytes) one = run_bits (experiment, "breast-cancer", 1, NULL), two = run_bits (experiment, "breast-cancer", 2, NULL);
  g_autoptr(GBytes) four = run_bits (experiment, "breast-cancer", 4, NULL);

  g_assert_true (g_bytes_equal (one, two));
  g_assert_true (g_bytes_equal (one, four));
}

static void
pause_a_while (Watch *watch)
{
  guint before;
  double elapsed;

  cam_runner_set_paused (watch->runner, TRUE);
  g_assert_cmpint (cam_runner_get_state (watch->runner), ==, CAM_RUNNER_PAUSED);
  /* The batch under way may still end an epoch; this is within a handler, so nothing is told before it returns. */
  g_usleep (100000);
  before = watch->n_epochs;
  elapsed = cam_runner_get_progress (watch->runner)->elapsed_s;
  cam_runner_set_paused (watch->runner, FALSE);
  g_assert_cmpint (cam_runner_get_state (watch->runner), ==, CAM_RUNNER_RUNNING);
  g_assert_cmpuint (watch->n_epochs, ==, before);
  g_assert_true (elapsed == cam_runner_get_progress (watch->runner)->elapsed_s);
}

static void
test_pause (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("breast-cancer", "64, 64", ADAM, "\"epochs\": 600, \"batch_size\": 16", "[]");
  g_autoptr(GBytes) without = run_bits (experiment, "breast-cancer", 2, NULL), with = run_bits (experiment, "breast-cancer", 2, pause_a_while);

  g_assert_true (g_bytes_equal (without, with));
}

static void
pause_run (Watch *watch)
{
  cam_runner_set_paused (watch->runner, TRUE);
}

/* Paused: nothing comes any more, and Stop still ends it. */
static void
test_stop_while_paused (void)
{
  g_autoptr(CamExperiment) experiment = ENDLESS;
  g_autoptr(CamRunner) runner = cam_runner_new ();
  Watch watch;
  guint n_epochs, n_progress;
  double elapsed;

  watch_init (&watch, runner, NULL);
  watch.at = 1;
  watch.action = pause_run;
  watch_start (&watch, "breast-cancer", experiment, 1);
  while (cam_runner_get_state (runner) != CAM_RUNNER_PAUSED)
    g_main_context_iteration (NULL, TRUE);
  watch_idle (&watch, 100);
  n_epochs = watch.n_epochs;
  n_progress = watch.n_progress;
  elapsed = cam_runner_get_progress (runner)->elapsed_s;
  watch_idle (&watch, 200);
  g_assert_cmpuint (watch.n_epochs, ==, n_epochs);
  g_assert_cmpuint (watch.n_progress, ==, n_progress);

  cam_runner_stop (runner);
  g_assert_cmpint (cam_runner_get_state (runner), ==, CAM_RUNNER_STOPPING);
  cam_runner_set_paused (runner, TRUE);
  g_assert_cmpint (cam_runner_get_state (runner), ==, CAM_RUNNER_STOPPING);
  watch_wait (&watch);
  g_assert_cmpint (cam_runner_get_outcome (runner)->end, ==, CAM_FIT_STOPPED);
  /* The pause does not count; a batch may have been under way. */
  g_assert_cmpfloat (cam_runner_get_outcome (runner)->elapsed_s, <, elapsed + 0.2);
  watch_clear (&watch);
}

static void
stop_run (Watch *watch)
{
  cam_runner_stop (watch->runner);
}

static void
test_stop (void)
{
  g_autoptr(CamExperiment) experiment = ENDLESS;
  g_autoptr(CamRunner) runner = cam_runner_new ();
  const CamFitOutcome *outcome;
  const json_t *report;
  Watch watch;

  watch_init (&watch, runner, NULL);
  watch.at = 3;
  watch.action = stop_run;
  watch_start (&watch, "breast-cancer", experiment, 2);
  watch_wait (&watch);

  outcome = cam_runner_get_outcome (runner);
  report = cam_runner_get_report (runner);
  g_assert_cmpint (outcome->end, ==, CAM_FIT_STOPPED);
  g_assert_cmpuint (outcome->best_epoch, >, 0);
  g_assert_cmpuint (outcome->weights_of_epoch, ==, outcome->best_epoch);
  g_assert_true (score (report, "validation", "loss") == outcome->best_value);
  g_assert_cmpint (json_integer_value (json_object_get (report, "weights_of_epoch")), ==, outcome->best_epoch);
  g_assert_cmpstr (json_string_value (json_object_get (report, "end")), ==, "stopped");
  watch_clear (&watch);
}

/* Stop acts within a batch, also in the first epoch. */
static void
test_stop_at_once (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("breast-cancer", "1024, 1024, 1024", ADAM, "\"epochs\": 10, \"batch_size\": 1", "[]");
  g_autoptr(CamRunner) runner = cam_runner_new ();
  Watch watch;

  watch_init (&watch, runner, NULL);
  watch_start (&watch, "breast-cancer", experiment, 1);
  while (watch.n_progress == 0)
    g_main_context_iteration (NULL, TRUE);
  cam_runner_stop (runner);
  cam_runner_stop (runner);
  watch_wait (&watch);

  g_assert_cmpuint (watch.n_epochs, ==, 0);
  g_assert_cmpint (cam_runner_get_outcome (runner)->end, ==, CAM_FIT_STOPPED);
  g_assert_cmpuint (cam_runner_get_outcome (runner)->weights_of_epoch, ==, 0);
  g_assert_nonnull (cam_runner_get_network (runner));
  g_assert_true (json_is_null (json_object_get (cam_runner_get_report (runner), "weights_of_epoch")));
  g_assert_cmpuint (json_object_size (json_object_get (cam_runner_get_report (runner), "scores")), ==, 0);
  watch_clear (&watch);
}

static void
test_early (void)
{
  g_autoptr(CamExperiment) experiment =
    fixture_experiment ("breast-cancer", "32", ADAM, "\"epochs\": 500, \"batch_size\": 16",
                        "[{ \"class_name\": \"EarlyStopping\", \"config\": { \"patience\": 5, \"restore_best_weights\": true } }]");
  g_autoptr(CamRunner) runner = cam_runner_new ();
  const CamFitOutcome *outcome;
  Watch watch;

  watch_init (&watch, runner, NULL);
  watch_start (&watch, "breast-cancer", experiment, 1);
  watch_wait (&watch);
  outcome = cam_runner_get_outcome (runner);
  g_assert_cmpint (outcome->end, ==, CAM_FIT_EARLY);
  g_assert_cmpuint (watch.n_epochs, ==, outcome->best_epoch + 5);
  g_assert_cmpuint (outcome->weights_of_epoch, ==, outcome->best_epoch);
  g_assert_true (score (cam_runner_get_report (runner), "validation", "loss") == outcome->best_value);
  g_assert_cmpstr (json_string_value (json_object_get (cam_runner_get_report (runner), "message")), ==, outcome->message);
  watch_clear (&watch);
}

static void
test_diverge (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("energy-efficiency", "32, 32", SGD ("900"), "\"epochs\": 50, \"batch_size\": 32", "[]");
  g_autoptr(CamRunner) runner = cam_runner_new ();
  const CamFitOutcome *outcome;
  const json_t *report;
  g_autofree char *where = NULL;
  Watch watch;

  watch_init (&watch, runner, NULL);
  watch_start (&watch, "energy-efficiency", experiment, 1);
  watch_wait (&watch);

  outcome = cam_runner_get_outcome (runner);
  report = cam_runner_get_report (runner);
  g_assert_cmpint (outcome->end, ==, CAM_FIT_DIVERGED);
  g_assert_cmpuint (outcome->bad_epoch, ==, watch.n_epochs + 1);
  g_assert_cmpuint (outcome->bad_batch, >=, 1);
  where = g_strdup_printf ("epoch %u, batch %" G_GSIZE_FORMAT, outcome->bad_epoch, outcome->bad_batch);
  g_assert_nonnull (strstr (outcome->message, where));
  g_assert_cmpint (json_integer_value (json_object_get (report, "bad_epoch")), ==, outcome->bad_epoch);
  g_assert_cmpint (json_integer_value (json_object_get (report, "bad_batch")), ==, outcome->bad_batch);
  /* In its first epoch: there is no model. */
  g_assert_cmpuint (outcome->best_epoch, ==, 0);
  g_assert_null (cam_runner_get_network (runner));
  g_assert_cmpuint (json_object_size (json_object_get (report, "scores")), ==, 0);
  watch_clear (&watch);
}

/* Loss and accuracy by hand, from the predictions, for each part. */
static void
test_report (void)
{
  static const char *const parts[] = { "train", "validation", "test" };
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "16", ADAM, "\"epochs\": 25, \"batch_size\": 16", "[]");
  g_autoptr(CamRunner) runner = cam_runner_new ();
  const json_t *report;
  CamDataset *dataset;
  Watch watch;

  watch_init (&watch, runner, NULL);
  watch_start (&watch, "iris", experiment, 1);
  watch_wait (&watch);
  report = cam_runner_get_report (runner);
  dataset = cam_runner_get_dataset (runner);

  for (guint part = 0; part < CAM_N_PARTS; part++)
    {
      gsize n = cam_dataset_get_n_rows (dataset, (CamPart) part);
      g_autofree float *p = g_new (float, n * 3);
      const float *y = cam_dataset_get_y (dataset, (CamPart) part);
      double loss = 0.0, right = 0.0;

      g_assert_cmpuint (n, >, 0);
      cam_network_predict (cam_runner_get_network (runner), cam_dataset_get_x (dataset, (CamPart) part), n, p);
      for (gsize row = 0; row < n; row++)
        {
          guint is = 0, said = 0;

          for (guint c = 1; c < 3; c++)
            {
              is = y[row * 3 + c] > y[row * 3 + is] ? c : is;
              said = p[row * 3 + c] > p[row * 3 + said] ? c : said;
            }
          loss -= log (p[row * 3 + is]) / (double) n;
          right += (is == said) / (double) n;
        }
      g_assert_cmpfloat_with_epsilon (score (report, parts[part], "loss"), loss, 1e-5);
      g_assert_cmpfloat_with_epsilon (score (report, parts[part], "accuracy"), right, 1e-12);
    }

  g_assert_cmpstr (json_string_value (json_object_get (report, "task")), ==, "multi-class");
  g_assert_cmpstr (json_string_value (json_object_get (report, "end")), ==, "finished");
  g_assert_null (json_object_get (report, "message"));
  g_assert_cmpint (json_integer_value (json_object_get (report, "epochs")), ==, 25);
  g_assert_cmpint (json_integer_value (json_object_get (report, "best_epoch")), ==, cam_runner_get_outcome (runner)->best_epoch);
  g_assert_cmpint (json_integer_value (json_object_get (report, "seed")), ==, 42);
  g_assert_cmpint (json_integer_value (json_object_get (report, "threads")), ==, 1);
  g_assert_true (json_real_value (json_object_get (report, "seconds")) == cam_runner_get_outcome (runner)->elapsed_s);
  g_assert_cmpfloat (json_real_value (json_object_get (report, "rows_per_second")), >=, 25 * 90 / cam_runner_get_outcome (runner)->elapsed_s);
  watch_clear (&watch);
}

static void
unref_runner (Watch *watch)
{
  g_clear_object (&watch->runner);
}

/* The last reference goes in a handler, or between two turns. */
static void
test_dispose (gconstpointer data)
{
  gboolean in_handler = GPOINTER_TO_INT (data);
  g_autoptr(CamExperiment) experiment = ENDLESS;
  Watch watch;
  guint n_epochs;

  watch_init (&watch, cam_runner_new (), NULL);
  watch.at = 1;
  watch.action = in_handler ? unref_runner : NULL;
  watch_start (&watch, "breast-cancer", experiment, 2);
  while (watch.n_epochs == 0)
    g_main_context_iteration (NULL, TRUE);
  if (!in_handler)
    g_assert_finalize_object (g_steal_pointer (&watch.runner));
  g_assert_null (watch.runner);

  n_epochs = watch.n_epochs;
  watch_idle (&watch, 60);
  g_assert_cmpuint (watch.n_epochs, ==, n_epochs);
  g_assert_false (watch.has_ended);
  watch_clear (&watch);
}

static void
ended_again_cb (CamRunner *runner,
                gpointer   user_data)
{
  guint *n = user_data;
  g_autoptr(GError) error = NULL;

  if (++*n == 1)
    {
      g_assert_true (cam_runner_start (runner, cam_runner_get_experiment (runner), cam_runner_get_dataset (runner), NULL, 1, &error));
      g_assert_no_error (error);
    }
}

/* "ended" may start the next, even from what it borrows. */
static void
test_start_again (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "4", ADAM, "\"epochs\": 3, \"batch_size\": 16", "[]");
  g_autoptr(CamDataset) dataset = fixture_dataset ("iris", experiment);
  g_autoptr(CamRunner) runner = cam_runner_new ();
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_signal_connect (runner, "ended", G_CALLBACK (ended_again_cb), &n);
  g_assert_true (cam_runner_start (runner, experiment, dataset, NULL, 1, &error));
  while (n < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (cam_runner_get_n_epochs (runner), ==, 3);
}

static void
test_refusals (void)
{
  g_autoptr(CamExperiment) experiment = ENDLESS;
  g_autoptr(CamExperiment) iris = fixture_experiment ("iris", "4", ADAM, "\"epochs\": 3, \"batch_size\": 16", "[]");
  g_autoptr(CamDataset) dataset = fixture_dataset ("breast-cancer", experiment);
  g_autoptr(CamRunner) runner = cam_runner_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (cam_runner_start (runner, iris, dataset, NULL, 1, &error));
  g_assert_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_IMPOSSIBLE);
  g_assert_cmpint (cam_runner_get_state (runner), ==, CAM_RUNNER_IDLE);
  g_clear_error (&error);

  g_assert_true (cam_runner_start (runner, experiment, dataset, NULL, 1, &error));
  g_assert_false (cam_runner_start (runner, experiment, dataset, NULL, 1, &error));
  g_assert_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_BUSY);
  g_assert_cmpint (cam_runner_get_state (runner), ==, CAM_RUNNER_RUNNING);
}

static char *
save_network (CamNetwork *network,
              const char *folder)
{
  char *path = g_build_filename (folder, "start.keras", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (cam_keras_save (network, NULL, NULL, NULL, NULL, path, &error));
  g_assert_no_error (error);

  return path;
}

/* One epoch at a rate of nearly nothing leaves the weights that were given. */
static void
test_initial_weights (void)
{
  g_autofree char *fit = NULL, *path = NULL;
  char *folder = fixture_make_folder ();
  g_autoptr(CamExperiment) first = fixture_experiment ("iris", "7", ADAM, "\"epochs\": 9, \"batch_size\": 16", "[]");
  g_autoptr(CamExperiment) second = NULL;
  g_autoptr(CamRunner) runner = cam_runner_new ();
  g_autoptr(GBytes) before = NULL, after = NULL;
  Watch watch;

  watch_init (&watch, runner, NULL);
  watch_start (&watch, "iris", first, 1);
  watch_wait (&watch);
  before = cam_network_dup_weights (cam_runner_get_network (runner));
  path = save_network (cam_runner_get_network (runner), folder);

  fit = g_strdup_printf ("\"epochs\": 1, \"batch_size\": 16, \"initial_weights\": \"%s\"", path);
  second = fixture_experiment ("iris", "7", SGD ("1e-30"), fit, "[]");
  watch_start (&watch, "iris", second, 1);
  watch_wait (&watch);
  after = cam_network_dup_weights (cam_runner_get_network (runner));
  g_assert_true (g_bytes_equal (before, after));

  watch_clear (&watch);
  fixture_drop_folder (folder);
}

static void
refuse_weights (const char *units,
                const char *path,
                const char *wanted)
{
  g_autofree char *fit = g_strdup_printf ("\"epochs\": 1, \"batch_size\": 16, \"initial_weights\": \"%s\"", path);
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", units, ADAM, fit, "[]");
  g_autoptr(CamDataset) dataset = fixture_dataset ("iris", experiment);
  g_autoptr(CamRunner) runner = cam_runner_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (cam_runner_start (runner, experiment, dataset, NULL, 1, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  if (strstr (error->message, wanted) == NULL)
    g_error ("“%s” does not say “%s”", error->message, wanted);
  g_assert_nonnull (strstr (error->message, "Initial weights"));
}

static void
test_wrong_weights (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = NULL, *missing = g_build_filename (folder, "nowhere.keras", NULL), *csv = g_build_filename (g_getenv ("CAM_SAMPLES"), "iris.csv", NULL);
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "7", ADAM, "\"epochs\": 1, \"batch_size\": 16", "[]");
  g_autoptr(CamRunner) runner = cam_runner_new ();
  Watch watch;

  watch_init (&watch, runner, NULL);
  watch_start (&watch, "iris", experiment, 1);
  watch_wait (&watch);
  path = save_network (cam_runner_get_network (runner), folder);

  refuse_weights ("8", path, "start.keras");
  refuse_weights ("8", path, "“kernel” of layer “dense” is 4 × 7 there and 4 × 8 here");
  refuse_weights ("7, 7", path, "there are 4 of them, and this network has 6");
  refuse_weights ("7", missing, "nowhere.keras");
  refuse_weights ("7", csv, "iris.csv");

  watch_clear (&watch);
  fixture_drop_folder (folder);
}

static gpointer
run_elsewhere (gpointer data)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "8", ADAM, "\"epochs\": 20, \"batch_size\": 16", "[]");
  g_autoptr(CamRunner) runner = NULL;
  Watch watch;

  g_main_context_push_thread_default (context);
  runner = cam_runner_new ();
  watch_init (&watch, runner, NULL);
  watch_start (&watch, "iris", experiment, 1);
  watch_wait (&watch);
  watch_clear (&watch);
  g_clear_object (&runner);
  g_main_context_pop_thread_default (context);

  return NULL;
}

/* Signals come in the context of the thread that made the runner, also without a default loop. */
static void
test_context (void)
{
  g_thread_join (g_thread_new ("elsewhere", run_elsewhere, NULL));
}

static void
hang (Watch *watch)
{
  g_usleep (300000);
}

/* Thousands of epochs a second come in few emissions, whole and in order, also past a loop that hangs. */
static void
test_fast (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "2", ADAM, "\"epochs\": 20000, \"batch_size\": 90", "[]");
  g_autoptr(CamRunner) runner = cam_runner_new ();
  gint64 began = g_get_monotonic_time ();
  Watch watch;
  double s;

  watch_init (&watch, runner, NULL);
  watch.at = 1000;
  watch.action = hang;
  watch_start (&watch, "iris", experiment, 1);
  watch_wait (&watch);
  s = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  g_assert_cmpuint (watch.n_epochs, ==, 20000);
  g_assert_cmpuint (watch.n_emissions, <=, (guint) (s / 0.016) + 20000 / 4096 + 3);
  g_assert_cmpuint (watch.n_progress, <=, (guint) (s / 0.033) + 3);
  g_test_message ("%u epochs in %.3f s, told in %u turns", watch.n_epochs, s, watch.n_emissions);
  watch_clear (&watch);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/experiment/runner/history", test_history);
  g_test_add_func ("/experiment/runner/threads", test_threads);
  g_test_add_func ("/experiment/runner/pause", test_pause);
  g_test_add_func ("/experiment/runner/stop", test_stop);
  g_test_add_func ("/experiment/runner/stop-at-once", test_stop_at_once);
  g_test_add_func ("/experiment/runner/stop-while-paused", test_stop_while_paused);
  g_test_add_func ("/experiment/runner/early", test_early);
  g_test_add_func ("/experiment/runner/diverge", test_diverge);
  g_test_add_func ("/experiment/runner/report", test_report);
  g_test_add_data_func ("/experiment/runner/dispose", GINT_TO_POINTER (FALSE), test_dispose);
  g_test_add_data_func ("/experiment/runner/dispose-in-handler", GINT_TO_POINTER (TRUE), test_dispose);
  g_test_add_func ("/experiment/runner/start-again", test_start_again);
  g_test_add_func ("/experiment/runner/refusals", test_refusals);
  g_test_add_func ("/experiment/runner/initial-weights", test_initial_weights);
  g_test_add_func ("/experiment/runner/wrong-weights", test_wrong_weights);
  g_test_add_func ("/experiment/runner/context", test_context);
  g_test_add_func ("/experiment/runner/fast", test_fast);
  return g_test_run ();
}
