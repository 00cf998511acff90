/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a fit: settings resolved and checked, and everything allocated that the loop will need. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-fit-private.h"

/* Multiplications and additions of a step below which a second thread costs more than it brings. */
#define WORTH_SHARING 1e6
/* Shards are made smaller down to so many rows, while they have more than so many multiplications on the way forward, and so many for each weight whose gradients are added up. */
#define FEWEST_ROWS  4
#define MUCH_WORK    4e6
#define WORTH_ADDING 200
/* Weights of a tile: enough to be worth a call, few enough to share out. */
#define TILE_SIZE 8192
/* Of tiles that are stepped over together: a small weight shall not be an item of its own beside a large one. */
#define STRETCH_SIZE 10240

static gboolean
check_samples (const CamNetwork  *network,
               const CamSamples  *samples,
               const char        *which,
               GError           **error)
{
  if (samples->n_rows == 0)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS, _("There are no %s rows"), which);
      return FALSE;
    }
  if (samples->x_size != network->n_in)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE,
                   _("The network reads %zu numbers a row, but the %s rows have %zu"), network->n_in, which, samples->x_size);
      return FALSE;
    }
  if (samples->n_rows > G_MAXUINT32)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_MEMORY, _("There are more than %u %s rows"), G_MAXUINT32, which);
      return FALSE;
    }

  return cam_network_check_rows (network, samples->x, samples->n_rows, which, error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Training keys in alphabetical order, then the same with val_, the rate where a callback sets it, then those measured again. */
static void
make_keys (CamFit *self)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();

  g_ptr_array_add (sorted, (gpointer) "loss");
  for (guint i = 0; i < self->measure.names->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (self->measure.names, i));
  g_ptr_array_sort (sorted, compare_names);

  for (guint i = 0; i < sorted->len; i++)
    g_ptr_array_add (keys, g_strdup (g_ptr_array_index (sorted, i)));
  for (guint i = 0; i < sorted->len && self->validation.n_rows > 0; i++)
    g_ptr_array_add (keys, g_strconcat ("val_", g_ptr_array_index (sorted, i), NULL));
  self->rate_key = cam_fit_sets_rate (self) ? (int) keys->len : -1;
  if (self->rate_key >= 0)
    g_ptr_array_add (keys, g_strdup ("learning_rate"));
  for (guint i = 0; i < sorted->len && self->remeasured.n_rows > 0; i++)
    g_ptr_array_add (keys, g_strconcat (CAM_REMEASURED_PREFIX, g_ptr_array_index (sorted, i), NULL));
  g_ptr_array_add (keys, NULL);
  self->keys = (char **) g_ptr_array_free (g_steal_pointer (&keys), FALSE);
}

/* Forward once, back twice; a multiplication goes with an addition. */
static gboolean
is_worth_sharing (const CamNetwork *network,
                  gsize             batch_size)
{
  return 6.0 * cam_network_work (network) * (double) batch_size > WORTH_SHARING;
}

/* A function of network and batch alone: two shards for the usual 32 rows, larger ones where products gain from it, and where one thread does all of them. Where a row is much work by itself, as an image that goes
 * through convolutions, smaller ones, so that more threads find some: as long as adding up the shards' gradients costs little, and these take no more room than outputs. */
static gsize
choose_shard_rows (const CamNetwork *network,
                   gsize             batch_size)
{
  gsize rows = batch_size > 128 || !is_worth_sharing (network, batch_size) ? 64 : batch_size <= 32 ? 16 : 32;
  double work = 0.0, weights = 0.0, outputs = 0.0;

  for (guint i = 0; i < network->layers->len; i++)
    {
      const CamLayer *layer = cam_network_layer (network, i);

      outputs += (double) layer->n_out;
      for (guint w = 0; w < layer->n_weights && layer->shard_gradients; w++)
        weights += (double) layer->weights[w].value->n;
      work += layer->shard_gradients ? cam_layer_work (layer) : 0.0;
    }
  while (rows > FEWEST_ROWS && work * (double) rows > MUCH_WORK && work * (double) rows / 2.0 > WORTH_ADDING * weights && outputs * (double) rows / 2.0 > weights)
    rows /= 2;

  return rows;
}

/* How a weight is cut into tiles: rows of its first dimension, or single numbers where shards have computed the gradient. */
static void
add_tiles (CamFit *self,
           guint   ref)
{
  CamWeightRef of = g_array_index (self->network->weights, CamWeightRef, ref);
  const CamLayer *layer = cam_network_layer (self->network, of.layer);
  const CamWeight *weight = &layer->weights[of.i];
  gsize rows = layer->shard_gradients ? weight->value->n : weight->value->shape.n_dims > 1 ? weight->value->shape.dims[0] : 1;
  gsize row_size = weight->value->n / rows;
  gsize per_tile = self->optimizer.ops->is_whole ? rows : MAX (1, TILE_SIZE / MAX (row_size, 1));

  for (gsize first = 0; first < rows; first += per_tile)
    {
      CamTile tile = { of.layer, of.i, first, MIN (per_tile, rows - first), row_size, ref };

      g_array_append_val (self->tiles, tile);
    }
}

/* Whether tile @i goes on where the tile before ends, both being whole weights. */
static gboolean
goes_on (const CamFit *self,
         guint         i)
{
  const CamTile *tile = &g_array_index (self->tiles, CamTile, i), *before = tile - 1;

  return !self->optimizer.ops->is_whole && tile->ref == before->ref + 1 && tile->first == 0 &&
         before->count * before->row_size == cam_network_peek_weight (self->network, before->ref)->n;
}

static void
make_stretches (CamFit *self)
{
  self->stretches = g_array_new (FALSE, FALSE, sizeof (CamStretch));
  for (guint i = 0; i < self->tiles->len; i++)
    {
      const CamTile *tile = &g_array_index (self->tiles, CamTile, i);
      gboolean is_whole = tile->count * tile->row_size == cam_network_peek_weight (self->network, tile->ref)->n;
      gsize size = is_whole ? cam_tensor_size_in_block (tile->count * tile->row_size) : tile->count * tile->row_size;
      CamStretch *last = self->stretches->len > 0 ? &g_array_index (self->stretches, CamStretch, self->stretches->len - 1) : NULL;
      CamStretch own = { i, 1, size };

      if (last == NULL || !is_whole || !goes_on (self, i) || last->size + size > STRETCH_SIZE)
        {
          g_array_append_val (self->stretches, own);
          continue;
        }
      last->n_tiles++;
      last->size += size;
    }
}

static void
make_tiles (CamFit *self)
{
  self->tiles = g_array_new (FALSE, FALSE, sizeof (CamTile));
  for (guint ref = 0; ref < self->network->weights->len; ref++)
    {
      CamWeightRef of = g_array_index (self->network->weights, CamWeightRef, ref);

      if (cam_network_layer (self->network, of.layer)->weights[of.i].trainable)
        add_tiles (self, ref);
    }
  make_stretches (self);
  self->tile_squares = g_new0 (double, MAX (self->tiles->len, 1));
  self->shared = is_worth_sharing (self->network, self->batch_size);
}

static gboolean
allocate_layers (CamFit *self)
{
  guint n_layers = self->network->layers->len;

  self->outputs = g_new0 (float *, n_layers);
  self->gradients = g_new0 (float *, n_layers);
  self->scratches = g_new0 (float *, n_layers);
  self->streams = g_new0 (CamRng, n_layers);
  for (guint i = 0; i < n_layers; i++)
    {
      const CamLayer *layer = cam_network_layer (self->network, i);
      g_autofree char *name = g_strdup_printf ("layer/%u", i);

      self->outputs[i] = cam_floats_new (self->batch_size * layer->n_out);
      self->gradients[i] = cam_floats_new (self->batch_size * layer->n_out);
      self->scratches[i] = layer->n_scratch > 0 ? cam_floats_new (self->batch_size * layer->n_scratch) : NULL;
      cam_rng_init (&self->streams[i], self->seed, cam_rng_stream_named (name));
      if (self->outputs[i] == NULL || self->gradients[i] == NULL || (layer->n_scratch > 0 && self->scratches[i] == NULL))
        return FALSE;
    }

  return TRUE;
}

/* Blocks for what belongs to the weights that are trained. What lies between them starts as all else, so that the optimizer finds nothing odd there. */
static gboolean
allocate_blocks (CamFit *self)
{
  guint n_slots = cam_optimizer_n_slots (&self->optimizer);
  gsize size = 0;

  for (guint i = 0; i < self->network->weights->len; i++)
    {
      CamWeightRef of = g_array_index (self->network->weights, CamWeightRef, i);
      const CamWeight *weight = &cam_network_layer (self->network, of.layer)->weights[of.i];

      size += weight->trainable ? cam_tensor_size_in_block (weight->value->n) : 0;
    }

  self->slot_blocks = g_new0 (float *, n_slots + 1);
  if ((self->gradient_block = cam_floats_new (size)) == NULL)
    return FALSE;
  for (guint s = 0; s < n_slots; s++)
    {
      float start = cam_optimizer_slot_start (&self->optimizer, s);

      if ((self->slot_blocks[s] = cam_floats_new (size)) == NULL)
        return FALSE;
      for (gsize k = 0; start != 0.0f && k < size; k++)
        self->slot_blocks[s][k] = start;
    }

  return TRUE;
}

static gboolean
allocate_weights (CamFit *self)
{
  guint n = self->network->weights->len, n_slots = cam_optimizer_n_slots (&self->optimizer);
  gsize place = 0;

  if (!allocate_blocks (self))
    return FALSE;
  self->weight_gradients = g_new0 (float *, n);
  self->slots = g_new0 (float **, n);
  self->squares = g_new0 (double, MAX (n, 1));
  self->factors = g_new0 (float, MAX (n, 1));
  self->first_weight = g_new0 (guint, self->network->layers->len);
  for (guint i = 0; i < n; i++)
    {
      CamWeightRef of = g_array_index (self->network->weights, CamWeightRef, i);
      const CamWeight *weight = &cam_network_layer (self->network, of.layer)->weights[of.i];

      if (of.i == 0)
        self->first_weight[of.layer] = i;
      self->slots[i] = g_new0 (float *, n_slots + 1);
      self->has_penalties |= !cam_regularizer_is_none (&weight->regularizer);
      self->has_constraints |= weight->trainable && weight->constraint.kind != CAM_CONSTRAINT_NONE;
      if (!weight->trainable)
        continue;
      self->weight_gradients[i] = self->gradient_block + place;
      for (guint s = 0; s < n_slots; s++)
        self->slots[i][s] = self->slot_blocks[s] + place;
      place += cam_tensor_size_in_block (weight->value->n);
    }

  return TRUE;
}

/* A block for each shard and each weight whose gradient the shards compute. */
static gboolean
allocate_shards (CamFit *self)
{
  guint n = self->network->weights->len;

  self->n_temp = 0;
  for (guint i = 0; i < self->network->layers->len; i++)
    self->n_temp = MAX (self->n_temp, cam_network_layer (self->network, i)->n_temp);
  /* A whole number of cache lines each. */
  self->n_temp = (self->n_temp + 15) / 16 * 16;
  if (self->n_temp > 0 && (self->temps = cam_floats_new (self->n_shards * self->n_temp)) == NULL)
    return FALSE;

  self->shard_gradients = g_new0 (float **, self->n_shards);
  for (gsize shard = 0; shard < self->n_shards; shard++)
    {
      self->shard_gradients[shard] = g_new0 (float *, MAX (n, 1));
      for (guint i = 0; i < n; i++)
        {
          CamWeightRef of = g_array_index (self->network->weights, CamWeightRef, i);
          const CamLayer *layer = cam_network_layer (self->network, of.layer);

          if (layer->shard_gradients && layer->weights[of.i].trainable &&
              (self->shard_gradients[shard][i] = cam_floats_new (layer->weights[of.i].value->n)) == NULL)
            return FALSE;
        }
    }

  return TRUE;
}

/* Segments, whole-batch sums, masks. */
static gboolean
allocate_phases (CamFit *self)
{
  guint n_layers = self->network->layers->len, none = 0;

  self->segments = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->segments, none);
  self->batch_sums = g_new0 (double *, n_layers);
  self->masks = g_new0 (guint8 *, n_layers);
  self->mask_of = g_new0 (int, n_layers + 1);
  self->has_activity = cam_network_has_activity (self->network);

  for (guint i = 0; i <= n_layers; i++)
    self->mask_of[i] = cam_network_mask_of (self->network, i);
  for (guint i = 0; i < n_layers; i++)
    {
      const CamLayer *layer = cam_network_layer (self->network, i);

      if (layer->mask_way == CAM_MASK_BEGINS && (self->masks[i] = g_try_malloc (self->batch_size * layer->input.dims[0])) == NULL)
        return FALSE;
      if (layer->batch_ops != NULL)
        {
          gsize n_sums = layer->batch_ops->n_sums (layer);

          self->batch_sums[i] = g_new0 (double, 2 * n_sums);
          self->most_batch_sums = MAX (self->most_batch_sums, n_sums);
          g_array_append_val (self->segments, i);
        }
    }
  self->shard_batch_sums = g_new0 (double, MAX (self->n_shards * self->most_batch_sums, 1));

  return TRUE;
}

static void
prepare_passes (CamFit *self)
{
  guint n_layers = self->network->layers->len;

  self->passes = g_new0 (CamPass, n_layers);
  for (guint i = 0; i < n_layers; i++)
    {
      const CamLayer *layer = cam_network_layer (self->network, i);
      const double *sums = self->batch_sums[i];

      self->passes[i] = (CamPass) {
        .training = TRUE,
        .rng = &self->streams[i],
        .bare = i + 1 == n_layers && self->measure.from_logits,
        .sums = sums,
        .back_sums = sums != NULL ? sums + layer->batch_ops->n_sums (layer) : NULL,
      };
    }
}

static gboolean
allocate (CamFit  *self,
          GError **error)
{
  self->shard_rows = choose_shard_rows (self->network, self->batch_size);
  self->x = cam_floats_new (self->batch_size * self->training.x_size);
  self->y = cam_floats_new (self->batch_size * self->training.y_size);
  self->logits = cam_floats_new (self->batch_size * self->network->n_out);
  self->n_shards = (self->batch_size + self->shard_rows - 1) / self->shard_rows;
  self->shard_sums = g_new0 (double, self->n_shards * self->measure.n_sums);
  self->weights = self->training.weights != NULL ? cam_floats_new (self->batch_size) : NULL;
  self->order = g_new (guint32, self->training.n_rows);
  for (gsize i = 0; i < self->training.n_rows; i++)
    self->order[i] = (guint32) i;

  if (self->x != NULL && self->y != NULL && self->logits != NULL && allocate_layers (self) && allocate_weights (self) &&
      allocate_shards (self) && allocate_phases (self))
    {
      prepare_passes (self);
      return TRUE;
    }

  g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_MEMORY,
               _("A batch of %zu rows does not fit into memory; make it smaller"), self->batch_size);
  return FALSE;
}

/* Up to @most training rows, evenly spread: the rows themselves where they are no more. FALSE: no memory. */
static gboolean
choose_remeasured (CamFit *self,
                   gsize   most)
{
  const CamSamples *all = &self->training;
  gsize n = MIN (most, all->n_rows);
  float *x, *y;

  self->remeasured = *all;
  self->remeasured.n_rows = n;
  self->remeasured.weights = NULL;
  if (n == 0 || n == all->n_rows)
    return TRUE;

  self->owns_remeasured = TRUE;
  self->remeasured.x = x = cam_floats_new (n * all->x_size);
  self->remeasured.y = y = cam_floats_new (n * all->y_size);
  if (x == NULL || y == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      gsize row = (gsize) ((double) i * (double) all->n_rows / (double) n);

      memcpy (x + i * all->x_size, all->x + row * all->x_size, all->x_size * sizeof (float));
      memcpy (y + i * all->y_size, all->y + row * all->y_size, all->y_size * sizeof (float));
    }

  return TRUE;
}

CamFit *
cam_fit_new (CamNetwork            *network,
             const CamFitSettings  *settings,
             const CamSamples      *training,
             const CamSamples      *validation,
             GError               **error)
{
  g_autoptr(CamFit) self = NULL;

  g_return_val_if_fail (network != NULL && settings != NULL && training != NULL, NULL);

  if (!check_samples (network, training, _("training"), error) ||
      (validation != NULL && !check_samples (network, validation, _("validation"), error)))
    return NULL;
  if (settings->batch_size == 0 || settings->epochs == 0)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS, _("Batch size and epochs must be at least 1"));
      return NULL;
    }

  self = g_new0 (CamFit, 1);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->network = network;
  self->training = *training;
  if (validation != NULL)
    self->validation = *validation;
  self->batch_size = MIN (settings->batch_size, training->n_rows);
  self->measure_batch = settings->batch_size;
  self->epochs = settings->epochs;
  self->shuffle = settings->shuffle;
  self->seed = settings->seed;
  self->best_value = NAN;

  if (!cam_measure_init (&self->measure, network, settings->loss, settings->metrics, settings->weighted_metrics, training->y_size, error))
    return NULL;
  self->epoch_sums = g_new0 (double, self->measure.n_sums);
  self->means = g_new0 (double, cam_measure_n (&self->measure));
  if (!choose_remeasured (self, settings->remeasure_rows))
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_MEMORY, _("A copy of the training rows to measure again does not fit into memory; measure fewer"));
      return NULL;
    }
  if (!cam_fit_make_callbacks (self, settings->callbacks, error))
    return NULL;
  make_keys (self);
  if (!cam_optimizer_init (&self->optimizer, settings->optimizer, error) ||
      !cam_fit_check_callbacks (self, error) ||
      !allocate (self, error))
    return NULL;
  make_tiles (self);
  self->pool = cam_pool_new (settings->n_threads);

  return g_steal_pointer (&self);
}

static void
free_floats (float **blocks,
             guint   n)
{
  for (guint i = 0; blocks != NULL && i < n; i++)
    cam_floats_free (blocks[i]);
  g_free (blocks);
}

void
cam_fit_free (CamFit *self)
{
  guint n_layers, n_weights;

  if (self == NULL)
    return;

  n_layers = self->network->layers->len;
  n_weights = self->network->weights->len;
  cam_pool_free (self->pool);
  free_floats (self->outputs, n_layers);
  free_floats (self->gradients, n_layers);
  free_floats (self->scratches, n_layers);
  cam_floats_free (self->gradient_block);
  g_free (self->weight_gradients);
  for (gsize shard = 0; self->shard_gradients != NULL && shard < self->n_shards; shard++)
    free_floats (self->shard_gradients[shard], n_weights);
  g_free (self->shard_gradients);
  for (guint i = 0; i < n_layers; i++)
    {
      if (self->batch_sums != NULL)
        g_free (self->batch_sums[i]);
      if (self->masks != NULL)
        g_free (self->masks[i]);
    }
  g_free (self->batch_sums);
  g_free (self->masks);
  g_free (self->mask_of);
  g_free (self->shard_batch_sums);
  g_clear_pointer (&self->segments, g_array_unref);
  g_free (self->tile_squares);
  g_free (self->squares);
  g_free (self->factors);
  g_free (self->first_weight);
  cam_floats_free (self->temps);
  if (self->owns_remeasured)
    {
      cam_floats_free ((float *) self->remeasured.x);
      cam_floats_free ((float *) self->remeasured.y);
    }
  g_free (self->epoch_sums);
  g_free (self->means);
  cam_floats_free (self->weights);
  for (guint i = 0; self->slots != NULL && i < n_weights; i++)
    g_free (self->slots[i]);
  g_free (self->slots);
  for (guint s = 0; self->slot_blocks != NULL && self->slot_blocks[s] != NULL; s++)
    cam_floats_free (self->slot_blocks[s]);
  g_free (self->slot_blocks);
  cam_floats_free (self->x);
  cam_floats_free (self->y);
  cam_floats_free (self->logits);
  g_free (self->streams);
  g_free (self->passes);
  g_free (self->shard_sums);
  g_free (self->order);
  g_clear_pointer (&self->tiles, g_array_unref);
  g_clear_pointer (&self->stretches, g_array_unref);
  cam_measure_clear (&self->measure);
  cam_optimizer_clear (&self->optimizer);
  g_clear_pointer (&self->callbacks, g_ptr_array_unref);
  g_strfreev (self->keys);
  g_free (self->monitor);
  g_clear_pointer (&self->first_weights, g_bytes_unref);
  g_clear_pointer (&self->best_weights, g_bytes_unref);
  g_clear_pointer (&self->last_weights, g_bytes_unref);
  g_clear_pointer (&self->going_weights, g_bytes_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}
