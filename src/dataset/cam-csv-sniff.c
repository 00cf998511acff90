/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guessing a dialect from the head of a file: the separator that cuts most rows into the same number of fields, the decimal mark that makes most of them numbers,
 * and a header where the first row reads differently from those below it. */
#include "cam-csv-private.h"

#include <string.h>

#define MOST_ROWS 200

typedef struct
{
  GPtrArray *rows;      /* GPtrArray of char * */
  GPtrArray *row;       /* under way */
} Head;

static void
free_row (gpointer row)
{
  g_ptr_array_unref (row);
}

static gboolean
on_field (gpointer      user_data,
          guint         column,
          const char   *text,
          gsize         length,
          gboolean      is_quoted,
          GError      **error)
{
  Head *head = user_data;

  g_ptr_array_add (head->row, g_strndup (text, length));
  return TRUE;
}

static gboolean
on_row (gpointer   user_data,
        guint      n_fields,
        guint64    line,
        GError   **error)
{
  Head *head = user_data;

  g_ptr_array_add (head->rows, head->row);
  head->row = g_ptr_array_new_with_free_func (g_free);

  return head->rows->len < MOST_ROWS;
}

/* The rows that @separator makes of the head; the last one is left out where the text may go on. */
static GPtrArray *
cut (const CamCsvDialect *dialect,
     char                 separator,
     const char          *text,
     gsize                length,
     gboolean             is_whole)
{
  g_autoptr(CamCsvDialect) trial = cam_csv_dialect_copy (dialect);
  Head head = { g_ptr_array_new_with_free_func (free_row), g_ptr_array_new_with_free_func (g_free) };
  CamCsvEvents events = { on_field, on_row, &head };
  CamCsvParser *parser;

  trial->separator = separator;
  if (trial->quote == 0)
    trial->quote = '"';
  parser = cam_csv_parser_new (trial, &events);
  if (cam_csv_parser_feed (parser, text, length, NULL) && is_whole)
    cam_csv_parser_end (parser, NULL);
  cam_csv_parser_free (parser);
  g_ptr_array_unref (head.row);

  return head.rows;
}

/* How well the rows agree: the share that has the most common number of fields, times a little for more fields. */
static double
score_of (GPtrArray *rows,
          char       separator)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint common = 0, n_common = 0;
  double share;

  if (rows->len == 0)
    return 0.0;
  for (guint i = 0; i < rows->len; i++)
    {
      guint n = ((GPtrArray *) g_ptr_array_index (rows, i))->len;
      guint seen = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (n))) + 1;

      g_hash_table_insert (counts, GUINT_TO_POINTER (n), GUINT_TO_POINTER (seen));
      if (seen > n_common || (seen == n_common && n > common))
        {
          n_common = seen;
          common = n;
        }
    }
  if (common < 2)
    return 0.0;

  share = (double) n_common / rows->len;
  /* Blanks are in every sentence; they must do clearly better. */
  return share * share * (1.0 + 0.05 * MIN (common, 20)) * (separator == ' ' ? 0.5 : 1.0);
}

static char
guess_separator (const CamCsvDialect *dialect,
                 const char          *text,
                 gsize                length,
                 gboolean             is_whole)
{
  static const char candidates[] = { ',', ';', '\t', '|', ' ' };
  char best = ',';
  double best_score = 0.0;

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      g_autoptr(GPtrArray) rows = cut (dialect, candidates[i], text, length, is_whole);
      double score = score_of (rows, candidates[i]);

      if (score > best_score)
        {
          best = candidates[i];
          best_score = score;
        }
    }

  return best;
}

static void
guess_decimal (CamCsvDialect *dialect,
               GPtrArray     *rows)
{
  static const struct { char decimal, thousands; } candidates[] = { { '.', 0 }, { ',', 0 }, { ',', '.' }, { '.', ',' } };
  guint best = 0, best_count = 0;

  for (guint c = 0; c < G_N_ELEMENTS (candidates); c++)
    {
      guint count = 0;

      if ((dialect->decimal != 0 && dialect->decimal != candidates[c].decimal) || candidates[c].decimal == dialect->separator ||
          candidates[c].thousands == dialect->separator)
        continue;
      for (guint i = 0; i < rows->len; i++)
        for (guint j = 0; j < ((GPtrArray *) g_ptr_array_index (rows, i))->len; j++)
          {
            const char *field = g_ptr_array_index ((GPtrArray *) g_ptr_array_index (rows, i), j);
            gboolean exact;
            double value;

            /* A thousands mark is believed only where a decimal one stands too, in the same column or another. */
            count += cam_csv_number (field, strlen (field), candidates[c].decimal, candidates[c].thousands, &value, &exact);
          }
      if (count > best_count)
        {
          best = c;
          best_count = count;
        }
    }

  if (dialect->decimal == 0)
    {
      dialect->decimal = candidates[best].decimal;
      if (dialect->thousands == 0)
        dialect->thousands = candidates[best].thousands;
    }
}

static gboolean
is_number (const CamCsvDialect *dialect,
           const char          *field)
{
  gboolean exact;
  double value;

  return cam_csv_number (field, strlen (field), dialect->decimal, dialect->thousands, &value, &exact);
}

/* Does the first row name the columns? */
static gboolean
guess_header (const CamCsvDialect *dialect,
              GPtrArray           *rows)
{
  GPtrArray *first = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  gboolean repeats = FALSE;

  if (first == NULL)
    return TRUE;
  for (guint j = 0; j < first->len; j++)
    {
      const char *field = g_ptr_array_index (first, j);

      if (is_number (dialect, field) || (rows->len > 1 && g_str_equal (field, "?")))
        return FALSE;
    }

  for (guint j = 0; j < first->len && rows->len > 1; j++)
    {
      guint n_numbers = 0, n = 0, n_same = 0;

      for (guint i = 1; i < rows->len; i++)
        {
          GPtrArray *row = g_ptr_array_index (rows, i);
          const char *field = j < row->len ? g_ptr_array_index (row, j) : "";

          if (cam_csv_is_missing (dialect, field, strlen (field)))
            continue;
          n++;
          n_numbers += is_number (dialect, field);
          n_same += g_str_equal (field, g_ptr_array_index (first, j));
        }
      if (n > 0 && n_numbers >= 0.8 * n)
        return TRUE;
      repeats = repeats || n_same > 0;
    }

  return !repeats;
}

/* Lines at the head that begin with '#' are comments, where there are others that do not. */
static char
guess_comment (const char *text,
               gsize       length)
{
  const char *line = text, *end = text + length;

  if (length == 0 || *text != '#')
    return 0;
  while (line < end && *line == '#')
    {
      line = memchr (line, '\n', (gsize) (end - line));
      if (line == NULL)
        return 0;
      line++;
    }

  return '#';
}

void
cam_csv_sniff (CamCsvDialect *dialect,
               const char    *text,
               gsize          length,
               gboolean       is_whole)
{
  g_autoptr(GPtrArray) rows = NULL;

  if (dialect->comment == 0)
    dialect->comment = guess_comment (text, length);
  if (dialect->separator == 0)
    dialect->separator = guess_separator (dialect, text, length, is_whole);
  if (dialect->quote == 0)
    dialect->quote = '"';

  rows = cut (dialect, dialect->separator, text, length, is_whole);
  guess_decimal (dialect, rows);
  if (dialect->has_header < 0)
    dialect->has_header = guess_header (dialect, rows);
}
