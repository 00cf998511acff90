/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of numbers: text both ways. */
#include "cam-field-text.h"

#include <cam-number.h>

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-field-editor.h"

/* What stands between two numbers; spaces do too. */
#define SEPARATORS ",;x×X·*()[]"

static void
append_number (GString      *text,
               const json_t *number)
{
  char buf[CAM_NUMBER_BUF];

  if (json_is_integer (number))
    g_string_append_printf (text, "%" JSON_INTEGER_FORMAT, json_integer_value (number));
  else
    {
      cam_number_shortest (buf, json_number_value (number), FALSE);
      g_string_append (text, buf);
    }
}

static void
append_list (GString      *text,
             const json_t *list,
             const char   *separator)
{
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      const json_t *item = json_array_get (list, i);

      g_string_append (text, i > 0 ? separator : "");
      if (json_is_array (item))
        append_list (text, item, ", ");
      else
        append_number (text, item);
    }
}

char *
cam_field_text (const CamField *field,
                const json_t   *value)
{
  GString *text;

  if (json_is_string (value))
    return g_strdup (json_string_value (value));
  if (json_is_null (value) || value == NULL)
    /* translators: a setting that has no value */
    return g_strdup (C_("setting", "none"));

  text = g_string_new (NULL);
  /* Sizes of so many axes; a list of any length is read like a list. */
  if (field->type == CAM_FIELD_INTS && field->default_number > 1)
    append_list (text, value, " × ");
  else
    append_list (text, value, field->type == CAM_FIELD_PAIRS ? " · " : ", ");

  return g_string_free (text, FALSE);
}

static json_t *
parse_number (const CamField *field,
              char           *text,
              char          **reason)
{
  double number;

  g_strdelimit (text, ",", '.');
  if (!cam_number_parse (text, strlen (text), &number))
    {
      *reason = g_strdup_printf (_("“%s” is no number"), text);
      return NULL;
    }
  if (field->type == CAM_FIELD_FLOATS)
    return json_real (number);
  if (fabs (number) > 0x1p53 || number != rint (number))
    {
      *reason = g_strdup_printf (_("“%s” is no whole number"), text);
      return NULL;
    }

  return json_integer ((json_int_t) number);
}

/* All numbers of a text, in their order. */
static json_t *
parse_numbers (const CamField *field,
               const char     *text,
               char          **reason)
{
  /* With semicolons between the numbers a comma is a decimal mark. */
  gboolean has_decimal_commas = field->type == CAM_FIELD_FLOATS && strchr (text, ';') != NULL;
  g_autoptr(json_t) numbers = json_array ();
  g_autoptr(GString) word = g_string_new (NULL);

  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_between = c == 0 || g_unichar_isspace (c) || (g_utf8_strchr (SEPARATORS, -1, c) != NULL && !(c == ',' && has_decimal_commas));

      if (!is_between)
        {
          g_string_append_unichar (word, c == 0x2212 ? '-' : c);
          continue;
        }
      if (word->len > 0)
        {
          json_t *number = parse_number (field, word->str, reason);

          if (number == NULL)
            return NULL;
          json_array_append_new (numbers, number);
          g_string_truncate (word, 0);
        }
      if (c == 0)
        break;
    }

  return g_steal_pointer (&numbers);
}

/* As cam_field_check() wants it: a list, one number for all, or pairs. */
static json_t *
arrange (const CamField *field,
         const json_t   *numbers)
{
  gsize n = json_array_size (numbers), wanted = (gsize) field->default_number;
  json_t *pairs;

  if (n == 1 && (wanted != 0 || field->type == CAM_FIELD_PAIRS))
    return json_incref (json_array_get (numbers, 0));
  if (field->type != CAM_FIELD_PAIRS || n != 2 * wanted)
    return json_incref ((json_t *) numbers);

  pairs = json_array ();
  for (gsize i = 0; i < n; i += 2)
    json_array_append_new (pairs, json_pack ("[O, O]", json_array_get (numbers, i), json_array_get (numbers, i + 1)));

  return pairs;
}

static gboolean
is_none (const char *text)
{
  return *text == '\0' || g_ascii_strcasecmp (text, "none") == 0 || g_strcmp0 (text, C_("setting", "none")) == 0;
}

/* Checked, and with one number for all written out. */
static json_t *
complete (const CamField *field,
          json_t         *value,    /* taken */
          char          **reason)
{
  CamField table[] = { *field, CAM_F_END };
  g_autoptr(json_t) given = json_pack ("{s:o}", field->key, value);
  g_autoptr(json_t) completed = NULL;

  *reason = cam_field_reason (field, value);
  if (*reason != NULL)
    return NULL;
  completed = cam_fields_complete (table, given, "", NULL);

  return json_incref (json_object_get (completed, field->key));
}

json_t *
cam_field_text_parse (const CamField  *field,
                      const char      *text,
                      char           **reason)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  g_autoptr(json_t) numbers = NULL;

  if (is_none (plain) && (field->flags & CAM_FIELD_NULLABLE))
    return json_null ();
  if (field->type == CAM_FIELD_TEXT)
    return complete (field, json_string (plain), reason);

  numbers = parse_numbers (field, plain, reason);
  return numbers != NULL ? complete (field, arrange (field, numbers), reason) : NULL;
}
