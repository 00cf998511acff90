/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model is worth on a file of any size that has the right answers. */
#pragma once

#include <cam-csv-stream.h>

#include "cam-file-remarks.h"
#include "cam-model.h"

G_BEGIN_DECLS

typedef struct
{
  gsize    n_rows;       /* samples that were measured */
  gsize    n_skipped;    /* rows of the file that were not */
  char   **keys;         /* "loss", then the model's metrics, as of cam_evaluate() */
  double  *values;
  json_t  *by_task;      /* cam_tally_to_json() */
  CamFileRemarks remarks;
} CamFileScores;

/**
 * cam_model_evaluate_file:
 * @self: knows its preparation and its loss
 * @path: what cam_source_read() reads
 * @scores: (out): to be cleared
 *
 * Rows are read and measured in stretches, as cam_model_predict_file() does it, and come to the very numbers of all rows at once. Memory grows with the file only where areas under curves are
 * asked for (cam-tally.h).
 *
 * Blocking; any thread. Errors: those of cam_source_stream() and cam_evaluate(); CAM_DATASET_ERROR_COLUMN where the answers are missing; CAM_DATASET_ERROR_ROWS where no row can be used.
 */
gboolean cam_model_evaluate_file (const CamModel *self, const char *path, CamCsvProgress progress, gpointer user_data, GCancellable *cancellable, CamFileScores *scores, GError **error);
void     cam_file_scores_clear   (CamFileScores *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CamFileScores, cam_file_scores_clear)

G_END_DECLS
