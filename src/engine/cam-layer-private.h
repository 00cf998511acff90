/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kind of layer is made of: a table of functions. A new kind is one file and one line in the list of cam-layer.c.
 *
 * A pass runs over shards of a batch: forward and backward get pointers to the first row of a shard and work on @n rows; no state outside those rows is touched,
 * so shards run side by side. Then each weight's gradient over the whole batch is computed in tiles of its own (gradient()), or added up from what each shard's backward()
 * wrote for itself (shard_gradients: where the work of a shard is large and the weights are few, as in a convolution).
 *
 * A layer that needs sums over the whole batch in the middle of a pass (BatchNormalization) says so by batch_ops: all shards collect, then the sums are settled once,
 * then the shards go on. In evaluation nothing is collected. */
#pragma once

#include <cam-rng.h>
#include <cam-tensor.h>

#include "cam-activation.h"
#include "cam-layer.h"
#include "cam-regularizer.h"

G_BEGIN_DECLS

#define CAM_LAYER_MOST_WEIGHTS 8

typedef struct
{
  const char    *name;        /* Keras's: "kernel" */
  const char    *prefix;      /* of its settings: "kernel" for kernel_initializer, kernel_regularizer, kernel_constraint */
  CamTensor     *value;       /* owned, unless is_borrowed */
  gboolean       trainable;
  gboolean       is_borrowed; /* an inner layer's */
  CamRegularizer regularizer;
  CamConstraint  constraint;
} CamWeight;

/* What becomes of a mask, the steps of a sequence that do not count. */
typedef enum
{
  CAM_MASK_STOPS,     /* the output has none */
  CAM_MASK_PASSES,    /* the output has the input's */
  CAM_MASK_BEGINS,    /* the layer makes one: mask() */
} CamMaskWay;

typedef struct _CamLayer    CamLayer;
typedef struct _CamBatchOps CamBatchOps;

struct _CamLayer
{
  const CamLayerKind  *kind;
  /* owned */
  char                *name;
  json_t              *config;      /* completed */
  gboolean             trainable;   /* FALSE: its weights stay as they are */
  /* set by prepare() */
  CamShape             input, output;
  gsize                n_in, n_out;        /* numbers a row */
  const CamActivation *activation;         /* applied at the end, or NULL; a loss may ask for the numbers before it */
  CamWeight            weights[CAM_LAYER_MOST_WEIGHTS];
  guint                n_weights;
  gsize                n_scratch;          /* floats a row that forward leaves for backward; there in evaluation too, uninitialised */
  gsize                n_temp;             /* floats a call may use for itself, however many rows it has */
  gsize                n_uses;             /* places of a row at which its weights are used: pixels, steps; 0: as many as its output has in front of the last axis */
  gsize                n_draws;            /* random words a row and step while training; 0: n_out */
  gboolean             shard_gradients;    /* backward() writes pass->gradients */
  gboolean             is_noisy;           /* draws random numbers while training */
  const CamBatchOps   *batch_ops;          /* or NULL */
  CamMaskWay           mask_way;
  CamRegularizer       activity;           /* a penalty on its output, divided by the batch's rows */
  CamLayer            *inner[2];           /* owned: the layers within a wrapper; NULL: none. Their weights stand in @weights, borrowed */
  gpointer             own;                /* what a kind worked out in prepare(); free_own() frees it */
  void               (*free_own) (gpointer own);
};

typedef struct
{
  gboolean       training;
  const CamRng  *rng;         /* the layer's stream of random numbers, while training */
  guint64        first_draw;  /* the place in it of this shard's first row; a row takes n_draws words */
  gboolean       bare;        /* forward: leave the activation out; backward: dy is the gradient before it already */
  const guint8  *mask;        /* the input's, [n, steps], 1: the step counts; NULL: all do. Steps are the first dimension of the input */
  const double  *sums;        /* batch_ops, while training: what settle() left; NULL in evaluation and for others */
  const double  *back_sums;   /* the same of settle_back(), in backward and gradient */
  gsize          n_batch;     /* rows of the whole batch, while training */
  float         *temp;        /* n_temp floats, uninitialised */
  float *const  *gradients;   /* backward with shard_gradients: a block for each weight, to be overwritten; entries of weights that stay are NULL */
} CamPass;

struct _CamBatchOps
{
  gsize (*n_sums)       (const CamLayer *self);
  /* Adds a shard's rows to @sums, zero at first; sums of shards are added up in a fixed order. */
  void  (*collect)      (const CamLayer *self, const CamPass *pass, const float *x, double *sums, gsize n);
  /* Once a step, in one thread: from sums to what forward() wants, in place; moving averages are updated here. */
  void  (*settle)       (CamLayer *self, double *sums, gsize n_batch);
  /* @dy is the gradient with respect to the output. */
  void  (*collect_back) (const CamLayer *self, const CamPass *pass, const float *x, const float *y, const float *dy, double *sums, gsize n);
  void  (*settle_back)  (CamLayer *self, double *sums, gsize n_batch);
};

struct _CamLayerKind
{
  const char       *name, *icon, *note;
  CamLayerCategory  category;
  const CamField   *fields;
  char             *(*describe)   (const json_t *config);
  /* Shapes and weights from config and input; CAM_ENGINE_ERROR_SHAPE or _LAYER with a sentence that does not name the layer. */
  gboolean          (*prepare)    (CamLayer *self, GError **error);
  void              (*initialise) (CamLayer *self, guint i, CamRng *rng);   /* weight @i; NULL: by its PREFIX_initializer */
  void              (*forward)    (const CamLayer *self, const CamPass *pass, const float *x, float *y, float *scratch, gsize n);
  /* @dy may be changed on the way to dz, which gradient() reads later; @dx is NULL for the first layer. */
  void              (*backward)   (const CamLayer *self, const CamPass *pass, const float *x, const float *y, float *dy, float *dx, float *scratch, gsize n);
  /* Rows @first … first + count − 1 (of the first dimension; all of it for weights of one dimension) of weight @i's gradient over the @n rows of a batch. NULL with shard_gradients. */
  void              (*gradient)   (const CamLayer *self, const CamPass *pass, guint i, const float *x, const float *dz, const float *scratch, float *gradient,
                                   gsize n, gsize first, gsize count);
  /* CAM_MASK_BEGINS: mask[n, steps] from x (and pass->mask, where there is one already). */
  void              (*mask)       (const CamLayer *self, const CamPass *pass, const float *x, guint8 *mask, gsize n);
  /* For kinds that cannot take every number: a sentence about the first of @n rows with one that will not do, and *row, its number; NULL: there is none. Such a row's output
   * must be NaN, so that it is noticed. The sentence does not name the layer. */
  char             *(*complain)   (const CamLayer *self, const float *x, gsize n, gsize *row);
};

extern const CamLayerKind cam_dense_kind, cam_dropout_kind, cam_activation_layer_kind;
extern const CamLayerKind cam_conv_1d_kind, cam_conv_2d_kind, cam_conv_1d_transpose_kind, cam_conv_2d_transpose_kind, cam_depthwise_conv_2d_kind, cam_separable_conv_2d_kind;
extern const CamLayerKind cam_max_pooling_1d_kind, cam_max_pooling_2d_kind, cam_average_pooling_1d_kind, cam_average_pooling_2d_kind;
extern const CamLayerKind cam_global_max_pooling_1d_kind, cam_global_max_pooling_2d_kind, cam_global_average_pooling_1d_kind, cam_global_average_pooling_2d_kind;
extern const CamLayerKind cam_zero_padding_1d_kind, cam_zero_padding_2d_kind, cam_cropping_1d_kind, cam_cropping_2d_kind, cam_up_sampling_1d_kind, cam_up_sampling_2d_kind;
extern const CamLayerKind cam_flatten_kind, cam_reshape_kind, cam_permute_kind, cam_repeat_vector_kind;
extern const CamLayerKind cam_batch_normalization_kind, cam_layer_normalization_kind, cam_group_normalization_kind, cam_unit_normalization_kind, cam_rescaling_kind;
extern const CamLayerKind cam_relu_kind, cam_leaky_relu_kind, cam_elu_kind, cam_prelu_kind, cam_softmax_kind;
extern const CamLayerKind cam_simple_rnn_kind, cam_lstm_kind, cam_gru_kind, cam_bidirectional_kind, cam_time_distributed_kind, cam_embedding_kind, cam_masking_kind;
extern const CamLayerKind cam_gaussian_noise_kind, cam_gaussian_dropout_kind, cam_alpha_dropout_kind, cam_spatial_dropout_1d_kind, cam_spatial_dropout_2d_kind;
extern const CamLayerKind cam_activity_regularization_kind;

CamLayer *cam_layer_new        (const json_t *description, guint index, const CamShape *input, GError **error);   /* name NULL where none is given */
void      cam_layer_free       (CamLayer *self);

/* The rest is for prepare() and the passes of the kinds. */

/* cam_layer_add_weight: @prefix names its settings in the config; where these have PREFIX_regularizer and PREFIX_constraint they are taken. FALSE where the size is absurd. */
gboolean  cam_layer_add_weight (CamLayer *self, const char *name, const char *prefix, const CamShape *shape, gboolean trainable, GError **error);
/* cam_layer_add_inner: a layer within this one; its weights become this one's. FALSE with the error set. */
gboolean  cam_layer_add_inner  (CamLayer *self, guint place, const json_t *description, const CamShape *input, GError **error);

/* cam_layer_complete_inner: setting @key becomes the inner layer's description with all its settings. */
void      cam_layer_complete_inner (CamLayer *self, guint place, const char *key);
/* cam_layer_describe_inner: a layer within another for the line that describes that one, from its description in a document: "LSTM (32 units · tanh)". g_free(). */
char     *cam_layer_describe_inner (const json_t *description);

/* Kinds with an "activation" setting: cam_layer_take_activation() in prepare() sets it (n_scratch grows by n_out where backward needs the numbers before it, kept at the
 * beginning of each call's scratch: [n, n_out]); cam_layer_activate() turns z into y in place; cam_layer_deactivate() turns dy into dz in place. Rows of the last axis. */
gboolean  cam_layer_take_activation (CamLayer *self, GError **error);
void      cam_layer_activate        (const CamLayer *self, const CamPass *pass, float *y, float *scratch, gsize n);
void      cam_layer_deactivate      (const CamLayer *self, const CamPass *pass, const float *y, float *dy, const float *scratch, gsize n);
/* Numbers at the beginning of a row's scratch that cam_layer_activate() uses: 0 or n_out. */
gsize     cam_layer_activation_scratch (const CamLayer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamLayer, cam_layer_free)

G_END_DECLS
