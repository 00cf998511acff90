/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of the Predict page share: cam-predict-actions.c has what is done with files. */
#pragma once

#include "cam-predict-page.h"

G_BEGIN_DECLS

void cam_predict_install_actions   (GtkWidgetClass *widget_class);
/* cam_predict_page_take_choice: a model that is new, and is asked from now on. */
void cam_predict_page_take_choice  (CamPredictPage *self, CamModelChoice *choice);

G_END_DECLS
