/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of the rows that are shown: a text, a class, a range of the probability, wrong ones only, those of a finding. Signal "changed". Action "filter.clear". */
#pragma once

#include <adwaita.h>

#include "cam-prediction-pick.h"

G_BEGIN_DECLS

#define CAM_TYPE_PREDICTION_FILTER (cam_prediction_filter_get_type ())
G_DECLARE_FINAL_TYPE (CamPredictionFilter, cam_prediction_filter, CAM, PREDICTION_FILTER, AdwBin)

/* cam_prediction_filter_set_prediction: asks nothing at first; without "changed". NULL: none. */
void cam_prediction_filter_set_prediction (CamPredictionFilter *self, const CamPrediction *prediction);
/* cam_prediction_filter_fill: into @pick, whose order stays as it is. */
void cam_prediction_filter_fill           (CamPredictionFilter *self, CamPick *pick);
void cam_prediction_filter_set_finding    (CamPredictionFilter *self, int finding);
/* cam_prediction_filter_set_count: how many are left. */
void cam_prediction_filter_set_count      (CamPredictionFilter *self, gsize n_shown, gsize n_all);

G_END_DECLS
