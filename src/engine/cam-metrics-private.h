/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of metrics share. */
#pragma once

#include "cam-losses-private.h"

G_BEGIN_DECLS

/* Two metrics of one kind are told apart by their names. */
#define CAM_F_NAME CAM_F_TEXT ("name", N_("Name"), N_("What it is called in the history; left empty, the usual name."), NULL, NULL, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED)

static inline double
cam_row_weight (const CamRows *rows,
                gsize          i)
{
  return rows->weights != NULL ? rows->weights[i] : 1.0;
}

static inline gsize
cam_arg_max (const float *values,
             gsize        n)
{
  gsize best = 0;

  for (gsize j = 1; j < n; j++)
    if (values[j] > values[best])
      best = j;

  return best;
}

/* 0 where there is nothing to divide by. */
static inline double
cam_divide (double a,
            double b)
{
  return b != 0.0 ? a / b : 0.0;
}

extern const CamMetric cam_metric_precision, cam_metric_recall;
extern const CamMetric cam_metric_true_positives, cam_metric_false_positives, cam_metric_true_negatives, cam_metric_false_negatives;
extern const CamMetric cam_metric_auc;
extern const CamMetric cam_metric_sensitivity_at, cam_metric_specificity_at, cam_metric_precision_at, cam_metric_recall_at;
extern const CamMetric cam_metric_f1, cam_metric_fbeta, cam_metric_r2, cam_metric_mean_iou, cam_metric_rmse;

G_END_DECLS
