/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page where a network is trained: settings, live curves, figures and progress of the latest run. Property "session" (CamSession, set once).
 * Action: train.pause (Pause and Resume). */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_TRAIN_PAGE (cam_train_page_get_type ())
G_DECLARE_FINAL_TYPE (CamTrainPage, cam_train_page, CAM, TRAIN_PAGE, AdwBin)

GtkWidget *cam_train_page_new (CamSession *session);

G_END_DECLS
