/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that go on after their end, and what can be done to one that is under way. */

#include "cam-session-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

void
cam_session_place_files (CamSession *self)
{
  g_autofree char *folders = NULL;

  if (self->store != NULL)
    {
      const char *path = cam_store_get_path (self->store);
      g_autofree char *stem = g_str_has_suffix (path, ".camadas") ? g_strndup (path, strlen (path) - strlen (".camadas")) : g_strdup (path);

      /* translators: the folder beside a workspace in which its runs leave their files; %s is the workspace's name with its folder */
      folders = g_strdup_printf (_("%s files"), stem);
    }
  cam_runner_set_folders (self->runner, folders);
}

gboolean
cam_session_can_go_on (CamSession *self,
                       CamRunItem *run,
                       guint      *epoch)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), FALSE);

  return !self->is_busy && self->store != NULL && self->table != NULL && cam_runner_can_go_on (self->store, cam_run_item_get_id (run), epoch);
}

CamExperiment *
cam_session_find_data_of (CamSession  *self,
                          CamRunItem  *run,
                          CamDataset **dataset,
                          GError     **error)
{
  const char *text;
  g_autoptr(CamExperiment) experiment = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run) && dataset != NULL, NULL);

  *dataset = NULL;
  text = cam_run_item_peek_experiment (run);
  experiment = cam_experiment_new_from_text (text != NULL ? text : "", error);
  if (experiment == NULL)
    return NULL;
  if (self->table == NULL || g_strcmp0 (cam_experiment_get_file (experiment), self->table_file) != 0)
    {
      g_autofree char *name = g_path_get_basename (cam_experiment_get_file (experiment));

      g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_CANNOT_GO_ON, _("It was trained with “%s”, and other data are open; open that file first"), name);
      return NULL;
    }
  if (self->dataset != NULL && cam_session_same_json (cam_experiment_get_data (experiment), self->dataset_data)
      && cam_session_same_json (cam_experiment_get_split (experiment), self->dataset_split))
    *dataset = cam_dataset_ref (self->dataset);

  return g_steal_pointer (&experiment);
}

/* The data as the run saw them, which the document may have left behind: made anew where its settings are others now. */
static CamDataset *
make_dataset (CamSession  *self,
              CamRunItem  *run,
              GError     **error)
{
  CamDataset *dataset = NULL;
  g_autoptr(CamExperiment) experiment = cam_session_find_data_of (self, run, &dataset, error);

  if (experiment == NULL || dataset != NULL)
    return dataset;

  return cam_dataset_new (self->table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), error);
}

/* @rate NaN: it goes on, else it goes back. */
static gboolean
take_up (CamSession *self,
         CamRunItem *run,
         guint       n_more,
         double      rate)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = NULL;
  gint64 id = cam_run_item_get_id (run);

  if (self->is_busy || self->store == NULL || self->table == NULL)
    return FALSE;
  dataset = make_dataset (self, run, &error);
  cam_session_place_files (self);
  if (dataset == NULL || !(isnan (rate) ? cam_runner_go_on (self->runner, self->store, id, dataset, n_more, 0, &error)
                                        : cam_runner_go_back (self->runner, self->store, id, dataset, rate, 0, &error)))
    {
      /* translators: %s is the name of a run */
      g_autofree char *title = g_strdup_printf (_("%s cannot go on"), cam_run_item_get_name (run));

      cam_session_fail (self, title, error->message);
      return FALSE;
    }
  g_set_object (&self->current_run, run);
  cam_run_item_refresh (run);
  cam_session_set_busy (self, TRUE);
  return TRUE;
}

gboolean
cam_session_go_on (CamSession *self,
                   CamRunItem *run,
                   guint       n_more)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), FALSE);

  return take_up (self, run, n_more, NAN);
}

gboolean
cam_session_can_go_back (CamSession *self,
                         CamRunItem *run)
{
  const CamRunRecord *record;
  guint epoch = 0;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), FALSE);

  record = cam_run_item_get_record (run);
  return !self->is_busy && self->store != NULL && self->table != NULL && record->state == CAM_RUN_DIVERGED && record->best_epoch > 0
         && cam_store_has_weights (self->store, record->id, "best", &epoch) && epoch == record->best_epoch;
}

gboolean
cam_session_go_back (CamSession *self,
                     CamRunItem *run,
                     double      rate)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), FALSE);
  g_return_val_if_fail (isfinite (rate) && rate >= 0, FALSE);

  return take_up (self, run, 0, rate);
}

void
cam_session_pause (CamSession *self,
                   gboolean    paused)
{
  g_return_if_fail (CAM_IS_SESSION (self));

  if (self->is_busy)
    cam_runner_set_paused (self->runner, paused);
}

void
cam_session_step (CamSession *self)
{
  g_return_if_fail (CAM_IS_SESSION (self));

  if (self->is_busy)
    cam_runner_step (self->runner);
}

void
cam_session_set_rate (CamSession *self,
                      double      rate)
{
  g_return_if_fail (CAM_IS_SESSION (self));

  if (self->is_busy)
    cam_runner_set_rate (self->runner, rate);
}
