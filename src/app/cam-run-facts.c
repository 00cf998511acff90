/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run at one moment. */
#include "cam-run-facts.h"

#include <math.h>
#include <string.h>

#include "cam-train-edit.h"

static void
read_record (CamRunFacts *self,
             CamRunItem  *run)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  const json_t *speed;

  self->name = g_strdup (record->name);
  self->message = g_strdup (record->message);
  self->monitor = g_strdup (record->monitor);
  self->state = record->state;
  self->n_epochs = record->n_epochs;
  self->best_epoch = record->best_epoch;
  self->best_value = record->best_value;
  self->seconds = record->seconds;
  self->seed = record->seed;
  self->started_at = record->started_at;
  self->keys = g_strdupv (record->keys);
  self->report = cam_run_item_peek_report (run) != NULL ? json_loads (cam_run_item_peek_report (run), 0, NULL) : NULL;
  speed = json_object_get (self->report, "rows_per_second");
  self->rows_per_s = json_is_number (speed) ? json_number_value (speed) : NAN;
  self->live_rate = NAN;
  self->live_loss = NAN;
  g_object_get (run, "summary", &self->summary, NULL);
}

/* Epochs asked for later count instead of the experiment's. */
static void
read_events (CamRunFacts *self,
             CamRunItem  *run,
             CamRunner   *runner)
{
  const CamRunEvent *events = runner != NULL ? cam_runner_get_events (runner, &self->n_events) : cam_run_item_peek_events (run, &self->n_events);

  self->events = g_memdup2 (events, self->n_events * sizeof (CamRunEvent));
  for (guint i = 0; i < self->n_events; i++)
    if (events[i].kind == CAM_RUN_EVENT_EPOCHS && isfinite (events[i].value))
      self->n_planned = (guint) events[i].value;
}

static void
count_batches (CamRunFacts *self)
{
  gsize rows = cam_run_facts_get_count (self, "training_rows"), size = self->experiment != NULL ? cam_experiment_get_batch_size (self->experiment) : 1;

  if (self->n_batches == 0)
    self->n_batches = MAX ((rows + MAX (size, 1) - 1) / MAX (size, 1), 1);
}

static json_t *
dup_rate (CamExperiment *experiment)
{
  g_autoptr(json_t) config = NULL;
  json_t *rate;

  cam_train_peek_kind (experiment, CAM_KIND_OPTIMIZER, &config);
  rate = json_object_get (config, "learning_rate");
  return rate != NULL ? json_incref (rate) : NULL;
}

static void
read_experiment (CamRunFacts   *self,
                 CamRunItem    *run,
                 CamExperiment *experiment)
{
  g_autoptr(json_t) early = NULL;

  if (experiment != NULL)
    self->experiment = cam_experiment_ref (experiment);
  else if (cam_run_item_peek_experiment (run) != NULL)
    self->experiment = cam_experiment_new_from_text (cam_run_item_peek_experiment (run), NULL);
  self->n_planned = self->n_epochs;
  if (self->experiment == NULL)
    return;
  self->n_planned = cam_experiment_get_epochs (self->experiment);
  self->rate = dup_rate (self->experiment);
  early = cam_train_dup_early_stopping (self->experiment);
  if (early != NULL)
    self->patience = (guint) cam_fields_int (early, "patience");
}

/* The workspace gets epochs in batches: while the run goes the runner knows more. */
static void
read_runner (CamRunFacts *self,
             CamRunner   *runner)
{
  const CamProgress *progress = cam_runner_get_progress (runner);
  const char *const *keys = cam_runner_get_keys (runner);
  CamRunnerState state = cam_runner_get_state (runner);

  self->is_live = state != CAM_RUNNER_IDLE;
  self->is_paused = state == CAM_RUNNER_PAUSED;
  self->is_stopping = state == CAM_RUNNER_STOPPING;
  self->n_epochs = cam_runner_get_n_epochs (runner);
  if (self->is_live && progress != NULL)
    {
      self->best_epoch = MIN (progress->best_epoch, self->n_epochs);
      self->best_value = progress->best_value;
      self->seconds = progress->elapsed_s;
      self->rows_per_s = progress->rows_per_s;
      self->live_rate = progress->rate;
      self->live_batch = progress->batch;
      self->live_loss = progress->loss;
      self->n_batches = progress->n_batches;
    }
  g_strfreev (self->keys);
  self->keys = g_strdupv ((char **) keys);
}

static void
read_values (CamRunFacts *self,
             CamRunItem  *run,
             CamRunner   *runner)
{
  guint n_keys = self->keys != NULL ? g_strv_length (self->keys) : 0;

  self->values = g_new0 (double *, n_keys + 1);
  for (guint key = 0; key < n_keys; key++)
    {
      double *column = g_new (double, MAX (self->n_epochs, 1));

      self->values[key] = column;
      if (runner != NULL)
        cam_runner_copy_values (runner, key, column);
      else
        {
          guint n = 0;
          const double *kept = cam_run_item_peek_history (run, self->keys[key], &n);

          for (guint epoch = 0; epoch < self->n_epochs; epoch++)
            column[epoch] = kept != NULL && epoch < n ? kept[epoch] : NAN;
        }
    }
}

CamRunFacts *
cam_run_facts_new (CamSession    *session,
                   CamRunItem    *run,
                   CamExperiment *experiment)
{
  CamRunFacts *self;
  CamRunner *runner;

  g_return_val_if_fail (CAM_IS_SESSION (session), NULL);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), NULL);

  self = g_new0 (CamRunFacts, 1);
  runner = cam_session_get_runner (session);
  if (run != cam_session_get_current_run (session) || cam_runner_get_run_id (runner) != cam_run_item_get_id (run)
      || cam_runner_get_keys (runner) == NULL)
    runner = NULL;
  read_record (self, run);
  read_experiment (self, run, experiment);
  if (runner != NULL)
    read_runner (self, runner);
  read_events (self, run, runner);
  count_batches (self);
  read_values (self, run, runner);
  self->can_go_back = !self->is_live && cam_session_can_go_back (session, run);
  self->can_go_on = !self->is_live && cam_session_can_go_on (session, run, &self->go_on_epoch);
  return self;
}

void
cam_run_facts_free (CamRunFacts *self)
{
  if (self == NULL)
    return;
  for (guint key = 0; self->values != NULL && self->values[key] != NULL; key++)
    g_free (self->values[key]);
  g_free (self->values);
  g_strfreev (self->keys);
  g_free (self->name);
  g_free (self->message);
  g_free (self->summary);
  g_free (self->monitor);
  g_free (self->events);
  g_clear_pointer (&self->rate, json_decref);
  g_clear_pointer (&self->report, json_decref);
  g_clear_pointer (&self->experiment, cam_experiment_unref);
  g_free (self);
}

const double *
cam_run_facts_find (const CamRunFacts *self,
                    const char        *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  for (guint i = 0; self->keys != NULL && self->keys[i] != NULL; i++)
    if (strcmp (self->keys[i], key) == 0)
      return self->values[i];
  return NULL;
}

char *
cam_run_facts_dup_train_key (const CamRunFacts *self,
                             const char        *key)
{
  g_autofree char *again = g_strconcat (CAM_REMEASURED_PREFIX, key, NULL);

  return cam_run_facts_find (self, again) != NULL ? g_steal_pointer (&again) : g_strdup (key);
}

double
cam_run_facts_get_value (const CamRunFacts *self,
                         const char        *key,
                         guint              epoch)
{
  const double *values = cam_run_facts_find (self, key);

  return values != NULL && epoch > 0 && epoch <= self->n_epochs ? values[epoch - 1] : NAN;
}

gboolean
cam_run_facts_has_part (const CamRunFacts *self,
                        const char        *part)
{
  return json_object_size (json_object_get (json_object_get (self->report, "scores"), part)) > 0;
}

double
cam_run_facts_get_score (const CamRunFacts *self,
                         const char        *part,
                         const char        *key)
{
  const json_t *value = json_object_get (json_object_get (json_object_get (self->report, "scores"), part), key);

  return json_is_number (value) ? json_number_value (value) : NAN;
}

guint
cam_run_facts_get_count (const CamRunFacts *self,
                         const char        *key)
{
  const json_t *value = json_object_get (self->report, key);

  return json_is_integer (value) && json_integer_value (value) > 0 ? (guint) json_integer_value (value) : 0;
}
