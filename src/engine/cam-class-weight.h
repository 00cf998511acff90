/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights of rows from weights of their classes. */
#pragma once

#include <cam-json.h>

G_BEGIN_DECLS

/**
 * cam_class_weights_fill:
 * @given: {"0": 1.0, "1": 3.0}, as Keras's class_weight: classes that are missing weigh 1; or "balanced": rows over classes that occur times rows of the class
 * @y: [n_rows, y_size]: the class is the rounded number of a single column, else the column of the largest
 * @weights: (out): [n_rows]
 *
 * Errors: CAM_JSON_ERROR_KEY for a class that is no whole number, _VALUE for a weight that is no number from 0 on. @where names the setting in them.
 */
gboolean cam_class_weights_fill (const json_t *given, const float *y, gsize n_rows, gsize y_size, float *weights, const char *where, GError **error);

G_END_DECLS
