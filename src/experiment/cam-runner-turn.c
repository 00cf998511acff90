/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A runner's turns: snapshots are taken from the run's queue, kept, and told of. */
#include "cam-runner-private.h"

/* Snapshots taken in one turn, and the time between two turns: the loop is free for the rest of it, however fast the fit is. */
#define MOST_IN_TURN 4096
#define TURN_US 16000
/* Time between two "progress". */
#define PROGRESS_US 33000

/* Copies of weights that came with a handful of snapshots, each with its epoch; NULL: none. */
typedef struct
{
  GBytes *best, *state;
  guint   best_epoch, state_epoch;
} Copies;

static void
copies_clear (Copies *copies)
{
  g_clear_pointer (&copies->best, g_bytes_unref);
  g_clear_pointer (&copies->state, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copies, copies_clear)

static void
take_rate (CamRunner         *self,
           const CamSnapshot *snapshot)
{
  CamRunEvent event = { CAM_RUN_EVENT_RATE, snapshot->epoch, snapshot->batch, snapshot->rate };
  CamRunEvent *last = self->events->len > 0 ? &g_array_index (self->events, CamRunEvent, self->events->len - 1) : NULL;

  /* Set again before any batch had it: it never held. */
  if (last != NULL && last->kind == CAM_RUN_EVENT_RATE && last->epoch == event.epoch && last->batch == event.batch)
    {
      *last = event;
      self->keeper.n_events = MIN (self->keeper.n_events, self->events->len - 1);
    }
  else
    g_array_append_val (self->events, event);
  self->progress.progress.rate = snapshot->rate;
  self->has_news = TRUE;
  self->told_at = 0;
}

/* The epoch that was asked for is over, unless somebody has stopped or resumed meanwhile. */
static void
take_pause (CamRunner *self)
{
  self->has_paused = self->is_stepping && self->state == CAM_RUNNER_RUNNING;
  self->is_stepping = FALSE;
}

/* Takes a bounded handful out of the queue. Returns whether the run's end was among it; @copies are set where the handful was all there was. */
static gboolean
take_snapshots (CamRunner *self,
                Copies    *copies)
{
  CamRun *run = self->run;
  g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func (g_free);
  gboolean ended = FALSE;

  g_async_queue_lock (run->snapshots);
  while (taken->len < MOST_IN_TURN && g_async_queue_length_unlocked (run->snapshots) > 0)
    g_ptr_array_add (taken, g_async_queue_try_pop_unlocked (run->snapshots));
  if (g_async_queue_length_unlocked (run->snapshots) == 0 && run->shared.best_weights != NULL)
    {
      copies->best = g_bytes_ref (run->shared.best_weights);
      copies->best_epoch = run->shared.best_epoch;
    }
  if (g_async_queue_length_unlocked (run->snapshots) == 0)
    {
      copies->state = g_steal_pointer (&run->shared.state);
      copies->state_epoch = run->shared.state_epoch;
    }
  g_async_queue_unlock (run->snapshots);

  for (guint i = 0; i < taken->len; i++)
    {
      const CamSnapshot *snapshot = g_ptr_array_index (taken, i);

      if (snapshot->kind == CAM_SNAPSHOT_END)
        {
          ended = TRUE;
          continue;
        }
      if (snapshot->kind == CAM_SNAPSHOT_RATE)
        {
          take_rate (self, snapshot);
          continue;
        }
      if (snapshot->kind == CAM_SNAPSHOT_PAUSED)
        {
          take_pause (self);
          continue;
        }
      if (snapshot->kind == CAM_SNAPSHOT_EPOCH)
        {
          g_array_append_vals (self->rows, snapshot->values, run->n_keys);
          self->best_epoch = snapshot->best_epoch;
          self->best_value = snapshot->best_value;
          g_array_append_val (self->seconds, snapshot->elapsed_s);
        }
      cam_run_progress_take (&self->progress, run, snapshot);
      self->has_news = TRUE;
    }

  return ended;
}

static void
keep_epochs (CamRunner *self)
{
  cam_run_keeper_add (&self->keeper, (const double *) (gpointer) self->rows->data, (const double *) (gpointer) self->seconds->data,
                      self->seconds->len, self->best_epoch, self->best_value);
  cam_run_keeper_add_events (&self->keeper, self->events);
}

/* The thread has ended and all its snapshots are taken: everything becomes final. */
static void
settle (CamRunner *self)
{
  cam_run_join (self->run);
  g_source_destroy (self->drain);
  g_clear_pointer (&self->drain, g_source_unref);
  cam_run_keeper_finish (&self->keeper, self->run, (const double *) (gpointer) self->rows->data, (const double *) (gpointer) self->seconds->data,
                         self->seconds->len, self->events);
  self->progress.progress.elapsed_s = self->run->fit_thread.outcome.elapsed_s;
  self->progress.progress.left_s = 0.0;
  self->has_ended = TRUE;
}

/* When to look again: soon where snapshots are waiting, when something put off is due, or when a new snapshot says so. */
static void
sleep_until (CamRunner *self,
             gint64     due)
{
  CamRun *run = self->run;
  gint64 next_turn = g_get_monotonic_time () + TURN_US;

  g_async_queue_lock (run->snapshots);
  run->shared.next_turn = next_turn;
  run->shared.is_awake = g_async_queue_length_unlocked (run->snapshots) > 0;
  if (run->shared.is_awake)
    g_source_set_ready_time (self->drain, next_turn);
  else
    g_source_set_ready_time (self->drain, due > 0 ? due : -1);
  g_async_queue_unlock (run->snapshots);
}

static gint64
earlier (gint64 a,
         gint64 b)
{
  return a == 0 || (b != 0 && b < a) ? b : a;
}

/* One turn. Handlers may do anything, also dispose the runner: after each emission it is looked at anew. */
static void
take_turn (CamRunner *self)
{
  g_auto(Copies) copies = { NULL };
  guint first = self->n_epochs, n;
  gboolean ended = take_snapshots (self, &copies);
  gint64 due, now;

  n = self->rows->len / self->run->n_keys - first;
  keep_epochs (self);
  due = cam_run_keeper_add_weights (&self->keeper, copies.best, copies.best_epoch);
  cam_run_keeper_add_state (&self->keeper, copies.state, copies.state_epoch);
  g_atomic_int_set (&self->run->wants_state, cam_run_keeper_wants_state (&self->keeper));
  self->n_epochs += n;
  if (ended)
    settle (self);

  if (n > 0)
    cam_runner_tell_epochs (self, first, n);

  if (self->is_disposed)
    return;
  if (self->has_paused)
    {
      self->has_paused = FALSE;
      cam_runner_change_state (self, CAM_RUNNER_PAUSED);
    }
  if (self->is_disposed)
    return;
  if (ended)
    {
      cam_runner_tell_progress (self);
      cam_runner_change_state (self, CAM_RUNNER_IDLE);
      if (!self->is_disposed)
        cam_runner_tell_ended (self);
      return;
    }

  now = g_get_monotonic_time ();
  if (self->has_news && now >= self->told_at + PROGRESS_US)
    cam_runner_tell_progress (self);
  if (!self->is_disposed)
    sleep_until (self, earlier (due, self->has_news ? self->told_at + PROGRESS_US : 0));
}

static gboolean
drain_cb (gpointer user_data)
{
  g_autoptr(CamRunner) self = g_object_ref (user_data);

  take_turn (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
drain_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs drain_funcs = { .dispatch = drain_dispatch };

void
cam_runner_attach_drain (CamRunner *self)
{
  self->drain = g_source_new (&drain_funcs, sizeof (GSource));
  g_source_set_static_name (self->drain, "CamRunner drain");
  g_source_set_callback (self->drain, drain_cb, self, NULL);
  g_source_attach (self->drain, self->context);
}

void
cam_runner_finish_now (CamRunner *self)
{
  gboolean ended = FALSE;

  g_atomic_int_set (&self->run->is_hurried, TRUE);
  cam_run_stop (self->run);
  cam_run_join (self->run);
  while (!ended)
    {
      g_auto(Copies) copies = { NULL };

      ended = take_snapshots (self, &copies);
    }
  settle (self);
  self->n_epochs = self->rows->len / self->run->n_keys;
  self->state = CAM_RUNNER_IDLE;
}
