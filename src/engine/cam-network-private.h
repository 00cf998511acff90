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
};

static inline CamLayer *
cam_network_layer (const CamNetwork *self,
                   guint             i)
{
  return g_ptr_array_index (self->layers, i);
}

/* cam_network_block_size: floats of workspace that cam_network_block() needs. */
gsize cam_network_block_size (const CamNetwork *self);
/* cam_network_block: evaluation of n ≤ CAM_BLOCK_ROWS rows; @logits (nullable): also the last layer's numbers before its activation. */
void  cam_network_block      (const CamNetwork *self, const float *x, gsize n, float *y, float *logits, float *workspace);

G_END_DECLS
