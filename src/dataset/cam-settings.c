/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The "data" section of a document, resolved for the columns of a table: a column's own setting stands above "preparation", that above the defaults. */
#include <glib/gi18n-lib.h>

#include "cam-dataset-private.h"

const char *const cam_role_words[] = { "feature", "target", "group", "ignored", NULL };
const char *const cam_kind_words[] = { "number", "category", "text", "date", "yes/no", NULL };
const char *const cam_scaling_words[] = { "none", "standard", NULL };
const char *const cam_coding_words[] = { "one-hot", "ordinal", NULL };
const char *const cam_missing_words[] = { "drop", "mean", "most_frequent", NULL };

static const char *const data_keys[] = { "file", "dialect", "target", "columns", "preparation", NULL };
static const char *const column_keys[] = { "role", "kind", "scaling", "coding", "missing", NULL };
static const char *const preparation_keys[] = { "scaling", "coding", "missing", NULL };

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
      !get_word (object, "missing", cam_missing_words, where, &missing, error))
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
  if (!get_preparation (own, where, settings, error))
    return FALSE;
  if (kind == CAM_COLUMN_TEXT && role != CAM_ROLE_IGNORED && role != CAM_ROLE_GROUP)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("%s: a text cannot be a %s; make it a category, or ignore it"), where, cam_role_words[role]);
      return FALSE;
    }

  return TRUE;
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

CamColumnSettings *
cam_settings_resolve (const CamTable  *table,
                      const json_t    *data,
                      GError         **error)
{
  guint n = cam_table_get_n_columns (table);
  g_autofree CamColumnSettings *settings = g_new0 (CamColumnSettings, n);
  json_t *columns = NULL, *preparation = NULL;

  if (data != NULL &&
      (!cam_json_check_keys (data, data_keys, "data", error) ||
       !cam_json_get_object (data, "columns", "data", FALSE, &columns, error) ||
       !cam_json_get_object (data, "preparation", "data", FALSE, &preparation, error) ||
       !check_column_names (table, columns, error) ||
       (preparation != NULL && !cam_json_check_keys (preparation, preparation_keys, "data, preparation", error))))
    return NULL;

  for (guint i = 0; i < n; i++)
    if (!get_preparation (preparation, "data, preparation", &settings[i], error) ||
        !resolve_column (table, data, i, &settings[i], error))
      return NULL;
  if (!apply_target_list (table, data, settings, error))
    return NULL;

  return g_steal_pointer (&settings);
}

static json_t *
settings_to_json (const CamColumnSettings *own)
{
  return json_pack ("{s:s, s:s, s:s, s:s, s:s}", "role", cam_role_words[own->role], "kind", cam_kind_words[own->kind],
                    "scaling", cam_scaling_words[own->scaling], "coding", cam_coding_words[own->coding], "missing", cam_missing_words[own->missing]);
}

json_t *
cam_dataset_list_settings (const CamTable *table,
                           const json_t   *data)
{
  g_autofree CamColumnSettings *settings = cam_settings_resolve (table, data, NULL);
  json_t *list = json_array ();

  if (settings == NULL)
    settings = cam_settings_resolve (table, NULL, NULL);
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    json_array_append_new (list, settings_to_json (&settings[i]));

  return list;
}

json_t *
cam_dataset_column_settings (const CamTable *table,
                             const json_t   *data,
                             guint           column)
{
  g_autofree CamColumnSettings *settings = cam_settings_resolve (table, data, NULL);

  if (settings == NULL)
    settings = cam_settings_resolve (table, NULL, NULL);

  return settings_to_json (&settings[column]);
}

static json_t *
words_schema (const char *const *words)
{
  json_t *list = json_array ();

  for (guint i = 0; words[i] != NULL; i++)
    json_array_append_new (list, json_string (words[i]));

  return json_pack ("{s:o}", "enum", list);
}

static json_t *
preparation_properties (void)
{
  return json_pack ("{s:o, s:o, s:o}", "scaling", words_schema (cam_scaling_words), "coding", words_schema (cam_coding_words), "missing", words_schema (cam_missing_words));
}

static json_t *
dialect_schema (void)
{
  return json_pack ("{s:s, s:b, s:{s:{s:s}, s:{s:s}, s:{s:[s,s]}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s, s:i}, s:{s:s}, s:{s:s, s:{s:s}}}}",
                    "type", "object", "additionalProperties", 0, "properties",
                    "encoding", "type", "string", "separator", "type", "string", "quote", "type", "string", "null", "decimal", "type", "string",
                    "thousands", "type", "string", "comment", "type", "string", "header", "type", "boolean", "skip_lines", "type", "integer", "minimum", 0,
                    "ragged", "type", "boolean", "missing", "type", "array", "items", "type", "string");
}

json_t *
cam_dataset_data_schema (void)
{
  json_t *column = preparation_properties ();

  json_object_set_new (column, "role", words_schema (cam_role_words));
  json_object_set_new (column, "kind", words_schema (cam_kind_words));

  return json_pack ("{s:s, s:b, s:{s:{s:s, s:s}, s:o, s:{s:s, s:{s:s}}, s:{s:s, s:{s:s, s:b, s:o}}, s:{s:s, s:b, s:o}}}",
                    "type", "object", "additionalProperties", 0, "properties",
                    "file", "type", "string", "description", "The table, seen from the document.",
                    "dialect", dialect_schema (),
                    "target", "type", "array", "items", "type", "string",
                    "columns", "type", "object", "additionalProperties", "type", "object", "additionalProperties", 0, "properties", column,
                    "preparation", "type", "object", "additionalProperties", 0, "properties", preparation_properties ());
}
