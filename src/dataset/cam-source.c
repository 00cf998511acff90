/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at a path: which reader it is for, or what else it is. */
#include "cam-source-private.h"

#include "cam-csv-stream.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TELL_EVERY (50 * 1000)

gboolean
cam_source_tell (CamSourceRead  *read,
                 goffset         done,
                 goffset         total,
                 gsize           n_rows,
                 GError        **error)
{
  gint64 now = g_get_monotonic_time ();

  if (g_cancellable_set_error_if_cancelled (read->cancellable, error))
    return FALSE;
  if (read->progress != NULL && (done >= total || now - read->told >= TELL_EVERY))
    {
      read->told = now;
      read->progress (done, total, n_rows, read->user_data);
    }

  return TRUE;
}

GPtrArray *
cam_pixels_new (guint height,
                guint width,
                guint channels)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) cam_column_free);

  for (guint row = 0; row < height; row++)
    for (guint column = 0; column < width; column++)
      for (guint channel = 0; channel < channels; channel++)
        {
          char name[48];

          if (channels > 1)
            g_snprintf (name, sizeof name, "p%u_%u_%u", row, column, channel);
          else
            g_snprintf (name, sizeof name, "p%u_%u", row, column);
          g_ptr_array_add (columns, cam_column_new_bytes (name));
        }

  return columns;
}

void
cam_pixels_add (GPtrArray    *columns,
                gsize         row,
                const guint8 *bytes,
                gsize         n_rows)
{
  for (guint i = 0; i < columns->len; i++)
    cam_column_add_bytes (g_ptr_array_index (columns, i), row, bytes + i, columns->len, n_rows);
}

CamCsvResult *
cam_source_result (CamCsvForm form,
                   guint      height,
                   guint      width,
                   guint      channels)
{
  CamCsvResult *result = g_new0 (CamCsvResult, 1);

  result->table = cam_table_new ();
  if (height > 0)
    cam_table_set_image (result->table, height, width, channels);
  result->dialect = cam_csv_dialect_new ();
  result->dialect->form = form;
  result->dialect->height = height;
  result->dialect->width = width;
  result->dialect->channels = channels;
  result->notes = g_ptr_array_new_with_free_func (g_free);
  result->missing = g_new0 (char *, 1);

  return result;
}

void
cam_source_note (CamCsvResult *result,
                 const char   *format,
                 ...)
{
  va_list args;

  if (result->notes->len >= 100)
    return;
  va_start (args, format);
  g_ptr_array_add (result->notes, g_strdup_vprintf (format, args));
  va_end (args);
}

/* What people try to open and what to do instead; NULL: nothing known. */
static const char *
explain (const guchar *head,
         gsize         length)
{
  static const struct { const char *magic; gsize length; const char *message; } known[] = {
    { "PK\3\4", 4, N_("is a spreadsheet or an archive; save it as CSV, or copy its cells and paste them here") },
    { "\xD0\xCF\x11\xE0", 4, N_("is a spreadsheet; save it as CSV, or copy its cells and paste them here") },
    { "PAR1", 4, N_("is a Parquet file; save it as CSV") },
    { "ARROW1", 6, N_("is an Arrow file; save it as CSV") },
    { "\x89HDF", 4, N_("is an HDF5 file; save its table as CSV") },
    { "\x93NUMPY", 6, N_("is a NumPy array; save it as CSV") },
    { "SQLite format 3", 15, N_("is a database; save its table as CSV") },
    { "%PDF", 4, N_("is a PDF; copy its table and paste it here") },
    { "\x89PNG", 4, N_("is a picture; open the folder that holds it") },
    { "\xFF\xD8\xFF", 3, N_("is a picture; open the folder that holds it") },
    { "GIF8", 4, N_("is a picture; open the folder that holds it") },
    { "BZh", 3, N_("is packed with bzip2; unpack it, or pack it with gzip") },
    { "\xFD" "7zXZ", 5, N_("is packed with xz; unpack it, or pack it with gzip") },
    { "\x28\xB5\x2F\xFD", 4, N_("is packed with zstd; unpack it, or pack it with gzip") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (length >= known[i].length && memcmp (head, known[i].magic, known[i].length) == 0)
      return _(known[i].message);

  return NULL;
}

static CamCsvResult *
name_problem (CamCsvResult *result,
              const char   *path,
              GError       *problem,
              GError      **error)
{
  g_autofree char *base = NULL;

  if (problem == NULL)
    return result;
  base = g_path_get_basename (path);
  if (problem->domain == CAM_DATASET_ERROR)
    g_prefix_error (&problem, "%s: ", base);
  g_propagate_error (error, problem);

  return NULL;
}

/* Pictures and other things that are no text; *is_text: it is one, or cannot be read. */
static CamCsvResult *
read_special (CamSourceRead  *read,
              gboolean       *is_text,
              GError        **error)
{
  g_autoptr(CamInput) input = NULL;
  g_autofree char *base = g_path_get_basename (read->path);
  guchar head[16] = { 0 };
  const char *what;
  gssize n;

  *is_text = FALSE;
  if (g_file_test (read->path, G_FILE_TEST_IS_DIR))
    return cam_images_read (read, error);

  input = cam_input_open (read->path, NULL);
  n = input != NULL ? cam_input_read_fully (input, head, sizeof head, NULL) : -1;
  if (n >= 4 && cam_idx_is_magic (head))
    return cam_idx_read (read, error);
  what = n > 0 ? explain (head, (gsize) n) : NULL;
  if (what != NULL)
    {
      /* translators: what such a file is, and what to do instead: "is a picture; open the folder that holds it" */
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SYNTAX, _("the file %s"), what);
      return NULL;
    }
  *is_text = TRUE;

  return NULL;
}

CamCsvResult *
cam_source_read (const char           *path,
                 const CamCsvDialect  *dialect,
                 const json_t         *kinds,
                 CamCsvProgress        progress,
                 gpointer              user_data,
                 GCancellable         *cancellable,
                 GError              **error)
{
  CamSourceRead read = { path, dialect, G_MAXSIZE, progress, user_data, cancellable, 0 };
  GError *problem = NULL;
  CamCsvResult *result;
  gboolean is_text;

  g_return_val_if_fail (path != NULL, NULL);

  result = read_special (&read, &is_text, &problem);
  if (is_text)
    return cam_csv_read (path, dialect, kinds, progress, user_data, cancellable, error);

  return name_problem (result, path, problem, error);
}

CamCsvResult *
cam_source_read_head (const char           *path,
                      const CamCsvDialect  *dialect,
                      const json_t         *kinds,
                      gsize                 most_rows,
                      GCancellable         *cancellable,
                      GError              **error)
{
  CamSourceRead read = { path, dialect, most_rows, NULL, NULL, cancellable, 0 };
  GError *problem = NULL;
  CamCsvResult *result;
  gboolean is_text;

  g_return_val_if_fail (path != NULL && most_rows > 0, NULL);

  result = read_special (&read, &is_text, &problem);
  if (is_text)
    return cam_csv_read_head (path, dialect, kinds, most_rows, cancellable, error);

  return name_problem (result, path, problem, error);
}

gboolean
cam_source_stream (const char        *path,
                   const json_t      *kinds,
                   gsize              n_rows,
                   const CamRowSink  *sink,
                   CamCsvProgress     progress,
                   gpointer           user_data,
                   GCancellable      *cancellable,
                   GError           **error)
{
  CamSourceRead read = { path, NULL, G_MAXSIZE, progress, user_data, cancellable, 0 };
  GError *problem = NULL;
  g_autoptr(CamCsvResult) result = NULL;
  gboolean is_text;

  g_return_val_if_fail (path != NULL && n_rows > 0, FALSE);

  result = read_special (&read, &is_text, &problem);
  if (is_text)
    return cam_csv_stream (path, kinds, n_rows, sink, progress, user_data, cancellable, error);
  if (name_problem (result, path, problem, error) == NULL)
    return FALSE;

  return sink->begin (sink->user_data, error) && sink->take (sink->user_data, result->table, 0, TRUE, error);
}

json_t *
cam_source_kinds (const json_t *data)
{
  g_autoptr(json_t) kinds = json_object ();
  const char *name;
  json_t *column;

  json_object_foreach (json_object_get (data, "columns"), name, column)
    if (g_strcmp0 (json_string_value (json_object_get (column, "kind")), "date") == 0)
      json_object_set_new (kinds, name, json_string ("date"));

  return json_object_size (kinds) > 0 ? g_steal_pointer (&kinds) : NULL;
}
