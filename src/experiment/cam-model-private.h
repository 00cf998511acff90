/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the model share. */
#pragma once

#include "cam-model.h"

G_BEGIN_DECLS

struct _CamModel
{
  /* owned */
  CamNetwork     *network;
  CamPreparation *preparation;   /* NULL: a file of somebody else's */
  json_t         *loss;          /* NULL: not known; the next two likewise */
  json_t         *metrics;
  json_t         *optimizer;
  double         *thresholds;    /* [output size]; NULL: one half each */
};

/* Numbers per row. */
gsize cam_model_get_input_size  (const CamModel *self);
gsize cam_model_get_output_size (const CamModel *self);

/* "multi-class": as in saved models and reports. */
const char *cam_task_get_name (CamTask task);

/* cam_model_predict_some: cam_model_predict() of some of a file's rows: where none can be used, predictions that say nothing. Rows before @first count nowhere, but others may
 * hang on them. @n_used: (out): samples. */
CamPredictions *cam_model_predict_some (const CamModel *self, const CamTable *table, gsize first, gsize *n_used, GError **error);
/* cam_model_compare_some: cam_model_compare() of the rows from @first on. */
CamTruth       *cam_model_compare_some (const CamModel *self, const CamTable *table, const CamPredictions *predictions, gsize first);
/* FALSE, with the error that none of all rows can be used. */
gboolean        cam_model_refuse_rows  (const CamModel *self, GError **error);

/* The parts of cam_predictions_to_csv(), appended to @out: its header, rows of the table, and the rows to come. */
void cam_predictions_add_header  (const CamPredictions *self, const CamTable *table, GString *out);
void cam_predictions_add_rows    (const CamPredictions *self, const CamTable *table, gsize first, gsize n, GString *out);
void cam_predictions_add_to_come (const CamPredictions *self, const CamTable *table, GString *out);

G_END_DECLS
