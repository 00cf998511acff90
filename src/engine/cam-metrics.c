/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metrics that are means over rows, and the list of all. Source of the rules: keras.metrics, and Keras's way to resolve "accuracy". */
#include "cam-metrics-private.h"

#include <glib/gi18n-lib.h>

static const CamField no_fields[] = { CAM_F_END };

static void
binary_values (const json_t  *config,
               const CamRows *rows,
               double        *values)
{
  double given = cam_fields_number (config, "threshold");
  float threshold = isnan (given) ? 0.5f : (float) given;

  for (gsize i = 0; i < rows->n; i++)
    {
      gsize right = 0;

      for (gsize j = i * rows->p_size; j < (i + 1) * rows->p_size; j++)
        right += (rows->p[j] > threshold ? 1.0f : 0.0f) == rows->y[j];
      values[i] = (double) right / (double) rows->p_size;
    }
}

static void
categorical_values (const json_t  *config,
                    const CamRows *rows,
                    double        *values)
{
  for (gsize i = 0; i < rows->n; i++)
    values[i] = cam_arg_max (rows->p + i * rows->p_size, rows->p_size) == cam_arg_max (rows->y + i * rows->p_size, rows->p_size);
}

static gboolean
sparse_fits (gsize y_size,
             gsize p_size)
{
  return y_size == 1;
}

static void
sparse_values (const json_t  *config,
               const CamRows *rows,
               double        *values)
{
  for (gsize i = 0; i < rows->n; i++)
    values[i] = (float) cam_arg_max (rows->p + i * rows->p_size, rows->p_size) == rows->y[i];
}

/* Fewer than k scores are larger than that of class @c. */
static gboolean
is_in_top (const CamRows *rows,
           gsize          i,
           gsize          c,
           gsize          k)
{
  const float *p = rows->p + i * rows->p_size;
  gsize larger = 0;

  for (gsize j = 0; c < rows->p_size && j < rows->p_size; j++)
    larger += p[j] > p[c];

  return c < rows->p_size && larger < k;
}

static void
top_values (const json_t  *config,
            const CamRows *rows,
            double        *values)
{
  gsize k = (gsize) cam_fields_int (config, "k");

  for (gsize i = 0; i < rows->n; i++)
    values[i] = is_in_top (rows, i, cam_arg_max (rows->y + i * rows->p_size, rows->p_size), k);
}

static void
sparse_top_values (const json_t  *config,
                   const CamRows *rows,
                   double        *values)
{
  gsize k = (gsize) cam_fields_int (config, "k");

  for (gsize i = 0; i < rows->n; i++)
    values[i] = is_in_top (rows, i, rows->y[i] >= 0.0f && rows->y[i] < (float) rows->p_size ? (gsize) rows->y[i] : rows->p_size, k);
}

/* Those of the losses. */
#define LOSS_VALUES(name, loss) \
  static void \
  name##_values (const json_t *config, const CamRows *rows, double *values) \
  { \
    loss.values (config, rows, values); \
  }

LOSS_VALUES (mse, cam_loss_mse)
LOSS_VALUES (mae, cam_loss_mae)
LOSS_VALUES (mape, cam_loss_mape)
LOSS_VALUES (msle, cam_loss_msle)
LOSS_VALUES (log_cosh, cam_loss_log_cosh)
LOSS_VALUES (poisson, cam_loss_poisson)
LOSS_VALUES (bce, cam_loss_bce)
LOSS_VALUES (cce, cam_loss_cce)
LOSS_VALUES (sparse_cce, cam_loss_sparse)
LOSS_VALUES (hinge, cam_loss_hinge)
LOSS_VALUES (squared_hinge, cam_loss_squared_hinge)
LOSS_VALUES (categorical_hinge, cam_loss_categorical_hinge)
LOSS_VALUES (kl, cam_loss_kl)

/* The loss is the negative of it. */
static void
cosine_values (const json_t  *config,
               const CamRows *rows,
               double        *values)
{
  cam_loss_cosine.values (config, rows, values);
  for (gsize i = 0; i < rows->n; i++)
    values[i] = -values[i];
}

static gboolean
accuracy_fits (gsize y_size,
               gsize p_size)
{
  return y_size == p_size || y_size == 1;
}

static gboolean
sparse_cce_fits (gsize y_size,
                 gsize p_size)
{
  return y_size == 1 && p_size > 1;
}

static const CamField binary_fields[] = {
  CAM_F_FLOAT ("threshold", N_("Threshold"), N_("Above it the answer is yes."), 0.5, 0, 1, CAM_FIELD_PLAIN),
  CAM_F_NAME, CAM_F_END,
};
static const CamField top_fields[] = {
  CAM_F_INT ("k", N_("Among the first"), N_("So many likeliest classes are looked at."), 5, 1, 1000000, CAM_FIELD_PLAIN),
  CAM_F_NAME, CAM_F_END,
};
static const CamField smooth_fields[] = { CAM_F_SMOOTHING, CAM_F_FROM_LOGITS, CAM_F_NAME, CAM_F_END };
static const CamField sparse_cce_fields[] = { CAM_F_FROM_LOGITS, CAM_F_NAME, CAM_F_END };

static const CamMetric binary = {
  .kind = { "BinaryAccuracy", "binary_accuracy", N_("Binary accuracy"), N_("Share of yes/no answers that are right."), binary_fields, TRUE, TRUE },
  .fits = cam_sizes_are_equal, .values = binary_values,
};
static const CamMetric categorical = {
  .kind = { "CategoricalAccuracy", "categorical_accuracy", N_("Categorical accuracy"), N_("Share of rows whose likeliest class is the right one."), no_fields, TRUE, TRUE },
  .fits = cam_sizes_are_equal, .values = categorical_values,
};
static const CamMetric sparse = {
  .kind = { "SparseCategoricalAccuracy", "sparse_categorical_accuracy", N_("Sparse categorical accuracy"),
    N_("The same for targets that are the number of the class."), no_fields, TRUE, TRUE },
  .fits = sparse_fits, .values = sparse_values,
};
static const CamMetric top = {
  .kind = { "TopKCategoricalAccuracy", "top_k_categorical_accuracy", N_("Top-k accuracy"), N_("Share of rows whose right class is among the k likeliest."), top_fields, TRUE, TRUE },
  .fits = cam_sizes_are_equal, .values = top_values,
};
static const CamMetric sparse_top = {
  .kind = { "SparseTopKCategoricalAccuracy", "sparse_top_k_categorical_accuracy", N_("Sparse top-k accuracy"),
    N_("The same for targets that are the number of the class."), top_fields, TRUE, TRUE },
  .fits = sparse_fits, .values = sparse_top_values,
};
/* Never asked itself: cam_metric_resolve() puts one of the first three above in its place. */
static const CamMetric accuracy = {
  .kind = { "Accuracy", "accuracy", N_("Accuracy"), N_("Share of rows with the right class."), no_fields, TRUE, TRUE },
  .fits = accuracy_fits, .values = binary_values,
};
static const CamMetric mse = {
  .kind = { "MeanSquaredError", "mean_squared_error", N_("Mean squared error"), N_("Mean of the squared misses."), no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = mse_values,
};
static const CamMetric mae = {
  .kind = { "MeanAbsoluteError", "mean_absolute_error", N_("Mean absolute error"), N_("Mean of the misses, in the target's unit."), no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = mae_values,
};
static const CamMetric mape = {
  .kind = { "MeanAbsolutePercentageError", "mean_absolute_percentage_error", N_("Mean absolute percentage error"), N_("Mean of the misses in per cent of the target."),
    no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = mape_values,
};
static const CamMetric msle = {
  .kind = { "MeanSquaredLogarithmicError", "mean_squared_logarithmic_error", N_("Mean squared logarithmic error"), N_("Mean of the squared misses between logarithms."),
    no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = msle_values,
};
static const CamMetric log_cosh = {
  .kind = { "LogCoshError", "logcosh", N_("Log cosh error"), N_("Mean of ln cosh of the misses: squared where small, absolute where large."), no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = log_cosh_values,
};
static const CamMetric cosine = {
  .kind = { "CosineSimilarity", "cosine_similarity", N_("Cosine similarity"), N_("How much target and prediction point the same way; 1 is best."), no_fields, TRUE, FALSE },
  .fits = cam_sizes_are_equal, .values = cosine_values,
};
static const CamMetric poisson = {
  .kind = { "Poisson", "poisson", N_("Poisson"), N_("How unlikely the counts are under the predictions."), no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = poisson_values,
};
static const CamMetric bce = {
  .kind = { "BinaryCrossentropy", "binary_crossentropy", N_("Binary cross-entropy"), N_("How unlikely the yes/no answers are under the predictions."), smooth_fields, FALSE, FALSE },
  .logits_of = "sigmoid", .fits = cam_sizes_are_equal, .values = bce_values,
};
static const CamMetric cce = {
  .kind = { "CategoricalCrossentropy", "categorical_crossentropy", N_("Categorical cross-entropy"), N_("How unlikely the classes are under the predictions."), smooth_fields, FALSE, FALSE },
  .logits_of = "softmax", .fits = cam_sizes_are_equal, .values = cce_values,
};
static const CamMetric sparse_cce = {
  .kind = { "SparseCategoricalCrossentropy", "sparse_categorical_crossentropy", N_("Sparse categorical cross-entropy"),
    N_("The same for targets that are the number of the class."), sparse_cce_fields, FALSE, FALSE },
  .logits_of = "softmax", .fits = sparse_cce_fits, .values = sparse_cce_values,
};
static const CamMetric hinge = {
  .kind = { "Hinge", "hinge", N_("Hinge"), N_("What is missing to a margin of 1."), no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = hinge_values,
};
static const CamMetric squared_hinge = {
  .kind = { "SquaredHinge", "squared_hinge", N_("Squared hinge"), N_("The square of what is missing to a margin of 1."), no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = squared_hinge_values,
};
static const CamMetric categorical_hinge = {
  .kind = { "CategoricalHinge", "categorical_hinge", N_("Categorical hinge"), N_("What the right class is missing to a margin of 1."), no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = categorical_hinge_values,
};
static const CamMetric kl = {
  .kind = { "KLDivergence", "kl_divergence", N_("Kullback–Leibler divergence"), N_("How much the predicted shares miss of the true ones."), no_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = kl_values,
};

const CamMetric *const cam_metrics[] = {
  &accuracy, &binary, &categorical, &sparse, &top, &sparse_top,
  &cam_metric_precision, &cam_metric_recall, &cam_metric_f1, &cam_metric_fbeta, &cam_metric_auc,
  &mae, &mse, &cam_metric_rmse, &mape, &msle, &log_cosh, &cam_metric_r2, &cosine,
  &cam_metric_true_positives, &cam_metric_false_positives, &cam_metric_true_negatives, &cam_metric_false_negatives,
  &cam_metric_sensitivity_at, &cam_metric_specificity_at, &cam_metric_precision_at, &cam_metric_recall_at, &cam_metric_mean_iou,
  &bce, &cce, &sparse_cce, &kl, &poisson, &hinge, &squared_hinge, &categorical_hinge,
  NULL,
};

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
