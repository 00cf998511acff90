/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look inside a network: how weights and gradients lie, which units are dead or saturated, what the first layer has learned to see. Costs nothing when nobody asks; each call
 * works for itself and keeps nothing. What a layer gives out for some rows is cam_network_predict_layer()'s. */
#pragma once

#include "cam-fit.h"

G_BEGIN_DECLS

#define CAM_HISTOGRAM_BINS 40

/* Numbers that are not finite are counted, and left out of all the rest. */
typedef struct
{
  gsize  n, n_bad;
  double low, high;                       /* the smallest and the largest: the ends of the bins; equal where all are */
  double mean, deviation, norm;           /* norm: root of the sum of squares */
  guint  counts[CAM_HISTOGRAM_BINS];
} CamHistogram;

typedef struct
{
  guint        layer;
  gboolean     has_weights, has_gradients;
  CamHistogram weights;                   /* all trainable weights of the layer together */
  CamHistogram gradients;                 /* of the last batch, as the optimizer got them */
  double       dead_share;                /* of its outputs, those that were 0 for every row; NaN: its activation does not die */
  double       saturated_share;           /* of all values it gave out, those within a hundredth of a bound; NaN: its activation has not two bounds */
} CamLayerView;

/**
 * cam_observe:
 * @fit: (nullable): whose gradients are looked at; only in its on_epoch, or after its run
 * @x: (nullable): rows to send through, `[n_rows, inputs]`; without them no share is known
 *
 * Returns: (transfer full) (element-type CamLayerView): one for each layer. In any thread in which the weights stand still.
 */
GArray  *cam_observe         (const CamNetwork *network, const CamFit *fit, const float *x, gsize n_rows);

void     cam_histogram_init  (CamHistogram *self, const float *values, gsize n);

/**
 * cam_observe_filters:
 * @shape: (out): of a filter: [rows, columns, channels] of an image's layer, [steps, features] of a sequence's, [inputs] of a dense one
 *
 * What the first layer with a kernel weighs its inputs with, a block for each of its units.
 *
 * Returns: (nullable) (transfer full): `[*n_filters, size of shape]`, g_free(); %NULL: no layer has a kernel
 */
float   *cam_observe_filters (const CamNetwork *network, gsize *n_filters, CamShape *shape);

G_END_DECLS
