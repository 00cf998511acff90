/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model's answers for the rows of a table: computed, compared with the truth, saved beside the rows. */
#include "cam-model.h"

#include <cam-csv.h>
#include <cam-number.h>
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

static char *
name_output (const CamModel *self,
             CamTask         task,
             guint           i)
{
  const CamPreparation *steps = self->preparation;

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
      return g_strdup (cam_preparation_get_input_name (steps, i));
    case CAM_TASK_REGRESSION:
    default:
      return g_strdup (cam_preparation_get_target_name (steps, i % cam_preparation_get_n_targets (steps)));
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
  predictions->output_names = g_new0 (char *, predictions->n_outputs + 1);
  for (guint i = 0; i < predictions->n_outputs; i++)
    predictions->output_names[i] = name_output (self, task, i);
  if (!has_classes)
    return;

  predictions->class_names = g_new0 (char *, n_classes + 1);
  for (guint i = 0; i < n_classes; i++)
    predictions->class_names[i] = steps != NULL ? g_strdup (cam_preparation_get_class_name (steps, i)) : g_strdup_printf ("%u", i);
}

/* The class that Keras's accuracy would count: above one half, or the first maximum. */
static int
find_class (const float *outputs,
            guint        n_outputs)
{
  guint best = 0;

  if (n_outputs == 1)
    return outputs[0] > 0.5f;
  for (guint i = 1; i < n_outputs; i++)
    if (outputs[i] > outputs[best])
      best = i;

  return (int) best;
}

static void
place_rows (const CamModel    *self,
            CamPredictions    *predictions,
            const float       *y,
            const CamPrepared *prepared)
{
  guint n = predictions->n_outputs;
  guint n_targets = self->preparation != NULL ? cam_preparation_get_n_targets (self->preparation) : 0;

  for (gsize i = 0; i < predictions->n_rows * n; i++)
    predictions->outputs[i] = NAN;
  for (gsize i = 0; predictions->classes != NULL && i < predictions->n_rows; i++)
    predictions->classes[i] = -1;

  for (gsize i = 0; i < prepared->n_rows; i++)
    {
      float *row = predictions->outputs + prepared->rows[i] * n;

      memcpy (row, y + i * n, n * sizeof (float));
      if (self->preparation != NULL)
        cam_preparation_invert (self->preparation, row, prepared->base != NULL ? prepared->base + i * n_targets : NULL);
      if (predictions->classes != NULL)
        predictions->classes[prepared->rows[i]] = find_class (row, n);
    }
}

CamPredictions *
cam_model_predict (const CamModel  *self,
                   const CamTable  *table,
                   GError         **error)
{
  g_autoptr(CamPredictions) predictions = NULL;
  g_auto(CamPrepared) prepared = { NULL };
  CamTask task = find_task (self);
  float *y;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (table != NULL, NULL);

  if (self->preparation != NULL ? !cam_preparation_apply (self->preparation, table, FALSE, &prepared, error)
                                : !read_numbers (self, table, &prepared, error))
    return NULL;
  if (prepared.n_rows == 0)
    {
      g_set_error_literal (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS,
                           _("No row can be used: each misses a value that the model needs"));
      return NULL;
    }
  if (!cam_network_check_rows (self->network, prepared.x, prepared.n_rows, _("usable"), error))
    return NULL;

  predictions = g_new0 (CamPredictions, 1);
  predictions->n_rows = cam_table_get_n_rows (table);
  predictions->n_outputs = (guint) cam_model_get_output_size (self);
  predictions->n_skipped = predictions->n_rows - prepared.n_rows;
  name_columns (self, task, predictions);

  y = cam_floats_new (prepared.n_rows * predictions->n_outputs);
  cam_network_predict (self->network, prepared.x, prepared.n_rows, y);
  predictions->outputs = g_new (float, predictions->n_rows * predictions->n_outputs);
  if (predictions->class_names != NULL)
    predictions->classes = g_new (int, predictions->n_rows);
  place_rows (self, predictions, y, &prepared);
  cam_floats_free (y);

  return g_steal_pointer (&predictions);
}

void
cam_predictions_free (CamPredictions *predictions)
{
  if (predictions == NULL)
    return;

  g_free (predictions->outputs);
  g_free (predictions->classes);
  g_strfreev (predictions->output_names);
  g_strfreev (predictions->class_names);
  g_free (predictions->target_name);
  g_free (predictions);
}

/* Comparing */

/* One row's truth and prediction into the sums. */
static void
compare_row (const CamPredictions *predictions,
             gsize                 row,
             CamTruth             *truth,
             double               *sum)
{
  guint n = predictions->n_outputs;
  const float *predicted = predictions->outputs + row * n;
  const float *real = truth->values + row * n;

  truth->n_known++;
  if (truth->classes != NULL)
    {
      truth->classes[row] = find_class (real, n);
      truth->n_wrong += truth->classes[row] != predictions->classes[row];
      *sum += truth->classes[row] == predictions->classes[row];
      return;
    }

  for (guint i = 0; i < n; i++)
    *sum += !predictions->is_share ? fabs ((double) real[i] - predicted[i]) / n : (double) ((real[i] > 0.5f) == (predicted[i] > 0.5f)) / n;
}

CamTruth *
cam_model_compare (const CamModel       *self,
                   const CamTable       *table,
                   const CamPredictions *predictions)
{
  g_auto(CamPrepared) prepared = { NULL };
  guint n = predictions->n_outputs, n_targets;
  gsize n_values;
  double sum = 0.0;
  CamTruth *truth = NULL;

  if (self->preparation == NULL || !cam_preparation_apply (self->preparation, table, TRUE, &prepared, NULL) || prepared.y == NULL || prepared.n_rows == 0)
    return NULL;

  n_targets = cam_preparation_get_n_targets (self->preparation);
  n_values = predictions->n_rows * n;
  truth = g_new0 (CamTruth, 1);
  truth->values = g_new (float, n_values);
  for (gsize i = 0; i < n_values; i++)
    truth->values[i] = NAN;
  if (predictions->classes != NULL)
    {
      truth->classes = g_new (int, predictions->n_rows);
      for (gsize i = 0; i < predictions->n_rows; i++)
        truth->classes[i] = -1;
    }

  for (gsize i = 0; i < prepared.n_rows; i++)
    {
      float *row = truth->values + prepared.rows[i] * n;

      memcpy (row, prepared.y + i * n, n * sizeof (float));
      cam_preparation_invert (self->preparation, row, prepared.base != NULL ? prepared.base + i * n_targets : NULL);
      if (isfinite (predictions->outputs[prepared.rows[i] * n]))
        compare_row (predictions, prepared.rows[i], truth, &sum);
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

/* Saving */

static void
add_number (GString *out,
            float    value)
{
  char buf[CAM_NUMBER_BUF];

  g_string_append_c (out, ',');
  if (isfinite (value))
    g_string_append (out, cam_number_shortest (buf, value, TRUE));
}

static void
add_name (GString    *out,
          const char *prefix,
          const char *name)
{
  g_autofree char *full = g_strconcat (prefix, name, NULL);

  if (out->len > 0)
    g_string_append_c (out, ',');
  cam_csv_write_field (out, full, ',');
}

static void
add_header (const CamPredictions *self,
            const CamTable       *table,
            GString              *out)
{
  for (guint c = 0; c < cam_table_get_n_columns (table); c++)
    add_name (out, "", cam_table_get_name (table, c));
  if (self->classes != NULL)
    add_name (out, "predicted ", self->target_name);
  for (guint i = 0; i < self->n_outputs; i++)
    add_name (out, self->is_share ? "" : "predicted ", self->output_names[i]);
  g_string_append_c (out, '\n');
}

static void
add_row (const CamPredictions *self,
         const CamTable       *table,
         gsize                 row,
         GString              *out)
{
  for (guint c = 0; c < cam_table_get_n_columns (table); c++)
    {
      g_autofree char *text = cam_table_dup_text (table, c, row);

      if (c > 0)
        g_string_append_c (out, ',');
      cam_csv_write_field (out, text, ',');
    }
  if (self->classes != NULL)
    {
      g_string_append_c (out, ',');
      if (self->classes[row] >= 0)
        cam_csv_write_field (out, self->class_names[self->classes[row]], ',');
    }
  for (guint i = 0; i < self->n_outputs; i++)
    add_number (out, self->outputs[row * self->n_outputs + i]);
  g_string_append_c (out, '\n');
}

GString *
cam_predictions_to_csv (const CamPredictions *self,
                        const CamTable       *table,
                        const gsize          *rows,
                        gsize                 n_rows)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (self->n_rows == cam_table_get_n_rows (table), out);

  add_header (self, table, out);
  for (gsize i = 0; i < (rows != NULL ? n_rows : self->n_rows); i++)
    add_row (self, table, rows != NULL ? rows[i] : i, out);

  return out;
}

gboolean
cam_predictions_save (const CamPredictions  *self,
                      const CamTable        *table,
                      const char            *path,
                      GError               **error)
{
  g_autoptr(GString) out = cam_predictions_to_csv (self, table, NULL, 0);

  return g_file_set_contents_full (path, out->str, (gssize) out->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}
