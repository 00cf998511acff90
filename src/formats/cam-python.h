/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Python source from the values of a document: literals, and calls of Keras's classes that name only what is not Keras's default. Pure functions; any thread. */
#pragma once

#include <cam-kinds.h>
#include <cam-layer.h>

G_BEGIN_DECLS

/* cam_python_text: "a \"quoted\" text"; everything but control characters stands as it is, in UTF-8. */
void cam_python_text   (GString *out, const char *text);
/* cam_python_value: None, True, 3, 0.5, "text", [1, 2], {"a": 1}. Numbers read back to the same bits. */
void cam_python_value  (GString *out, const json_t *value);
/* cam_python_layer: @layer as in a document, its settings completed: layers.Dense(16, activation="relu"). */
void cam_python_layer  (GString *out, const json_t *layer);
/* cam_python_kind: @given as in a document: the name in quotes where all settings are at their defaults, else keras.losses.Huber(delta=2.0); an optimizer and a callback always as a call.
 * FALSE with what cam_kind_resolve() says. */
gboolean cam_python_kind (GString *out, CamKindOf of, const json_t *given, GError **error);

G_END_DECLS
