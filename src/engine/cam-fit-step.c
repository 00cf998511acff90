/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One step of training in two phases. First each thread takes shards of the batch, a number of rows that does not depend on the number of threads, through forward, loss
 * and backward. Then each takes tiles of the weights: the gradient over the whole batch, and the optimizer at once. Shards and tiles write to places of their own and sums
 * are added in a fixed order, so that the result is the same to the last bit for any number of threads.
 *
 * Where a layer needs sums over the whole batch the first phase is cut into segments at it; clipping by norm cuts the second in two, as the norm is known only when every
 * gradient is there. */
#include <math.h>
#include <string.h>

#include "cam-fit-private.h"
#include "kernels/cam-kernels.h"

static const guint8 *
mask_for (const CamFit *self,
          guint         layer,
          gsize         row)
{
  int of = self->mask_of[layer];

  return of >= 0 ? self->masks[of] + row * cam_network_layer (self->network, (guint) of)->input.dims[0] : NULL;
}

/* What the layer's call is told: as it stands for most layers, else put together in @space. */
static const CamPass *
pass_of (const CamFit *self,
         guint         layer,
         gsize         row,
         CamPass      *space)
{
  const CamLayer *of = cam_network_layer (self->network, layer);

  if (!of->is_noisy && !of->shard_gradients && self->mask_of[layer] < 0 && self->n_temp == 0)
    return &self->passes[layer];

  *space = self->passes[layer];
  space->first_draw = (self->step * self->batch_size + row) * of->n_draws;
  space->mask = mask_for (self, layer, row);
  if (self->n_temp > 0)
    space->temp = self->temps + row / self->shard_rows * self->n_temp;
  if (of->shard_gradients)
    space->gradients = self->shard_gradients[row / self->shard_rows] + self->first_weight[layer];

  return space;
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

static gsize
shard_first (const CamFit *self,
             guint         shard)
{
  return shard * self->shard_rows;
}

static gsize
shard_count (const CamFit *self,
             guint         shard)
{
  return MIN (self->shard_rows, self->batch_rows - shard_first (self, shard));
}

static void
forward_layer (const CamFit *self,
               guint         i,
               gsize         row,
               gsize         n)
{
  const CamLayer *layer = cam_network_layer (self->network, i);
  CamPass space;
  const CamPass *pass = pass_of (self, i, row, &space);
  const float *x = input_of (self, i, row);
  float *y = self->outputs[i] + row * layer->n_out;

  if (layer->mask_way == CAM_MASK_BEGINS)
    layer->kind->mask (layer, pass, x, self->masks[i] + row * layer->input.dims[0], n);

  if (pass->bare)
    {
      float *z = self->logits + row * layer->n_out;
      gsize columns = layer->output.dims[layer->output.n_dims - 1];

      layer->kind->forward (layer, pass, x, z, scratch_of (self, i, row), n);
      cam_activation_forward (layer->activation, z, y, n * layer->n_out / columns, columns);
    }
  else
    layer->kind->forward (layer, pass, x, y, scratch_of (self, i, row), n);
}

static CamOutputs
get_outputs (const CamFit *self,
             gsize         row,
             gsize         n)
{
  guint n_layers = self->network->layers->len;
  gsize n_out = self->network->n_out;
  const guint8 *mask = mask_for (self, n_layers, row);

  return (CamOutputs) {
    .y = self->y + row * self->training.y_size,
    .p = self->outputs[n_layers - 1] + row * n_out,
    .z = self->measure.from_logits ? self->logits + row * n_out : NULL,
    .weights = self->weights != NULL ? self->weights + row : NULL,
    .mask = mask != NULL && cam_network_layer (self->network, (guint) self->mask_of[n_layers])->input.dims[0] == self->measure.n_steps ? mask : NULL,
    .n = n,
  };
}

static void
gather (CamFit *self,
        gsize   row,
        gsize   n)
{
  const guint32 *rows = self->order + self->batch_first + row;

  cam_gather (self->training.x, rows, self->x + row * self->training.x_size, n, self->training.x_size);
  cam_gather (self->training.y, rows, self->y + row * self->training.y_size, n, self->training.y_size);
  if (self->weights != NULL)
    cam_gather (self->training.weights, rows, self->weights + row, n, 1);
}

/* Penalties on the layers' outputs. */
static double
activity_of (const CamFit *self,
             gsize         row,
             gsize         n)
{
  double sum = 0.0;

  for (guint i = 0; i < self->network->layers->len; i++)
    {
      const CamLayer *layer = cam_network_layer (self->network, i);

      if (!cam_regularizer_is_none (&layer->activity))
        sum += cam_regularizer_penalty (&layer->activity, self->outputs[i] + row * layer->n_out, n * layer->n_out);
    }

  return sum;
}

static void
measure_shard (CamFit *self,
               guint   shard,
               gsize   row,
               gsize   n)
{
  double *sums = self->shard_sums + shard * self->measure.n_sums;
  CamOutputs outputs = get_outputs (self, row, n);

  for (gsize i = 0; i < self->measure.n_sums; i++)
    sums[i] = 0.0;
  cam_measure_add (&self->measure, &outputs, sums);
  if (self->has_activity)
    sums[CAM_SUM_PENALTY] += activity_of (self, row, n) * (double) self->measure.n_steps;
}

/* Where backward begins; what the batch's rows count together is known by then. */
static void
start_gradient (CamFit *self,
                gsize   row,
                gsize   n)
{
  CamOutputs outputs = get_outputs (self, row, n);

  cam_measure_gradient (&self->measure, &outputs, self->shard_sums, self->gradients[self->network->layers->len - 1] + row * self->network->n_out);
}

/* Forward through the segment that begins with layer segments[phase], and what the next one's first layer collects. */
static void
run_forward (guint    shard,
             gpointer user_data)
{
  CamFit *self = user_data;
  guint n_layers = self->network->layers->len;
  guint first = g_array_index (self->segments, guint, self->phase);
  guint end = self->phase + 1 < self->segments->len ? g_array_index (self->segments, guint, self->phase + 1) : n_layers;
  gsize row = shard_first (self, shard), n = shard_count (self, shard);

  if (self->phase == 0)
    gather (self, row, n);
  for (guint i = first; i < end; i++)
    forward_layer (self, i, row, n);

  if (end < n_layers)
    {
      const CamLayer *next = cam_network_layer (self->network, end);
      double *sums = self->shard_batch_sums + shard * self->most_batch_sums;
      CamPass space;
      const CamPass *pass = pass_of (self, end, row, &space);

      for (gsize i = 0; i < next->batch_ops->n_sums (next); i++)
        sums[i] = 0.0;
      next->batch_ops->collect (next, pass, input_of (self, end, row), sums, n);
    }
  else
    measure_shard (self, shard, row, n);
}

static void
backward_layer (const CamFit *self,
                guint         i,
                gsize         row,
                gsize         n)
{
  const CamLayer *layer = cam_network_layer (self->network, i);
  CamPass space;
  const CamPass *pass = pass_of (self, i, row, &space);
  float *dx = i > 0 ? self->gradients[i - 1] + row * layer->n_in : NULL;

  layer->kind->backward (layer, pass, input_of (self, i, row), self->outputs[i] + row * layer->n_out,
                         self->gradients[i] + row * layer->n_out, dx, scratch_of (self, i, row), n);
}

/* The penalty on a layer's output pulls at the gradient that comes from above. */
static void
add_activity (const CamFit *self,
              guint         i,
              gsize         row,
              gsize         n)
{
  const CamLayer *layer = cam_network_layer (self->network, i);

  if (self->has_activity && !cam_regularizer_is_none (&layer->activity))
    cam_regularizer_add_gradient (&layer->activity, self->outputs[i] + row * layer->n_out, 1.0 / (double) self->batch_rows,
                                  self->gradients[i] + row * layer->n_out, n * layer->n_out);
}

/* Backward from where the segment after this one ended, down to the layer that begins this one: its own sums first, itself with the segment below. */
static void
run_backward (guint    shard,
              gpointer user_data)
{
  CamFit *self = user_data;
  guint first = g_array_index (self->segments, guint, self->phase);
  guint end = self->phase + 1 < self->segments->len ? g_array_index (self->segments, guint, self->phase + 1) + 1 : self->network->layers->len;
  gsize row = shard_first (self, shard), n = shard_count (self, shard);
  guint stop = self->phase > 0 ? first + 1 : 0;

  if (self->phase + 1 == self->segments->len)
    start_gradient (self, row, n);
  for (guint i = end; i-- > stop;)
    {
      /* A layer that collects has been visited for its sums. */
      if (!(self->phase + 1 < self->segments->len && i + 1 == end))
        add_activity (self, i, row, n);
      backward_layer (self, i, row, n);
    }

  if (self->phase > 0)
    {
      const CamLayer *layer = cam_network_layer (self->network, first);
      double *sums = self->shard_batch_sums + shard * self->most_batch_sums;
      CamPass space;
      const CamPass *pass = pass_of (self, first, row, &space);

      add_activity (self, first, row, n);
      for (gsize i = 0; i < layer->batch_ops->n_sums (layer); i++)
        sums[i] = 0.0;
      layer->batch_ops->collect_back (layer, pass, input_of (self, first, row), self->outputs[first] + row * layer->n_out,
                                      self->gradients[first] + row * layer->n_out, sums, n);
    }
}

/* Adds up what the shards collected for layer @i, in their order. */
static void
add_batch_sums (CamFit   *self,
                guint     i,
                guint     n_shards,
                gboolean  back)
{
  CamLayer *layer = cam_network_layer (self->network, i);
  gsize n_sums = layer->batch_ops->n_sums (layer);
  double *sums = self->batch_sums[i] + (back ? n_sums : 0);

  for (gsize j = 0; j < n_sums; j++)
    {
      sums[j] = 0.0;
      for (guint shard = 0; shard < n_shards; shard++)
        sums[j] += self->shard_batch_sums[shard * self->most_batch_sums + j];
    }

  if (back)
    layer->batch_ops->settle_back (layer, sums, self->batch_rows);
  else
    layer->batch_ops->settle (layer, sums, self->batch_rows);
}

static const CamWeight *
weight_of (const CamFit  *self,
           const CamTile *tile)
{
  return &cam_network_layer (self->network, tile->layer)->weights[tile->weight];
}

/* The optimizer's slots at the tile's place. */
static void
get_slots (const CamFit   *self,
           const CamTile  *tile,
           float         **slots)
{
  for (guint s = 0; self->slots[tile->ref][s] != NULL; s++)
    slots[s] = self->slots[tile->ref][s] + tile->first * tile->row_size;
}

/* The tile's part of the gradient over the whole batch. */
static float *
compute_gradient (CamFit        *self,
                  const CamTile *tile)
{
  const CamLayer *layer = cam_network_layer (self->network, tile->layer);
  const CamWeight *weight = weight_of (self, tile);
  gsize offset = tile->first * tile->row_size, n = tile->count * tile->row_size;
  float *gradient = self->weight_gradients[tile->ref] + offset;

  if (layer->shard_gradients)
    {
      memcpy (gradient, self->shard_gradients[0][tile->ref] + offset, n * sizeof (float));
      for (guint shard = 1; shard < self->batch_shards; shard++)
        cam_add (self->shard_gradients[shard][tile->ref] + offset, gradient, n);
    }
  else
    {
      CamPass space;
      const CamPass *pass = pass_of (self, tile->layer, 0, &space);

      layer->kind->gradient (layer, pass, tile->weight, input_of (self, tile->layer, 0), self->gradients[tile->layer], self->scratches[tile->layer],
                             gradient - offset, self->batch_rows, tile->first, tile->count);
    }
  if (self->has_penalties && !cam_regularizer_is_none (&weight->regularizer))
    cam_regularizer_add_gradient (&weight->regularizer, weight->value->data + offset, 1.0, gradient, n);
  if (self->optimizer.accumulate > 1)
    {
      float *slots[CAM_MOST_SLOTS];

      get_slots (self, tile, slots);
      cam_optimizer_accumulate (&self->optimizer, gradient, slots, n);
    }

  return gradient;
}

/* The optimizer over what one stretch of gradients begins at. */
static void
step_numbers (CamFit        *self,
              const CamTile *first,
              float         *gradient,
              gsize          n)
{
  float *w = weight_of (self, first)->value->data + first->first * first->row_size;
  float *slots[CAM_MOST_SLOTS];

  get_slots (self, first, slots);
  cam_optimizer_update (&self->optimizer, w, gradient, slots, n);
}

static void
check_weights (CamFit        *self,
               const CamTile *tile)
{
  if (!cam_is_finite (weight_of (self, tile)->value->data + tile->first * tile->row_size, tile->count * tile->row_size))
    g_atomic_int_compare_and_exchange (&self->bad, CAM_BAD_NOTHING, CAM_BAD_WEIGHT);
}

/* Gradients and optimizer at once. */
static void
run_stretch (guint    item,
             gpointer user_data)
{
  CamFit *self = user_data;
  const CamStretch *stretch = &g_array_index (self->stretches, CamStretch, item);
  const CamTile *tiles = &g_array_index (self->tiles, CamTile, stretch->first);
  float *gradient = compute_gradient (self, &tiles[0]);

  for (guint i = 1; i < stretch->n_tiles; i++)
    compute_gradient (self, &tiles[i]);
  if (!cam_is_finite (gradient, stretch->size))
    {
      g_atomic_int_set (&self->bad, CAM_BAD_GRADIENT);
      return;
    }
  if (!self->optimizer.is_due)
    return;

  step_numbers (self, &tiles[0], gradient, stretch->size);
  /* What is not finite may lie in a gap: with ε of 0 an optimizer divides 0 by 0 there. */
  if (!cam_is_finite (weight_of (self, &tiles[0])->value->data + tiles[0].first * tiles[0].row_size, stretch->size))
    for (guint i = 0; i < stretch->n_tiles; i++)
      check_weights (self, &tiles[i]);
}

/* The same tile by tile and in two halves, between which the norms become known. */
static void
run_tile_gradient (guint    item,
                   gpointer user_data)
{
  CamFit *self = user_data;
  const CamTile *tile = &g_array_index (self->tiles, CamTile, item);
  gsize n = tile->count * tile->row_size;
  float *gradient = compute_gradient (self, tile);
  double squares = 0.0;

  for (gsize i = 0; i < n; i++)
    squares += (double) gradient[i] * gradient[i];
  self->tile_squares[item] = squares;
  if (!cam_is_finite (gradient, n))
    g_atomic_int_set (&self->bad, CAM_BAD_GRADIENT);
}

static void
run_tile_step (guint    item,
               gpointer user_data)
{
  CamFit *self = user_data;
  const CamTile *tile = &g_array_index (self->tiles, CamTile, item);
  gsize n = tile->count * tile->row_size;
  float *gradient = self->weight_gradients[tile->ref] + tile->first * tile->row_size;

  cam_optimizer_clip (&self->optimizer, gradient, self->factors[tile->ref], n);
  if (!self->optimizer.is_due)
    return;
  step_numbers (self, tile, gradient, n);
  check_weights (self, tile);
}

/* From the tiles' squares to the factor of each weight's gradient. */
static void
settle_factors (CamFit *self)
{
  guint n = self->network->weights->len;
  double all = 0.0;

  memset (self->squares, 0, n * sizeof (double));
  for (guint i = 0; i < self->tiles->len; i++)
    self->squares[g_array_index (self->tiles, CamTile, i).ref] += self->tile_squares[i];
  for (guint i = 0; i < n; i++)
    all += self->squares[i];
  for (guint i = 0; i < n; i++)
    self->factors[i] = cam_optimizer_get_factor (&self->optimizer, self->squares[i], all);
}

static void
step_weights (CamFit *self)
{
  cam_optimizer_begin (&self->optimizer, self->step);

  if (cam_optimizer_clips (&self->optimizer))
    {
      cam_pool_run (self->pool, self->shared, run_tile_gradient, self->tiles->len, self);
      if (g_atomic_int_get (&self->bad) != CAM_BAD_NOTHING)
        return;
      settle_factors (self);
      cam_pool_run (self->pool, self->shared, run_tile_step, self->tiles->len, self);
    }
  else
    cam_pool_run (self->pool, self->shared, run_stretch, self->stretches->len, self);

  for (guint i = 0; self->has_constraints && self->optimizer.is_due && i < self->tiles->len; i++)
    {
      const CamTile *tile = &g_array_index (self->tiles, CamTile, i);

      if (tile->first == 0)
        cam_constraint_apply (&weight_of (self, tile)->constraint, weight_of (self, tile)->value);
    }
}

CamBad
cam_fit_step (CamFit *self,
              gsize   first,
              gsize   n,
              double *sums)
{
  guint n_shards = (guint) ((n + self->shard_rows - 1) / self->shard_rows);
  double penalty = self->has_penalties ? cam_network_penalty (self->network) : 0.0;

  self->batch_first = first;
  self->batch_rows = n;
  self->batch_shards = n_shards;
  if (self->passes[0].n_batch != n)
    for (guint i = 0; i < self->network->layers->len; i++)
      self->passes[i].n_batch = n;
  self->bad = CAM_BAD_NOTHING;

  for (self->phase = 0; self->phase < self->segments->len; self->phase++)
    {
      cam_pool_run (self->pool, self->shared, run_forward, n_shards, self);
      if (self->phase + 1 < self->segments->len)
        add_batch_sums (self, g_array_index (self->segments, guint, self->phase + 1), n_shards, FALSE);
    }

  /* Shard by shard, in their order. */
  for (guint i = 1; i < n_shards; i++)
    for (gsize j = 0; j < self->measure.n_sums; j++)
      self->shard_sums[j] += self->shard_sums[i * self->measure.n_sums + j];
  if (!isfinite (self->shard_sums[CAM_SUM_LOSS]))
    return cam_is_finite (self->x, n * self->training.x_size) && cam_is_finite (self->y, n * self->training.y_size) ? CAM_BAD_LOSS : CAM_BAD_DATA;

  for (self->phase = self->segments->len; self->phase-- > 0;)
    {
      cam_pool_run (self->pool, self->shared, run_backward, n_shards, self);
      if (self->phase > 0)
        add_batch_sums (self, g_array_index (self->segments, guint, self->phase), n_shards, TRUE);
    }

  cam_measure_settle (self->shard_sums);
  for (gsize j = 0; j < self->measure.n_sums; j++)
    sums[j] += self->shard_sums[j];
  sums[CAM_SUM_LOSS] += penalty * self->shard_sums[CAM_SUM_ROWS];

  step_weights (self);
  self->step++;
  if (self->shared)
    cam_pool_pace (self->pool, (double) n);

  return (CamBad) g_atomic_int_get (&self->bad);
}
