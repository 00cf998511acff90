/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores as cards beside each other, each with its interval and what would be reached without a network; and as rows of a card of figures. */
#pragma once

#include <cam-evaluation.h>

#include "cam-figure-card.h"

G_BEGIN_DECLS

#define CAM_SCORE_STRIP_MOST 6

/* cam_score_strip_fill: the first ones, up to six. Cards are made once and then only change their texts, so that they can follow a slider. */
void cam_score_strip_fill      (GtkFlowBox *box, const CamEvaluation *evaluation, const CamScore *const *scores, guint n);
void cam_score_strip_fill_card (CamFigureCard *card, const CamScore *const *scores, guint n);

G_END_DECLS
