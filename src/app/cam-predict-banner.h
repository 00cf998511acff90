/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the Predict page says of the rows: how they fit, how right the answers are, and what can be done. Its buttons are actions of the page: "predict.rename" and "predict.show-finding" (u). */
#pragma once

#include <adwaita.h>

#include "cam-predict-words.h"

G_BEGIN_DECLS

#define CAM_TYPE_PREDICT_BANNER (cam_predict_banner_get_type ())
G_DECLARE_FINAL_TYPE (CamPredictBanner, cam_predict_banner, CAM, PREDICT_BANNER, AdwBin)

void cam_predict_banner_show       (CamPredictBanner *self, const CamPrediction *prediction);
void cam_predict_banner_show_words (CamPredictBanner *self, CamPredictMood mood, const char *claim, const char *detail);   /* @detail NULL: none */

G_END_DECLS
