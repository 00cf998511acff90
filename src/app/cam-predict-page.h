/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Predict page: a model's answers for the rows of the test part, of the current table, or of a CSV file. It opens with the best run and its test part.
 * Properties: "session" (CamSession) · "prediction" (CamPrediction, pointer, read-only) · "choice" (CamModelChoice that is asked, read-only) · "busy" (read-only)
 * Signal "model-opened": a model came from a file, and is asked from now on.
 * Actions: predict.rename (the names that are proposed), predict.open-csv, predict.open-model, predict.test, predict.all, predict.save, predict.save-shown, predict.show-finding (u),
 *   predict.cancel. */
#pragma once

#include <adwaita.h>

#include "cam-prediction.h"

G_BEGIN_DECLS

#define CAM_TYPE_PREDICT_PAGE (cam_predict_page_get_type ())
G_DECLARE_FINAL_TYPE (CamPredictPage, cam_predict_page, CAM, PREDICT_PAGE, AdwBin)

CamPrediction *cam_predict_page_get_prediction (CamPredictPage *self);                      /* borrowed; NULL: none yet */

/* What follows the file choosers; all asynchronous. */
void           cam_predict_page_open_csv       (CamPredictPage *self, const char *path);
void           cam_predict_page_open_model     (CamPredictPage *self, const char *path);
void           cam_predict_page_save           (CamPredictPage *self, const char *path);
void           cam_predict_page_save_shown     (CamPredictPage *self, const char *path);    /* only the rows that the filters leave, in their order */

/* cam_predict_page_get_file_name: of the model that is asked, where it came from a file; NULL: it did not. Borrowed. */
const char    *cam_predict_page_get_file_name  (CamPredictPage *self);
/* cam_predict_page_forget_files: models that came from files are no choice any more. */
void           cam_predict_page_forget_files   (CamPredictPage *self);

G_END_DECLS
