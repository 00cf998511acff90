/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which keys Keras's layers have, in Keras's order. Source: the get_config() of keras.layers 3.0.0, the profile that every Keras 3 loads. Pure functions; any thread. */
#pragma once

#include <cam-layer.h>

G_BEGIN_DECLS

/* cam_keras_keys_build: @config (completed) of a layer of @kind as Keras writes it, without name, trainable and dtype; wrapped layers are left out: the caller has them.
 * New reference. */
json_t     *cam_keras_keys_build (const CamLayerKind *kind, const json_t *config);

/* cam_keras_keys_find_fault: the first key of a file's @config that the layer here does not have and that would change what it gives; NULL: none. Borrowed. */
const char *cam_keras_keys_find_fault (const CamLayerKind *kind, const json_t *config);

/* cam_keras_keys_is_for_training: the key says something about training alone, so that predictions do not depend on it. */
gboolean    cam_keras_keys_is_for_training (const char *key);

/* cam_keras_keys_has_trainable: Keras takes the key "trainable" of this kind; of some it does not, and refuses the file. */
gboolean    cam_keras_keys_has_trainable (const CamLayerKind *kind);

/* cam_keras_keys_rename: a copy of @config under the names of today: "alpha" of a LeakyReLU. New reference. */
json_t     *cam_keras_keys_rename (const char *class_name, const json_t *config);

G_END_DECLS
