/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runner, on the main side: takes snapshots from the run's queue in turns of the loop, keeps them, and tells of them. */
#include "cam-runner.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-run-private.h"

/* Snapshots taken in one turn, and the time between two turns: the loop is free for the rest of it, however fast the fit is. */
#define MOST_IN_TURN 4096
#define TURN_US 16000
/* Time between two "progress". */
#define PROGRESS_US 33000

struct _CamRunner
{
  GObject         parent_instance;

  /* owned */
  GMainContext   *context;
  GSource        *drain;          /* NULL: no run is under way */
  CamRun         *run;            /* under way, or the last; NULL: none yet */
  GArray         *rows;           /* double: told epochs by keys, row-major */
  CamRunKeeper    keeper;
  char           *folder;         /* for files of callbacks; NULL: none */

  CamRunnerState  state;
  gboolean        has_ended;
  gboolean        is_disposed;    /* nobody is told anything any more */
  guint           n_epochs;       /* in @rows */
  guint           best_epoch;
  double          best_value;
  double          epochs_s;       /* when the last of them was over */

  CamRunProgress  progress;
  gboolean        has_news;       /* in @progress, not told yet */
  gint64          told_at;
};

G_DEFINE_FINAL_TYPE (CamRunner, cam_runner, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (CamRunnerState, cam_runner_state,
                    G_DEFINE_ENUM_VALUE (CAM_RUNNER_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (CAM_RUNNER_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (CAM_RUNNER_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (CAM_RUNNER_STOPPING, "stopping"))

enum { PROP_0, PROP_STATE, PROP_PROGRESS, PROP_RUN_ID, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { EPOCHS, PROGRESS, ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
set_state (CamRunner      *self,
           CamRunnerState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Taking snapshots */

/* Takes a bounded handful out of the queue. Returns whether the run's end was among it; @best and @best_epoch are set where the handful was all there was. */
static gboolean
take_snapshots (CamRunner  *self,
                GBytes    **best,
                guint      *best_epoch)
{
  CamRun *run = self->run;
  g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func (g_free);
  gboolean ended = FALSE;

  g_async_queue_lock (run->snapshots);
  while (taken->len < MOST_IN_TURN && g_async_queue_length_unlocked (run->snapshots) > 0)
    g_ptr_array_add (taken, g_async_queue_try_pop_unlocked (run->snapshots));
  if (g_async_queue_length_unlocked (run->snapshots) == 0 && run->shared.best_weights != NULL)
    {
      *best = g_bytes_ref (run->shared.best_weights);
      *best_epoch = run->shared.best_epoch;
    }
  g_async_queue_unlock (run->snapshots);

  for (guint i = 0; i < taken->len; i++)
    {
      const CamSnapshot *snapshot = g_ptr_array_index (taken, i);

      if (snapshot->kind == CAM_SNAPSHOT_END)
        {
          ended = TRUE;
          continue;
        }
      if (snapshot->kind == CAM_SNAPSHOT_EPOCH)
        {
          g_array_append_vals (self->rows, snapshot->values, run->n_keys);
          self->best_epoch = snapshot->best_epoch;
          self->best_value = snapshot->best_value;
          self->epochs_s = snapshot->elapsed_s;
        }
      cam_run_progress_take (&self->progress, run, snapshot);
      self->has_news = TRUE;
    }

  return ended;
}

static void
keep_epochs (CamRunner *self)
{
  cam_run_keeper_add (&self->keeper, (const double *) (gpointer) self->rows->data, self->rows->len / self->run->n_keys,
                      self->best_epoch, self->best_value, self->epochs_s);
}

/* The thread has ended and all its snapshots are taken: everything becomes final. */
static void
settle (CamRunner *self)
{
  cam_run_join (self->run);
  g_source_destroy (self->drain);
  g_clear_pointer (&self->drain, g_source_unref);
  cam_run_keeper_finish (&self->keeper, self->run, (const double *) (gpointer) self->rows->data, self->rows->len / self->run->n_keys);
  self->progress.progress.elapsed_s = self->run->fit_thread.outcome.elapsed_s;
  self->progress.progress.left_s = 0.0;
  self->has_ended = TRUE;
}

static void
tell_progress (CamRunner *self)
{
  self->has_news = FALSE;
  self->told_at = g_get_monotonic_time ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  g_signal_emit (self, signals[PROGRESS], 0);
}

/* When to look again: soon where snapshots are waiting, when something put off is due, or when a new snapshot says so. */
static void
sleep_until (CamRunner *self,
             gint64     due)
{
  CamRun *run = self->run;
  gint64 next_turn = g_get_monotonic_time () + TURN_US;

  g_async_queue_lock (run->snapshots);
  run->shared.next_turn = next_turn;
  run->shared.is_awake = g_async_queue_length_unlocked (run->snapshots) > 0;
  if (run->shared.is_awake)
    g_source_set_ready_time (self->drain, next_turn);
  else
    g_source_set_ready_time (self->drain, due > 0 ? due : -1);
  g_async_queue_unlock (run->snapshots);
}

static gint64
earlier (gint64 a,
         gint64 b)
{
  return a == 0 || (b != 0 && b < a) ? b : a;
}

/* One turn. Handlers may do anything, also dispose the runner: after each emission it is looked at anew. */
static void
take_turn (CamRunner *self)
{
  g_autoptr(GBytes) best = NULL;
  guint best_epoch = 0, first = self->n_epochs, n;
  gboolean ended = take_snapshots (self, &best, &best_epoch);
  gint64 due, now;

  n = self->rows->len / self->run->n_keys - first;
  keep_epochs (self);
  due = cam_run_keeper_add_weights (&self->keeper, best, best_epoch);
  self->n_epochs += n;
  if (ended)
    settle (self);

  if (n > 0)
    g_signal_emit (self, signals[EPOCHS], 0, first, n);

  if (self->is_disposed)
    return;
  if (ended)
    {
      tell_progress (self);
      set_state (self, CAM_RUNNER_IDLE);
      if (!self->is_disposed)
        g_signal_emit (self, signals[ENDED], 0);
      return;
    }

  now = g_get_monotonic_time ();
  if (self->has_news && now >= self->told_at + PROGRESS_US)
    tell_progress (self);
  if (!self->is_disposed)
    sleep_until (self, earlier (due, self->has_news ? self->told_at + PROGRESS_US : 0));
}

static gboolean
drain_cb (gpointer user_data)
{
  g_autoptr(CamRunner) self = g_object_ref (user_data);

  take_turn (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
drain_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs drain_funcs = { .dispatch = drain_dispatch };

static void
attach_drain (CamRunner *self)
{
  self->drain = g_source_new (&drain_funcs, sizeof (GSource));
  g_source_set_static_name (self->drain, "CamRunner drain");
  g_source_set_callback (self->drain, drain_cb, self, NULL);
  g_source_attach (self->drain, self->context);
}

/* Overrides */

static void
cam_runner_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  CamRunner *self = CAM_RUNNER (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_PROGRESS:
      g_value_set_pointer (value, &self->progress.progress);
      break;
    case PROP_RUN_ID:
      g_value_set_int64 (value, self->keeper.id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* A run under way is stopped and waited for. What it has finished is kept, and nobody is told. */
static void
cam_runner_dispose (GObject *object)
{
  CamRunner *self = CAM_RUNNER (object);

  self->is_disposed = TRUE;
  if (self->drain != NULL)
    {
      gboolean ended = FALSE;

      g_atomic_int_set (&self->run->is_hurried, TRUE);
      cam_run_stop (self->run);
      cam_run_join (self->run);
      while (!ended)
        {
          g_autoptr(GBytes) best = NULL;
          guint best_epoch = 0;

          ended = take_snapshots (self, &best, &best_epoch);
        }
      settle (self);
      self->n_epochs = self->rows->len / self->run->n_keys;
      self->state = CAM_RUNNER_IDLE;
    }

  G_OBJECT_CLASS (cam_runner_parent_class)->dispose (object);
}

static void
cam_runner_finalize (GObject *object)
{
  CamRunner *self = CAM_RUNNER (object);

  g_clear_pointer (&self->run, cam_run_free);
  cam_run_keeper_clear (&self->keeper);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (cam_runner_parent_class)->finalize (object);
}

static void
cam_runner_class_init (CamRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = cam_runner_dispose;
  object_class->finalize = cam_runner_finalize;
  object_class->get_property = cam_runner_get_property;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, CAM_TYPE_RUNNER_STATE, CAM_RUNNER_IDLE, flags);
  properties[PROP_PROGRESS] = g_param_spec_pointer ("progress", NULL, NULL, flags);
  properties[PROP_RUN_ID] = g_param_spec_int64 ("run-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[EPOCHS] = g_signal_new ("epochs", CAM_TYPE_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[PROGRESS] = g_signal_new ("progress", CAM_TYPE_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", CAM_TYPE_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cam_runner_init (CamRunner *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->rows = g_array_new (FALSE, FALSE, sizeof (double));
  self->best_value = NAN;
  cam_run_progress_init (&self->progress, NULL);
}

/* Public functions */

CamRunner *
cam_runner_new (void)
{
  return g_object_new (CAM_TYPE_RUNNER, NULL);
}

static gboolean
check_experiment (const CamExperiment  *experiment,
                  const CamDataset     *dataset,
                  GError              **error)
{
  g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, dataset);
  const CamProblem *first;

  if (problems->len == 0)
    return TRUE;

  first = g_ptr_array_index (problems, 0);
  g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_IMPOSSIBLE, first->message);
  return FALSE;
}

/* @run and @keeper become the runner's; nothing of the last run is left. */
static void
adopt (CamRunner    *self,
       CamRun       *run,
       CamRunKeeper *keeper)
{
  g_clear_pointer (&self->run, cam_run_free);
  cam_run_keeper_clear (&self->keeper);
  self->run = run;
  self->keeper = *keeper;

  g_array_set_size (self->rows, 0);
  self->has_ended = FALSE;
  self->n_epochs = 0;
  self->best_epoch = 0;
  self->best_value = NAN;
  self->epochs_s = 0.0;
  cam_run_progress_init (&self->progress, run);
  self->has_news = FALSE;
  self->told_at = 0;
}

gboolean
cam_runner_start (CamRunner      *self,
                  CamExperiment  *experiment,
                  CamDataset     *dataset,
                  CamStore       *store,
                  guint           n_threads,
                  GError        **error)
{
  g_autoptr(CamRun) run = NULL;
  CamRunKeeper keeper = { 0 };

  g_return_val_if_fail (CAM_IS_RUNNER (self), FALSE);
  g_return_val_if_fail (experiment != NULL && dataset != NULL, FALSE);

  if (self->state != CAM_RUNNER_IDLE)
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_BUSY, _("A run is under way; stop it or wait for its end"));
      return FALSE;
    }
  if (!check_experiment (experiment, dataset, error))
    return FALSE;
  run = cam_run_new (experiment, dataset, n_threads, error);
  if (run == NULL || !cam_run_keeper_begin (&keeper, store, run, error))
    return FALSE;

  run->folder = g_strdup (self->folder);
  adopt (self, g_steal_pointer (&run), &keeper);
  attach_drain (self);
  cam_run_begin (self->run, self->drain);
  g_object_freeze_notify (G_OBJECT (self));
  set_state (self, CAM_RUNNER_RUNNING);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN_ID]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  g_object_thaw_notify (G_OBJECT (self));

  return TRUE;
}

void
cam_runner_set_folder (CamRunner  *self,
                       const char *folder)
{
  g_return_if_fail (CAM_IS_RUNNER (self));

  g_free (self->folder);
  self->folder = g_strdup (folder);
}

void
cam_runner_stop (CamRunner *self)
{
  g_return_if_fail (CAM_IS_RUNNER (self));

  if (self->drain == NULL)
    return;

  /* Pressed again: what is still to be measured does not matter. */
  if (self->state == CAM_RUNNER_STOPPING)
    g_atomic_int_set (&self->run->is_hurried, TRUE);
  cam_run_stop (self->run);
  set_state (self, CAM_RUNNER_STOPPING);
}

void
cam_runner_set_paused (CamRunner *self,
                       gboolean   paused)
{
  g_return_if_fail (CAM_IS_RUNNER (self));

  if (self->drain == NULL || self->state == CAM_RUNNER_STOPPING)
    return;

  cam_fit_set_paused (self->run->fit, paused);
  set_state (self, paused ? CAM_RUNNER_PAUSED : CAM_RUNNER_RUNNING);
}

CamRunnerState
cam_runner_get_state (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), CAM_RUNNER_IDLE);

  return self->state;
}

const CamProgress *
cam_runner_get_progress (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), NULL);

  return &self->progress.progress;
}

CamExperiment *
cam_runner_get_experiment (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), NULL);

  return self->run != NULL ? self->run->experiment : NULL;
}

CamDataset *
cam_runner_get_dataset (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), NULL);

  return self->run != NULL ? self->run->dataset : NULL;
}

gint64
cam_runner_get_run_id (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), 0);

  return self->keeper.id;
}

const GError *
cam_runner_get_store_error (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), NULL);

  return self->keeper.error;
}

const char *const *
cam_runner_get_keys (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), NULL);

  return self->run != NULL ? (const char *const *) self->run->keys : NULL;
}

const char *
cam_runner_get_monitor (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), NULL);

  return self->run != NULL ? self->run->monitor : NULL;
}

guint
cam_runner_get_n_epochs (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), 0);

  return self->n_epochs;
}

double
cam_runner_get_value (CamRunner *self,
                      guint      key,
                      guint      epoch)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), NAN);
  g_return_val_if_fail (epoch < self->n_epochs && key < self->run->n_keys, NAN);

  return g_array_index (self->rows, double, (gsize) epoch * self->run->n_keys + key);
}

void
cam_runner_copy_values (CamRunner *self,
                        guint      key,
                        double    *values)
{
  const double *rows;

  g_return_if_fail (CAM_IS_RUNNER (self));
  g_return_if_fail (self->run == NULL || key < self->run->n_keys);

  rows = (const double *) (gpointer) self->rows->data;
  for (guint epoch = 0; epoch < self->n_epochs; epoch++)
    values[epoch] = rows[(gsize) epoch * self->run->n_keys + key];
}

const CamFitOutcome *
cam_runner_get_outcome (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), NULL);

  return self->has_ended ? &self->run->fit_thread.outcome : NULL;
}

CamNetwork *
cam_runner_get_network (CamRunner *self)
{
  const CamFitOutcome *outcome = cam_runner_get_outcome (self);

  if (outcome == NULL || (outcome->end == CAM_FIT_DIVERGED && outcome->best_epoch == 0))
    return NULL;

  return self->run->fit_thread.network;
}

const json_t *
cam_runner_get_report (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), NULL);

  return self->has_ended ? self->run->fit_thread.report : NULL;
}
