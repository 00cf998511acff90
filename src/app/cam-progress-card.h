/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The foot of the Train page: how far a run is, how fast, and what can be done with it. Its buttons are actions of the page and the window:
 * train.pause, train.one-more, train.more (u), win.stop, win.save-model. */
#pragma once

#include <adwaita.h>

#include "cam-run-facts.h"

G_BEGIN_DECLS

#define CAM_TYPE_PROGRESS_CARD (cam_progress_card_get_type ())
G_DECLARE_FINAL_TYPE (CamProgressCard, cam_progress_card, CAM, PROGRESS_CARD, AdwBin)

GtkWidget *cam_progress_card_new       (void);

/* cam_progress_card_show_waiting: no run yet; @title, and @hint at its right. */
void       cam_progress_card_show_waiting (CamProgressCard *self, const char *title, const char *hint);
void       cam_progress_card_show_run  (CamProgressCard *self, const CamRunFacts *facts, const CamProgress *progress);   /* @progress NULL: not under way */

/* cam_progress_card_ask_more: opens the question how many epochs more; nothing where the run cannot go on. */
void       cam_progress_card_ask_more  (CamProgressCard *self);

G_END_DECLS
