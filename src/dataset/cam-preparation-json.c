/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A preparation as JSON, inside saved models. Numbers have 17 digits and read back to the same bits; what is read is checked as a stranger's. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-dataset-private.h"

#define VERSION 1

static const char *const task_words[] = { "regression", "binary", "multiclass", "multilabel", NULL };

static json_t *
step_to_json (const CamStep *self)
{
  json_t *json = json_pack ("{s:s, s:s, s:s}", "name", self->name, "kind", cam_kind_words[self->kind], "missing", cam_missing_words[self->missing]);

  if (self->kind == CAM_COLUMN_NUMBER)
    {
      json_object_set_new (json, "scaling", json_string (cam_scaling_words[self->scaling]));
      if (self->scaling == CAM_SCALING_STANDARD)
        {
          json_object_set_new (json, "mean", json_real (self->mean));
          json_object_set_new (json, "deviation", json_real (self->deviation));
        }
      if (!isnan (self->fill))
        json_object_set_new (json, "fill", json_real (self->fill));
    }
  else
    {
      json_t *levels = json_array ();

      for (guint i = 0; i < self->levels->len; i++)
        json_array_append_new (levels, json_string (g_ptr_array_index (self->levels, i)));
      json_object_set_new (json, "coding", json_string (cam_coding_words[self->coding]));
      json_object_set_new (json, "levels", levels);
      if (self->fill_level != NULL)
        json_object_set_new (json, "fill", json_string (self->fill_level));
    }

  return json;
}

static json_t *
steps_to_json (GPtrArray *steps)
{
  json_t *list = json_array ();

  for (guint i = 0; i < steps->len; i++)
    json_array_append_new (list, step_to_json (g_ptr_array_index (steps, i)));

  return list;
}

json_t *
cam_preparation_to_json (const CamPreparation *self)
{
  return json_pack ("{s:i, s:s, s:o, s:o}", "version", VERSION, "task", task_words[self->task],
                    "features", steps_to_json (self->features), "targets", steps_to_json (self->targets));
}

static gboolean
read_word (const json_t       *json,
           const char         *key,
           const char *const  *words,
           gboolean            required,
           guint              *value,
           GError            **error)
{
  const char *word = NULL;
  int found;

  if (!cam_json_get_string (json, key, "preparation", required, &word, error))
    return FALSE;
  if (word == NULL)
    return TRUE;
  found = cam_word_find (words, word);
  if (found < 0)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: “%s” is “%s”, which is not known"), key, word);
      return FALSE;
    }
  *value = (guint) found;

  return TRUE;
}

static gboolean
read_levels (CamStep       *step,
             const json_t  *json,
             GError       **error)
{
  json_t *list = NULL;
  g_autoptr(GPtrArray) levels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!cam_json_get_array (json, "levels", "preparation", TRUE, &list, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      const char *level = json_string_value (json_array_get (list, i));

      if (level == NULL || !g_hash_table_add (seen, (gpointer) level))
        {
          g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: the levels of “%s” must be different texts"), step->name);
          return FALSE;
        }
      g_ptr_array_add (levels, g_strdup (level));
    }
  if (levels->len == 0)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: “%s” has no levels"), step->name);
      return FALSE;
    }
  cam_step_set_levels (step, g_steal_pointer (&levels));

  return TRUE;
}

static gboolean
read_step (const json_t  *json,
           GPtrArray     *steps,
           GError       **error)
{
  static const char *const kinds[] = { "number", "category", NULL };
  const char *name = NULL, *fill_level = NULL;
  guint kind = 0, missing = 0, scaling = 0, coding = 0;
  CamStep *step;

  if (!cam_json_get_string (json, "name", "preparation", TRUE, &name, error) ||
      !read_word (json, "kind", kinds, TRUE, &kind, error) ||
      !read_word (json, "missing", cam_missing_words, FALSE, &missing, error) ||
      !read_word (json, "scaling", cam_scaling_words, FALSE, &scaling, error) ||
      !read_word (json, "coding", cam_coding_words, FALSE, &coding, error))
    return FALSE;

  step = cam_step_new (name, kind == 0 ? CAM_COLUMN_NUMBER : CAM_COLUMN_CATEGORY);
  g_ptr_array_add (steps, step);
  step->missing = missing;
  step->scaling = scaling;
  step->coding = coding;
  if (step->kind == CAM_COLUMN_CATEGORY)
    {
      if (!read_levels (step, json, error) || !cam_json_get_string (json, "fill", "preparation", FALSE, &fill_level, error))
        return FALSE;
      step->fill_level = g_strdup (fill_level);
      return TRUE;
    }

  return cam_json_get_number (json, "fill", "preparation", FALSE, -G_MAXDOUBLE, G_MAXDOUBLE, &step->fill, error) &&
         (step->scaling == CAM_SCALING_NONE ||
          (cam_json_get_number (json, "mean", "preparation", TRUE, -G_MAXDOUBLE, G_MAXDOUBLE, &step->mean, error) &&
           cam_json_get_number (json, "deviation", "preparation", TRUE, G_MINDOUBLE, G_MAXDOUBLE, &step->deviation, error)));
}

static gboolean
read_steps (const json_t  *json,
            const char    *key,
            GPtrArray     *steps,
            GError       **error)
{
  json_t *list = NULL;

  if (!cam_json_get_array (json, key, "preparation", TRUE, &list, error))
    return FALSE;
  if (json_array_size (list) == 0)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: “%s” is empty"), key);
      return FALSE;
    }
  for (gsize i = 0; i < json_array_size (list); i++)
    if (!read_step (json_array_get (list, i), steps, error))
      return FALSE;

  return TRUE;
}

/* Do the targets go with the task? */
static gboolean
check_targets (const CamPreparation  *self,
               GError               **error)
{
  const CamStep *first = g_ptr_array_index (self->targets, 0);
  gboolean classes = self->task == CAM_TASK_BINARY || self->task == CAM_TASK_MULTICLASS;
  gboolean ok = TRUE;

  if (classes)
    ok = self->targets->len == 1 && first->kind == CAM_COLUMN_CATEGORY && (self->task == CAM_TASK_BINARY ? first->levels->len == 2 : first->levels->len > 2);
  else if (self->task == CAM_TASK_REGRESSION)
    for (guint i = 0; i < self->targets->len; i++)
      ok = ok && ((const CamStep *) g_ptr_array_index (self->targets, i))->kind == CAM_COLUMN_NUMBER;

  if (!ok)
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: the targets do not go with the task “%s”"), task_words[self->task]);

  return ok;
}

CamPreparation *
cam_preparation_from_json (const json_t  *json,
                           GError       **error)
{
  g_autoptr(CamPreparation) self = NULL;
  guint task = 0;
  gint64 version = 0;

  if (!json_is_object (json))
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: an object with keys is needed here"));
      return NULL;
    }
  if (!cam_json_get_int (json, "version", "preparation", TRUE, 1, G_MAXINT, &version, error) ||
      !read_word (json, "task", task_words, TRUE, &task, error))
    return NULL;
  if (version > VERSION)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: made by a newer Camadas (version %d); update Camadas to read it"), (int) version);
      return NULL;
    }

  self = cam_preparation_new ((CamTask) task);
  if (!read_steps (json, "features", self->features, error) ||
      !read_steps (json, "targets", self->targets, error) ||
      !check_targets (self, error))
    return NULL;
  cam_preparation_seal (self);

  return g_steal_pointer (&self);
}
