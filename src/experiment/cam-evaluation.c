/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers of a model beside the truth. Rows go through the network in bundles, so that it can be told how far it is and be cancelled, and so that only what is kept of them takes memory. */
#include "cam-evaluation.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include <cam-tensor.h>

#include "cam-evaluation-season.h"
#include "cam-model-private.h"

#define BUNDLE 8192

/* The rows, wherever they come from; all borrowed. */
typedef struct
{
  const CamModel *model;
  CamPreparation *preparation;
  const float    *x, *y, *base, *last;
  const gsize    *rows, *told;
  gsize           n;
  guint           n_targets;
  gboolean        is_logits;     /* outputs have still to become probabilities */
  const float    *means;         /* [n_outputs], as prepared: of the training rows */
} Source;

/* Making ------------------------------------------------------------------------------------------------------------ */

static gboolean
gives_logits (const CamModel *model)
{
  return json_is_true (json_object_get (json_object_get (cam_model_get_loss (model), "config"), "from_logits"));
}

static void
to_shares (float    *outputs,
           guint     n,
           gboolean  is_classes)
{
  double sum = 0.0;
  float most = outputs[0];

  if (!is_classes)
    {
      for (guint k = 0; k < n; k++)
        outputs[k] = 1.0f / (1.0f + expf (-outputs[k]));
      return;
    }
  /* The largest first: expf() overflows above 88. */
  for (guint k = 1; k < n; k++)
    most = MAX (most, outputs[k]);
  for (guint k = 0; k < n; k++)
    sum += outputs[k] = expf (outputs[k] - most);
  for (guint k = 0; k < n; k++)
    outputs[k] = (float) (outputs[k] / sum);
}

static char *
name_output (const Source *source,
             guint         k,
             guint         n_steps)
{
  CamPreparation *steps = source->preparation;

  switch (cam_preparation_get_task (steps))
    {
    case CAM_TASK_BINARY:
      return g_strdup (cam_preparation_get_target_name (steps, 0));
    case CAM_TASK_MULTICLASS:
      return g_strdup (cam_preparation_get_class_name (steps, k));
    case CAM_TASK_AUTOENCODER:
      return g_strdup (cam_preparation_get_input_name (steps, k));
    case CAM_TASK_MULTILABEL:
      return g_strdup (cam_preparation_get_target_name (steps, k));
    case CAM_TASK_REGRESSION:
    default:
      if (n_steps <= 1)
        return g_strdup (cam_preparation_get_target_name (steps, k % source->n_targets));
      /* translators: a column's name, and how many rows before it was forecast */
      return g_strdup_printf (ngettext ("%s, %u row ahead", "%s, %u rows ahead", k / source->n_targets + 1),
                              cam_preparation_get_target_name (steps, k % source->n_targets), k / source->n_targets + 1);
    }
}

static CamEvaluation *
make (const Source *source,
      int           part)
{
  CamEvaluation *self = g_new0 (CamEvaluation, 1);
  guint n_classes = cam_preparation_get_n_classes (source->preparation);
  gsize n = source->n, n_numbers;

  g_atomic_ref_count_init (&self->count);
  self->task = cam_preparation_get_task (source->preparation);
  self->part = part;
  self->n_rows = n;
  self->n_outputs = cam_preparation_get_n_outputs (source->preparation);
  self->n_steps = source->told != NULL ? MAX (cam_preparation_get_horizon (source->preparation), 1) : 1;
  self->rows = g_memdup2 (source->rows, n * sizeof (gsize));
  self->told = source->told != NULL ? g_memdup2 (source->told, n * self->n_steps * sizeof (gsize)) : NULL;
  self->output_names = g_new0 (char *, self->n_outputs + 1);
  for (guint k = 0; k < self->n_outputs; k++)
    self->output_names[k] = name_output (source, k, self->n_steps);
  if (n_classes > 0)
    {
      self->class_names = g_new0 (char *, n_classes + 1);
      for (guint k = 0; k < n_classes; k++)
        self->class_names[k] = g_strdup (cam_preparation_get_class_name (source->preparation, k));
    }

  n_numbers = n * self->n_outputs;
  switch (self->task)
    {
    case CAM_TASK_MULTICLASS:
      self->classes_true = g_new (int, n);
      self->classes_said = g_new (int, n);
      self->true_shares = g_new (float, n);
      self->said_shares = g_new (float, n);
      self->ranks = g_new (guint, n);
      self->stride = MAX ((n_numbers + CAM_EVALUATION_MOST_SHARES - 1) / CAM_EVALUATION_MOST_SHARES, 1);
      self->shares = g_new (float, ((n - 1) / self->stride + 1) * self->n_outputs);
      break;
    case CAM_TASK_AUTOENCODER:
      self->errors = g_new (float, n);
      break;
    case CAM_TASK_REGRESSION:
      self->usual = g_new (float, n_numbers);
      G_GNUC_FALLTHROUGH;
    case CAM_TASK_BINARY:
    case CAM_TASK_MULTILABEL:
    default:
      self->said = g_new (float, n_numbers);
      self->truth = g_new (float, n_numbers);
    }

  return self;
}

/* Rows -------------------------------------------------------------------------------------------------------------- */

static void
take_numbers (CamEvaluation *self,
              const Source  *source,
              gsize          i,
              const float   *outputs)
{
  gsize n = self->n_outputs;
  const float *base = source->base != NULL ? source->base + i * source->n_targets : NULL;
  float *said = self->said + i * n, *truth = self->truth + i * n, *usual = self->usual + i * n;

  memcpy (said, outputs, n * sizeof (float));
  memcpy (truth, source->y + i * n, n * sizeof (float));
  for (guint k = 0; k < n; k++)
    if (source->last != NULL)
      usual[k] = base != NULL ? 0.0f : source->last[i * source->n_targets + k % source->n_targets];
    else
      usual[k] = source->means != NULL ? source->means[k] : NAN;
  cam_preparation_invert (source->preparation, said, base);
  cam_preparation_invert (source->preparation, truth, base);
  cam_preparation_invert (source->preparation, usual, base);
}

static void
take_classes (CamEvaluation *self,
              const Source  *source,
              gsize          i,
              const float   *outputs)
{
  gsize n = self->n_outputs;
  const float *y = source->y + i * n;
  guint said = 0, real = 0, rank = 0;

  for (guint k = 1; k < n; k++)
    {
      said = outputs[k] > outputs[said] ? k : said;
      real = y[k] > y[real] ? k : real;
    }
  for (guint k = 0; k < n; k++)
    rank += outputs[k] > outputs[real] || (outputs[k] == outputs[real] && k < real);
  self->classes_true[i] = (int) real;
  self->classes_said[i] = isfinite (outputs[said]) ? (int) said : -1;
  self->true_shares[i] = outputs[real];
  self->said_shares[i] = outputs[said];
  self->ranks[i] = rank;
  if (i % self->stride == 0)
    memcpy (self->shares + i / self->stride * n, outputs, n * sizeof (float));
}

static void
take_row (CamEvaluation *self,
          const Source  *source,
          gsize          i,
          float         *outputs)
{
  gsize n = self->n_outputs;
  double sum = 0.0;

  if (source->is_logits && self->task != CAM_TASK_REGRESSION && self->task != CAM_TASK_AUTOENCODER)
    to_shares (outputs, (guint) n, self->task == CAM_TASK_MULTICLASS);

  switch (self->task)
    {
    case CAM_TASK_REGRESSION:
      take_numbers (self, source, i, outputs);
      break;
    case CAM_TASK_MULTICLASS:
      take_classes (self, source, i, outputs);
      break;
    case CAM_TASK_AUTOENCODER:
      for (guint k = 0; k < n; k++)
        sum += ((double) outputs[k] - source->y[i * n + k]) * ((double) outputs[k] - source->y[i * n + k]);
      self->errors[i] = (float) (sum / (double) n);
      break;
    case CAM_TASK_BINARY:
    case CAM_TASK_MULTILABEL:
    default:
      for (guint k = 0; k < n; k++)
        {
          self->said[i * n + k] = outputs[k];
          self->truth[i * n + k] = source->y[i * n + k] > 0.5f;
        }
    }
}

static gboolean
ask_rows (CamEvaluation *self,
          const Source  *source,
          gint          *progress,
          GCancellable  *cancellable,
          GError       **error)
{
  const CamNetwork *network = cam_model_get_network (source->model);
  gsize n_inputs = cam_model_get_input_size (source->model);
  float *outputs = cam_floats_new (MIN (source->n, BUNDLE) * self->n_outputs);

  for (gsize first = 0; first < source->n; first += BUNDLE)
    {
      gsize n = MIN (BUNDLE, source->n - first);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          cam_floats_free (outputs);
          return FALSE;
        }
      cam_network_predict (network, source->x + first * n_inputs, n, outputs);
      for (gsize i = 0; i < n; i++)
        take_row (self, source, first + i, outputs + i * self->n_outputs);
      if (progress != NULL)
        g_atomic_int_set (progress, (gint) ((first + n) * 900 / source->n));
    }
  cam_floats_free (outputs);

  return TRUE;
}

/* Figures ----------------------------------------------------------------------------------------------------------- */

void
cam_evaluation_copy_output (const CamEvaluation  *self,
                            guint                 output,
                            float               **said,
                            float               **truth)
{
  g_return_if_fail (self != NULL && self->said != NULL && output < self->n_outputs);

  *said = g_new (float, self->n_rows);
  *truth = g_new (float, self->n_rows);
  for (gsize i = 0; i < self->n_rows; i++)
    {
      (*said)[i] = self->said[i * self->n_outputs + output];
      (*truth)[i] = self->truth[i * self->n_outputs + output];
    }
}

static void
sort_labels (CamEvaluation *self)
{
  g_autofree guint8 *yes = g_new (guint8, self->n_rows);

  self->cutoffs = g_new0 (CamCutoffs *, self->n_outputs);
  for (guint k = 0; k < self->n_outputs; k++)
    {
      g_autofree float *said = NULL, *truth = NULL;

      cam_evaluation_copy_output (self, k, &said, &truth);
      for (gsize i = 0; i < self->n_rows; i++)
        yes[i] = truth[i] > 0.5f;
      self->cutoffs[k] = cam_cutoffs_new (said, yes, self->n_rows);
    }
}

/* Means of what the network is to give, in training; of classes and labels, their shares. */
static double *
find_means (const float *y,
            gsize        n,
            guint        n_outputs)
{
  double *means = g_new0 (double, n_outputs);

  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < n_outputs; k++)
      means[k] += y[i * n_outputs + k];
  for (guint k = 0; k < n_outputs; k++)
    means[k] /= (double) MAX (n, 1);

  return means;
}

static void
take_usual (CamEvaluation *self,
            const Source  *source,
            const double  *means)
{
  double sum = 0.0;

  switch (self->task)
    {
    case CAM_TASK_BINARY:
    case CAM_TASK_MULTILABEL:
      self->train_shares = g_memdup2 (means, self->n_outputs * sizeof (double));
      break;
    case CAM_TASK_MULTICLASS:
      for (guint k = 1; k < self->n_outputs; k++)
        if (means[k] > means[self->usual_class])
          self->usual_class = (int) k;
      break;
    case CAM_TASK_AUTOENCODER:
      for (gsize i = 0; i < self->n_rows; i++)
        for (guint k = 0; k < self->n_outputs; k++)
          sum += (source->y[i * self->n_outputs + k] - means[k]) * (source->y[i * self->n_outputs + k] - means[k]);
      self->usual_error = sum / ((double) self->n_rows * self->n_outputs);
      break;
    case CAM_TASK_REGRESSION:
    default:
      break;
    }
}

static CamEvaluation *
evaluate (Source        *source,
          int            part,
          const double  *means,
          gint          *progress,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(CamEvaluation) self = NULL;
  g_autofree float *usual = NULL;
  guint n_outputs = cam_preparation_get_n_outputs (source->preparation);

  if (source->n == 0)
    {
      g_set_error_literal (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS, _("There are no rows whose truth is known"));
      return NULL;
    }
  source->n_targets = MAX (cam_preparation_get_n_targets (source->preparation), 1);
  source->is_logits = gives_logits (source->model);
  usual = g_new (float, n_outputs);
  for (guint k = 0; k < n_outputs; k++)
    usual[k] = (float) means[k];
  source->means = usual;

  self = make (source, part);
  if (!ask_rows (self, source, progress, cancellable, error))
    return NULL;
  take_usual (self, source, means);
  if (self->task == CAM_TASK_BINARY || self->task == CAM_TASK_MULTILABEL)
    sort_labels (self);
  if (self->task == CAM_TASK_MULTICLASS)
    self->confusion = cam_confusion_new (self->classes_true, self->classes_said, self->n_rows, self->n_outputs);
  if (progress != NULL)
    g_atomic_int_set (progress, 1000);

  return g_steal_pointer (&self);
}

CamEvaluation *
cam_evaluation_new (const CamModel    *model,
                    const CamDataset  *dataset,
                    CamPart            part,
                    gint              *progress,
                    GCancellable      *cancellable,
                    GError           **error)
{
  Source source = { 0 };
  CamEvaluation *self;
  g_autofree double *means = NULL;

  g_return_val_if_fail (model != NULL && dataset != NULL && part < CAM_N_PARTS, NULL);

  source.model = model;
  source.preparation = cam_dataset_get_preparation (dataset);
  source.x = cam_dataset_get_x (dataset, part);
  source.y = cam_dataset_get_y (dataset, part);
  source.base = cam_dataset_get_base (dataset, part);
  source.last = cam_dataset_get_last (dataset, part);
  source.rows = cam_dataset_get_rows (dataset, part);
  source.told = cam_dataset_get_told (dataset, part);
  source.n = cam_dataset_get_n_rows (dataset, part);
  if (cam_model_get_input_size (model) != cam_preparation_get_n_inputs (source.preparation)
      || cam_model_get_output_size (model) != cam_preparation_get_n_outputs (source.preparation))
    {
      g_set_error_literal (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("The model was trained with other columns than these data have"));
      return NULL;
    }
  if (!cam_network_check_rows (cam_model_get_network (model), source.x, source.n, _("usable"), error))
    return NULL;
  means = find_means (cam_dataset_get_y (dataset, CAM_PART_TRAIN), cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN), cam_preparation_get_n_outputs (source.preparation));

  self = evaluate (&source, (int) part, means, progress, cancellable, error);
  if (self != NULL && self->told != NULL && self->task == CAM_TASK_REGRESSION)
    {
      self->seasonal = g_new (float, self->n_rows * self->n_outputs);
      self->period = cam_season_fill (dataset, self->told, self->n_rows, self->n_steps, self->seasonal);
      if (self->period == 0)
        g_clear_pointer (&self->seasonal, g_free);
    }

  return self;
}

CamEvaluation *
cam_evaluation_new_table (const CamModel  *model,
                          const CamTable  *table,
                          gint            *progress,
                          GCancellable    *cancellable,
                          GError         **error)
{
  g_auto(CamPrepared) prepared = { NULL };
  Source source = { 0 };
  g_autofree double *means = NULL;

  g_return_val_if_fail (model != NULL && table != NULL, NULL);

  source.model = model;
  source.preparation = cam_model_get_preparation (model);
  if (source.preparation == NULL)
    {
      g_set_error_literal (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("The model does not know which column its answers are about"));
      return NULL;
    }
  if (!cam_preparation_apply (source.preparation, table, TRUE, &prepared, error))
    return NULL;
  if (prepared.y == NULL)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("The truth, column “%s”, is not in the table"), cam_preparation_get_target_name (source.preparation, 0));
      return NULL;
    }
  source.x = prepared.x;
  source.y = prepared.y;
  source.base = prepared.base;
  source.last = prepared.last;
  source.rows = prepared.rows;
  source.told = prepared.told;
  source.n = prepared.n_rows;
  if (!cam_network_check_rows (cam_model_get_network (model), source.x, source.n, _("usable"), error))
    return NULL;
  /* The model does not keep its training rows: what is usual is that of these. */
  means = find_means (prepared.y, prepared.n_rows, cam_preparation_get_n_outputs (source.preparation));

  return evaluate (&source, -1, means, progress, cancellable, error);
}

CamEvaluation *
cam_evaluation_ref (CamEvaluation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
cam_evaluation_unref (CamEvaluation *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;

  for (guint k = 0; self->cutoffs != NULL && k < self->n_outputs; k++)
    cam_cutoffs_free (self->cutoffs[k]);
  g_free (self->cutoffs);
  g_free (self->rows);
  g_free (self->told);
  g_strfreev (self->output_names);
  g_strfreev (self->class_names);
  g_free (self->said);
  g_free (self->truth);
  g_free (self->usual);
  g_free (self->seasonal);
  g_free (self->train_shares);
  g_free (self->classes_true);
  g_free (self->classes_said);
  g_free (self->true_shares);
  g_free (self->said_shares);
  g_free (self->ranks);
  g_clear_pointer (&self->confusion, cam_confusion_free);
  g_free (self->shares);
  g_free (self->errors);
  g_free (self);
}
