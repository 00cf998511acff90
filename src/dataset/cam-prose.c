/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prose as a table of one column: a row a line, or a row a character. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "cam-csv-private.h"

struct _CamProse
{
  CamCsvForm  form;
  CamColumn  *column;
  GString    *pending;          /* of a line that goes on in the next piece */
  gsize       n_rows, most_rows;
  guint64     line;
  gboolean    after_return;     /* CR was read; an LF that follows belongs to it */
  gint32      codes[128];       /* of the ASCII characters met; −1: none yet */
};

CamProse *
cam_prose_new (CamCsvForm form,
               gsize      most_rows)
{
  CamProse *self = g_new0 (CamProse, 1);

  self->form = form;
  self->most_rows = most_rows;
  self->column = form == CAM_CSV_LINES ? cam_column_new ("text", CAM_COLUMN_TEXT) : cam_column_new ("character", CAM_COLUMN_CATEGORY);
  self->pending = g_string_new (NULL);
  self->line = 1;
  memset (self->codes, 0xFF, sizeof self->codes);

  return self;
}

void
cam_prose_free (CamProse *self)
{
  if (self == NULL)
    return;

  cam_column_free (self->column);
  g_string_free (self->pending, TRUE);
  g_free (self);
}

gsize
cam_prose_get_n_rows (const CamProse *self)
{
  return self->n_rows;
}

guint64
cam_prose_get_line (const CamProse *self)
{
  return self->line;
}

gboolean
cam_prose_is_full (const CamProse *self)
{
  return self->n_rows >= self->most_rows;
}

/* Lines of blanks are the space between paragraphs, and no rows. */
static void
add_line (CamProse   *self,
          const char *text,
          gsize       length)
{
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  while (length > 0 && g_ascii_isspace (*text))
    text++, length--;
  if (length == 0)
    return;
  cam_column_add_text (self->column, text, length);
  self->n_rows++;
}

static gboolean
keep (CamProse    *self,
      const char  *text,
      gsize        length,
      GError     **error)
{
  if (self->pending->len + length > CAM_CSV_MOST_FIELD)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_TOO_LARGE, _("line %" PRIu64 ", column %u: the line is larger than 1 MiB; read it by characters"), self->line, 1u);
      return FALSE;
    }
  g_string_append_len (self->pending, text, (gssize) length);

  return TRUE;
}

static gboolean
feed_lines (CamProse    *self,
            const char  *text,
            gsize        length,
            GError     **error)
{
  const char *end = text + length;

  while (text < end && !cam_prose_is_full (self))
    {
      const char *c = text;

      if (self->after_return && *text == '\n')
        {
          self->after_return = FALSE;
          text++;
          continue;
        }
      self->after_return = FALSE;
      while (c < end && *c != '\n' && *c != '\r')
        c++;
      if (c == end || self->pending->len > 0)
        {
          if (!keep (self, text, (gsize) (c - text), error))
            return FALSE;
          if (c == end)
            break;
          add_line (self, self->pending->str, self->pending->len);
          g_string_truncate (self->pending, 0);
        }
      else
        add_line (self, text, (gsize) (c - text));
      self->line++;
      self->after_return = *c == '\r';
      text = c + 1;
    }

  return TRUE;
}

static void
add_character (CamProse   *self,
               const char *text,
               gsize       length)
{
  guchar c = (guchar) *text;

  if (length == 1 && self->codes[c] >= 0)
    g_array_append_val (self->column->codes, self->codes[c]);
  else
    {
      cam_column_add_text (self->column, text, length);
      if (length == 1)
        self->codes[c] = g_array_index (self->column->codes, gint32, self->column->codes->len - 1);
    }
  self->n_rows++;
}

/* Pieces are cut between characters. A line break is one character, however it is written. */
static void
feed_characters (CamProse   *self,
                 const char *text,
                 gsize       length)
{
  const char *end = text + length;

  while (text < end && !cam_prose_is_full (self))
    {
      const char *next = g_utf8_next_char (text);

      if (*text == '\r')
        add_character (self, "\n", 1);
      else if (*text != '\n' || !self->after_return)
        add_character (self, text, (gsize) (next - text));
      self->line += *text == '\r' || (*text == '\n' && !self->after_return);
      self->after_return = *text == '\r';
      text = next;
    }
}

gboolean
cam_prose_feed (CamProse    *self,
                const char  *text,
                gsize        length,
                GError     **error)
{
  if (self->form == CAM_CSV_LINES)
    return feed_lines (self, text, length, error);
  feed_characters (self, text, length);

  return TRUE;
}

CamTable *
cam_prose_finish (CamProse  *self,
                  GError   **error)
{
  CamTable *table;

  if (self->pending->len > 0 && !cam_prose_is_full (self))
    add_line (self, self->pending->str, self->pending->len);
  if (self->n_rows == 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_EMPTY, _("the file is empty"));
      return NULL;
    }
  cam_column_trim (self->column, self->n_rows);
  table = cam_table_new ();
  cam_table_add_column (table, g_steal_pointer (&self->column));
  cam_table_set_n_rows (table, self->n_rows);

  return table;
}
