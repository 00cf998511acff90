/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Losses for yes/no targets. A crossentropy after a sigmoid is computed from the numbers before it, so that it neither saturates nor clips; its gradient is then p − y. */
#include "cam-losses-private.h"

#include <glib/gi18n-lib.h>

#include "kernels/cam-kernels.h"

/* Numbers that are worked on at a time, on the stack. */
#define CHUNK 256

/* Settings that binary crossentropies have in common; @z: the numbers before the sigmoid, wherever they are, or NULL. */
typedef struct
{
  const float *z;
  double       keep, shift;      /* y' = y · keep + shift */
  double       gamma, alpha;
  gboolean     is_balanced, is_logits;
} Binary;

/* Looking settings up takes time beside a small batch: only what is needed. */
static Binary
read_settings (const json_t  *config,
               const CamRows *rows,
               gboolean       is_focal)
{
  double smoothing = is_focal ? cam_fields_number (config, "label_smoothing") : cam_loss_smoothing (config, rows);
  gboolean is_logits = rows->z == NULL && cam_fields_bool (config, "from_logits");

  return (Binary) {
    .z = is_logits ? rows->p : rows->z,
    .keep = 1.0 - smoothing,
    .shift = 0.5 * smoothing,
    .gamma = is_focal ? cam_fields_number (config, "gamma") : 0.0,
    .alpha = is_focal ? cam_fields_number (config, "alpha") : 0.0,
    .is_balanced = is_focal && cam_fields_bool (config, "apply_class_balancing"),
    .is_logits = is_logits,
  };
}

/* −y' ln p − (1 − y') ln (1 − p) of @n numbers. */
static void
crossentropies (const Binary  *self,
                const CamRows *rows,
                gsize          first,
                gsize          n,
                float         *values)
{
  const float *y = rows->y + first;

  if (self->z != NULL)
    {
      const float *z = self->z + first;
      float keep = (float) self->keep, shift = (float) self->shift;

      cam_map_softplus_rest (z, values, n);
      for (gsize j = 0; j < n; j++)
        values[j] += (z[j] > 0.0f ? z[j] : 0.0f) - z[j] * (y[j] * keep + shift);
      return;
    }
  for (gsize j = 0; j < n; j++)
    {
      double p = cam_clip (rows->p[first + j]), target = y[j] * self->keep + self->shift;

      values[j] = (float) -(target * log (p) + (1.0 - target) * log1p (-p));
    }
}

static void
bce_values (const json_t  *config,
            const CamRows *rows,
            double        *values)
{
  Binary self = read_settings (config, rows, FALSE);
  gsize n = rows->n * rows->p_size;
  float chunk[CHUNK];

  for (gsize i = 0; i < rows->n; i++)
    values[i] = 0.0;
  for (gsize first = 0, i = 0, j = 0; first < n; first += CHUNK)
    {
      gsize end = MIN (CHUNK, n - first);

      crossentropies (&self, rows, first, end, chunk);
      for (gsize k = 0; k < end; k++)
        {
          values[i] += chunk[k];
          if (++j == rows->p_size)
            {
              values[i++] /= (double) rows->p_size;
              j = 0;
            }
        }
    }
}

static void
bce_gradient (const json_t  *config,
              const CamRows *rows,
              double         scale,
              float         *d)
{
  Binary self = read_settings (config, rows, FALSE);
  gsize n = rows->n * rows->p_size;
  float factor = (float) (scale / (double) rows->p_size), keep = (float) self.keep, shift = (float) self.shift;
  const float *p = rows->p;

  if (self.is_logits)
    {
      cam_map_sigmoid (rows->p, d, n);
      p = d;
    }
  if (self.z != NULL)
    {
      for (gsize i = 0; i < n; i++)
        d[i] = factor * (p[i] - (rows->y[i] * keep + shift));
      return;
    }
  for (gsize i = 0; i < n; i++)
    {
      double q = p[i], target = rows->y[i] * self.keep + self.shift;

      d[i] = q < CAM_FUZZ || q > 1.0 - CAM_FUZZ ? 0.0f : (float) (scale / (double) rows->p_size * ((1.0 - target) / (1.0 - q) - target / q));
    }
}

static double
probability_of (const Binary  *self,
                const CamRows *rows,
                gsize          i)
{
  return self->is_logits ? 1.0 / (1.0 + exp (-(double) rows->p[i])) : rows->p[i];
}

/* What the class weighs. */
static double
balance_of (const Binary *self,
            double        target)
{
  return self->is_balanced ? target * self->alpha + (1.0 - target) * (1.0 - self->alpha) : 1.0;
}

static void
focal_values (const json_t  *config,
              const CamRows *rows,
              double        *values)
{
  Binary self = read_settings (config, rows, TRUE);

  for (gsize i = 0; i < rows->n; i++)
    {
      double sum = 0.0;

      for (gsize j = i * rows->p_size; j < (i + 1) * rows->p_size; j++)
        {
          double target = rows->y[j] * self.keep + self.shift, p = probability_of (&self, rows, j);
          float value;

          crossentropies (&self, rows, j, 1, &value);
          sum += pow (target * (1.0 - p) + (1.0 - target) * p, self.gamma) * balance_of (&self, target) * value;
        }
      values[i] = sum / (double) rows->p_size;
    }
}

/* The product rule: the factor falls with p where the crossentropy does. */
static void
focal_gradient (const json_t  *config,
                const CamRows *rows,
                double         scale,
                float         *d)
{
  Binary self = read_settings (config, rows, TRUE);
  double factor = scale / (double) rows->p_size;

  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    {
      double target = rows->y[i] * self.keep + self.shift, p = probability_of (&self, rows, i);
      double miss = target * (1.0 - p) + (1.0 - target) * p;
      double miss_slope = self.gamma == 0.0 ? 0.0 : self.gamma * pow (miss, self.gamma - 1.0) * (1.0 - 2.0 * target);
      double slope;
      float value;

      crossentropies (&self, rows, i, 1, &value);
      if (self.z != NULL)
        slope = miss_slope * p * (1.0 - p) * value + pow (miss, self.gamma) * (p - target);
      else
        slope = miss_slope * value + pow (miss, self.gamma) * (cam_is_inside (p) ? (1.0 - target) / (1.0 - p) - target / p : 0.0);
      d[i] = (float) (factor * balance_of (&self, target) * slope);
    }
}

/* Targets of 0 and 1 stand for −1 and 1. */
static double
target_scale (const CamRows *rows)
{
  for (gsize i = 0; i < rows->n * rows->y_size; i++)
    if (rows->y[i] != 0.0f && rows->y[i] != 1.0f)
      return 1.0;

  return 2.0;
}

/* The setting is 2 where targets are 0 and 1, else 1: y' = y · setting − (setting − 1). */
static inline double
hinge_at (double y,
          double p,
          double setting)
{
  return cam_at_least (1.0 - (y * setting - (setting - 1.0)) * p, 0.0);
}

static inline double
hinge_slope (double y,
             double p,
             double setting)
{
  return hinge_at (y, p, setting) > 0.0 ? -(y * setting - (setting - 1.0)) : 0.0 * p;
}

static inline double
squared_hinge_at (double y,
                  double p,
                  double setting)
{
  return hinge_at (y, p, setting) * hinge_at (y, p, setting);
}

static inline double
squared_hinge_slope (double y,
                     double p,
                     double setting)
{
  return 2.0 * hinge_at (y, p, setting) * hinge_slope (y, p, setting);
}

static void
hinge_values (const json_t  *config,
              const CamRows *rows,
              double        *values)
{
  cam_loss_each_value (rows, hinge_at, target_scale (rows), values);
}

static void
hinge_gradient (const json_t  *config,
                const CamRows *rows,
                double         scale,
                float         *d)
{
  cam_loss_each_gradient (rows, hinge_slope, target_scale (rows), scale, d);
}

static void
squared_hinge_values (const json_t  *config,
                      const CamRows *rows,
                      double        *values)
{
  cam_loss_each_value (rows, squared_hinge_at, target_scale (rows), values);
}

static void
squared_hinge_gradient (const json_t  *config,
                        const CamRows *rows,
                        double         scale,
                        float         *d)
{
  cam_loss_each_gradient (rows, squared_hinge_slope, target_scale (rows), scale, d);
}

static const CamField bce_fields[] = { CAM_F_SMOOTHING, CAM_F_FROM_LOGITS, CAM_F_REDUCTION, CAM_F_END };
static const CamField focal_fields[] = {
  CAM_F_FLOAT ("gamma", N_("Gamma"), N_("How much less rows weigh that are right already; 0: no less."), 2.0, 0, 100, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("apply_class_balancing", N_("Balance classes"), N_("Weighs yes by alpha and no by what is left to 1."), 0, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("alpha", N_("Alpha"), N_("The weight of yes, where classes are balanced."), 0.25, 0, 1, CAM_FIELD_PLAIN),
  CAM_F_SMOOTHING, CAM_F_FROM_LOGITS, CAM_F_REDUCTION, CAM_F_END,
};

const CamLoss cam_loss_bce = {
  .kind = { "BinaryCrossentropy", "binary_crossentropy", N_("Binary cross-entropy"), N_("For yes/no targets, one sigmoid each."), bce_fields, FALSE, FALSE },
  .logits_of = "sigmoid", .fits = cam_sizes_are_equal, .values = bce_values, .gradient = bce_gradient,
};
const CamLoss cam_loss_focal = {
  .kind = { "BinaryFocalCrossentropy", "binary_focal_crossentropy", N_("Binary focal cross-entropy"),
            N_("For yes/no targets where one answer is rare: rows that are right already weigh less."), focal_fields, FALSE, FALSE },
  .logits_of = "sigmoid", .fits = cam_sizes_are_equal, .values = focal_values, .gradient = focal_gradient,
};
const CamLoss cam_loss_hinge = {
  .kind = { "Hinge", "hinge", N_("Hinge"), N_("For yes/no targets and a linear or tanh output: right by a margin of 1 is good enough."), cam_loss_plain_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = hinge_values, .gradient = hinge_gradient,
};
const CamLoss cam_loss_squared_hinge = {
  .kind = { "SquaredHinge", "squared_hinge", N_("Squared hinge"), N_("The same, where large misses weigh most."), cam_loss_plain_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = squared_hinge_values, .gradient = squared_hinge_gradient,
};
