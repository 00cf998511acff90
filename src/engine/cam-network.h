/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An ordered stack of layers and its weights. One owner, one thread at a time; cam_network_predict() may be called from several threads
 * on a network that nobody changes. */
#pragma once

#include <cam-tensor.h>

#include "cam-layer.h"

G_BEGIN_DECLS

#define CAM_ENGINE_ERROR (cam_engine_error_quark ())
GQuark cam_engine_error_quark (void);
typedef enum
{
  CAM_ENGINE_ERROR_LAYER,      /* unknown kind or bad settings; the message names the layer */
  CAM_ENGINE_ERROR_SHAPE,      /* a layer cannot take the shape it receives */
  CAM_ENGINE_ERROR_WEIGHTS,    /* weights do not fit the network */
  CAM_ENGINE_ERROR_SETTINGS,   /* loss, metric, optimizer or callback: unknown, bad value, or not for this network */
  CAM_ENGINE_ERROR_DATA,       /* numbers in rows that a layer cannot take */
  CAM_ENGINE_ERROR_MEMORY,     /* sizes overflow, or more memory than a machine has */
} CamEngineError;

typedef struct _CamNetwork CamNetwork;

typedef struct
{
  const CamLayerKind *kind;      /* NULL: unknown class_name */
  gboolean            is_off;    /* switched off: passed over, what comes in goes out */
  gboolean            has_shape;
  CamShape            output;    /* valid if has_shape; without the batch */
  guint64             n_params;
  char               *settings;  /* cam_layer_describe(), or NULL */
  char               *problem;   /* what is wrong with this layer, a sentence; NULL: nothing. Layers after a wrong one have neither shape nor problem. */
} CamLayerReport;

/* cam_network_is_off: @layer, of an array of layers, says "enabled": false: it keeps its place and settings, but the network is made without it. */
gboolean     cam_network_is_off         (const json_t *layer);
/* The first and the last layer of an array that are not off; −1: there is none. */
int          cam_network_find_first     (const json_t *layers);
int          cam_network_find_last      (const json_t *layers);
/* cam_network_name_layer: what a network of @layers calls one of them (from 0): the name it is given, else one as Keras would; of one that is off, what it would be called were it on.
 * g_free(). NULL: it has no kind. */
char        *cam_network_name_layer     (const json_t *layers, guint layer);
/* cam_network_inspect: what each layer of @layers (a JSON array) would be, without building any: for cards, live. Element type CamLayerReport; one for each layer, also those that are off. */
GPtrArray   *cam_network_inspect        (const CamShape *input, const json_t *layers);

/* cam_network_new: settings checked, shapes inferred, layers without a name named as Keras does (dense, dense_1); weights zero until cam_network_initialise() or set.
 * Layers that are off are left out: what is counted, named and written afterwards are the others. */
CamNetwork  *cam_network_new            (const CamShape *input, const json_t *layers, GError **error);
CamNetwork  *cam_network_copy           (const CamNetwork *self);   /* weights too */
void         cam_network_free           (CamNetwork *self);

/* cam_network_initialise: every weight from its initialiser; each tensor draws from its own stream of @seed. */
void         cam_network_initialise     (CamNetwork *self, guint64 seed);

guint               cam_network_get_n_layers     (const CamNetwork *self);
const CamLayerKind *cam_network_get_layer_kind   (const CamNetwork *self, guint layer);
const char         *cam_network_get_layer_name   (const CamNetwork *self, guint layer);
const json_t       *cam_network_get_layer_config (const CamNetwork *self, guint layer);   /* completed; borrowed */
CamShape            cam_network_get_layer_shape  (const CamNetwork *self, guint layer);   /* its output */
guint64             cam_network_get_layer_params (const CamNetwork *self, guint layer);
CamShape            cam_network_get_input_shape  (const CamNetwork *self);
CamShape            cam_network_get_output_shape (const CamNetwork *self);
guint64             cam_network_get_n_params     (const CamNetwork *self);
guint64             cam_network_get_n_trainable  (const CamNetwork *self);                /* of those, how many the optimizer changes */
json_t             *cam_network_to_json          (const CamNetwork *self);                /* the layers array, names filled in */

/* Weights in Keras's order: layer by layer, within a layer trainable in creation order, then the others. Borrowed. */
guint               cam_network_get_n_weights    (const CamNetwork *self);
CamTensor          *cam_network_peek_weight      (CamNetwork *self, guint i);
const char         *cam_network_get_weight_name  (const CamNetwork *self, guint i);   /* "kernel" */
guint               cam_network_get_weight_layer (const CamNetwork *self, guint i);
/* All weights end to end as little-endian float32: for the store and for best-epoch copies. */
GBytes             *cam_network_dup_weights      (const CamNetwork *self);
gboolean            cam_network_set_weights      (CamNetwork *self, GBytes *weights, GError **error);   /* CAM_ENGINE_ERROR_WEIGHTS */

/**
 * cam_network_predict:
 * @x: `[n_rows, input size]`, row-major
 * @y: (out caller-allocates): `[n_rows, output size]`
 *
 * A forward pass in evaluation mode. A row's result does not depend on the other rows or on n_rows.
 */
void         cam_network_predict        (const CamNetwork *self, const float *x, gsize n_rows, float *y);

/* cam_network_check_rows: can the first layer take these rows? An Embedding takes only indices that it has; elsewhere they make NaN. @which names the rows in the message: "training".
 * CAM_ENGINE_ERROR_DATA. */
gboolean     cam_network_check_rows     (const CamNetwork *self, const float *x, gsize n_rows, const char *which, GError **error);

/* cam_network_predict_layer: what layer @layer gives out for such rows, in evaluation mode: y[n_rows, its output size]. For looking inside. */
void         cam_network_predict_layer  (const CamNetwork *self, guint layer, const float *x, gsize n_rows, float *y);

void         cam_layer_report_free      (CamLayerReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamNetwork, cam_network_free)

G_END_DECLS
