/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parser: a state machine over pieces of UTF-8 text (RFC 4180 and its dialects). A field that lies whole in one piece is handed on without a copy. */
#include "cam-csv-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

typedef enum
{
  ROW_START,
  FIELD_START,
  PLAIN,            /* in a field without quotes */
  QUOTED,
  QUOTE_SEEN,       /* in a quoted field, after a quote: its end, or a doubled one */
  COMMENT,
} State;

struct _CamCsvParser
{
  CamCsvDialect       *dialect;
  const CamCsvEvents  *events;

  State     state;
  gboolean  is_quoted;         /* the field began with a quote */
  gboolean  after_return;      /* CR was read; an LF that follows belongs to it */
  GString  *pending;           /* the part of a field that earlier pieces held */
  guint     column;
  guint64   line;              /* of the text being read, from 1 */
  guint64   row_line, field_line;
  guint     skip_lines;
  gboolean  skips_blanks;      /* separator ' ': runs of blanks are one */
  gboolean  takes_blocks;      /* fields end at separators, which no number has in it, and a decimal mark is nothing else */
  gboolean  takes_numbers;     /* plain numbers may take the short way */
  guchar    special[256];      /* ends a plain field */
};

CamCsvParser *
cam_csv_parser_new (const CamCsvDialect *dialect,
                    const CamCsvEvents  *events)
{
  CamCsvParser *self = g_new0 (CamCsvParser, 1);

  self->dialect = cam_csv_dialect_copy (dialect);
  self->events = events;
  self->pending = g_string_new (NULL);
  self->line = self->row_line = self->field_line = 1;
  self->skip_lines = dialect->skip_lines;
  self->skips_blanks = dialect->separator == ' ';
  self->takes_blocks = !self->skips_blanks && dialect->separator != dialect->decimal && dialect->thousands != dialect->decimal;
  self->takes_numbers = events->on_number != NULL && self->takes_blocks && dialect->thousands == 0;
  self->special['\n'] = self->special['\r'] = 1;
  self->special[(guchar) dialect->separator] = 1;
  if (self->skips_blanks)
    self->special['\t'] = 1;

  return self;
}

void
cam_csv_parser_free (CamCsvParser *self)
{
  if (self == NULL)
    return;

  cam_csv_dialect_free (self->dialect);
  g_string_free (self->pending, TRUE);
  g_free (self);
}

guint64
cam_csv_parser_get_position (const CamCsvParser *self,
                             guint              *column)
{
  *column = self->column + 1;
  return self->line;
}

void
cam_csv_parser_prefix_position (const CamCsvParser  *self,
                                GError             **error)
{
  g_prefix_error (error, _("line %" PRIu64 ", column %u: "), self->line, self->column + 1);
}

gboolean
cam_csv_parser_is_between_rows (const CamCsvParser *self)
{
  return self->state == ROW_START && self->skip_lines == 0 && !self->after_return;
}

void
cam_csv_parser_pass_lines (CamCsvParser *self,
                           gsize         n_lines)
{
  self->line += n_lines;
}

gboolean
cam_csv_parser_takes_blocks (const CamCsvParser *self)
{
  return self->takes_blocks;
}

/* Blanks around a field say nothing: so a quote after them still opens a quoted field. */
static gboolean
is_blank (const CamCsvParser *self,
          char                c)
{
  return c == ' ' || (c == '\t' && self->dialect->separator != '\t');
}

static gboolean
is_separator (const CamCsvParser *self,
              char                c)
{
  return c == self->dialect->separator || (self->skips_blanks && c == '\t');
}

static gboolean
fail (CamCsvParser     *self,
      CamDatasetError   code,
      const char       *message,
      GError          **error)
{
  g_set_error (error, CAM_DATASET_ERROR, code, _("line %" PRIu64 ", column %u: %s"), self->line, self->column + 1, message);
  return FALSE;
}

static gboolean
keep (CamCsvParser  *self,
      const char    *text,
      gsize          length,
      GError       **error)
{
  if (self->pending->len + length > CAM_CSV_MOST_FIELD)
    {
      self->line = self->field_line;
      return fail (self, CAM_DATASET_ERROR_TOO_LARGE, _("the field that begins here is larger than 1 MiB; is a quote missing, or the separator another one?"), error);
    }
  g_string_append_len (self->pending, text, (gssize) length);
  return TRUE;
}

static gboolean
emit_field (CamCsvParser  *self,
            const char    *text,
            gsize          length,
            GError       **error)
{
  gboolean ok;

  if (self->column >= CAM_CSV_MOST_COLUMNS)
    return fail (self, CAM_DATASET_ERROR_TOO_LARGE, _("there are more than 65,536 columns; is the separator another one?"), error);
  if (self->pending->len > 0 || length > CAM_CSV_MOST_FIELD)
    {
      if (!keep (self, text, length, error))
        return FALSE;
      text = self->pending->str;
      length = self->pending->len;
    }
  if (!self->is_quoted)
    {
      for (; length > 0 && (*text == ' ' || *text == '\t'); text++, length--)
        ;
      for (; length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'); length--)
        ;
    }

  ok = self->events->on_field (self->events->user_data, self->column, self->field_line, text, length, self->is_quoted, error);
  self->column++;
  self->is_quoted = FALSE;
  g_string_truncate (self->pending, 0);

  return ok;
}

static gboolean
end_row (CamCsvParser  *self,
         GError       **error)
{
  guint n = self->column;

  self->column = 0;
  self->state = ROW_START;
  return n == 0 || self->events->on_row (self->events->user_data, n, self->row_line, error);
}

/* A field's first character. Returns what follows it. */
static const char *
start_field (CamCsvParser *self,
             const char   *c)
{
  self->field_line = self->line;
  self->after_return = FALSE;
  if (self->dialect->quote > 1 && *c == self->dialect->quote)
    {
      self->is_quoted = TRUE;
      self->state = QUOTED;
      return c + 1;
    }

  self->state = PLAIN;
  return c;
}

/* A line break outside quotes. */
static gboolean
break_line (CamCsvParser  *self,
            char           c,
            GError       **error)
{
  self->after_return = c == '\r';
  self->line++;
  if (!end_row (self, error))
    return FALSE;
  if (self->skip_lines > 0)
    self->skip_lines--;
  return TRUE;
}

/* In a plain field: goes to its end. */
static const char *
run_plain (CamCsvParser  *self,
           const char    *c,
           const char    *end,
           GError       **error)
{
  const char *from = c;

  while (c < end && !self->special[(guchar) *c])
    c++;
  if (c == end)
    return keep (self, from, (gsize) (c - from), error) ? c : NULL;

  /* Blanks at the end of a line, where they separate, are no field. */
  if (self->skips_blanks && c == from && self->pending->len == 0 && !is_separator (self, *c))
    return break_line (self, *c, error) ? c + 1 : NULL;
  if (!emit_field (self, from, (gsize) (c - from), error))
    return NULL;
  if (is_separator (self, *c))
    {
      self->state = FIELD_START;
      return c + 1;
    }

  return break_line (self, *c, error) ? c + 1 : NULL;
}

static const char *
run_quoted (CamCsvParser  *self,
            const char    *c,
            const char    *end,
            GError       **error)
{
  const char *from = c;

  for (; c < end && *c != self->dialect->quote; c++)
    {
      if (*c == '\r' || (*c == '\n' && !self->after_return))
        self->line++;
      self->after_return = *c == '\r';
    }
  if (!keep (self, from, (gsize) (c - from), error))
    return NULL;
  if (c == end)
    return c;

  self->state = QUOTE_SEEN;
  return c + 1;
}

/* After a quote inside a quoted field. */
static const char *
run_quote_seen (CamCsvParser  *self,
                const char    *c,
                GError       **error)
{
  if (*c == self->dialect->quote)
    {
      self->state = QUOTED;
      self->after_return = FALSE;
      return keep (self, c, 1, error) ? c + 1 : NULL;
    }
  if (is_separator (self, *c) || *c == '\n' || *c == '\r')
    {
      /* An empty quoted field still is a field of its own. */
      if (!emit_field (self, "", 0, error))
        return NULL;
      if (is_separator (self, *c))
        {
          self->state = FIELD_START;
          return c + 1;
        }
      return break_line (self, *c, error) ? c + 1 : NULL;
    }
  if (*c == ' ' || *c == '\t')
    return c + 1;

  fail (self, CAM_DATASET_ERROR_SYNTAX, _("text after the closing quote; a quote inside a field must be doubled"), error);
  return NULL;
}

/* At the start of a row: what is no row is passed over. NULL: it is one, begin a field. */
static const char *
skip_at_row_start (CamCsvParser *self,
                   const char   *c)
{
  if (self->after_return && *c == '\n')
    {
      self->after_return = FALSE;
      return c + 1;
    }
  self->after_return = FALSE;

  if (self->skip_lines > 0 || (self->dialect->comment != 0 && *c == self->dialect->comment))
    {
      self->state = COMMENT;
      return c;
    }
  if (*c == '\n' || *c == '\r')
    {
      self->after_return = *c == '\r';
      self->line++;
      return c + 1;
    }
  /* Blanks before a row's first field, or all that is in a line. */
  if (is_blank (self, *c))
    return c + 1;

  self->row_line = self->line;
  return NULL;
}

static const char *
run_comment (CamCsvParser *self,
             const char   *c,
             const char   *end)
{
  while (c < end && *c != '\n' && *c != '\r')
    c++;
  if (c == end)
    return c;

  self->after_return = *c == '\r';
  self->line++;
  self->state = ROW_START;
  if (self->skip_lines > 0)
    self->skip_lines--;

  return c + 1;
}

/* Plain numbers, one field after the other, without a look at each character. Returns where the first field begins that is something else, or may be cut off. */
static const char *
run_numbers (CamCsvParser  *self,
             const char    *c,
             const char    *end,
             GError       **error)
{
  const char separator = self->dialect->separator, decimal = self->dialect->decimal;

  while (end - c >= CAM_CSV_NUMBER_ROOM && self->column < CAM_CSV_MOST_COLUMNS)
    {
      gboolean is_exact;
      double value;
      const char *after = cam_csv_number_scan (c, decimal, &value, &is_exact);

      if (after == NULL || (*after != separator && *after != '\n' && *after != '\r') ||
          !self->events->on_number (self->events->user_data, self->column, value, is_exact))
        return c;
      self->column++;
      c = after + 1;
      if (*after != separator)
        return break_line (self, *after, error) ? c : NULL;
    }

  return c;
}

static const char *
begin_field (CamCsvParser  *self,
             const char    *c,
             const char    *end,
             GError       **error)
{
  const char *after;

  self->state = FIELD_START;
  if (is_blank (self, *c))
    return c + 1;
  if (self->takes_numbers && (after = run_numbers (self, c, end, error)) != c)
    return after;

  return start_field (self, c);
}

static const char *
step (CamCsvParser  *self,
      const char    *c,
      const char    *end,
      GError       **error)
{
  const char *skipped;

  switch (self->state)
    {
    case ROW_START:
      skipped = skip_at_row_start (self, c);
      return skipped != NULL ? skipped : begin_field (self, c, end, error);
    case FIELD_START:
      return begin_field (self, c, end, error);
    case PLAIN:
      return run_plain (self, c, end, error);
    case QUOTED:
      return run_quoted (self, c, end, error);
    case QUOTE_SEEN:
      return run_quote_seen (self, c, error);
    case COMMENT:
    default:
      return run_comment (self, c, end);
    }
}

gboolean
cam_csv_parser_feed (CamCsvParser  *self,
                     const char    *text,
                     gsize          length,
                     GError       **error)
{
  const char *c = text, *end = text + length;

  while (c < end)
    if ((c = step (self, c, end, error)) == NULL)
      return FALSE;

  return TRUE;
}

gboolean
cam_csv_parser_end (CamCsvParser  *self,
                    GError       **error)
{
  switch (self->state)
    {
    case QUOTED:
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SYNTAX,
                   _("line %" PRIu64 ", column %u: the quote that begins here is never closed"), self->field_line, self->column + 1);
      return FALSE;
    case QUOTE_SEEN:
      return emit_field (self, "", 0, error) && end_row (self, error);
    case PLAIN:
      if (self->skips_blanks && self->pending->len == 0)
        return end_row (self, error);
      return emit_field (self, "", 0, error) && end_row (self, error);
    case FIELD_START:
      if (self->skips_blanks)
        return end_row (self, error);
      return emit_field (self, "", 0, error) && end_row (self, error);
    case ROW_START:
    case COMMENT:
    default:
      return TRUE;
    }
}
