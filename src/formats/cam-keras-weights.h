/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A network's weights in HDF5: Keras 3's weights file both ways, and the older whole-model files one way. */
#pragma once

#include <cam-network.h>

#include "cam-h5.h"

G_BEGIN_DECLS

/* cam_keras_weights_build: a model.weights.h5, with a "vars" group for the root and for every layer. Errors: G_IO_ERROR_FAILED. */
GBytes  *cam_keras_weights_build       (const CamNetwork *network, GError **error);

/**
 * cam_keras_weights_read:
 * @keys: (nullable): of char *, the group of each layer under "/layers"; %NULL: a whole-model file, whose groups are named as the layers
 *
 * Fills the weights of @network. Errors: CAM_FORMATS_ERROR_WEIGHTS, CAM_FORMATS_ERROR_DAMAGED, naming the layer.
 */
gboolean cam_keras_weights_read        (CamNetwork *network, CamH5Reader *reader, GPtrArray *keys, GError **error);

G_END_DECLS
