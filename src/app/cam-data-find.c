/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for a value in a table. Levels are compared once each; then rows are only looked up. */

#include "cam-data-find.h"

#include <math.h>
#include <string.h>

#define SLICE 16384         /* rows between two looks at the cancellable */

typedef struct
{
  guint     column;
  double    number;         /* NaN: what is looked for is no number */
  gboolean *levels;         /* which of them have it; NULL: a column of numbers */
  guint     n_levels;
  char     *date_part;      /* of a date column: compared as text */
} CamLook;

static void
clear_look (gpointer data)
{
  CamLook *look = data;

  g_free (look->levels);
  g_free (look->date_part);
}

static CamLook
make_look (const CamTable *table,
           guint           column,
           const char     *needle,
           const char     *folded)
{
  CamLook look = { .column = column, .number = NAN, .n_levels = cam_table_get_n_levels (table, column) };
  char *end;

  if (cam_table_get_kind (table, column) == CAM_COLUMN_DATE)
    look.date_part = g_strdup (needle);
  else if (cam_column_kind_is_numeric (cam_table_get_kind (table, column)))
    {
      look.number = g_ascii_strtod (needle, &end);
      if (end == needle || *end != '\0')
        look.number = NAN;
    }
  else
    {
      look.levels = g_new0 (gboolean, look.n_levels + 1);
      for (guint i = 0; i < look.n_levels; i++)
        {
          g_autofree char *level = g_utf8_casefold (cam_table_get_level (table, column, i), -1);

          look.levels[i] = strstr (level, folded) != NULL;
        }
    }
  return look;
}

static gboolean
is_here (const CamTable *table,
         const CamLook  *look,
         gsize           row)
{
  if (look->levels != NULL)
    {
      int code = cam_table_get_code (table, look->column, row);

      return code >= 0 && (guint) code < look->n_levels && look->levels[code];
    }
  if (look->date_part != NULL)
    {
      g_autofree char *text = cam_table_dup_text (table, look->column, row);

      return text != NULL && strstr (text, look->date_part) != NULL;
    }
  return cam_table_get_number (table, look->column, row) == look->number;
}

gboolean
cam_data_find (const CamTable *table,
               const char     *needle,
               const GArray   *columns,
               gsize           from,
               gboolean        backward,
               GCancellable   *cancellable,
               CamDataFound   *found)
{
  const gsize n_rows = cam_table_get_n_rows (table);
  g_autofree char *folded = g_utf8_casefold (needle, -1);
  g_autoptr(GArray) looks = g_array_new (FALSE, FALSE, sizeof (CamLook));
  CamDataFound nearest = { 0, 0, 0 };
  gsize best = G_MAXSIZE;

  g_array_set_clear_func (looks, clear_look);
  for (guint i = 0; i < columns->len; i++)
    {
      CamLook look = make_look (table, g_array_index (columns, guint, i), needle, folded);

      g_array_append_val (looks, look);
    }
  for (gsize row = 0; row < n_rows; row++)
    {
      /* Steps from where the search begins, the way it goes. */
      gsize away = backward ? (from + n_rows - 1 - row) % n_rows : (row + n_rows - from % n_rows) % n_rows;

      if (row % SLICE == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      for (guint i = 0; i < looks->len; i++)
        if (is_here (table, &g_array_index (looks, CamLook, i), row))
          {
            nearest.n_all++;
            if (away < best)
              {
                best = away;
                nearest.row = row;
                nearest.column = g_array_index (looks, CamLook, i).column;
              }
            break;
          }
    }
  *found = nearest;
  return nearest.n_all > 0;
}
