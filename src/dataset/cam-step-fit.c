/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a step learns from the rows it is fitted on: statistics of numbers, levels of categories, what stands for a missing one. */
#include <cam-number.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-dataset-private.h"

#define MEDIAN_ROWS 10000          /* so many tell what is typical */

/* The values present among @rows; the caller frees. */
static double *
collect_values (const CamTable *table,
                guint           column,
                const gsize    *rows,
                gsize           n,
                gsize          *n_present)
{
  double *values = g_new (double, n + 1);

  *n_present = 0;
  for (gsize i = 0; i < n; i++)
    {
      double value = cam_table_get_number (table, column, rows[i]);

      if (!isnan (value))
        values[(*n_present)++] = value;
    }

  return values;
}

/* Mean and population deviation, by differences from the first value: no digits are lost where all values are large and alike. */
static void
measure (const double *values,
         gsize         n,
         double       *mean,
         double       *deviation)
{
  double sum = 0.0, squares = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      sum += values[i] - values[0];
      squares += (values[i] - values[0]) * (values[i] - values[0]);
    }

  *mean = values[0] + sum / (double) n;
  *deviation = sqrt (MAX (0.0, squares / (double) n - (sum / (double) n) * (sum / (double) n)));
}

/* The value at place @k in order; smaller ones stand before it afterwards, larger ones behind. Hoare's selection: a median costs a few passes, not a sort. */
static double
select_value (double *values,
              gsize   n,
              gsize   k)
{
  gsize low = 0, high = n - 1;

  while (low < high)
    {
      double pivot = values[low + (high - low) / 2];
      gsize i = low, j = high;

      for (;;)
        {
          double swapped;

          while (values[i] < pivot)
            i++;
          while (pivot < values[j])
            j--;
          if (i >= j)
            break;
          swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      if (k <= j)
        high = j;
      else
        low = j + 1;
    }

  return values[k];
}

/* Between two values in proportion, as NumPy and Excel do. Reorders @values. */
static double
find_quantile (double *values,
               gsize   n,
               double  share)
{
  double place = (double) (n - 1) * share, next;
  gsize k = (gsize) place;
  double value = select_value (values, n, k);

  if (k + 1 == n || place == (double) k)
    return value;
  next = values[k + 1];
  for (gsize i = k + 2; i < n; i++)
    next = MIN (next, values[i]);

  return value + (place - (double) k) * (next - value);
}

/* @spread 1 where there is none, or next to none: a constant column is moved to 0, and not blown up. */
static void
set_scale (CamStep *step,
           double   centre,
           double   spread)
{
  step->centre = centre;
  step->spread = spread > 1e-12 * fabs (centre) ? spread : 1.0;
}

static void
fit_scaling (CamStep *step,
             double  *values,
             gsize    n)
{
  double a, b;

  switch (step->scaling)
    {
    case CAM_SCALING_STANDARD:
      measure (values, n, &a, &b);
      set_scale (step, a, b);
      break;
    case CAM_SCALING_MIN_MAX:
      a = b = values[0];
      for (gsize i = 1; i < n; i++)
        {
          a = MIN (a, values[i]);
          b = MAX (b, values[i]);
        }
      set_scale (step, a, b - a);
      break;
    case CAM_SCALING_ROBUST:
      a = find_quantile (values, n, 0.5);
      b = find_quantile (values, n, 0.75);
      set_scale (step, a, b - find_quantile (values, n, 0.25));
      break;
    case CAM_SCALING_NONE:
    default:
      break;
    }
}

/* The levels in @rows and the most frequent of them (the first in order where several are). */
static GPtrArray *
collect_levels (const CamTable  *table,
                guint            column,
                const gsize     *rows,
                gsize            n,
                char           **most_frequent)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *levels = g_ptr_array_new_with_free_func (g_free);
  char buf[CAM_NUMBER_BUF];
  guint most = 0;

  for (gsize i = 0; i < n; i++)
    {
      const char *level = cam_cell_level (table, column, rows[i], buf);
      guint count;

      if (level == NULL)
        continue;
      count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, level)) + 1;
      if (count == 1)
        g_ptr_array_add (levels, g_strdup (level));
      g_hash_table_insert (counts, g_strdup (level), GUINT_TO_POINTER (count));
    }

  for (guint i = 0; i < levels->len; i++)
    {
      const char *level = g_ptr_array_index (levels, i);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, level));

      if (count > most || (count == most && g_strcmp0 (level, *most_frequent) < 0))
        {
          most = count;
          g_free (*most_frequent);
          *most_frequent = g_strdup (level);
        }
    }

  return levels;
}

/* The text of "fill", where it is given. */
char *
cam_step_dup_fill (const CamColumnSettings *settings)
{
  const json_t *fill = settings->fill;
  char buf[CAM_NUMBER_BUF];

  if (json_is_string (fill))
    return g_strdup (json_string_value (fill));

  return fill != NULL ? g_strdup (cam_number_shortest (buf, json_number_value (fill), FALSE)) : NULL;
}

static gboolean
read_fill (const CamColumnSettings  *settings,
           const char               *name,
           double                   *fill,
           GError                  **error)
{
  const char *text = json_string_value (settings->fill);

  *fill = 0.0;
  if (json_is_number (settings->fill))
    *fill = json_number_value (settings->fill);
  else if (text != NULL && (!cam_number_parse (text, strlen (text), fill) || !isfinite (*fill)))
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("Column “%s” has numbers, and “%s”, which is to stand for missing ones, is none"), name, text);
      return FALSE;
    }

  return TRUE;
}

/* What a missing number becomes. Reorders @values. */
static gboolean
fit_fill (CamStep                  *step,
          const CamTable           *table,
          const CamColumnSettings  *settings,
          const gsize              *rows,
          gsize                     n_rows,
          double                   *values,
          gsize                     n,
          GError                  **error)
{
  double unused;
  g_autofree char *level = NULL;

  switch (step->missing)
    {
    case CAM_MISSING_MEAN:
      measure (values, n, &step->fill, &unused);
      return TRUE;
    case CAM_MISSING_MEDIAN:
      step->fill = find_quantile (values, n, 0.5);
      return TRUE;
    case CAM_MISSING_MOST_FREQUENT:
      g_ptr_array_unref (collect_levels (table, settings->column, rows, n_rows, &level));
      if (level != NULL)
        step->fill = g_ascii_strtod (level, NULL);
      return TRUE;
    case CAM_MISSING_CONSTANT:
      return read_fill (settings, step->name, &step->fill, error);
    case CAM_MISSING_DROP:
    case CAM_MISSING_PREVIOUS:
    default:
      return TRUE;
    }
}

/* What was there, for who meets the model without its data: the ends, and a value in the middle, for which many rows need not all be asked. */
static void
find_seen (CamStep      *step,
           const double *values,
           gsize         n)
{
  gsize stride = 1 + (n - 1) / MEDIAN_ROWS, n_taken = 0;
  g_autofree double *taken = g_new (double, n / stride + 1);

  step->seen_min = step->seen_max = values[0];
  step->is_whole = TRUE;
  for (gsize i = 0; i < n; i++)
    {
      step->seen_min = MIN (step->seen_min, values[i]);
      step->seen_max = MAX (step->seen_max, values[i]);
      step->is_whole = step->is_whole && values[i] == floor (values[i]);
      if (i % stride == 0)
        taken[n_taken++] = values[i];
    }
  step->typical = select_value (taken, n_taken, (n_taken - 1) / 2);
}

gboolean
cam_step_fit_numbers (CamStep                  *step,
                      const CamTable           *table,
                      const CamColumnSettings  *settings,
                      const gsize              *rows,
                      gsize                     n,
                      GError                  **error)
{
  g_autofree double *values = NULL;
  gsize n_present;

  /* Reading a column is what costs; numbers that stay as they are tell nothing. */
  if (!step->tells_seen && settings->scaling == CAM_SCALING_NONE && (step->missing == CAM_MISSING_DROP || step->missing == CAM_MISSING_PREVIOUS) && n > 0 &&
      !cam_column_may_miss (table, settings->kind, settings->column))
    return TRUE;

  values = collect_values (table, settings->column, rows, n, &n_present);
  if (n_present == 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("Column “%s” has no number in the training rows; ignore it"), step->name);
      return FALSE;
    }
  if (step->tells_seen)
    find_seen (step, values, n_present);
  step->scaling = settings->scaling;
  if (!fit_fill (step, table, settings, rows, n, values, n_present, error))
    return FALSE;
  fit_scaling (step, values, n_present);

  return TRUE;
}

/* "No" before "yes", as the table has them, whatever the letters say. */
static void
put_yes_last (CamStep        *step,
              const CamTable *table,
              guint           column)
{
  if (step->levels->len != 2 || cam_table_get_kind (table, column) != CAM_COLUMN_YES_NO
      || !g_str_equal (g_ptr_array_index (step->levels, 0), cam_table_get_level (table, column, 1)))
    return;

  g_ptr_array_insert (step->levels, 1, g_ptr_array_steal_index (step->levels, 0));
  for (guint i = 0; i < 2; i++)
    g_hash_table_insert (step->index, g_ptr_array_index (step->levels, i), GUINT_TO_POINTER (i + 1));
}

static gboolean
has_level (GPtrArray  *levels,
           const char *level)
{
  return g_ptr_array_find_with_equal_func (levels, level, g_str_equal, NULL);
}

gboolean
cam_step_fit_levels (CamStep                  *step,
                     const CamTable           *table,
                     const CamColumnSettings  *settings,
                     const gsize              *rows,
                     gsize                     n,
                     GError                  **error)
{
  g_autofree char *most = NULL;
  GPtrArray *levels = collect_levels (table, settings->column, rows, n, &most);

  if (levels->len == 0)
    {
      g_ptr_array_unref (levels);
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("Column “%s” has no value in the training rows; ignore it"), step->name);
      return FALSE;
    }

  if (step->missing == CAM_MISSING_CONSTANT)
    {
      step->fill_level = settings->fill != NULL ? cam_step_dup_fill (settings) : g_strdup (_("missing"));
      if (!has_level (levels, step->fill_level))
        g_ptr_array_add (levels, g_strdup (step->fill_level));
    }
  /* A mean or median of words does not exist: their most frequent one stands for it. */
  else if (step->missing != CAM_MISSING_DROP && step->missing != CAM_MISSING_PREVIOUS)
    step->fill_level = g_steal_pointer (&most);
  step->coding = settings->coding;
  cam_step_set_levels (step, levels);
  put_yes_last (step, table, settings->column);

  return TRUE;
}

gboolean
cam_step_fit_classes (CamStep         *step,
                      const CamTable  *table,
                      guint            column,
                      const gsize     *rows,
                      gsize            n,
                      GError         **error)
{
  g_autofree char *most = NULL;

  cam_step_set_levels (step, collect_levels (table, column, rows, n, &most));
  put_yes_last (step, table, column);
  if (step->levels->len >= 2)
    return TRUE;

  g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
               _("The target “%s” has only one value, “%s”; there is nothing to learn"), step->name, most != NULL ? most : "");
  return FALSE;
}
