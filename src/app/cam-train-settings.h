/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The left pane of the Train page: optimizer, objective and fit, each row an edit of the document that can be undone. Property "session" (CamSession, set once).
 * The rows follow the document, whoever changes it. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_TRAIN_SETTINGS (cam_train_settings_get_type ())
G_DECLARE_FINAL_TYPE (CamTrainSettings, cam_train_settings, CAM, TRAIN_SETTINGS, AdwBin)

GtkWidget *cam_train_settings_new (CamSession *session);

G_END_DECLS
