/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runner, on the main side: one run at a time, what can be done to it and asked about it. */
#include "cam-runner-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

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

void
cam_runner_change_state (CamRunner      *self,
                         CamRunnerState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
cam_runner_tell_epochs (CamRunner *self,
                        guint      first,
                        guint      n)
{
  g_signal_emit (self, signals[EPOCHS], 0, first, n);
}

void
cam_runner_tell_progress (CamRunner *self)
{
  self->has_news = FALSE;
  self->told_at = g_get_monotonic_time ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  g_signal_emit (self, signals[PROGRESS], 0);
}

void
cam_runner_tell_ended (CamRunner *self)
{
  g_signal_emit (self, signals[ENDED], 0);
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
    cam_runner_finish_now (self);

  G_OBJECT_CLASS (cam_runner_parent_class)->dispose (object);
}

static void
cam_runner_finalize (GObject *object)
{
  CamRunner *self = CAM_RUNNER (object);

  g_clear_pointer (&self->run, cam_run_free);
  cam_run_keeper_clear (&self->keeper);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->seconds, g_array_unref);
  g_clear_pointer (&self->events, g_array_unref);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->folders, g_free);
  g_clear_pointer (&self->name, g_free);
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
  self->seconds = g_array_new (FALSE, FALSE, sizeof (double));
  self->events = g_array_new (FALSE, FALSE, sizeof (CamRunEvent));
  self->best_value = NAN;
  cam_run_progress_init (&self->progress, NULL);
}

/* Public functions */

CamRunner *
cam_runner_new (void)
{
  return g_object_new (CAM_TYPE_RUNNER, NULL);
}

/* By number, not by name: a run that is renamed and gone on with finds its files again. */
static char *
dup_own_folder (const char *folders,
                gint64      id)
{
  g_autofree char *name = g_strdup_printf (_("Run %" PRId64), id);

  return g_build_filename (folders, name, NULL);
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

void
cam_runner_adopt (CamRunner    *self,
                  CamRun       *run,
                  CamRunKeeper *keeper)
{
  g_clear_pointer (&self->run, cam_run_free);
  cam_run_keeper_clear (&self->keeper);
  self->run = run;
  self->keeper = *keeper;
  g_atomic_int_set (&run->is_watched, self->is_watched);

  run->folder = self->folders != NULL && keeper->id != 0 ? dup_own_folder (self->folders, keeper->id) : g_strdup (self->folder);

  g_array_set_size (self->rows, 0);
  g_array_set_size (self->seconds, 0);
  g_array_set_size (self->events, 0);
  self->has_ended = FALSE;
  self->n_epochs = 0;
  self->best_epoch = 0;
  self->best_value = NAN;
  cam_run_progress_init (&self->progress, run);
  self->is_stepping = FALSE;
  self->has_paused = FALSE;
  self->has_news = FALSE;
  self->told_at = 0;
}

void
cam_runner_begin (CamRunner *self)
{
  cam_runner_attach_drain (self);
  cam_run_begin (self->run, self->drain);
  g_object_freeze_notify (G_OBJECT (self));
  cam_runner_change_state (self, CAM_RUNNER_RUNNING);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN_ID]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  g_object_thaw_notify (G_OBJECT (self));
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
  if (run == NULL || !cam_run_keeper_begin (&keeper, store, run, self->has_place ? &self->place : NULL, self->name, error))
    return FALSE;

  cam_runner_adopt (self, g_steal_pointer (&run), &keeper);
  cam_runner_begin (self);

  return TRUE;
}

void
cam_runner_set_place (CamRunner           *self,
                      const CamStudyPlace *place,
                      const char          *name)
{
  g_return_if_fail (CAM_IS_RUNNER (self));

  self->has_place = place != NULL;
  if (place != NULL)
    self->place = *place;
  g_free (self->name);
  self->name = g_strdup (name);
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
cam_runner_set_folders (CamRunner  *self,
                        const char *folders)
{
  g_return_if_fail (CAM_IS_RUNNER (self));

  g_free (self->folders);
  self->folders = g_strdup (folders);
}

const char *
cam_runner_get_folder (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), NULL);

  return self->run != NULL ? self->run->folder : NULL;
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
  cam_runner_change_state (self, CAM_RUNNER_STOPPING);
}

void
cam_runner_set_paused (CamRunner *self,
                       gboolean   paused)
{
  g_return_if_fail (CAM_IS_RUNNER (self));

  if (self->drain == NULL || self->state == CAM_RUNNER_STOPPING)
    return;

  self->is_stepping = FALSE;
  g_atomic_int_set (&self->run->pauses_next, FALSE);
  cam_fit_set_paused (self->run->fit, paused);
  cam_runner_change_state (self, paused ? CAM_RUNNER_PAUSED : CAM_RUNNER_RUNNING);
}

void
cam_runner_step (CamRunner *self)
{
  g_return_if_fail (CAM_IS_RUNNER (self));

  if (self->drain == NULL || self->state == CAM_RUNNER_STOPPING)
    return;

  self->is_stepping = TRUE;
  g_atomic_int_set (&self->run->pauses_next, TRUE);
  cam_fit_set_paused (self->run->fit, FALSE);
  cam_runner_change_state (self, CAM_RUNNER_RUNNING);
}

void
cam_runner_set_rate (CamRunner *self,
                     double     rate)
{
  g_return_if_fail (CAM_IS_RUNNER (self));
  g_return_if_fail (isfinite (rate) && rate >= 0.0);

  if (self->drain != NULL && self->state != CAM_RUNNER_STOPPING)
    cam_fit_set_rate (self->run->fit, rate);
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

const CamRunEvent *
cam_runner_get_events (CamRunner *self,
                       guint     *n)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), NULL);

  *n = self->events->len;
  return (const CamRunEvent *) (gpointer) self->events->data;
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
