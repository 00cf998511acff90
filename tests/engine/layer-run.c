/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One layer through a pass forward and back. */
#include "layer-run.h"

#include <string.h>

#include <cam-tensor.h>

#define SHARDS 2

typedef struct
{
  gsize   first, n;
  CamPass pass;
  float  *gradients[CAM_LAYER_MOST_WEIGHTS];
} Shard;

/* Poison: a layer that reads what it has not written is found. */
static float *
new_floats (gsize n)
{
  float *floats = cam_floats_new (MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    floats[i] = 1e30f;

  return floats;
}

static void
collect (CamLayer     *layer,
         Shard        *shards,
         const float  *x,
         const float  *y,
         const float  *dy,
         double       *sums,
         gsize         n)
{
  gsize n_sums = layer->batch_ops->n_sums (layer);
  g_autofree double *own = g_new (double, MAX (n_sums, 1));

  memset (sums, 0, n_sums * sizeof (double));
  for (guint s = 0; s < SHARDS; s++)
    {
      const Shard *shard = &shards[s];

      if (shard->n == 0)
        continue;
      memset (own, 0, n_sums * sizeof (double));
      if (dy == NULL)
        layer->batch_ops->collect (layer, &shard->pass, x + shard->first * layer->n_in, own, shard->n);
      else
        layer->batch_ops->collect_back (layer, &shard->pass, x + shard->first * layer->n_in, y + shard->first * layer->n_out,
                                        dy + shard->first * layer->n_out, own, shard->n);
      for (gsize i = 0; i < n_sums; i++)
        sums[i] += own[i];
    }

  if (dy == NULL)
    layer->batch_ops->settle (layer, sums, n);
  else
    layer->batch_ops->settle_back (layer, sums, n);
}

/* A weight's gradient; its bits may not depend on where a tile ends. */
static void
compute_gradient (CamLayer      *layer,
                  const CamPass *pass,
                  guint          i,
                  const float   *x,
                  const float   *dz,
                  const float   *scratch,
                  float         *gradient,
                  gsize          n)
{
  const CamTensor *value = layer->weights[i].value;
  gsize rows = value->shape.n_dims > 1 ? value->shape.dims[0] : 1, cut = rows / 2;
  float *tiles = new_floats (value->n);

  layer->kind->gradient (layer, pass, i, x, dz, scratch, gradient, n, 0, rows);
  if (cut > 0)
    layer->kind->gradient (layer, pass, i, x, dz, scratch, tiles, n, 0, cut);
  layer->kind->gradient (layer, pass, i, x, dz, scratch, tiles, n, cut, rows - cut);
  g_assert_cmpmem (tiles, value->n * sizeof (float), gradient, value->n * sizeof (float));
  cam_floats_free (tiles);
}

void
layer_run (CamLayer      *layer,
           const float   *x,
           const guint8  *mask,
           const float   *dy,
           gsize          n,
           gboolean       training,
           LayerRun      *run)
{
  gsize half = (n + 1) / 2, n_sums = training && layer->batch_ops != NULL ? layer->batch_ops->n_sums (layer) : 0;
  gsize steps = layer->input.n_dims > 0 ? layer->input.dims[0] : 1;
  /* Whole cache lines each, as in a fit. */
  gsize n_temp = (layer->n_temp + 15) / 16 * 16;
  float *scratch = new_floats (n * layer->n_scratch), *temp = new_floats (SHARDS * n_temp), *dz = new_floats (n * layer->n_out);
  g_autofree double *sums = g_new0 (double, MAX (n_sums, 1)), *back_sums = g_new0 (double, MAX (n_sums, 1));
  Shard shards[SHARDS] = { { .first = 0, .n = half }, { .first = half, .n = n - half } };
  CamPass whole = { .training = training, .mask = mask, .sums = n_sums > 0 ? sums : NULL, .back_sums = n_sums > 0 ? back_sums : NULL, .n_batch = n, .temp = temp };
  CamRng rng;

  cam_rng_init (&rng, 7, 1);
  whole.rng = &rng;
  *run = (LayerRun) { .y = new_floats (n * layer->n_out), .dx = new_floats (n * layer->n_in) };
  for (guint i = 0; i < layer->n_weights; i++)
    if (layer->weights[i].trainable)
      run->gradients[i] = new_floats (layer->weights[i].value->n);
  for (guint s = 0; s < SHARDS; s++)
    {
      shards[s].pass = whole;
      shards[s].pass.mask = mask != NULL ? mask + shards[s].first * steps : NULL;
      shards[s].pass.temp = temp + s * n_temp;
      shards[s].pass.first_draw = shards[s].first * layer->n_draws;
      for (guint i = 0; i < layer->n_weights; i++)
        if (layer->shard_gradients && layer->weights[i].trainable)
          shards[s].gradients[i] = new_floats (layer->weights[i].value->n);
      shards[s].pass.gradients = shards[s].gradients;
    }

  if (n_sums > 0)
    collect (layer, shards, x, NULL, NULL, sums, n);
  for (guint s = 0; s < SHARDS; s++)
    if (shards[s].n > 0)
      layer->kind->forward (layer, &shards[s].pass, x + shards[s].first * layer->n_in, run->y + shards[s].first * layer->n_out,
                            scratch + shards[s].first * layer->n_scratch, shards[s].n);

  memcpy (dz, dy, n * layer->n_out * sizeof (float));
  if (n_sums > 0)
    collect (layer, shards, x, run->y, dz, back_sums, n);
  for (guint s = 0; s < SHARDS; s++)
    if (shards[s].n > 0)
      layer->kind->backward (layer, &shards[s].pass, x + shards[s].first * layer->n_in, run->y + shards[s].first * layer->n_out, dz + shards[s].first * layer->n_out,
                             run->dx + shards[s].first * layer->n_in, scratch + shards[s].first * layer->n_scratch, shards[s].n);

  for (guint i = 0; i < layer->n_weights; i++)
    {
      const CamTensor *value = layer->weights[i].value;

      if (run->gradients[i] == NULL)
        continue;
      if (!layer->shard_gradients)
        compute_gradient (layer, &whole, i, x, dz, scratch, run->gradients[i], n);
      else
        for (gsize j = 0; j < value->n; j++)
          run->gradients[i][j] = shards[0].gradients[i][j] + (shards[1].n > 0 ? shards[1].gradients[i][j] : 0.0f);
    }

  for (guint s = 0; s < SHARDS; s++)
    for (guint i = 0; i < layer->n_weights; i++)
      cam_floats_free (shards[s].gradients[i]);
  cam_floats_free (scratch);
  cam_floats_free (temp);
  cam_floats_free (dz);
}

void
layer_run_clear (LayerRun *run)
{
  cam_floats_free (run->y);
  cam_floats_free (run->dx);
  for (guint i = 0; i < CAM_LAYER_MOST_WEIGHTS; i++)
    cam_floats_free (run->gradients[i]);
}
