/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers as text: what goes through the clipboard from one window to another, into a text editor and back. Pure functions; any thread. */
#pragma once

#include <jansson.h>

#include "cam-experiment.h"

G_BEGIN_DECLS

/* cam_layers_to_text: @layers (an array, as in a document) as an indented JSON array, their settings without those at the default. g_free(). */
char   *cam_layers_to_text   (const json_t *layers);

/**
 * cam_layers_from_text:
 * @text: JSON: a list of layers, one layer, a whole experiment or a Keras model; layers as in a document or as Keras writes them (get_config(), to_json())
 *
 * Errors: CAM_JSON_ERROR_SYNTAX with line and column; CAM_EXPERIMENT_ERROR_DOCUMENT: no layers are in it; what a document or a .keras file with such a layer is refused with.
 *
 * Returns: (transfer full): at least one layer, complete and valid; inputs are left out, as a network has its own
 */
json_t *cam_layers_from_text (const char *text, GError **error);

G_END_DECLS
