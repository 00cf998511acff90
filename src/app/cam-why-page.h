/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a model says what it says: the columns it needs most, how its answer goes with one of them, and what in one row makes its answer. */
#pragma once

#include "cam-evaluation-view.h"

G_BEGIN_DECLS

typedef struct _CamWhyPage CamWhyPage;

CamWhyPage *cam_why_page_new      (CamEvaluationView *view, CamTrainBoard *board);
void        cam_why_page_free     (CamWhyPage *self);
/* cam_why_page_show: begins to work out what is not known of @sheet yet; NULL: it is not looked at, and work under way is given up. */
void        cam_why_page_show     (CamWhyPage *self, CamEvaluationSource *source, CamEvaluationSheet *sheet);
/* cam_why_page_show_row: of the sheet's evaluation; the worst one until then. */
void        cam_why_page_show_row (CamWhyPage *self, gsize sample);

G_END_DECLS
