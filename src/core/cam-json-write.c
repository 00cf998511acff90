/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON as text. Written here and not by jansson, whose reals carry all seventeen digits: a document that a person
 * typed as 0.1 comes back as 0.1 and not as 0.10000000000000001. */
#include "cam-json.h"

#include <math.h>
#include <string.h>

#include "cam-number.h"

#define INDENT 2

static void write_value (GString *text, const json_t *json, int depth, gboolean indented);

/* Everything beyond the ASCII controls stands for itself: the file is UTF-8. */
static void
write_string (GString    *text,
              const char *string,
              gsize       length)
{
  g_string_append_c (text, '"');
  for (gsize i = 0; i < length; i++)
    switch (string[i])
      {
      case '"':
        g_string_append (text, "\\\"");
        break;
      case '\\':
        g_string_append (text, "\\\\");
        break;
      case '\n':
        g_string_append (text, "\\n");
        break;
      case '\t':
        g_string_append (text, "\\t");
        break;
      case '\r':
        g_string_append (text, "\\r");
        break;
      default:
        if ((guchar) string[i] < 0x20)
          g_string_append_printf (text, "\\u%04x", (guint) string[i]);
        else
          g_string_append_c (text, string[i]);
      }
  g_string_append_c (text, '"');
}

/* A real stays one when read again: 2 is written 2.0. */
static void
write_real (GString *text,
            double   value)
{
  char buf[CAM_NUMBER_BUF];

  if (!isfinite (value))
    {
      g_string_append (text, "null");
      return;
    }
  cam_number_shortest (buf, value, FALSE);
  g_string_append (text, buf);
  if (strpbrk (buf, ".e") == NULL)
    g_string_append (text, ".0");
}

static void
break_line (GString  *text,
            int       depth,
            gboolean  indented)
{
  if (!indented)
    return;
  g_string_append_c (text, '\n');
  for (int i = 0; i < depth * INDENT; i++)
    g_string_append_c (text, ' ');
}

static void
write_array (GString      *text,
             const json_t *json,
             int           depth,
             gboolean      indented)
{
  gsize n = json_array_size (json);

  g_string_append_c (text, '[');
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      break_line (text, depth + 1, indented);
      write_value (text, json_array_get (json, i), depth + 1, indented);
    }
  if (n > 0)
    break_line (text, depth, indented);
  g_string_append_c (text, ']');
}

static void
write_object (GString      *text,
              const json_t *json,
              int           depth,
              gboolean      indented)
{
  gboolean is_first = TRUE;
  const char *key;
  json_t *value;

  g_string_append_c (text, '{');
  json_object_foreach ((json_t *) json, key, value)
    {
      if (!is_first)
        g_string_append_c (text, ',');
      is_first = FALSE;
      break_line (text, depth + 1, indented);
      write_string (text, key, strlen (key));
      g_string_append (text, indented ? ": " : ":");
      write_value (text, value, depth + 1, indented);
    }
  if (!is_first)
    break_line (text, depth, indented);
  g_string_append_c (text, '}');
}

static void
write_value (GString      *text,
             const json_t *json,
             int           depth,
             gboolean      indented)
{
  switch (json_typeof (json))
    {
    case JSON_OBJECT:
      write_object (text, json, depth, indented);
      break;
    case JSON_ARRAY:
      write_array (text, json, depth, indented);
      break;
    case JSON_STRING:
      write_string (text, json_string_value (json), json_string_length (json));
      break;
    case JSON_INTEGER:
      g_string_append_printf (text, "%" JSON_INTEGER_FORMAT, json_integer_value (json));
      break;
    case JSON_REAL:
      write_real (text, json_real_value (json));
      break;
    case JSON_TRUE:
      g_string_append (text, "true");
      break;
    case JSON_FALSE:
      g_string_append (text, "false");
      break;
    case JSON_NULL:
    default:
      g_string_append (text, "null");
    }
}

char *
cam_json_dump (const json_t *json,
               gboolean      indented)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (json != NULL, g_string_free (text, FALSE));

  write_value (text, json, 0, indented);
  return g_string_free (text, FALSE);
}

gboolean
cam_json_save (const json_t  *json,
               const char    *path,
               GError       **error)
{
  g_autofree char *text = cam_json_dump (json, TRUE);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  return g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
}
