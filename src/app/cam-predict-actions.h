/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of the Predict page share: cam-predict-actions.c has what is done with files. */
#pragma once

#include "cam-one-row.h"
#include "cam-predict-page.h"
#include "cam-prediction-table.h"

G_BEGIN_DECLS

void cam_predict_install_actions   (GtkWidgetClass *widget_class);
/* cam_predict_page_ask: about other rows; @path of a file; @renames (nullable): taken, of CamTableRename. */
void cam_predict_page_ask          (CamPredictPage *self, CamRowsKind kind, const char *path, GPtrArray *renames);
/* cam_predict_page_drop: of a GtkDropTarget for files. */
gboolean cam_predict_page_drop     (CamPredictPage *self, const GValue *value);
CamPredictionTable *cam_predict_page_get_table   (CamPredictPage *self);
CamOneRow          *cam_predict_page_get_one_row (CamPredictPage *self);
CamModelChoice     *cam_predict_page_get_choice  (CamPredictPage *self);
/* cam_predict_page_take_choice: a model that is new, and is asked from now on. */
void cam_predict_page_take_choice  (CamPredictPage *self, CamModelChoice *choice);

G_END_DECLS
