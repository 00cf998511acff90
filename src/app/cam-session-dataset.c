/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's dataset: made of table and settings, at once or on another thread. */
#include "cam-session-private.h"

/* A table smaller than this is prepared at once; a larger one on another thread, so that the window goes on. */
#define SMALL_TABLE (4 * 1024 * 1024)

void
cam_session_take_dataset (CamSession   *self,
                          CamDataset   *dataset,
                          char         *problem,
                          const json_t *data,
                          const json_t *split)
{
  g_object_freeze_notify (G_OBJECT (self));

  g_clear_pointer (&self->dataset, cam_dataset_unref);
  self->dataset = dataset;
  g_free (self->data_problem);
  self->data_problem = problem;
  g_clear_pointer (&self->dataset_data, json_decref);
  g_clear_pointer (&self->dataset_split, json_decref);
  self->dataset_data = json_deep_copy (data);
  self->dataset_split = json_deep_copy (split);
  cam_session_notify (self, CAM_SESSION_PROP_DATASET);
  cam_session_notify (self, CAM_SESSION_PROP_DATA_PROBLEM);
  cam_session_refresh_state (self);

  g_object_thaw_notify (G_OBJECT (self));
}

typedef struct
{
  CamTable *table;
  json_t   *data, *split;
} Preparing;

static void
preparing_free (Preparing *preparing)
{
  cam_table_unref (preparing->table);
  g_clear_pointer (&preparing->data, json_decref);
  g_clear_pointer (&preparing->split, json_decref);
  g_free (preparing);
}

static void                                   /* a pool's thread */
prepare_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Preparing *preparing = task_data;
  GError *error = NULL;
  CamDataset *dataset = cam_dataset_new (preparing->table, preparing->data, preparing->split, &error);

  if (dataset != NULL)
    g_task_return_pointer (task, dataset, (GDestroyNotify) cam_dataset_unref);
  else
    g_task_return_error (task, error);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  CamSession *self = CAM_SESSION (source);
  Preparing *preparing = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  CamDataset *dataset = g_task_propagate_pointer (G_TASK (result), &error);

  /* A late reply: the settings or the table are others by now. */
  if (self->preparing == NULL || g_task_get_cancellable (G_TASK (result)) != self->preparing)
    {
      g_clear_pointer (&dataset, cam_dataset_unref);
      return;
    }
  g_clear_object (&self->preparing);
  cam_session_take_dataset (self, dataset, error != NULL ? g_strdup (error->message) : NULL, preparing->data,
                            preparing->split);
}

void
cam_session_forget_preparing (CamSession *self)
{
  if (self->preparing != NULL)
    g_cancellable_cancel (self->preparing);
  g_clear_object (&self->preparing);
}

void
cam_session_prepare_dataset (CamSession    *self,
                             CamExperiment *experiment)
{
  const json_t *data = cam_experiment_get_data (experiment);
  const json_t *split = cam_experiment_get_split (experiment);
  g_autoptr(GError) error = NULL;
  g_autoptr(GTask) task = NULL;
  Preparing *preparing;
  CamDataset *dataset;

  cam_session_forget_preparing (self);
  if (cam_table_get_size_bytes (self->table) < SMALL_TABLE)
    {
      dataset = cam_dataset_new (self->table, data, split, &error);
      cam_session_take_dataset (self, dataset, error != NULL ? g_strdup (error->message) : NULL, data, split);
      return;
    }

  preparing = g_new0 (Preparing, 1);
  preparing->table = cam_table_ref (self->table);
  preparing->data = json_deep_copy (data);
  preparing->split = json_deep_copy (split);
  self->preparing = g_cancellable_new ();
  task = g_task_new (self, self->preparing, prepared_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, preparing, (GDestroyNotify) preparing_free);
  g_task_run_in_thread (task, prepare_in_thread);
}
