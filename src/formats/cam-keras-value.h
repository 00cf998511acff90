/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One setting between a document and Keras's files. The keys are the same; values are dressed differently: initialisers and schedules as objects with a module, functions as objects,
 * pairs without their list, rates rounded to float32. Pure functions; any thread. */
#pragma once

#include <cam-field.h>

G_BEGIN_DECLS

/* cam_keras_value_build: @value: completed, of @field, which is no OBJECT. The form that every Keras 3 understands: a plain name where it says everything. New reference. */
json_t     *cam_keras_value_build  (const CamField *field, const json_t *value);

/* cam_keras_value_parse: what Keras wrote, as @field takes it; what it is not is left as it is, for cam_field_check() to refuse. New reference. */
json_t     *cam_keras_value_parse  (const CamField *field, const json_t *value);

/* cam_keras_activation_dup: "relu" out of "relu", null, a function object or an activation layer that is set like it. NULL: no name for it. g_free(). */
char       *cam_keras_activation_dup (const json_t *value);

/* cam_keras_same_value: equal; numbers by value, as 0 and 0.0 are. */
gboolean    cam_keras_same_value   (const json_t *a, const json_t *b);

/* cam_keras_round_float: Keras keeps rates as float32: 0.0010000000474974513 becomes 0.001. New reference. */
json_t     *cam_keras_round_float  (const json_t *value);

G_END_DECLS
