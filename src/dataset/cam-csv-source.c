/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source: a file's bytes as UTF-8 text, piece by piece, cut between characters. */
#include "cam-csv-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <uchardet.h>
#include <unistd.h>

#define USUAL_CHUNK (256 * 1024)

gsize cam_csv_chunk_size = 0;

struct _CamCsvSource
{
  int      fd;
  goffset  total, read;
  guint64  line;           /* of the end of what was given out */
  gsize    chunk_size;
  gboolean is_utf8, at_start;
  GIConv   converter;      /* (GIConv) −1 for UTF-8 */
  char    *raw;            /* chunk_size + 16 */
  gsize    n_raw, raw_at;  /* bytes left over, the beginning of a character, and where they stand in raw */
  char    *text;
  gsize    text_size;
};

static gboolean
open_file (CamCsvSource  *self,
           const char    *path,
           GError       **error)
{
  struct stat info;
  int saved;

  self->fd = open (path, O_RDONLY | O_CLOEXEC);
  if (self->fd < 0 || fstat (self->fd, &info) < 0)
    {
      saved = errno;
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
      return FALSE;
    }
  if (S_ISDIR (info.st_mode))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR, _("%s is a folder; choose a file in it"), path);
      return FALSE;
    }
  self->total = info.st_size;

  return TRUE;
}

CamCsvSource *
cam_csv_source_new (const char  *path,
                    const char  *encoding,
                    gsize        chunk_size,
                    GError     **error)
{
  CamCsvSource *self = g_new0 (CamCsvSource, 1);

  self->converter = (GIConv) -1;
  self->fd = -1;
  self->line = 1;
  self->at_start = TRUE;
  self->chunk_size = chunk_size > 0 ? chunk_size : USUAL_CHUNK;
  self->is_utf8 = g_ascii_strcasecmp (encoding, "UTF-8") == 0;
  self->raw = g_malloc (self->chunk_size + 16);
  if (!open_file (self, path, error))
    {
      cam_csv_source_free (self);
      return NULL;
    }

  if (!self->is_utf8)
    {
      self->converter = g_iconv_open ("UTF-8", encoding);
      if (self->converter == (GIConv) -1)
        {
          g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ENCODING, _("%s: the encoding “%s” is not known"), path, encoding);
          cam_csv_source_free (self);
          return NULL;
        }
      self->text_size = 4 * (self->chunk_size + 16);
      self->text = g_malloc (self->text_size);
    }

  return self;
}

void
cam_csv_source_free (CamCsvSource *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_free (self->raw);
  g_free (self->text);
  g_free (self);
}

goffset
cam_csv_source_get_read (const CamCsvSource *self)
{
  return self->read;
}

goffset
cam_csv_source_get_total (const CamCsvSource *self)
{
  return self->total;
}

static void
count_lines (CamCsvSource *self,
             const char   *text,
             gsize         length)
{
  for (const char *c = memchr (text, '\n', length); c != NULL; c = memchr (c + 1, '\n', (gsize) (text + length - c - 1)))
    self->line++;
}

static gssize
fail_encoding (CamCsvSource  *self,
               const char    *good,
               gsize          length,
               const char    *encoding,
               GError       **error)
{
  count_lines (self, good, length);
  g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ENCODING,
               _("line %" G_GUINT64_FORMAT ": bytes that are not %s; choose another encoding"), self->line, encoding);
  return -1;
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

static gssize
give_utf8 (CamCsvSource  *self,
           gsize          length,
           gboolean       at_end,
           const char   **text,
           GError       **error)
{
  gsize keep = at_end ? 0 : unfinished (self->raw, length);
  gsize skip = self->at_start && length >= 3 && memcmp (self->raw, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  const char *bad;

  if (!g_utf8_validate_len (self->raw + skip, length - keep - skip, &bad) && *bad != 0)
    return fail_encoding (self, self->raw, (gsize) (bad - self->raw), "UTF-8", error);

  self->at_start = FALSE;
  *text = self->raw + skip;
  self->n_raw = keep;
  self->raw_at = length - keep;
  count_lines (self, *text, length - keep - skip);

  return (gssize) (length - keep - skip);
}

static gssize
give_converted (CamCsvSource  *self,
                gsize          length,
                gboolean       at_end,
                const char   **text,
                GError       **error)
{
  char *in = self->raw, *out = self->text;
  gsize in_left = length, out_left = self->text_size;
  gsize skip;

  if (g_iconv (self->converter, &in, &in_left, &out, &out_left) == (gsize) -1 && (errno == EILSEQ || (errno == EINVAL && at_end)))
    return fail_encoding (self, self->text, (gsize) (out - self->text), _("of the chosen encoding"), error);

  length = (gsize) (out - self->text);
  skip = self->at_start && length >= 3 && memcmp (self->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  self->at_start = self->at_start && length == 0;
  *text = self->text + skip;
  self->n_raw = in_left;
  self->raw_at = (gsize) (in - self->raw);
  count_lines (self, *text, length - skip);

  return (gssize) (length - skip);
}

gssize
cam_csv_source_read (CamCsvSource  *self,
                     const char   **text,
                     GError       **error)
{
  for (;;)
    {
      gsize had = self->n_raw, length;
      gboolean at_end;
      gssize given, n;

      memmove (self->raw, self->raw + self->raw_at, had);
      do
        n = read (self->fd, self->raw + had, self->chunk_size);
      while (n < 0 && errno == EINTR);
      if (n < 0)
        {
          int saved = errno;

          g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), _("the file cannot be read: %s"), g_strerror (saved));
          return -1;
        }

      self->read += n;
      at_end = n == 0;
      length = had + (gsize) n;
      if (length == 0)
        return 0;
      given = self->is_utf8 ? give_utf8 (self, length, at_end, text, error) : give_converted (self, length, at_end, text, error);
      if (given != 0)
        return given;
      if (at_end)
        return 0;
    }
}

const char *
cam_csv_guess_encoding (const char *bytes,
                        gsize       length)
{
  gsize n_even = 0, n_odd = 0, n = MIN (length, 4096);

  if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0)
    return "UTF-8";
  if (length >= 2 && memcmp (bytes, "\xFF\xFE", 2) == 0)
    return "UTF-16LE";
  if (length >= 2 && memcmp (bytes, "\xFE\xFF", 2) == 0)
    return "UTF-16BE";

  /* Latin letters in UTF-16 have a zero in every other byte. */
  for (gsize i = 0; i < n; i++)
    if (bytes[i] == 0)
      {
        n_even += i % 2 == 0;
        n_odd += i % 2 == 1;
      }
  if (n >= 4 && n_odd > n / 4 && n_even < n_odd / 8)
    return "UTF-16LE";
  if (n >= 4 && n_even > n / 4 && n_odd < n_even / 8)
    return "UTF-16BE";

  return "";
}

char *
cam_csv_detect_legacy (const char *path)
{
  uchardet_t detector = uchardet_new ();
  g_autofree char *buffer = g_malloc (USUAL_CHUNK);
  g_autofree char *name = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  ssize_t n;

  /* At most 16 MiB: what tells an alphabet from another is rarely further in. */
  for (guint i = 0; fd >= 0 && i < 64 && (n = read (fd, buffer, USUAL_CHUNK)) > 0; i++)
    if (uchardet_handle_data (detector, buffer, (gsize) n) != 0)
      break;
  if (fd >= 0)
    close (fd);
  uchardet_data_end (detector);
  name = g_strdup (uchardet_get_charset (detector));
  uchardet_delete (detector);

  /* ISO-8859-1 is a part of Windows-1252 in practice; the West European guesses differ in signs nobody has in a table. */
  if (*name == 0 || g_str_has_prefix (name, "ISO-8859-1") || g_str_equal (name, "UTF-8") || g_str_equal (name, "ASCII") || g_str_has_prefix (name, "MAC") ||
      g_str_equal (name, "ISO-8859-9") || g_str_equal (name, "ISO-8859-3"))
    return g_strdup ("WINDOWS-1252");

  return g_steal_pointer (&name);
}
