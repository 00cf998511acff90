/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kind of layer is made of: a table of functions. A new kind is one file and one line in the list of cam-layer.c.
 *
 * A pass runs over shards of a batch: forward and backward get pointers to the first row of a shard and work on @n rows; no state outside those rows is touched,
 * so shards run side by side. Then each weight's gradient over the whole batch is computed in tiles of its own. */
#pragma once

#include <cam-rng.h>
#include <cam-tensor.h>

#include "cam-activation.h"
#include "cam-layer.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;        /* Keras's: "kernel" */
  CamTensor  *value;       /* owned */
  gboolean    trainable;
} CamWeight;

typedef struct
{
  const CamLayerKind  *kind;
  /* owned */
  char                *name;
  json_t              *config;      /* completed */
  /* set by prepare() */
  CamShape             input, output;
  gsize                n_in, n_out;        /* numbers a row */
  const CamActivation *activation;         /* applied at the end, or NULL; a loss may ask for the numbers before it */
  CamWeight            weights[4];
  guint                n_weights;
  gsize                n_scratch;          /* floats a row that forward leaves for backward */
} CamLayer;

typedef struct
{
  gboolean      training;
  const CamRng *rng;         /* the layer's stream of random numbers, while training */
  guint64       first_draw;  /* the place in it of this shard's first row; a row takes n_out words */
  gboolean      bare;        /* forward: leave the activation out; backward: dy is the gradient before it already */
} CamPass;

struct _CamLayerKind
{
  const char       *name, *icon, *note;
  CamLayerCategory  category;
  const CamField   *fields;
  char             *(*describe)   (const json_t *config);
  /* Shapes and weights from config and input; CAM_ENGINE_ERROR_SHAPE or _LAYER with a sentence that does not name the layer. */
  gboolean          (*prepare)    (CamLayer *self, GError **error);
  void              (*initialise) (CamLayer *self, guint i, CamRng *rng);   /* weight @i */
  void              (*forward)    (const CamLayer *self, const CamPass *pass, const float *x, float *y, float *scratch, gsize n);
  /* @dy may be changed on the way to dz, which gradient() reads later; @dx is NULL for the first layer. */
  void              (*backward)   (const CamLayer *self, const CamPass *pass, const float *x, const float *y, float *dy, float *dx, const float *scratch, gsize n);
  /* Rows @first … first + count − 1 (of the first dimension) of weight @i's gradient over the @n rows of a batch. */
  void              (*gradient)   (const CamLayer *self, guint i, const float *x, const float *dz, float *gradient, gsize n, gsize first, gsize count);
};

extern const CamLayerKind cam_dense_kind, cam_dropout_kind, cam_activation_layer_kind;

CamLayer *cam_layer_new        (const json_t *description, guint index, const CamShape *input, GError **error);   /* name NULL where none is given */
void      cam_layer_free       (CamLayer *self);
/* cam_layer_add_weight: for prepare(). FALSE where the size is absurd. */
gboolean  cam_layer_add_weight (CamLayer *self, const char *name, const CamShape *shape, gboolean trainable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamLayer, cam_layer_free)

G_END_DECLS
