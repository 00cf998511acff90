/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The learning rate of a run under way, and where it is changed. The run alone is changed, not the document: what Undo undoes stays the same.
 *
 * Signal: "rate" (double): the person chose another. */
#pragma once

#include <adwaita.h>

#include "cam-run-facts.h"

G_BEGIN_DECLS

#define CAM_TYPE_RATE_CARD (cam_rate_card_get_type ())
G_DECLARE_FINAL_TYPE (CamRateCard, cam_rate_card, CAM, RATE_CARD, AdwBin)

GtkWidget *cam_rate_card_new   (void);
/* cam_rate_card_show: visible while the run is under way. A number that is being typed is left alone. */
void       cam_rate_card_show  (CamRateCard *self, const CamRunFacts *facts);
void       cam_rate_card_focus (CamRateCard *self);     /* to type a rate */

G_END_DECLS
