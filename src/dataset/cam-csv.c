/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a CSV file: the dialect guessed from its head, then source, parser and builder in one pass, or two where a column turns out to be texts late. */
#include "cam-csv.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <unistd.h>

#include "cam-csv-private.h"

#define HEAD_SIZE (256 * 1024)
/* Between two calls of the caller's function, in µs. */
#define TELL_EVERY (50 * 1000)

typedef struct
{
  const char     *path;
  CamCsvDialect  *dialect;
  const json_t   *kinds;
  CamCsvProgress  progress;
  gpointer        user_data;
  GCancellable   *cancellable;
  gboolean        guessed_encoding;
  gint64          told;
} Reading;

/* The first bytes of the file, as they are; −1: it cannot be read. */
static gssize
read_head (const char  *path,
           char        *head,
           GError     **error)
{
  int fd = cam_csv_open (path, NULL, error);
  gsize length = 0;
  gssize n;

  if (fd < 0)
    return -1;
  while (length < HEAD_SIZE && (n = read (fd, head + length, HEAD_SIZE - length)) > 0)
    length += (gsize) n;
  close (fd);

  return (gssize) length;
}

static gboolean
guess_encoding (Reading  *reading,
                GError  **error)
{
  g_autofree char *head = g_malloc (HEAD_SIZE);
  gssize length;

  if (*reading->dialect->encoding != 0)
    return TRUE;
  length = read_head (reading->path, head, error);
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

/* Fills in what the dialect leaves open from the first piece of text. */
static gboolean
guess_dialect (Reading  *reading,
               GError  **error)
{
  CamCsvSource *source = cam_csv_source_new (reading->path, reading->dialect->encoding, HEAD_SIZE, error);
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
    cam_csv_sniff (reading->dialect, text, (gsize) n, cam_csv_source_get_read (source) == cam_csv_source_get_total (source));
  cam_csv_source_free (source);

  return n > 0;
}

static gboolean
tell (Reading             *reading,
      const CamCsvSource  *source,
      const CamCsvBuilder *builder,
      gboolean             always,
      GError             **error)
{
  gint64 now = g_get_monotonic_time ();

  if (g_cancellable_set_error_if_cancelled (reading->cancellable, error))
    return FALSE;
  if (reading->progress != NULL && (always || now - reading->told >= TELL_EVERY))
    {
      reading->told = now;
      reading->progress (cam_csv_source_get_read (source), cam_csv_source_get_total (source), cam_csv_builder_get_n_rows (builder), reading->user_data);
    }

  return TRUE;
}

static gboolean
read_all (Reading        *reading,
          CamCsvBuilder  *builder,
          GError        **error)
{
  CamCsvSource *source = cam_csv_source_new (reading->path, reading->dialect->encoding, cam_csv_chunk_size, error);
  CamCsvEvents events = cam_csv_builder_events;
  CamCsvParser *parser;
  const char *text;
  gssize n = 0;
  gboolean ok = TRUE;

  if (source == NULL)
    return FALSE;
  events.user_data = builder;
  parser = cam_csv_parser_new (reading->dialect, &events);

  while (ok && (n = cam_csv_source_read (source, &text, error)) > 0)
    ok = cam_csv_parser_feed (parser, text, (gsize) n, error) && tell (reading, source, builder, FALSE, error);
  if (n < 0)
    {
      guint column;
      guint64 line = cam_csv_parser_get_position (parser, &column);

      g_prefix_error (error, _("line %" PRIu64 ", column %u: "), line, column);
    }
  ok = ok && n == 0 && cam_csv_parser_end (parser, error) && tell (reading, source, builder, TRUE, error);

  cam_csv_parser_free (parser);
  cam_csv_source_free (source);

  return ok;
}

/* One way through the file, and a second where columns turned out to be texts late. */
static CamCsvResult *
read_with_dialect (Reading  *reading,
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
      ok = read_all (reading, builder, error);
    }
  while (ok && cam_csv_builder_must_reread (builder, known_texts));

  ok = ok && cam_csv_builder_finish (builder, result, error);
  cam_csv_builder_free (builder);
  if (!ok)
    return NULL;

  return g_steal_pointer (&result);
}

/* Guesses, reads, and begins anew with an older encoding where the text is not UTF-8 after all. */
static CamCsvResult *
read_guessing (Reading  *reading,
               GError  **error)
{
  g_autoptr(CamCsvDialect) open = cam_csv_dialect_copy (reading->dialect);
  g_autoptr(GError) problem = NULL;
  g_autofree char *legacy = NULL;
  CamCsvResult *result = NULL;

  if (!guess_encoding (reading, error))
    return NULL;
  if (guess_dialect (reading, &problem))
    result = read_with_dialect (reading, &problem);
  if (result != NULL)
    return result;

  if (!reading->guessed_encoding || !g_error_matches (problem, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ENCODING))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  cam_csv_dialect_free (reading->dialect);
  reading->dialect = g_steal_pointer (&open);
  legacy = cam_csv_detect_legacy (reading->path, reading->cancellable, error);
  if (legacy == NULL)
    return NULL;
  g_strlcpy (reading->dialect->encoding, legacy, sizeof reading->dialect->encoding);
  if (!guess_dialect (reading, error))
    return NULL;

  return read_with_dialect (reading, error);
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
  Reading reading = { path, dialect != NULL ? cam_csv_dialect_copy (dialect) : cam_csv_dialect_new (), kinds, progress, user_data, cancellable, FALSE, 0 };
  g_autoptr(GError) problem = NULL;
  g_autofree char *base = NULL;
  CamCsvResult *result;

  g_return_val_if_fail (path != NULL, NULL);

  result = read_guessing (&reading, &problem);
  cam_csv_dialect_free (reading.dialect);
  if (problem != NULL)
    {
      base = g_path_get_basename (path);
      if (problem->domain == CAM_DATASET_ERROR)
        g_prefix_error (&problem, "%s: ", base);
      g_propagate_error (error, g_steal_pointer (&problem));
    }

  return result;
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
