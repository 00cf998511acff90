/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a CSV file: the dialect guessed from its head, then source, parser and builder in one pass, or two where a column turns out to be texts late. */
#include "cam-csv.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "cam-csv-block.h"
#include "cam-csv-private.h"

#define HEAD_SIZE (256 * 1024)
/* Between two calls of the caller's function, in µs. */
#define TELL_EVERY (50 * 1000)

typedef struct
{
  const char     *path;                 /* one of the two is NULL */
  GBytes         *bytes;
  CamCsvDialect  *dialect;
  const json_t   *kinds;
  gsize           most_rows;
  CamCsvProgress  progress;
  gpointer        user_data;
  GCancellable   *cancellable;
  gboolean        guessed_encoding, guessed_skip;
  gint64          told;
} Reading;

static CamInput *
open_input (const Reading  *reading,
            GError        **error)
{
  return reading->bytes != NULL ? cam_input_new_bytes (reading->bytes) : cam_input_open (reading->path, error);
}

static CamCsvSource *
open_source (const Reading  *reading,
             gsize           chunk_size,
             GError        **error)
{
  CamInput *input = open_input (reading, error);

  return input != NULL ? cam_csv_source_new (input, reading->dialect->encoding, chunk_size, error) : NULL;
}

/* The text's encoding from its first bytes; UTF-8 where these do not tell. */
static gboolean
guess_encoding (Reading  *reading,
                GError  **error)
{
  g_autofree char *head = NULL;
  g_autoptr(CamInput) input = NULL;
  gssize length;

  if (*reading->dialect->encoding != 0)
    return TRUE;
  input = open_input (reading, error);
  if (input == NULL)
    return FALSE;
  head = g_malloc (HEAD_SIZE);
  length = cam_input_read_fully (input, head, HEAD_SIZE, error);
  if (length < 0)
    return FALSE;

  g_strlcpy (reading->dialect->encoding, cam_csv_guess_encoding (head, (gsize) length), sizeof reading->dialect->encoding);
  if (*reading->dialect->encoding == 0)
    {
      /* UTF-8 until a byte says otherwise, be it at the end of the file. */
      g_strlcpy (reading->dialect->encoding, "UTF-8", sizeof reading->dialect->encoding);
      reading->guessed_encoding = TRUE;
    }

  return TRUE;
}

/* Prose comes in files of these names; a CSV file of one column is a table, and so is what a spreadsheet copied. */
static gboolean
may_be_prose (const Reading *reading)
{
  g_autofree char *name = reading->path != NULL ? g_ascii_strdown (reading->path, -1) : NULL;

  if (name == NULL)
    return FALSE;
  if (g_str_has_suffix (name, ".gz"))
    name[strlen (name) - 3] = 0;

  return g_str_has_suffix (name, ".txt") || g_str_has_suffix (name, ".text") || g_str_has_suffix (name, ".md");
}

/* Fills in what the dialect leaves open from the first piece of text. */
static gboolean
guess_dialect (Reading  *reading,
               GError  **error)
{
  CamCsvSource *source = open_source (reading, HEAD_SIZE, error);
  guint skip_lines = reading->dialect->skip_lines;
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
    cam_csv_sniff (reading->dialect, text, (gsize) n, cam_csv_source_at_end (source), may_be_prose (reading));
  reading->guessed_skip = reading->dialect->skip_lines != skip_lines;
  cam_csv_source_free (source);

  return n > 0;
}

static gboolean
tell (Reading             *reading,
      const CamCsvSource  *source,
      gsize                n_rows,
      gboolean             always,
      GError             **error)
{
  gint64 now = g_get_monotonic_time ();

  if (g_cancellable_set_error_if_cancelled (reading->cancellable, error))
    return FALSE;
  if (reading->progress != NULL && (always || now - reading->told >= TELL_EVERY))
    {
      reading->told = now;
      reading->progress (cam_csv_source_get_read (source), cam_csv_source_get_total (source), n_rows, reading->user_data);
    }

  return TRUE;
}

typedef struct
{
  Reading       *reading;
  CamCsvSource  *source;
  CamCsvBuilder *builder;
} Telling;

static gboolean
tell_cb (gpointer   user_data,
         GError   **error)
{
  Telling *telling = user_data;

  return tell (telling->reading, telling->source, cam_csv_builder_get_n_rows (telling->builder), FALSE, error);
}

/* All of the file: by blocks, once the first rows have shown which columns are numbers and which are texts. */
static gboolean
read_all (Reading        *reading,
          CamCsvBuilder  *builder,
          GError        **error)
{
  CamCsvSource *source = open_source (reading, cam_csv_chunk_size, error);
  CamCsvEvents events = cam_csv_builder_events;
  Telling telling = { reading, source, builder };
  CamCsvParser *parser;
  const char *text;
  gssize n = 0;
  gboolean ok = TRUE, in_blocks = FALSE;

  if (source == NULL)
    return FALSE;
  events.user_data = builder;
  parser = cam_csv_parser_new (reading->dialect, &events);

  while (ok && !in_blocks && !cam_csv_builder_is_full (builder) && (n = cam_csv_source_read (source, &text, error)) > 0)
    {
      const char *after = memrchr (text, '\n', (gsize) n);
      gsize whole = after != NULL ? (gsize) (after + 1 - text) : (gsize) n;

      ok = (cam_csv_parser_feed (parser, text, whole, error) || cam_csv_builder_is_full (builder)) && tell_cb (&telling, error);
      in_blocks = ok && cam_csv_blocks_can_read (parser, builder);
      if (in_blocks)
        ok = cam_csv_blocks_read (source, parser, builder, reading->dialect, text + whole, (gsize) n - whole, tell_cb, &telling, error);
      else if (ok && !cam_csv_builder_is_full (builder))
        ok = cam_csv_parser_feed (parser, text + whole, (gsize) n - whole, error) || cam_csv_builder_is_full (builder);
    }
  if (n < 0)
    cam_csv_parser_prefix_position (parser, error);
  if (ok && !cam_csv_builder_is_full (builder))
    ok = n >= 0 && (cam_csv_parser_end (parser, error) || cam_csv_builder_is_full (builder)) &&
         tell (reading, source, cam_csv_builder_get_n_rows (builder), TRUE, error);

  cam_csv_parser_free (parser);
  cam_csv_source_free (source);

  return ok;
}

/* One way through the file, and a second where columns turned out to be texts late. */
static CamCsvResult *
read_table (Reading  *reading,
            GError  **error)
{
  g_autoptr(GHashTable) known_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(CamCsvResult) result = g_new0 (CamCsvResult, 1);
  CamCsvBuilder *builder = NULL;
  gboolean ok;

  do
    {
      cam_csv_builder_free (builder);
      builder = cam_csv_builder_new (reading->path, reading->dialect, reading->kinds, known_texts);
      cam_csv_builder_set_most_rows (builder, reading->most_rows);
      if (reading->guessed_skip)
        cam_csv_builder_add_note (builder, g_strdup_printf (ngettext ("The first line is no row of the table and was passed over.",
                                                                      "The first %u lines are no rows of the table and were passed over.",
                                                                      reading->dialect->skip_lines), reading->dialect->skip_lines));
      ok = read_all (reading, builder, error);
    }
  while (ok && cam_csv_builder_must_reread (builder, known_texts));

  ok = ok && cam_csv_builder_finish (builder, result, error);
  cam_csv_builder_free (builder);

  return ok ? g_steal_pointer (&result) : NULL;
}

static CamCsvResult *
read_prose (Reading  *reading,
            GError  **error)
{
  CamCsvSource *source = open_source (reading, cam_csv_chunk_size, error);
  g_autoptr(CamCsvResult) result = g_new0 (CamCsvResult, 1);
  CamProse *prose;
  const char *text;
  gssize n = 0;
  gboolean ok = TRUE;

  if (source == NULL)
    return NULL;
  prose = cam_prose_new (reading->dialect->form, reading->most_rows);
  while (ok && !cam_prose_is_full (prose) && (n = cam_csv_source_read (source, &text, error)) > 0)
    ok = cam_prose_feed (prose, text, (gsize) n, error) && tell (reading, source, cam_prose_get_n_rows (prose), FALSE, error);
  if (n < 0)
    g_prefix_error (error, _("line %" PRIu64 ", column %u: "), cam_prose_get_line (prose), 1u);
  ok = ok && n >= 0 && tell (reading, source, cam_prose_get_n_rows (prose), TRUE, error);
  if (ok)
    result->table = cam_prose_finish (prose, error);
  result->dialect = cam_csv_dialect_copy (reading->dialect);
  result->notes = g_ptr_array_new_with_free_func (g_free);
  result->missing = g_new0 (char *, 1);
  cam_prose_free (prose);
  cam_csv_source_free (source);

  return result->table != NULL ? g_steal_pointer (&result) : NULL;
}

/* Where only the head is read, the encoding is still that of all of it. */
static gboolean
check_encoding (Reading  *reading,
                GError  **error)
{
  CamCsvSource *source;
  const char *text;
  gssize n;

  if (reading->most_rows == G_MAXSIZE || !reading->guessed_encoding)
    return TRUE;
  source = open_source (reading, 4 * HEAD_SIZE, error);
  if (source == NULL)
    return FALSE;
  while ((n = cam_csv_source_read (source, &text, error)) > 0)
    if (g_cancellable_set_error_if_cancelled (reading->cancellable, error))
      n = -1;
  cam_csv_source_free (source);

  return n == 0;
}

static CamCsvResult *
read_with_encoding (Reading  *reading,
                    GError  **error)
{
  if (!check_encoding (reading, error) || !guess_dialect (reading, error))
    return NULL;

  return reading->dialect->form == CAM_CSV_TABLE ? read_table (reading, error) : read_prose (reading, error);
}

/* Guesses, reads, and begins anew with an older encoding where the text is not UTF-8 after all. */
static CamCsvResult *
read_guessing (Reading  *reading,
               GError  **error)
{
  g_autoptr(CamCsvDialect) open = cam_csv_dialect_copy (reading->dialect);
  g_autoptr(GError) problem = NULL;
  g_autoptr(CamInput) input = NULL;
  g_autofree char *legacy = NULL;
  CamCsvResult *result;

  if (!guess_encoding (reading, error))
    return NULL;
  result = read_with_encoding (reading, &problem);
  if (result != NULL)
    return result;

  if (!reading->guessed_encoding || !g_error_matches (problem, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ENCODING))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  cam_csv_dialect_free (reading->dialect);
  reading->dialect = g_steal_pointer (&open);
  reading->guessed_encoding = FALSE;
  input = open_input (reading, error);
  legacy = input != NULL ? cam_csv_detect_legacy (input, reading->cancellable, error) : NULL;
  if (legacy == NULL)
    return NULL;
  g_strlcpy (reading->dialect->encoding, legacy, sizeof reading->dialect->encoding);

  return read_with_encoding (reading, error);
}

/* Takes the dialect of @reading. */
static CamCsvResult *
read_and_name (Reading  *reading,
               GError  **error)
{
  g_autoptr(GError) problem = NULL;
  g_autofree char *base = NULL;
  CamCsvResult *result = read_guessing (reading, &problem);

  cam_csv_dialect_free (reading->dialect);
  if (problem == NULL)
    return result;

  base = reading->path != NULL ? g_path_get_basename (reading->path) : g_strdup (_("the pasted text"));
  if (problem->domain == CAM_DATASET_ERROR)
    g_prefix_error (&problem, "%s: ", base);
  g_propagate_error (error, g_steal_pointer (&problem));

  return NULL;
}

static CamCsvDialect *
dup_dialect (const CamCsvDialect *dialect)
{
  return dialect != NULL ? cam_csv_dialect_copy (dialect) : cam_csv_dialect_new ();
}

CamCsvResult *
cam_csv_read (const char           *path,
              const CamCsvDialect  *dialect,
              const json_t         *kinds,
              CamCsvProgress        progress,
              gpointer              user_data,
              GCancellable         *cancellable,
              GError              **error)
{
  Reading reading = { .path = path, .kinds = kinds, .most_rows = G_MAXSIZE, .progress = progress, .user_data = user_data, .cancellable = cancellable };

  g_return_val_if_fail (path != NULL, NULL);

  reading.dialect = dup_dialect (dialect);
  return read_and_name (&reading, error);
}

CamCsvResult *
cam_csv_read_head (const char           *path,
                   const CamCsvDialect  *dialect,
                   const json_t         *kinds,
                   gsize                 most_rows,
                   GCancellable         *cancellable,
                   GError              **error)
{
  Reading reading = { .path = path, .kinds = kinds, .most_rows = most_rows, .cancellable = cancellable };

  g_return_val_if_fail (path != NULL && most_rows > 0, NULL);

  reading.dialect = dup_dialect (dialect);
  return read_and_name (&reading, error);
}

CamCsvResult *
cam_csv_read_bytes (const char           *bytes,
                    gsize                 length,
                    const CamCsvDialect  *dialect,
                    const json_t         *kinds,
                    GError              **error)
{
  g_autoptr(GBytes) copy = g_bytes_new (bytes, length);
  Reading reading = { .bytes = copy, .kinds = kinds, .most_rows = G_MAXSIZE };

  reading.dialect = dup_dialect (dialect);
  return read_and_name (&reading, error);
}

void
cam_csv_result_free (CamCsvResult *result)
{
  if (result == NULL)
    return;

  g_clear_pointer (&result->table, cam_table_unref);
  g_clear_pointer (&result->dialect, cam_csv_dialect_free);
  g_clear_pointer (&result->notes, g_ptr_array_unref);
  g_strfreev (result->missing);
  g_free (result);
}
