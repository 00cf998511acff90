/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model's answers for the rows of a table: computed, and compared with the truth. */
#include "cam-model.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-model-private.h"

/* What the outputs are, when the model says so or the last layer tells. */
static CamTask
find_task (const CamModel *self)
{
  guint n_layers = cam_network_get_n_layers (self->network);
  const char *activation = NULL;

  if (self->preparation != NULL)
    return cam_preparation_get_task (self->preparation);

  for (guint i = n_layers; i > 0 && activation == NULL; i--)
    activation = json_string_value (json_object_get (cam_network_get_layer_config (self->network, i - 1), "activation"));
  if (g_strcmp0 (activation, "softmax") == 0 && cam_model_get_output_size (self) > 1)
    return CAM_TASK_MULTICLASS;
  if (g_strcmp0 (activation, "sigmoid") == 0)
    return cam_model_get_output_size (self) == 1 ? CAM_TASK_BINARY : CAM_TASK_MULTILABEL;

  return CAM_TASK_REGRESSION;
}

/* Without preparation: the number columns in their order. Rows with a missing number are left out. */
static gboolean
read_numbers (const CamModel  *self,
              const CamTable  *table,
              CamPrepared     *prepared,
              GError         **error)
{
  gsize n_inputs = cam_model_get_input_size (self);
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize n_all = cam_table_get_n_rows (table);

  for (guint c = 0; c < cam_table_get_n_columns (table); c++)
    if (cam_column_kind_is_numeric (cam_table_get_kind (table, c)))
      g_array_append_val (columns, c);
  if (columns->len != n_inputs)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN,
                   _("The model takes %zu numbers for each row, but the table has %u columns of numbers. "
                     "The model does not know column names: give it a table with just its inputs, in their order."),
                   n_inputs, columns->len);
      return FALSE;
    }

  *prepared = (CamPrepared) { .x = cam_floats_new (n_all * n_inputs), .rows = g_new (gsize, MAX (n_all, 1)) };
  for (gsize r = 0; r < n_all; r++)
    {
      float *row = prepared->x + prepared->n_rows * n_inputs;
      gboolean is_whole = TRUE;

      for (guint c = 0; c < columns->len; c++)
        {
          row[c] = (float) cam_table_get_number (table, g_array_index (columns, guint, c), r);
          is_whole = is_whole && isfinite (row[c]);
        }
      if (is_whole)
        prepared->rows[prepared->n_rows++] = r;
    }

  return TRUE;
}

/* An output of a forecast: the target, and how far ahead it is told; of several rows given back, which. */
static char *
name_step (const char *name,
           guint       step,
           guint       n_steps,
           gboolean    is_ahead)
{
  if (n_steps <= 1)
    return g_strdup (name);

  /* translators: a column's name, and how many rows before it was forecast */
  return is_ahead ? g_strdup_printf (ngettext ("%s, %u row ahead", "%s, %u rows ahead", step), name, step)
                  /* translators: a column's name, and the row of a window, from 1 */
                  : g_strdup_printf (_("%s, row %u"), name, step);
}

static char *
name_output (const CamModel *self,
             CamTask         task,
             guint           i)
{
  const CamPreparation *steps = self->preparation;
  guint n_targets;

  if (steps == NULL)
    /* translators: a column's name; %u counts from 1 */
    return task == CAM_TASK_REGRESSION ? g_strdup_printf (_("output %u"), i + 1) : g_strdup_printf ("p(%u)", task == CAM_TASK_BINARY ? 1 : i);

  switch (task)
    {
    case CAM_TASK_BINARY:
      return g_strdup_printf ("p(%s)", cam_preparation_get_class_name (steps, 1));
    case CAM_TASK_MULTICLASS:
      return g_strdup_printf ("p(%s)", cam_preparation_get_class_name (steps, i));
    case CAM_TASK_MULTILABEL:
      return g_strdup_printf ("p(%s)", cam_preparation_get_target_name (steps, i));
    case CAM_TASK_AUTOENCODER:
      n_targets = cam_preparation_get_n_inputs (steps) / MAX (cam_preparation_get_length (steps), 1);
      return name_step (cam_preparation_get_input_name (steps, i), i / n_targets + 1, cam_preparation_get_length (steps), FALSE);
    case CAM_TASK_REGRESSION:
    default:
      n_targets = cam_preparation_get_n_targets (steps);
      return name_step (cam_preparation_get_target_name (steps, i % n_targets), i / n_targets + 1, cam_preparation_get_horizon (steps), TRUE);
    }
}

static void
name_columns (const CamModel *self,
              CamTask         task,
              CamPredictions *predictions)
{
  const CamPreparation *steps = self->preparation;
  gboolean has_classes = task == CAM_TASK_BINARY || task == CAM_TASK_MULTICLASS;
  guint n_classes = task == CAM_TASK_BINARY ? 2 : predictions->n_outputs;

  predictions->is_share = task != CAM_TASK_REGRESSION && task != CAM_TASK_AUTOENCODER;
  predictions->target_name = g_strdup (steps != NULL && cam_preparation_get_n_targets (steps) > 0 ? cam_preparation_get_target_name (steps, 0) : _("output"));
  predictions->order_name = steps != NULL ? g_strdup (cam_preparation_get_order (steps)) : NULL;
  predictions->group_name = steps != NULL ? g_strdup (cam_preparation_get_group (steps)) : NULL;
  predictions->output_names = g_new0 (char *, predictions->n_outputs + 1);
  for (guint i = 0; i < predictions->n_outputs; i++)
    predictions->output_names[i] = name_output (self, task, i);
  if (!has_classes)
    return;

  predictions->class_names = g_new0 (char *, n_classes + 1);
  for (guint i = 0; i < n_classes; i++)
    predictions->class_names[i] = steps != NULL ? g_strdup (cam_preparation_get_class_name (steps, i)) : g_strdup_printf ("%u", i);
}

/* The class that Keras's accuracy would count: above the threshold, one half unless another was set, or the first maximum. */
static int
find_class (const float *outputs,
            guint        n_outputs,
            double       threshold)
{
  guint best = 0;

  if (n_outputs == 1)
    return outputs[0] > threshold;
  for (guint i = 1; i < n_outputs; i++)
    if (outputs[i] > outputs[best])
      best = i;

  return (int) best;
}

/* One sample's outputs in the rows that they are about: what is told k rows ahead, k rows after the window. */
static void
place_steps (const CamPrepared *prepared,
             gsize              sample,
             const float       *outputs,
             guint              n,
             float             *to)
{
  guint width = n / prepared->n_steps;

  for (guint k = 0; k < prepared->n_steps; k++)
    memcpy (to + prepared->told[sample * prepared->n_steps + k] * n + (gsize) k * width, outputs + (gsize) k * width, width * sizeof (float));
}

/* @y: [prepared's n_rows, n], inverted here, row by row, into the rows of the table. */
static void
place_rows (const CamModel    *self,
            const CamPrepared *prepared,
            float             *y,
            guint              n,
            float             *to)
{
  guint n_targets = self->preparation != NULL ? cam_preparation_get_n_targets (self->preparation) : 0;

  for (gsize i = 0; i < prepared->n_rows; i++)
    {
      float *row = y + i * n;

      if (self->preparation != NULL)
        cam_preparation_invert (self->preparation, row, prepared->base != NULL ? prepared->base + i * n_targets : NULL);
      if (prepared->told != NULL)
        place_steps (prepared, i, row, n, to);
      else
        memcpy (to + prepared->rows[i] * n, row, n * sizeof (float));
    }
}

static void
fill_nan (float *values,
          gsize  n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = NAN;
}

static gboolean
has_answer (const CamPredictions *predictions,
            gsize                 row)
{
  for (guint i = 0; i < predictions->n_outputs; i++)
    if (isfinite (predictions->outputs[row * predictions->n_outputs + i]))
      return TRUE;

  return FALSE;
}

/* Rows to come after each series; those of which nothing is said (the last rows of the series have gaps) go. */
static void
find_to_come (const CamPrepared *prepared,
              CamPredictions    *predictions)
{
  gsize n_all = predictions->n_to_come, n = predictions->n_rows, used = 0;

  predictions->came_before = g_new (gsize, n_all + 1);
  predictions->steps = g_new (guint, n_all + 1);
  for (gsize i = 0; i < n_all; i++)
    {
      if (!has_answer (predictions, n + i))
        continue;
      predictions->came_before[used] = prepared->ends[i / prepared->n_steps];
      predictions->steps[used] = (guint) (i % prepared->n_steps) + 1;
      memmove (predictions->outputs + (n + used) * predictions->n_outputs, predictions->outputs + (n + i) * predictions->n_outputs, predictions->n_outputs * sizeof (float));
      used++;
    }
  predictions->n_to_come = used;
}

static void
find_classes (const CamModel *self,
              CamPredictions *predictions)
{
  double threshold = cam_model_get_threshold (self, 0);

  for (gsize i = 0; i < predictions->n_rows + predictions->n_to_come; i++)
    predictions->classes[i] = has_answer (predictions, i) ? find_class (predictions->outputs + i * predictions->n_outputs, predictions->n_outputs, threshold) : -1;
}

/* How far what comes back is from what went in, in the numbers that the network sees. */
static void
find_errors (const CamPrepared *prepared,
             const float       *y,
             CamPredictions    *predictions)
{
  guint n = predictions->n_outputs;

  predictions->errors = g_new (float, predictions->n_rows + 1);
  fill_nan (predictions->errors, predictions->n_rows);
  for (gsize i = 0; i < prepared->n_rows; i++)
    {
      double sum = 0.0;

      for (guint k = 0; k < n; k++)
        {
          double difference = (double) y[i * n + k] - prepared->x[i * n + k];

          sum += difference * difference;
        }
      predictions->errors[prepared->rows[i]] = (float) (sum / n);
    }
}

static void
fill_predictions (const CamModel    *self,
                  CamTask            task,
                  const CamPrepared *prepared,
                  float             *y,
                  CamPredictions    *predictions)
{
  gsize n = predictions->n_outputs;

  if (task == CAM_TASK_AUTOENCODER)
    find_errors (prepared, y, predictions);
  if (prepared->told != NULL)
    predictions->n_to_come = (gsize) prepared->n_series * prepared->n_steps;
  predictions->outputs = g_new (float, (predictions->n_rows + predictions->n_to_come) * n + 1);
  fill_nan (predictions->outputs, (predictions->n_rows + predictions->n_to_come) * n);
  place_rows (self, prepared, y, (guint) n, predictions->outputs);
  if (predictions->n_to_come > 0)
    find_to_come (prepared, predictions);

  if (predictions->class_names != NULL)
    {
      predictions->classes = g_new (int, predictions->n_rows + predictions->n_to_come + 1);
      find_classes (self, predictions);
    }
}

CamPredictions *
cam_model_describe_answers (const CamModel *self)
{
  CamPredictions *answers = g_new0 (CamPredictions, 1);

  g_return_val_if_fail (self != NULL, answers);

  answers->n_outputs = (guint) cam_model_get_output_size (self);
  answers->outputs = g_new (float, 1);
  name_columns (self, find_task (self), answers);
  if (answers->class_names != NULL)
    answers->classes = g_new (int, 1);

  return answers;
}

CamTask
cam_model_get_task (const CamModel *self)
{
  g_return_val_if_fail (self != NULL, CAM_TASK_REGRESSION);

  return find_task (self);
}

gboolean
cam_model_refuse_rows (const CamModel  *self,
                       GError         **error)
{
  guint length = self->preparation != NULL ? cam_preparation_get_length (self->preparation) : 0;

  if (length > 0)
    g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS,
                 _("No row can be used: the model needs %u rows that follow each other and miss no value"), length);
  else
    g_set_error_literal (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS,
                         _("No row can be used: each misses a value that the model needs"));

  return FALSE;
}

CamPredictions *
cam_model_predict_some (const CamModel  *self,
                        const CamTable  *table,
                        gsize            first,
                        gsize           *n_used,
                        GError         **error)
{
  g_autoptr(CamPredictions) predictions = NULL;
  g_auto(CamPrepared) prepared = { NULL };
  CamTask task = find_task (self);
  float *y;

  if (self->preparation != NULL ? !cam_preparation_apply (self->preparation, table, FALSE, &prepared, error)
                                : !read_numbers (self, table, &prepared, error))
    return NULL;
  if (!cam_network_check_rows (self->network, prepared.x, prepared.n_rows, _("usable"), error))
    return NULL;

  predictions = g_new0 (CamPredictions, 1);
  predictions->n_rows = cam_table_get_n_rows (table);
  predictions->n_outputs = (guint) cam_model_get_output_size (self);
  name_columns (self, task, predictions);

  *n_used = prepared.n_rows;
  y = cam_floats_new (MAX (prepared.n_rows, 1) * predictions->n_outputs);
  cam_network_predict (self->network, prepared.x, prepared.n_rows, y);
  fill_predictions (self, task, &prepared, y, predictions);
  cam_floats_free (y);
  for (gsize row = first; row < predictions->n_rows; row++)
    predictions->n_skipped += !has_answer (predictions, row);

  return g_steal_pointer (&predictions);
}

CamPredictions *
cam_model_predict (const CamModel  *self,
                   const CamTable  *table,
                   GError         **error)
{
  g_autoptr(CamPredictions) predictions = NULL;
  gsize n_used = 0;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (table != NULL, NULL);

  predictions = cam_model_predict_some (self, table, 0, &n_used, error);
  if (predictions == NULL || (n_used == 0 && !cam_model_refuse_rows (self, error)))
    return NULL;

  return g_steal_pointer (&predictions);
}

void
cam_predictions_free (CamPredictions *predictions)
{
  if (predictions == NULL)
    return;

  g_free (predictions->outputs);
  g_free (predictions->classes);
  g_free (predictions->errors);
  g_free (predictions->came_before);
  g_free (predictions->steps);
  g_free (predictions->order_name);
  g_free (predictions->group_name);
  g_strfreev (predictions->output_names);
  g_strfreev (predictions->class_names);
  g_free (predictions->target_name);
  g_free (predictions);
}

/* Comparing */

/* One row's truth and prediction into the sums; of a forecast, as many steps as are known of both. */
static void
compare_row (const CamModel       *self,
             const CamPredictions *predictions,
             gsize                 row,
             CamTruth             *truth,
             double               *sum)
{
  guint n = predictions->n_outputs, n_known = 0;
  const float *predicted = predictions->outputs + row * n;
  const float *real = truth->values + row * n;
  double own = 0.0;

  if (truth->classes != NULL && isfinite (real[0]))
    truth->classes[row] = find_class (real, n, 0.5);
  if (truth->classes != NULL && isfinite (real[0]) && isfinite (predicted[0]))
    {
      truth->n_known++;
      truth->n_wrong += truth->classes[row] != predictions->classes[row];
      *sum += truth->classes[row] == predictions->classes[row];
    }
  if (truth->classes != NULL)
    return;

  for (guint i = 0; i < n; i++)
    if (isfinite (real[i]) && isfinite (predicted[i]))
      {
        own += !predictions->is_share ? fabs ((double) real[i] - predicted[i]) : (double) ((real[i] > 0.5f) == (predicted[i] > cam_model_get_threshold (self, i)));
        n_known++;
      }
  truth->n_known += n_known > 0;
  *sum += n_known > 0 ? own / n_known : 0.0;
}

static gboolean
knows_targets (const CamPreparation *preparation,
               const CamTable       *table)
{
  for (guint i = 0; i < cam_preparation_get_n_targets (preparation); i++)
    if (cam_table_find (table, cam_preparation_get_target_name (preparation, i)) < 0)
      return FALSE;

  return TRUE;
}

CamTruth *
cam_model_compare (const CamModel       *self,
                   const CamTable       *table,
                   const CamPredictions *predictions)
{
  return cam_model_compare_some (self, table, predictions, 0);
}

CamTruth *
cam_model_compare_some (const CamModel       *self,
                        const CamTable       *table,
                        const CamPredictions *predictions,
                        gsize                 first)
{
  g_auto(CamPrepared) prepared = { NULL };
  guint n = predictions->n_outputs;
  double sum = 0.0;
  CamTruth *truth = NULL;

  if (self->preparation == NULL || !knows_targets (self->preparation, table) || !cam_preparation_apply (self->preparation, table, TRUE, &prepared, NULL) || prepared.y == NULL || prepared.n_rows == 0)
    return NULL;

  truth = g_new0 (CamTruth, 1);
  truth->values = g_new (float, predictions->n_rows * n + 1);
  fill_nan (truth->values, predictions->n_rows * n);
  /* Targets are known in the table's own rows only. */
  place_rows (self, &prepared, prepared.y, n, truth->values);
  if (predictions->classes != NULL)
    truth->classes = g_new (int, predictions->n_rows + 1);
  for (gsize row = 0; row < predictions->n_rows; row++)
    {
      if (truth->classes != NULL)
        truth->classes[row] = -1;
      if (row >= first)
        compare_row (self, predictions, row, truth, &sum);
    }

  truth->accuracy = predictions->is_share && truth->n_known > 0 ? sum / (double) truth->n_known : NAN;
  truth->error = !predictions->is_share && truth->n_known > 0 ? sum / (double) truth->n_known : NAN;

  return truth;
}

void
cam_truth_free (CamTruth *truth)
{
  if (truth == NULL)
    return;

  g_free (truth->classes);
  g_free (truth->values);
  g_free (truth);
}
