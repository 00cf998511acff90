/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of one column, and how it is used. Properties "session" (CamSession) and "column" (int, −1: none). */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_COLUMN_INSPECTOR (cam_column_inspector_get_type ())
G_DECLARE_FINAL_TYPE (CamColumnInspector, cam_column_inspector, CAM, COLUMN_INSPECTOR, AdwBin)

G_END_DECLS
