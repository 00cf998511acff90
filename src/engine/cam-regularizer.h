/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Penalties on numbers that are large, and limits that weights are held to after each step. Source: keras.regularizers, keras.constraints. Pure functions; any thread. */
#pragma once

#include <cam-field.h>
#include <cam-tensor.h>

G_BEGIN_DECLS

/* l1·Σ|w| + l2·Σw²; all zero: none. */
typedef struct
{
  double l1, l2;
} CamRegularizer;

typedef enum { CAM_CONSTRAINT_NONE, CAM_CONSTRAINT_MAX_NORM, CAM_CONSTRAINT_UNIT_NORM, CAM_CONSTRAINT_NON_NEG, CAM_CONSTRAINT_MIN_MAX_NORM } CamConstraintKind;

/* Norms are taken along the first axis. */
typedef struct
{
  CamConstraintKind kind;
  double            min, max, rate;
} CamConstraint;

extern const CamVariant *const cam_regularizer_variants[], *const cam_constraint_variants[];

/* From a completed value of a field with these variants; NULL and null: none. */
CamRegularizer cam_regularizer_resolve  (const json_t *value);
CamConstraint  cam_constraint_resolve   (const json_t *value);

static inline gboolean
cam_regularizer_is_none (const CamRegularizer *self)
{
  return self->l1 == 0.0 && self->l2 == 0.0;
}

double         cam_regularizer_penalty  (const CamRegularizer *self, const float *x, gsize n);
/* g ← g + scale · ∂penalty/∂x. */
void           cam_regularizer_add_gradient (const CamRegularizer *self, const float *x, double scale, float *g, gsize n);
void           cam_constraint_apply     (const CamConstraint *self, CamTensor *weight);

G_END_DECLS
