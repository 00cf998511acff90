/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scheduler of a study: a queue of places, as many runners as may work at once, and a few datasets that several runs share. */
#include "cam-study-private.h"

#include <math.h>
#include <string.h>

/* Datasets kept for the runs to come: the folds of a search come back with each trial. */
#define MOST_DATASETS 16

const char *const cam_study_prefixes[4] = { "val_", "test_", "train_", "" };

/* "val_loss" is the loss of the part "validation". */
double
cam_study_find_score (const json_t *report,
                      const char   *monitor)
{
  static const char *const parts[] = { "validation", "test", "train", "train" };
  guint i = 0;
  const json_t *value;

  while (!g_str_has_prefix (monitor, cam_study_prefixes[i]))
    i++;
  value = json_object_get (json_object_get (json_object_get (report, "scores"), parts[i]), monitor + strlen (cam_study_prefixes[i]));

  return json_is_number (value) ? json_number_value (value) : NAN;
}

Result *
cam_study_peek_result (CamStudy *self,
                       guint     place)
{
  return &g_array_index (self->results, Result, place);
}

void
cam_study_put_result (CamStudy    *self,
                      guint        place,
                      gint64       run,
                      CamRunState  state,
                      json_t      *report)
{
  Result *result = cam_study_peek_result (self, place);

  g_clear_pointer (&result->report, json_decref);
  result->run = run;
  result->state = state;
  result->report = report;
  result->is_done = TRUE;
  self->n_done++;
}

/* The settings of the stages that can begin: those after a stage follow from all its scores. */
void
cam_study_open_stages (CamStudy *self)
{
  while (self->n_open < cam_plan_get_n_stages (self->plan))
    {
      guint stage = self->n_open, n_repeats = cam_plan_get_n_repeats (self->plan), n, first;
      g_autofree double *scores = NULL;
      guint *before;

      if (stage == 0)
        {
          n = cam_plan_count_settings (self->plan, 0);
          self->settings[0] = g_new (guint, n);
          for (guint i = 0; i < n; i++)
            self->settings[0][i] = i;
          self->n_open = 1;
          continue;
        }

      before = self->settings[stage - 1];
      n = cam_plan_count_settings (self->plan, stage - 1);
      first = cam_plan_get_first (self->plan, stage - 1);
      for (guint place = first; place < cam_plan_get_first (self->plan, stage); place++)
        if (!cam_study_peek_result (self, place)->is_done)
          return;

      scores = g_new0 (double, n);
      for (guint place = first; place < cam_plan_get_first (self->plan, stage); place++)
        {
          CamPlanPlace at = cam_plan_find_place (self->plan, place);

          scores[at.rank] += cam_study_find_score (cam_study_peek_result (self, place)->report, cam_plan_get_monitor (self->plan)) / n_repeats;
        }
      self->settings[stage] = g_new (guint, cam_plan_count_settings (self->plan, stage));
      cam_plan_choose (self->plan, stage - 1, before, scores, self->settings[stage]);
      self->n_open++;
    }
}

static gboolean
is_under_way (CamStudy *self,
              guint     place)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      const Worker *worker = g_ptr_array_index (self->workers, i);

      if (worker->is_busy && worker->place == place)
        return TRUE;
    }

  return FALSE;
}

/* The first place that nobody works at; FALSE: none can begin. */
static gboolean
find_next (CamStudy *self,
           guint    *place)
{
  cam_study_open_stages (self);
  for (guint i = 0; i < cam_plan_get_first (self->plan, self->n_open); i++)
    if (!cam_study_peek_result (self, i)->is_done && !is_under_way (self, i))
      {
        *place = i;
        return TRUE;
      }

  return FALSE;
}

/* Datasets ------------------------------------------------------------------------------------------------------------ */

static char *
make_key (const CamExperiment *experiment)
{
  g_autofree char *data = cam_json_dump (cam_experiment_get_data (experiment), FALSE);
  g_autofree char *split = cam_json_dump (cam_experiment_get_split (experiment), FALSE);

  return g_strconcat (data, "\n", split, NULL);
}

void
cam_study_keep_dataset (CamStudy            *self,
                        const CamExperiment *experiment,
                        CamDataset          *dataset)
{
  char *key = make_key (experiment);

  /* Two workers may have made it at once. */
  if (g_hash_table_contains (self->datasets, key))
    {
      g_free (key);
      return;
    }
  if (self->keys->len >= MOST_DATASETS)
    {
      g_hash_table_remove (self->datasets, g_ptr_array_index (self->keys, 0));
      g_ptr_array_remove_index (self->keys, 0);
    }
  g_hash_table_insert (self->datasets, g_strdup (key), cam_dataset_ref (dataset));
  g_ptr_array_add (self->keys, key);
}

/* Workers ------------------------------------------------------------------------------------------------------------- */

/* The study cannot go on: whatever is under way ends. Takes @error. */
static void
fail (CamStudy *self,
      GError   *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  cam_study_stop (self);
}

static void
release (CamStudy *self,
         Worker   *worker)
{
  worker->is_busy = FALSE;
  g_clear_pointer (&worker->experiment, cam_experiment_unref);
}

/* Where a run was cut short it goes on, if it can; else it is begun anew, and what there was of it is gone. */
static gboolean
go_on (CamStudy   *self,
       Worker     *worker,
       CamDataset *dataset)
{
  gint64 run = cam_study_peek_result (self, worker->place)->run;

  if (run == 0 || self->store == NULL)
    return FALSE;
  if (cam_runner_can_go_on (self->store, run, NULL) && cam_runner_go_on (worker->runner, self->store, run, dataset, 0, 1, NULL))
    return TRUE;

  cam_store_set_run_deleted (self->store, run, TRUE, NULL);
  return FALSE;
}

static void
begin (CamStudy   *self,
       Worker     *worker,
       CamDataset *dataset)
{
  CamPlanPlace at = cam_plan_find_place (self->plan, worker->place);
  g_autofree char *name = cam_plan_make_name (self->plan, at.stage, self->settings[at.stage][at.rank], at.repeat);
  CamStudyPlace place = { self->id, worker->place };
  GError *error = NULL;

  cam_runner_set_place (worker->runner, self->id != 0 ? &place : NULL, name);
  worker->is_running = go_on (self, worker, dataset) || cam_runner_start (worker->runner, worker->experiment, dataset, self->store, 1, &error);
  if (worker->is_running)
    {
      cam_runner_set_paused (worker->runner, self->is_paused);
      return;
    }

  release (self, worker);
  g_prefix_error (&error, "%s: ", name);
  fail (self, error);
}

typedef struct
{
  CamTable      *table;
  CamExperiment *experiment;
  Worker        *worker;       /* the study's, which waits for the task before it goes */
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  cam_table_unref (making->table);
  cam_experiment_unref (making->experiment);
  g_free (making);
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Making *making = data;
  GError *error = NULL;
  CamDataset *dataset = cam_dataset_new (making->table, cam_experiment_get_data (making->experiment), cam_experiment_get_split (making->experiment), &error);

  if (dataset != NULL)
    g_task_return_pointer (task, dataset, (GDestroyNotify) cam_dataset_unref);
  else
    g_task_return_error (task, error);
}

static void
made_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  CamStudy *self = CAM_STUDY (object);
  const Making *making = g_task_get_task_data (G_TASK (result));
  Worker *worker = making->worker;
  GError *error = NULL;
  g_autoptr(CamDataset) dataset = g_task_propagate_pointer (G_TASK (result), &error);

  if (dataset != NULL)
    cam_study_keep_dataset (self, making->experiment, dataset);
  if (dataset != NULL && !self->is_stopping)
    begin (self, worker, dataset);
  else
    release (self, worker);
  if (error != NULL)
    fail (self, error);
  cam_study_schedule (self);
}

static void
employ (CamStudy *self,
        Worker   *worker,
        guint     place)
{
  CamPlanPlace at = cam_plan_find_place (self->plan, place);
  g_autofree char *key = NULL;
  GError *error = NULL;
  CamDataset *dataset;

  worker->experiment = cam_plan_make_experiment (self->plan, at.stage, self->settings[at.stage][at.rank], at.repeat, &error);
  if (worker->experiment == NULL)
    {
      fail (self, error);
      return;
    }
  worker->is_busy = TRUE;
  worker->place = place;

  key = make_key (worker->experiment);
  dataset = g_hash_table_lookup (self->datasets, key);
  if (dataset != NULL)
    begin (self, worker, dataset);
  else
    {
      g_autoptr(GTask) task = g_task_new (self, NULL, made_cb, NULL);
      Making *making = g_new (Making, 1);

      *making = (Making) { cam_table_ref (self->table), cam_experiment_ref (worker->experiment), worker };
      g_task_set_task_data (task, making, making_free);
      g_task_run_in_thread (task, make_thread);
    }
}

static gboolean
any_busy (CamStudy *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    if (((Worker *) g_ptr_array_index (self->workers, i))->is_busy)
      return TRUE;

  return FALSE;
}

static void
finish (CamStudy *self)
{
  GError *error = NULL;

  self->is_running = FALSE;
  if (self->id != 0 && self->error == NULL && self->n_done == self->results->len && !cam_store_set_study_finished (self->store, self->id, TRUE, &error))
    self->error = error;
  cam_study_tell_ended (self);
}

void
cam_study_schedule (CamStudy *self)
{
  guint place;

  for (guint i = 0; i < self->workers->len && !self->is_stopping && !self->is_paused; i++)
    {
      Worker *worker = g_ptr_array_index (self->workers, i);

      if (!worker->is_busy && find_next (self, &place))
        employ (self, worker, place);
    }
  if (self->is_running && !any_busy (self) && (self->is_stopping || self->n_done == self->results->len))
    finish (self);
}

static CamRunState
find_state (const json_t *report)
{
  static const struct { const char *word; CamRunState state; } ends[] = {
    { "finished", CAM_RUN_FINISHED }, { "early", CAM_RUN_EARLY }, { "diverged", CAM_RUN_DIVERGED },
  };
  const char *end = json_string_value (json_object_get (report, "end"));

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_strcmp0 (end, ends[i].word) == 0)
      return ends[i].state;

  return CAM_RUN_STOPPED;
}

static void
ended_cb (CamRunner *runner,
          Worker    *worker)
{
  g_autoptr(CamStudy) self = g_object_ref (worker->study);
  const json_t *report = cam_runner_get_report (runner);
  CamRunState state = find_state (report);
  guint place = worker->place;

  worker->is_running = FALSE;
  cam_study_peek_result (self, place)->run = cam_runner_get_run_id (runner);
  release (self, worker);
  if (cam_runner_get_store_error (runner) != NULL)
    fail (self, g_error_copy (cam_runner_get_store_error (runner)));
  else if (state != CAM_RUN_STOPPED)
    {
      cam_study_keep_history (self, place, runner);
      cam_study_put_result (self, place, cam_runner_get_run_id (runner), state, json_deep_copy (report));
      cam_study_tell_run_ended (self, place);
    }
  cam_study_schedule (self);
}

static void
progress_cb (CamRunner *runner,
             Worker    *worker)
{
  cam_study_tell_progress (worker->study);
}

void
cam_study_add_worker (CamStudy *self)
{
  Worker *worker = g_new0 (Worker, 1);

  worker->study = self;
  worker->runner = cam_runner_new ();
  g_signal_connect (worker->runner, "ended", G_CALLBACK (ended_cb), worker);
  g_signal_connect (worker->runner, "progress", G_CALLBACK (progress_cb), worker);
  g_ptr_array_add (self->workers, worker);
}

void
cam_study_worker_free (gpointer data)
{
  Worker *worker = data;

  g_signal_handlers_disconnect_by_data (worker->runner, worker);
  g_clear_object (&worker->runner);
  g_clear_pointer (&worker->experiment, cam_experiment_unref);
  g_free (worker);
}
