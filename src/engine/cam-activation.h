/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activation functions by Keras's names. Formulas: Keras 3, keras.activations. All functions here are pure and thread-safe. */
#pragma once

#include <cam-field.h>

G_BEGIN_DECLS

typedef struct _CamActivation CamActivation;

/* Borrowed, for the life of the program; NULL for an unknown name. */
const CamActivation        *cam_activation_find        (const char *name);
/* All of them, NULL-terminated, in the order to offer; cam_activation_names is the same as strings, for field tables. */
const CamActivation *const *cam_activation_list        (void);
extern const char *const    cam_activation_names[];

const char                 *cam_activation_get_name    (const CamActivation *self);
const char                 *cam_activation_get_note    (const CamActivation *self);   /* one translatable sentence: what it is good for, where it fails */
gboolean                    cam_activation_is_row_wise (const CamActivation *self);   /* softmax: depends on the whole row, has no curve of its own */

/* f(x) and f′(x) at one point, for drawing. At a kink the derivative from the left. Row-wise kinds give the value in a row (x, 0). */
double                      cam_activation_value       (const CamActivation *self, double x);
double                      cam_activation_derivative  (const CamActivation *self, double x);

/* y ← f(x) over @rows rows of @columns. x and y may be the same block. */
void                        cam_activation_forward     (const CamActivation *self, const float *x, float *y, gsize rows, gsize columns);
/* cam_activation_needs_input: whether the derivative cannot be told from the output alone. */
gboolean                    cam_activation_needs_input (const CamActivation *self);
/* dx ← dy ⊙ f′, from the output y, and from x where cam_activation_needs_input(); else x may be NULL. dx may be dy. */
void                        cam_activation_backward    (const CamActivation *self, const float *x, const float *y, const float *dy, float *dx, gsize rows, gsize columns);

G_END_DECLS
