/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metrics that weigh several sums against each other: F-scores, R², the overlap of classes, the root of a mean. Source of the formulas: keras.metrics. */
#include "cam-metrics-private.h"

#include <glib/gi18n-lib.h>

/* F-scores: for each column. */
enum { TP, FP, FN, TRUE_ROWS, N_OF_F };

static gsize
f_sums (const json_t *config,
        gsize         p_size)
{
  return N_OF_F * p_size;
}

static void
f_add (const json_t  *config,
       const CamRows *rows,
       double        *sums)
{
  double threshold = cam_fields_number (config, "threshold");

  for (gsize i = 0; i < rows->n; i++)
    {
      const float *y = rows->y + i * rows->p_size, *p = rows->p + i * rows->p_size;
      float top = p[cam_arg_max (p, rows->p_size)];
      double weight = cam_row_weight (rows, i);

      for (gsize j = 0; j < rows->p_size; j++)
        {
          gboolean is_yes = isnan (threshold) ? p[j] >= top && fabsf (p[j]) > 1e-9f : p[j] > threshold;
          double *of = sums + N_OF_F * j;

          of[TP] += is_yes ? weight * y[j] : 0.0;
          of[FP] += is_yes ? weight * (1.0 - y[j]) : 0.0;
          of[FN] += is_yes ? 0.0 : weight * y[j];
          of[TRUE_ROWS] += weight * y[j];
        }
    }
}

static double
f_score (double        beta,
         const double *of)
{
  double precision = of[TP] / (of[TP] + of[FP] + CAM_FUZZ), recall = of[TP] / (of[TP] + of[FN] + CAM_FUZZ);

  return (1.0 + beta * beta) * precision * recall / (beta * beta * precision + recall + CAM_FUZZ);
}

/* Without an average Keras gives a list with a number for each column; a history keeps one number, so that it is their mean here, "macro". */
static double
f_result (const json_t *config,
          gsize         p_size,
          const double *sums)
{
  const char *average = cam_fields_choice (config, "average");
  double beta = cam_fields_number (config, "beta"), sum = 0.0, all_rows = 0.0, pooled[N_OF_F] = { 0 };

  if (isnan (beta))
    beta = 1.0;
  for (gsize j = 0; j < p_size; j++)
    {
      for (guint k = 0; k < N_OF_F; k++)
        pooled[k] += sums[N_OF_F * j + k];
      all_rows += sums[N_OF_F * j + TRUE_ROWS];
    }
  if (g_strcmp0 (average, "micro") == 0)
    return f_score (beta, pooled);
  for (gsize j = 0; j < p_size; j++)
    sum += f_score (beta, sums + N_OF_F * j) * (g_strcmp0 (average, "weighted") == 0 ? sums[N_OF_F * j + TRUE_ROWS] / (all_rows + CAM_FUZZ) : 1.0 / (double) p_size);

  return sum;
}

/* R²: for all columns how many rows, and what they weigh; for each the weighed sums of targets, of their squares and of squared misses. */
enum { R_ROWS, R_WEIGHT, N_R_FIRST, R_SUM = 0, R_SQUARES, R_MISSES, N_OF_R };

static gsize
r2_sums (const json_t *config,
         gsize         p_size)
{
  return N_R_FIRST + N_OF_R * p_size;
}

static void
r2_add (const json_t  *config,
        const CamRows *rows,
        double        *sums)
{
  for (gsize i = 0; i < rows->n; i++)
    {
      double weight = cam_row_weight (rows, i);

      sums[R_ROWS] += 1.0;
      sums[R_WEIGHT] += weight;
      for (gsize j = 0; j < rows->p_size; j++)
        {
          double y = rows->y[i * rows->p_size + j], miss = y - rows->p[i * rows->p_size + j], *of = sums + N_R_FIRST + N_OF_R * j;

          of[R_SUM] += weight * y;
          of[R_SQUARES] += weight * y * y;
          of[R_MISSES] += weight * miss * miss;
        }
    }
}

static double
r2_result (const json_t *config,
           gsize         p_size,
           const double *sums)
{
  gboolean by_variance = g_str_equal (cam_fields_choice (config, "class_aggregation"), "variance_weighted_average");
  double n = sums[R_ROWS], n_regressors = cam_fields_number (config, "num_regressors"), sum = 0.0, all = 0.0, score;

  for (gsize j = 0; j < p_size; j++)
    {
      const double *of = sums + N_R_FIRST + N_OF_R * j;
      double total = of[R_SQUARES] - of[R_SUM] * of[R_SUM] / sums[R_WEIGHT];
      double column = 1.0 - of[R_MISSES] / total, weight = by_variance ? total : 1.0;

      sum += weight * (isinf (column) ? 0.0 : column);
      all += weight;
    }
  score = sum / all;

  /* Adjusted where there are rows enough for it. */
  return n_regressors > 0.0 && n_regressors < n - 1.0 ? 1.0 - (1.0 - score) * (n - 1.0) / (n - n_regressors - 1.0) : score;
}

/* Overlap: how often class a was taken for class b. */
static gsize
iou_sums (const json_t *config,
          gsize         p_size)
{
  gsize n = (gsize) cam_fields_int (config, "num_classes");

  return n * n;
}

/* The class of a row: the likeliest, or the number that stands there. Classes beyond those counted give @n. */
static gsize
class_of (const float *values,
          gsize        size,
          gsize        n)
{
  if (size > 1)
    return MIN (cam_arg_max (values, size), n);

  return values[0] >= 0.0f && values[0] < (float) n ? (gsize) values[0] : n;
}

static void
iou_add (const json_t  *config,
         const CamRows *rows,
         double        *sums)
{
  gsize n = (gsize) cam_fields_int (config, "num_classes");

  for (gsize i = 0; i < rows->n; i++)
    {
      gsize y = class_of (rows->y + i * rows->y_size, rows->y_size, n), p = class_of (rows->p + i * rows->p_size, rows->p_size, n);

      /* Keras counts in whole numbers, also weights. */
      if (y < n && p < n)
        sums[y * n + p] += trunc (cam_row_weight (rows, i));
    }
}

static double
iou_result (const json_t *config,
            gsize         p_size,
            const double *sums)
{
  gsize n = (gsize) cam_fields_int (config, "num_classes");
  double sum = 0.0, n_present = 0.0;

  for (gsize c = 0; c < n; c++)
    {
      double both = sums[c * n + c], either = -both;

      for (gsize k = 0; k < n; k++)
        either += sums[c * n + k] + sums[k * n + c];
      if (either > 1e-9)
        {
          sum += both / (either + CAM_FUZZ);
          n_present += 1.0;
        }
    }

  return cam_divide (sum, n_present);
}

static gboolean
iou_fits (gsize y_size,
          gsize p_size)
{
  return y_size == p_size || y_size == 1;
}

/* Root of a mean. */
static gsize
root_sums (const json_t *config,
           gsize         p_size)
{
  return 2;
}

static void
root_add (const json_t  *config,
          const CamRows *rows,
          double        *sums)
{
  for (gsize i = 0; i < rows->n; i++)
    {
      CamRows row = { rows->y + i * rows->p_size, rows->p + i * rows->p_size, NULL, 1, rows->p_size, rows->p_size, NULL, NULL };
      double value;

      cam_loss_mse.values (NULL, &row, &value);
      sums[0] += cam_row_weight (rows, i) * value;
      sums[1] += cam_row_weight (rows, i);
    }
}

static double
root_result (const json_t *config,
             gsize         p_size,
             const double *sums)
{
  return sqrt (cam_divide (sums[0], sums[1]));
}

#define AVERAGE_FIELD CAM_F_CHOICE ("average", N_("Average"), N_("macro: the mean of the columns; weighted: by their rows; micro: all answers together; none: as macro."), NULL, averages, CAM_FIELD_NULLABLE)
#define F_THRESHOLD_FIELD CAM_F_FLOAT ("threshold", N_("Threshold"), N_("Above it the answer is yes; none: the likeliest column of a row is, so that one column alone needs a number here."), NAN, 0, 1, CAM_FIELD_NULLABLE | CAM_FIELD_MIN_OPEN)

static const char *const averages[] = { "macro", "micro", "weighted", NULL };
static const char *const aggregations[] = { "uniform_average", "variance_weighted_average", NULL };

static const CamField f1_fields[] = { AVERAGE_FIELD, F_THRESHOLD_FIELD, CAM_F_NAME, CAM_F_END };
static const CamField fbeta_fields[] = {
  CAM_F_FLOAT ("beta", N_("Beta"), N_("Above 1 recall counts more, below 1 precision."), 1.0, 0, 1000, CAM_FIELD_MIN_OPEN),
  AVERAGE_FIELD, F_THRESHOLD_FIELD, CAM_F_NAME, CAM_F_END,
};
static const CamField r2_fields[] = {
  CAM_F_CHOICE ("class_aggregation", N_("Several targets"), N_("The mean of their scores, or weighed by how much each varies."), "uniform_average", aggregations, CAM_FIELD_PLAIN),
  CAM_F_INT ("num_regressors", N_("Features to adjust for"), N_("Above 0: the adjusted R² for so many features."), 0, 0, 1000000, CAM_FIELD_ADVANCED),
  CAM_F_NAME, CAM_F_END,
};
static const CamField iou_fields[] = {
  CAM_F_INT ("num_classes", N_("Classes"), N_("How many there are."), 2, 1, 4096, CAM_FIELD_PLAIN),
  CAM_F_NAME, CAM_F_END,
};
static const CamField root_fields[] = { CAM_F_END };

const CamMetric cam_metric_f1 = {
  .kind = { "F1Score", "f1_score", N_("F1 score"), N_("Precision and recall in one number."), f1_fields, TRUE, TRUE },
  .fits = cam_sizes_are_equal, .n_sums = f_sums, .add = f_add, .result = f_result,
};
const CamMetric cam_metric_fbeta = {
  .kind = { "FBetaScore", "fbeta_score", N_("F-beta score"), N_("Precision and recall in one number, one of them weighing more."), fbeta_fields, TRUE, TRUE },
  .fits = cam_sizes_are_equal, .n_sums = f_sums, .add = f_add, .result = f_result,
};
const CamMetric cam_metric_r2 = {
  .kind = { "R2Score", "r2_score", N_("R²"), N_("Share of the target's variation that is explained; 1 is best, 0 as good as the mean."), r2_fields, TRUE, FALSE },
  .fits = cam_sizes_are_equal, .n_sums = r2_sums, .add = r2_add, .result = r2_result,
};
const CamMetric cam_metric_mean_iou = {
  .kind = { "MeanIoU", "mean_io_u", N_("Mean overlap of classes"), N_("For each class the rows that both have over those that either has, averaged."), iou_fields, TRUE, TRUE },
  .fits = iou_fits, .n_sums = iou_sums, .add = iou_add, .result = iou_result,
};
const CamMetric cam_metric_rmse = {
  .kind = { "RootMeanSquaredError", "root_mean_squared_error", N_("Root mean squared error"), N_("The usual miss, in the target's unit; large ones weigh most."), root_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .n_sums = root_sums, .add = root_add, .result = root_result,
};
