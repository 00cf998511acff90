/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts as files and tables as texts, for the tests of the reader. */
#include "csv-text.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

char *
csv_text_file (const char *text,
               gssize      length)
{
  g_autoptr(GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("camadas-XXXXXX.csv", &path, &error);

  g_assert_no_error (error);
  close (fd);
  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);

  return path;
}

void
csv_text_remove (char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_free (path);
}

CamCsvResult *
csv_text_read (const char           *text,
               gssize                length,
               const CamCsvDialect  *dialect,
               const json_t         *kinds,
               GError              **error)
{
  char *path = csv_text_file (text, length);
  CamCsvResult *result = cam_csv_read (path, dialect, kinds, NULL, NULL, NULL, error);

  csv_text_remove (path);
  return result;
}

char *
csv_text_describe (const CamTable *table)
{
  GString *text = g_string_new (NULL);
  guint n = cam_table_get_n_columns (table);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s%c", i > 0 ? "," : "", cam_table_get_name (table, i), "#@$%!"[cam_table_get_kind (table, i)]);
  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    for (guint i = 0; i < n; i++)
      {
        g_autofree char *cell = cam_table_dup_text (table, i, row);

        g_string_append_printf (text, "%s%s", i > 0 ? "," : row > 0 ? "; " : ": ", *cell != 0 ? cell : "_");
      }

  return g_string_free (text, FALSE);
}

char *
csv_text_dialect (const CamCsvDialect *dialect)
{
  GString *text = g_string_new (dialect->encoding);

  g_string_append_printf (text, " %s decimal %c", dialect->separator == '\t' ? "tab" : dialect->separator == ' ' ? "blank" : (char[2]) { dialect->separator, 0 },
                          dialect->decimal);
  if (dialect->thousands != 0)
    g_string_append_printf (text, " thousands %c", dialect->thousands);
  if (dialect->comment != 0)
    g_string_append_printf (text, " comment %c", dialect->comment);
  if (dialect->skip_lines > 0)
    g_string_append_printf (text, " skip %u", dialect->skip_lines);
  if (dialect->has_header)
    g_string_append (text, " header");

  return g_string_free (text, FALSE);
}
