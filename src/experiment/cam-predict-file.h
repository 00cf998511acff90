/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model's answers for the rows of a file of any size, beside these rows. */
#pragma once

#include <cam-csv-stream.h>
#include <cam-whole-file.h>

#include "cam-file-remarks.h"
#include "cam-model.h"

G_BEGIN_DECLS

/* What there is to say when all is done. */
typedef struct
{
  gsize  n_rows;       /* of the file */
  gsize  n_skipped;    /* without an answer */
  gsize  n_to_come;    /* behind them */
  gsize  n_known;      /* with an answer and the truth; the rest as in CamTruth */
  double accuracy;
  double error;
  CamFileRemarks remarks;
} CamPredictedFile;

/**
 * cam_model_predict_file:
 * @path: what cam_source_read() reads
 * @told: (out): its remarks are to be cleared
 * @out: gets what cam_predictions_to_csv() writes of the whole table, byte for byte; to be committed or copied by the caller
 *
 * Rows are read, answered and written in stretches, on as many threads as there are processors, in memory that does not grow with the file. Where an answer hangs on rows before its own
 * (a sequence, or a missing value that takes the one before), as many of these as it takes are kept, of each group. The file is read whole where rows do not stand in their order, and for
 * sequences that tell more than one row ahead or take missing values from before.
 *
 * Blocking; any thread. Errors: those of cam_source_stream() and cam_model_predict(), and G_FILE_ERROR_* of @out.
 */
gboolean cam_model_predict_file (const CamModel *self, const char *path, CamWholeFile *out, CamCsvProgress progress, gpointer user_data, GCancellable *cancellable,
                                 CamPredictedFile *told, GError **error);

/* cam_model_stream_rows: cam_source_stream() for what the model needs: as many rows at a time as are worth working on, with those
 * before them that they hang on; all at once where these cannot be told, or do not stand in their order. */
gboolean cam_model_stream_rows  (const CamModel *self, const char *path, const CamRowSink *sink, CamCsvProgress progress, gpointer user_data, GCancellable *cancellable,
                                 CamFileRemarks *remarks, GError **error);

/* For tests: rows at a time, 0: the usual number. */
extern gsize cam_predict_stretch;

G_END_DECLS
