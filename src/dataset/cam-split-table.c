/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a split is to know of a table's rows: the group, and the classes, labels or numbers of the targets. */
#include <math.h>

#include "cam-split-private.h"

/* The class of each row, numbered as they first come. */
static int *
find_classes (const CamTable *table,
              guint           column,
              const gsize    *rows,
              gsize           n)
{
  g_autoptr(GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int *classes = g_new (int, n + 1);
  char buf[40];

  for (gsize i = 0; i < n; i++)
    {
      const char *level = cam_cell_level (table, column, rows[i], buf);
      guint place;

      /* A target has no missing values in usable rows; a table that is used otherwise has them in a class of their own. */
      if (level == NULL)
        level = "";
      place = GPOINTER_TO_UINT (g_hash_table_lookup (places, level));
      if (place == 0)
        {
          place = g_hash_table_size (places) + 1;
          g_hash_table_insert (places, g_strdup (level), GUINT_TO_POINTER (place));
        }
      classes[i] = (int) place - 1;
    }

  return classes;
}

/* The first target's number in each row; NULL where one is not a number. */
static double *
find_values (const CamTable *table,
             guint           column,
             const gsize    *rows,
             gsize           n)
{
  g_autofree double *values = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      values[i] = cam_table_get_number (table, column, rows[i]);
      if (isnan (values[i]))
        return NULL;
    }

  return g_steal_pointer (&values);
}

/* All targets as 0 and 1; NULL where one has other values, so that the rows have no labels. */
static guint8 *
find_labels (const CamTable *table,
             const guint    *columns,
             guint           n_columns,
             const gsize    *rows,
             gsize           n)
{
  g_autofree guint8 *labels = g_new (guint8, n * n_columns + 1);

  for (guint c = 0; c < n_columns; c++)
    {
      g_autofree int *classes = find_classes (table, columns[c], rows, n);
      g_autofree double *values = find_values (table, columns[c], rows, n);

      for (gsize i = 0; i < n; i++)
        {
          if (values != NULL ? values[i] != 0.0 && values[i] != 1.0 : classes[i] > 1)
            return NULL;
          labels[i * n_columns + c] = values != NULL ? values[i] == 1.0 : classes[i] == 1;
        }
    }

  return g_steal_pointer (&labels);
}

gboolean
cam_split_table (const CamTable           *table,
                 const CamDataSettings    *settings,
                 const json_t             *json,
                 const gsize              *rows,
                 gsize                     n,
                 GArray                   *parts[CAM_N_PARTS],
                 GError                  **error)
{
  guint n_columns = cam_table_get_n_columns (table), n_targets = 0;
  g_autofree guint *targets = g_new (guint, n_columns + 1);
  CamSplitRows input = { .table = table, .rows = rows, .n = n, .group_column = -1 };
  g_autofree int *classes = NULL;
  g_autofree guint8 *labels = NULL;
  g_autofree double *values = NULL;

  for (guint i = 0; i < n_columns; i++)
    if (settings->columns[i].role == CAM_ROLE_TARGET)
      targets[n_targets++] = i;
    else if (settings->columns[i].role == CAM_ROLE_GROUP && input.group_column < 0)
      input.group_column = (int) i;

  if (n_targets > 1)
    labels = find_labels (table, targets, n_targets, rows, n);
  else if (n_targets == 1 && cam_column_kind_is_category (settings->columns[targets[0]].kind))
    classes = find_classes (table, targets[0], rows, n);
  if (n_targets > 0 && labels == NULL && classes == NULL)
    values = find_values (table, targets[0], rows, n);
  input.classes = classes;
  input.labels = labels;
  input.n_labels = n_targets;
  input.values = values;

  return cam_split_rows (json, &input, parts, error);
}
