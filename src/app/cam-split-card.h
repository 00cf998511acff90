/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card that shows and sets how rows are split. Property "session" (CamSession). */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_SPLIT_CARD (cam_split_card_get_type ())
G_DECLARE_FINAL_TYPE (CamSplitCard, cam_split_card, CAM, SPLIT_CARD, AdwBin)

/* cam_split_card_set_title_room: @room: 0: the title stands at the head, and all else below it; more: so much room is left there for what stands in the title's place, and the card lies
 * flat, its settings at the left of the bar. */
void cam_split_card_set_title_room (CamSplitCard *self, int room);

G_END_DECLS
