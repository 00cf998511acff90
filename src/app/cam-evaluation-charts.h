/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The charts of an evaluation. Pure: any thread; many rows become so many points as can be told apart. New references. */
#pragma once

#include <cam-chart.h>
#include <cam-evaluation-code.h>
#include <cam-evaluation.h>

G_BEGIN_DECLS

/* Two classes: curves over all thresholds. Empty where one class has no rows. */
CamChart   *cam_evaluation_chart_roc         (const CamCutoffs *cutoffs);
CamChart   *cam_evaluation_chart_precision   (const CamCutoffs *cutoffs);
/* cam_evaluation_chart_at: a copy with a dot where @threshold is on the curve of @cutoffs. */
CamChart   *cam_evaluation_chart_at          (CamChart *chart, const CamCutoffs *cutoffs, double threshold, gboolean is_roc);
CamChart   *cam_evaluation_chart_reliability (const CamEvaluation *self, guint label);
/* cam_evaluation_chart_scores: rows of both classes by score. @names: of the two. Bins: CAM_EVALUATION_SCORE_BINS. */
#define CAM_EVALUATION_SCORE_BINS 20
CamChart   *cam_evaluation_chart_scores      (const CamEvaluation *self, guint label, const char *const *names);

/* cam_evaluation_chart_matrix: @order: `[n]`, NULL: as it is. */
CamChart   *cam_evaluation_chart_matrix      (const CamConfusion *confusion, const char *const *names, const guint *order, CamConfusionShare share);

/* Numbers. @samples (out) (transfer full): GArray of gsize: which sample each dot is. */
CamChart   *cam_evaluation_chart_actual      (const CamEvaluation *self, guint output, GArray **samples);
CamChart   *cam_evaluation_chart_residuals   (const CamEvaluation *self, guint output, GArray **samples);
CamChart   *cam_evaluation_chart_quantiles   (const CamEvaluation *self, guint output);
/* cam_evaluation_chart_misses: a histogram of residuals; of an autoencoder, of its errors. @low, @width (out): where the first bar begins, and how wide each is. */
CamChart   *cam_evaluation_chart_misses      (const CamEvaluation *self, guint output, double *low, double *width);
/* cam_evaluation_chart_horizon: the mean absolute error by how far ahead, beside that of the last value. */
CamChart   *cam_evaluation_chart_horizon     (const CamEvaluation *self, guint target);

/* cam_evaluation_chart_series: truth and forecast of an output over the rows of the table: the last ones, where there are very many. NULL: rows of groups, which are not one series. */
CamChart   *cam_evaluation_chart_series      (const CamEvaluation *self, guint output, const CamDataset *dataset);
/* cam_evaluation_chart_code: coloured by the first column that is no feature and has few values. @text (out) (transfer full): what it shows. */
CamChart   *cam_evaluation_chart_code        (const CamEvaluation *self, const CamCode *code, const CamDataset *dataset, char **text);

G_END_DECLS
