/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The popover that corrects how a file is read. Property "session" (CamSession). */
#pragma once

#include <gtk/gtk.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_READ_AS (cam_read_as_get_type ())
G_DECLARE_FINAL_TYPE (CamReadAs, cam_read_as, CAM, READ_AS, GtkPopover)

G_END_DECLS
