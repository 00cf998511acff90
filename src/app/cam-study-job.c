/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done on a worker thread before a study begins. */
#include "cam-study-job.h"

#include <math.h>

#include <cam-source.h>

#include "cam-session-private.h"

guint
cam_study_job_count_workers (void)
{
  return g_get_num_processors ();
}

CamStudyJob *
cam_study_job_new (CamSession *session,
                   json_t     *json,
                   CamPlan    *plan)
{
  CamStudyJob *job = g_new0 (CamStudyJob, 1);
  CamTable *table = cam_session_get_table (session);

  job->json = json;
  job->plan = plan != NULL ? cam_plan_ref (plan) : NULL;
  job->table = table != NULL ? cam_table_ref (table) : NULL;
  job->seconds = NAN;

  return job;
}

void
cam_study_job_free (CamStudyJob *job)
{
  g_clear_pointer (&job->json, json_decref);
  g_clear_pointer (&job->table, cam_table_unref);
  g_clear_pointer (&job->plan, cam_plan_unref);
  g_clear_object (&job->study);
  g_free (job);
}

/* The file that the plan names, as it says that it is to be read. */
static CamTable *
read_table (const CamExperiment  *experiment,
            GCancellable         *cancellable,
            GError              **error)
{
  const json_t *data = cam_experiment_get_data (experiment), *given = json_object_get (data, "dialect");
  g_autoptr(CamCsvDialect) dialect = given != NULL ? cam_csv_dialect_from_json (given, error) : NULL;
  g_autoptr(json_t) kinds = cam_source_kinds (data);
  g_autoptr(CamCsvResult) result = NULL;

  if (given != NULL && dialect == NULL)
    return NULL;
  result = cam_source_read (cam_experiment_get_file (experiment), dialect, kinds, NULL, NULL, cancellable, error);

  return result != NULL ? cam_table_ref (result->table) : NULL;
}

static gboolean
run (CamStudyJob   *job,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr(CamTable) table = NULL;

  if (job->plan == NULL)
    job->plan = cam_plan_new_from_json (job->json, NULL, error);
  if (job->plan == NULL)
    return FALSE;
  table = job->table != NULL ? cam_table_ref (job->table) : read_table (cam_plan_get_experiment (job->plan), cancellable, error);
  if (table == NULL)
    return FALSE;

  job->study = cam_study_new (job->plan, table, job->store, cam_study_job_count_workers ());
  if (!cam_study_check (job->study, error))
    {
      g_clear_object (&job->study);
      return FALSE;
    }
  if (job->most_s > 0.0 && !g_cancellable_is_cancelled (cancellable))
    job->seconds = cam_study_estimate (job->study, cam_study_measure (job->study, job->most_s));

  return TRUE;
}

static void                                   /* worker thread */
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (run (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
cam_study_job_run (CamStudyJob         *job,
                   gpointer             source,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (source, cancellable, callback, user_data);

  g_task_set_task_data (task, job, (GDestroyNotify) (void (*) (void)) cam_study_job_free);
  g_task_run_in_thread (task, run_in_thread);
}
