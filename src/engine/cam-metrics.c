/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metrics: means over rows. Source of the rules: keras.metrics, and Keras's way to resolve "accuracy". */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-kinds-private.h"

static const CamField no_fields[] = { CAM_F_END };

static gsize
arg_max (const float *values,
         gsize        n)
{
  gsize best = 0;

  for (gsize j = 1; j < n; j++)
    if (values[j] > values[best])
      best = j;

  return best;
}

static double
binary_sum (const json_t  *config,
            const CamRows *rows)
{
  gsize right = 0;

  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    right += (rows->p[i] > 0.5f ? 1.0f : 0.0f) == rows->y[i];

  return (double) right / rows->p_size;
}

static double
categorical_sum (const json_t  *config,
                 const CamRows *rows)
{
  gsize right = 0;

  for (gsize i = 0; i < rows->n; i++)
    right += arg_max (rows->p + i * rows->p_size, rows->p_size) == arg_max (rows->y + i * rows->p_size, rows->p_size);

  return (double) right;
}

static gboolean
sparse_fits (gsize y_size,
             gsize p_size)
{
  return y_size == 1;
}

static double
sparse_sum (const json_t  *config,
            const CamRows *rows)
{
  gsize right = 0;

  for (gsize i = 0; i < rows->n; i++)
    right += (float) arg_max (rows->p + i * rows->p_size, rows->p_size) == rows->y[i];

  return (double) right;
}

static double
squared_sum (const json_t  *config,
             const CamRows *rows)
{
  double sum = 0.0;

  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    {
      double e = (double) rows->p[i] - rows->y[i];

      sum += e * e;
    }

  return sum / rows->p_size;
}

static double
absolute_sum (const json_t  *config,
              const CamRows *rows)
{
  double sum = 0.0;

  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    sum += fabs ((double) rows->p[i] - rows->y[i]);

  return sum / rows->p_size;
}

static gboolean
accuracy_fits (gsize y_size,
               gsize p_size)
{
  return y_size == p_size || y_size == 1;
}

static const CamMetric binary = {
  .kind = { "BinaryAccuracy", "binary_accuracy", N_("Binary accuracy"), N_("Share of yes/no answers that are right."), no_fields, TRUE, TRUE },
  .fits = cam_sizes_are_equal, .sum = binary_sum,
};
static const CamMetric categorical = {
  .kind = { "CategoricalAccuracy", "categorical_accuracy", N_("Categorical accuracy"), N_("Share of rows whose likeliest class is the right one."), no_fields, TRUE, TRUE },
  .fits = cam_sizes_are_equal, .sum = categorical_sum,
};
static const CamMetric sparse = {
  .kind = { "SparseCategoricalAccuracy", "sparse_categorical_accuracy", N_("Sparse categorical accuracy"),
    N_("The same for targets that are the number of the class."), no_fields, TRUE, TRUE },
  .fits = sparse_fits, .sum = sparse_sum,
};
/* Never asked itself: cam_metric_resolve() puts one of the three above in its place. */
static const CamMetric accuracy = {
  .kind = { "Accuracy", "accuracy", N_("Accuracy"), N_("Share of rows with the right class."), no_fields, TRUE, TRUE },
  .fits = accuracy_fits, .sum = binary_sum,
};
static const CamMetric mean_squared_error = {
  .kind = { "MeanSquaredError", "mean_squared_error", N_("Mean squared error"), N_("Mean of the squared misses."), no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .sum = squared_sum,
};
static const CamMetric mean_absolute_error = {
  .kind = { "MeanAbsoluteError", "mean_absolute_error", N_("Mean absolute error"), N_("Mean of the misses, in the target's unit."), no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .sum = absolute_sum,
};

const CamMetric *const cam_metrics[] = { &accuracy, &binary, &categorical, &sparse, &mean_absolute_error, &mean_squared_error, NULL };

const CamMetric *
cam_metric_resolve (const CamMetric *self,
                    gsize            y_size,
                    gsize            p_size)
{
  if (self != &accuracy)
    return self;
  if (p_size == 1)
    return &binary;

  return y_size == 1 ? &sparse : &categorical;
}
