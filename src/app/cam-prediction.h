/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table taken through a model: its rows, whether they fit, the answers, and how right they are where that can be known. A shared value, made on a worker thread. */
#pragma once

#include "cam-feature.h"
#include "cam-model-choice.h"
#include "cam-table-check.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_ROWS_TEST,      /* of a table, those that the run kept for its test; else for its validation; else all */
  CAM_ROWS_ALL,       /* of a table */
  CAM_ROWS_FILE,      /* of a CSV file */
} CamRowsKind;

typedef struct
{
  gatomicrefcount  count;
  CamModelChoice  *choice;
  CamRowsKind      kind;
  int              part;          /* CamPart that was taken; −1: all rows */
  char            *path;          /* of the file they come from */
  char            *name;          /* the same without its folder */
  CamTable        *table;         /* the rows */
  char            *reading;       /* of a file: how it was read, where it is no plain CSV, and what was mended; NULL: nothing to say */
  GPtrArray       *renames;       /* of CamTableRename: columns of the file that were taken for others; NULL: none */
  CamTableCheck   *check;         /* NULL: the model does not say what it was trained on */
  char            *problem;       /* why there are no answers: a sentence; NULL: there are */
  CamPredictions  *answers;       /* NULL where there is a problem */
  CamTruth        *truth;         /* NULL: not known */
  GPtrArray       *features;      /* of CamFeature: what one row by hand can be made of; NULL as check */
} CamPrediction;

CamPrediction *cam_prediction_ref   (CamPrediction *self);
void           cam_prediction_unref (CamPrediction *self);

/* The making of one. */
typedef struct _CamPredictionJob CamPredictionJob;

/**
 * cam_prediction_job_start:
 * @choice: with its model loaded
 * @table: the current one, which TEST and ALL take their rows from, and which tells the range of each column; referenced; may be %NULL for FILE
 * @path: for FILE the file; else what @table was read from
 * @renames: (nullable): for FILE, of CamTableRename: its columns to be taken for others; referenced
 * @callback: in the main context, also after cancelling; its source object is %NULL
 *
 * Returns: (transfer full): to ask how far it is; cam_prediction_job_free()
 */
CamPredictionJob *cam_prediction_job_start      (CamModelChoice *choice, CamRowsKind kind, CamTable *table, const char *path, GPtrArray *renames, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
/* cam_prediction_job_finish: NULL where the file cannot be read, or it was cancelled. */
CamPrediction    *cam_prediction_job_finish     (GAsyncResult *result, GError **error);
/* cam_prediction_job_get_progress: share of the file that is read, 0 … 1; @text (transfer full): what it is at. */
double            cam_prediction_job_get_progress (CamPredictionJob *self, char **text);
void              cam_prediction_job_free       (CamPredictionJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamPrediction, cam_prediction_unref)

G_END_DECLS
