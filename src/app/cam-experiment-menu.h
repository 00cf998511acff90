/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header's button with the name of the open experiment; behind it those of the workspace, to change to, name, copy, add and remove.
 *
 * Property: "session" (CamSession). Actions, on the window: win.new-experiment, win.duplicate-experiment. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_EXPERIMENT_MENU (cam_experiment_menu_get_type ())
G_DECLARE_FINAL_TYPE (CamExperimentMenu, cam_experiment_menu, CAM, EXPERIMENT_MENU, AdwBin)

G_END_DECLS
