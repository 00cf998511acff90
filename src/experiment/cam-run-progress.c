/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a run is, how fast it goes, and how long it may still take. */
#include "cam-run-private.h"

#include <math.h>

/* Rows per second are those of the last one to two seconds; time left is told after this much. */
#define RATE_WINDOW_S 1.0
#define LEFT_AFTER_S 0.2

void
cam_run_progress_init (CamRunProgress *self,
                       const CamRun   *run)
{
  *self = (CamRunProgress) { .progress = { .loss = NAN, .left_s = NAN, .best_value = NAN, .rate = NAN } };
  if (run == NULL)
    return;

  self->progress.n_epochs = run->n_epochs;
  self->progress.n_batches = run->n_batches;
}

void
cam_run_progress_go_on (CamRunProgress *self,
                        const CamRun   *run,
                        guint           n,
                        guint           best_epoch,
                        double          best_value,
                        double          elapsed_s)
{
  cam_run_progress_init (self, run);
  self->progress.epoch = n;
  self->progress.best_epoch = best_epoch;
  self->progress.best_value = best_value;
  self->progress.elapsed_s = elapsed_s;
  self->from.elapsed_s = self->next.elapsed_s = elapsed_s;
  self->from.rows = self->next.rows = (double) run->n_rows * n;
}

static void
update_rate (CamRunProgress *self,
             const CamRun   *run,
             double          rows)
{
  CamProgress *progress = &self->progress;
  double elapsed_s = progress->elapsed_s, all = (double) run->n_rows * run->n_epochs;

  if (elapsed_s - self->next.elapsed_s >= RATE_WINDOW_S)
    {
      self->from = self->next;
      self->next.elapsed_s = elapsed_s;
      self->next.rows = rows;
    }
  if (elapsed_s > self->from.elapsed_s)
    progress->rows_per_s = (rows - self->from.rows) / (elapsed_s - self->from.elapsed_s);
  progress->left_s = elapsed_s >= LEFT_AFTER_S && progress->rows_per_s > 0.0 ? (all - rows) / progress->rows_per_s : NAN;
}

void
cam_run_progress_take (CamRunProgress    *self,
                       const CamRun      *run,
                       const CamSnapshot *snapshot)
{
  CamProgress *progress = &self->progress;
  gboolean is_epoch = snapshot->kind == CAM_SNAPSHOT_EPOCH;
  double rows = (double) run->n_rows * snapshot->epoch;

  progress->epoch = snapshot->epoch;
  progress->batch = is_epoch ? run->n_batches : snapshot->batch;
  progress->loss = snapshot->loss;
  progress->elapsed_s = snapshot->elapsed_s;
  progress->rate = snapshot->rate;
  if (is_epoch)
    {
      progress->best_epoch = snapshot->best_epoch;
      progress->best_value = snapshot->best_value;
    }
  else
    rows += (double) MIN (snapshot->batch * run->batch_size, run->n_rows);
  update_rate (self, run, rows);
}
