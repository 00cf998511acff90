/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The "data" section of a document, resolved for the columns of a table: a column's own setting stands above "preparation", that above the defaults. */
#include <glib/gi18n-lib.h>

#include "cam-dataset-private.h"
#include "cam-doctor.h"

const char *const cam_role_words[] = { "feature", "target", "group", "ignored", NULL };
const char *const cam_kind_words[] = { "number", "category", "text", "date", "yes/no", NULL };
const char *const cam_scaling_words[] = { "none", "standard", "min-max", "robust", NULL };
const char *const cam_coding_words[] = { "one-hot", "ordinal", NULL };
const char *const cam_missing_words[] = { "drop", "mean", "median", "most_frequent", "constant", "previous", NULL };
const char *const cam_task_words[] = { "regression", "binary", "multi-class", "multi-label", "autoencoder", NULL };

static const char *const data_keys[] = { "file", "dialect", "target", "task", "columns", "preparation", "sequence", "text", "image", CAM_IGNORED_FINDINGS, NULL };
static const char *const column_keys[] = { "role", "kind", "scaling", "coding", "missing", "fill", "flag", NULL };
static const char *const preparation_keys[] = { "scaling", "coding", "missing", "flag", NULL };
static const char *const sequence_keys[] = { "length", "stride", "horizon", "order", "past_targets", "relative", NULL };
static const char *const text_keys[] = { "vocabulary", "length", NULL };
static const char *const image_keys[] = { "height", "width", "channels", NULL };

int
cam_word_find (const char *const *words,
               const char        *word)
{
  for (int i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return i;

  return -1;
}

/* A word out of a list into an enumeration; *value stays where the key is absent. */
static gboolean
get_word (const json_t       *object,
          const char         *key,
          const char *const  *words,
          const char         *where,
          guint              *value,
          GError            **error)
{
  const char *word = NULL;
  int found;

  if (!cam_json_get_string (object, key, where, FALSE, &word, error))
    return FALSE;
  if (word == NULL)
    return TRUE;
  found = cam_word_find (words, word);
  if (found < 0)
    {
      g_autofree char *list = g_strjoinv (", ", (char **) words);

      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: “%s” is “%s”; it must be one of %s"), where, key, word, list);
      return FALSE;
    }
  *value = (guint) found;

  return TRUE;
}

static gboolean
get_preparation (const json_t       *object,
                 const char         *where,
                 CamColumnSettings  *settings,
                 GError            **error)
{
  guint scaling = settings->scaling, coding = settings->coding, missing = settings->missing;

  if (object == NULL)
    return TRUE;
  if (!get_word (object, "scaling", cam_scaling_words, where, &scaling, error) ||
      !get_word (object, "coding", cam_coding_words, where, &coding, error) ||
      !get_word (object, "missing", cam_missing_words, where, &missing, error) ||
      !cam_json_get_bool (object, "flag", where, FALSE, &settings->flag, error))
    return FALSE;
  settings->scaling = scaling;
  settings->coding = coding;
  settings->missing = missing;

  return TRUE;
}

static gboolean
check_column_names (const CamTable  *table,
                    const json_t    *columns,
                    GError         **error)
{
  const char *name;
  json_t *value;

  json_object_foreach ((json_t *) columns, name, value)
    if (cam_table_find (table, name) < 0)
      {
        g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("data, columns: the file has no column “%s”"), name);
        return FALSE;
      }

  return TRUE;
}

static gboolean
resolve_column (const CamTable     *table,
                const json_t       *data,
                guint               column,
                CamColumnSettings  *settings,
                GError            **error)
{
  const char *name = cam_table_get_name (table, column);
  const json_t *own = json_object_get (json_object_get (data, "columns"), name);
  g_autofree char *where = g_strdup_printf (_("data, column “%s”"), name);
  guint role, kind = cam_table_get_kind (table, column);

  if (own != NULL && (!cam_json_check_keys (own, column_keys, where, error) ||
                      !get_word (own, "kind", cam_kind_words, where, &kind, error)))
    return FALSE;
  role = kind == CAM_COLUMN_TEXT ? CAM_ROLE_IGNORED : CAM_ROLE_FEATURE;
  if (own != NULL && !get_word (own, "role", cam_role_words, where, &role, error))
    return FALSE;

  settings->column = column;
  settings->role = role;
  settings->kind = kind;
  if (role == CAM_ROLE_TARGET)
    settings->scaling = CAM_SCALING_NONE;
  if (role == CAM_ROLE_TARGET && kind == CAM_COLUMN_TEXT)
    settings->kind = CAM_COLUMN_CATEGORY;
  settings->fill = json_object_get (own, "fill");
  if (settings->fill != NULL && !json_is_number (settings->fill) && !json_is_string (settings->fill))
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: “fill” must be a number or a text"), where);
      return FALSE;
    }

  return get_preparation (own, where, settings, error);
}

/* "target": a list of names, short for the role in "columns". */
static gboolean
apply_target_list (const CamTable     *table,
                   const json_t       *data,
                   CamColumnSettings  *settings,
                   GError            **error)
{
  json_t *list = NULL;

  if (!cam_json_get_array (data, "target", "data", FALSE, &list, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      const char *name = json_string_value (json_array_get (list, i));
      int column = name != NULL ? cam_table_find (table, name) : -1;
      const json_t *own = json_object_get (json_object_get (data, "columns"), name != NULL ? name : "");

      if (column < 0)
        {
          g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("data, target: the file has no column “%s”"), name != NULL ? name : "");
          return FALSE;
        }
      if (json_object_get (own, "role") == NULL)
        settings[column].role = CAM_ROLE_TARGET;
      if (json_object_get (own, "scaling") == NULL)
        settings[column].scaling = CAM_SCALING_NONE;
      if (settings[column].kind == CAM_COLUMN_TEXT)
        settings[column].kind = CAM_COLUMN_CATEGORY;
    }

  return TRUE;
}

/* Whole numbers of a section. */
static gboolean
get_count (const json_t  *object,
           const char    *key,
           const char    *where,
           gint64         min,
           gint64         max,
           guint         *value,
           GError       **error)
{
  gint64 count = *value;

  if (!cam_json_get_int (object, key, where, FALSE, min, max, &count, error))
    return FALSE;
  *value = (guint) count;

  return TRUE;
}

gboolean
cam_settings_get_sequence (const json_t  *object,
                           const char    *where,
                           CamSequence   *sequence,
                           const char   **order,
                           GError       **error)
{
  *sequence = (CamSequence) { .length = 24, .stride = 1, .horizon = 1, .past_targets = TRUE };

  return cam_json_check_keys (object, sequence_keys, where, error) &&
         get_count (object, "length", where, 1, 1000000, &sequence->length, error) &&
         get_count (object, "stride", where, 1, 1000000, &sequence->stride, error) &&
         get_count (object, "horizon", where, 0, 100000, &sequence->horizon, error) &&
         cam_json_get_string (object, "order", where, FALSE, order, error) &&
         cam_json_get_bool (object, "past_targets", where, FALSE, &sequence->past_targets, error) &&
         cam_json_get_bool (object, "relative", where, FALSE, &sequence->relative, error);
}

gboolean
cam_settings_get_image (const json_t  *object,
                        const char    *where,
                        guint         *height,
                        guint         *width,
                        guint         *channels,
                        GError       **error)
{
  *height = *width = *channels = 1;

  return cam_json_check_keys (object, image_keys, where, error) &&
         get_count (object, "height", where, 1, 16384, height, error) &&
         get_count (object, "width", where, 1, 16384, width, error) &&
         get_count (object, "channels", where, 1, 1024, channels, error);
}

gboolean
cam_settings_get_text (const json_t  *object,
                       const char    *where,
                       guint         *vocabulary,
                       guint         *length,
                       GError       **error)
{
  *vocabulary = 10000;
  *length = 50;

  return object == NULL ||
         (cam_json_check_keys (object, text_keys, where, error) &&
          get_count (object, "vocabulary", where, 3, 10000000, vocabulary, error) &&
          get_count (object, "length", where, 1, 1000000, length, error));
}

/* The sections beside the columns. */
static gboolean
resolve_sections (CamDataSettings  *self,
                  const CamTable   *table,
                  const json_t     *data,
                  GError          **error)
{
  json_t *sequence = NULL, *text = NULL, *image = NULL;
  const char *order = NULL;

  if (!cam_json_get_object (data, "sequence", "data", FALSE, &sequence, error) ||
      !cam_json_get_object (data, "text", "data", FALSE, &text, error) ||
      !cam_json_get_object (data, "image", "data", FALSE, &image, error) ||
      !cam_settings_get_text (text, "data, text", &self->vocabulary, &self->text_length, error) ||
      (sequence != NULL && !cam_settings_get_sequence (sequence, "data, sequence", &self->sequence, &order, error)) ||
      (image != NULL && !cam_settings_get_image (image, "data, image", &self->height, &self->width, &self->channels, error)))
    return FALSE;

  self->order = order != NULL ? cam_table_find (table, order) : -1;
  if (order != NULL && self->order < 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("data, sequence: the file has no column “%s” to order its rows by"), order);
      return FALSE;
    }

  return TRUE;
}

/* A task that is said makes classes of numbers, or numbers of classes. */
static void
apply_task (CamDataSettings *self,
            const CamTable  *table)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      CamColumnSettings *column = &self->columns[i];

      if (column->role != CAM_ROLE_TARGET)
        continue;
      if ((self->task == CAM_TASK_BINARY || self->task == CAM_TASK_MULTICLASS) && cam_column_kind_is_numeric (column->kind))
        column->kind = CAM_COLUMN_CATEGORY;
      else if (self->task == CAM_TASK_REGRESSION && cam_column_kind_is_numeric (cam_table_get_kind (table, i)))
        column->kind = cam_table_get_kind (table, i);
    }
}

static gboolean
find_group (CamDataSettings  *self,
            const CamTable   *table,
            GError          **error)
{
  self->group = -1;
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (self->columns[i].role != CAM_ROLE_GROUP)
        continue;
      if (self->group >= 0)
        {
          g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS, _("data, columns: rows are grouped by one column, but “%s” and “%s” both have the role “group”"),
                       cam_table_get_name (table, (guint) self->group), cam_table_get_name (table, i));
          return FALSE;
        }
      self->group = (int) i;
    }

  return TRUE;
}

CamDataSettings *
cam_settings_resolve (const CamTable  *table,
                      const json_t    *data,
                      GError         **error)
{
  g_autoptr(CamDataSettings) self = g_new0 (CamDataSettings, 1);
  json_t *columns = NULL, *preparation = NULL;
  guint task = G_MAXUINT;

  self->n_columns = cam_table_get_n_columns (table);
  self->columns = g_new0 (CamColumnSettings, self->n_columns + 1);
  if (data != NULL &&
      (!cam_json_check_keys (data, data_keys, "data", error) ||
       !cam_json_get_object (data, "columns", "data", FALSE, &columns, error) ||
       !cam_json_get_object (data, "preparation", "data", FALSE, &preparation, error) ||
       !get_word (data, "task", cam_task_words, "data", &task, error) ||
       !check_column_names (table, columns, error) ||
       (preparation != NULL && !cam_json_check_keys (preparation, preparation_keys, "data, preparation", error))))
    return NULL;

  for (guint i = 0; i < self->n_columns; i++)
    if (!get_preparation (preparation, "data, preparation", &self->columns[i], error) ||
        !resolve_column (table, data, i, &self->columns[i], error))
      return NULL;
  self->task = task != G_MAXUINT ? (int) task : -1;
  if (!apply_target_list (table, data, self->columns, error) || !find_group (self, table, error) || !resolve_sections (self, table, data, error))
    return NULL;
  apply_task (self, table);

  return g_steal_pointer (&self);
}

void
cam_settings_free (CamDataSettings *self)
{
  if (self == NULL)
    return;

  g_free (self->columns);
  g_free (self);
}

static json_t *
settings_to_json (const CamColumnSettings *own)
{
  /* Words have no mean: the most frequent one is taken for it. */
  const gboolean is_of_words = cam_column_kind_is_category (own->kind) && (own->missing == CAM_MISSING_MEAN || own->missing == CAM_MISSING_MEDIAN);
  const guint missing = is_of_words ? CAM_MISSING_MOST_FREQUENT : own->missing;
  json_t *json = json_pack ("{s:s, s:s, s:s, s:s, s:s, s:b}", "role", cam_role_words[own->role], "kind", cam_kind_words[own->kind],
                    "scaling", cam_scaling_words[own->scaling], "coding", cam_coding_words[own->coding], "missing", cam_missing_words[missing],
                    "flag", own->flag);

  if (own->missing == CAM_MISSING_CONSTANT && own->fill != NULL)
    json_object_set (json, "fill", (json_t *) own->fill);

  return json;
}

json_t *
cam_dataset_list_settings (const CamTable *table,
                           const json_t   *data)
{
  g_autoptr(CamDataSettings) settings = cam_settings_resolve (table, data, NULL);
  json_t *list = json_array ();

  if (settings == NULL)
    settings = cam_settings_resolve (table, NULL, NULL);
  for (guint i = 0; i < settings->n_columns; i++)
    json_array_append_new (list, settings_to_json (&settings->columns[i]));

  return list;
}

json_t *
cam_dataset_column_settings (const CamTable *table,
                             const json_t   *data,
                             guint           column)
{
  g_autoptr(CamDataSettings) settings = cam_settings_resolve (table, data, NULL);

  if (settings == NULL)
    settings = cam_settings_resolve (table, NULL, NULL);

  return settings_to_json (&settings->columns[column]);
}
