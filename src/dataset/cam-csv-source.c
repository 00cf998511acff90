/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source: a file's bytes as UTF-8 text, piece by piece, cut between characters. Text before bytes that are none is given out first, so that the parser
 * knows the line and the column when the error comes. */
#include "cam-csv-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define USUAL_CHUNK (256 * 1024)
/* The longest beginning of a character that may be left over, with room to spare. */
#define LEFT_OVER   16

gsize cam_csv_chunk_size = 0;

struct _CamCsvSource
{
  CamInput *input;         /* owned */
  char    *encoding;
  gsize    chunk_size;
  gboolean is_utf8, at_start, at_end;
  GIConv   converter;      /* (GIConv) −1 for UTF-8 */
  char    *raw;            /* chunk_size + LEFT_OVER */
  gsize    n_raw, raw_at;  /* bytes left over, the beginning of a character, and where they stand in raw */
  char    *text;
  gsize    text_size;
  GError  *problem;        /* what comes after the text given out last */
};

CamCsvSource *
cam_csv_source_new (CamInput    *input,
                    const char  *encoding,
                    gsize        chunk_size,
                    GError     **error)
{
  CamCsvSource *self = g_new0 (CamCsvSource, 1);

  self->converter = (GIConv) -1;
  self->at_start = TRUE;
  self->chunk_size = chunk_size > 0 ? chunk_size : USUAL_CHUNK;
  self->encoding = g_strdup (encoding);
  self->is_utf8 = g_ascii_strcasecmp (encoding, "UTF-8") == 0;
  self->raw = g_malloc (self->chunk_size + LEFT_OVER);
  self->input = input;

  if (!self->is_utf8)
    {
      self->converter = g_iconv_open ("UTF-8", encoding);
      if (self->converter == (GIConv) -1)
        {
          g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ENCODING, _("the encoding “%s” is not known"), encoding);
          cam_csv_source_free (self);
          return NULL;
        }
      self->text_size = 4 * (self->chunk_size + LEFT_OVER);
      self->text = g_malloc (self->text_size);
    }

  return self;
}

void
cam_csv_source_free (CamCsvSource *self)
{
  if (self == NULL)
    return;

  cam_input_close (self->input);
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_clear_error (&self->problem);
  g_free (self->encoding);
  g_free (self->raw);
  g_free (self->text);
  g_free (self);
}

goffset
cam_csv_source_get_read (const CamCsvSource *self)
{
  return cam_input_get_position (self->input);
}

gboolean
cam_csv_source_at_end (const CamCsvSource *self)
{
  return self->at_end;
}

goffset
cam_csv_source_get_total (const CamCsvSource *self)
{
  return cam_input_get_total (self->input);
}

static void
set_zero_byte (CamCsvSource *self)
{
  g_set_error (&self->problem, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SYNTAX, _("a zero byte; this is not a text file, or its encoding is another one"));
}

static void
set_bad_bytes (CamCsvSource *self)
{
  g_set_error (&self->problem, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ENCODING, _("bytes that are not %s; choose another encoding"), self->encoding);
}

/* How many of the last bytes may be the beginning of a character that goes on. */
static gsize
unfinished (const char *text,
            gsize       length)
{
  for (gsize n = 1; n <= MIN (length, 3); n++)
    {
      guchar c = (guchar) text[length - n];

      if ((c & 0xC0) == 0x80)
        continue;
      return (c >= 0xF0 && n < 4) || (c >= 0xE0 && c < 0xF0 && n < 3) || (c >= 0xC0 && c < 0xE0 && n < 2) ? n : 0;
    }

  return 0;
}

/* Nothing but 1 … 127: most files, and quicker to see than to validate. */
static gboolean
is_ascii (const char *text,
          gsize       length)
{
  guint64 seen = 0, word;
  gsize i = 0;

  for (; i + sizeof word <= length; i += sizeof word)
    {
      memcpy (&word, text + i, sizeof word);
      seen |= word;
    }
  for (; i < length; i++)
    seen |= (guchar) text[i];

  return (seen & G_GUINT64_CONSTANT (0x8080808080808080)) == 0 && memchr (text, 0, length) == NULL;
}

/* How much of @text is text; what comes after it becomes the problem. */
static gsize
validate (CamCsvSource *self,
          const char   *text,
          gsize         length)
{
  const char *bad;

  if (is_ascii (text, length) || g_utf8_validate_len (text, length, &bad))
    return length;

  if (*bad == 0)
    set_zero_byte (self);
  else
    set_bad_bytes (self);

  return (gsize) (bad - text);
}

static gssize
give (CamCsvSource  *self,
      const char    *from,
      gsize          length,
      const char   **text)
{
  /* A byte order mark, in UTF-8 by now. */
  gsize skip = self->at_start && length >= 3 && memcmp (from, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

  self->at_start = self->at_start && length == 0;
  *text = from + skip;

  return (gssize) (length - skip);
}

static gssize
give_utf8 (CamCsvSource  *self,
           gsize          length,
           gboolean       at_end,
           const char   **text)
{
  gsize keep = at_end ? 0 : unfinished (self->raw, length);

  self->n_raw = keep;
  self->raw_at = length - keep;

  return give (self, self->raw, validate (self, self->raw, length - keep), text);
}

static gssize
give_converted (CamCsvSource  *self,
                gsize          length,
                gboolean       at_end,
                const char   **text)
{
  char *in = self->raw, *out = self->text;
  const char *zero;
  gsize in_left = length, out_left = self->text_size;

  if (g_iconv (self->converter, &in, &in_left, &out, &out_left) == (gsize) -1 && (errno == EILSEQ || (errno == EINVAL && at_end)))
    set_bad_bytes (self);

  length = (gsize) (out - self->text);
  self->n_raw = in_left;
  self->raw_at = (gsize) (in - self->raw);
  zero = memchr (self->text, 0, length);
  if (zero != NULL)
    {
      g_clear_error (&self->problem);
      set_zero_byte (self);
      length = (gsize) (zero - self->text);
    }

  return give (self, self->text, length, text);
}

gssize
cam_csv_source_read (CamCsvSource  *self,
                     const char   **text,
                     GError       **error)
{
  for (;;)
    {
      gsize had = self->n_raw;
      gssize given, n;

      if (self->problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&self->problem));
          return -1;
        }

      memmove (self->raw, self->raw + self->raw_at, had);
      n = cam_input_read_fully (self->input, self->raw + had, self->chunk_size, error);
      if (n < 0)
        return -1;
      self->at_end = (gsize) n < self->chunk_size;
      if (had + (gsize) n == 0)
        return 0;

      given = self->is_utf8 ? give_utf8 (self, had + (gsize) n, n == 0, text) : give_converted (self, had + (gsize) n, n == 0, text);
      if (given > 0)
        return given;
      if (n == 0 && self->problem == NULL)
        return 0;
    }
}
