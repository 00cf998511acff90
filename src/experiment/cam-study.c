/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study as seen from outside: what it can be asked to do and asked about. */
#include "cam-study-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (CamStudy, cam_study, G_TYPE_OBJECT)

enum { RUN_ENDED, PROGRESS, ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
cam_study_tell_run_ended (CamStudy *self,
                          guint     place)
{
  g_signal_emit (self, signals[RUN_ENDED], 0, place);
}

void
cam_study_tell_progress (CamStudy *self)
{
  g_signal_emit (self, signals[PROGRESS], 0);
}

void
cam_study_tell_ended (CamStudy *self)
{
  g_signal_emit (self, signals[ENDED], 0);
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
  g_free (self->data_sha256);
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
  self->workers = g_ptr_array_new_with_free_func (cam_study_worker_free);
  self->results = g_array_new (FALSE, TRUE, sizeof (Result));
  g_array_set_clear_func (self->results, cam_study_result_clear);
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
  self->table = table != NULL ? cam_table_ref (table) : NULL;
  self->store = store;
  g_array_set_size (self->results, cam_plan_get_n_runs (plan));
  for (guint i = 0; i < MIN (MAX (n_workers, 1), self->results->len); i++)
    cam_study_add_worker (self);

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
take_up (CamStudy  *self,
         GError   **error)
{
  g_autoptr(CamStudyRecord) record = cam_store_get_study (self->store, self->id, error);
  g_autoptr(GPtrArray) runs = record != NULL ? cam_store_list_study_runs (self->store, self->id, error) : NULL;

  if (runs == NULL)
    return FALSE;
  if (record->data_sha256 != NULL && self->data_sha256 != NULL && !g_str_equal (record->data_sha256, self->data_sha256))
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_CANNOT_GO_ON, _("The data are no longer those that the study began with; begin a new one"));
      return FALSE;
    }

  for (guint i = 0; i < runs->len; i++)
    {
      const CamStudyRun *run = g_ptr_array_index (runs, i);
      gboolean is_over = run->state == CAM_RUN_FINISHED || run->state == CAM_RUN_EARLY || run->state == CAM_RUN_DIVERGED;
      json_t *report;

      if (run->place >= self->results->len || cam_study_peek_result (self, run->place)->is_done)
        continue;
      report = is_over && run->report != NULL ? cam_json_parse (run->report, strlen (run->report), NULL) : NULL;
      if (report != NULL)
        cam_study_put_result (self, run->place, run->id, run->state, report);
      else
        cam_study_peek_result (self, run->place)->run = run->id;
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

  while (!g_str_has_prefix (monitor, cam_study_prefixes[i]))
    i++;
  score += strlen (cam_study_prefixes[i]);
  if (g_strv_contains ((const char *const *) run->keys, score))
    return TRUE;

  known = g_strjoinv (", ", run->keys);
  g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_IMPOSSIBLE, _("monitor: the runs have no score “%s”; they have %s"), monitor, known);
  return FALSE;
}

/* The first runs begin with the next turn of the loop: nothing is told before the caller listens. */
static gboolean
first_cb (gpointer user_data)
{
  cam_study_schedule (user_data);
  return G_SOURCE_REMOVE;
}

gboolean
cam_study_check (CamStudy  *self,
                 GError   **error)
{
  g_autoptr(CamExperiment) experiment = cam_plan_make_experiment (self->plan, 0, 0, 0, error);
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(GPtrArray) problems = NULL;

  g_return_val_if_fail (CAM_IS_STUDY (self) && self->table != NULL, FALSE);

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
  cam_study_keep_dataset (self, experiment, dataset);
  g_clear_pointer (&self->first_dataset, cam_dataset_unref);
  g_free (self->data_sha256);
  self->data_sha256 = cam_plan_hash_data (self->plan);
  self->first_dataset = g_steal_pointer (&dataset);

  return TRUE;
}

gboolean
cam_study_load (CamStudy  *self,
                gint64     study,
                GError   **error)
{
  g_return_val_if_fail (CAM_IS_STUDY (self) && self->store != NULL && !self->is_running, FALSE);

  self->id = study;
  if (!take_up (self, error))
    return FALSE;
  cam_study_open_stages (self);

  return TRUE;
}

gboolean
cam_study_keep (CamStudy  *self,
                GError   **error)
{
  g_autofree char *text = cam_plan_to_text (self->plan);

  g_return_val_if_fail (CAM_IS_STUDY (self) && self->store != NULL && self->first_dataset != NULL, FALSE);

  self->id = cam_store_add_study (self->store, cam_plan_get_name (self->plan), text, self->data_sha256, error);

  return self->id != 0;
}

gboolean
cam_study_start (CamStudy  *self,
                 gint64     study,
                 GError   **error)
{
  g_autoptr(GMainContext) context = g_main_context_ref_thread_default ();
  g_autoptr(GSource) first = g_idle_source_new ();

  g_return_val_if_fail (CAM_IS_STUDY (self) && !self->is_running, FALSE);

  if (self->first_dataset == NULL && !cam_study_check (self, error))
    return FALSE;
  self->id = study;
  if (study != 0 && !take_up (self, error))
    return FALSE;
  if (study == 0 && self->store != NULL && !cam_study_keep (self, error))
    return FALSE;

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
    cam_study_schedule (self);
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
  const Result *own = cam_study_peek_result (self, place);
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
