/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column of texts is once all of it is known: which of its values are spellings of "missing", and whether it is a category. */
#include <string.h>

#include "cam-csv-private.h"

/* Texts that hardly repeat are no category: more levels than this in most rows, or so many in nearly all. */
#define MANY_LEVELS 64
#define SOME_LEVELS 20

/* Country codes and the like: nearly all levels are two capitals, as "NA" is. */
static gboolean
are_codes (const CamColumn *column)
{
  guint n_codes = 0, n = column->levels->len;

  for (guint i = 0; i < n; i++)
    {
      const char *level = g_ptr_array_index (column->levels, i);

      n_codes += strlen (level) == 2 && g_ascii_isupper (level[0]) && g_ascii_isupper (level[1]);
    }

  return n > 10 && n_codes > 0.9 * n;
}

/* Levels that spell "missing" become so; the others move up. */
static void
settle_missing (const CamCsvDialect *dialect,
                CamColumn           *column)
{
  g_autofree gint32 *place = g_new (gint32, column->levels->len + 1);
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  gboolean codes = are_codes (column);

  for (guint i = 0; i < column->levels->len; i++)
    {
      char *level = g_ptr_array_index (column->levels, i);
      gboolean is_code = codes && g_str_equal (level, "NA");

      place[i] = is_code || !cam_csv_is_missing (dialect, level, strlen (level), TRUE) ? (gint32) kept->len : -1;
      if (place[i] < 0)
        continue;
      g_ptr_array_add (kept, g_steal_pointer (&level));
      column->levels->pdata[i] = NULL;
    }

  for (guint row = 0; row < column->codes->len && kept->len < column->levels->len; row++)
    {
      gint32 *code = &g_array_index (column->codes, gint32, row);

      if (*code >= 0 && (*code = place[*code]) < 0)
        column->n_missing++;
    }
  g_ptr_array_unref (column->levels);
  column->levels = g_steal_pointer (&kept);
}

static gboolean
hardly_repeats (gsize n_levels,
                gsize n_present)
{
  return (n_levels > MANY_LEVELS && n_levels > n_present / 2) || (n_levels > SOME_LEVELS && (double) n_levels > 0.9 * (double) n_present);
}

void
cam_csv_settle_column (CamColumn           *column,
                       const CamCsvDialect *dialect,
                       gsize                n_rows,
                       const char          *said)
{
  if (column->kind == CAM_COLUMN_NUMBER)
    return;

  settle_missing (dialect, column);
  if (said != NULL)
    column->kind = g_str_equal (said, "text") ? CAM_COLUMN_TEXT : CAM_COLUMN_CATEGORY;
  else if (hardly_repeats (column->levels->len, n_rows - column->n_missing))
    column->kind = CAM_COLUMN_TEXT;
}
