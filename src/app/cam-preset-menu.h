/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The presets that suit the session's data, each with what it is good for and how many parameters it has. Made anew each time it opens. Choosing one replaces the network, in one step.
 * Property: "session" (CamSession). Signal: "chosen" (): one has been. */
#pragma once

#include <gtk/gtk.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_PRESET_MENU (cam_preset_menu_get_type ())
G_DECLARE_FINAL_TYPE (CamPresetMenu, cam_preset_menu, CAM, PRESET_MENU, GtkPopover)

G_END_DECLS
