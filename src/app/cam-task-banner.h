/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip that states the task in a sentence, with the target and a menu to override what was found. Properties: "session" (CamSession), "task" and "samples" (strings: the
 * document's words; "found" and "rows" where it says nothing). Actions: "task.kind", "task.samples" (with such a string), "task.settings". */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_TASK_BANNER (cam_task_banner_get_type ())
G_DECLARE_FINAL_TYPE (CamTaskBanner, cam_task_banner, CAM, TASK_BANNER, AdwBin)

G_END_DECLS
