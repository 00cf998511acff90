/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config.json: a network and its compile state as Keras writes them, both ways. Pure functions of their arguments; any thread. */
#pragma once

#include <cam-kinds.h>
#include <cam-network.h>

G_BEGIN_DECLS

/* What a file says of a model, in our terms. */
typedef struct
{
  CamShape   input;         /* without the batch */
  json_t    *layers;        /* as cam_network_new() takes them, every one with a name */
  GPtrArray *weight_keys;   /* of char *, one for each of them: its group in the weights file ("dense_1") */
  json_t    *loss;          /* as in a document; NULL: absent, or of a kind we do not have */
  json_t    *metrics;
  json_t    *optimizer;
} CamKerasConfig;

/**
 * cam_keras_config_build:
 * @loss, @metrics, @optimizer: (nullable): as in a document
 *
 * Returns: (transfer full): config.json in the portable profile: a Sequential model, only keys that every Keras 3 knows, plain strings for
 *   initialisers and dtypes; or %NULL with CAM_FORMATS_ERROR_UNSUPPORTED, or what cam_kind_resolve() says of the compile state
 */
json_t         *cam_keras_config_build (const CamNetwork *network, const json_t *loss, const json_t *metrics, const json_t *optimizer, GError **error);

/**
 * cam_keras_config_parse:
 * @model: config.json, or the attribute "model_config" of an older file
 * @compile: (nullable): "compile_config", or the attribute "training_config"
 *
 * Sequential models, and Functional ones that are one chain. Keys that are not known are passed over unless they would change
 * what the network gives.
 *
 * Errors: CAM_FORMATS_ERROR_UNSUPPORTED with the layer's name, CAM_FORMATS_ERROR_DAMAGED where it is no model at all.
 */
CamKerasConfig *cam_keras_config_parse (const json_t *model, const json_t *compile, GError **error);
void            cam_keras_config_free  (CamKerasConfig *self);

/* The parts of these two. */

/* One layer object of a file → class_name, name, config as in a document; NULL with the reason. */
json_t         *cam_keras_layer_parse  (const json_t *layer, GError **error);
/* One layer, as in a document, with its name and its settings completed → config.json's object of it, without "build_config". @input: the shape that it receives. */
json_t         *cam_keras_layer_build  (const json_t *layer, const CamShape *input);
/* "layer “lstm” (LSTM)". g_free(). */
char           *cam_keras_layer_title  (const json_t *layer);

json_t         *cam_keras_compile_build (const json_t *loss, const json_t *metrics, const json_t *optimizer, GError **error);
void            cam_keras_compile_parse (const json_t *compile, json_t **loss, json_t **metrics, json_t **optimizer);

/* A Functional model's layers in the order of its one chain, borrowed; NULL with CAM_FORMATS_ERROR_UNSUPPORTED where it is no chain. */
GPtrArray      *cam_keras_chain_parse  (const json_t *config, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamKerasConfig, cam_keras_config_free)

G_END_DECLS
