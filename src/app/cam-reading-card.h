/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves of a run in words, each with a button for the change that may help. Not visible where there is nothing to say. */
#pragma once

#include <adwaita.h>

#include "cam-run-facts.h"

G_BEGIN_DECLS

#define CAM_TYPE_READING_CARD (cam_reading_card_get_type ())
G_DECLARE_FINAL_TYPE (CamReadingCard, cam_reading_card, CAM, READING_CARD, AdwBin)

GtkWidget *cam_reading_card_new  (void);
/* cam_reading_card_show: @facts NULL: no run. The changes are those of the session's document. */
void       cam_reading_card_show (CamReadingCard *self, CamSession *session, const CamRunFacts *facts);

G_END_DECLS
