/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON on top of jansson: reading that tolerates Python's bare NaN, look-ups that name their place. */
#include "cam-json.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

G_DEFINE_QUARK (cam-json-error-quark, cam_json_error)

/* The length of a bare NaN, Infinity or -Infinity at @text, 0 where there is none. */
static gsize
special_length (const char *text,
                gsize       left)
{
  static const char *const words[] = { "-Infinity", "Infinity", "NaN" };

  for (guint w = 0; w < G_N_ELEMENTS (words); w++)
    {
      gsize n = strlen (words[w]);

      if (left >= n && memcmp (text, words[w], n) == 0)
        return n;
    }

  return 0;
}

/* A copy of @text with null for those words, outside strings only; NULL where there are none. */
static char *
replace_special (const char *text,
                 gsize       length,
                 gsize      *new_length)
{
  GString *copy = NULL;
  gboolean in_string = FALSE;
  gsize done = 0;

  for (gsize i = 0; i < length; i++)
    {
      gsize n;

      if (in_string)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            in_string = FALSE;
        }
      else if (text[i] == '"')
        in_string = TRUE;
      else if ((n = special_length (text + i, length - i)) > 0)
        {
          if (copy == NULL)
            copy = g_string_sized_new (length + 16);
          g_string_append_len (copy, text + done, i - done);
          g_string_append (copy, "null");
          done = i + n;
          i = done - 1;
        }
    }

  if (copy == NULL)
    return NULL;

  g_string_append_len (copy, text + done, length - done);
  *new_length = copy->len;
  return g_string_free (copy, FALSE);
}

json_t *
cam_json_parse (const char  *text,
                gsize        length,
                GError     **error)
{
  g_autofree char *replaced = NULL;
  json_error_t problem;
  json_t *json;
  gsize size = length;

  g_return_val_if_fail (text != NULL, NULL);

  replaced = replace_special (text, length, &size);
  json = json_loadb (replaced != NULL ? replaced : text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
  if (json == NULL)
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_SYNTAX, _("line %d, column %d: %s"), problem.line, problem.column, problem.text);

  return json;
}

json_t *
cam_json_load (const char  *path,
               GError     **error)
{
  g_autofree char *text = NULL;
  json_t *json;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;

  json = cam_json_parse (text, length, error);
  if (json == NULL)
    g_prefix_error (error, "%s: ", path);

  return json;
}

gboolean
cam_json_check_keys (const json_t       *object,
                     const char *const  *known,
                     const char         *where,
                     GError            **error)
{
  const char *key;
  json_t *value;

  if (!json_is_object (object))
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: an object with keys is needed here"), where);
      return FALSE;
    }

  json_object_foreach ((json_t *) object, key, value)
    if (!g_strv_contains (known, key))
      {
        g_autofree char *list = g_strjoinv (", ", (char **) known);

        g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_KEY, _("%s: the key “%s” is not known; known are %s"), where, key, list);
        return FALSE;
      }

  return TRUE;
}

/* The value at @key; *ok tells whether the caller may go on (an optional key may be absent). */
static json_t *
look_up (const json_t  *object,
         const char    *key,
         const char    *where,
         gboolean       required,
         gboolean      *ok,
         GError       **error)
{
  json_t *value = json_object_get (object, key);

  *ok = value != NULL || !required;
  if (!*ok)
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_KEY, _("%s: the key “%s” is missing"), where, key);

  return value;
}

static gboolean
fail_type (const char  *where,
           const char  *key,
           const char  *wanted,
           GError     **error)
{
  g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: “%s” must be %s"), where, key, wanted);
  return FALSE;
}

gboolean
cam_json_get_string (const json_t  *object,
                     const char    *key,
                     const char    *where,
                     gboolean       required,
                     const char   **value,
                     GError       **error)
{
  gboolean ok;
  json_t *found = look_up (object, key, where, required, &ok, error);

  if (found == NULL)
    return ok;
  if (!json_is_string (found))
    return fail_type (where, key, _("a text"), error);

  *value = json_string_value (found);
  return TRUE;
}

gboolean
cam_json_get_number (const json_t  *object,
                     const char    *key,
                     const char    *where,
                     gboolean       required,
                     double         min,
                     double         max,
                     double        *value,
                     GError       **error)
{
  gboolean ok;
  json_t *found = look_up (object, key, where, required, &ok, error);
  double number;

  if (found == NULL)
    return ok;
  if (!json_is_number (found))
    return fail_type (where, key, _("a number"), error);

  number = json_number_value (found);
  if (!(number >= min && number <= max))
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: “%s” is %g; it must lie between %g and %g"), where, key, number, min, max);
      return FALSE;
    }

  *value = number;
  return TRUE;
}

gboolean
cam_json_get_int (const json_t  *object,
                  const char    *key,
                  const char    *where,
                  gboolean       required,
                  gint64         min,
                  gint64         max,
                  gint64        *value,
                  GError       **error)
{
  gboolean ok;
  json_t *found = look_up (object, key, where, required, &ok, error);
  gint64 number;

  if (found == NULL)
    return ok;
  if (!json_is_integer (found))
    return fail_type (where, key, _("a whole number"), error);

  number = json_integer_value (found);
  if (number < min || number > max)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE,
                   _("%s: “%s” is %" PRId64 "; it must lie between %" PRId64 " and %" PRId64), where, key, number, min, max);
      return FALSE;
    }

  *value = number;
  return TRUE;
}

gboolean
cam_json_get_bool (const json_t  *object,
                   const char    *key,
                   const char    *where,
                   gboolean       required,
                   gboolean      *value,
                   GError       **error)
{
  gboolean ok;
  json_t *found = look_up (object, key, where, required, &ok, error);

  if (found == NULL)
    return ok;
  if (!json_is_boolean (found))
    return fail_type (where, key, _("true or false"), error);

  *value = json_is_true (found);
  return TRUE;
}

gboolean
cam_json_get_object (const json_t  *object,
                     const char    *key,
                     const char    *where,
                     gboolean       required,
                     json_t       **value,
                     GError       **error)
{
  gboolean ok;
  json_t *found = look_up (object, key, where, required, &ok, error);

  if (found == NULL)
    return ok;
  if (!json_is_object (found))
    return fail_type (where, key, _("an object with keys"), error);

  *value = found;
  return TRUE;
}

gboolean
cam_json_get_array (const json_t  *object,
                    const char    *key,
                    const char    *where,
                    gboolean       required,
                    json_t       **value,
                    GError       **error)
{
  gboolean ok;
  json_t *found = look_up (object, key, where, required, &ok, error);

  if (found == NULL)
    return ok;
  if (!json_is_array (found))
    return fail_type (where, key, _("a list"), error);

  *value = found;
  return TRUE;
}
