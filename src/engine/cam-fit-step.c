/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One step of training in two phases. First each thread takes shards of the batch, a number of rows that does not depend on the number of threads, through forward, loss
 * and backward. Then each takes tiles of the weights: the gradient over the whole batch, and the optimizer at once. Shards and tiles write to places of their own and sums
 * are added in a fixed order, so that the result is the same to the last bit for any number of threads. */
#include <math.h>

#include "cam-fit-private.h"
#include "kernels/cam-kernels.h"

static CamPass
pass_of (const CamFit *self,
         guint         layer,
         gsize         row)
{
  const CamLayer *of = cam_network_layer (self->network, layer);
  gboolean last = layer + 1 == self->network->layers->len;

  return (CamPass) {
    .training = TRUE,
    .rng = &self->streams[layer],
    .first_draw = (self->step * self->batch_size + row) * of->n_out,
    .bare = last && self->measure.from_logits,
  };
}

static float *
scratch_of (const CamFit *self,
            guint         layer,
            gsize         row)
{
  return self->scratches[layer] != NULL ? self->scratches[layer] + row * cam_network_layer (self->network, layer)->n_scratch : NULL;
}

static const float *
input_of (const CamFit *self,
          guint         layer,
          gsize         row)
{
  const CamLayer *of = cam_network_layer (self->network, layer);

  return (layer == 0 ? self->x : self->outputs[layer - 1]) + row * of->n_in;
}

static void
forward_shard (const CamFit *self,
               gsize         row,
               gsize         n)
{
  guint n_layers = self->network->layers->len;

  for (guint i = 0; i < n_layers; i++)
    {
      const CamLayer *layer = cam_network_layer (self->network, i);
      CamPass pass = pass_of (self, i, row);
      float *y = self->outputs[i] + row * layer->n_out;

      if (pass.bare)
        {
          float *z = self->logits + row * layer->n_out;
          gsize columns = layer->output.dims[layer->output.n_dims - 1];

          layer->kind->forward (layer, &pass, input_of (self, i, row), z, scratch_of (self, i, row), n);
          cam_activation_forward (layer->activation, z, y, n * layer->n_out / columns, columns);
        }
      else
        layer->kind->forward (layer, &pass, input_of (self, i, row), y, scratch_of (self, i, row), n);
    }
}

static void
backward_shard (const CamFit *self,
                gsize         row,
                gsize         n)
{
  for (guint i = self->network->layers->len; i-- > 0;)
    {
      const CamLayer *layer = cam_network_layer (self->network, i);
      CamPass pass = pass_of (self, i, row);
      float *dx = i > 0 ? self->gradients[i - 1] + row * layer->n_in : NULL;

      layer->kind->backward (layer, &pass, input_of (self, i, row), self->outputs[i] + row * layer->n_out,
                             self->gradients[i] + row * layer->n_out, dx, scratch_of (self, i, row), n);
    }
}

static void
run_shard (guint    shard,
           gpointer user_data)
{
  CamFit *self = user_data;
  gsize row = shard * self->shard_rows, n = MIN (self->shard_rows, self->batch_rows - row);
  guint last = self->network->layers->len - 1;
  gsize n_out = self->network->n_out;
  CamRows rows = { self->y + row * self->training.y_size, self->outputs[last] + row * n_out,
                   self->measure.from_logits ? self->logits + row * n_out : NULL, n, self->training.y_size, n_out };
  CamSums *sums = &self->shard_sums[shard];

  cam_gather (self->training.x, self->order + self->batch_first + row, self->x + row * self->training.x_size, n, self->training.x_size);
  cam_gather (self->training.y, self->order + self->batch_first + row, self->y + row * self->training.y_size, n, self->training.y_size);

  forward_shard (self, row, n);
  *sums = (CamSums) { 0 };
  cam_measure_add (&self->measure, &rows, sums);
  self->measure.loss->gradient (self->measure.loss_config, &rows, 1.0 / (double) self->batch_rows, self->gradients[last] + row * n_out);
  backward_shard (self, row, n);
}

static void
run_tile (guint    item,
          gpointer user_data)
{
  CamFit *self = user_data;
  const CamTile *tile = &g_array_index (self->tiles, CamTile, item);
  const CamLayer *layer = cam_network_layer (self->network, tile->layer);
  gsize offset = tile->first * tile->row_size, n = tile->count * tile->row_size;
  float *gradient = self->weight_gradients[tile->ref];
  float *w = layer->weights[tile->weight].value->data + offset;
  float *slots[4] = { NULL };

  layer->kind->gradient (layer, tile->weight, input_of (self, tile->layer, 0), self->gradients[tile->layer], gradient, self->batch_rows, tile->first, tile->count);
  if (!cam_is_finite (gradient + offset, n))
    {
      g_atomic_int_set (&self->bad, CAM_BAD_GRADIENT);
      return;
    }

  for (guint s = 0; self->slots[tile->ref][s] != NULL; s++)
    slots[s] = self->slots[tile->ref][s] + offset;
  self->optimizer.ops->step (&self->optimizer, w, gradient + offset, slots, n);
  if (!cam_is_finite (w, n))
    g_atomic_int_compare_and_exchange (&self->bad, CAM_BAD_NOTHING, CAM_BAD_WEIGHT);
}

CamBad
cam_fit_step (CamFit  *self,
              gsize    first,
              gsize    n,
              CamSums *sums)
{
  guint n_shards = (guint) ((n + self->shard_rows - 1) / self->shard_rows);

  self->batch_first = first;
  self->batch_rows = n;
  self->bad = CAM_BAD_NOTHING;

  cam_pool_run (self->pool, self->shared, run_shard, n_shards, self);
  for (guint i = 0; i < n_shards; i++)
    {
      for (guint j = 0; j < cam_measure_n (&self->measure); j++)
        sums->sums[j] += self->shard_sums[i].sums[j];
      sums->n += self->shard_sums[i].n;
      if (!isfinite (self->shard_sums[i].sums[0]))
        self->bad = CAM_BAD_LOSS;
    }
  if (self->bad != CAM_BAD_NOTHING)
    return cam_is_finite (self->x, n * self->training.x_size) && cam_is_finite (self->y, n * self->training.y_size) ? CAM_BAD_LOSS : CAM_BAD_DATA;

  self->step++;
  self->optimizer.t = self->step;
  self->optimizer.ops->begin (&self->optimizer);
  cam_pool_run (self->pool, self->shared, run_tile, self->tiles->len, self);

  return (CamBad) g_atomic_int_get (&self->bad);
}
