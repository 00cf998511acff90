/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a study takes, told before it begins from a short fit of its experiment. */
#include <math.h>

#include "cam-study-private.h"

typedef struct
{
  GCancellable *cancellable;
  double        most_s, elapsed_s, rows;
  double        n_rows, batch_size;
} Measure;

static void
look (Measure *measure,
      double   rows,
      double   elapsed_s)
{
  measure->rows = rows;
  measure->elapsed_s = elapsed_s;
  if (elapsed_s >= measure->most_s)
    g_cancellable_cancel (measure->cancellable);
}

static void
batch_cb (const CamBatchProgress *progress,
          gpointer                user_data)
{
  Measure *measure = user_data;

  look (measure, (progress->epoch - 1) * measure->n_rows + MIN ((double) progress->batch * measure->batch_size, measure->n_rows), progress->elapsed_s);
}

static void
epoch_cb (const CamEpoch *epoch,
          CamNetwork     *network,
          gpointer        user_data)
{
  Measure *measure = user_data;

  look (measure, epoch->epoch * measure->n_rows, epoch->elapsed_s);
}

double
cam_study_measure (CamStudy *self,
                   double    most_s)
{
  CamDataset *dataset = cam_study_peek_dataset (self);
  g_autoptr(CamExperiment) experiment = cam_plan_make_experiment (self->plan, 0, 0, 0, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(CamRun) run = dataset != NULL && experiment != NULL ? cam_run_new (experiment, dataset, 1, NULL) : NULL;
  Measure measure = { .cancellable = cancellable, .most_s = most_s };
  CamFitHooks hooks = { .on_batch = batch_cb, .on_epoch = epoch_cb, .user_data = &measure };
  CamFitOutcome outcome = { 0 };

  if (run == NULL)
    return NAN;

  measure.n_rows = (double) run->n_rows;
  measure.batch_size = (double) run->batch_size;
  cam_fit_run (run->fit, &hooks, cancellable, &outcome);
  cam_fit_outcome_clear (&outcome);

  return measure.rows > 0.0 && measure.elapsed_s > 0.0 ? measure.elapsed_s / measure.rows : NAN;
}

/* Training rows of a setting; a learning curve begins with the fewest. */
static double
count_rows (CamStudy *self,
            guint     setting)
{
  const CamDataset *dataset = cam_study_peek_dataset (self);
  double first = dataset != NULL ? (double) cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN) : NAN;
  double size = json_number_value (json_object_get (cam_plan_get_values (self->plan, setting), "split/train_rows"));
  double first_size = json_number_value (json_object_get (cam_plan_get_values (self->plan, 0), "split/train_rows"));

  if (size <= 0.0)
    return first;

  return size > 1.0 ? size : first_size <= 1.0 ? first / first_size * size : first;
}

double
cam_study_estimate (CamStudy *self,
                    double    row_s)
{
  double rows = 0.0;

  for (guint place = 0; place < self->results->len; place++)
    {
      CamPlanPlace at = cam_plan_find_place (self->plan, place);

      if (!g_array_index (self->results, Result, place).is_done)
        rows += count_rows (self, at.rank) * cam_plan_get_epochs (self->plan, at.stage, at.rank);
    }

  return rows * row_s / MAX (self->workers->len, 1);
}
