/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guessing a dialect from the head of a file: the separator that cuts most rows into the same number of fields, the decimal mark that makes most of them numbers,
 * and a header where the first row reads differently from those below it. */
#include "cam-csv-private.h"

#include <string.h>

#define MOST_ROWS    200
/* Of a title and the like above the table. */
#define MOST_SKIPPED 20
/* Of a separator; below it, rows agree only by chance. */
#define PROSE_SCORE  0.3

typedef struct
{
  char     *text;
  gboolean  is_quoted;
} Field;

typedef struct
{
  GPtrArray *rows;      /* GArray of Field */
  GArray    *row;       /* under way */
  GArray    *lines;     /* guint64: of each row; may be NULL */
} Head;

static void
clear_field (gpointer data)
{
  g_free (((Field *) data)->text);
}

static GArray *
new_row (void)
{
  GArray *row = g_array_new (FALSE, FALSE, sizeof (Field));

  g_array_set_clear_func (row, clear_field);
  return row;
}

static void
free_row (gpointer row)
{
  g_array_unref (row);
}

static const Field *
get_field (GPtrArray *rows,
           guint      row,
           guint      column)
{
  static const Field none = { (char *) "", FALSE };
  GArray *fields = g_ptr_array_index (rows, row);

  return column < fields->len ? &g_array_index (fields, Field, column) : &none;
}

static gboolean
on_field (gpointer      user_data,
          guint         column,
          guint64       line,
          const char   *text,
          gsize         length,
          gboolean      is_quoted,
          GError      **error)
{
  Head *head = user_data;
  Field field = { g_strndup (text, length), is_quoted };

  g_array_append_val (head->row, field);
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
  head->row = new_row ();
  if (head->lines != NULL)
    g_array_append_val (head->lines, line);

  return head->rows->len < MOST_ROWS;
}

/* The rows that @separator makes of the head, and the lines where they begin. The last one is left out where the text may go on, unless it is all there is. */
static GPtrArray *
cut (const CamCsvDialect *dialect,
     char                 separator,
     const char          *text,
     gsize                length,
     gboolean             is_whole,
     GArray              *lines)
{
  g_autoptr(CamCsvDialect) trial = cam_csv_dialect_copy (dialect);
  Head head = { g_ptr_array_new_with_free_func (free_row), new_row (), lines };
  CamCsvEvents events = { on_field, on_row, NULL, &head };
  CamCsvParser *parser;

  trial->separator = separator;
  if (trial->quote == 0)
    trial->quote = '"';
  parser = cam_csv_parser_new (trial, &events);
  if (cam_csv_parser_feed (parser, text, length, NULL) && (is_whole || head.rows->len == 0))
    cam_csv_parser_end (parser, NULL);
  cam_csv_parser_free (parser);
  /* A first row that cannot be read to its end still tells something. */
  if (head.rows->len == 0 && head.row->len > 0)
    g_ptr_array_add (head.rows, g_array_ref (head.row));
  g_array_unref (head.row);

  return head.rows;
}

static gboolean
is_number (const char *field,
           char        decimal,
           char        thousands)
{
  gboolean exact;
  double value;

  return cam_csv_number (field, strlen (field), decimal, thousands, &value, &exact);
}

/* The share of fields that look cut at the right place: a semicolon, tab or pipe inside a field without quotes is more likely a separator itself, and between blanks
 * stand numbers, or else it is a sentence. */
static double
share_well_cut (const CamCsvDialect *dialect,
                GPtrArray           *rows,
                char                 separator)
{
  guint n = 0, n_well = 0;

  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0; j < ((GArray *) g_ptr_array_index (rows, i))->len; j++)
      {
        const Field *field = get_field (rows, i, j);
        gboolean well = field->is_quoted || strpbrk (field->text, ";\t|") == NULL;

        if (separator == ' ')
          well = field->is_quoted || is_number (field->text, '.', 0) || is_number (field->text, ',', 0) ||
                 cam_csv_is_missing (dialect, field->text, strlen (field->text), FALSE);
        n++;
        n_well += well;
      }

  return n > 0 ? (double) n_well / n : 0.0;
}

/* The number of fields that most rows have, the larger of two that are as frequent. */
static guint
find_common (GPtrArray *rows,
             guint     *n_common)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint common = 0;

  *n_common = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      guint n = ((GArray *) g_ptr_array_index (rows, i))->len;
      guint seen = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (n))) + 1;

      g_hash_table_insert (counts, GUINT_TO_POINTER (n), GUINT_TO_POINTER (seen));
      if (seen > *n_common || (seen == *n_common && n > common))
        {
          *n_common = seen;
          common = n;
        }
    }

  return common;
}

/* How well the rows agree: the share that has the most common number of fields, times a little for more fields. */
static double
score_of (const CamCsvDialect *dialect,
          GPtrArray           *rows,
          char                 separator)
{
  guint n_common, common = find_common (rows, &n_common);
  double share, well_cut;

  if (common < 2)
    return 0.0;

  share = (double) n_common / rows->len;
  well_cut = share_well_cut (dialect, rows, separator);
  if (separator == ' ' && well_cut < 0.5)
    return 0.0;

  return share * share * well_cut * (1.0 + 0.05 * MIN (common, 20)) * (separator == ' ' ? 0.5 : 1.0);
}

static char
guess_separator (const CamCsvDialect *dialect,
                 const char          *text,
                 gsize                length,
                 gboolean             is_whole,
                 double              *best_score)
{
  static const char candidates[] = { ',', ';', '\t', '|', ' ' };
  char best = ',';

  *best_score = 0.0;
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      g_autoptr(GPtrArray) rows = cut (dialect, candidates[i], text, length, is_whole, NULL);
      double score = score_of (dialect, rows, candidates[i]);

      if (score > *best_score)
        {
          best = candidates[i];
          *best_score = score;
        }
    }

  return best;
}

static guint
count_numbers (GPtrArray *rows,
               char       decimal,
               char       thousands)
{
  guint count = 0;

  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0; j < ((GArray *) g_ptr_array_index (rows, i))->len; j++)
      count += is_number (get_field (rows, i, j)->text, decimal, thousands);

  return count;
}

/* The marks that make most fields numbers; the first of those that make equally many. A comma inside a field of a comma-separated file was quoted there, and
 * whoever separates by commas mostly writes thousands with them. */
static void
guess_decimal (CamCsvDialect *dialect,
               GPtrArray     *rows)
{
  static const struct { char decimal, thousands; } orders[2][5] = {
    { { '.', 0 }, { ',', 0 }, { ',', '.' }, { '.', ',' }, { '.', '\'' } },
    { { '.', 0 }, { '.', ',' }, { ',', 0 }, { ',', '.' }, { '.', '\'' } },
  };
  guint order = dialect->separator == ',' ? 1 : 0, best = G_MAXUINT, best_count = 0;

  if (dialect->decimal != 0)
    return;
  for (guint c = 0; c < G_N_ELEMENTS (orders[order]); c++)
    {
      char decimal = orders[order][c].decimal, thousands = orders[order][c].thousands;
      guint count;

      if (dialect->thousands != 0 && dialect->thousands != thousands)
        continue;
      count = count_numbers (rows, decimal, thousands);
      if (best == G_MAXUINT || count > best_count)
        {
          best = c;
          best_count = count;
        }
    }

  if (best == G_MAXUINT)
    dialect->decimal = '.';
  else
    {
      dialect->decimal = orders[order][best].decimal;
      dialect->thousands = orders[order][best].thousands;
    }
}

/* Years as names: three of them or more, one after the other, behind at most one other name. */
static gboolean
names_years (const CamCsvDialect *dialect,
           GPtrArray           *rows)
{
  guint n = ((GArray *) g_ptr_array_index (rows, 0))->len, n_numbers = 0;
  double last = 0.0;

  for (guint j = 0; j < n; j++)
    {
      const char *text = get_field (rows, 0, j)->text;
      gboolean exact;
      double value;

      if (!cam_csv_number (text, strlen (text), dialect->decimal, 0, &value, &exact))
        {
          if (j > 0)
            return FALSE;
          continue;
        }
      if (strspn (text, "0123456789") != 4 || strlen (text) != 4 || (n_numbers > 0 && value != last + 1.0))
        return FALSE;
      last = value;
      n_numbers++;
    }

  return n_numbers >= 3;
}

/* Does the first row name the columns? */
static gboolean
guess_header (const CamCsvDialect *dialect,
              GPtrArray           *rows)
{
  guint n_columns = rows->len > 0 ? ((GArray *) g_ptr_array_index (rows, 0))->len : 0;
  gboolean repeats = FALSE;

  for (guint j = 0; j < n_columns; j++)
    {
      const char *field = get_field (rows, 0, j)->text;

      if (is_number (field, dialect->decimal, dialect->thousands) || (rows->len > 1 && g_str_equal (field, "?")))
        return rows->len > 1 && names_years (dialect, rows);
    }

  for (guint j = 0; j < n_columns && rows->len > 1; j++)
    {
      guint n_numbers = 0, n = 0, n_same = 0;

      for (guint i = 1; i < rows->len; i++)
        {
          const char *field = get_field (rows, i, j)->text;

          if (cam_csv_is_missing (dialect, field, strlen (field), FALSE))
            continue;
          n++;
          n_numbers += is_number (field, dialect->decimal, dialect->thousands);
          n_same += g_str_equal (field, get_field (rows, 0, j)->text);
        }
      if (n > 0 && n_numbers >= 0.8 * n)
        return TRUE;
      repeats = repeats || n_same > 0;
    }

  return !repeats;
}

/* Lines at the head that begin with '#', '%' or '!' are comments, where there are others that do not. */
static char
guess_comment (const char *text,
               gsize       length)
{
  const char *line = text, *end = text + length;

  if (length == 0 || *text == 0 || strchr ("#%!", *text) == NULL)
    return 0;
  while (line < end && *line == *text)
    {
      line = memchr (line, '\n', (gsize) (end - line));
      if (line == NULL)
        return 0;
      line++;
    }

  return *text;
}

/* "#id,name" above rows of two fields is no comment, it names them. */
static gboolean
is_header_after_all (const CamCsvDialect *dialect,
                     const char          *text,
                     gsize                length,
                     gboolean             is_whole)
{
  g_autoptr(CamCsvDialect) plain = cam_csv_dialect_copy (dialect);
  g_autoptr(GPtrArray) rows = NULL;
  guint n;

  plain->comment = 0;
  rows = cut (plain, dialect->separator, text, length, is_whole, NULL);
  n = rows->len > 0 ? ((GArray *) g_ptr_array_index (rows, 0))->len : 0;

  return n > 1 && rows->len > 1 && ((GArray *) g_ptr_array_index (rows, 1))->len == n && *get_field (rows, 1, 0)->text != dialect->comment;
}

/* Rows above the table, such as a title: hardly anything stands in them, and below them the rows agree. */
static guint
guess_skip (const CamCsvDialect *dialect,
            GPtrArray           *rows,
            GArray              *lines)
{
  guint n_common, common = find_common (rows, &n_common), first;
  gboolean has_empty = FALSE;

  if (dialect->separator == ' ' || common < 2 || n_common < 3)
    return 0;
  for (first = 0; first < MIN (rows->len, MOST_SKIPPED + 1); first++)
    {
      guint n = ((GArray *) g_ptr_array_index (rows, first))->len, n_filled = 0;

      for (guint j = 0; j < n; j++)
        n_filled += *get_field (rows, first, j)->text != 0;
      if (n == common && (common == 2 || n_filled > common / 2))
        break;
      if (n > common || n_filled > MAX (1, common / 2) || (common == 2 && n > 1))
        return 0;
      has_empty = has_empty || n > 1;
    }
  if (first == 0 || first + 2 >= rows->len || first >= lines->len)
    return 0;
  /* Rows with empty fields may be rows of the table, unless names follow. */
  for (guint j = 0; j < common && has_empty; j++)
    if (*get_field (rows, first, j)->text == 0 || is_number (get_field (rows, first, j)->text, '.', 0) || is_number (get_field (rows, first, j)->text, ',', 0))
      return 0;
  for (guint i = first + 1; i < MIN (rows->len, first + 3); i++)
    if (((GArray *) g_ptr_array_index (rows, i))->len != common)
      return 0;

  return (guint) (g_array_index (lines, guint64, first) - 1);
}

/* Words that say "nothing known" where numbers or dates are due, besides the usual ones; they may be answers where words are. */
static gboolean
is_unusual_missing (const char *text)
{
  static const char *const words[] = {
    "unknown", "unk", "n.d.", "n/d", "nd", "s/d", "sd", "sem dados", "sem informação", "não informado", "nao informado", "não disponível", "ignorado", "desconhecido",
    "unbekannt", "keine angabe", "not available", "not reported", "not applicable", "missing value", "undefined", "tbd", "#value!", "#ref!", "#div/0!", "#n/d", "#nv", "#null!",
    "#num!", "#name?", "error", "blank", "empty", "leer", "vazio", NULL,
  };
  g_autofree char *lower = g_utf8_strdown (text, -1);
  const char *c = text;

  if (g_strv_contains (words, lower))
    return TRUE;
  while (*c != 0 && g_ascii_ispunct (*c))
    c++;

  return *c == 0 && c - text <= 5;
}

static gboolean
is_number_or_date (const CamCsvDialect *dialect,
                   const char          *text)
{
  double value;

  if (is_number (text, dialect->decimal, dialect->thousands))
    return TRUE;
  for (CamDateForm form = CAM_DATE_ISO; form < CAM_DATE_DIGITS; form++)
    if (cam_date_parse (text, strlen (text), form, &value, NULL, NULL))
      return TRUE;

  return FALSE;
}

/* The spellings of "missing" that a column of numbers or dates has besides the usual ones. */
static void
guess_missing (CamCsvDialect *dialect,
               GPtrArray     *rows)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  guint n_columns = rows->len > 0 ? ((GArray *) g_ptr_array_index (rows, rows->len - 1))->len : 0;

  for (guint j = 0; j < MIN (n_columns, 1000); j++)
    {
      g_autoptr(GHashTable) own = g_hash_table_new (g_str_hash, g_str_equal);
      guint n = 0, n_good = 0, n_missing = 0;
      GHashTableIter iter;
      gpointer word;

      for (guint i = dialect->has_header != 0; i < rows->len; i++)
        {
          const char *text = get_field (rows, i, j)->text;

          if (cam_csv_is_missing (dialect, text, strlen (text), FALSE))
            continue;
          n++;
          if (is_number_or_date (dialect, text))
            n_good++;
          else if (is_unusual_missing (text))
            {
              n_missing++;
              g_hash_table_add (own, (char *) text);
            }
        }
      /* A word among numbers and little else. */
      if (n_missing == 0 || n_good < 3 || n_good + n_missing < n)
        continue;
      g_hash_table_iter_init (&iter, own);
      while (g_hash_table_iter_next (&iter, &word, NULL))
        if (!g_ptr_array_find_with_equal_func (found, word, g_str_equal, NULL))
          g_ptr_array_add (found, g_strdup (word));
    }

  g_clear_pointer (&dialect->unusual, g_strfreev);
  if (found->len == 0)
    return;
  g_ptr_array_add (found, NULL);
  dialect->unusual = (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

/* Lines without a separator that agrees are prose, unless most of them are numbers. */
static gboolean
is_prose (GPtrArray *rows,
          double     score)
{
  guint n = 0, n_numbers = 0;

  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0; j < ((GArray *) g_ptr_array_index (rows, i))->len; j++, n++)
      n_numbers += is_number (get_field (rows, i, j)->text, '.', 0) || is_number (get_field (rows, i, j)->text, ',', 0);

  return score < PROSE_SCORE && 2 * n_numbers < n;
}

void
cam_csv_sniff (CamCsvDialect *dialect,
               const char    *text,
               gsize          length,
               gboolean       is_whole,
               gboolean       may_be_prose)
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint64));
  gboolean guessed_comment = dialect->comment == 0 && dialect->skip_lines == 0, guessed_separator = dialect->separator == 0;
  double score = 1.0;

  if (guessed_comment)
    dialect->comment = guess_comment (text, length);
  if (guessed_separator)
    dialect->separator = guess_separator (dialect, text, length, is_whole, &score);
  if (dialect->quote == 0)
    dialect->quote = '"';
  if (guessed_comment && dialect->comment != 0 && is_header_after_all (dialect, text, length, is_whole))
    dialect->comment = 0;

  rows = cut (dialect, dialect->separator, text, length, is_whole, lines);
  if (dialect->form == CAM_CSV_FORM_GUESS)
    dialect->form = may_be_prose && guessed_separator && is_prose (rows, score) ? CAM_CSV_LINES : CAM_CSV_TABLE;
  if (dialect->skip_lines == 0 && dialect->form == CAM_CSV_TABLE && (dialect->skip_lines = guess_skip (dialect, rows, lines)) > 0)
    {
      g_ptr_array_unref (rows);
      rows = cut (dialect, dialect->separator, text, length, is_whole, NULL);
    }
  guess_decimal (dialect, rows);
  if (dialect->has_header < 0)
    dialect->has_header = guess_header (dialect, rows);
  if (dialect->missing == NULL)
    guess_missing (dialect, rows);
}
