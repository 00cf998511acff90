/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A network's weights: how they start, how they are reached, and as one block of bytes. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-initializer.h"
#include "cam-network-private.h"

static CamWeight *
get_weight (const CamNetwork *self,
            guint             i)
{
  CamWeightRef ref = g_array_index (self->weights, CamWeightRef, i);

  return &cam_network_layer (self, ref.layer)->weights[ref.i];
}

/* By the kind's own rule, or as its settings say. An inner layer's weight is that layer's to start. */
static void
initialise_weight (CamLayer *layer,
                   guint     i,
                   CamRng   *rng)
{
  const CamWeight *weight = &layer->weights[i];
  g_autofree char *key = g_strconcat (weight->prefix, "_initializer", NULL);

  for (guint place = 0; place < G_N_ELEMENTS (layer->inner); place++)
    for (guint j = 0; layer->inner[place] != NULL && j < layer->inner[place]->n_weights; j++)
      if (layer->inner[place]->weights[j].value == weight->value)
        {
          initialise_weight (layer->inner[place], j, rng);
          return;
        }

  if (layer->kind->initialise != NULL)
    layer->kind->initialise (layer, i, rng);
  else
    cam_initializer_fill (json_object_get (layer->config, key), weight->value, rng);
}

void
cam_network_initialise (CamNetwork *self,
                        guint64     seed)
{
  for (guint i = 0; i < self->weights->len; i++)
    {
      CamWeightRef ref = g_array_index (self->weights, CamWeightRef, i);
      CamLayer *layer = cam_network_layer (self, ref.layer);
      /* By place, not by name: a layer renamed starts with the same weights. */
      g_autofree char *name = g_strdup_printf ("weights/%u/%s", ref.layer, layer->weights[ref.i].name);
      CamRng rng;

      cam_rng_init (&rng, seed, cam_rng_stream_named (name));
      initialise_weight (layer, ref.i, &rng);
    }
}

guint64
cam_network_get_layer_params (const CamNetwork *self,
                              guint             layer)
{
  const CamLayer *of = cam_network_layer (self, layer);
  guint64 n = 0;

  for (guint i = 0; i < of->n_weights; i++)
    n += of->weights[i].value->n;

  return n;
}

guint64
cam_network_get_n_params (const CamNetwork *self)
{
  guint64 n = 0;

  for (guint i = 0; i < self->layers->len; i++)
    n += cam_network_get_layer_params (self, i);

  return n;
}

guint64
cam_network_get_n_trainable (const CamNetwork *self)
{
  guint64 n = 0;

  for (guint i = 0; i < self->weights->len; i++)
    if (get_weight (self, i)->trainable)
      n += get_weight (self, i)->value->n;

  return n;
}

guint
cam_network_get_n_weights (const CamNetwork *self)
{
  return self->weights->len;
}

CamTensor *
cam_network_peek_weight (CamNetwork *self,
                         guint       i)
{
  return get_weight (self, i)->value;
}

const char *
cam_network_get_weight_name (const CamNetwork *self,
                             guint             i)
{
  return get_weight (self, i)->name;
}

guint
cam_network_get_weight_layer (const CamNetwork *self,
                              guint             i)
{
  return g_array_index (self->weights, CamWeightRef, i).layer;
}

gboolean
cam_network_join_weights (CamNetwork *self)
{
  gsize size = 0;

  for (guint i = 0; i < self->weights->len; i++)
    size += cam_tensor_size_in_block (get_weight (self, i)->value->n);
  self->block = cam_floats_new (size);
  if (self->block == NULL)
    return FALSE;

  size = 0;
  for (guint i = 0; i < self->weights->len; i++)
    {
      CamTensor *value = get_weight (self, i)->value;

      cam_tensor_move (value, self->block + size);
      size += cam_tensor_size_in_block (value->n);
    }

  return TRUE;
}

GBytes *
cam_network_dup_weights (const CamNetwork *self)
{
  gsize size = (gsize) cam_network_get_n_params (self) * sizeof (float);
  char *all = g_malloc (MAX (size, 1));
  char *to = all;

  for (guint i = 0; i < self->weights->len; i++)
    {
      const CamTensor *value = get_weight (self, i)->value;

      memcpy (to, value->data, value->n * sizeof (float));
      to += value->n * sizeof (float);
    }

  return g_bytes_new_take (all, size);
}

gboolean
cam_network_set_weights (CamNetwork  *self,
                         GBytes      *weights,
                         GError     **error)
{
  gsize size, wanted = (gsize) cam_network_get_n_params (self) * sizeof (float);
  const char *from = g_bytes_get_data (weights, &size);

  if (size != wanted)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_WEIGHTS,
                   _("The weights are those of another network: %zu numbers instead of %zu"),
                   size / sizeof (float), wanted / sizeof (float));
      return FALSE;
    }

  for (guint i = 0; i < self->weights->len; i++)
    {
      CamTensor *value = get_weight (self, i)->value;

      memcpy (value->data, from, value->n * sizeof (float));
      from += value->n * sizeof (float);
    }

  return TRUE;
}
