/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scheduler of a study: a queue of places, as many runners as may work at once, and a few datasets that several runs share. */
#include "cam-study-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Datasets kept for the runs to come: the folds of a search come back with each trial. */
#define MOST_DATASETS 16

/* What a score's name begins with, by the part it is of; none: the training part too. */
static const char *const prefixes[] = { "val_", "test_", "train_", "" };

G_DEFINE_FINAL_TYPE (CamStudy, cam_study, G_TYPE_OBJECT)

enum { RUN_ENDED, PROGRESS, ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void schedule (CamStudy *self);

static void
result_clear (gpointer data)
{
  Result *result = data;

  g_clear_pointer (&result->report, json_decref);
}

static void
worker_free (gpointer data)
{
  Worker *worker = data;

  g_signal_handlers_disconnect_by_data (worker->runner, worker);
  g_clear_object (&worker->runner);
  g_clear_pointer (&worker->experiment, cam_experiment_unref);
  g_free (worker);
}

/* Results ------------------------------------------------------------------------------------------------------------- */

/* "val_loss" is the loss of the part "validation". */
double
cam_study_find_score (const json_t *report,
                      const char   *monitor)
{
  static const char *const parts[] = { "validation", "test", "train", "train" };
  guint i = 0;
  const json_t *value;

  while (!g_str_has_prefix (monitor, prefixes[i]))
    i++;
  value = json_object_get (json_object_get (json_object_get (report, "scores"), parts[i]), monitor + strlen (prefixes[i]));

  return json_is_number (value) ? json_number_value (value) : NAN;
}

static Result *
get_result (CamStudy *self,
            guint     place)
{
  return &g_array_index (self->results, Result, place);
}

/* Takes @report. */
static void
put_result (CamStudy    *self,
            guint        place,
            gint64       run,
            CamRunState  state,
            json_t      *report)
{
  Result *result = get_result (self, place);

  g_clear_pointer (&result->report, json_decref);
  result->run = run;
  result->state = state;
  result->report = report;
  result->is_done = TRUE;
  self->n_done++;
}

/* The settings of the stages that can begin: those after a stage follow from all its scores. */
static void
open_stages (CamStudy *self)
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
        if (!get_result (self, place)->is_done)
          return;

      scores = g_new0 (double, n);
      for (guint place = first; place < cam_plan_get_first (self->plan, stage); place++)
        {
          CamPlanPlace at = cam_plan_find_place (self->plan, place);

          scores[at.rank] += cam_study_find_score (get_result (self, place)->report, cam_plan_get_monitor (self->plan)) / n_repeats;
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
  open_stages (self);
  for (guint i = 0; i < cam_plan_get_first (self->plan, self->n_open); i++)
    if (!get_result (self, i)->is_done && !is_under_way (self, i))
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

/* Takes @key. */
static void
keep_dataset (CamStudy   *self,
              char       *key,
              CamDataset *dataset)
{
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
  gint64 run = get_result (self, worker->place)->run;

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
    keep_dataset (self, make_key (making->experiment), dataset);
  if (dataset != NULL && !self->is_stopping)
    begin (self, worker, dataset);
  else
    release (self, worker);
  if (error != NULL)
    fail (self, error);
  schedule (self);
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
  g_signal_emit (self, signals[ENDED], 0);
}

static void
schedule (CamStudy *self)
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
  get_result (self, place)->run = cam_runner_get_run_id (runner);
  release (self, worker);
  if (cam_runner_get_store_error (runner) != NULL)
    fail (self, g_error_copy (cam_runner_get_store_error (runner)));
  else if (state != CAM_RUN_STOPPED)
    {
      put_result (self, place, cam_runner_get_run_id (runner), state, json_deep_copy (report));
      g_signal_emit (self, signals[RUN_ENDED], 0, place);
    }
  schedule (self);
}

static void
progress_cb (CamRunner *runner,
             Worker    *worker)
{
  g_signal_emit (worker->study, signals[PROGRESS], 0);
}

/* Overrides ----------------------------------------------------------------------------------------------------------- */

static void
cam_study_dispose (GObject *object)
{
  CamStudy *self = CAM_STUDY (object);

  g_ptr_array_set_size (self->workers, 0);

  G_OBJECT_CLASS (cam_study_parent_class)->dispose (object);
}

static void
cam_study_finalize (GObject *object)
{
  CamStudy *self = CAM_STUDY (object);

  g_ptr_array_unref (self->workers);
  g_array_unref (self->results);
  g_hash_table_unref (self->datasets);
  g_ptr_array_unref (self->keys);
  for (guint i = 0; i < G_N_ELEMENTS (self->settings); i++)
    g_free (self->settings[i]);
  g_clear_error (&self->error);
  g_clear_pointer (&self->plan, cam_plan_unref);
  g_clear_pointer (&self->table, cam_table_unref);
  g_clear_pointer (&self->first_dataset, cam_dataset_unref);

  G_OBJECT_CLASS (cam_study_parent_class)->finalize (object);
}

static void
cam_study_class_init (CamStudyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cam_study_dispose;
  object_class->finalize = cam_study_finalize;

  signals[RUN_ENDED] = g_signal_new ("run-ended", CAM_TYPE_STUDY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[PROGRESS] = g_signal_new ("progress", CAM_TYPE_STUDY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", CAM_TYPE_STUDY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cam_study_init (CamStudy *self)
{
  self->workers = g_ptr_array_new_with_free_func (worker_free);
  self->results = g_array_new (FALSE, TRUE, sizeof (Result));
  g_array_set_clear_func (self->results, result_clear);
  self->datasets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cam_dataset_unref);
  self->keys = g_ptr_array_new_with_free_func (g_free);
}

/* Public functions ---------------------------------------------------------------------------------------------------- */

CamStudy *
cam_study_new (CamPlan  *plan,
               CamTable *table,
               CamStore *store,
               guint     n_workers)
{
  CamStudy *self = g_object_new (CAM_TYPE_STUDY, NULL);

  self->plan = cam_plan_ref (plan);
  self->table = cam_table_ref (table);
  self->store = store;
  g_array_set_size (self->results, cam_plan_get_n_runs (plan));
  for (guint i = 0; i < MIN (MAX (n_workers, 1), self->results->len); i++)
    {
      Worker *worker = g_new0 (Worker, 1);

      worker->study = self;
      worker->runner = cam_runner_new ();
      g_signal_connect (worker->runner, "ended", G_CALLBACK (ended_cb), worker);
      g_signal_connect (worker->runner, "progress", G_CALLBACK (progress_cb), worker);
      g_ptr_array_add (self->workers, worker);
    }

  return self;
}

gint64
cam_study_find (CamStore      *store,
                const CamPlan *plan)
{
  guint n = 0;
  g_autofree gint64 *studies = cam_store_list_studies (store, &n, NULL);
  g_autofree char *text = cam_plan_to_text (plan);

  for (guint i = 0; studies != NULL && i < n; i++)
    {
      g_autoptr(CamStudyRecord) record = cam_store_get_study (store, studies[i], NULL);

      if (record != NULL && g_strcmp0 (record->plan, text) == 0)
        return studies[i];
    }

  return 0;
}

/* What the store has of the study. */
static gboolean
take_up (CamStudy    *self,
         const char  *data_sha256,
         GError     **error)
{
  g_autoptr(CamStudyRecord) record = cam_store_get_study (self->store, self->id, error);
  g_autoptr(GPtrArray) runs = record != NULL ? cam_store_list_study_runs (self->store, self->id, error) : NULL;

  if (runs == NULL)
    return FALSE;
  if (record->data_sha256 != NULL && data_sha256 != NULL && !g_str_equal (record->data_sha256, data_sha256))
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_CANNOT_GO_ON, _("The data are no longer those that the study began with; begin a new one"));
      return FALSE;
    }

  for (guint i = 0; i < runs->len; i++)
    {
      const CamStudyRun *run = g_ptr_array_index (runs, i);
      gboolean is_over = run->state == CAM_RUN_FINISHED || run->state == CAM_RUN_EARLY || run->state == CAM_RUN_DIVERGED;
      json_t *report;

      if (run->place >= self->results->len || get_result (self, run->place)->is_done)
        continue;
      report = is_over && run->report != NULL ? cam_json_parse (run->report, strlen (run->report), NULL) : NULL;
      if (report != NULL)
        put_result (self, run->place, run->id, run->state, report);
      else
        get_result (self, run->place)->run = run->id;
    }

  return TRUE;
}

/* A score is measured of all parts or of none. */
static gboolean
check_monitor (CamStudy       *self,
               CamExperiment  *experiment,
               CamDataset     *dataset,
               GError        **error)
{
  const char *monitor = cam_plan_get_monitor (self->plan), *score = monitor;
  g_autoptr(CamRun) run = cam_run_new (experiment, dataset, 1, error);
  g_autofree char *known = NULL;
  guint i = 0;

  if (run == NULL)
    return FALSE;
  if ((g_str_has_prefix (monitor, "val_") && cam_dataset_get_n_rows (dataset, CAM_PART_VALIDATION) == 0) ||
      (g_str_has_prefix (monitor, "test_") && cam_dataset_get_n_rows (dataset, CAM_PART_TEST) == 0))
    {
      g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_IMPOSSIBLE,
                   _("monitor: “%s” is measured with rows that the split does not give; change the split, or the monitor"), monitor);
      return FALSE;
    }

  while (!g_str_has_prefix (monitor, prefixes[i]))
    i++;
  score += strlen (prefixes[i]);
  if (g_strv_contains ((const char *const *) run->keys, score))
    return TRUE;

  known = g_strjoinv (", ", run->keys);
  g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_IMPOSSIBLE, _("monitor: the runs have no score “%s”; they have %s"), monitor, known);
  return FALSE;
}

/* The first run's data are made at once: what is wrong with them is told before anything is kept. */
static gboolean
check_data (CamStudy  *self,
            GError   **error)
{
  g_autoptr(CamExperiment) experiment = cam_plan_make_experiment (self->plan, 0, 0, 0, error);
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(GPtrArray) problems = NULL;

  if (experiment == NULL)
    return FALSE;
  dataset = cam_dataset_new (self->table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), error);
  if (dataset == NULL)
    return FALSE;
  problems = cam_experiment_check (experiment, dataset);
  if (problems->len > 0)
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_IMPOSSIBLE, ((CamProblem *) g_ptr_array_index (problems, 0))->message);
      return FALSE;
    }
  if (!check_monitor (self, experiment, dataset, error))
    return FALSE;
  keep_dataset (self, make_key (experiment), dataset);
  g_clear_pointer (&self->first_dataset, cam_dataset_unref);
  self->first_dataset = g_steal_pointer (&dataset);

  return TRUE;
}

/* The first runs begin with the next turn of the loop: nothing is told before the caller listens. */
static gboolean
first_cb (gpointer user_data)
{
  schedule (user_data);
  return G_SOURCE_REMOVE;
}

gboolean
cam_study_start (CamStudy  *self,
                 gint64     study,
                 GError   **error)
{
  g_autoptr(GMainContext) context = g_main_context_ref_thread_default ();
  g_autoptr(GSource) first = g_idle_source_new ();
  const char *file = cam_experiment_get_file (cam_plan_get_experiment (self->plan));
  g_autofree char *data_sha256 = cam_run_hash_file (file);

  g_return_val_if_fail (CAM_IS_STUDY (self) && !self->is_running, FALSE);

  if (!check_data (self, error))
    return FALSE;
  self->id = study;
  if (study != 0 && !take_up (self, data_sha256, error))
    return FALSE;
  if (study == 0 && self->store != NULL)
    {
      g_autofree char *text = cam_plan_to_text (self->plan);

      self->id = cam_store_add_study (self->store, cam_plan_get_name (self->plan), text, data_sha256, error);
      if (self->id == 0)
        return FALSE;
    }

  self->is_running = TRUE;
  g_source_set_callback (first, first_cb, g_object_ref (self), g_object_unref);
  g_source_attach (first, context);
  return TRUE;
}

void
cam_study_stop (CamStudy *self)
{
  if (!self->is_running)
    return;

  self->is_stopping = TRUE;
  for (guint i = 0; i < self->workers->len; i++)
    {
      Worker *worker = g_ptr_array_index (self->workers, i);

      if (worker->is_running)
        cam_runner_stop (worker->runner);
    }
}

void
cam_study_set_paused (CamStudy *self,
                      gboolean  paused)
{
  self->is_paused = paused;
  for (guint i = 0; i < self->workers->len; i++)
    {
      Worker *worker = g_ptr_array_index (self->workers, i);

      if (worker->is_running)
        cam_runner_set_paused (worker->runner, paused);
    }
  if (!paused && self->is_running)
    schedule (self);
}

CamDataset *
cam_study_peek_dataset (CamStudy *self)
{
  return self->first_dataset;
}

gboolean
cam_study_is_running (CamStudy *self)
{
  return self->is_running;
}

CamPlan *
cam_study_get_plan (CamStudy *self)
{
  return self->plan;
}

gint64
cam_study_get_id (CamStudy *self)
{
  return self->id;
}

guint
cam_study_get_n_done (CamStudy *self)
{
  return self->n_done;
}

void
cam_study_get_result (CamStudy       *self,
                      guint           place,
                      CamStudyResult *result)
{
  const Result *own = get_result (self, place);
  CamPlanPlace at = cam_plan_find_place (self->plan, place);

  *result = (CamStudyResult) { own->is_done, at.stage < self->n_open ? self->settings[at.stage][at.rank] : at.rank, own->state, own->run,
                               own->is_done ? cam_study_find_score (own->report, cam_plan_get_monitor (self->plan)) : NAN, own->report };
}

double
cam_study_get_share (CamStudy *self)
{
  double done = self->n_done;

  for (guint i = 0; i < self->workers->len; i++)
    {
      const Worker *worker = g_ptr_array_index (self->workers, i);
      const CamProgress *progress = cam_runner_get_progress (worker->runner);

      if (worker->is_running && progress->n_epochs > 0)
        done += (double) progress->epoch / progress->n_epochs;
    }

  return MIN (done / self->results->len, 1.0);
}

const GError *
cam_study_get_error (CamStudy *self)
{
  return self->error;
}
