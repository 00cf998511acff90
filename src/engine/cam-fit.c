/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit loop: epochs of batches, measuring, callbacks, the best epoch, and the four ways it can end. */
#include "cam-fit.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-fit-private.h"

/* Seconds between two calls of on_batch. */
#define TELL_EVERY_S 0.03

typedef struct
{
  CamFit            *fit;
  const CamFitHooks *hooks;
  GCancellable      *cancellable;
  CamFitOutcome     *outcome;
  gint64             begun;       /* monotonic µs, moved on by pauses */
  gint64             told;
  double            *values;      /* one for each key */
} Loop;

static double
elapsed (const Loop *loop)
{
  return (double) (g_get_monotonic_time () - loop->begun) / G_USEC_PER_SEC;
}

static void
wake_cb (GCancellable *cancellable,
         gpointer      user_data)
{
  CamFit *self = user_data;

  g_mutex_lock (&self->lock);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
take_new_rate (Loop *loop)
{
  CamFit *self = loop->fit;
  double rate;

  g_mutex_lock (&self->lock);
  self->optimizer.given_rate = rate = self->new_rate;
  g_atomic_int_set (&self->has_new_rate, FALSE);
  g_mutex_unlock (&self->lock);

  if (loop->hooks != NULL && loop->hooks->on_rate != NULL)
    {
      guint epoch;
      gsize batch;

      cam_fit_get_place (self, &epoch, &batch);
      loop->hooks->on_rate ((float) rate, epoch, batch, loop->hooks->user_data);
    }
}

/* Asleep until somebody resumes or stops; a new rate is taken meanwhile. The time does not count. */
static void
wait_while_paused (Loop *loop)
{
  CamFit *self = loop->fit;
  gint64 from = g_get_monotonic_time ();
  gulong id = loop->cancellable != NULL ? g_cancellable_connect (loop->cancellable, G_CALLBACK (wake_cb), self, NULL) : 0;

  g_mutex_lock (&self->lock);
  while (g_atomic_int_get (&self->paused) && !g_cancellable_is_cancelled (loop->cancellable))
    if (g_atomic_int_get (&self->has_new_rate))
      {
        g_mutex_unlock (&self->lock);
        take_new_rate (loop);
        g_mutex_lock (&self->lock);
      }
    else
      g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);

  g_cancellable_disconnect (loop->cancellable, id);
  loop->begun += g_get_monotonic_time () - from;
}


/* FALSE: Stop was pressed, perhaps during a pause. */
static gboolean
may_go_on (Loop *loop)
{
  if (g_atomic_int_get (&loop->fit->paused))
    wait_while_paused (loop);
  if (g_atomic_int_get (&loop->fit->has_new_rate))
    take_new_rate (loop);

  return !g_cancellable_is_cancelled (loop->cancellable);
}

static void
tell_batch (Loop          *loop,
            gsize          batch,
            gsize          n_batches,
            const double  *sums,
            double         epoch_began)
{
  gint64 now;
  double so_far, spent;
  CamBatchProgress progress;

  if (loop->hooks == NULL || loop->hooks->on_batch == NULL)
    return;
  now = g_get_monotonic_time ();
  if (now - loop->told < TELL_EVERY_S * G_USEC_PER_SEC)
    return;

  so_far = (double) (now - loop->begun) / G_USEC_PER_SEC;
  spent = so_far - epoch_began;
  progress = (CamBatchProgress) { loop->fit->epoch + 1, loop->fit->epochs, batch, n_batches, sums[CAM_SUM_LOSS] / sums[CAM_SUM_ROWS],
                                  so_far, spent > 0.0 ? sums[CAM_SUM_ROWS] / (double) loop->fit->measure.n_steps / spent : 0.0,
                                  cam_optimizer_get_rate (&loop->fit->optimizer, loop->fit->step) };
  loop->told = now;
  loop->hooks->on_batch (&progress, loop->hooks->user_data);
}

void
cam_fit_shuffle (CamFit *self,
                 guint   epoch)
{
  CamRng rng;

  if (!self->shuffle)
    return;

  /* Each epoch has a stream of its own and begins from the rows as they stand, so that one epoch's order does not hang on the others'. */
  for (gsize i = 0; i < self->training.n_rows; i++)
    self->order[i] = (guint32) i;
  cam_rng_init (&rng, self->seed, cam_rng_stream_named ("shuffle") + epoch);
  cam_rng_shuffle (&rng, self->order, self->training.n_rows);
}

/* The batches of one epoch, or those that are left of it. FALSE: ended within it, and the outcome says how. */
static gboolean
run_batches (Loop *loop)
{
  CamFit *self = loop->fit;
  gsize n_rows = self->training.n_rows, n_batches = (n_rows + self->batch_size - 1) / self->batch_size;
  double began = elapsed (loop);

  cam_pool_pace (self->pool, 0.0);
  while (self->next_first < n_rows)
    {
      gsize batch = self->next_first / self->batch_size;
      CamBad bad;

      if (!may_go_on (loop))
        {
          loop->outcome->end = CAM_FIT_STOPPED;
          return FALSE;
        }
      bad = cam_fit_step (self, self->next_first, MIN (self->batch_size, n_rows - self->next_first), self->epoch_sums);
      if (bad != CAM_BAD_NOTHING)
        {
          self->has_diverged = TRUE;
          cam_fit_explain_bad (self, bad, batch + 1, loop->outcome);
          return FALSE;
        }
      self->next_first += self->batch_size;
      tell_batch (loop, batch + 1, n_batches, self->epoch_sums, began);
    }

  return TRUE;
}

/* The means of loss and metrics to their places among the values. */
static void
set_values (Loop       *loop,
            const char *prefix)
{
  const CamFit *self = loop->fit;

  for (guint i = 0; i < cam_measure_n (&self->measure); i++)
    {
      const char *name = i == 0 ? "loss" : g_ptr_array_index (self->measure.names, i - 1);

      for (guint key = 0; self->keys[key] != NULL; key++)
        if (g_str_has_prefix (self->keys[key], prefix) && g_str_equal (self->keys[key] + strlen (prefix), name))
          loop->values[key] = self->means[i];
    }
}

static void
fill_values (Loop          *loop,
             const double  *sums)
{
  CamFit *self = loop->fit;

  cam_measure_means (&self->measure, sums, self->means);
  set_values (loop, "");

  if (self->validation.n_rows > 0)
    {
      cam_measure_run (&self->measure, self->network, &self->validation, self->measure_batch, self->pool, self->means);
      set_values (loop, "val_");
    }
  if (self->remeasured.n_rows > 0)
    {
      cam_measure_run (&self->measure, self->network, &self->remeasured, self->measure_batch, self->pool, self->means);
      set_values (loop, CAM_REMEASURED_PREFIX);
    }
  /* As it was in the epoch, before a callback lowers it. */
  if (self->rate_key >= 0)
    loop->values[self->rate_key] = cam_optimizer_get_rate (&self->optimizer, self->step);
}

static double
get_monitored (const Loop *loop)
{
  for (guint i = 0; loop->fit->keys[i] != NULL; i++)
    if (g_str_equal (loop->fit->keys[i], loop->fit->monitor))
      return loop->values[i];

  return NAN;
}

/* Keeps the weights where the epoch is the best so far. */
static gboolean
keep_best (Loop *loop)
{
  CamFit *self = loop->fit;
  double value = get_monitored (loop);

  if (!isfinite (value) || (self->best_epoch > 0 && (self->monitor_larger ? value <= self->best_value : value >= self->best_value)))
    return FALSE;

  self->best_epoch = self->epoch + 1;
  self->best_value = value;
  g_clear_pointer (&self->best_weights, g_bytes_unref);
  self->best_weights = cam_network_dup_weights (self->network);
  return TRUE;
}

static void
tell_epoch (Loop     *loop,
            gboolean  is_best,
            double    began)
{
  double now = elapsed (loop);
  CamEpoch epoch = { loop->fit->epoch + 1, loop->fit->epochs, loop->values, is_best, loop->fit->best_epoch, loop->fit->best_value,
                     now, now > began ? (double) loop->fit->training.n_rows / (now - began) : 0.0,
                     cam_optimizer_get_rate (&loop->fit->optimizer, loop->fit->step) };

  if (loop->hooks != NULL && loop->hooks->on_epoch != NULL)
    loop->hooks->on_epoch (&epoch, loop->fit->network, loop->hooks->user_data);
}

/* One epoch, or what is left of it. FALSE: it was the last. */
static gboolean
run_epoch (Loop *loop)
{
  CamFit *self = loop->fit;
  double began = elapsed (loop);
  char *reason;

  if (!self->has_begun)
    {
      self->has_begun = TRUE;
      self->next_first = 0;
      memset (self->epoch_sums, 0, self->measure.n_sums * sizeof (double));
      cam_fit_begin_callbacks (self, loop->hooks);
      cam_fit_shuffle (self, self->epoch);
    }
  if (!run_batches (loop))
    return FALSE;

  fill_values (loop, self->epoch_sums);
  self->n_done = self->epoch + 1;
  loop->outcome->weights_of_epoch = self->n_done;
  tell_epoch (loop, keep_best (loop), began);
  reason = cam_fit_ask_callbacks (self, loop->values, loop->hooks);

  self->epoch++;
  self->has_begun = FALSE;
  self->elapsed_before = elapsed (loop);
  if (loop->hooks != NULL && loop->hooks->on_settled != NULL)
    loop->hooks->on_settled (loop->hooks->user_data);
  if (reason == NULL)
    return TRUE;
  loop->outcome->end = CAM_FIT_EARLY;
  loop->outcome->message = reason;
  return FALSE;
}

/* Weights become their running averages where the optimizer keeps some. */
static void
finish_optimizer (CamFit *self)
{
  for (guint i = 0; i < self->network->weights->len; i++)
    {
      CamTensor *weight = cam_network_peek_weight (self->network, i);

      if (self->weight_gradients[i] != NULL)
        cam_optimizer_finish (&self->optimizer, weight->data, self->slots[i], weight->n);
    }
}

/* What training would go on from, where the run leaves the network with something else. */
static void
keep_going_weights (CamFit *self)
{
  g_clear_pointer (&self->going_weights, g_bytes_unref);
  if (!self->has_diverged)
    self->going_weights = cam_network_dup_weights (self->network);
}

/* Stop and divergence leave the best epoch, or what was there before the first one; else the callbacks have their say. */
static void
settle_weights (Loop *loop)
{
  CamFit *self = loop->fit;
  CamFitOutcome *outcome = loop->outcome;

  keep_going_weights (self);
  if (outcome->end == CAM_FIT_STOPPED || outcome->end == CAM_FIT_DIVERGED)
    {
      if (self->best_weights != NULL || outcome->end == CAM_FIT_DIVERGED)
        {
          cam_network_set_weights (self->network, self->best_weights != NULL ? self->best_weights : self->first_weights, NULL);
          outcome->weights_of_epoch = self->best_epoch;
        }
      return;
    }

  finish_optimizer (self);
  g_clear_pointer (&self->last_weights, g_bytes_unref);
  self->last_weights = cam_network_dup_weights (self->network);
  for (guint i = 0; i < self->callbacks->len; i++)
    {
      CamCallback *callback = g_ptr_array_index (self->callbacks, i);
      guint epoch = callback->ops->on_end != NULL ? callback->ops->on_end (callback, self->network) : 0;

      if (epoch > 0)
        outcome->weights_of_epoch = epoch;
    }
}

void
cam_fit_run (CamFit            *self,
             const CamFitHooks *hooks,
             GCancellable      *cancellable,
             CamFitOutcome     *outcome)
{
  Loop loop = { self, hooks, cancellable, outcome, g_get_monotonic_time () - (gint64) (self->elapsed_before * G_USEC_PER_SEC), 0, NULL };
  guint denormals;

  g_return_if_fail (!self->has_diverged);

  denormals = cam_flush_denormals ();
  *outcome = (CamFitOutcome) { .end = CAM_FIT_FINISHED, .best_value = NAN, .weights_of_epoch = self->n_done };
  if (self->going_weights != NULL)
    cam_network_set_weights (self->network, self->going_weights, NULL);
  g_clear_pointer (&self->going_weights, g_bytes_unref);
  if (self->first_weights == NULL)
    self->first_weights = cam_network_dup_weights (self->network);
  loop.values = g_new0 (double, g_strv_length (self->keys));

  while (self->epoch < self->epochs && run_epoch (&loop))
    ;
  settle_weights (&loop);

  outcome->n_epochs = self->n_done;
  outcome->best_epoch = self->best_epoch;
  outcome->best_value = self->best_value;
  outcome->elapsed_s = self->elapsed_before = elapsed (&loop);
  g_free (loop.values);
  cam_restore_denormals (denormals);
}

void
cam_fit_add_epochs (CamFit *self,
                    guint   n)
{
  g_return_if_fail (n <= G_MAXUINT - self->n_done);

  self->epochs = self->n_done + n;
}

guint
cam_fit_get_epochs (const CamFit *self)
{
  return self->epochs;
}

guint
cam_fit_get_best (const CamFit *self,
                  double       *value)
{
  *value = self->best_value;
  return self->best_epoch;
}

double
cam_fit_get_elapsed (const CamFit *self)
{
  return self->elapsed_before;
}

void
cam_fit_get_place (const CamFit *self,
                   guint        *epoch,
                   gsize        *batch)
{
  *epoch = self->epoch + 1;
  *batch = self->has_begun ? self->next_first / self->batch_size + 1 : 1;
}

void
cam_fit_set_rate (CamFit *self,
                  double  rate)
{
  g_mutex_lock (&self->lock);
  self->new_rate = rate;
  g_atomic_int_set (&self->has_new_rate, TRUE);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

const char *const *
cam_fit_get_keys (const CamFit *self)
{
  return (const char *const *) self->keys;
}

const char *
cam_fit_get_monitor (const CamFit *self)
{
  return self->monitor;
}

void
cam_fit_set_paused (CamFit   *self,
                    gboolean  paused)
{
  g_mutex_lock (&self->lock);
  g_atomic_int_set (&self->paused, paused);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

GBytes *
cam_fit_dup_best_weights (CamFit *self)
{
  return self->best_weights != NULL ? g_bytes_ref (self->best_weights) : NULL;
}

GBytes *
cam_fit_dup_last_weights (CamFit *self)
{
  return self->last_weights != NULL ? g_bytes_ref (self->last_weights) : NULL;
}

void
cam_fit_outcome_clear (CamFitOutcome *outcome)
{
  g_clear_pointer (&outcome->message, g_free);
  g_clear_pointer (&outcome->bad_layer, g_free);
}
