/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text laid out for a terminal. */
#include "cam-cli-text.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#define GAP 2            /* spaces between columns */

struct _CamCliTable
{
  char      *alignment;
  GPtrArray *rows;       /* char ** */
};

static guint
char_width (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

guint
cam_cli_text_width (const char *text)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    width += char_width (g_utf8_get_char (c));
  return width;
}

char *
cam_cli_text_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      g_string_append_unichar (out, g_unichar_iscntrl (character) ? ' ' : character);
    }
  return g_string_free (out, FALSE);
}

char *
cam_cli_text_cut (const char *text,
                  guint       width)
{
  const char *end = text;
  guint used = 0;

  if (cam_cli_text_width (text) <= width)
    return g_strdup (text);
  while (used + char_width (g_utf8_get_char (end)) + 1 <= width)
    {
      used += char_width (g_utf8_get_char (end));
      end = g_utf8_next_char (end);
    }
  return g_strdup_printf ("%.*s%s", (int) (end - text), text, width > 0 ? "…" : "");
}

void
cam_cli_text_pad (GString    *out,
                  const char *text,
                  guint       width,
                  gboolean    to_the_right)
{
  guint own = cam_cli_text_width (text);
  guint n = width > own ? width - own : 0;

  if (!to_the_right)
    g_string_append (out, text);
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, ' ');
  if (to_the_right)
    g_string_append (out, text);
}

char *
cam_cli_text_count (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  gsize length = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        /* translators: the mark between thousands: 1,348 */
        g_string_append (text, C_("thousands", ","));
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

CamCliTable *
cam_cli_table_new (const char *alignment)
{
  CamCliTable *self = g_new0 (CamCliTable, 1);

  self->alignment = g_strdup (alignment);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return self;
}

void
cam_cli_table_take (CamCliTable  *self,
                    char        **cells)
{
  g_return_if_fail (g_strv_length (cells) == strlen (self->alignment));

  for (guint i = 0; cells[i] != NULL; i++)
    {
      char *clean = cam_cli_text_clean (cells[i]);

      g_free (cells[i]);
      cells[i] = clean;
    }
  g_ptr_array_add (self->rows, cells);
}

void
cam_cli_table_add (CamCliTable *self,
                   ...)
{
  GPtrArray *cells = g_ptr_array_new ();
  va_list args;

  va_start (args, self);
  for (const char *cell = va_arg (args, const char *); cell != NULL; cell = va_arg (args, const char *))
    g_ptr_array_add (cells, g_strdup (cell));
  va_end (args);
  g_ptr_array_add (cells, NULL);
  cam_cli_table_take (self, (char **) g_ptr_array_free (cells, FALSE));
}

char *
cam_cli_table_format (const CamCliTable *self,
                      guint              indent)
{
  guint n_columns = (guint) strlen (self->alignment);
  g_autofree guint *widths = g_new0 (guint, n_columns);
  GString *out = g_string_new (NULL);

  for (guint r = 0; r < self->rows->len; r++)
    for (guint c = 0; c < n_columns; c++)
      widths[c] = MAX (widths[c], cam_cli_text_width (((char **) g_ptr_array_index (self->rows, r))[c]));

  for (guint r = 0; r < self->rows->len; r++)
    {
      char **cells = g_ptr_array_index (self->rows, r);

      for (guint c = 0; c < n_columns; c++)
        {
          cam_cli_text_pad (out, "", c == 0 ? indent : GAP, FALSE);
          cam_cli_text_pad (out, cells[c], widths[c], self->alignment[c] == 'r');
        }
      while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

void
cam_cli_table_free (CamCliTable *self)
{
  if (self == NULL)
    return;

  g_free (self->alignment);
  g_ptr_array_unref (self->rows);
  g_free (self);
}
