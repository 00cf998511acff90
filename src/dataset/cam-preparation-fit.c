/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fitting a preparation: the task follows from the targets; means, deviations, fill values and levels from the training rows alone. */
#include <cam-number.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-dataset-private.h"

/* Mean and population deviation of what is present; NaN mean where nothing is. */
static void
measure (const CamTable *table,
         guint           column,
         const gsize    *rows,
         gsize           n,
         double         *mean,
         double         *deviation)
{
  double shift = NAN, sum = 0.0, squares = 0.0;
  gsize present = 0;

  for (gsize i = 0; i < n; i++)
    {
      double value = cam_table_get_number (table, column, rows[i]);

      if (isnan (value))
        continue;
      if (isnan (shift))
        shift = value;
      sum += value - shift;
      squares += (value - shift) * (value - shift);
      present++;
    }

  *mean = present > 0 ? shift + sum / (double) present : NAN;
  *deviation = present > 0 ? sqrt (MAX (0.0, squares / (double) present - (sum / (double) present) * (sum / (double) present))) : 1.0;
  /* A constant column is moved to 0, and not blown up. */
  if (!(*deviation > 1e-12 * fabs (*mean)))
    *deviation = 1.0;
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

static gboolean
fit_feature (CamPreparation           *self,
             const CamTable           *table,
             const CamColumnSettings  *settings,
             const gsize              *rows,
             gsize                     n,
             GError                  **error)
{
  const char *name = cam_table_get_name (table, settings->column);
  CamStep *step = cam_step_new (name, cam_column_kind_is_numeric (settings->kind) ? CAM_COLUMN_NUMBER : CAM_COLUMN_CATEGORY);

  step->missing = settings->missing;
  step->scaling = cam_column_kind_is_numeric (settings->kind) ? settings->scaling : CAM_SCALING_NONE;
  step->coding = settings->coding;
  g_ptr_array_add (self->features, step);

  if (cam_column_kind_is_numeric (settings->kind))
    {
      measure (table, settings->column, rows, n, &step->mean, &step->deviation);
      if (isnan (step->mean))
        {
          g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("Column “%s” has no number in the training rows; ignore it"), name);
          return FALSE;
        }
      if (settings->missing == CAM_MISSING_MEAN)
        step->fill = step->mean;
      else if (settings->missing == CAM_MISSING_MOST_FREQUENT)
        {
          g_autofree char *level = NULL;

          g_ptr_array_unref (collect_levels (table, settings->column, rows, n, &level));
          if (level != NULL)
            step->fill = g_ascii_strtod (level, NULL);
        }
      return TRUE;
    }

  {
    g_autofree char *most = NULL;

    cam_step_set_levels (step, collect_levels (table, settings->column, rows, n, &most));
    if (step->levels->len == 0)
      {
        g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("Column “%s” has no value in the training rows; ignore it"), name);
        return FALSE;
      }
    /* A mean of words does not exist: their most frequent one stands for it. */
    if (settings->missing != CAM_MISSING_DROP)
      step->fill_level = g_steal_pointer (&most);
  }

  return TRUE;
}

static gboolean
is_yes_no (const CamTable *table,
           guint           column,
           const gsize    *rows,
           gsize           n)
{
  for (gsize i = 0; i < n; i++)
    {
      double value = cam_table_get_number (table, column, rows[i]);

      if (value != 0.0 && value != 1.0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
fit_target (CamPreparation           *self,
            const CamTable           *table,
            const CamColumnSettings  *settings,
            const gsize              *all_rows,
            gsize                     n_all,
            const gsize              *rows,
            gsize                     n,
            GError                  **error)
{
  const char *name = cam_table_get_name (table, settings->column);
  CamStep *step = cam_step_new (name, cam_column_kind_is_numeric (settings->kind) ? CAM_COLUMN_NUMBER : CAM_COLUMN_CATEGORY);

  g_ptr_array_add (self->targets, step);
  step->scaling = cam_column_kind_is_numeric (settings->kind) ? settings->scaling : CAM_SCALING_NONE;
  if (cam_column_kind_is_numeric (settings->kind))
    {
      measure (table, settings->column, rows, n, &step->mean, &step->deviation);
      return TRUE;
    }

  {
    g_autofree char *most = NULL;

    /* Classes are names, not statistics: those of all rows. */
    cam_step_set_levels (step, collect_levels (table, settings->column, all_rows, n_all, &most));
    if (step->levels->len < 2)
      {
        g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
                     _("The target “%s” has only one value, “%s”; there is nothing to learn"), name, most != NULL ? most : "");
        return FALSE;
      }
  }

  return TRUE;
}

static gboolean
find_task (const CamTable           *table,
           const CamColumnSettings  *settings,
           const gsize              *rows,
           gsize                     n,
           CamTask                  *task,
           GError                  **error)
{
  guint n_numbers = 0, n_categories = 0, n_yes_no = 0;

  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    {
      if (settings[i].role != CAM_ROLE_TARGET)
        continue;
      n_numbers += cam_column_kind_is_numeric (settings[i].kind);
      n_categories += cam_column_kind_is_category (settings[i].kind);
      n_yes_no += is_yes_no (table, settings[i].column, rows, n);
    }

  if (n_numbers + n_categories == 0)
    g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS, _("No column is the target; choose what the network shall predict"));
  else if (n_numbers + n_categories > 1 && n_yes_no == n_numbers + n_categories)
    *task = CAM_TASK_MULTILABEL;
  else if (n_categories == 0)
    *task = CAM_TASK_REGRESSION;
  else if (n_numbers == 0 && n_categories == 1)
    *task = CAM_TASK_MULTICLASS;   /* or binary: its classes tell */
  else
    g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
                 _("Several targets must all be numbers, or all 0 and 1; leave only one category as the target"));

  return n_numbers + n_categories > 0 && (error == NULL || *error == NULL);
}

CamPreparation *
cam_preparation_fit (const CamTable           *table,
                     const CamColumnSettings  *settings,
                     const gsize              *all_rows,
                     gsize                     n_all,
                     const gsize              *rows,
                     gsize                     n_rows,
                     GError                  **error)
{
  g_autoptr(CamPreparation) self = NULL;
  g_autoptr(GError) problem = NULL;
  CamTask task = CAM_TASK_REGRESSION;

  if (!find_task (table, settings, all_rows, n_all, &task, &problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  self = cam_preparation_new (task);
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    if ((settings[i].role == CAM_ROLE_FEATURE && !fit_feature (self, table, &settings[i], rows, n_rows, error)) ||
        (settings[i].role == CAM_ROLE_TARGET && !fit_target (self, table, &settings[i], all_rows, n_all, rows, n_rows, error)))
      return NULL;
  if (self->features->len == 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS, _("No column is a feature; choose what the network shall learn from"));
      return NULL;
    }

  if (task == CAM_TASK_MULTICLASS && ((CamStep *) g_ptr_array_index (self->targets, 0))->levels->len == 2)
    self->task = CAM_TASK_BINARY;
  cam_preparation_seal (self);

  return g_steal_pointer (&self);
}
