/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the scores of an evaluation are called, and their values as people read them. Any thread; texts are translated. */
#pragma once

#include <cam-evaluation.h>

G_BEGIN_DECLS

const char *cam_score_name  (CamScoreKind kind);                 /* "Accuracy" */
const char *cam_score_brief (CamScoreKind kind);                 /* in a narrow column: "RMSE" */
const char *cam_score_hint  (CamScoreKind kind);                 /* what it is, in a sentence */
/* cam_score_text: "0.922"; MAPE as "3.1 %"; errors in their units; "–" for what is not finite. g_free(). */
char       *cam_score_text  (CamScoreKind kind, double value);

G_END_DECLS
