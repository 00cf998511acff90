/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keras's .keras archive (zip of config.json, metadata.json, model.weights.h5), in the portable profile that every Keras 3 loads. Reads also what Keras 3.0 to 3.16 write.
 * Blocking; any thread. A file can never run code, whatever is in it. */
#pragma once

#include <cam-network.h>

G_BEGIN_DECLS

#define CAM_FORMATS_ERROR (cam_formats_error_quark ())
GQuark cam_formats_error_quark (void);
typedef enum
{
  CAM_FORMATS_ERROR_NOT_KERAS,     /* not a zip, or a member is missing */
  CAM_FORMATS_ERROR_DAMAGED,       /* truncated, absurd sizes, links, wrong types */
  CAM_FORMATS_ERROR_UNSUPPORTED,   /* a layer or setting we do not have: the message names it */
  CAM_FORMATS_ERROR_WEIGHTS,       /* weights do not fit the layers */
} CamFormatsError;

typedef struct
{
  CamNetwork *network;
  json_t     *loss;          /* as in a document; NULL where saved uncompiled */
  json_t     *metrics;
  json_t     *optimizer;
  json_t     *camadas;       /* what cam_keras_save() was given as @camadas; NULL in files of others */
} CamKerasModel;

/**
 * cam_keras_save:
 * @loss, @metrics, @optimizer: (nullable): compile state, as in a document
 * @camadas: (nullable): our own data (preparation, task, run), kept in an extra member "camadas.json" that Keras ignores
 *
 * Written to a temporary name and renamed.
 */
gboolean       cam_keras_save       (const CamNetwork *network, const json_t *loss, const json_t *metrics, const json_t *optimizer, const json_t *camadas,
                                     const char *path, GError **error);
CamKerasModel *cam_keras_load       (const char *path, GError **error);
void           cam_keras_model_free (CamKerasModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamKerasModel, cam_keras_model_free)

G_END_DECLS
