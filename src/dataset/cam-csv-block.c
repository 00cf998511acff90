/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parsing a block of numbers; cam-csv-block.h. */
#include "cam-csv-block.h"

#include <math.h>
#include <string.h>

#include "cam-csv-scan.h"

void
cam_csv_block_init (CamCsvBlock *self,
                    guint        n_columns)
{
  memset (self, 0, sizeof *self);
  self->text = g_string_sized_new (CAM_CSV_BLOCK_SIZE + CAM_CSV_NUMBER_ROOM);
  self->is_exact = g_new (gboolean, n_columns);
}

void
cam_csv_block_clear (CamCsvBlock *self)
{
  g_string_free (self->text, TRUE);
  g_free (self->values);
  g_free (self->is_exact);
}

static gboolean
add_word (CamCsvBlock *self,
          const char  *text,
          gsize        length)
{
  for (guint i = 0; i < self->n_words; i++)
    if (self->words[i].length == length && memcmp (self->words[i].text, text, length) == 0)
      return TRUE;
  if (self->n_words == CAM_CSV_BLOCK_WORDS)
    return FALSE;
  self->words[self->n_words].text = text;
  self->words[self->n_words++].length = length;

  return TRUE;
}

/* A field that is not in the usual form of a number: nothing, one in another form, or a spelling of "missing". Returns its end; NULL: something else. */
static const char *
read_unusual (CamCsvBlock         *self,
              const CamCsvDialect *dialect,
              const char          *c,
              char                 end_mark,
              double              *value,
              gboolean            *is_exact)
{
  const char *end = c;
  gsize length;

  while (*end != end_mark && *end != '\n' && *end != '\r' && *end != 0)
    {
      /* Quotes and blanks are for the ordinary parser. */
      if (*end == dialect->quote || *end == ' ' || *end == '\t')
        return NULL;
      end++;
    }
  length = (gsize) (end - c);
  *value = NAN;
  *is_exact = TRUE;
  if (length == 0 || cam_csv_number (c, length, dialect->decimal, 0, value, is_exact))
    return end;
  *value = NAN;
  *is_exact = TRUE;

  return cam_csv_is_missing (dialect, c, length, FALSE) && add_word (self, c, length) ? end : NULL;
}

/* One line; NULL: it is for the ordinary parser. Returns where the next one begins. */
static const char *
parse_line (CamCsvBlock           *self,
            const CamCsvBlockPlan *plan,
            const char            *c)
{
  const CamCsvDialect *dialect = plan->dialect;
  const char separator = dialect->separator, decimal = dialect->decimal;
  const guint last = plan->n_columns - 1;
  double *to = self->values + self->n_rows;

  /* A line of nothing is no row; one that begins so is a comment. */
  if (*c == '\n' || *c == '\r' || (dialect->comment != 0 && *c == dialect->comment))
    return NULL;
  for (guint column = 0; column <= last; column++, to += self->capacity)
    {
      const char end_mark = column < last ? separator : '\n';
      gboolean is_exact;
      const char *after = cam_csv_scan_number (c, decimal, to, &is_exact);

      if (after == NULL || (*after != end_mark && *after != '\r'))
        after = read_unusual (self, dialect, c, end_mark, to, &is_exact);
      if (after == NULL)
        return NULL;
      if (*after == '\r' && column == last)
        after++;
      if (*after != end_mark)
        return NULL;
      self->is_exact[column] &= is_exact;
      c = after + 1;
    }
  self->n_rows++;

  return c;
}

static gsize
count_lines (const char *text,
             gsize       length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += text[i] == '\n';

  return n;
}

void
cam_csv_block_parse (CamCsvBlock           *self,
                     const CamCsvBlockPlan *plan)
{
  gsize length = self->text->len, needed;
  const char *c, *end;

  self->is_clean = FALSE;
  self->n_rows = self->n_words = 0;
  if (length == 0 || self->text->str[length - 1] != '\n')
    return;

  /* Zeros behind the text end whatever is read there. */
  g_string_set_size (self->text, length + CAM_CSV_NUMBER_ROOM);
  memset (self->text->str + length, 0, CAM_CSV_NUMBER_ROOM);
  self->capacity = count_lines (self->text->str, length);
  needed = self->capacity * plan->n_columns;
  if (needed > self->n_allocated)
    {
      g_free (self->values);
      self->values = g_new (double, needed);
      self->n_allocated = needed;
    }
  for (guint column = 0; column < plan->n_columns; column++)
    self->is_exact[column] = TRUE;

  c = self->text->str;
  end = c + length;
  while (c != NULL && c < end)
    c = parse_line (self, plan, c);
  self->is_clean = c == end;
  g_string_truncate (self->text, length);
}
