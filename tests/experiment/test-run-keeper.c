/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run in the store: what was told is there, whatever ends the run, the program or the disk. */
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "experiment-fixture.h"
#include "run-watch.h"

#define ADAM "{ \"class_name\": \"Adam\", \"config\": { \"learning_rate\": 0.01 } }"
/* Loss and accuracy of training, of validation, and of training measured again. */
enum { KEYS = 6 };

#define ENDLESS fixture_experiment ("breast-cancer", "64, 32", ADAM, "\"epochs\": 1000000, \"batch_size\": 32", "[]")

static const char *own_program;

typedef struct
{
  char      *folder;
  char      *path;
  CamStore  *store;
  CamRunner *runner;
  Watch      watch;
} Fixture;

static CamStore *
open_store (const char *path)
{
  g_autoptr(GError) error = NULL;
  CamStore *store = cam_store_open (path, &error);

  g_assert_no_error (error);

  return store;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = fixture_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "work.camadas", NULL);
  fixture->store = open_store (fixture->path);
  fixture->runner = cam_runner_new ();
  watch_init (&fixture->watch, fixture->runner, fixture->store);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  watch_clear (&fixture->watch);
  g_clear_object (&fixture->runner);
  g_clear_pointer (&fixture->store, cam_store_close);
  fixture_drop_folder (fixture->folder);
  g_free (fixture->path);
}

static CamRunRecord *
get_record (CamStore *store,
            gint64    id)
{
  g_autoptr(GError) error = NULL;
  CamRunRecord *record = cam_store_get_run (store, id, &error);

  g_assert_no_error (error);

  return record;
}

static void
check_history (CamStore    *store,
               gint64       id,
               const Watch *watch)
{
  g_autoptr(GError) error = NULL;
  guint n_epochs, n_keys;
  g_autofree double *history = cam_store_dup_history (store, id, &n_epochs, &n_keys, &error), *seconds = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (n_epochs, ==, watch->n_epochs);
  g_assert_cmpmem (history, n_epochs * n_keys * sizeof (double), watch->values->data, watch->values->len * sizeof (double));

  seconds = cam_store_dup_epoch_seconds (store, id, &n_epochs, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_epochs, ==, watch->n_epochs);
  for (guint i = 0; i < n_epochs; i++)
    g_assert_true (seconds[i] > (i > 0 ? seconds[i - 1] : 0.0));
}

static GBytes *
get_weights (CamStore   *store,
             gint64      id,
             const char *which,
             guint       epoch)
{
  g_autoptr(GError) error = NULL;
  guint found = 0;
  GBytes *weights = cam_store_dup_weights (store, id, which, &found, &error);

  g_assert_no_error (error);
  g_assert_nonnull (weights);
  g_assert_cmpuint (found, ==, epoch);

  return weights;
}

/* With early stopping that restores: best and last differ, and the run leaves the best. */
static void
test_content (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment =
    fixture_experiment ("breast-cancer", "32", ADAM, "\"epochs\": 500, \"batch_size\": 16",
                        "[{ \"class_name\": \"EarlyStopping\", \"config\": { \"patience\": 5, \"restore_best_weights\": true } }]");
  g_autoptr(CamRunRecord) record = NULL;
  g_autoptr(GBytes) best = NULL, last = NULL, left = NULL;
  g_autoptr(json_t) report = NULL, steps = NULL;
  g_autofree char *text = cam_experiment_to_text (experiment), *preparation = NULL, *wanted = NULL;
  const CamFitOutcome *outcome;
  gint64 id;

  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  id = cam_runner_get_run_id (fixture->runner);
  g_assert_cmpint (id, ==, 1);
  watch_wait (&fixture->watch);
  outcome = cam_runner_get_outcome (fixture->runner);
  record = get_record (fixture->store, id);

  g_assert_cmpint (record->state, ==, CAM_RUN_EARLY);
  g_assert_cmpstr (record->message, ==, outcome->message);
  g_assert_cmpstr (record->experiment, ==, text);
  g_assert_cmpstr (record->data_name, ==, "breast-cancer.csv");
  g_assert_cmpuint (strlen (record->data_sha256), ==, 64);
  g_assert_cmpuint (record->seed, ==, 42);
  g_assert_cmpstr (record->monitor, ==, "val_loss");
  g_assert_true (g_strv_equal ((const char *const *) record->keys, cam_runner_get_keys (fixture->runner)));
  g_assert_cmpuint (record->best_epoch, ==, outcome->best_epoch);
  g_assert_true (record->best_value == outcome->best_value);
  g_assert_true (record->seconds == outcome->elapsed_s);
  check_history (fixture->store, id, &fixture->watch);

  best = get_weights (fixture->store, id, "best", outcome->best_epoch);
  last = get_weights (fixture->store, id, "last", outcome->n_epochs);
  left = cam_network_dup_weights (cam_runner_get_network (fixture->runner));
  g_assert_true (g_bytes_equal (best, left));
  g_assert_false (g_bytes_equal (best, last));

  report = cam_json_parse (record->report, strlen (record->report), NULL);
  g_assert_true (json_equal (report, (json_t *) cam_runner_get_report (fixture->runner)));
  preparation = cam_store_dup_preparation (fixture->store, id, NULL);
  steps = cam_preparation_to_json (cam_dataset_get_preparation (cam_runner_get_dataset (fixture->runner)));
  wanted = cam_json_dump (steps, FALSE);
  g_assert_cmpstr (preparation, ==, wanted);
  g_assert_null (cam_runner_get_store_error (fixture->runner));
}

static void
stop_run (Watch *watch)
{
  cam_runner_stop (watch->runner);
}

static void
test_stopped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = ENDLESS;
  g_autoptr(CamRunRecord) record = NULL;
  g_autoptr(GBytes) best = NULL, left = NULL;
  guint best_epoch;

  fixture->watch.at = 40;
  fixture->watch.action = stop_run;
  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  watch_wait (&fixture->watch);

  record = get_record (fixture->store, 1);
  g_assert_cmpint (record->state, ==, CAM_RUN_STOPPED);
  check_history (fixture->store, 1, &fixture->watch);
  best_epoch = cam_runner_get_outcome (fixture->runner)->best_epoch;
  best = get_weights (fixture->store, 1, "best", best_epoch);
  left = cam_network_dup_weights (cam_runner_get_network (fixture->runner));
  g_assert_true (g_bytes_equal (best, left));
}

static void
test_diverged (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment =
    fixture_experiment ("energy-efficiency", "32, 32", "{ \"class_name\": \"SGD\", \"config\": { \"learning_rate\": 900.0 } }",
                        "\"epochs\": 50, \"batch_size\": 32", "[]");
  g_autoptr(CamRunRecord) record = NULL;
  g_autoptr(GBytes) best = NULL;

  watch_start (&fixture->watch, "energy-efficiency", experiment, 1);
  watch_wait (&fixture->watch);
  record = get_record (fixture->store, 1);
  g_assert_cmpint (record->state, ==, CAM_RUN_DIVERGED);
  g_assert_cmpstr (record->message, ==, cam_runner_get_outcome (fixture->runner)->message);
  best = cam_store_dup_weights (fixture->store, 1, "best", NULL, NULL);
  g_assert_null (best);
}

/* Disposed while it goes: nobody is told, but what was finished is kept as that of a stopped run. */
static void
test_disposed (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = ENDLESS;
  g_autoptr(CamRunRecord) record = NULL;
  g_autoptr(GBytes) best = NULL;

  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  while (fixture->watch.n_epochs == 0)
    g_main_context_iteration (NULL, TRUE);
  fixture->watch.runner = NULL;
  g_assert_finalize_object (g_steal_pointer (&fixture->runner));

  g_assert_false (fixture->watch.has_ended);
  record = get_record (fixture->store, 1);
  g_assert_cmpint (record->state, ==, CAM_RUN_STOPPED);
  g_assert_cmpuint (record->n_epochs, >=, fixture->watch.n_epochs);
  best = get_weights (fixture->store, 1, "best", record->best_epoch);
}

/* In a program of its own: tells each epoch on standard output once the runner has told it, until it is killed. */
static void
tell_cb (CamRunner *runner,
         guint      first,
         guint      n)
{
  for (guint epoch = first; epoch < first + n; epoch++)
    {
      double row[1 + KEYS] = { epoch };

      for (guint key = 0; key < KEYS; key++)
        row[1 + key] = cam_runner_get_value (runner, key, epoch);
      g_assert_cmpint (write (STDOUT_FILENO, row, sizeof row), ==, sizeof row);
    }
}

static int
run_until_killed (const char *path)
{
  g_autoptr(CamExperiment) experiment = ENDLESS;
  g_autoptr(CamDataset) dataset = fixture_dataset ("breast-cancer", experiment);
  g_autoptr(CamStore) store = open_store (path);
  g_autoptr(CamRunner) runner = cam_runner_new ();

  g_signal_connect (runner, "epochs", G_CALLBACK (tell_cb), NULL);
  if (!cam_runner_start (runner, experiment, dataset, store, 1, NULL))
    return 1;
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

/* Reads what was told until the other end is closed by death; kills after a while. */
static guint
kill_and_read (const char *path,
               GArray     *rows)
{
  const char *const argv[] = { own_program, "--until-killed", path, NULL };
  g_autoptr(GError) error = NULL;
  double row[1 + KEYS];
  gsize have = 0;
  GPid pid;
  int out, status;
  gboolean is_killed = FALSE;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL, &error));
  g_assert_no_error (error);
  for (;;)
    {
      ssize_t got = read (out, (char *) row + have, sizeof row - have);

      if (got <= 0)
        break;
      have += (gsize) got;
      if (have < sizeof row)
        continue;
      have = 0;
      g_assert_cmpfloat (row[0], ==, rows->len / KEYS);
      g_array_append_vals (rows, row + 1, KEYS);
      if (rows->len >= KEYS * 150 && !is_killed)
        {
          kill (pid, SIGKILL);
          is_killed = TRUE;
        }
    }
  close (out);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);

  return rows->len / KEYS;
}

static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GArray) told = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(CamRunRecord) record = NULL;
  g_autoptr(GBytes) weights = NULL;
  g_autofree double *history = NULL;
  guint n_told, n_recovered, n_epochs, n_keys, best_epoch = 0;

  g_clear_pointer (&fixture->store, cam_store_close);
  n_told = kill_and_read (fixture->path, told);
  fixture->store = open_store (fixture->path);

  g_assert_cmpint (cam_store_get_recovered (fixture->store, &n_recovered)[0], ==, 1);
  g_assert_cmpuint (n_recovered, ==, 1);
  record = get_record (fixture->store, 1);
  g_assert_cmpint (record->state, ==, CAM_RUN_INTERRUPTED);
  history = cam_store_dup_history (fixture->store, 1, &n_epochs, &n_keys, NULL);
  g_assert_cmpuint (n_epochs, >=, n_told);
  g_assert_cmpuint (n_keys, ==, KEYS);
  g_assert_cmpmem (history, told->len * sizeof (double), told->data, told->len * sizeof (double));

  /* Weights that can be used, of an epoch that the store knows. */
  weights = cam_store_dup_weights (fixture->store, 1, "best", &best_epoch, NULL);
  g_assert_nonnull (weights);
  g_assert_cmpuint (g_bytes_get_size (weights), ==, (30 * 64 + 64 + 64 * 32 + 32 + 32 + 1) * sizeof (float));
  g_assert_cmpuint (best_epoch, >=, 1);
  g_assert_cmpuint (best_epoch, <=, n_epochs);
}

static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
fill_disk (Watch *watch)
{
  watch->may_lag = TRUE;
  limit_files (1);
}

/* A full disk: the run goes on to its end, and all of it is in memory. */
static void
test_disk_full (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("breast-cancer", "32, 32", ADAM, "\"epochs\": 800, \"batch_size\": 16", "[]");
  g_autoptr(CamRunRecord) record = NULL;
  const CamFitOutcome *outcome;

  signal (SIGXFSZ, SIG_IGN);
  fixture->watch.at = 2;
  fixture->watch.action = fill_disk;
  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  watch_wait (&fixture->watch);
  limit_files (RLIM_INFINITY);

  outcome = cam_runner_get_outcome (fixture->runner);
  g_assert_cmpint (outcome->end, ==, CAM_FIT_FINISHED);
  g_assert_cmpuint (fixture->watch.n_epochs, ==, 800);
  g_assert_nonnull (cam_runner_get_network (fixture->runner));
  g_assert_nonnull (json_object_get (json_object_get (cam_runner_get_report (fixture->runner), "scores"), "test"));
  g_assert_error (cam_runner_get_store_error (fixture->runner), CAM_STORE_ERROR, CAM_STORE_ERROR_FAILED);
  g_test_message ("%s", cam_runner_get_store_error (fixture->runner)->message);

  /* The store is as it was before, and can go on. */
  record = get_record (fixture->store, 1);
  g_assert_cmpuint (record->n_epochs, <, 800);
  g_assert_cmpuint (record->n_epochs, >, 0);
}

static void
empty_disk (Watch *watch)
{
  g_assert_nonnull (cam_runner_get_store_error (watch->runner));
  limit_files (RLIM_INFINITY);
  cam_runner_stop (watch->runner);
}

static void
fill_for_a_while (Watch *watch)
{
  fill_disk (watch);
  watch->at = watch->n_epochs + 30;
  watch->action = empty_disk;
}

/* Room again before the end: nothing is missing. */
static void
test_disk_freed (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = ENDLESS;
  g_autoptr(CamRunRecord) record = NULL;
  g_autoptr(GBytes) best = NULL;

  signal (SIGXFSZ, SIG_IGN);
  fixture->watch.at = 2;
  fixture->watch.action = fill_for_a_while;
  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  watch_wait (&fixture->watch);

  g_assert_null (cam_runner_get_store_error (fixture->runner));
  record = get_record (fixture->store, 1);
  g_assert_cmpint (record->state, ==, CAM_RUN_STOPPED);
  check_history (fixture->store, 1, &fixture->watch);
  best = get_weights (fixture->store, 1, "best", cam_runner_get_outcome (fixture->runner)->best_epoch);
}

/* What keeping costs a fast fit: told, not judged, but for its being no multiple. */
static void
test_cost (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "16", ADAM, "\"epochs\": 5000, \"batch_size\": 16", "[]");
  double seconds[2];

  for (guint kept = 0; kept < 2; kept++)
    {
      fixture->watch.store = kept ? fixture->store : NULL;
      fixture->watch.may_lag = TRUE;
      watch_start (&fixture->watch, "iris", experiment, 1);
      watch_wait (&fixture->watch);
      seconds[kept] = cam_runner_get_outcome (fixture->runner)->elapsed_s;
    }
  g_test_message ("5000 epochs: %.3f s, kept %.3f s", seconds[0], seconds[1]);
  check_history (fixture->store, 1, &fixture->watch);
}

int
main (int   argc,
      char *argv[])
{
  own_program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--until-killed"))
    return run_until_killed (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/experiment/run-keeper/content", Fixture, NULL, set_up, test_content, tear_down);
  g_test_add ("/experiment/run-keeper/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/experiment/run-keeper/diverged", Fixture, NULL, set_up, test_diverged, tear_down);
  g_test_add ("/experiment/run-keeper/disposed", Fixture, NULL, set_up, test_disposed, tear_down);
  g_test_add ("/experiment/run-keeper/killed", Fixture, NULL, set_up, test_killed, tear_down);
  g_test_add ("/experiment/run-keeper/disk-full", Fixture, NULL, set_up, test_disk_full, tear_down);
  g_test_add ("/experiment/run-keeper/disk-freed", Fixture, NULL, set_up, test_disk_freed, tear_down);
  g_test_add ("/experiment/run-keeper/cost", Fixture, NULL, set_up, test_cost, tear_down);
  return g_test_run ();
}
