/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a network, for the fit loop. */
#pragma once

#include "cam-layer-private.h"
#include "cam-network.h"

G_BEGIN_DECLS

/* Rows of a block in evaluation. Blocks are always computed whole (the last one padded with zeros), so that a row's result does not depend on its company. */
#define CAM_BLOCK_ROWS 64

typedef struct
{
  guint layer;
  guint i;           /* weight of the layer */
} CamWeightRef;

struct _CamNetwork
{
  CamShape   input;
  gsize      n_in, n_out;
  GPtrArray *layers;      /* CamLayer */
  GArray    *weights;     /* CamWeightRef, in Keras's order */
  float     *block;       /* where all of them lie, in that order, each from a cache line on; what is between them is never looked at */
};

static inline CamLayer *
cam_network_layer (const CamNetwork *self,
                   guint             i)
{
  return g_ptr_array_index (self->layers, i);
}

/* Multiplications of a row's way forward through a layer. */
static inline double
cam_layer_work (const CamLayer *self)
{
  gsize uses = self->n_uses > 0 ? self->n_uses : self->n_out / self->output.dims[self->output.n_dims - 1];
  double n = 0.0;

  for (guint w = 0; w < self->n_weights; w++)
    n += (double) self->weights[w].value->n;

  return n * (double) uses;
}

/* What a block of rows gives beside its output; members that are not wanted are NULL. */
typedef struct
{
  float   *logits;      /* [n, n_out]: the last layer's numbers before its activation */
  guint8  *mask;        /* [n, steps]: the output's mask, where cam_network_has_mask() */
  double  *activity;    /* adds the penalties on the layers' outputs */
} CamBlockExtras;

/* cam_network_block_size: bytes of workspace that cam_network_block() needs. */
gsize    cam_network_block_size (const CamNetwork *self);
/* cam_network_block: evaluation of n ≤ CAM_BLOCK_ROWS rows through the first @n_layers layers. @extras may be NULL. */
void     cam_network_block      (const CamNetwork *self, guint n_layers, const float *x, gsize n, float *y, const CamBlockExtras *extras, gpointer workspace);
/* Where the mask of the input of layer @layer comes from: the number of a layer that begins one; −1: none. @layer may be the number of layers: the output's. */
int      cam_network_mask_of    (const CamNetwork *self, guint layer);
gsize    cam_network_n_steps    (const CamNetwork *self);        /* steps of the masks that layers begin; 0: none begins one */
double   cam_network_work       (const CamNetwork *self);        /* of all layers */
/* cam_network_complain: what layer @layer cannot take of its inputs @x, a sentence that names it, and *row; NULL: it takes them. g_free(). */
char    *cam_network_complain   (const CamNetwork *self, guint layer, const float *x, gsize n, gsize *row);
/* cam_network_join_weights: once all layers are there: their weights move into one block. FALSE: no memory for it. */
gboolean cam_network_join_weights (CamNetwork *self);
double   cam_network_penalty    (const CamNetwork *self);        /* of its weights */
gboolean cam_network_has_activity (const CamNetwork *self);      /* some layer has a penalty on its output */

G_END_DECLS
