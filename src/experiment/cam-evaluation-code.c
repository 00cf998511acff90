/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Principal components by power iteration: two of them are wanted, of a matrix as wide as the narrowest layer. */
#include "cam-evaluation-code.h"

#include <math.h>
#include <string.h>

#include <cam-tensor.h>

#define N_TURNS 300

static gsize
get_size (const CamNetwork *network,
          guint             layer)
{
  CamShape shape = cam_network_get_layer_shape (network, layer);
  gsize size = 0;

  cam_shape_get_size (&shape, &size);
  return size;
}

/* The first of the narrowest. */
static guint
find_layer (const CamNetwork *network)
{
  guint found = 0;

  for (guint layer = 1; layer + 1 < cam_network_get_n_layers (network); layer++)
    if (get_size (network, layer) < get_size (network, found))
      found = layer;
  return found;
}

/* The direction in which @covariance is largest, into @direction; returns its variance and takes it out of @covariance. */
static double
take_direction (double *covariance,
                gsize   n,
                double *direction)
{
  g_autofree double *next = g_new (double, n);
  double variance = 0.0;
  gsize largest = 0;

  /* No direction is a right angle to all others in this one, but by chance. */
  for (gsize i = 0; i < n; i++)
    direction[i] = 1.0 / (double) (i + 1);
  for (guint turn = 0; turn < N_TURNS; turn++)
    {
      double length = 0.0;

      for (gsize i = 0; i < n; i++)
        {
          next[i] = 0.0;
          for (gsize j = 0; j < n; j++)
            next[i] += covariance[i * n + j] * direction[j];
          length += next[i] * next[i];
        }
      length = sqrt (length);
      if (length < 1e-30)
        {
          memset (direction, 0, n * sizeof *direction);
          return 0.0;
        }
      variance = length;
      for (gsize i = 0; i < n; i++)
        direction[i] = next[i] / length;
    }
  /* Either sign is right: the one whose largest part is positive is taken, so that it is the same each time. */
  for (gsize i = 1; i < n; i++)
    if (fabs (direction[i]) > fabs (direction[largest]))
      largest = i;
  for (gsize i = 0; direction[largest] < 0.0 && i < n; i++)
    next[i] = direction[i] = -direction[i];
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      covariance[i * n + j] -= variance * direction[i] * direction[j];

  return variance;
}

/* @codes: [n, width]. */
static void
reduce (CamCode     *self,
        const float *codes)
{
  gsize width = self->width;
  g_autofree double *mean = g_new0 (double, width), *covariance = g_new0 (double, width * width), *first = g_new (double, width), *second = g_new (double, width);
  double all = 0.0, told;

  for (gsize i = 0; i < self->n; i++)
    for (gsize k = 0; k < width; k++)
      mean[k] += codes[i * width + k] / (double) self->n;
  for (gsize i = 0; i < self->n; i++)
    for (gsize k = 0; k < width; k++)
      for (gsize l = 0; l < width; l++)
        covariance[k * width + l] += (codes[i * width + k] - mean[k]) * (codes[i * width + l] - mean[l]) / (double) self->n;
  for (gsize k = 0; k < width; k++)
    all += covariance[k * width + k];
  told = take_direction (covariance, width, first) + take_direction (covariance, width, second);
  self->told = all > 0.0 ? told / all : 0.0;
  for (gsize i = 0; i < self->n; i++)
    {
      self->x[i] = self->y[i] = 0.0;
      for (gsize k = 0; k < width; k++)
        {
          self->x[i] += (codes[i * width + k] - mean[k]) * first[k];
          self->y[i] += (codes[i * width + k] - mean[k]) * second[k];
        }
    }
}

CamCode *
cam_code_new (const CamModel   *model,
              const CamDataset *dataset,
              CamPart           part,
              gsize             most,
              GCancellable     *cancellable)
{
  const CamNetwork *network;
  CamCode *self;
  gsize n_all, n_inputs, every;
  float *x, *codes;
  guint layer;

  g_return_val_if_fail (model != NULL && dataset != NULL && most > 0, NULL);

  network = cam_model_get_network (model);
  n_all = cam_dataset_get_n_rows (dataset, part);
  if (cam_network_get_n_layers (network) < 2 || n_all == 0)
    return NULL;
  n_inputs = cam_preparation_get_n_inputs (cam_dataset_get_preparation (dataset));
  every = (n_all + most - 1) / most;
  layer = find_layer (network);
  self = g_new0 (CamCode, 1);
  self->n = (n_all + every - 1) / every;
  self->samples = g_new (gsize, self->n);
  self->x = g_new (double, self->n);
  self->y = g_new (double, self->n);
  self->layer = g_strdup (cam_network_get_layer_name (network, layer));
  self->width = (guint) get_size (network, layer);
  self->told = 1.0;

  x = cam_floats_new (self->n * n_inputs);
  codes = cam_floats_new (self->n * self->width);
  for (gsize i = 0; i < self->n; i++)
    {
      self->samples[i] = i * every;
      memcpy (x + i * n_inputs, cam_dataset_get_x (dataset, part) + i * every * n_inputs, n_inputs * sizeof (float));
    }
  cam_network_predict_layer (network, layer, x, self->n, codes);
  if (self->width > 2)
    reduce (self, codes);
  else
    for (gsize i = 0; i < self->n; i++)
      {
        self->x[i] = codes[i * self->width];
        self->y[i] = self->width > 1 ? codes[i * self->width + 1] : 0.0;
      }
  cam_floats_free (x);
  cam_floats_free (codes);
  if (g_cancellable_is_cancelled (cancellable))
    g_clear_pointer (&self, cam_code_free);

  return self;
}

void
cam_code_free (CamCode *self)
{
  if (self == NULL)
    return;
  g_free (self->samples);
  g_free (self->x);
  g_free (self->y);
  g_free (self->layer);
  g_free (self);
}
