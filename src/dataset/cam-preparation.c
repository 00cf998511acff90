/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preparation: what it is, and applying it to a table. How it is fitted stands in cam-preparation-fit.c, as JSON in cam-preparation-json.c. */
#include <cam-number.h>
#include <cam-tensor.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-dataset-private.h"
#include "cam-date.h"

CamStep *
cam_step_new (const char    *name,
              CamColumnKind  kind)
{
  CamStep *self = g_new0 (CamStep, 1);

  self->name = g_strdup (name);
  self->kind = kind;
  self->fill = NAN;
  self->deviation = 1.0;

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

static int
compare_words (gconstpointer a,
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
  g_ptr_array_sort (levels, all_numbers ? compare_numbers : compare_words);

  self->levels = levels;
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < levels->len; i++)
    g_hash_table_insert (self->index, g_ptr_array_index (levels, i), GUINT_TO_POINTER (i + 1));
}

guint
cam_step_width (const CamStep *self)
{
  return self->kind == CAM_COLUMN_CATEGORY && self->coding == CAM_CODING_ONE_HOT ? self->levels->len : 1;
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

static gboolean
apply_value (const CamStep *self,
             double         value,
             float         *to)
{
  if (isnan (value))
    value = self->fill;
  if (isnan (value))
    return FALSE;
  if (self->scaling == CAM_SCALING_STANDARD)
    value = (value - self->mean) / self->deviation;
  *to = (float) value;

  return TRUE;
}

static gboolean
apply_number (const CamStep  *self,
              const CamTable *table,
              guint           column,
              gsize           row,
              float          *to)
{
  return apply_value (self, cam_table_get_number (table, column, row), to);
}

/* @level NULL: missing. */
static gboolean
apply_level (const CamStep *self,
             const char    *level,
             float         *to)
{
  guint place;

  if (level == NULL)
    level = self->fill_level;
  if (level == NULL)
    return FALSE;

  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->index, level));
  if (self->coding == CAM_CODING_ORDINAL)
    {
      *to = (float) place - 1.0f;
      return place > 0;
    }
  /* A level never seen in training is none of those known: all zeros. */
  for (guint i = 0; i < self->levels->len; i++)
    to[i] = i + 1 == place ? 1.0f : 0.0f;

  return TRUE;
}

gboolean
cam_step_apply (const CamStep  *self,
                const CamTable *table,
                guint           column,
                gsize           row,
                float          *to)
{
  char buf[CAM_NUMBER_BUF];

  if (self->kind == CAM_COLUMN_NUMBER)
    return apply_number (self, table, column, row, to);
  return apply_level (self, cam_cell_level (table, column, row, buf), to);
}

CamPreparation *
cam_preparation_new (CamTask task)
{
  CamPreparation *self = g_new0 (CamPreparation, 1);

  g_atomic_ref_count_init (&self->count);
  self->task = task;
  self->features = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) cam_step_free);
  self->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) cam_step_free);
  self->input_names = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
cam_preparation_seal (CamPreparation *self)
{
  for (guint i = 0; i < self->features->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->features, i);

      self->n_inputs += cam_step_width (step);
      if (step->kind == CAM_COLUMN_NUMBER || step->coding == CAM_CODING_ORDINAL)
        g_ptr_array_add (self->input_names, g_strdup (step->name));
      else
        for (guint l = 0; l < step->levels->len; l++)
          g_ptr_array_add (self->input_names, g_strdup_printf ("%s = %s", step->name, (char *) g_ptr_array_index (step->levels, l)));
    }
  self->n_outputs = self->task == CAM_TASK_MULTICLASS ? ((CamStep *) g_ptr_array_index (self->targets, 0))->levels->len : self->targets->len;
}

CamPreparation *
cam_preparation_ref (CamPreparation *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
cam_preparation_unref (CamPreparation *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;

  g_ptr_array_unref (self->features);
  g_ptr_array_unref (self->targets);
  g_ptr_array_unref (self->input_names);
  g_free (self);
}

CamTask
cam_preparation_get_task (const CamPreparation *self)
{
  return self->task;
}

gboolean
cam_preparation_is_empty (const CamPreparation *self)
{
  for (guint i = 0; i < self->features->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->features, i);

      if (step->kind != CAM_COLUMN_NUMBER || step->scaling != CAM_SCALING_NONE || step->missing != CAM_MISSING_DROP)
        return FALSE;
    }

  return TRUE;
}

guint
cam_preparation_get_n_inputs (const CamPreparation *self)
{
  return self->n_inputs;
}

const char *
cam_preparation_get_input_name (const CamPreparation *self,
                                guint                 i)
{
  return g_ptr_array_index (self->input_names, i);
}

guint
cam_preparation_get_n_outputs (const CamPreparation *self)
{
  return self->n_outputs;
}

guint
cam_preparation_get_n_features (const CamPreparation *self)
{
  return self->features->len;
}

const char *
cam_preparation_get_feature_name (const CamPreparation *self,
                                  guint                 i)
{
  return ((const CamStep *) g_ptr_array_index (self->features, i))->name;
}

guint
cam_preparation_get_n_targets (const CamPreparation *self)
{
  return self->targets->len;
}

const char *
cam_preparation_get_target_name (const CamPreparation *self,
                                 guint                 i)
{
  return ((const CamStep *) g_ptr_array_index (self->targets, i))->name;
}

guint
cam_preparation_get_n_classes (const CamPreparation *self)
{
  return self->task == CAM_TASK_BINARY || self->task == CAM_TASK_MULTICLASS ? ((const CamStep *) g_ptr_array_index (self->targets, 0))->levels->len : 0;
}

const char *
cam_preparation_get_class_name (const CamPreparation *self,
                                guint                 i)
{
  return g_ptr_array_index (((const CamStep *) g_ptr_array_index (self->targets, 0))->levels, i);
}

gboolean
cam_preparation_target (const CamPreparation *self,
                        const CamTable       *table,
                        const guint          *columns,
                        gsize                 row,
                        float                *to)
{
  for (guint i = 0; i < self->targets->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->targets, i);
      char buf[CAM_NUMBER_BUF];
      const char *level;
      guint place;

      if (step->kind == CAM_COLUMN_NUMBER)
        {
          if (!apply_number (step, table, columns[i], row, to + i))
            return FALSE;
          continue;
        }
      level = cam_cell_level (table, columns[i], row, buf);
      place = level != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (step->index, level)) : 0;
      if (place == 0)
        return FALSE;
      if (self->task != CAM_TASK_MULTICLASS)
        to[i] = (float) place - 1.0f;
      else
        for (guint c = 0; c < step->levels->len; c++)
          to[c] = c + 1 == place ? 1.0f : 0.0f;
    }

  return TRUE;
}

/* The table's columns for the steps. */
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
          g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("The table has no column “%s”, which the model needs"), step->name);
          return NULL;
        }
      columns[i] = (guint) column;
    }

  return g_steal_pointer (&columns);
}

static gboolean
apply_row (const CamPreparation *self,
           const CamTable       *table,
           const guint          *columns,
           gsize                 row,
           float                *to)
{
  for (guint i = 0; i < self->features->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->features, i);

      if (!cam_step_apply (step, table, columns[i], row, to))
        return FALSE;
      to += cam_step_width (step);
    }

  return TRUE;
}

gboolean
cam_preparation_apply (const CamPreparation  *self,
                       const CamTable        *table,
                       float                **x,
                       float                **y,
                       gsize                **rows,
                       gsize                 *n_rows,
                       GError               **error)
{
  g_autofree guint *columns = find_columns (self->features, table, error);
  g_autofree guint *targets = y != NULL ? find_columns (self->targets, table, NULL) : NULL;
  gsize n = cam_table_get_n_rows (table), used = 0;

  if (columns == NULL)
    return FALSE;

  *x = cam_floats_new (n * self->n_inputs);
  if (y != NULL)
    *y = targets != NULL ? cam_floats_new (n * self->n_outputs) : NULL;
  if (rows != NULL)
    *rows = g_new (gsize, n + 1);
  for (gsize row = 0; row < n; row++)
    {
      if (!apply_row (self, table, columns, row, *x + used * self->n_inputs) ||
          (targets != NULL && !cam_preparation_target (self, table, targets, row, *y + used * self->n_outputs)))
        continue;
      if (rows != NULL)
        (*rows)[used] = row;
      used++;
    }
  *n_rows = used;

  return TRUE;
}

gboolean
cam_preparation_apply_texts (const CamPreparation *self,
                             const char *const    *texts,
                             float                *x)
{
  for (guint i = 0; i < self->features->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->features, i);
      const char *text = texts[i] != NULL && *texts[i] != '\0' ? texts[i] : NULL;
      double value = NAN;
      gboolean is_whole;

      if (step->kind == CAM_COLUMN_NUMBER && text != NULL && (!cam_number_parse (text, strlen (text), &value) || !isfinite (value)) &&
          !cam_date_parse (text, strlen (text), CAM_DATE_ISO, &value, NULL, NULL))
        value = NAN;
      is_whole = step->kind == CAM_COLUMN_NUMBER ? apply_value (step, value, x) : apply_level (step, text, x);
      if (!is_whole)
        return FALSE;
      x += cam_step_width (step);
    }

  return TRUE;
}

void
cam_preparation_invert (const CamPreparation *self,
                        float                *outputs)
{
  if (self->task != CAM_TASK_REGRESSION)
    return;

  for (guint i = 0; i < self->targets->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->targets, i);

      if (step->scaling == CAM_SCALING_STANDARD)
        outputs[i] = (float) (outputs[i] * step->deviation + step->mean);
    }
}
