/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a table in their order, each group's by themselves: what "the row before" means. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cam-dataset-private.h"

typedef struct
{
  guint  series;
  double place;       /* in the order; NaN: none */
  gsize  row;
} Sorted;

/* Rows without a place come last; equal ones as they stand. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Sorted *x = a, *y = b;

  if (x->series != y->series)
    return x->series < y->series ? -1 : 1;
  if (isnan (x->place) != isnan (y->place))
    return isnan (x->place) ? 1 : -1;
  if (!isnan (x->place) && x->place != y->place)
    return x->place < y->place ? -1 : 1;

  return x->row < y->row ? -1 : x->row > y->row;
}

/* Texts that are no numbers stand in the order of their letters. */
static double *
find_places (const CamTable *table,
             guint           column)
{
  gsize n = cam_table_get_n_rows (table);
  double *places = g_new (double, n + 1);
  guint n_levels = cam_table_get_n_levels (table, column);
  g_autoptr(GPtrArray) sorted = NULL;
  g_autoptr(GHashTable) index = NULL;
  gboolean all_numbers = TRUE;

  for (gsize row = 0; row < n; row++)
    {
      places[row] = cam_table_get_number (table, column, row);
      all_numbers = all_numbers && (!isnan (places[row]) || cam_table_get_code (table, column, row) < 0);
    }
  if (all_numbers)
    return places;

  sorted = g_ptr_array_new ();
  index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_levels; i++)
    g_ptr_array_add (sorted, (gpointer) cam_table_get_level (table, column, i));
  qsort (sorted->pdata, sorted->len, sizeof (gpointer), cam_compare_words);
  for (guint i = 0; i < sorted->len; i++)
    g_hash_table_insert (index, g_ptr_array_index (sorted, i), GUINT_TO_POINTER (i));
  for (gsize row = 0; row < n; row++)
    {
      int code = cam_table_get_code (table, column, row);

      places[row] = code >= 0 ? GPOINTER_TO_UINT (g_hash_table_lookup (index, cam_table_get_level (table, column, (guint) code))) : NAN;
    }

  return places;
}

/* The group of each row, numbered as they appear; rows without a name are a group of their own. */
static guint
find_series (const CamTable *table,
             int             column,
             Sorted         *sorted,
             gsize           n)
{
  g_autoptr(GHashTable) index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize row = 0; row < n; row++)
    {
      char buf[40];
      const char *name = cam_cell_level (table, (guint) column, row, buf);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (index, name != NULL ? name : ""));

      if (place == 0)
        {
          place = g_hash_table_size (index) + 1;
          g_hash_table_insert (index, g_strdup (name != NULL ? name : ""), GUINT_TO_POINTER (place));
        }
      sorted[row].series = place - 1;
    }

  return g_hash_table_size (index);
}

void
cam_series_init (CamSeries      *self,
                 const CamTable *table,
                 int             group,
                 int             order)
{
  gsize n = cam_table_get_n_rows (table);
  g_autofree Sorted *sorted = g_new0 (Sorted, n + 1);
  g_autofree double *places = order >= 0 ? find_places (table, (guint) order) : NULL;

  for (gsize row = 0; row < n; row++)
    sorted[row] = (Sorted) { 0, places != NULL ? places[row] : 0.0, row };
  *self = (CamSeries) { .n_rows = n, .n_series = n > 0 ? 1 : 0 };
  if (group >= 0)
    self->n_series = find_series (table, group, sorted, n);
  if (group >= 0 || order >= 0)
    qsort (sorted, n, sizeof (Sorted), compare);

  self->rows = g_new (gsize, n + 1);
  self->starts = g_new0 (gsize, self->n_series + 1);
  for (gsize i = 0; i < n; i++)
    {
      self->rows[i] = sorted[i].row;
      self->starts[sorted[i].series + 1] = i + 1;
    }
}

void
cam_series_clear (CamSeries *self)
{
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->starts, g_free);
}

gsize *
cam_series_find_previous (const CamSeries *self,
                          const CamTable  *table,
                          const CamStep   *step,
                          guint            column)
{
  gsize *previous = g_new (gsize, self->n_rows + 1);

  for (guint s = 0; s < self->n_series; s++)
    {
      gsize last = G_MAXSIZE;

      for (gsize i = self->starts[s]; i < self->starts[s + 1]; i++)
        {
          if (!cam_cell_is_missing (table, step->kind, column, self->rows[i]))
            last = self->rows[i];
          previous[self->rows[i]] = last;
        }
    }

  return previous;
}
