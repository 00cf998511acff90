/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fits that do not begin at the beginning: what one needs to go on in another process as if there had been no end: weights, the optimizer's slots, what callbacks remember, and where the loop is. Rows, settings and
 * network are not in it; draws are a function of seed and step, and an epoch's order one of seed and epoch. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-fit-private.h"
#include "cam-monitor.h"
#include "cam-state-walk.h"

/* The last digit counts changes of the layout. */
#define MAGIC "CamFit 1"

static void
walk_place (CamFit       *self,
            CamStateWalk *walk)
{
  guint64 next_first = self->next_first;

  cam_state_walk_uint (walk, &self->epochs);
  cam_state_walk_uint (walk, &self->epoch);
  cam_state_walk_boolean (walk, &self->has_begun);
  cam_state_walk_values (walk, &next_first, sizeof next_first);
  cam_state_walk_values (walk, self->epoch_sums, self->measure.n_sums * sizeof (double));
  cam_state_walk_values (walk, &self->step, sizeof self->step);
  cam_state_walk_uint (walk, &self->n_done);
  cam_state_walk_uint (walk, &self->best_epoch);
  cam_state_walk_double (walk, &self->best_value);
  cam_state_walk_double (walk, &self->elapsed_before);
  self->next_first = (gsize) next_first;
}

static void
walk_optimizer (CamFit       *self,
                CamStateWalk *walk)
{
  CamOptimizer *optimizer = &self->optimizer;

  cam_state_walk_values (walk, &optimizer->t, sizeof optimizer->t);
  cam_state_walk_double (walk, &optimizer->given_rate);
  cam_state_walk_double (walk, &optimizer->product);
  for (guint i = 0; i < self->network->weights->len; i++)
    for (guint s = 0; self->slots[i][s] != NULL; s++)
      cam_state_walk_values (walk, self->slots[i][s], cam_network_peek_weight (self->network, i)->n * sizeof (float));
}

static void
walk_callbacks (CamFit       *self,
                CamStateWalk *walk)
{
  for (guint i = 0; i < self->callbacks->len; i++)
    {
      CamCallback *callback = g_ptr_array_index (self->callbacks, i);

      if (callback->ops->walk != NULL)
        callback->ops->walk (callback, walk);
    }
}

/* The network's own weights come last, so that nothing of it is changed before all else has been read. */
static void
walk_all (CamFit        *self,
          CamStateWalk  *walk,
          GBytes       **weights)
{
  char magic[sizeof MAGIC] = MAGIC;

  cam_state_walk_values (walk, magic, sizeof magic);
  if (memcmp (magic, MAGIC, sizeof magic) != 0)
    walk->has_failed = TRUE;
  walk_place (self, walk);
  walk_optimizer (self, walk);
  walk_callbacks (self, walk);
  cam_state_walk_bytes (walk, &self->first_weights);
  cam_state_walk_bytes (walk, &self->best_weights);
  cam_state_walk_bytes (walk, weights);
}

GBytes *
cam_fit_dup_state (CamFit *self)
{
  CamStateWalk walk = { 0 };
  g_autoptr(GBytes) weights = NULL;

  if (self->has_diverged)
    return NULL;

  weights = self->going_weights != NULL ? g_bytes_ref (self->going_weights) : cam_network_dup_weights (self->network);
  walk.written = g_byte_array_new ();
  walk_all (self, &walk, &weights);

  return g_byte_array_free_to_bytes (walk.written);
}

/* Lengths fit the network; this is what a damaged file could still get wrong. */
static gboolean
is_sound (const CamFit *self)
{
  gsize size = 0;

  for (guint i = 0; i < self->network->weights->len; i++)
    size += cam_network_peek_weight (self->network, i)->n * sizeof (float);

  return self->epochs > 0 && self->n_done == self->epoch && self->best_epoch <= self->n_done && (self->best_epoch > 0) == (self->best_weights != NULL) &&
         (!self->has_begun || self->next_first % self->batch_size == 0) && self->next_first < self->training.n_rows + self->batch_size &&
         isfinite (self->elapsed_before) && (self->best_weights == NULL || g_bytes_get_size (self->best_weights) == size) &&
         (self->first_weights == NULL || g_bytes_get_size (self->first_weights) == size);
}

gboolean
cam_fit_set_state (CamFit  *self,
                   GBytes  *state,
                   GError **error)
{
  CamStateWalk walk = { 0 };
  g_autoptr(GBytes) weights = NULL;

  g_return_val_if_fail (self->n_done == 0 && !self->has_begun, FALSE);

  walk.data = g_bytes_get_data (state, &walk.left);
  walk_all (self, &walk, &weights);
  if (walk.has_failed || walk.left > 0 || weights == NULL || !is_sound (self) || !cam_network_set_weights (self->network, weights, NULL))
    {
      g_set_error_literal (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_WEIGHTS, _("What was kept of the training is damaged, or belongs to another network or other settings"));
      return FALSE;
    }
  if (self->has_begun)
    cam_fit_shuffle (self, self->epoch);

  return TRUE;
}

/* Only who watches what "best" means can take it over. */
static void
tell_callbacks (CamFit *self)
{
  for (guint i = 0; i < self->callbacks->len; i++)
    {
      CamCallback *callback = g_ptr_array_index (self->callbacks, i);
      const CamMonitor *monitor = callback->ops->go_back != NULL ? callback->ops->get_monitor (callback) : NULL;

      if (monitor != NULL && g_str_equal (monitor->key, self->monitor) && monitor->larger == self->monitor_larger)
        callback->ops->go_back (callback, self->best_epoch - 1, self->best_value, self->best_weights);
    }
}

gboolean
cam_fit_go_back (CamFit  *self,
                 GBytes  *weights,
                 guint    epoch,
                 double   value,
                 double   elapsed_s,
                 double   rate,
                 GError **error)
{
  g_return_val_if_fail (self->n_done == 0 && !self->has_begun, FALSE);
  g_return_val_if_fail (weights != NULL && epoch > 0 && isfinite (rate), FALSE);

  self->first_weights = cam_network_dup_weights (self->network);
  if (!cam_network_set_weights (self->network, weights, error))
    return FALSE;

  self->best_weights = g_bytes_ref (weights);
  self->epoch = self->n_done = self->best_epoch = epoch;
  self->best_value = value;
  self->elapsed_before = elapsed_s;
  self->step = (guint64) epoch * ((self->training.n_rows + self->batch_size - 1) / self->batch_size);
  self->optimizer.given_rate = rate;
  tell_callbacks (self);

  return TRUE;
}
