/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker behind an evaluation. */
#include "cam-evaluation-job.h"

#include <glib/gi18n-lib.h>
#include <math.h>


#define MOST_CODES 1500         /* rows whose codes are drawn */

struct _CamEvaluationSource
{
  gatomicrefcount count;

  /* owned, constant */
  CamModel       *model;
  CamTable       *table;
  json_t         *data;        /* settings that the dataset is made by */
  json_t         *split;
  gint            progress;    /* atomic */

  /* under the lock */
  GMutex          lock;
  CamDataset     *dataset;     /* NULL: still to be made */
  CamEvaluation  *evaluations[CAM_N_PARTS];
};

CamEvaluationSource *
cam_evaluation_source_new (CamSession  *session,
                           CamRunItem  *run,
                           GError     **error)
{
  CamEvaluationSource *self;
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(CamExperiment) experiment = NULL;
  CamModel *model;

  experiment = cam_session_find_data_of (session, run, &dataset, error);
  if (experiment == NULL)
    return NULL;
  model = cam_session_load_model (session, run, error);
  if (model == NULL)
    return NULL;

  self = g_new0 (CamEvaluationSource, 1);
  g_atomic_ref_count_init (&self->count);
  g_mutex_init (&self->lock);
  self->model = model;
  self->dataset = g_steal_pointer (&dataset);
  self->table = cam_table_ref (self->dataset != NULL ? cam_dataset_get_table (self->dataset) : cam_session_get_table (session));
  self->data = json_deep_copy (cam_experiment_get_data (experiment));
  self->split = json_deep_copy (cam_experiment_get_split (experiment));

  return self;
}

CamEvaluationSource *
cam_evaluation_source_ref (CamEvaluationSource *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
cam_evaluation_source_unref (CamEvaluationSource *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;
  cam_model_free (self->model);
  cam_table_unref (self->table);
  json_decref (self->data);
  json_decref (self->split);
  g_clear_pointer (&self->dataset, cam_dataset_unref);
  for (guint part = 0; part < CAM_N_PARTS; part++)
    cam_evaluation_unref (self->evaluations[part]);
  g_mutex_clear (&self->lock);
  g_free (self);
}

const CamModel *
cam_evaluation_source_get_model (const CamEvaluationSource *self)
{
  return self->model;
}

CamTable *
cam_evaluation_source_get_table (const CamEvaluationSource *self)
{
  return self->table;
}

gint
cam_evaluation_source_get_progress (CamEvaluationSource *self)
{
  return g_atomic_int_get (&self->progress);
}

/* Sheets ------------------------------------------------------------------------------------------------------------ */

CamEvaluationSheet *
cam_evaluation_sheet_ref (CamEvaluationSheet *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
cam_evaluation_sheet_unref (CamEvaluationSheet *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;
  cam_evaluation_unref (self->evaluation);
  cam_dataset_unref (self->dataset);
  g_clear_pointer (&self->scores, g_array_unref);
  for (guint i = 0; i < CAM_N_SHEET_CHARTS; i++)
    g_clear_pointer (&self->charts[i], cam_chart_unref);
  g_clear_pointer (&self->samples[0], g_array_unref);
  g_clear_pointer (&self->samples[1], g_array_unref);
  g_clear_pointer (&self->cutoffs, cam_cutoffs_free);
  g_clear_pointer (&self->copies, cam_sight_view_free);
  g_free (self->errors);
  g_free (self->code_text);
  g_free (self);
}

/* The threshold, halfway between two scores, with the best F1. */
static void
find_best_f1 (CamEvaluationSheet *self,
              const CamCutoffs   *cutoffs)
{
  self->best_f1 = self->best_f1_threshold = NAN;
  for (gsize i = 0; i < cutoffs->n_thresholds; i++)
    {
      CamCounts counts = { (double) cutoffs->positives[i], (double) cutoffs->negatives[i], (double) (cutoffs->n_negative - cutoffs->negatives[i]),
                           (double) (cutoffs->n_positive - cutoffs->positives[i]) };
      double f1 = cam_counts_get_f1 (&counts);

      if (isnan (self->best_f1) || f1 > self->best_f1)
        {
          self->best_f1 = f1;
          self->best_f1_threshold = i + 1 < cutoffs->n_thresholds ? ((double) cutoffs->scores[i] + cutoffs->scores[i + 1]) / 2.0 : (double) cutoffs->scores[i] / 2.0;
        }
    }
}

static void
draw_curves (CamEvaluationSheet *self,
             const CamCutoffs   *cutoffs)
{
  self->charts[CAM_SHEET_ROC] = cam_evaluation_chart_roc (cutoffs);
  self->charts[CAM_SHEET_PRECISION] = cam_evaluation_chart_precision (cutoffs);
  find_best_f1 (self, cutoffs);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static void
fill_copies (CamEvaluationSheet *self,
             const CamModel     *model,
             GCancellable       *cancellable)
{
  CamEvaluation *evaluation = self->evaluation;
  CamPart part = (CamPart) evaluation->part;
  gsize n;
  g_autofree gsize *worst = cam_evaluation_list_misses (evaluation, 0, -INFINITY, INFINITY, &n);
  g_autoptr(CamCode) code = cam_code_new (model, self->dataset, part, MOST_CODES, cancellable);

  self->copies = cam_sight_list_copies (self->dataset, cam_model_get_network (model), part, worst, MIN (n, CAM_SIGHT_MOST_COPIES));
  if (code != NULL)
    self->charts[CAM_SHEET_CODE] = cam_evaluation_chart_code (evaluation, code, self->dataset, &self->code_text);
  self->errors = g_new (double, evaluation->n_rows);
  for (gsize i = 0; i < evaluation->n_rows; i++)
    self->errors[i] = evaluation->errors[i];
  qsort (self->errors, evaluation->n_rows, sizeof *self->errors, compare_doubles);
}

/* The output beside what could be said without a network. */
static void
compare_forecasts (CamEvaluationSheet *self)
{
  const CamEvaluation *e = self->evaluation;
  const float *others[] = { e->said, e->usual, e->seasonal };
  g_autofree float *said = g_new (float, e->n_rows), *truth = g_new (float, e->n_rows);

  for (gsize i = 0; i < e->n_rows; i++)
    truth[i] = e->truth[i * e->n_outputs + self->output];
  for (guint k = 0; k < G_N_ELEMENTS (others); k++)
    if (others[k] != NULL)
      {
        for (gsize i = 0; i < e->n_rows; i++)
          said[i] = others[k][i * e->n_outputs + self->output];
        cam_misses_init (&self->forecasts[k], truth, said, e->n_rows);
      }
}

static CamEvaluationSheet *
make_sheet (CamEvaluation  *evaluation,
            const CamModel *model,
            CamDataset     *dataset,
            guint           output,
            GCancellable   *cancellable)
{
  CamEvaluationSheet *self = g_new0 (CamEvaluationSheet, 1);

  g_atomic_ref_count_init (&self->count);
  self->evaluation = cam_evaluation_ref (evaluation);
  self->dataset = cam_dataset_ref (dataset);
  self->output = MIN (output, evaluation->n_outputs - 1);
  self->best_f1 = self->best_f1_threshold = NAN;
  for (guint part = 0; part < CAM_N_PARTS; part++)
    self->part_rows[part] = cam_dataset_get_n_rows (dataset, (CamPart) part);

  switch (evaluation->task)
    {
    case CAM_TASK_BINARY:
    case CAM_TASK_MULTILABEL:
      {
        const char *labels[2] = { _("no"), _("yes") };

        self->scores = cam_evaluation_list_ranked (evaluation, self->output);
        draw_curves (self, evaluation->cutoffs[self->output]);
        self->charts[CAM_SHEET_RELIABILITY] = cam_evaluation_chart_reliability (evaluation, self->output);
        self->charts[CAM_SHEET_SCORES] = cam_evaluation_chart_scores (evaluation, self->output,
                                                                      evaluation->class_names != NULL ? (const char *const *) evaluation->class_names : labels);
        break;
      }
    case CAM_TASK_MULTICLASS:
      self->scores = cam_evaluation_list_classes (evaluation);
      self->cutoffs = cam_evaluation_new_cutoffs (evaluation, self->output);
      draw_curves (self, self->cutoffs);
      break;
    case CAM_TASK_AUTOENCODER:
      self->scores = cam_evaluation_list_errors (evaluation);
      self->charts[CAM_SHEET_MISSES] = cam_evaluation_chart_misses (evaluation, 0, &self->low, &self->width);
      fill_copies (self, model, cancellable);
      break;
    case CAM_TASK_REGRESSION:
    default:
      self->scores = cam_evaluation_list_numbers (evaluation, self->output, NULL);
      self->charts[CAM_SHEET_ACTUAL] = cam_evaluation_chart_actual (evaluation, self->output, &self->samples[0]);
      self->charts[CAM_SHEET_RESIDUALS] = cam_evaluation_chart_residuals (evaluation, self->output, &self->samples[1]);
      self->charts[CAM_SHEET_MISSES] = cam_evaluation_chart_misses (evaluation, self->output, &self->low, &self->width);
      self->charts[CAM_SHEET_QUANTILES] = cam_evaluation_chart_quantiles (evaluation, self->output);
      self->charts[CAM_SHEET_SERIES] = cam_evaluation_chart_series (evaluation, self->output, dataset);
      if (evaluation->told != NULL)
        compare_forecasts (self);
      if (evaluation->n_steps > 1)
        self->charts[CAM_SHEET_HORIZON] = cam_evaluation_chart_horizon (evaluation, self->output % (evaluation->n_outputs / evaluation->n_steps));
    }

  return self;
}

/* The worker -------------------------------------------------------------------------------------------------------- */

typedef struct { CamEvaluationSource *source; int part; guint output; } Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  cam_evaluation_source_unref (ask->source);
  g_free (ask);
}

static CamPart
choose_part (const CamDataset *dataset,
             int               wanted)
{
  static const CamPart order[] = { CAM_PART_TEST, CAM_PART_VALIDATION, CAM_PART_TRAIN };

  if (wanted >= 0 && wanted < CAM_N_PARTS && cam_dataset_get_n_rows (dataset, (CamPart) wanted) > 0)
    return (CamPart) wanted;
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (cam_dataset_get_n_rows (dataset, order[i]) > 0)
      return order[i];
  return CAM_PART_TRAIN;
}

static void
work (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  Ask *ask = task_data;
  CamEvaluationSource *source = ask->source;
  CamEvaluationSheet *sheet = NULL;
  GError *error = NULL;
  CamPart part;

  g_mutex_lock (&source->lock);
  if (source->dataset == NULL)
    source->dataset = cam_dataset_new (source->table, source->data, source->split, &error);
  if (source->dataset != NULL)
    {
      part = choose_part (source->dataset, ask->part);
      if (source->evaluations[part] == NULL)
        source->evaluations[part] = cam_evaluation_new (source->model, source->dataset, part, &source->progress, cancellable, &error);
      if (source->evaluations[part] != NULL)
        sheet = make_sheet (source->evaluations[part], source->model, source->dataset, ask->output, cancellable);
    }
  g_mutex_unlock (&source->lock);

  if (sheet != NULL)
    g_task_return_pointer (task, sheet, (GDestroyNotify) cam_evaluation_sheet_unref);
  else
    g_task_return_error (task, error);
}

void
cam_evaluation_ask (CamEvaluationSource *source,
                    int                  part,
                    guint                output,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Ask *ask = g_new0 (Ask, 1);

  ask->source = cam_evaluation_source_ref (source);
  ask->part = part;
  ask->output = output;
  g_atomic_int_set (&source->progress, 0);
  g_task_set_source_tag (task, cam_evaluation_ask);
  g_task_set_task_data (task, ask, ask_free);
  g_task_run_in_thread (task, work);
}

CamEvaluationSheet *
cam_evaluation_ask_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
