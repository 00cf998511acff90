/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One layer through a pass forward and back, as the fit loop does it: in two shards, with what a layer may ask for around it. */
#pragma once

#include <cam-layer-private.h>

G_BEGIN_DECLS

typedef struct
{
  /* owned */
  float  *y, *dx;
  float  *gradients[CAM_LAYER_MOST_WEIGHTS];   /* of weights that are trained, else NULL */
} LayerRun;

/* layer_run: @mask: [n, steps] or NULL; @dy: gradient with respect to the output. @training: as in fit, whole-batch sums too. */
void layer_run       (CamLayer *layer, const float *x, const guint8 *mask, const float *dy, gsize n, gboolean training, LayerRun *run);
void layer_run_clear (LayerRun *run);

G_END_DECLS
