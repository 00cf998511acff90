/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models to choose from. */

#include "cam-model-choice.h"

#include <glib/gi18n-lib.h>

#include <cam-kinds.h>

#include "cam-run-words.h"

struct _CamModelChoice
{
  GObject     parent_instance;

  /* owned */
  CamRunItem *run;
  char       *file_name;
  CamModel   *model;
};

G_DEFINE_FINAL_TYPE (CamModelChoice, cam_model_choice, G_TYPE_OBJECT)

enum { PROP_0, PROP_NAME, PROP_DETAIL, N_PROPS };
static GParamSpec *properties[N_PROPS];

static char *
dup_detail (CamModelChoice *self)
{
  const CamRunRecord *record;
  g_autofree char *value = NULL;

  if (self->run == NULL)
    return g_strdup (_("from a file"));
  record = cam_run_item_get_record (self->run);
  if (record->best_epoch == 0 || record->monitor == NULL)
    return g_strdup ("");
  value = cam_run_words_value (record->monitor, record->best_value);
  return g_strdup_printf ("%s %s", record->monitor, value);
}

static void
cam_model_choice_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  CamModelChoice *self = CAM_MODEL_CHOICE (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, cam_model_choice_get_name (self));
      break;
    case PROP_DETAIL:
      g_value_take_string (value, dup_detail (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_model_choice_finalize (GObject *object)
{
  CamModelChoice *self = CAM_MODEL_CHOICE (object);

  g_clear_object (&self->run);
  g_clear_pointer (&self->model, cam_model_free);
  g_free (self->file_name);
  G_OBJECT_CLASS (cam_model_choice_parent_class)->finalize (object);
}

static void
cam_model_choice_class_init (CamModelChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cam_model_choice_finalize;
  object_class->get_property = cam_model_choice_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cam_model_choice_init (CamModelChoice *self)
{
}

CamModelChoice *
cam_model_choice_new_for_run (CamRunItem *run)
{
  CamModelChoice *self;

  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), NULL);

  self = g_object_new (CAM_TYPE_MODEL_CHOICE, NULL);
  self->run = g_object_ref (run);
  return self;
}

CamModelChoice *
cam_model_choice_new_for_file (const char *path,
                               CamModel   *model)
{
  CamModelChoice *self;

  g_return_val_if_fail (path != NULL && model != NULL, NULL);

  self = g_object_new (CAM_TYPE_MODEL_CHOICE, NULL);
  self->file_name = g_filename_display_basename (path);
  self->model = model;
  return self;
}

CamRunItem *
cam_model_choice_get_run (CamModelChoice *self)
{
  g_return_val_if_fail (CAM_IS_MODEL_CHOICE (self), NULL);

  return self->run;
}

const char *
cam_model_choice_get_name (CamModelChoice *self)
{
  g_return_val_if_fail (CAM_IS_MODEL_CHOICE (self), NULL);

  return self->run != NULL ? cam_run_item_get_name (self->run) : self->file_name;
}

char *
cam_model_choice_dup_weights (CamModelChoice *self)
{
  guint epoch;

  g_return_val_if_fail (CAM_IS_MODEL_CHOICE (self), NULL);

  if (self->run == NULL)
    return NULL;
  epoch = cam_run_item_get_record (self->run)->best_epoch;
  if (epoch == 0)
    epoch = cam_run_item_get_record (self->run)->n_epochs;
  return g_strdup_printf (_("weights of epoch %u"), epoch);
}

gboolean
cam_model_choice_load (CamModelChoice  *self,
                       CamSession      *session,
                       GError         **error)
{
  g_return_val_if_fail (CAM_IS_MODEL_CHOICE (self), FALSE);

  if (self->model == NULL)
    self->model = cam_session_load_model (session, self->run, error);
  return self->model != NULL;
}

const CamModel *
cam_model_choice_get_model (CamModelChoice *self)
{
  g_return_val_if_fail (CAM_IS_MODEL_CHOICE (self), NULL);

  return self->model;
}

GPtrArray *
cam_model_choice_list (GListModel *known,
                       GListModel *runs)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) by_run = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (known); i++)
    {
      CamModelChoice *choice = g_list_model_get_item (known, i);

      if (choice->run == NULL)
        g_ptr_array_add (all, choice);
      else
        g_hash_table_insert (by_run, choice->run, choice);
    }
  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, i);
      CamModelChoice *choice = g_hash_table_lookup (by_run, run);

      if (cam_run_item_get_state (run) == CAM_RUN_RUNNING || cam_run_item_get_record (run)->n_epochs == 0)
        continue;
      g_ptr_array_add (all, choice != NULL ? g_object_ref (choice) : cam_model_choice_new_for_run (run));
    }
  return all;
}

/* A loss means the same only for the same loss on the same target. */
static gboolean
can_compare (CamRunItem *a,
             CamRunItem *b)
{
  static const char *const keys[] = { "loss", "target", "file" };

  if (g_strcmp0 (cam_run_item_get_record (a)->monitor, cam_run_item_get_record (b)->monitor) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *key = g_intern_string (keys[i]);
      const CamRunSetting *x = cam_run_settings_find (cam_run_item_peek_settings (a), key);
      const CamRunSetting *y = cam_run_settings_find (cam_run_item_peek_settings (b), key);

      if (g_strcmp0 (x != NULL ? x->text : NULL, y != NULL ? y->text : NULL) != 0)
        return FALSE;
    }
  return TRUE;
}

int
cam_model_choice_find_best (GListModel *choices)
{
  CamRunItem *newest = NULL, *best = NULL;
  int found = -1;

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr(CamModelChoice) choice = g_list_model_get_item (choices, i);
      const CamRunRecord *record;
      gboolean is_better;

      if (choice->run == NULL)
        continue;
      record = cam_run_item_get_record (choice->run);
      if (newest == NULL)
        newest = choice->run;
      if (best == NULL)
        is_better = TRUE;
      else if (record->best_epoch == 0 || !can_compare (choice->run, newest))
        is_better = FALSE;
      else if (cam_run_item_get_record (best)->best_epoch == 0)
        is_better = TRUE;
      else if (record->monitor != NULL && cam_history_key_larger_is_better (record->monitor))
        is_better = record->best_value > cam_run_item_get_record (best)->best_value;
      else
        is_better = record->best_value < cam_run_item_get_record (best)->best_value;
      if (is_better)
        {
          best = choice->run;
          found = (int) i;
        }
    }
  return found;
}
