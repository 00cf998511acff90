/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The experiments of a workspace: one is in front, the document's, and the others wait with their way back. */
#include "cam-session-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static CamExperimentItem *
find_open (CamSession *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->experiments)); i++)
    {
      g_autoptr(CamExperimentItem) item = g_list_model_get_item (G_LIST_MODEL (self->experiments), i);

      if (cam_experiment_item_get_is_open (item))
        return item;
    }

  return NULL;
}

/* Those that cannot be read, by a newer Camadas' keys say, stay in the file. */
static CamExperimentItem *
read_item (CamSession *self,
           gint64      id)
{
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = cam_store_dup_draft_of (self->store, id, &error);

  experiment = text != NULL ? cam_experiment_new_from_text (text, &error) : NULL;
  if (experiment == NULL)
    {
      g_info ("An experiment is left out of the list: %s", error->message);
      return NULL;
    }

  return cam_experiment_item_new (id, experiment);
}

void
cam_session_list_experiments (CamSession *self)
{
  CamExperiment *front = cam_document_get_experiment (self->document);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GError) error = NULL;
  g_autofree gint64 *ids = NULL;
  gint64 open = 0;
  guint n = 0;

  /* The one in front has a number once it is kept. */
  cam_session_touch_draft (self);
  cam_session_flush_draft (self);
  ids = cam_store_list_drafts (self->store, &n, &open, &error);
  if (ids == NULL)
    cam_session_fail (self, _("The experiments of this workspace could not be read"), error->message);
  for (guint i = 0; ids != NULL && i < n; i++)
    {
      CamExperimentItem *item = ids[i] == open ? cam_experiment_item_new (open, front) : read_item (self, ids[i]);

      if (item == NULL)
        continue;
      if (ids[i] == open)
        cam_experiment_item_mark_open (item);
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->experiments, 0, g_list_model_get_n_items (G_LIST_MODEL (self->experiments)), items->pdata, items->len);
}

void
cam_session_show_experiment (CamSession *self)
{
  CamExperiment *experiment = cam_document_get_experiment (self->document);
  CamExperimentItem *open = find_open (self);

  if (open != NULL && experiment != NULL && !self->is_exchanging)
    cam_experiment_item_show (open, experiment);
}

GListModel *
cam_session_get_experiments (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->experiments);
}

/* What is being read belongs to the one in front. */
static gboolean
can_change (CamSession *self)
{
  if (self->table == NULL || self->store == NULL)
    return FALSE;
  if (self->load == NULL && self->waiting == NULL)
    return TRUE;
  cam_session_say (self, "%s", _("Wait until the file is read, or cancel reading."));
  return FALSE;
}

static void
exchange (CamSession        *self,
          CamExperimentItem *item)
{
  CamExperimentItem *before = find_open (self);
  CamDocumentState *left;

  /* Both are open for the moment that the pages need to follow. */
  self->is_exchanging = TRUE;
  left = cam_experiment_item_enter (item, self->document);
  if (before != NULL)
    cam_experiment_item_leave (before, left);
  else
    cam_document_state_free (left);
  self->is_exchanging = FALSE;
}

gboolean
cam_session_choose_experiment (CamSession        *self,
                               CamExperimentItem *item)
{
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_EXPERIMENT_ITEM (item), FALSE);

  if (cam_experiment_item_get_is_open (item))
    return TRUE;
  if (!can_change (self))
    return FALSE;

  cam_session_flush_draft (self);
  if (!cam_store_open_draft (self->store, cam_experiment_item_get_id (item), &error))
    {
      cam_session_fail (self, _("The experiment could not be opened"), error->message);
      return FALSE;
    }
  exchange (self, item);
  return TRUE;
}

static gboolean
is_taken (CamSession *self,
          const char *title)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->experiments)); i++)
    {
      g_autoptr(CamExperimentItem) item = g_list_model_get_item (G_LIST_MODEL (self->experiments), i);

      if (g_strcmp0 (cam_experiment_item_get_title (item), title) == 0)
        return TRUE;
    }

  return FALSE;
}

/* "Iris 2" after "Iris", "Iris 3" after "Iris 2". */
static char *
make_name (CamSession        *self,
           CamExperimentItem *after)
{
  g_autofree char *base = g_strdup (cam_experiment_item_get_title (after));
  char *space = strrchr (base, ' ');

  if (space != NULL && space[1] != '\0' && strspn (space + 1, "0123456789") == strlen (space + 1))
    *space = '\0';
  for (guint number = 2;; number++)
    {
      g_autofree char *name = g_strdup_printf ("%s %u", base, number);

      if (!is_taken (self, name))
        return g_steal_pointer (&name);
    }
}

/* What would be proposed for the data as they are set up now: roles, preparation and split stay. */
static CamExperiment *
propose (CamSession     *self,
         CamExperiment  *front,
         GError        **error)
{
  g_autoptr(CamExperiment) proposed = cam_experiment_new_for_table (self->table, cam_experiment_get_file (front), NULL, error);
  g_autoptr(CamExperiment) changed = NULL;
  g_autoptr(json_t) network = NULL;
  g_autoptr(json_t) edits = NULL;

  if (proposed == NULL)
    return NULL;
  network = cam_task_make_network (self->dataset, cam_table_get_n_columns (self->table));
  edits = json_pack ("{s:O, s:O, s:O}", "data", cam_experiment_get_data (front), "split", cam_experiment_get_split (front), "network", network);
  changed = cam_experiment_with_all (proposed, edits, error);

  return changed != NULL ? cam_session_adapt_output (self, changed) : NULL;
}

gboolean
cam_session_add_experiment (CamSession *self,
                            gboolean    is_copy)
{
  CamExperiment *front;
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(CamExperiment) named = NULL;
  g_autoptr(CamExperimentItem) item = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;
  gint64 id;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);

  if (!can_change (self) || find_open (self) == NULL)
    return FALSE;
  front = cam_document_get_experiment (self->document);
  cam_session_flush_draft (self);
  experiment = is_copy ? cam_experiment_ref (front) : propose (self, front, &error);
  title = make_name (self, find_open (self));
  name = json_string (title);
  named = experiment != NULL ? cam_experiment_with (experiment, "name", name, &error) : NULL;
  text = named != NULL ? cam_experiment_to_text (named) : NULL;
  id = text != NULL ? cam_store_add_draft (self->store, text, &error) : 0;
  if (id == 0)
    {
      cam_session_fail (self, _("The experiment could not be made"), error->message);
      return FALSE;
    }

  item = cam_experiment_item_new (id, named);
  g_list_store_append (self->experiments, item);
  exchange (self, item);
  return TRUE;
}

gboolean
cam_session_remove_experiment (CamSession        *self,
                               CamExperimentItem *item)
{
  g_autoptr(GError) error = NULL;
  guint place;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_EXPERIMENT_ITEM (item), FALSE);

  if (cam_experiment_item_get_is_open (item) || !can_change (self) || !g_list_store_find (self->experiments, item, &place))
    return FALSE;
  if (!cam_store_remove_draft (self->store, cam_experiment_item_get_id (item), &error))
    {
      cam_session_fail (self, _("The experiment could not be removed"), error->message);
      return FALSE;
    }
  g_list_store_remove (self->experiments, place);
  return TRUE;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  gint64 first = cam_experiment_item_get_id ((CamExperimentItem *) a), second = cam_experiment_item_get_id ((CamExperimentItem *) b);

  return first < second ? -1 : first > second;
}

gboolean
cam_session_restore_experiment (CamSession        *self,
                                CamExperimentItem *item)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_EXPERIMENT_ITEM (item), FALSE);

  if (!can_change (self) || g_list_store_find (self->experiments, item, NULL))
    return FALSE;
  text = cam_experiment_to_text (cam_experiment_item_get_experiment (item));
  if (!cam_store_restore_draft (self->store, cam_experiment_item_get_id (item), text, &error))
    {
      cam_session_fail (self, _("The experiment could not be brought back"), error->message);
      return FALSE;
    }
  g_list_store_insert_sorted (self->experiments, item, compare_ids, NULL);
  return TRUE;
}
