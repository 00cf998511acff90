/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column's way into the network: one cell by hand, and many cells of a table. A table is gone through in blocks of rows, each column of a block by itself, so that
 * what does not change within a column is decided once and the rows of a block stay in the cache. */
#include <cam-number.h>
#include <math.h>
#include <string.h>

#include "cam-dataset-private.h"
#include "cam-table-private.h"
#include "cam-date.h"

#define BLOCK_ROWS 512

CamStep *
cam_step_new (const char    *name,
              CamColumnKind  kind)
{
  CamStep *self = g_new0 (CamStep, 1);

  self->name = g_strdup (name);
  self->kind = kind;
  self->fill = NAN;
  self->spread = 1.0;
  self->seen_min = self->seen_max = self->typical = NAN;

  return self;
}

void
cam_step_free (CamStep *self)
{
  g_free (self->name);
  g_free (self->fill_level);
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_free (self);
}

/* Levels that are all numbers stand by size, others by their letters. */
static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const char *x = *(const char *const *) a, *y = *(const char *const *) b;
  double p = 0.0, q = 0.0;

  cam_number_parse (x, strlen (x), &p);
  cam_number_parse (y, strlen (y), &q);

  return p < q ? -1 : p > q ? 1 : strcmp (x, y);
}

int
cam_compare_words (gconstpointer a,
                   gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

void
cam_step_set_levels (CamStep   *self,
                     GPtrArray *levels)
{
  gboolean all_numbers = TRUE;

  for (guint i = 0; i < levels->len; i++)
    {
      double value;
      const char *level = g_ptr_array_index (levels, i);

      all_numbers = all_numbers && cam_number_parse (level, strlen (level), &value);
    }
  g_ptr_array_sort (levels, all_numbers ? compare_numbers : cam_compare_words);

  self->levels = levels;
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < levels->len; i++)
    g_hash_table_insert (self->index, g_ptr_array_index (levels, i), GUINT_TO_POINTER (i + 1));
}

guint
cam_step_width (const CamStep *self)
{
  return (cam_column_kind_is_category (self->kind) && self->coding == CAM_CODING_ONE_HOT ? self->levels->len : 1) + (self->flag ? 1 : 0);
}

const char *
cam_cell_level (const CamTable *table,
                guint           column,
                gsize           row,
                char            buf[40])
{
  double value;

  if (!cam_column_kind_is_numeric (cam_table_get_kind (table, column)))
    {
      int code = cam_table_get_code (table, column, row);

      return code >= 0 ? cam_table_get_level (table, column, (guint) code) : NULL;
    }

  value = cam_table_get_number (table, column, row);
  if (cam_table_get_kind (table, column) == CAM_COLUMN_DATE)
    {
      g_autofree char *date = cam_table_dup_value (table, column, value);

      g_strlcpy (buf, date, CAM_NUMBER_BUF);
      return isnan (value) ? NULL : buf;
    }
  return isnan (value) ? NULL : cam_number_shortest (buf, value, FALSE);
}

gboolean
cam_cell_is_missing (const CamTable *table,
                     CamColumnKind   kind,
                     guint           column,
                     gsize           row)
{
  if (cam_column_kind_is_numeric (kind) || cam_column_kind_is_numeric (cam_table_get_kind (table, column)))
    return isnan (cam_table_get_number (table, column, row));

  return cam_table_get_code (table, column, row) < 0;
}

gboolean
cam_column_may_miss (const CamTable *table,
                     CamColumnKind   kind,
                     guint           column)
{
  CamColumnKind own = cam_table_get_kind (table, column);

  /* Words that are to be numbers may be none. */
  return cam_table_get_n_missing (table, column) > 0 || (cam_column_kind_is_numeric (kind) && !cam_column_kind_is_numeric (own) && own != CAM_COLUMN_YES_NO);
}

/* Values and places --------------------------------------------------------------------------------------------- */

static inline gboolean
put_value (const CamStep *self,
           double         value,
           float         *to)
{
  *to = (float) ((value - self->centre) / self->spread);
  return !isnan (value);
}

/* @place: of the level + 1; 0: one never seen in training, which is none of those known: all zeros, but no number of its own. */
static inline gboolean
put_place (const CamStep *self,
           gint32         place,
           float         *to)
{
  if (self->coding == CAM_CODING_ORDINAL)
    {
      *to = (float) place - 1.0f;
      return place > 0;
    }
  memset (to, 0, self->levels->len * sizeof (float));
  if (place > 0)
    to[place - 1] = 1.0f;

  return TRUE;
}

static gint32
find_place (const CamStep *self,
            const char    *level)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->index, level));
}

gboolean
cam_step_apply_text (const CamStep *self,
                     const char    *text,
                     float         *to)
{
  double value = NAN;
  const char *level = text != NULL ? text : self->fill_level;
  gboolean is_missing = text == NULL;

  if (cam_column_kind_is_category (self->kind))
    {
      if (self->flag)
        to[cam_step_width (self) - 1] = is_missing ? 1.0f : 0.0f;
      return level != NULL && put_place (self, find_place (self, level), to);
    }

  if (text != NULL && (!cam_number_parse (text, strlen (text), &value) || !isfinite (value)) &&
      !cam_date_parse (text, strlen (text), CAM_DATE_ISO, &value, NULL, NULL))
    value = NAN;
  is_missing = isnan (value);
  if (self->flag)
    to[1] = is_missing ? 1.0f : 0.0f;

  return put_value (self, is_missing ? self->fill : value, to);
}

gboolean
cam_step_apply_number (const CamStep *self,
                       double         value,
                       float         *to)
{
  if (self->flag)
    to[1] = isnan (value) ? 1.0f : 0.0f;

  return put_value (self, isnan (value) ? self->fill : value, to);
}

/* Cells of a table ---------------------------------------------------------------------------------------------- */

static void
cells_init (CamCells        *self,
            const CamStep   *step,
            const CamTable  *table,
            guint            column,
            const CamSeries *series)
{
  *self = (CamCells) { .step = step, .column = column };
  if (step->missing == CAM_MISSING_PREVIOUS && cam_column_may_miss (table, step->kind, column))
    self->previous = cam_series_find_previous (series, table, step, column);
  if (!cam_column_kind_is_category (step->kind) || cam_column_kind_is_numeric (cam_table_get_kind (table, column)))
    return;

  self->places = g_new (gint32, cam_table_get_n_levels (table, column) + 1);
  for (guint i = 0; i < cam_table_get_n_levels (table, column); i++)
    self->places[i] = find_place (step, cam_table_get_level (table, column, i));
}

static void
cells_clear (CamCells *self)
{
  g_free (self->places);
  g_free (self->previous);
}

/* The row whose cell counts; G_MAXSIZE: there is none. */
static inline gsize
find_source (const CamCells *self,
             gsize           row)
{
  return self->previous != NULL ? self->previous[row] : row;
}

static void
fill_numbers (const CamCells *self,
              const CamTable *table,
              const gsize    *rows,
              gsize           n,
              double          fill,
              float          *to,
              guint           stride,
              guint8         *is_whole)
{
  const CamStep *step = self->step;
  const CamColumn *column = cam_table_peek_column (table, self->column);

  for (gsize i = 0; i < n; i++, to += stride)
    {
      gsize source = find_source (self, rows[i]);
      double value = source == G_MAXSIZE ? NAN : column->chunks != NULL ? cam_column_get_number (column, source) : cam_table_get_number (table, self->column, source);
      gboolean is_missing = isnan (value) || source != rows[i];

      is_whole[i] &= put_value (step, isnan (value) ? fill : value, to);
      if (step->flag)
        to[1] = is_missing ? 1.0f : 0.0f;
    }
}

/* The level's place + 1; −1: missing. */
static inline gint32
get_place (const CamCells *self,
           const CamTable *table,
           gsize           row)
{
  char buf[CAM_NUMBER_BUF];
  const char *level;
  int code;

  if (self->places != NULL)
    {
      code = cam_table_get_code (table, self->column, row);
      return code >= 0 ? self->places[code] : -1;
    }
  level = cam_cell_level (table, self->column, row, buf);

  return level != NULL ? find_place (self->step, level) : -1;
}

static void
fill_levels (const CamCells *self,
             const CamTable *table,
             const gsize    *rows,
             gsize           n,
             const char     *fill,
             float          *to,
             guint           stride,
             guint8         *is_whole)
{
  const CamStep *step = self->step;
  guint last = cam_step_width (step) - 1;
  gint32 filled = fill != NULL ? find_place (step, fill) : -1;

  for (gsize i = 0; i < n; i++, to += stride)
    {
      gsize source = find_source (self, rows[i]);
      gint32 place = source != G_MAXSIZE ? get_place (self, table, source) : -1;
      gboolean is_missing = place < 0 || source != rows[i];

      if (place < 0)
        place = filled;
      is_whole[i] &= place >= 0 && put_place (step, place, to);
      if (step->flag)
        to[last] = is_missing ? 1.0f : 0.0f;
    }
}

static void
fill_words (const CamCells *self,
            const CamView  *view,
            const gsize    *rows,
            gsize           n,
            float          *to,
            guint           stride,
            guint8         *is_whole)
{
  for (gsize i = 0; i < n; i++, to += stride)
    {
      char buf[CAM_NUMBER_BUF];
      const char *text = cam_cell_level (view->table, self->column, rows[i], buf);

      if (text == NULL)
        text = self->step->fill_level;
      if (text == NULL)
        is_whole[i] = 0;
      else
        cam_words_index (view->preparation->words, text, view->preparation->text_length, to);
    }
}

/* Targets: classes as 0 and 1. What is not known is filled only where it is an input. */
static void
fill_classes (const CamCells *self,
              const CamView  *view,
              const gsize    *rows,
              gsize           n,
              gboolean        is_past,
              float          *to,
              guint           stride,
              guint8         *is_whole)
{
  const CamStep *step = self->step;
  gboolean one_hot = view->preparation->task == CAM_TASK_MULTICLASS;
  gint32 filled = is_past && step->fill_level != NULL ? find_place (step, step->fill_level) : 0;

  for (gsize i = 0; i < n; i++, to += stride)
    {
      gsize source = is_past ? find_source (self, rows[i]) : rows[i];
      gint32 place = source != G_MAXSIZE ? get_place (self, view->table, source) : -1;

      if (place < 0)
        place = filled;
      is_whole[i] &= place > 0;
      if (!one_hot)
        to[0] = (float) place - 1.0f;
      else
        for (guint c = 0; c < step->levels->len; c++)
          to[c] = (gint32) c + 1 == place ? 1.0f : 0.0f;
    }
}

static void
fill_target_numbers (const CamCells *self,
                     const CamView  *view,
                     const gsize    *rows,
                     gsize           n,
                     gboolean        is_past,
                     float          *to,
                     guint           stride,
                     guint8         *is_whole)
{
  CamCells plain = *self;

  if (!is_past)
    plain.previous = NULL;
  fill_numbers (&plain, view->table, rows, n, is_past ? self->step->fill : NAN, to, stride, is_whole);
}

void
cam_view_fill_features (const CamView *self,
                        const gsize   *rows,
                        gsize          n,
                        float         *to,
                        guint          stride,
                        guint8        *is_whole)
{
  for (gsize first = 0; first < n; first += BLOCK_ROWS)
    {
      gsize here = MIN (BLOCK_ROWS, n - first);
      float *at = to + first * stride;

      for (guint i = 0; i < self->preparation->features->len; i++)
        {
          const CamCells *cells = &self->features[i];
          const CamStep *step = cells->step;

          if (step->kind == CAM_COLUMN_TEXT)
            fill_words (cells, self, rows + first, here, at, stride, is_whole + first);
          else if (cam_column_kind_is_category (step->kind))
            fill_levels (cells, self->table, rows + first, here, step->fill_level, at, stride, is_whole + first);
          else
            fill_numbers (cells, self->table, rows + first, here, step->fill, at, stride, is_whole + first);
          at += cam_step_width (step);
        }
    }
}

void
cam_view_fill_targets (const CamView *self,
                       const gsize   *rows,
                       gsize          n,
                       gboolean       is_past,
                       float         *to,
                       guint          stride,
                       guint8        *is_whole)
{
  for (guint i = 0; i < self->preparation->targets->len; i++)
    if (cam_column_kind_is_numeric (self->targets[i].step->kind))
      fill_target_numbers (&self->targets[i], self, rows, n, is_past, to + i, stride, is_whole);
    else
      fill_classes (&self->targets[i], self, rows, n, is_past, to + i, stride, is_whole);
}

/* The view -------------------------------------------------------------------------------------------------------- */

/* A column for each step; NULL with @error set: one is missing. */
static guint *
find_columns (GPtrArray       *steps,
              const CamTable  *table,
              GError         **error)
{
  g_autofree guint *columns = g_new (guint, steps->len + 1);

  for (guint i = 0; i < steps->len; i++)
    {
      const CamStep *step = g_ptr_array_index (steps, i);
      int column = cam_table_find (table, step->name);

      if (column < 0)
        {
          cam_dataset_tell_missing_column (step->name, error);
          return NULL;
        }
      columns[i] = (guint) column;
    }

  return g_steal_pointer (&columns);
}

static CamCells *
make_cells (const CamView *self,
            GPtrArray     *steps,
            const guint   *columns)
{
  CamCells *cells = g_new0 (CamCells, steps->len + 1);

  for (guint i = 0; i < steps->len; i++)
    cells_init (&cells[i], g_ptr_array_index (steps, i), self->table, columns[i], &self->series);

  return cells;
}

static gboolean
needs_series (const CamPreparation *preparation)
{
  gboolean needs = preparation->sequence.length > 0;

  for (guint i = 0; i < preparation->features->len; i++)
    needs = needs || ((const CamStep *) g_ptr_array_index (preparation->features, i))->missing == CAM_MISSING_PREVIOUS;

  return needs;
}

/* The column that orders or groups the rows; −1: none. FALSE: the table lacks it. */
static gboolean
find_own (const CamTable  *table,
          const char      *name,
          int             *column,
          GError         **error)
{
  *column = name != NULL ? cam_table_find (table, name) : -1;
  if (name != NULL && *column < 0)
    cam_dataset_tell_missing_column (name, error);

  return name == NULL || *column >= 0;
}

gboolean
cam_view_init (CamView               *self,
               const CamPreparation  *preparation,
               const CamTable        *table,
               gboolean               wants_targets,
               gboolean               needs_targets,
               GError               **error)
{
  g_autofree guint *features = NULL, *targets = NULL;
  int group, order;

  *self = (CamView) { .preparation = preparation, .table = table };
  features = find_columns (preparation->features, table, error);
  if (features == NULL)
    return FALSE;
  if (preparation->targets->len > 0 && (wants_targets || needs_targets))
    targets = find_columns (preparation->targets, table, needs_targets ? error : NULL);
  if (needs_targets && targets == NULL && preparation->targets->len > 0)
    return FALSE;
  if (needs_series (preparation))
    {
      if (!find_own (table, preparation->group, &group, error) || !find_own (table, preparation->order, &order, error))
        return FALSE;
      cam_series_init (&self->series, table, group, order);
    }

  self->features = make_cells (self, preparation->features, features);
  if (targets != NULL)
    self->targets = make_cells (self, preparation->targets, targets);

  return TRUE;
}

static void
free_cells (CamCells *cells,
            guint     n)
{
  for (guint i = 0; cells != NULL && i < n; i++)
    cells_clear (&cells[i]);
  g_free (cells);
}

void
cam_view_clear (CamView *self)
{
  if (self->preparation == NULL)
    return;

  free_cells (self->features, self->preparation->features->len);
  free_cells (self->targets, self->preparation->targets->len);
  cam_series_clear (&self->series);
  *self = (CamView) { NULL };
}
