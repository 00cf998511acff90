/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the reader and whoever gets the rows: sees that each series stands in its order, and tells which rows the next ones need before them. */
#include "cam-series-stream.h"

#include <math.h>

#include "cam-dataset-private.h"

/* What a row to come is placed by: the last step, and the one before it. */
#define LEAST_ROWS 3

typedef struct
{
  guint   number;      /* in the order in which groups appear */
  double  last;        /* its last row's place in the order */
} Group;

typedef struct
{
  const CamPreparation *preparation;
  const CamRowSink     *sink;
  GHashTable           *groups;      /* name → Group */
  gboolean              is_disordered;
} SeriesStream;

gboolean
cam_preparation_goes_by_rows (const CamPreparation *self)
{
  gboolean by_rows = self->sequence.length == 0;

  for (guint i = 0; i < self->features->len; i++)
    by_rows = by_rows && ((const CamStep *) g_ptr_array_index (self->features, i))->missing != CAM_MISSING_PREVIOUS;

  return by_rows;
}

gboolean
cam_preparation_can_stream (const CamPreparation *self)
{
  gboolean takes_previous = FALSE;

  for (guint i = 0; i < self->features->len; i++)
    takes_previous = takes_previous || ((const CamStep *) g_ptr_array_index (self->features, i))->missing == CAM_MISSING_PREVIOUS;
  for (guint i = 0; i < self->targets->len; i++)
    takes_previous = takes_previous || ((const CamStep *) g_ptr_array_index (self->targets, i))->missing == CAM_MISSING_PREVIOUS;

  return self->sequence.length == 0 || (self->sequence.horizon <= 1 && !takes_previous);
}

static Group *
find_group (SeriesStream   *self,
            const CamTable *table,
            int             column,
            gsize           row)
{
  char buf[40];
  const char *name = column >= 0 ? cam_cell_level (table, (guint) column, row, buf) : NULL;
  Group *group = g_hash_table_lookup (self->groups, name != NULL ? name : "");

  if (group == NULL)
    {
      group = g_new (Group, 1);
      *group = (Group) { g_hash_table_size (self->groups), -INFINITY };
      g_hash_table_insert (self->groups, g_strdup (name != NULL ? name : ""), group);
    }

  return group;
}

/* A column of the preparation's own; −1: it has none, or the table lacks it, which is told when the rows are prepared. */
static int
find_own (const CamTable *table,
          const char     *name)
{
  return name != NULL ? cam_table_find (table, name) : -1;
}

static gboolean
stands_in_order (SeriesStream   *self,
                 const CamTable *table,
                 gsize           first)
{
  int group = find_own (table, self->preparation->group), order = find_own (table, self->preparation->order);

  if (order >= 0 && !cam_column_kind_is_numeric (cam_table_get_kind (table, (guint) order)))
    return FALSE;
  for (gsize row = first; row < cam_table_get_n_rows (table); row++)
    {
      Group *own = find_group (self, table, group, row);
      double place = order >= 0 ? cam_table_get_number (table, (guint) order, row) : own->last;

      if (!(place >= own->last))
        return FALSE;
      own->last = place;
    }

  return TRUE;
}

static gboolean
begin_cb (gpointer   user_data,
          GError   **error)
{
  SeriesStream *self = user_data;

  g_hash_table_remove_all (self->groups);
  return self->sink->begin (self->sink->user_data, error);
}

static gboolean
take_cb (gpointer    user_data,
         CamTable   *table,
         gsize       n_before,
         gboolean    is_last,
         GError    **error)
{
  SeriesStream *self = user_data;

  if (stands_in_order (self, table, n_before))
    return self->sink->take (self->sink->user_data, table, n_before, is_last, error);

  self->is_disordered = TRUE;
  g_set_error_literal (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS, "disordered");
  return FALSE;
}

/* Row @row may be where a later one takes a missing value from. */
static void
keep_sources (const SeriesStream *self,
              const CamTable     *table,
              gsize               row,
              gsize              *sources)
{
  for (guint i = 0; i < self->preparation->features->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->preparation->features, i);
      int column = step->missing == CAM_MISSING_PREVIOUS ? cam_table_find (table, step->name) : -1;

      if (column >= 0 && !cam_cell_is_missing (table, step->kind, (guint) column, row))
        sources[i] = row;
    }
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  gsize x = *(const gsize *) a, y = *(const gsize *) b;

  return x < y ? -1 : x > y;
}

/* The rows of one group that stay, ascending. */
static void
add_kept (GArray      *kept,
          gsize       *rows,
          guint        n)
{
  qsort (rows, n, sizeof (gsize), compare_rows);
  for (guint i = 0; i < n; i++)
    if (rows[i] != G_MAXSIZE && (i == 0 || rows[i] != rows[i - 1]))
      g_array_append_val (kept, rows[i]);
}

/* Group by group in the order in which they appeared, so that the next table has them in that order too. */
static gsize *
keep_cb (gpointer        user_data,
         const CamTable *table,
         gsize          *n_kept)
{
  SeriesStream *self = user_data;
  const CamSequence *sequence = &self->preparation->sequence;
  int column = find_own (table, self->preparation->group);
  guint n_groups = g_hash_table_size (self->groups), n_sources = self->preparation->features->len;
  guint n_last = sequence->length > 0 ? MAX (sequence->length + sequence->horizon, LEAST_ROWS) : 0, width = n_last + n_sources;
  g_autofree gsize *rows = g_new (gsize, (gsize) n_groups * width + 1), *n_rows = g_new0 (gsize, n_groups + 1);
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (gsize i = 0; i < (gsize) n_groups * width; i++)
    rows[i] = G_MAXSIZE;
  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      guint group = find_group (self, table, column, row)->number;
      gsize *own = rows + (gsize) group * width;

      if (n_last > 0)
        own[n_rows[group]++ % n_last] = row;
      keep_sources (self, table, row, own + n_last);
    }
  for (guint group = 0; group < n_groups; group++)
    add_kept (kept, rows + (gsize) group * width, width);
  *n_kept = kept->len;

  return (gsize *) (gpointer) g_array_free (kept, FALSE);
}

static void
odd_cb (gpointer    user_data,
        gsize       n_rows,
        const char *first)
{
  SeriesStream *self = user_data;

  if (self->sink->odd != NULL)
    self->sink->odd (self->sink->user_data, n_rows, first);
}

gboolean
cam_series_stream (const CamPreparation  *preparation,
                   const char            *path,
                   gsize                  n_rows,
                   const CamRowSink      *sink,
                   CamCsvProgress         progress,
                   gpointer               user_data,
                   GCancellable          *cancellable,
                   gboolean              *is_disordered,
                   GError               **error)
{
  SeriesStream self = { preparation, sink, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), FALSE };
  const CamRowSink own = { begin_cb, take_cb, keep_cb, odd_cb, &self };
  g_autoptr(json_t) kinds = cam_preparation_dup_kinds (preparation);
  g_autoptr(GError) problem = NULL;
  gboolean ok = cam_source_stream (path, kinds, n_rows, &own, progress, user_data, cancellable, &problem);

  g_hash_table_unref (self.groups);
  *is_disordered = self.is_disordered;
  if (!ok && !self.is_disordered)
    g_propagate_error (error, g_steal_pointer (&problem));

  return ok;
}
