/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fitting a preparation: the task follows from the targets or the settings; what the steps know (cam-step-fit.c) from the training rows alone. */
#include <cam-number.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-dataset-private.h"

#define BRIGHTNESS_ROWS 500

static gboolean
fit_words (CamPreparation           *self,
           CamStep                  *step,
           const CamTable           *table,
           const CamDataSettings    *settings,
           guint                     column,
           const gsize              *rows,
           gsize                     n,
           GError                  **error)
{
  g_auto(GStrv) numbers = g_new0 (char *, n + 1);
  g_autofree const char **texts = g_new (const char *, n + 1);
  gsize n_numbers = 0;

  for (gsize i = 0; i < n; i++)
    {
      char buf[CAM_NUMBER_BUF];

      texts[i] = cam_cell_level (table, column, rows[i], buf);
      if (texts[i] == buf)
        texts[i] = numbers[n_numbers++] = g_strdup (buf);
    }
  if (self->words != NULL)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS, _("Only one text can be read word by word, and “%s” is a second one; ignore it"), step->name);
      return FALSE;
    }

  step->flag = FALSE;
  step->missing = settings->columns[column].missing == CAM_MISSING_CONSTANT ? CAM_MISSING_CONSTANT : CAM_MISSING_DROP;
  if (step->missing == CAM_MISSING_CONSTANT)
    step->fill_level = settings->columns[column].fill != NULL ? cam_step_dup_fill (&settings->columns[column]) : g_strdup ("");
  self->words = cam_words_fit (texts, n, settings->vocabulary);
  self->text_length = settings->text_length;

  return TRUE;
}

static gboolean
fit_feature (CamPreparation         *self,
             const CamTable         *table,
             const CamDataSettings  *settings,
             guint                   column,
             const gsize            *rows,
             gsize                   n,
             GError                **error)
{
  const CamColumnSettings *own = &settings->columns[column];
  CamStep *step = cam_step_new (cam_table_get_name (table, column), own->kind);

  step->missing = own->missing;
  step->flag = own->flag;
  step->tells_seen = settings->height == 0;      /* nobody asks for the range of a pixel */
  g_ptr_array_add (self->features, step);
  if (own->kind == CAM_COLUMN_TEXT)
    return fit_words (self, step, table, settings, column, rows, n, error);
  if (cam_column_kind_is_numeric (own->kind))
    return cam_step_fit_numbers (step, table, own, rows, n, error);

  return cam_step_fit_levels (step, table, own, rows, n, error);
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

      if (value != 0.0 && value != 1.0 && !cam_cell_is_missing (table, CAM_COLUMN_CATEGORY, column, rows[i]))
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
  CamStep *step = cam_step_new (cam_table_get_name (table, settings->column), settings->kind);
  CamColumnSettings plain = *settings;

  g_ptr_array_add (self->targets, step);
  /* A label is 0 or 1, whatever is asked for. */
  if (self->task == CAM_TASK_MULTILABEL)
    plain.scaling = CAM_SCALING_NONE;
  /* Only a past target is ever filled. */
  step->missing = self->sequence.past_targets ? settings->missing : CAM_MISSING_DROP;
  if (cam_column_kind_is_numeric (settings->kind))
    return cam_step_fit_numbers (step, table, &plain, rows, n, error);

  /* Classes are names, not statistics: those of all rows. */
  return cam_step_fit_classes (step, table, settings->column, all_rows, n_all, error);
}

typedef struct
{
  guint n_numbers, n_categories, n_zero_one;
} Targets;

static Targets
count_targets (const CamTable        *table,
               const CamDataSettings *settings,
               const gsize           *rows,
               gsize                  n)
{
  Targets count = { 0 };

  for (guint i = 0; i < settings->n_columns; i++)
    if (settings->columns[i].role == CAM_ROLE_TARGET)
      {
        count.n_numbers += cam_column_kind_is_numeric (settings->columns[i].kind);
        count.n_categories += cam_column_kind_is_category (settings->columns[i].kind);
        count.n_zero_one += is_yes_no (table, i, rows, n);
      }

  return count;
}

/* What follows from the targets. */
static gboolean
guess_task (const Targets  *targets,
            CamTask        *task,
            GError        **error)
{
  guint n = targets->n_numbers + targets->n_categories;

  if (n > 1 && targets->n_zero_one == n)
    *task = CAM_TASK_MULTILABEL;
  else if (targets->n_categories == 0)
    *task = CAM_TASK_REGRESSION;
  else if (n == 1)
    *task = CAM_TASK_MULTICLASS;   /* or binary: its classes tell */
  else
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
                   _("Several targets must all be numbers, or all 0 and 1; leave only one category as the target"));
      return FALSE;
    }

  return TRUE;
}

/* Can the targets be what the task wants? */
static gboolean
check_task (const Targets  *targets,
            CamTask         task,
            GError        **error)
{
  guint n = targets->n_numbers + targets->n_categories;
  const char *fault = NULL;

  if ((task == CAM_TASK_BINARY || task == CAM_TASK_MULTICLASS) && n > 1)
    fault = _("Classes are those of one target; leave one column as the target, or take the task “multi-label”");
  else if (task == CAM_TASK_MULTILABEL && targets->n_zero_one < n)
    fault = _("Each label of a multi-label task is 0 or 1; choose such columns as targets");
  else if (task == CAM_TASK_REGRESSION && targets->n_categories > 0)
    fault = _("Only numbers can be predicted by regression; make the target a number, or take another task");
  if (fault != NULL)
    g_set_error_literal (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS, fault);

  return fault == NULL;
}

static gboolean
find_task (const CamTable         *table,
           const CamDataSettings  *settings,
           const gsize            *rows,
           gsize                   n,
           CamTask                *task,
           GError                **error)
{
  Targets targets = count_targets (table, settings, rows, n);

  if (settings->task >= 0)
    *task = (CamTask) settings->task;
  if (settings->task == CAM_TASK_AUTOENCODER)
    return TRUE;
  if (targets.n_numbers + targets.n_categories == 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS, _("No column is the target; choose what the network shall predict"));
      return FALSE;
    }

  return settings->task >= 0 ? check_task (&targets, *task, error) : guess_task (&targets, task, error);
}

/* One target with two classes, or more: as many as there are. */
static gboolean
settle_classes (CamPreparation         *self,
                const CamDataSettings  *settings,
                GError                **error)
{
  const CamStep *step = self->targets->len > 0 ? g_ptr_array_index (self->targets, 0) : NULL;

  if (self->task != CAM_TASK_BINARY && self->task != CAM_TASK_MULTICLASS)
    return TRUE;
  if (settings->task == CAM_TASK_BINARY && step->levels->len > 2)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
                   _("The target “%s” has %u classes, and a binary task has two; take the task “multi-class”"), step->name, step->levels->len);
      return FALSE;
    }
  self->task = step->levels->len == 2 ? CAM_TASK_BINARY : CAM_TASK_MULTICLASS;

  return TRUE;
}

/* Some rows are enough to tell 0 … 1, 0 … 16 and 0 … 255 apart. */
static double
find_brightest (const CamPreparation *self,
                const CamTable       *table,
                const gsize          *rows,
                gsize                 n_rows)
{
  gsize stride = 1 + n_rows / BRIGHTNESS_ROWS;
  double brightest = NAN;

  for (guint i = 0; i < self->features->len; i++)
    {
      int column = cam_table_find (table, cam_preparation_get_feature_name (self, i));

      for (gsize k = 0; column >= 0 && k < n_rows; k += stride)
        {
          double value = cam_table_get_number (table, (guint) column, rows[k]);

          if (isnan (brightest) || value > brightest)
            brightest = value;
        }
    }

  return brightest;
}

CamPreparation *
cam_preparation_fit (const CamTable         *table,
                     const CamDataSettings  *settings,
                     const gsize            *all_rows,
                     gsize                   n_all,
                     const gsize            *rows,
                     gsize                   n_rows,
                     GError                **error)
{
  g_autoptr(CamPreparation) self = NULL;
  CamTask task = CAM_TASK_REGRESSION;

  if (!find_task (table, settings, all_rows, n_all, &task, error))
    return NULL;

  self = cam_preparation_new (task);
  self->sequence = settings->sequence;
  self->height = settings->height;
  self->width = settings->width;
  self->channels = settings->channels;
  if (settings->group >= 0)
    self->group = g_strdup (cam_table_get_name (table, (guint) settings->group));
  if (settings->order >= 0)
    self->order = g_strdup (cam_table_get_name (table, (guint) settings->order));
  for (guint i = 0; i < settings->n_columns; i++)
    if ((settings->columns[i].role == CAM_ROLE_FEATURE && !fit_feature (self, table, settings, i, rows, n_rows, error)) ||
        (settings->columns[i].role == CAM_ROLE_TARGET && task != CAM_TASK_AUTOENCODER
         && !fit_target (self, table, &settings->columns[i], all_rows, n_all, rows, n_rows, error)))
      return NULL;

  if (self->height > 0)
    self->brightest = find_brightest (self, table, rows, n_rows);
  if (!settle_classes (self, settings, error) || !cam_preparation_seal (self, error))
    return NULL;

  return g_steal_pointer (&self);
}
