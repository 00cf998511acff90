/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of a session's network, one layer or all of it; of several chosen layers: cam-layer-group.h. Each is one step with a name that can be undone; each returns FALSE, with a message
 * of the session, where the document refuses it. Layers are counted from 0. */
#pragma once

#include <cam-field.h>

#include "cam-session.h"

G_BEGIN_DECLS

guint         cam_layer_edit_count     (CamSession *session);
const json_t *cam_layer_edit_peek      (CamSession *session, guint layer);      /* as in the document; NULL: none */

/* cam_layer_edit_replace: all layers. A step of its own, however soon it follows another of that name. */
gboolean      cam_layer_edit_replace   (CamSession *session, const json_t *layers, const char *name);
/* cam_layer_edit_insert: a new layer of a kind becomes layer @at, with settings that suit the place; a Dense above an image comes with a Flatten before it. */
gboolean      cam_layer_edit_insert    (CamSession *session, guint at, const char *class_name);
/* Settings that layers of all kinds have, beside their kind's own: its name (null: as Keras names it), and whether its weights learn. */
extern const CamField cam_layer_common_fields[];
/* cam_layer_edit_set: @field: of the layer's kind, or a common one. */
gboolean      cam_layer_edit_set       (CamSession *session, guint layer, const CamField *field, const json_t *value);

/* cam_layer_edit_use_preset: @id of a CamPreset (NULL: the proposed one) as one step. FALSE too where the session has no dataset, or the data no such preset. */
gboolean      cam_layer_edit_use_preset (CamSession *session, const char *id);

G_END_DECLS
