/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card that shows and sets how rows are split. Property "session" (CamSession). */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_SPLIT_CARD (cam_split_card_get_type ())
G_DECLARE_FINAL_TYPE (CamSplitCard, cam_split_card, CAM, SPLIT_CARD, AdwBin)

G_END_DECLS
