/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parsing a block of lines; cam-csv-block.h. */
#include "cam-csv-block.h"

#include <math.h>
#include <string.h>

#include "cam-csv-scan.h"

#define FIRST_PLACES 64

void
cam_csv_block_init (CamCsvBlock *self,
                    guint        n_columns)
{
  memset (self, 0, sizeof *self);
  self->text = g_string_sized_new (CAM_CSV_BLOCK_SIZE + CAM_CSV_NUMBER_ROOM);
  self->unquoted = g_string_new (NULL);
  self->readings = g_new0 (CamCsvReading, n_columns);
  self->is_exact = g_new (gboolean, n_columns);
  self->texts = g_new0 (CamCsvTexts, n_columns);
}

void
cam_csv_block_clear (CamCsvBlock *self,
                     guint        n_columns)
{
  for (guint column = 0; column < n_columns; column++)
    {
      g_free (self->texts[column].levels);
      g_free (self->texts[column].index);
    }
  g_string_free (self->text, TRUE);
  g_string_free (self->unquoted, TRUE);
  g_free (self->readings);
  g_free (self->values);
  g_free (self->is_exact);
  g_free (self->texts);
}

/* Levels --------------------------------------------------------------------------------------------------------------- */

static guint
hash_text (const char *text,
           gsize       length)
{
  guint64 hash = length * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  for (; length >= 8; text += 8, length -= 8)
    {
      hash = (hash ^ cam_csv_load (text)) * G_GUINT64_CONSTANT (0xFF51AFD7ED558CCD);
      hash ^= hash >> 32;
    }
  for (; length > 0; text++, length--)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (0x100000001B3);
  hash = (hash ^ hash >> 29) * G_GUINT64_CONSTANT (0xC4CEB9FE1A85EC53);

  return (guint) (hash >> 32);
}

static void
grow_index (CamCsvTexts *self)
{
  self->n_places = MAX (2 * self->n_places, FIRST_PLACES);
  g_free (self->index);
  self->index = g_new0 (guint32, self->n_places);
  for (guint i = 0; i < self->n_levels; i++)
    {
      guint place = self->levels[i].hash & (self->n_places - 1);

      while (self->index[place] != 0)
        place = (place + 1) & (self->n_places - 1);
      self->index[place] = i + 1;
    }
}

/* The code of a text, which may be a new one. */
static gint32
add_level (CamCsvTexts *self,
           const char  *text,
           gsize        length)
{
  guint hash = hash_text (text, length), place;

  if (2 * self->n_levels >= self->n_places)
    grow_index (self);
  for (place = hash & (self->n_places - 1); self->index[place] != 0; place = (place + 1) & (self->n_places - 1))
    {
      const CamCsvLevel *level = &self->levels[self->index[place] - 1];

      if (level->hash == hash && level->length == length && memcmp (level->text, text, length) == 0)
        return (gint32) self->index[place] - 1;
    }

  if (self->n_levels == self->n_allocated)
    {
      self->n_allocated = MAX (2 * self->n_allocated, FIRST_PLACES);
      self->levels = g_renew (CamCsvLevel, self->levels, self->n_allocated);
    }
  self->levels[self->n_levels++] = (CamCsvLevel) { text, (guint) length, hash };
  self->index[place] = self->n_levels;

  return (gint32) self->n_levels - 1;
}

static void
forget_levels (CamCsvTexts *self)
{
  self->n_levels = 0;
  if (self->n_places > 0)
    memset (self->index, 0, self->n_places * sizeof *self->index);
}

/* Fields --------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *text;
  gsize       length;
} Field;

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

/* Line breaks as the parser counts them: CR, LF, or both together. */
static gsize
count_breaks (const char *text,
              gsize       length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'));

  return n;
}

/* For all fields of the block, so that those that are there stay where they are: without quotes they are no longer than with them. */
static void
make_room (CamCsvBlock *self)
{
  if (self->unquoted->len > 0 || self->unquoted->allocated_len > self->text->len)
    return;
  g_string_set_size (self->unquoted, self->text->len);
  g_string_truncate (self->unquoted, 0);
}

/* From behind the opening quote to behind the closing one. */
static const char *
cut_quoted (CamCsvBlock *self,
            const char  *c,
            const char  *end,
            char         quote,
            Field       *field)
{
  const char *from = c, *closing = memchr (c, quote, (gsize) (end - c));
  gsize start = self->unquoted->len;
  gboolean is_doubled = FALSE;

  if (closing == NULL)
    return NULL;
  *field = (Field) { from, (gsize) (closing - from) };
  while (closing[1] == quote)
    {
      make_room (self);
      g_string_append_len (self->unquoted, c, (gssize) (closing + 1 - c));
      c = closing + 2;
      closing = memchr (c, quote, (gsize) (end - c));
      if (closing == NULL)
        return NULL;
      is_doubled = TRUE;
    }
  if (is_doubled)
    {
      g_string_append_len (self->unquoted, c, (gssize) (closing - c));
      *field = (Field) { self->unquoted->str + start, self->unquoted->len - start };
    }
  self->n_lines += count_breaks (from, (gsize) (closing - from));

  return closing + 1;
}

/* A field without the blanks around it or the quotes. Returns where it ends: at a separator or a line break; NULL: it is for the ordinary parser. */
static const char *
cut_field (CamCsvBlock         *self,
           const CamCsvDialect *dialect,
           const char          *c,
           const char          *end,
           Field               *field)
{
  const char separator = dialect->separator;

  while (is_blank (*c) && *c != separator)
    c++;
  if (dialect->quote > 1 && *c == dialect->quote)
    {
      c = cut_quoted (self, c + 1, end, dialect->quote, field);
      while (c != NULL && is_blank (*c) && *c != separator)
        c++;
    }
  else
    {
      field->text = c;
      while (*c != separator && *c != '\n' && *c != '\r' && *c != 0)
        c++;
      field->length = (gsize) (c - field->text);
      while (field->length > 0 && is_blank (field->text[field->length - 1]))
        field->length--;
    }

  return field->length <= CAM_CSV_MOST_FIELD ? c : NULL;
}

static gboolean
add_word (CamCsvBlock *self,
          const Field *field)
{
  for (guint i = 0; i < self->n_words; i++)
    if (self->words[i].length == field->length && memcmp (self->words[i].text, field->text, field->length) == 0)
      return TRUE;
  if (self->n_words == CAM_CSV_BLOCK_WORDS)
    return FALSE;
  self->words[self->n_words].text = field->text;
  self->words[self->n_words++].length = field->length;

  return TRUE;
}

/* A field of a column of numbers that is not in their usual form: nothing, a number in another form, or a spelling of "missing". */
static gboolean
take_unusual (CamCsvBlock         *self,
              const CamCsvDialect *dialect,
              const Field         *field,
              double              *value,
              gboolean            *is_exact)
{
  *value = NAN;
  *is_exact = TRUE;
  if (field->length == 0 || cam_csv_number (field->text, field->length, dialect->decimal, dialect->thousands, value, is_exact))
    return TRUE;
  *value = NAN;
  *is_exact = TRUE;

  return cam_csv_is_missing (dialect, field->text, field->length, FALSE) && add_word (self, field);
}

/* One line; NULL: it is for the ordinary parser. Returns where the next one begins. */
static const char *
parse_line (CamCsvBlock           *self,
            const CamCsvBlockPlan *plan,
            const char            *c,
            const char            *end)
{
  const CamCsvDialect *dialect = plan->dialect;
  const char separator = dialect->separator, decimal = dialect->decimal;
  const guint last = plan->n_columns - 1;
  double *to = self->values;

  /* A line of nothing is no row; one that begins so is a comment, which may stand behind blanks. */
  if (*c == '\n' || *c == '\r' || (is_blank (*c) && *c != separator) || (dialect->comment != 0 && *c == dialect->comment))
    return NULL;
  for (guint column = 0; column <= last; column++, to += self->capacity)
    {
      const char end_mark = column < last ? separator : '\n';
      const CamCsvReading reading = self->readings[column];
      gboolean is_exact = TRUE;
      const char *after = NULL;
      Field field;

      if (reading == CAM_CSV_NUMBERS)
        after = cam_csv_scan_number (c, decimal, &to[self->n_rows], &is_exact);
      if (after == NULL || (*after != end_mark && *after != '\r'))
        {
          after = cut_field (self, dialect, c, end, &field);
          if (after == NULL)
            return NULL;
          if (reading == CAM_CSV_TEXTS)
            ((gint32 *) to)[self->n_rows] = field.length > 0 ? add_level (&self->texts[column], field.text, field.length) : -1;
          else if (reading == CAM_CSV_NUMBERS ? !take_unusual (self, dialect, &field, &to[self->n_rows], &is_exact) : field.length > 0)
            return NULL;
        }
      if (*after == '\r' && column == last)
        after++;
      if (*after != end_mark)
        return NULL;
      self->is_exact[column] &= is_exact;
      c = after + 1;
    }
  self->n_rows++;
  self->n_lines++;

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
  self->n_rows = self->n_lines = self->n_words = 0;
  if (length == 0 || self->text->str[length - 1] != '\n')
    return;

  /* Zeros behind the text end whatever is read there. */
  g_string_set_size (self->text, length + CAM_CSV_NUMBER_ROOM);
  memset (self->text->str + length, 0, CAM_CSV_NUMBER_ROOM);
  g_string_truncate (self->unquoted, 0);
  self->capacity = count_lines (self->text->str, length);
  needed = self->capacity * plan->n_columns;
  if (needed > self->n_allocated)
    {
      g_free (self->values);
      self->values = g_new (double, needed);
      self->n_allocated = needed;
    }
  for (guint column = 0; column < plan->n_columns; column++)
    {
      self->is_exact[column] = TRUE;
      forget_levels (&self->texts[column]);
    }

  c = self->text->str;
  end = c + length;
  while (c != NULL && c < end)
    c = parse_line (self, plan, c, end);
  self->is_clean = c == end;
  g_string_truncate (self->text, length);
}
