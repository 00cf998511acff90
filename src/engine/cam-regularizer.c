/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regularisers and constraints as tables of names and settings, and what each does. */
#include "cam-regularizer.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Keras's fuzz factor. */
#define FUZZ 1e-7

static const CamField l1_fields[] = {
  CAM_F_FLOAT ("l1", N_("L1"), N_("Times the sum of the absolute values."), 0.01, 0, INFINITY, CAM_FIELD_LOG),
  CAM_F_END,
};
static const CamField l2_fields[] = {
  CAM_F_FLOAT ("l2", N_("L2"), N_("Times the sum of the squares."), 0.01, 0, INFINITY, CAM_FIELD_LOG),
  CAM_F_END,
};
static const CamField l1l2_fields[] = {
  CAM_F_FLOAT ("l1", N_("L1"), N_("Times the sum of the absolute values."), 0.0, 0, INFINITY, CAM_FIELD_LOG),
  CAM_F_FLOAT ("l2", N_("L2"), N_("Times the sum of the squares."), 0.0, 0, INFINITY, CAM_FIELD_LOG),
  CAM_F_END,
};
static const CamField max_norm_fields[] = {
  CAM_F_FLOAT ("max_value", N_("Largest norm"), N_("The weights that lead to a unit are shrunk to this length."), 2.0, 0, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_INT ("axis", N_("Axis"), NULL, 0, 0, 0, CAM_FIELD_ADVANCED),
  CAM_F_END,
};
static const CamField unit_norm_fields[] = {
  CAM_F_INT ("axis", N_("Axis"), NULL, 0, 0, 0, CAM_FIELD_ADVANCED),
  CAM_F_END,
};
static const CamField min_max_norm_fields[] = {
  CAM_F_FLOAT ("min_value", N_("Smallest norm"), N_("The weights that lead to a unit are stretched to this length."), 0.0, 0, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("max_value", N_("Largest norm"), N_("The weights that lead to a unit are shrunk to this length."), 1.0, 0, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("rate", N_("Rate"), N_("Share of the way that is gone in each step."), 1.0, 0, 1, CAM_FIELD_MIN_OPEN),
  CAM_F_INT ("axis", N_("Axis"), NULL, 0, 0, 0, CAM_FIELD_ADVANCED),
  CAM_F_END,
};
static const CamField no_fields[] = { CAM_F_END };

static const CamVariant l1 = { "L1", "l1", N_("L1"), N_("Pulls every weight towards 0 with the same force: many end at 0."), l1_fields };
static const CamVariant l2 = { "L2", "l2", N_("L2"), N_("Pulls weights towards 0, large ones most."), l2_fields };
static const CamVariant l1l2 = { "L1L2", "l1_l2", N_("L1 and L2"), N_("Both pulls together."), l1l2_fields };

static const CamVariant max_norm = { "MaxNorm", "max_norm", N_("Largest norm"), N_("Keeps the weights that lead to a unit from growing long."), max_norm_fields };
static const CamVariant unit_norm = { "UnitNorm", "unit_norm", N_("Unit norm"), N_("Keeps the weights that lead to a unit at length 1."), unit_norm_fields };
static const CamVariant non_neg = { "NonNeg", "non_neg", N_("Not negative"), N_("Sets weights below 0 to 0."), no_fields };
static const CamVariant min_max_norm = { "MinMaxNorm", "min_max_norm", N_("Norm within bounds"), N_("Keeps the length of the weights that lead to a unit between two bounds."), min_max_norm_fields };

const CamVariant *const cam_regularizer_variants[] = { &l2, &l1, &l1l2, NULL };
const CamVariant *const cam_constraint_variants[] = { &max_norm, &unit_norm, &non_neg, &min_max_norm, NULL };

static const CamField regularizer_field = CAM_F_VARIANT ("regularizer", NULL, NULL, NULL, cam_regularizer_variants, CAM_FIELD_NULLABLE);
static const CamField constraint_field = CAM_F_VARIANT ("constraint", NULL, NULL, NULL, cam_constraint_variants, CAM_FIELD_NULLABLE);

/* A setting that the variant may not have. */
static double
get_number (const json_t *config,
            const char   *key,
            double        otherwise)
{
  double number = cam_fields_number (config, key);

  return isnan (number) ? otherwise : number;
}

CamRegularizer
cam_regularizer_resolve (const json_t *value)
{
  g_autoptr(json_t) config = NULL;

  if (value == NULL || cam_field_variant (&regularizer_field, value, &config) == NULL)
    return (CamRegularizer) { 0 };

  return (CamRegularizer) { get_number (config, "l1", 0.0), get_number (config, "l2", 0.0) };
}

CamConstraint
cam_constraint_resolve (const json_t *value)
{
  g_autoptr(json_t) config = NULL;
  const CamVariant *variant = value != NULL ? cam_field_variant (&constraint_field, value, &config) : NULL;

  if (variant == &max_norm)
    return (CamConstraint) { CAM_CONSTRAINT_MAX_NORM, 0.0, cam_fields_number (config, "max_value"), 1.0 };
  if (variant == &unit_norm)
    return (CamConstraint) { CAM_CONSTRAINT_UNIT_NORM, 1.0, 1.0, 1.0 };
  if (variant == &non_neg)
    return (CamConstraint) { CAM_CONSTRAINT_NON_NEG, 0.0, INFINITY, 1.0 };
  if (variant == &min_max_norm)
    return (CamConstraint) { CAM_CONSTRAINT_MIN_MAX_NORM, cam_fields_number (config, "min_value"), cam_fields_number (config, "max_value"),
                             cam_fields_number (config, "rate") };

  return (CamConstraint) { 0 };
}

double
cam_regularizer_penalty (const CamRegularizer *self,
                         const float          *x,
                         gsize                 n)
{
  double sizes = 0.0, squares = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      sizes += fabs ((double) x[i]);
      squares += (double) x[i] * x[i];
    }

  return self->l1 * sizes + self->l2 * squares;
}

void
cam_regularizer_add_gradient (const CamRegularizer *self,
                              const float          *x,
                              double                scale,
                              float                *g,
                              gsize                 n)
{
  float a = (float) (scale * self->l1), b = (float) (scale * 2.0 * self->l2);

  for (gsize i = 0; i < n; i++)
    g[i] += (x[i] > 0.0f ? a : x[i] < 0.0f ? -a : 0.0f) + b * x[i];
}

/* What a column of this norm is multiplied with. */
static double
get_factor (const CamConstraint *self,
            double               norm)
{
  switch (self->kind)
    {
    case CAM_CONSTRAINT_MAX_NORM:
      return CLAMP (norm, 0.0, self->max) / (FUZZ + norm);
    case CAM_CONSTRAINT_UNIT_NORM:
      return 1.0 / (FUZZ + norm);
    case CAM_CONSTRAINT_MIN_MAX_NORM:
      return (self->rate * CLAMP (norm, self->min, self->max) + (1.0 - self->rate) * norm) / (FUZZ + norm);
    case CAM_CONSTRAINT_NONE:
    case CAM_CONSTRAINT_NON_NEG:
    default:
      return 1.0;
    }
}

void
cam_constraint_apply (const CamConstraint *self,
                      CamTensor           *weight)
{
  gsize rows = weight->shape.n_dims > 0 ? weight->shape.dims[0] : 1, columns = rows > 0 ? weight->n / rows : 0;

  if (self->kind == CAM_CONSTRAINT_NONE)
    return;

  if (self->kind == CAM_CONSTRAINT_NON_NEG)
    {
      for (gsize i = 0; i < weight->n; i++)
        weight->data[i] = weight->data[i] < 0.0f ? 0.0f : weight->data[i];
      return;
    }

  for (gsize j = 0; j < columns; j++)
    {
      double squares = 0.0, factor;

      for (gsize i = 0; i < rows; i++)
        squares += (double) weight->data[i * columns + j] * weight->data[i * columns + j];
      factor = get_factor (self, sqrt (squares));
      for (gsize i = 0; i < rows; i++)
        weight->data[i * columns + j] = (float) (weight->data[i * columns + j] * factor);
    }
}
