/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going through a CSV file: the encoding and the dialect guessed from its head, then source, parser and builder; cam-csv-pass.h. */
#include "cam-csv-pass.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "cam-csv-block.h"

#define HEAD_SIZE (256 * 1024)
/* Between two calls of the caller's function, in µs. */
#define TELL_EVERY (50 * 1000)

static CamInput *
open_input (const CamCsvPass  *self,
            GError           **error)
{
  return self->bytes != NULL ? cam_input_new_bytes (self->bytes) : cam_input_open (self->path, error);
}

CamCsvSource *
cam_csv_pass_open (const CamCsvPass  *self,
                   gsize              chunk_size,
                   GError           **error)
{
  CamInput *input = open_input (self, error);

  return input != NULL ? cam_csv_source_new (input, self->dialect->encoding, chunk_size, error) : NULL;
}

/* The text's encoding from its first bytes; UTF-8 where these do not tell. */
static gboolean
guess_encoding (CamCsvPass  *self,
                GError     **error)
{
  g_autofree char *head = NULL;
  g_autoptr(CamInput) input = NULL;
  gssize length;

  if (*self->dialect->encoding != 0)
    return TRUE;
  input = open_input (self, error);
  if (input == NULL)
    return FALSE;
  head = g_malloc (HEAD_SIZE);
  length = cam_input_read_fully (input, head, HEAD_SIZE, error);
  if (length < 0)
    return FALSE;

  g_strlcpy (self->dialect->encoding, cam_csv_guess_encoding (head, (gsize) length), sizeof self->dialect->encoding);
  if (*self->dialect->encoding == 0)
    {
      /* UTF-8 until a byte says otherwise, be it at the end of the file. */
      g_strlcpy (self->dialect->encoding, "UTF-8", sizeof self->dialect->encoding);
      self->guessed_encoding = TRUE;
    }

  return TRUE;
}

/* Prose comes in files of these names; a CSV file of one column is a table, and so is what a spreadsheet copied. */
static gboolean
may_be_prose (const CamCsvPass *self)
{
  g_autofree char *name = self->path != NULL ? g_ascii_strdown (self->path, -1) : NULL;

  if (name == NULL)
    return FALSE;
  if (g_str_has_suffix (name, ".gz"))
    name[strlen (name) - 3] = 0;

  return g_str_has_suffix (name, ".txt") || g_str_has_suffix (name, ".text") || g_str_has_suffix (name, ".md");
}

/* Fills in what the dialect leaves open from the first piece of text. */
static gboolean
guess_dialect (CamCsvPass  *self,
               GError     **error)
{
  CamCsvSource *source = cam_csv_pass_open (self, HEAD_SIZE, error);
  guint skip_lines = self->dialect->skip_lines;
  const char *text;
  gssize n;

  if (source == NULL)
    return FALSE;
  n = cam_csv_source_read (source, &text, error);
  if (n == 0)
    g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_EMPTY, _("the file is empty"));
  if (n < 0)
    g_prefix_error (error, _("line %" PRIu64 ", column %u: "), G_GUINT64_CONSTANT (1), 1u);
  if (n > 0)
    cam_csv_sniff (self->dialect, text, (gsize) n, cam_csv_source_at_end (source), may_be_prose (self));
  self->guessed_skip = self->dialect->skip_lines != skip_lines;
  cam_csv_source_free (source);

  return n > 0;
}

gboolean
cam_csv_pass_tell (CamCsvPass          *self,
                   const CamCsvSource  *source,
                   gsize                n_rows,
                   gboolean             always,
                   GError             **error)
{
  gint64 now = g_get_monotonic_time ();

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->progress != NULL && (always || now - self->told >= TELL_EVERY))
    {
      self->told = now;
      self->progress (cam_csv_source_get_read (source), cam_csv_source_get_total (source), n_rows, self->user_data);
    }

  return TRUE;
}

typedef struct
{
  CamCsvPass    *pass;
  CamCsvSource  *source;
  CamCsvBuilder *builder;
} Telling;

static gboolean
tell_cb (gpointer   user_data,
         GError   **error)
{
  Telling *telling = user_data;

  return cam_csv_pass_tell (telling->pass, telling->source, cam_csv_builder_get_n_rows (telling->builder), FALSE, error);
}

gboolean
cam_csv_pass_read_all (CamCsvPass     *self,
                       CamCsvBuilder  *builder,
                       GError        **error)
{
  CamCsvSource *source = cam_csv_pass_open (self, cam_csv_chunk_size, error);
  CamCsvEvents events = cam_csv_builder_events;
  Telling telling = { self, source, builder };
  CamCsvParser *parser;
  const char *text;
  gssize n = 0;
  gboolean ok = TRUE, in_blocks = FALSE;

  if (source == NULL)
    return FALSE;
  events.user_data = builder;
  parser = cam_csv_parser_new (self->dialect, &events);

  while (ok && !in_blocks && !cam_csv_builder_is_full (builder) && (n = cam_csv_source_read (source, &text, error)) > 0)
    {
      const char *after = memrchr (text, '\n', (gsize) n);
      gsize whole = after != NULL ? (gsize) (after + 1 - text) : (gsize) n;

      ok = (cam_csv_parser_feed (parser, text, whole, error) || cam_csv_builder_is_full (builder)) && tell_cb (&telling, error);
      in_blocks = ok && cam_csv_blocks_can_read (parser, builder);
      if (in_blocks)
        ok = cam_csv_blocks_read (source, parser, builder, self->dialect, text + whole, (gsize) n - whole, tell_cb, &telling, error);
      else if (ok && !cam_csv_builder_is_full (builder))
        ok = cam_csv_parser_feed (parser, text + whole, (gsize) n - whole, error) || cam_csv_builder_is_full (builder);
    }
  if (n < 0)
    cam_csv_parser_prefix_position (parser, error);
  if (ok && !cam_csv_builder_is_full (builder))
    ok = n >= 0 && (cam_csv_parser_end (parser, error) || cam_csv_builder_is_full (builder)) &&
         cam_csv_pass_tell (self, source, cam_csv_builder_get_n_rows (builder), TRUE, error);

  cam_csv_parser_free (parser);
  cam_csv_source_free (source);

  return ok;
}

CamCsvResult *
cam_csv_pass_read_prose (CamCsvPass  *self,
                         GError     **error)
{
  CamCsvSource *source = cam_csv_pass_open (self, cam_csv_chunk_size, error);
  g_autoptr(CamCsvResult) result = g_new0 (CamCsvResult, 1);
  CamProse *prose;
  const char *text;
  gssize n = 0;
  gboolean ok = TRUE;

  if (source == NULL)
    return NULL;
  prose = cam_prose_new (self->dialect->form, self->most_rows);
  while (ok && !cam_prose_is_full (prose) && (n = cam_csv_source_read (source, &text, error)) > 0)
    ok = cam_prose_feed (prose, text, (gsize) n, error) && cam_csv_pass_tell (self, source, cam_prose_get_n_rows (prose), FALSE, error);
  if (n < 0)
    g_prefix_error (error, _("line %" PRIu64 ", column %u: "), cam_prose_get_line (prose), 1u);
  ok = ok && n >= 0 && cam_csv_pass_tell (self, source, cam_prose_get_n_rows (prose), TRUE, error);
  if (ok)
    result->table = cam_prose_finish (prose, error);
  result->dialect = cam_csv_dialect_copy (self->dialect);
  result->notes = g_ptr_array_new_with_free_func (g_free);
  result->missing = g_new0 (char *, 1);
  cam_prose_free (prose);
  cam_csv_source_free (source);

  return result->table != NULL ? g_steal_pointer (&result) : NULL;
}

/* Where only the head is read, the encoding is still that of all of it. */
static gboolean
check_encoding (CamCsvPass  *self,
                GError     **error)
{
  CamCsvSource *source;
  const char *text;
  gssize n;

  if (self->most_rows == G_MAXSIZE || !self->guessed_encoding)
    return TRUE;
  source = cam_csv_pass_open (self, 4 * HEAD_SIZE, error);
  if (source == NULL)
    return FALSE;
  while ((n = cam_csv_source_read (source, &text, error)) > 0)
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
      n = -1;
  cam_csv_source_free (source);

  return n == 0;
}

static CamCsvResult *
read_with_encoding (CamCsvPass      *self,
                    CamCsvReadPass   read,
                    GError         **error)
{
  if (!check_encoding (self, error) || !guess_dialect (self, error))
    return NULL;

  return read (self, error);
}

/* Guesses, reads, and begins anew with an older encoding where the text is not UTF-8 after all. */
static CamCsvResult *
read_guessing (CamCsvPass      *self,
               CamCsvReadPass   read,
               GError         **error)
{
  g_autoptr(CamCsvDialect) open = cam_csv_dialect_copy (self->dialect);
  g_autoptr(GError) problem = NULL;
  g_autoptr(CamInput) input = NULL;
  g_autofree char *legacy = NULL;
  CamCsvResult *result;

  if (!guess_encoding (self, error))
    return NULL;
  result = read_with_encoding (self, read, &problem);
  if (result != NULL)
    return result;

  if (!self->guessed_encoding || !g_error_matches (problem, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ENCODING))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  cam_csv_dialect_free (self->dialect);
  self->dialect = g_steal_pointer (&open);
  self->guessed_encoding = FALSE;
  input = open_input (self, error);
  legacy = input != NULL ? cam_csv_detect_legacy (input, self->cancellable, error) : NULL;
  if (legacy == NULL)
    return NULL;
  g_strlcpy (self->dialect->encoding, legacy, sizeof self->dialect->encoding);

  return read_with_encoding (self, read, error);
}

CamCsvResult *
cam_csv_pass_read (CamCsvPass      *self,
                   CamCsvReadPass   read,
                   GError         **error)
{
  g_autoptr(GError) problem = NULL;
  g_autofree char *base = NULL;
  CamCsvResult *result = read_guessing (self, read, &problem);

  cam_csv_dialect_free (self->dialect);
  if (problem == NULL)
    return result;

  base = self->path != NULL ? g_path_get_basename (self->path) : g_strdup (_("the pasted text"));
  if (problem->domain == CAM_DATASET_ERROR)
    g_prefix_error (&problem, "%s: ", base);
  g_propagate_error (error, g_steal_pointer (&problem));

  return NULL;
}

