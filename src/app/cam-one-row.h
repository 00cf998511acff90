/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row by hand: a slider or a list for each column that the model takes, and its answer, which follows at once. Action "row.reset": back to the middle of each column. */
#pragma once

#include <adwaita.h>

#include "cam-prediction.h"

G_BEGIN_DECLS

#define CAM_TYPE_ONE_ROW (cam_one_row_get_type ())
G_DECLARE_FINAL_TYPE (CamOneRow, cam_one_row, CAM, ONE_ROW, AdwBin)

/* cam_one_row_set_prediction: gives model and columns; settings of columns that stay are kept. */
void        cam_one_row_set_prediction (CamOneRow *self, CamPrediction *prediction);
CamModelChoice *cam_one_row_get_choice (CamOneRow *self);                      /* NULL: none. Borrowed. */
/* cam_one_row_set_row: takes the values of a row of the prediction's table. */
void        cam_one_row_set_row        (CamOneRow *self, gsize row);
/* cam_one_row_get_outputs: the answer that is shown, in the units of CamPredictions; NULL: none. Borrowed until the next change. */
const float *cam_one_row_get_outputs   (CamOneRow *self, guint *n);

G_END_DECLS
