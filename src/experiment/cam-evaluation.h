/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model says of rows whose truth is known, row by row, and what that is worth: the figures behind the evaluation pages. A shared value: complete once made, read by any thread.
 *
 * Answers are probabilities for classes and labels, and in units of the target for numbers: scaling is undone. Scores follow cam-cutoffs.h, cam-confusion.h and cam-misses.h. */
#pragma once

#include <cam-confusion.h>
#include <cam-cutoffs.h>
#include <cam-misses.h>

#include "cam-model.h"

G_BEGIN_DECLS

/* Scores of many rows in many classes are not all kept: those of so many numbers are, of rows spread evenly. */
#define CAM_EVALUATION_MOST_SHARES (1 << 25)

typedef struct
{
  gatomicrefcount count;
  CamTask   task;
  int       part;              /* CamPart; −1: a table */
  gsize     n_rows;            /* samples with an answer and a truth */
  guint     n_outputs;         /* numbers a sample */
  guint     n_steps;           /* rows that a forecast tells of; else 1 */
  gsize    *rows;              /* [n_rows]: which row of the table each is; of a sequence, the last of the window */
  gsize    *told;              /* [n_rows, n_steps]: of a forecast, the rows it is about; else NULL */
  char    **output_names;      /* [n_outputs]: target, label or "p(class)" */
  char    **class_names;       /* BINARY, MULTICLASS; else NULL */

  /* BINARY one output, MULTILABEL one for each label, REGRESSION: [n_rows, n_outputs]; else NULL */
  float    *said;
  float    *truth;
  float    *usual;             /* REGRESSION: what would be said without a network: the mean of the training rows, or the last value before a forecast; NaN: not known */

  /* Of a forecast of which @told is known */
  gsize     period;            /* rows after which the training rows repeat themselves; 0: they do not */
  float    *seasonal;          /* [n_rows, n_outputs]: what was a period before; NULL where there is none */

  /* BINARY, MULTILABEL: [n_outputs] */
  CamCutoffs **cutoffs;
  double   *train_shares;      /* of rows that are 1, in training */

  /* MULTICLASS */
  int      *classes_true;      /* [n_rows] */
  int      *classes_said;
  float    *true_shares;       /* [n_rows]: the probability given to the true class … */
  float    *said_shares;       /* … and to the one said */
  guint    *ranks;             /* [n_rows]: how many classes were held likelier than the true one */
  CamConfusion *confusion;
  float    *shares;            /* [(n_rows − 1) / stride + 1, n_outputs]: of every @stride-th row */
  gsize     stride;
  int       usual_class;       /* the most frequent in training */

  /* AUTOENCODER */
  float    *errors;            /* [n_rows]: mean squared difference of what went in and came back, as prepared */
  double    usual_error;       /* of giving back the mean of the training rows */
} CamEvaluation;

/**
 * cam_evaluation_new:
 * @progress: (nullable): thousandths done, set atomically
 *
 * Of the rows of @part, with their truth. Blocking, for a worker thread. NULL: cancelled, or the part has no rows (G_IO_ERROR_CANCELLED, CAM_DATASET_ERROR_ROWS).
 */
CamEvaluation *cam_evaluation_new           (const CamModel *model, const CamDataset *dataset, CamPart part, gint *progress, GCancellable *cancellable, GError **error);
/* cam_evaluation_new_table: the same of a table's rows. Errors: also CAM_DATASET_ERROR_COLUMN where a feature is missing or the truth is not in it. */
CamEvaluation *cam_evaluation_new_table     (const CamModel *model, const CamTable *table, gint *progress, GCancellable *cancellable, GError **error);
CamEvaluation *cam_evaluation_ref           (CamEvaluation *self);
void           cam_evaluation_unref         (CamEvaluation *self);

typedef enum
{
  CAM_SCORE_ACCURACY, CAM_SCORE_PRECISION, CAM_SCORE_RECALL, CAM_SCORE_SPECIFICITY, CAM_SCORE_F1, CAM_SCORE_BALANCED_ACCURACY, CAM_SCORE_MATTHEWS,
  CAM_SCORE_AUC, CAM_SCORE_AVERAGE_PRECISION, CAM_SCORE_BRIER,
  CAM_SCORE_MACRO_F1, CAM_SCORE_WEIGHTED_F1, CAM_SCORE_TOP_K, CAM_SCORE_MICRO_F1, CAM_SCORE_EXACT_MATCH,
  CAM_SCORE_MAE, CAM_SCORE_RMSE, CAM_SCORE_R2, CAM_SCORE_MAPE, CAM_SCORE_BIAS,
  CAM_SCORE_ERROR,
} CamScoreKind;

typedef struct
{
  CamScoreKind kind;
  double       value;
  double       baseline;       /* without a network: the most frequent class, the mean, the last value; NaN: none */
  CamInterval  interval;       /* 95 % by bootstrap; NaN: none */
} CamScore;

#define CAM_EVALUATION_TOP_K 3

/* cam_evaluation_list_counted: scores that depend on the threshold of a label (BINARY: @label 0): accuracy, precision, recall, specificity, F1, balanced accuracy, Matthews. In well under a
 * frame's time. Element type CamScore. @counts (out). */
GArray *cam_evaluation_list_counted   (const CamEvaluation *self, guint label, double threshold, CamCounts *counts);
/* cam_evaluation_list_ranked: those of a label that do not: the areas under both curves, Brier. */
GArray *cam_evaluation_list_ranked    (const CamEvaluation *self, guint label);
/* cam_evaluation_list_classes: MULTICLASS: accuracy, balanced accuracy, macro and weighted F1, Matthews, and top k from four classes on. */
GArray *cam_evaluation_list_classes   (const CamEvaluation *self);
/* cam_evaluation_list_labels: MULTILABEL, over all labels: micro and macro F1, exact match. @thresholds: [n_outputs]. */
GArray *cam_evaluation_list_labels    (const CamEvaluation *self, const double *thresholds);
/* cam_evaluation_list_numbers: REGRESSION: of one output MAE, RMSE, R², MAPE, bias. @misses (out) (nullable). */
GArray *cam_evaluation_list_numbers   (const CamEvaluation *self, guint output, CamMisses *misses);
/* cam_evaluation_list_errors: AUTOENCODER: the mean error. */
GArray *cam_evaluation_list_errors    (const CamEvaluation *self);

/* cam_evaluation_top_k: MULTICLASS: the share of rows whose class is among the @k likeliest. */
double  cam_evaluation_top_k          (const CamEvaluation *self, guint k);
/* cam_evaluation_new_cutoffs: MULTICLASS: class @k against all others, of the rows whose scores are kept. */
CamCutoffs *cam_evaluation_new_cutoffs (const CamEvaluation *self, guint k);
/* cam_evaluation_copy_output: one output of all rows, said and true; each (out) (transfer full): [n_rows]. */
void    cam_evaluation_copy_output    (const CamEvaluation *self, guint output, float **said, float **truth);

/* Rows behind a figure, worst first: samples, from 0; their row of the table is in @rows. Each g_free(). */

/* cam_evaluation_list_cell: those of class @truth that were said to be @said; −1 stands for any. Worst: the true class was given the smallest probability. */
gsize  *cam_evaluation_list_cell      (const CamEvaluation *self, int truth, int said, gsize *n);
/* cam_evaluation_list_side: of a label, those with @truth (0, 1; −1: any) and a score within @low < score ≤ @high. */
gsize  *cam_evaluation_list_side      (const CamEvaluation *self, guint label, int truth, double low, double high, gsize *n);
/* cam_evaluation_list_misses: of an output those whose residual, said − true, is within @low ≤ residual < @high; largest first. AUTOENCODER: whose error is. */
gsize  *cam_evaluation_list_misses    (const CamEvaluation *self, guint output, double low, double high, gsize *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamEvaluation, cam_evaluation_unref)

G_END_DECLS
