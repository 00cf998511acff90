/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The models that the Predict page can ask: those of files and of runs, and which of them is asked. */

#include "cam-predict-page-private.h"

static void
choose (CamPredictPage *self,
        CamModelChoice *choice)
{
  guint place;

  if (choice != NULL && g_list_store_find (self->choices, choice, &place))
    {
      self->is_setting = TRUE;
      gtk_drop_down_set_selected (self->model_choice, place);
      self->is_setting = FALSE;
    }
  gtk_stack_set_visible_child_name (self->stack, choice != NULL ? "page" : "empty");
  if (!g_set_object (&self->choice, choice))
    return;
  g_object_notify (G_OBJECT (self), "choice");
  cam_predict_page_update_actions (self);
  if (choice != NULL)
    cam_predict_page_start (self);
  else
    cam_predict_page_drop_job (self);
}

void
cam_predict_page_list_models (CamPredictPage *self)
{
  g_autoptr(GPtrArray) all = cam_model_choice_list (G_LIST_MODEL (self->choices), cam_session_get_runs (self->session));
  g_autoptr(CamModelChoice) choice = NULL;
  int best;

  self->is_setting = TRUE;
  g_list_store_splice (self->choices, 0, g_list_model_get_n_items (G_LIST_MODEL (self->choices)), all->pdata, all->len);
  self->is_setting = FALSE;

  self->is_chosen = self->is_chosen && self->choice != NULL && g_list_store_find (self->choices, self->choice, NULL);
  if (self->is_chosen)
    {
      choose (self, self->choice);
      return;
    }
  best = cam_model_choice_find_best (G_LIST_MODEL (self->choices));
  choice = g_list_model_get_item (G_LIST_MODEL (self->choices), (guint) MAX (best, 0));
  choose (self, choice);
}

void
cam_predict_page_model_chosen (CamPredictPage *self)
{
  CamModelChoice *choice = gtk_drop_down_get_selected_item (self->model_choice);

  if (self->is_setting || choice == NULL || choice == self->choice)
    return;
  self->is_chosen = TRUE;
  choose (self, choice);
}

void
cam_predict_page_take_choice (CamPredictPage *self,
                              CamModelChoice *choice)
{
  self->is_setting = TRUE;
  g_list_store_insert (self->choices, 0, choice);
  self->is_setting = FALSE;
  self->is_chosen = TRUE;
  self->is_asked = FALSE;
  choose (self, choice);
  g_signal_emit_by_name (self, "model-opened");
}

const char *
cam_predict_page_get_file_name (CamPredictPage *self)
{
  g_return_val_if_fail (CAM_IS_PREDICT_PAGE (self), NULL);

  return self->choice != NULL && cam_model_choice_get_run (self->choice) == NULL ? cam_model_choice_get_name (self->choice) : NULL;
}

void
cam_predict_page_forget_files (CamPredictPage *self)
{
  g_return_if_fail (CAM_IS_PREDICT_PAGE (self));

  self->is_setting = TRUE;
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->choices)); i > 0; i--)
    {
      g_autoptr(CamModelChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->choices), i - 1);

      if (cam_model_choice_get_run (choice) == NULL)
        g_list_store_remove (self->choices, i - 1);
    }
  self->is_setting = FALSE;
  cam_predict_page_list_models (self);
}
