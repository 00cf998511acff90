/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit on its thread, and the queue in which it leaves snapshots for the runner. */
#include "cam-run-private.h"

#include <math.h>
#include <string.h>

/* Snapshots that may wait. A main loop that hangs longer than that makes the fit wait too, so that memory stays bounded. */
#define MOST_WAITING 65536

/* Fit thread; takes @snapshot. */
static void
publish (CamRun      *self,
         CamSnapshot *snapshot)
{
  g_async_queue_lock (self->snapshots);
  while (g_async_queue_length_unlocked (self->snapshots) >= MOST_WAITING && !g_cancellable_is_cancelled (self->cancellable))
    {
      g_async_queue_unlock (self->snapshots);
      g_usleep (1000);
      g_async_queue_lock (self->snapshots);
    }
  g_async_queue_push_unlocked (self->snapshots, snapshot);
  if (snapshot->kind == CAM_SNAPSHOT_END)
    g_source_set_ready_time (self->drain, 0);
  else if (!self->shared.is_awake)
    g_source_set_ready_time (self->drain, self->shared.next_turn);
  self->shared.is_awake = TRUE;
  g_async_queue_unlock (self->snapshots);
}

static void
on_batch (const CamBatchProgress *progress,
          gpointer                user_data)
{
  CamSnapshot *snapshot = g_new0 (CamSnapshot, 1);

  snapshot->kind = CAM_SNAPSHOT_BATCH;
  snapshot->epoch = progress->epoch - 1;
  snapshot->batch = progress->batch;
  snapshot->loss = progress->loss;
  snapshot->elapsed_s = progress->elapsed_s;
  snapshot->rate = progress->rate;
  publish (user_data, snapshot);
}

static void
share_best (CamRun *self,
            guint   epoch)
{
  GBytes *weights = cam_fit_dup_best_weights (self->fit);

  g_async_queue_lock (self->snapshots);
  g_clear_pointer (&self->shared.best_weights, g_bytes_unref);
  self->shared.best_weights = weights;
  self->shared.best_epoch = epoch;
  g_async_queue_unlock (self->snapshots);
}

static void
on_epoch (const CamEpoch *epoch,
          CamNetwork     *network,
          gpointer        user_data)
{
  CamRun *self = user_data;
  gsize values_size = self->n_keys * sizeof (double);
  CamSnapshot *snapshot = g_malloc (sizeof (CamSnapshot) + values_size);

  *snapshot = (CamSnapshot) { .kind = CAM_SNAPSHOT_EPOCH, .epoch = epoch->epoch, .loss = epoch->values[self->loss_key],
                              .elapsed_s = epoch->elapsed_s, .rate = epoch->rate, .best_epoch = epoch->best_epoch, .best_value = epoch->best_value };
  memcpy (snapshot->values, epoch->values, values_size);
  self->fit_thread.trained_s = epoch->elapsed_s;
  self->fit_thread.n_epochs = epoch->epoch;
  if (epoch->is_best)
    share_best (self, epoch->epoch);
  cam_run_watch_epoch (self, network, epoch->epoch);
  publish (self, snapshot);
}

static void
on_rate (double   rate,
         guint    epoch,
         gsize    batch,
         gpointer user_data)
{
  CamSnapshot *snapshot = g_new0 (CamSnapshot, 1);

  *snapshot = (CamSnapshot) { .kind = CAM_SNAPSHOT_RATE, .epoch = epoch, .batch = batch, .rate = rate };
  publish (user_data, snapshot);
}

/* A copy of the state costs a pass over all weights, so only where somebody will keep it. */
static void
share_state (CamRun *self)
{
  GBytes *state;

  if (!g_atomic_int_compare_and_exchange (&self->wants_state, TRUE, FALSE))
    return;

  state = cam_fit_dup_state (self->fit);
  g_async_queue_lock (self->snapshots);
  g_clear_pointer (&self->shared.state, g_bytes_unref);
  self->shared.state = state;
  self->shared.state_epoch = self->fit_thread.n_epochs;
  g_async_queue_unlock (self->snapshots);
}

static void
on_settled (gpointer user_data)
{
  CamRun *self = user_data;

  share_state (self);
  if (g_atomic_int_compare_and_exchange (&self->pauses_next, TRUE, FALSE) && self->fit_thread.n_epochs < self->n_epochs)
    {
      CamSnapshot *snapshot = g_new0 (CamSnapshot, 1);

      cam_fit_set_paused (self->fit, TRUE);
      snapshot->kind = CAM_SNAPSHOT_PAUSED;
      publish (self, snapshot);
    }
}

static gpointer
run_main (gpointer data)
{
  CamRun *self = data;
  CamFitHooks hooks = { .on_batch = on_batch, .on_epoch = on_epoch, .on_checkpoint = cam_run_write_model, .on_line = cam_run_write_line,
                        .on_rate = on_rate, .on_settled = on_settled, .user_data = self };
  CamSnapshot *end = g_new0 (CamSnapshot, 1);

  cam_fit_run (self->fit, &hooks, self->cancellable, &self->fit_thread.outcome);
  self->fit_thread.best_weights = cam_fit_dup_best_weights (self->fit);
  self->fit_thread.last_weights = cam_fit_dup_last_weights (self->fit);
  self->fit_thread.state = cam_fit_dup_state (self->fit);
  self->fit_thread.report = cam_run_report_new (self);

  end->kind = CAM_SNAPSHOT_END;
  publish (self, end);

  return NULL;
}

void
cam_run_begin (CamRun  *self,
               GSource *drain)
{
  g_assert (self->thread == NULL);

  self->drain = g_source_ref (drain);
  self->thread = g_thread_new ("cam-fit", run_main, self);
}

gboolean
cam_run_restore (CamRun  *self,
                 GBytes  *state,
                 guint    epoch,
                 guint    n_more,
                 GError **error)
{
  g_assert (self->thread == NULL);

  if (!cam_fit_set_state (self->fit, state, error))
    return FALSE;
  if (n_more > 0)
    cam_fit_add_epochs (self->fit, n_more);
  self->n_epochs = cam_fit_get_epochs (self->fit);
  self->fit_thread.n_epochs = epoch;

  return TRUE;
}

gboolean
cam_run_go_back (CamRun  *self,
                 GBytes  *weights,
                 guint    epoch,
                 double   value,
                 double   elapsed_s,
                 double   rate,
                 guint    n_epochs,
                 GError **error)
{
  g_assert (self->thread == NULL);

  if (!cam_fit_go_back (self->fit, weights, epoch, value, elapsed_s, rate, error))
    return FALSE;
  if (n_epochs > epoch)
    cam_fit_add_epochs (self->fit, n_epochs - epoch);
  self->n_epochs = cam_fit_get_epochs (self->fit);
  self->fit_thread.n_epochs = epoch;

  return TRUE;
}

void
cam_run_stop (CamRun *self)
{
  g_cancellable_cancel (self->cancellable);
}

void
cam_run_join (CamRun *self)
{
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_pointer (&self->fit, cam_fit_free);
}

void
cam_run_free (CamRun *self)
{
  if (self == NULL)
    return;

  g_atomic_int_set (&self->is_hurried, TRUE);
  cam_run_stop (self);
  cam_run_join (self);

  cam_network_free (self->fit_thread.network);
  cam_fit_outcome_clear (&self->fit_thread.outcome);
  g_clear_pointer (&self->fit_thread.best_weights, g_bytes_unref);
  g_clear_pointer (&self->fit_thread.last_weights, g_bytes_unref);
  g_clear_pointer (&self->fit_thread.state, g_bytes_unref);
  g_clear_pointer (&self->fit_thread.report, json_decref);
  g_clear_error (&self->fit_thread.files_error);
  g_clear_pointer (&self->shared.best_weights, g_bytes_unref);
  g_clear_pointer (&self->shared.live_weights, g_bytes_unref);
  g_clear_pointer (&self->shared.views, g_ptr_array_unref);
  g_clear_pointer (&self->shared.state, g_bytes_unref);
  g_free (self->weights);
  g_free (self->folder);
  g_clear_pointer (&self->snapshots, g_async_queue_unref);
  g_clear_pointer (&self->drain, g_source_unref);
  g_clear_object (&self->cancellable);
  g_strfreev (self->keys);
  g_free (self->monitor);
  g_clear_pointer (&self->dataset, cam_dataset_unref);
  g_clear_pointer (&self->experiment, cam_experiment_unref);
  g_free (self);
}
