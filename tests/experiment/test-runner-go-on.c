/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that go on after their end or after the program's, with the numbers of a run that never ended; rates set by hand; folders for files of callbacks. */
#include <math.h>
#include <string.h>

#include "experiment-fixture.h"
#include "run-watch.h"

#define ADAM "{ \"class_name\": \"Adam\", \"config\": { \"learning_rate\": 0.01 } }"
#define FILES "[{ \"class_name\": \"CSVLogger\", \"config\": { \"filename\": \"log.csv\" } }," \
              " { \"class_name\": \"ModelCheckpoint\", \"config\": { \"filepath\": \"best.keras\" } }]"

typedef struct
{
  char      *folder, *path;
  CamStore  *store;
  CamRunner *runner;
  Watch      watch;
} Fixture;

static void
open_workspace (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->store = cam_store_open (fixture->path, &error);
  g_assert_no_error (error);
  fixture->runner = cam_runner_new ();
  watch_init (&fixture->watch, fixture->runner, fixture->store);
}

static void
close_workspace (Fixture *fixture)
{
  watch_clear (&fixture->watch);
  g_clear_object (&fixture->runner);
  g_clear_pointer (&fixture->store, cam_store_close);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = fixture_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "work.camadas", NULL);
  open_workspace (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_workspace (fixture);
  fixture_drop_folder (fixture->folder);
  g_free (fixture->path);
}

static CamExperiment *
make_experiment (const char *fit,
                 const char *callbacks)
{
  return fixture_experiment ("breast-cancer", "24, 16", ADAM, fit, callbacks);
}

/* Goes on with run 1 and waits for its end. FALSE: refused. */
static gboolean
go_on (Fixture       *fixture,
       CamExperiment *experiment,
       guint          n_more,
       GError       **error)
{
  g_autoptr(CamDataset) dataset = fixture_dataset ("breast-cancer", experiment);
  g_autoptr(CamRunRecord) record = NULL;
  guint epoch = 0;

  if (!cam_runner_go_on (fixture->runner, fixture->store, 1, dataset, n_more, 2, error))
    return FALSE;
  g_assert_cmpint (cam_runner_get_run_id (fixture->runner), ==, 1);
  fixture->watch.n_epochs = cam_runner_get_n_epochs (fixture->runner);
  fixture->watch.has_ended = FALSE;
  record = cam_store_get_run (fixture->store, 1, error);
  g_assert_cmpint (record->state, ==, CAM_RUN_RUNNING);
  g_assert_true (cam_runner_can_go_on (fixture->store, 1, &epoch));
  g_assert_cmpuint (epoch, ==, fixture->watch.n_epochs);
  watch_wait (&fixture->watch);
  return TRUE;
}

/* What the store has of a run, end to end. */
static GBytes *
dup_bits (CamStore *store,
          gint64    run)
{
  static const char *const weights[] = { "best", "last", NULL };
  g_autoptr(GByteArray) bits = g_byte_array_new ();
  g_autoptr(GError) error = NULL;
  guint n_epochs, n_keys, epoch;
  g_autofree double *history = cam_store_dup_history (store, run, &n_epochs, &n_keys, &error);

  g_assert_no_error (error);
  g_byte_array_append (bits, (const guint8 *) history, n_epochs * n_keys * (guint) sizeof (double));
  for (guint i = 0; weights[i] != NULL; i++)
    {
      g_autoptr(GBytes) bytes = cam_store_dup_weights (store, run, weights[i], &epoch, &error);

      g_assert_no_error (error);
      g_byte_array_append (bits, (const guint8 *) &epoch, sizeof epoch);
      g_byte_array_append (bits, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bits));
}

/* The same run in one piece, as run 2. */
static void
assert_as_whole (Fixture    *fixture,
                 const char *fit,
                 const char *callbacks)
{
  g_autoptr(CamExperiment) whole = make_experiment (fit, callbacks);
  g_autoptr(GBytes) parts = NULL, at_once = NULL;
  g_autoptr(CamRunRecord) first = NULL, second = NULL;
  gint64 id;

  watch_start (&fixture->watch, "breast-cancer", whole, 2);
  watch_wait (&fixture->watch);
  id = cam_runner_get_run_id (fixture->runner);
  parts = dup_bits (fixture->store, 1);
  at_once = dup_bits (fixture->store, id);
  g_assert_true (g_bytes_equal (parts, at_once));
  first = cam_store_get_run (fixture->store, 1, NULL);
  second = cam_store_get_run (fixture->store, id, NULL);
  g_assert_cmpint (first->state, ==, second->state);
  g_assert_cmpuint (first->best_epoch, ==, second->best_epoch);
  g_assert_true (first->best_value == second->best_value);
  g_assert_cmpuint (first->n_epochs, ==, second->n_epochs);
}

static void
test_more (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = make_experiment ("\"epochs\": 4, \"batch_size\": 16", "[]");
  g_autoptr(GError) error = NULL;
  g_autofree CamRunEvent *events = NULL;
  guint n;

  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  watch_wait (&fixture->watch);
  g_assert_true (go_on (fixture, experiment, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (cam_runner_get_n_epochs (fixture->runner), ==, 5);
  g_assert_cmpint (json_integer_value (json_object_get (cam_runner_get_report (fixture->runner), "epochs")), ==, 5);

  /* The program ends, and is started again. */
  close_workspace (fixture);
  open_workspace (fixture);
  g_assert_true (go_on (fixture, experiment, 4, &error));
  g_assert_cmpuint (cam_runner_get_progress (fixture->runner)->n_epochs, ==, 9);

  events = cam_store_dup_events (fixture->store, 1, &n, &error);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (events[0].kind, ==, CAM_RUN_EVENT_EPOCHS);
  g_assert_cmpuint (events[0].epoch, ==, 4);
  g_assert_cmpfloat (events[0].value, ==, 5);
  g_assert_cmpuint (events[1].epoch, ==, 5);
  g_assert_cmpfloat (events[1].value, ==, 9);
  assert_as_whole (fixture, "\"epochs\": 9, \"batch_size\": 16", "[]");
}

static void
stop (Watch *watch)
{
  cam_runner_stop (watch->runner);
}

/* Stopped within an epoch: one more is the one under way. */
static void
test_stopped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = make_experiment ("\"epochs\": 1000000, \"batch_size\": 16", "[]");
  g_autoptr(GError) error = NULL;
  g_autofree char *fit = NULL;
  guint n;

  fixture->watch.at = 3;
  fixture->watch.action = stop;
  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  watch_wait (&fixture->watch);
  n = cam_runner_get_n_epochs (fixture->runner);
  g_assert_cmpint (cam_runner_get_outcome (fixture->runner)->end, ==, CAM_FIT_STOPPED);
  g_assert_true (go_on (fixture, experiment, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (cam_runner_get_n_epochs (fixture->runner), ==, n + 1);
  g_assert_cmpint (cam_runner_get_outcome (fixture->runner)->end, ==, CAM_FIT_FINISHED);

  fit = g_strdup_printf ("\"epochs\": %u, \"batch_size\": 16", n + 1);
  assert_as_whole (fixture, fit, "[]");
}

/* Cut short when nine epochs were told, four of which can be gone on from: the others are done again. */
static void
test_interrupted (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char *const early = "[{ \"class_name\": \"EarlyStopping\", \"config\": { \"patience\": 50, \"restore_best_weights\": true } },"
                                   " { \"class_name\": \"ReduceLROnPlateau\", \"config\": { \"patience\": 1, \"min_delta\": 0.05 } }]";
  g_autoptr(CamExperiment) experiment = make_experiment ("\"epochs\": 4, \"batch_size\": 16", early);
  g_autoptr(GBytes) state = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree CamRunEvent *events = NULL;
  guint epoch, n;

  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  watch_wait (&fixture->watch);
  g_assert_true (go_on (fixture, experiment, 5, &error));
  state = cam_store_dup_weights (fixture->store, 1, "state", &epoch, &error);
  g_assert_cmpuint (epoch, ==, 9);
  g_assert_true (cam_store_resume_run (fixture->store, 1, 9, 1, &error));
  close_workspace (fixture);
  open_workspace (fixture);
  g_assert_false (go_on (fixture, experiment, 0, &error));
  g_assert_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_CANNOT_GO_ON);
  g_clear_error (&error);
  g_assert_true (go_on (fixture, experiment, 3, &error));
  g_assert_no_error (error);

  /* The state of the ninth again, under a history of twelve. */
  g_assert_true (cam_store_set_weights (fixture->store, 1, "state", 9, state, &error));
  g_assert_true (cam_store_resume_run (fixture->store, 1, 12, 3, &error));
  close_workspace (fixture);
  open_workspace (fixture);
  g_assert_true (go_on (fixture, experiment, 3, &error));
  g_assert_no_error (error);
  events = cam_store_dup_events (fixture->store, 1, &n, &error);
  g_assert_cmpint (events[n - 2].kind, ==, CAM_RUN_EVENT_RESUMED);
  g_assert_cmpuint (events[n - 2].epoch, ==, 9);
  assert_as_whole (fixture, "\"epochs\": 12, \"batch_size\": 16", early);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = make_experiment ("\"epochs\": 2, \"batch_size\": 64", "[]");
  g_autoptr(CamExperiment) other = fixture_experiment ("iris", "24, 16", ADAM, "\"epochs\": 2", "[]");
  g_autoptr(CamDataset) others_data = fixture_dataset ("iris", other);
  g_autoptr(GBytes) damaged = g_bytes_new_static ("CamFit 1", 8);
  g_autoptr(GError) error = NULL;

  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  watch_wait (&fixture->watch);

  g_assert_false (cam_runner_go_on (fixture->runner, fixture->store, 1, others_data, 1, 2, &error));
  g_assert_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_CANNOT_GO_ON);
  g_clear_error (&error);
  g_assert_false (go_on (fixture, experiment, 0, &error));
  g_assert_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_CANNOT_GO_ON);
  g_clear_error (&error);
  g_assert_true (cam_store_set_weights (fixture->store, 1, "state", 2, damaged, &error));
  g_assert_false (go_on (fixture, experiment, 1, &error));
  g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_WEIGHTS);
  g_clear_error (&error);
  g_assert_true (cam_store_drop_states (fixture->store, 0, &error));
  g_assert_false (cam_runner_can_go_on (fixture->store, 1, NULL));
  g_assert_false (go_on (fixture, experiment, 1, &error));
  g_assert_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_CANNOT_GO_ON);
  g_clear_error (&error);
  g_assert_false (cam_runner_go_on (fixture->runner, fixture->store, 99, others_data, 1, 2, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
}

static guint
count_events (CamRunner *runner)
{
  guint n;

  cam_runner_get_events (runner, &n);
  return n;
}

/* Good epochs first, and then steps that nothing stands. */
#define EXPLODING "{ \"class_name\": \"SGD\", \"config\": { \"learning_rate\": { \"class_name\": \"PiecewiseConstantDecay\", \"config\": { \"boundaries\": [200], \"values\": [0.01, 1000] } } } }"

static gboolean
go_back (Fixture        *fixture,
         CamExperiment  *experiment,
         double          rate,
         GError        **error)
{
  g_autoptr(CamDataset) dataset = fixture_dataset ("energy-efficiency", experiment);

  if (!cam_runner_go_back (fixture->runner, fixture->store, 1, dataset, rate, 2, error))
    return FALSE;
  fixture->watch.n_epochs = cam_runner_get_n_epochs (fixture->runner);
  fixture->watch.has_ended = FALSE;
  watch_wait (&fixture->watch);
  return TRUE;
}

/* After a divergence the run goes on from its best epoch: what was before it stays to the bit, what was after is gone, and the lower rate holds. */
static void
test_back (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("energy-efficiency", "24, 16", EXPLODING, "\"epochs\": 30, \"batch_size\": 16", "[{ \"class_name\": \"EarlyStopping\", \"config\": { \"patience\": 1000 } }]");
  g_autoptr(CamRunRecord) diverged = NULL;
  g_autoptr(CamRunRecord) record = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree double *before = NULL, *after = NULL;
  g_autofree CamRunEvent *events = NULL;
  guint n_before, n_after, n_keys, n, state_epoch = 0;

  watch_start (&fixture->watch, "energy-efficiency", experiment, 2);
  watch_wait (&fixture->watch);
  diverged = cam_store_get_run (fixture->store, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (diverged->state, ==, CAM_RUN_DIVERGED);
  g_assert_cmpuint (diverged->best_epoch, >, 0);
  before = cam_store_dup_history (fixture->store, 1, &n_before, &n_keys, &error);

  /* From what is in the file alone. */
  close_workspace (fixture);
  open_workspace (fixture);
  g_assert_true (go_back (fixture, experiment, 0.001, &error));
  g_assert_no_error (error);
  record = cam_store_get_run (fixture->store, 1, &error);
  g_assert_cmpint (record->state, ==, CAM_RUN_FINISHED);
  g_assert_cmpuint (record->n_epochs, ==, 30);
  g_assert_cmpuint (record->best_epoch, >=, diverged->best_epoch);
  after = cam_store_dup_history (fixture->store, 1, &n_after, &n_keys, &error);
  g_assert_cmpuint (n_after, ==, 30);
  g_assert_cmpmem (before, diverged->best_epoch * n_keys * sizeof (double), after, diverged->best_epoch * n_keys * sizeof (double));
  for (guint i = 0; i < n_after * n_keys; i++)
    g_assert_true (isfinite (after[i]));

  events = cam_store_dup_events (fixture->store, 1, &n, &error);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpint (events[n - 2].kind, ==, CAM_RUN_EVENT_BACK);
  g_assert_cmpuint (events[n - 2].epoch, ==, diverged->best_epoch);
  g_assert_cmpfloat (events[n - 2].value, ==, n_before + 1);
  g_assert_cmpint (events[n - 1].kind, ==, CAM_RUN_EVENT_RATE);
  g_assert_cmpuint (events[n - 1].epoch, ==, diverged->best_epoch + 1);
  g_assert_true (events[n - 1].value == (float) 0.001);
  g_assert_true (cam_runner_can_go_on (fixture->store, 1, &state_epoch));
  g_assert_cmpuint (state_epoch, ==, 30);

  /* It has not diverged now. */
  g_assert_false (go_back (fixture, experiment, 0.001, &error));
  g_assert_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_CANNOT_GO_ON);
}

/* Nothing to go back to. */
static void
test_no_way_back (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("energy-efficiency", "24, 16", "{ \"class_name\": \"SGD\", \"config\": { \"learning_rate\": 1000 } }", "\"epochs\": 30", "[]");
  g_autoptr(GError) error = NULL;

  watch_start (&fixture->watch, "energy-efficiency", experiment, 2);
  watch_wait (&fixture->watch);
  g_assert_false (go_back (fixture, experiment, 1e-3, &error));
  g_assert_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_CANNOT_GO_ON);
}

static void
lower_rate (Watch *watch)
{
  cam_runner_set_paused (watch->runner, TRUE);
  cam_runner_set_rate (watch->runner, 0.005);
}

/* During a pause: told while it still is paused, kept in the store, and there again when the run goes on. */
static void
test_rate (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = make_experiment ("\"epochs\": 1000000, \"batch_size\": 16", "[]");
  g_autoptr(GError) error = NULL;
  g_autofree CamRunEvent *events = NULL;
  const CamRunEvent *told;
  gsize n_batches;
  guint n;

  fixture->watch.at = 3;
  fixture->watch.action = lower_rate;
  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  g_assert_true (isnan (cam_runner_get_progress (fixture->runner)->rate));
  while (count_events (fixture->runner) == 0)
    watch_idle (&fixture->watch, 5);
  g_assert_cmpint (cam_runner_get_state (fixture->runner), ==, CAM_RUNNER_PAUSED);
  /* As it is typed: what no batch has had is no event. */
  cam_runner_set_rate (fixture->runner, 0.0);
  cam_runner_set_rate (fixture->runner, 0.0005);
  while (cam_runner_get_progress (fixture->runner)->rate != (float) 0.0005)
    watch_idle (&fixture->watch, 5);
  g_assert_cmpuint (count_events (fixture->runner), ==, 1);
  told = cam_runner_get_events (fixture->runner, &n);
  n_batches = cam_runner_get_progress (fixture->runner)->n_batches;
  g_assert_cmpint (told->kind, ==, CAM_RUN_EVENT_RATE);
  g_assert_cmpuint (told->epoch, >=, 4);
  g_assert_cmpuint (told->batch, >=, 1);
  g_assert_cmpuint (told->batch, <=, n_batches);
  g_assert_true (told->value == (float) 0.0005);
  g_assert_true (cam_runner_get_progress (fixture->runner)->rate == (float) 0.0005);

  cam_runner_set_paused (fixture->runner, FALSE);
  watch_idle (&fixture->watch, 50);
  cam_runner_stop (fixture->runner);
  watch_wait (&fixture->watch);
  events = cam_store_dup_events (fixture->store, 1, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (events[0].value == (float) 0.0005);

  close_workspace (fixture);
  open_workspace (fixture);
  g_assert_true (go_on (fixture, experiment, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_events (fixture->runner), ==, 2);
  g_assert_true (cam_runner_get_progress (fixture->runner)->rate == (float) 0.0005);
}

static void
pause_run (Watch *watch)
{
  cam_runner_set_paused (watch->runner, TRUE);
}

/* From a pause, and while it runs: to the end of an epoch, and there it waits. */
static void
test_step (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = make_experiment ("\"epochs\": 1000000, \"batch_size\": 16", "[]");
  guint n;

  fixture->watch.at = 3;
  fixture->watch.action = pause_run;
  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  while (cam_runner_get_state (fixture->runner) != CAM_RUNNER_PAUSED)
    watch_idle (&fixture->watch, 5);
  watch_idle (&fixture->watch, 50);
  for (guint i = 0; i < 3; i++)
    {
      n = cam_runner_get_n_epochs (fixture->runner);
      cam_runner_step (fixture->runner);
      g_assert_cmpint (cam_runner_get_state (fixture->runner), ==, CAM_RUNNER_RUNNING);
      while (cam_runner_get_state (fixture->runner) != CAM_RUNNER_PAUSED)
        watch_idle (&fixture->watch, 5);
      watch_idle (&fixture->watch, 50);
      g_assert_cmpuint (cam_runner_get_n_epochs (fixture->runner), ==, n + 1);
    }

  cam_runner_set_paused (fixture->runner, FALSE);
  watch_idle (&fixture->watch, 50);
  cam_runner_step (fixture->runner);
  while (cam_runner_get_state (fixture->runner) != CAM_RUNNER_PAUSED)
    watch_idle (&fixture->watch, 5);
  n = cam_runner_get_n_epochs (fixture->runner);
  watch_idle (&fixture->watch, 50);
  g_assert_cmpuint (cam_runner_get_n_epochs (fixture->runner), ==, n);
  cam_runner_stop (fixture->runner);
  watch_wait (&fixture->watch);
}

static guint
count_lines (const char *path)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  return g_strv_length (lines) - 1;
}

/* Each run has its own folder; the log goes on where it was, and another run's is not touched. */
static void
test_folders (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(CamExperiment) experiment = make_experiment ("\"epochs\": 3, \"batch_size\": 64", FILES);
  g_autofree char *first = g_build_filename (fixture->folder, "Run 1", "log.csv", NULL), *second = g_build_filename (fixture->folder, "Run 2", "log.csv", NULL);
  g_autofree char *model = g_build_filename (fixture->folder, "Run 1", "best.keras", NULL), *own = g_path_get_dirname (first);
  g_autoptr(GError) error = NULL;

  cam_runner_set_folders (fixture->runner, fixture->folder);
  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  g_assert_cmpstr (cam_runner_get_folder (fixture->runner), ==, own);
  watch_wait (&fixture->watch);
  g_assert_cmpstr (json_string_value (json_object_get (cam_runner_get_report (fixture->runner), "folder")), ==, own);
  g_assert_cmpuint (count_lines (first), ==, 4);
  g_assert_true (g_file_test (model, G_FILE_TEST_IS_REGULAR));

  watch_start (&fixture->watch, "breast-cancer", experiment, 2);
  watch_wait (&fixture->watch);
  g_assert_true (go_on (fixture, experiment, 2, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_lines (first), ==, 6);
  g_assert_cmpuint (count_lines (second), ==, 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/experiment/runner-go-on/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (more);
  ADD (stopped);
  ADD (interrupted);
  ADD (refused);
  ADD (rate);
  ADD (back);
  ADD (no_way_back);
  ADD (step);
  ADD (folders);

  return g_test_run ();
}
