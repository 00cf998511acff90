/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of layer, as those who offer, describe and save them see them. What a kind computes is in cam-layer-private.h.
 * A layer in a document is {"class_name": "Dense", "name": "dense" (optional), "config": {…}} with Keras's keys; a key left out has Keras's default. */
#pragma once

#include <cam-field.h>
#include <cam-shape.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_LAYER_CORE,
  CAM_LAYER_REGULARISATION,
  CAM_LAYER_NORMALISATION,
  CAM_LAYER_IMAGE,
  CAM_LAYER_SEQUENCE,
  CAM_LAYER_SHAPE,
} CamLayerCategory;

typedef struct _CamLayerKind CamLayerKind;

const CamLayerKind        *cam_layer_kind_find          (const char *class_name);   /* NULL: unknown */
const CamLayerKind *const *cam_layer_kind_list          (void);                     /* NULL-terminated, in the order to offer */
const char                *cam_layer_kind_get_name      (const CamLayerKind *self); /* Keras's class name: "Dense" */
const char                *cam_layer_kind_get_icon      (const CamLayerKind *self); /* "camadas-dense-symbolic" */
const char                *cam_layer_kind_get_note      (const CamLayerKind *self); /* one translatable sentence for the palette */
CamLayerCategory           cam_layer_kind_get_category  (const CamLayerKind *self);
const CamField            *cam_layer_kind_get_fields    (const CamLayerKind *self);

/* cam_layer_describe: the settings in a line for a card: "128 units · relu · he_normal". @config is completed. g_free(). */
char                      *cam_layer_describe           (const CamLayerKind *self, const json_t *config);

G_END_DECLS
