/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model is: what it says, what it takes, its layers. For a model that was opened without its data. */
#pragma once

#include <adwaita.h>

#include <cam-model.h>

G_BEGIN_DECLS

#define CAM_TYPE_MODEL_CARD (cam_model_card_get_type ())
G_DECLARE_FINAL_TYPE (CamModelCard, cam_model_card, CAM, MODEL_CARD, AdwBin)

/* cam_model_card_set_model: borrowed during the call only; NULL: empty. */
void cam_model_card_set_model (CamModelCard *self, const CamModel *model);

G_END_DECLS
