/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking into a network while it learns: its weights for whoever draws what it has learned, its gradients and units for whoever wants to know why it does not. The fit's thread takes
 * copies at the end of an epoch, when the weights stand still, and only where somebody has asked. */
#include "cam-runner-private.h"

#include <cam-observe.h>
#include <math.h>

#define VIEW_US (100 * 1000)    /* between two looks … */
#define REST_PER_VIEW 19        /* … and so many times what one took */
#define VIEW_ROWS 128
#define MOST_VIEWS 2048         /* then every second one goes: the curve keeps its shape */

static void
share_weights (CamRun           *self,
               const CamNetwork *network,
               guint             epoch)
{
  GBytes *weights = cam_network_dup_weights (network);

  g_async_queue_lock (self->snapshots);
  g_clear_pointer (&self->shared.live_weights, g_bytes_unref);
  self->shared.live_weights = weights;
  self->shared.live_epoch = epoch;
  g_async_queue_unlock (self->snapshots);
}

static void
thin_out (GPtrArray *views)
{
  for (guint i = views->len; i > 1; i--)
    if (i % 2 == 0)
      g_ptr_array_remove_index (views, i - 1);
}

static void
look_inside (CamRun           *self,
             const CamNetwork *network,
             guint             epoch)
{
  CamSamples samples = cam_run_get_samples (self, CAM_PART_TRAIN);
  g_autoptr(GArray) layers = cam_observe (network, self->fit, samples.x, MIN (samples.n_rows, VIEW_ROWS));
  CamRunView *view = g_malloc (sizeof (CamRunView) + layers->len * CAM_N_VIEWS * sizeof (float));

  view->epoch = epoch;
  for (guint i = 0; i < layers->len; i++)
    {
      const CamLayerView *layer = &g_array_index (layers, CamLayerView, i);
      float *values = view->values + i * CAM_N_VIEWS;

      values[CAM_VIEW_GRADIENT] = layer->has_gradients ? (float) layer->gradients.norm : NAN;
      values[CAM_VIEW_DEAD] = (float) layer->dead_share;
      values[CAM_VIEW_SATURATED] = (float) layer->saturated_share;
    }
  g_async_queue_lock (self->snapshots);
  if (self->shared.views == NULL)
    self->shared.views = g_ptr_array_new_with_free_func (g_free);
  if (self->shared.views->len >= MOST_VIEWS)
    thin_out (self->shared.views);
  g_ptr_array_add (self->shared.views, view);
  g_async_queue_unlock (self->snapshots);
}

void
cam_run_watch_epoch (CamRun           *self,
                     const CamNetwork *network,
                     guint             epoch)
{
  gint64 began;

  if (g_atomic_int_compare_and_exchange (&self->wants_weights, TRUE, FALSE))
    share_weights (self, network, epoch);
  if (!g_atomic_int_get (&self->is_watched))
    return;
  began = g_get_monotonic_time ();
  if (began < self->fit_thread.next_view)
    return;
  look_inside (self, network, epoch);
  self->fit_thread.next_view = g_get_monotonic_time () + MAX (VIEW_US, REST_PER_VIEW * (g_get_monotonic_time () - began));
}

void
cam_runner_ask_weights (CamRunner *self)
{
  g_return_if_fail (CAM_IS_RUNNER (self));

  if (self->run != NULL)
    g_atomic_int_set (&self->run->wants_weights, TRUE);
}

void
cam_runner_set_watched (CamRunner *self,
                        gboolean   watched)
{
  g_return_if_fail (CAM_IS_RUNNER (self));

  self->is_watched = !!watched;
  if (self->run != NULL)
    g_atomic_int_set (&self->run->is_watched, self->is_watched);
}

gboolean
cam_runner_get_watched (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), FALSE);

  return self->is_watched;
}

GBytes *
cam_runner_dup_weights (CamRunner *self,
                        guint     *epoch)
{
  CamRun *run;
  CamNetwork *network;
  GBytes *weights = NULL;
  guint of_epoch = 0;

  g_return_val_if_fail (CAM_IS_RUNNER (self), NULL);

  run = self->run;
  network = cam_runner_get_network (self);
  if (network != NULL)
    {
      weights = cam_network_dup_weights (network);
      of_epoch = cam_runner_get_outcome (self)->weights_of_epoch;
    }
  else if (run != NULL)
    {
      g_async_queue_lock (run->snapshots);
      weights = run->shared.live_weights != NULL ? g_bytes_ref (run->shared.live_weights) : NULL;
      of_epoch = run->shared.live_epoch;
      g_async_queue_unlock (run->snapshots);
    }
  if (epoch != NULL)
    *epoch = of_epoch;
  return weights;
}

guint
cam_runner_get_n_layers (CamRunner *self)
{
  g_return_val_if_fail (CAM_IS_RUNNER (self), 0);

  return self->run != NULL ? cam_network_get_n_layers (self->run->fit_thread.network) : 0;
}

/* Names do not change while the fit works on the weights. */
const char *
cam_runner_get_layer_name (CamRunner *self,
                           guint      layer)
{
  g_return_val_if_fail (layer < cam_runner_get_n_layers (self), NULL);

  return cam_network_get_layer_name (self->run->fit_thread.network, layer);
}

guint
cam_runner_copy_views (CamRunner    *self,
                       guint         layer,
                       CamViewKind   kind,
                       double      **epochs,
                       double      **values)
{
  CamRun *run;
  guint n;

  g_return_val_if_fail (layer < cam_runner_get_n_layers (self) && kind < CAM_N_VIEWS, 0);
  g_return_val_if_fail (epochs != NULL && values != NULL, 0);

  run = self->run;
  g_async_queue_lock (run->snapshots);
  n = run->shared.views != NULL ? run->shared.views->len : 0;
  *epochs = g_new (double, n + 1);
  *values = g_new (double, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const CamRunView *view = g_ptr_array_index (run->shared.views, i);

      (*epochs)[i] = view->epoch;
      (*values)[i] = view->values[layer * CAM_N_VIEWS + kind];
    }
  g_async_queue_unlock (run->snapshots);
  return n;
}
