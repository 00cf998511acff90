/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a layer begins with at its place, and how a network is mended where a layer cannot take what it receives. Pure functions; any thread. */
#pragma once

#include <cam-shape.h>
#include <jansson.h>

G_BEGIN_DECLS

/* cam_layer_guess_image: height × width × channels that @n numbers may stand for: a square, of three colours, else the rectangle nearest to a square. */
CamShape  cam_layer_guess_image    (gsize n);

/**
 * cam_layer_propose:
 * @input: (nullable): what the layer will receive; NULL: not known
 * @next: (nullable): the layer that follows, as in a document
 *
 * Returns: (transfer full): a list of layers to insert: one of this kind with settings that suit the place; before it, where it would do something else than people expect,
 *   what leads to it: a Flatten between an image and a Dense
 */
json_t   *cam_layer_propose        (const char *class_name, const CamShape *input, const json_t *next);

/**
 * cam_layer_mend:
 * @input: of the network
 * @layers: of the network
 * @place: the first layer that has no shape
 * @path: (out): where the edit goes; g_free()
 * @title: (out): what to call it: "Insert Reshape (8, 8, 1)"; g_free()
 *
 * Returns: (transfer full) (nullable): the value of an edit after which that layer has a shape; NULL: none is obvious
 */
json_t   *cam_layer_mend           (const CamShape *input, const json_t *layers, guint place, char **path, char **title);

/* cam_layer_flatten: an edit after which the layer @place, which gives several rows of numbers, gives one: its forerunner gives its last step only, or a Flatten comes before it.
 * As cam_layer_mend(). */
json_t   *cam_layer_flatten        (const CamShape *input, const json_t *layers, guint place, char **path, char **title);

G_END_DECLS
