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
  guint              epoch;       /* under way, from 0 */
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

/* Asleep until somebody resumes or stops; the time does not count. */
static void
wait_while_paused (Loop *loop)
{
  CamFit *self = loop->fit;
  gint64 from = g_get_monotonic_time ();
  gulong id = loop->cancellable != NULL ? g_cancellable_connect (loop->cancellable, G_CALLBACK (wake_cb), self, NULL) : 0;

  g_mutex_lock (&self->lock);
  while (g_atomic_int_get (&self->paused) && !g_cancellable_is_cancelled (loop->cancellable))
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

  return !g_cancellable_is_cancelled (loop->cancellable);
}

static void
tell_batch (Loop          *loop,
            gsize          batch,
            gsize          n_batches,
            const double  *sums,
            double         epoch_began)
{
  gint64 now = g_get_monotonic_time ();
  double spent = elapsed (loop) - epoch_began;
  CamBatchProgress progress = { loop->epoch + 1, loop->fit->epochs, batch, n_batches, sums[CAM_SUM_LOSS] / sums[CAM_SUM_ROWS],
                                elapsed (loop), spent > 0.0 ? sums[CAM_SUM_ROWS] / (double) loop->fit->measure.n_steps / spent : 0.0 };

  if (loop->hooks == NULL || loop->hooks->on_batch == NULL || now - loop->told < TELL_EVERY_S * G_USEC_PER_SEC)
    return;

  loop->told = now;
  loop->hooks->on_batch (&progress, loop->hooks->user_data);
}

static const char *
bad_word (CamBad bad)
{
  switch (bad)
    {
    case CAM_BAD_LOSS:
      return _("the loss");
    case CAM_BAD_GRADIENT:
      return _("a gradient");
    case CAM_BAD_WEIGHT:
    case CAM_BAD_DATA:
    case CAM_BAD_NOTHING:
    default:
      return _("a weight");
    }
}

/* What a layer cannot take of the batch under way; NULL: each takes what it got. */
static char *
find_complaint (const CamFit *self)
{
  char *complaint = NULL;
  gsize row;

  for (guint i = 0; complaint == NULL && i < cam_network_get_n_layers (self->network); i++)
    complaint = cam_network_complain (self->network, i, i == 0 ? self->x : self->outputs[i - 1], self->batch_rows, &row);

  return complaint;
}

static void
diverge (Loop  *loop,
         gsize  batch,
         CamBad bad)
{
  g_autofree char *complaint = find_complaint (loop->fit);

  loop->outcome->end = CAM_FIT_DIVERGED;
  loop->outcome->bad_epoch = loop->epoch + 1;
  loop->outcome->bad_batch = batch;
  if (complaint != NULL)
    loop->outcome->message = g_strdup_printf (_("Stopped in epoch %u, batch %" G_GSIZE_FORMAT ", at %s."), loop->epoch + 1, batch, complaint);
  else if (bad == CAM_BAD_DATA)
    loop->outcome->message = g_strdup_printf (_("Diverged: in epoch %u, batch %" G_GSIZE_FORMAT ", a value in the data is not a finite number. Look for missing and for huge values."),
                                              loop->epoch + 1, batch);
  else
    loop->outcome->message = g_strdup_printf (_("Diverged: in epoch %u, batch %" G_GSIZE_FORMAT ", %s was no longer a finite number. Try a smaller learning rate."),
                                              loop->epoch + 1, batch, bad_word (bad));
}

static void
shuffle (CamFit *self,
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

/* The batches of one epoch. FALSE: ended within it, and the outcome says how. */
static gboolean
run_batches (Loop    *loop,
             double  *sums)
{
  CamFit *self = loop->fit;
  gsize n_rows = self->training.n_rows, n_batches = (n_rows + self->batch_size - 1) / self->batch_size;
  double began = elapsed (loop);

  shuffle (self, loop->epoch);
  for (gsize batch = 0; batch < n_batches; batch++)
    {
      gsize first = batch * self->batch_size;
      CamBad bad;

      if (!may_go_on (loop))
        {
          loop->outcome->end = CAM_FIT_STOPPED;
          return FALSE;
        }
      bad = cam_fit_step (self, first, MIN (self->batch_size, n_rows - first), sums);
      if (bad != CAM_BAD_NOTHING)
        {
          diverge (loop, batch + 1, bad);
          return FALSE;
        }
      tell_batch (loop, batch + 1, n_batches, sums, began);
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
      cam_measure_run (&self->measure, self->network, &self->validation, self->pool, self->means);
      set_values (loop, "val_");
    }
  if (self->remeasured.n_rows > 0)
    {
      cam_measure_run (&self->measure, self->network, &self->remeasured, self->pool, self->means);
      set_values (loop, CAM_REMEASURED_PREFIX);
    }
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
  CamFitOutcome *outcome = loop->outcome;
  double value = get_monitored (loop);

  if (!isfinite (value) ||
      (outcome->best_epoch > 0 && (self->monitor_larger ? value <= outcome->best_value : value >= outcome->best_value)))
    return FALSE;

  outcome->best_epoch = loop->epoch + 1;
  outcome->best_value = value;
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
  CamEpoch epoch = { loop->epoch + 1, loop->fit->epochs, loop->values, is_best, loop->outcome->best_epoch, loop->outcome->best_value,
                     now, now > began ? (double) loop->fit->training.n_rows / (now - began) : 0.0 };

  if (loop->hooks != NULL && loop->hooks->on_epoch != NULL)
    loop->hooks->on_epoch (&epoch, loop->fit->network, loop->hooks->user_data);
}

/* One epoch. FALSE: it was the last. */
static gboolean
run_epoch (Loop *loop)
{
  CamFit *self = loop->fit;
  double *sums = self->epoch_sums;
  double began = elapsed (loop);
  gboolean stop = FALSE;

  memset (sums, 0, self->measure.n_sums * sizeof (double));
  if (!run_batches (loop, sums))
    return FALSE;

  fill_values (loop, sums);
  loop->outcome->n_epochs = loop->epoch + 1;
  loop->outcome->weights_of_epoch = loop->epoch + 1;
  tell_epoch (loop, keep_best (loop), began);

  for (guint i = 0; i < self->callbacks->len; i++)
    {
      CamCallback *callback = g_ptr_array_index (self->callbacks, i);
      g_autofree char *reason = NULL;

      if (!callback->ops->on_epoch (callback, loop->epoch, (const char *const *) self->keys, loop->values, self->network, &reason))
        continue;
      stop = TRUE;
      loop->outcome->end = CAM_FIT_EARLY;
      if (loop->outcome->message == NULL)
        loop->outcome->message = g_steal_pointer (&reason);
    }

  return !stop;
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

/* Stop and divergence leave the best epoch, or what was there before the first one; else the callbacks have their say. */
static void
settle_weights (Loop *loop)
{
  CamFit *self = loop->fit;
  CamFitOutcome *outcome = loop->outcome;

  if (outcome->end == CAM_FIT_STOPPED || outcome->end == CAM_FIT_DIVERGED)
    {
      if (self->best_weights != NULL || outcome->end == CAM_FIT_DIVERGED)
        {
          cam_network_set_weights (self->network, self->best_weights != NULL ? self->best_weights : self->first_weights, NULL);
          outcome->weights_of_epoch = outcome->best_epoch;
        }
      return;
    }

  finish_optimizer (self);
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
  Loop loop = { self, hooks, cancellable, outcome, g_get_monotonic_time (), 0, NULL, 0 };
  guint denormals = cam_flush_denormals ();

  *outcome = (CamFitOutcome) { .end = CAM_FIT_FINISHED, .best_value = NAN };
  self->first_weights = cam_network_dup_weights (self->network);
  loop.values = g_new0 (double, g_strv_length (self->keys));

  while (loop.epoch < self->epochs && run_epoch (&loop))
    loop.epoch++;
  settle_weights (&loop);

  outcome->elapsed_s = elapsed (&loop);
  g_free (loop.values);
  cam_restore_denormals (denormals);
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
}
