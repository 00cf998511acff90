/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values against a JSON Schema, as far as the schemas of our own sections go: what the dataset floor says about its
 * settings is checked from the same description that is published. */
#include <glib/gi18n-lib.h>

#include "cam-experiment-private.h"

static gboolean
fail (const char  *where,
      const char  *wanted,
      GError     **error)
{
  g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: %s is needed here"), where, wanted);
  return FALSE;
}

static gboolean
has_type (const char   *type,
          const json_t *value)
{
  switch (json_typeof (value))
    {
    case JSON_OBJECT:
      return g_str_equal (type, "object");
    case JSON_ARRAY:
      return g_str_equal (type, "array");
    case JSON_STRING:
      return g_str_equal (type, "string");
    case JSON_INTEGER:
      return g_str_equal (type, "integer") || g_str_equal (type, "number");
    case JSON_REAL:
      return g_str_equal (type, "number");
    case JSON_TRUE:
    case JSON_FALSE:
      return g_str_equal (type, "boolean");
    case JSON_NULL:
    default:
      return g_str_equal (type, "null");
    }
}

static const char *
type_words (const char *type)
{
  static const struct { const char *type, *words; } words[] = {
    { "object", N_("an object with keys") }, { "array", N_("a list") },         { "string", N_("a text") },
    { "integer", N_("a whole number") },     { "number", N_("a number") },      { "boolean", N_("true or false") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].type, type))
      return _(words[i].words);

  return type;
}

/* "type" is one name or a list of them; the first is the one to ask for. */
static gboolean
check_type (const json_t  *type,
            const json_t  *value,
            const char    *where,
            GError       **error)
{
  const char *wanted = json_string_value (json_is_array (type) ? json_array_get (type, 0) : type);

  if (wanted == NULL || has_type (wanted, value))
    return TRUE;
  for (gsize i = 1; i < json_array_size (type); i++)
    if (has_type (json_string_value (json_array_get (type, i)), value))
      return TRUE;

  return fail (where, type_words (wanted), error);
}

static gboolean
check_enum (const json_t  *choices,
            const json_t  *value,
            const char    *where,
            GError       **error)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (choices); i++)
    {
      const json_t *choice = json_array_get (choices, i);
      g_autofree char *text = json_is_string (choice) ? g_strdup (json_string_value (choice)) : cam_json_dump (choice, FALSE);

      if (json_equal (choice, value))
        return TRUE;
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", text);
    }
  if (choices == NULL)
    return TRUE;

  if (json_is_string (value))
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: “%s” must be one of %s"), where, json_string_value (value), list->str);
  else
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: one of %s is needed here"), where, list->str);
  return FALSE;
}

/* Whether @value keeps the bound that @schema has under @key, if it has one; @sign is 1 for a lower bound. */
static gboolean
keeps_bound (const json_t *schema,
             const char   *key,
             int           sign,
             gboolean      is_open,
             double        value)
{
  const json_t *bound = json_object_get (schema, key);
  double room = sign * (value - json_number_value (bound));

  return bound == NULL || room > 0.0 || (room == 0.0 && !is_open);
}

static gboolean
check_bounds (const json_t  *schema,
              const json_t  *value,
              const char    *where,
              GError       **error)
{
  double number = json_number_value (value);

  if (!json_is_number (value))
    return TRUE;
  if (!keeps_bound (schema, "minimum", 1, FALSE, number))
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: %g is too small; it must be at least %g"), where, number,
                 json_number_value (json_object_get (schema, "minimum")));
  else if (!keeps_bound (schema, "maximum", -1, FALSE, number))
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: %g is too large; it must be at most %g"), where, number,
                 json_number_value (json_object_get (schema, "maximum")));
  else if (!keeps_bound (schema, "exclusiveMinimum", 1, TRUE, number))
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: %g is too small; it must be above %g"), where, number,
                 json_number_value (json_object_get (schema, "exclusiveMinimum")));
  else if (!keeps_bound (schema, "exclusiveMaximum", -1, TRUE, number))
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: %g is too large; it must be below %g"), where, number,
                 json_number_value (json_object_get (schema, "exclusiveMaximum")));
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_members (const json_t  *schema,
               const json_t  *value,
               const char    *where,
               GError       **error)
{
  json_t *properties = json_object_get (schema, "properties");
  const json_t *others = json_object_get (schema, "additionalProperties");
  const char *key;
  json_t *member;

  if (json_is_false (others))
    {
      g_autoptr(GPtrArray) known = g_ptr_array_new ();

      json_object_foreach (properties, key, member)
        g_ptr_array_add (known, (gpointer) key);
      g_ptr_array_add (known, NULL);
      if (!cam_json_check_keys (value, (const char *const *) known->pdata, where, error))
        return FALSE;
    }

  json_object_foreach ((json_t *) value, key, member)
    {
      const json_t *own = json_object_get (properties, key);
      g_autofree char *place = g_strdup_printf ("%s, %s", where, key);

      if (own == NULL)
        own = others;
      if (json_is_object (own) && !cam_schema_check (own, member, place, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_items (const json_t  *schema,
             const json_t  *value,
             const char    *where,
             GError       **error)
{
  const json_t *items = json_object_get (schema, "items");

  for (gsize i = 0; i < json_array_size (value) && json_is_object (items); i++)
    {
      /* translators: a place in a document: “data, target, number 2” */
      g_autofree char *place = g_strdup_printf (_("%s, number %zu"), where, i + 1);

      if (!cam_schema_check (items, json_array_get (value, i), place, error))
        return FALSE;
    }

  return TRUE;
}

/* One of several: where none fits, what the last one says. */
static gboolean
check_any (const json_t  *choices,
           const json_t  *value,
           const char    *where,
           GError       **error)
{
  gsize n = json_array_size (choices);

  for (gsize i = 0; i < n; i++)
    if (cam_schema_check (json_array_get (choices, i), value, where, i + 1 < n ? NULL : error))
      return TRUE;

  return n == 0;
}

gboolean
cam_schema_check (const json_t  *schema,
                  const json_t  *value,
                  const char    *where,
                  GError       **error)
{
  return check_type (json_object_get (schema, "type"), value, where, error)
         && check_enum (json_object_get (schema, "enum"), value, where, error)
         && check_bounds (schema, value, where, error)
         && (!json_is_object (value) || check_members (schema, value, where, error))
         && (!json_is_array (value) || check_items (schema, value, where, error))
         && check_any (json_object_get (schema, "anyOf"), value, where, error);
}
