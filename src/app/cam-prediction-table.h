/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a prediction with the model's answers beside them: class and probability, or values; and what was really so, where that is known.
 * A line of filters stands above them, a click on a title sorts. Property "n-shown" (guint64). Signal "row-chosen" (guint row of the prediction's table). */
#pragma once

#include <adwaita.h>

#include "cam-prediction.h"

G_BEGIN_DECLS

#define CAM_TYPE_PREDICTION_TABLE (cam_prediction_table_get_type ())
G_DECLARE_FINAL_TYPE (CamPredictionTable, cam_prediction_table, CAM, PREDICTION_TABLE, AdwBin)

void  cam_prediction_table_set_prediction (CamPredictionTable *self, CamPrediction *prediction);    /* NULL: empty */
/* cam_prediction_table_show_finding: only the rows of a finding of its check. */
void  cam_prediction_table_show_finding   (CamPredictionTable *self, guint finding);
/* cam_prediction_table_get_rows: which are shown, in their order; NULL: all, as they stand. Borrowed until the next change. */
const gsize *cam_prediction_table_get_rows (CamPredictionTable *self, gsize *n);
/* cam_prediction_class_colour: of the charts' series, for class @c of @n: of two, the second is orange. */
guint cam_prediction_class_colour         (guint c, guint n);
/* The chip's CSS class in that colour. */
const char *cam_prediction_class_look     (guint c, guint n);

G_END_DECLS
