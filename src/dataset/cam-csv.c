/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a CSV file: one pass through it, or two where a column turns out to be texts late. */
#include "cam-csv.h"

#include <glib/gi18n-lib.h>

#include "cam-csv-pass.h"

/* One way through the file, and a second where columns turned out to be texts late. */
static CamCsvResult *
read_table (CamCsvPass  *pass,
            GError     **error)
{
  g_autoptr(GHashTable) known_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(CamCsvResult) result = g_new0 (CamCsvResult, 1);
  CamCsvBuilder *builder = NULL;
  gboolean ok;

  do
    {
      cam_csv_builder_free (builder);
      builder = cam_csv_builder_new (pass->path, pass->dialect, pass->kinds, known_texts);
      cam_csv_builder_set_most_rows (builder, pass->most_rows);
      if (pass->guessed_skip)
        cam_csv_builder_add_note (builder, g_strdup_printf (ngettext ("The first line is no row of the table and was passed over.",
                                                                      "The first %u lines are no rows of the table and were passed over.",
                                                                      pass->dialect->skip_lines), pass->dialect->skip_lines));
      ok = cam_csv_pass_read_all (pass, builder, error);
    }
  while (ok && cam_csv_builder_must_reread (builder, known_texts));

  ok = ok && cam_csv_builder_finish (builder, result, error);
  cam_csv_builder_free (builder);

  return ok ? g_steal_pointer (&result) : NULL;
}

static CamCsvResult *
read_any (CamCsvPass  *pass,
          GError     **error)
{
  return pass->dialect->form == CAM_CSV_TABLE ? read_table (pass, error) : cam_csv_pass_read_prose (pass, error);
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
  CamCsvPass pass = { .path = path, .kinds = kinds, .most_rows = G_MAXSIZE, .progress = progress, .user_data = user_data, .cancellable = cancellable };

  g_return_val_if_fail (path != NULL, NULL);

  pass.dialect = dup_dialect (dialect);
  return cam_csv_pass_read (&pass, read_any, error);
}

CamCsvResult *
cam_csv_read_head (const char           *path,
                   const CamCsvDialect  *dialect,
                   const json_t         *kinds,
                   gsize                 most_rows,
                   GCancellable         *cancellable,
                   GError              **error)
{
  CamCsvPass pass = { .path = path, .kinds = kinds, .most_rows = most_rows, .cancellable = cancellable };

  g_return_val_if_fail (path != NULL && most_rows > 0, NULL);

  pass.dialect = dup_dialect (dialect);
  return cam_csv_pass_read (&pass, read_any, error);
}

CamCsvResult *
cam_csv_read_bytes (const char           *bytes,
                    gsize                 length,
                    const CamCsvDialect  *dialect,
                    const json_t         *kinds,
                    GError              **error)
{
  g_autoptr(GBytes) copy = g_bytes_new (bytes, length);
  CamCsvPass pass = { .bytes = copy, .kinds = kinds, .most_rows = G_MAXSIZE };

  pass.dialect = dup_dialect (dialect);
  return cam_csv_pass_read (&pass, read_any, error);
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
