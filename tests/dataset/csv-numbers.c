/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv-numbers.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Digits of a cell and how many of them stand behind the point; a mixing function of its place, so that cells can be checked in any order. */
static gint32
digits_of (gsize  row,
           guint  column,
           guint *n_decimals)
{
  guint64 mixed = (row * CSV_NUMBERS_COLUMNS + column + 1) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  mixed = (mixed ^ (mixed >> 29)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  mixed ^= mixed >> 32;
  *n_decimals = column % 7;

  return (gint32) (mixed % 2000000) - 1000000;
}

static const gint32 powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

double
csv_numbers_value (gsize row,
                   guint column)
{
  guint n_decimals;
  gint32 digits = digits_of (row, column, &n_decimals);

  return (double) digits / powers[n_decimals];
}

static char *
print_cell (char  *to,
            gsize  row,
            guint  column)
{
  guint n_decimals, n = 0;
  gint32 digits = digits_of (row, column, &n_decimals);
  guint32 left = (guint32) ABS (digits);
  char reversed[16];

  if (digits < 0)
    *to++ = '-';
  for (; left > 0 || n <= n_decimals; left /= 10)
    {
      reversed[n++] = (char) ('0' + left % 10);
      if (n == n_decimals)
        {
          reversed[n++] = '.';
          /* The point counts as one of the n, so the digit before it is still to come. */
          n_decimals = n;
        }
    }
  while (n > 0)
    *to++ = reversed[--n];

  return to;
}

char *
csv_numbers_make (gsize  size,
                  gsize *n_rows)
{
  g_autoptr(GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("camadas-large-XXXXXX.csv", &path, &error);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;
  gsize written = 0;

  g_assert_no_error (error);
  g_assert_nonnull (file);
  for (guint column = 0; column < CSV_NUMBERS_COLUMNS; column++)
    written += (gsize) fprintf (file, "%scolumn_%u", column > 0 ? "," : "", column + 1);
  for (*n_rows = 0; written < size; (*n_rows)++)
    {
      char line[CSV_NUMBERS_COLUMNS * 12], *to = line;

      for (guint column = 0; column < CSV_NUMBERS_COLUMNS; column++)
        {
          *to++ = column > 0 ? ',' : '\n';
          to = print_cell (to, *n_rows, column);
        }
      written += fwrite (line, 1, (gsize) (to - line), file);
    }
  g_assert_cmpint (fclose (file), ==, 0);

  return path;
}

void
csv_numbers_remove (char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_free (path);
}

gsize
csv_numbers_memory (const char *what)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, what);

  return line != NULL ? strtoul (line + strlen (what) + 1, NULL, 10) : 0;
}
