/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page where a network is trained: settings, live curves, figures and progress of the latest run. Property "session" (CamSession, set once).
 * Actions: train.pause (Pause and Resume, Ctrl+P) · train.one-more (one epoch more, Ctrl+E: of a run under way up to its next pause) · train.more (u; epochs more of a run that has
 * ended) · train.ask-more (asks how many, Ctrl+Shift+E) · train.go-on (a run cut short, to its end) · train.rate (to where a rate is typed, Ctrl+L) · train.open-folder. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_TRAIN_PAGE (cam_train_page_get_type ())
G_DECLARE_FINAL_TYPE (CamTrainPage, cam_train_page, CAM, TRAIN_PAGE, AdwBin)

GtkWidget *cam_train_page_new (CamSession *session);
/* cam_train_page_evaluate: shows @run, whichever it is, and what it is worth; until another run begins. */
void       cam_train_page_evaluate (CamTrainPage *self, CamRunItem *run);

G_END_DECLS
