/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names under which Keras keeps the weights of layers: made from class names, not from the layers' own names. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cam_keras_snake_case: "LeakyReLU" → "leaky_re_lu". g_free(). */
char *cam_keras_snake_case (const char *class_name);

/* cam_keras_unique_key: the group of the next layer of @class_name: "dense", then "dense_1", …
 * @counts: of g_str_hash, keys g_free'd: begins empty for a model. g_free(). */
char *cam_keras_unique_key (GHashTable *counts, const char *class_name);

G_END_DECLS
