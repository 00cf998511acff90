/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a data file on a worker thread. */
#include "cam-session-load.h"

#include <string.h>

static void
load_clear (gpointer data)
{
  CamLoad *load = data;

  g_free (load->file);
  g_free (load->open_name);
  g_free (load->store_path);
  g_free (load->data_problem);
  g_clear_pointer (&load->experiment, cam_experiment_unref);
  g_clear_pointer (&load->draft, cam_experiment_unref);
  g_clear_pointer (&load->chosen, cam_experiment_unref);
  g_clear_pointer (&load->dialect, json_decref);
  g_clear_pointer (&load->kinds, json_decref);
  g_clear_pointer (&load->result, cam_csv_result_free);
  g_clear_pointer (&load->dataset, cam_dataset_unref);
  g_clear_object (&load->cancellable);
  g_mutex_clear (&load->shared.lock);
}

void
cam_load_unref (CamLoad *load)
{
  g_atomic_rc_box_release_full (load, load_clear);
}

void
cam_load_end (CamLoad *load)
{
  g_clear_pointer (&load->store, cam_store_close);
  cam_load_unref (load);
}

CamLoad *
cam_load_new (CamLoadKind  kind,
              const char  *file)
{
  CamLoad *load = g_atomic_rc_box_new0 (CamLoad);

  load->kind = kind;
  load->file = g_canonicalize_filename (file, NULL);
  load->cancellable = g_cancellable_new ();
  g_mutex_init (&load->shared.lock);
  return load;
}

/* The worker's side -------------------------------------------------------------------------------------------- */

static void                                   /* worker thread */
progress_cb (goffset  bytes_read,
             goffset  bytes_total,
             gsize    n_rows,
             gpointer user_data)
{
  CamLoad *load = user_data;

  g_mutex_lock (&load->shared.lock);
  load->shared.read = bytes_read;
  load->shared.total = bytes_total;
  load->shared.n_rows = n_rows;
  g_mutex_unlock (&load->shared.lock);
}

static CamExperiment *
propose (CamLoad  *load,
         GError  **error)
{
  g_autofree char *name = g_path_get_basename (load->file);
  char *dot = strrchr (name, '.');
  g_autoptr(CamExperiment) experiment = NULL;

  if (dot != NULL && dot != name)
    *dot = '\0';
  experiment = cam_experiment_new_for_table (load->result->table, load->file, name, error);
  if (experiment == NULL || load->dialect == NULL)
    return g_steal_pointer (&experiment);
  return cam_experiment_with (experiment, "data/dialect", load->dialect, error);
}

static gboolean
make_dataset (CamLoad  *load,
              GError  **error)
{
  load->dataset = cam_dataset_new (load->result->table, cam_experiment_get_data (load->chosen),
                                   cam_experiment_get_split (load->chosen), error);
  return load->dataset != NULL;
}

/* Another dialect often gives other columns; then the old roles mean nothing, and all is proposed anew. */
static gboolean
choose_experiment (CamLoad  *load,
                   GError  **error)
{
  g_autoptr(GError) problem = NULL;
  CamExperiment *given = load->experiment != NULL ? load->experiment : load->draft;

  if (given != NULL)
    {
      load->chosen = cam_experiment_ref (given);
      if (make_dataset (load, &problem))
        return TRUE;
      if (load->kind != CAM_LOAD_READ_AS && !load->is_corrected)
        {
          load->data_problem = g_strdup (problem->message);
          return TRUE;
        }
      g_clear_error (&problem);
      g_clear_pointer (&load->chosen, cam_experiment_unref);
    }

  load->chosen = propose (load, error);
  if (load->chosen == NULL)
    return FALSE;
  if (!make_dataset (load, &problem))
    load->data_problem = g_strdup (problem->message);
  return TRUE;
}

void                                          /* worker thread */
cam_load_in_thread (GTask        *task,
                    gpointer      source,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  CamLoad *load = task_data;
  const CamExperiment *given = load->experiment != NULL ? load->experiment : load->draft;
  g_autoptr(CamCsvDialect) dialect = NULL;
  GError *error = NULL;

  if (load->dialect != NULL)
    {
      dialect = cam_csv_dialect_from_json (load->dialect, &error);
      if (dialect == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
    }
  load->kinds = given != NULL ? cam_source_kinds (cam_experiment_get_data (given)) : NULL;
  load->result = cam_source_read (load->file, dialect, load->kinds, progress_cb, load, cancellable, &error);
  if (load->result == NULL || !choose_experiment (load, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}
