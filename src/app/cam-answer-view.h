/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer to one row: a gauge for two classes, bars for more and for labels, numbers for what is measured. Its parts are made once for a model and then only change, so that it can follow
 * every move of a slider. */
#pragma once

#include <adwaita.h>

#include <cam-model.h>

G_BEGIN_DECLS

#define CAM_TYPE_ANSWER_VIEW (cam_answer_view_get_type ())
G_DECLARE_FINAL_TYPE (CamAnswerView, cam_answer_view, CAM, ANSWER_VIEW, AdwBin)

/* cam_answer_view_set_model: @form: what its answers are called: of cam_model_describe_answers(); both borrowed as long as they are set; NULL: nothing to show. */
void cam_answer_view_set_model   (CamAnswerView *self, const CamModel *model, const CamPredictions *form);
/* cam_answer_view_set_outputs: one row of them, in the units of CamPredictions. */
void cam_answer_view_set_outputs (CamAnswerView *self, const float *outputs);
/* cam_answer_view_set_problem: why there is no answer. */
void cam_answer_view_set_problem (CamAnswerView *self, const char *problem);
/* cam_answer_view_dup_text: the answer in words: "setosa, 98.2 %". g_free(). */
char *cam_answer_view_dup_text   (CamAnswerView *self);

G_END_DECLS
