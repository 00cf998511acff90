/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The experiment as a Keras script: follows every edit, marks the lines of the chosen layer, and tells which layer's line was clicked. Reads only while it is on the screen.
 * Properties: "session" (CamSession) · "selected" (int, −1: none; notifies): the layer whose lines are marked. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_CODE_PANEL (cam_code_panel_get_type ())
G_DECLARE_FINAL_TYPE (CamCodePanel, cam_code_panel, CAM, CODE_PANEL, AdwBin)

/* cam_code_panel_dup_text: what is shown. g_free(). */
char *cam_code_panel_dup_text (CamCodePanel *self);

G_END_DECLS
