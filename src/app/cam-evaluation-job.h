/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluating a run off the main thread: its data are made anew where they have to be, its rows are asked, and the charts of one page are made. What was worked out for a part stays known. */
#pragma once

#include <cam-sight.h>

#include "cam-evaluation-charts.h"
#include "cam-session.h"

G_BEGIN_DECLS

/* A run's model on its data. A shared value; the rest of it is filled in by the workers, one at a time. */
typedef struct _CamEvaluationSource CamEvaluationSource;

/* cam_evaluation_source_new: main thread; NULL: the run has no weights, or its data are not open: a sentence says so. */
CamEvaluationSource *cam_evaluation_source_new   (CamSession *session, CamRunItem *run, GError **error);
CamEvaluationSource *cam_evaluation_source_ref   (CamEvaluationSource *self);
void                 cam_evaluation_source_unref (CamEvaluationSource *self);
const CamModel      *cam_evaluation_source_get_model (const CamEvaluationSource *self);
CamTable            *cam_evaluation_source_get_table (const CamEvaluationSource *self);

typedef enum
{
  CAM_SHEET_ROC, CAM_SHEET_PRECISION, CAM_SHEET_RELIABILITY, CAM_SHEET_SCORES,
  CAM_SHEET_ACTUAL, CAM_SHEET_RESIDUALS, CAM_SHEET_MISSES, CAM_SHEET_QUANTILES, CAM_SHEET_HORIZON, CAM_SHEET_SERIES, CAM_SHEET_CODE,
  CAM_N_SHEET_CHARTS
} CamSheetChart;

/* All that a page shows. A shared value. */
typedef struct
{
  gatomicrefcount count;
  CamEvaluation  *evaluation;
  CamDataset     *dataset;
  guint           output;                          /* label, class or target that it is about */
  gsize           part_rows[CAM_N_PARTS];          /* of the dataset */
  GArray         *scores;                          /* of CamScore: those that do not follow a threshold */
  CamChart       *charts[CAM_N_SHEET_CHARTS];      /* NULL: not of this task */
  GArray         *samples[2];                      /* of the dots of ACTUAL and RESIDUALS */
  CamCutoffs     *cutoffs;                         /* MULTICLASS: of the class; else NULL */
  double          best_f1, best_f1_threshold;      /* of two classes; NaN: none */
  double          low, width;                      /* of the bars of MISSES */
  CamMisses       forecasts[3];                    /* of the network, the last value, and a period before; n 0: there is none */
  double         *errors;                          /* AUTOENCODER: [n_rows], ascending */
  CamSightView   *copies;                          /* AUTOENCODER: of the worst rows; the page that shows it takes it */
  char           *code_text;                       /* what CODE shows */
} CamEvaluationSheet;

CamEvaluationSheet *cam_evaluation_sheet_ref   (CamEvaluationSheet *self);
void                cam_evaluation_sheet_unref (CamEvaluationSheet *self);

/**
 * cam_evaluation_ask:
 * @part: −1: the test part, else validation, else training: the first with rows
 */
void                cam_evaluation_ask         (CamEvaluationSource *source, int part, guint output, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CamEvaluationSheet *cam_evaluation_ask_finish  (GAsyncResult *result, GError **error);
gint                cam_evaluation_source_get_progress (CamEvaluationSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamEvaluationSource, cam_evaluation_source_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamEvaluationSheet, cam_evaluation_sheet_unref)

G_END_DECLS
