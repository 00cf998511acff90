/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A first "data" section for a table that nobody has set up: a likely target, identifiers and texts left out, numbers scaled. */
#include <string.h>

#include "cam-dataset-private.h"

/* A whole-number column with at most this many values, named or placed as a target, is taken for classes. */
#define MOST_CLASSES 20

/* With fewer rows a class, words are names rather than classes: no split has some of each. */
#define ROWS_PER_CLASS 3

static gboolean
is_target_name (const char *name)
{
  static const char *const names[] = { "target", "class", "label", "y", "diagnosis", "species", "outcome", "classe", "alvo", "rotulo", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_strv_contains (names, lower);
}

/* Is there something to learn, and enough of it? */
static gboolean
can_be_target (const CamTable *table,
               guint           column)
{
  CamColumnSummary summary;

  if (cam_table_get_kind (table, column) == CAM_COLUMN_TEXT || cam_table_get_kind (table, column) == CAM_COLUMN_DATE)
    return FALSE;
  cam_table_summarise (table, column, &summary);

  return summary.n_different > 1 &&
         (cam_column_kind_is_numeric (cam_table_get_kind (table, column)) || summary.n >= ROWS_PER_CLASS * summary.n_different);
}

static guint
guess_target (const CamTable *table)
{
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    if (is_target_name (cam_table_get_name (table, i)) && can_be_target (table, i))
      return i;

  /* The last column, as tables for learning are mostly laid out. */
  for (guint i = cam_table_get_n_columns (table); i-- > 0;)
    if (can_be_target (table, i))
      return i;

  return cam_table_get_n_columns (table) - 1;
}

static gboolean
looks_like_classes (const CamTable         *table,
                    guint                   column,
                    const CamColumnSummary *summary)
{
  if (summary->n_different > MOST_CLASSES || summary->n_different < 2 || summary->n < 5 * summary->n_different)
    return FALSE;
  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      double value = cam_table_get_number (table, column, row);

      if (value == value && value != (double) (gint64) value)
        return FALSE;
    }

  return TRUE;
}

/* Every value another one, whole numbers one after the other or a name of the sort: of no use to learn from. */
static gboolean
looks_like_identifier (const CamTable         *table,
                       guint                   column,
                       const CamColumnSummary *summary)
{
  g_autofree char *lower = g_ascii_strdown (cam_table_get_name (table, column), -1);
  gboolean named = g_str_equal (lower, "id") || g_str_has_suffix (lower, "_id") || g_str_equal (lower, "udi") || g_str_equal (lower, "index");

  return cam_column_kind_is_numeric (cam_table_get_kind (table, column))
    ? named && summary->n_different == MIN (summary->n, 10000)
    : summary->n > 20 && summary->n_different == summary->n;
}

json_t *
cam_dataset_propose (const CamTable *table)
{
  json_t *columns = json_object ();
  guint target = guess_target (table);

  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    {
      const char *name = cam_table_get_name (table, i);
      CamColumnSummary summary;

      cam_table_summarise (table, i, &summary);
      if (i == target)
        {
          gboolean classes = !cam_column_kind_is_numeric (cam_table_get_kind (table, i)) || looks_like_classes (table, i, &summary);

          json_object_set_new (columns, name, json_pack ("{s:s, s:s}", "role", "target", "kind", classes ? "category" : "number"));
        }
      /* A date as it stands says nothing about rows of another time. */
      else if (cam_table_get_kind (table, i) == CAM_COLUMN_TEXT || cam_table_get_kind (table, i) == CAM_COLUMN_DATE || summary.n == 0 || looks_like_identifier (table, i, &summary))
        json_object_set_new (columns, name, json_pack ("{s:s}", "role", "ignored"));
      else if (summary.n_missing > 0)
        json_object_set_new (columns, name, json_pack ("{s:s}", "missing", cam_column_kind_is_numeric (cam_table_get_kind (table, i)) ? "mean" : "most_frequent"));
    }

  return json_pack ("{s:o, s:{s:s}}", "columns", columns, "preparation", "scaling", "standard");
}
