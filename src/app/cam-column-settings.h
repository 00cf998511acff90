/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of the chosen columns: role, kind and preparation, for one or for many at once. Shows what is in force, defaults included; where the columns differ it says so.
 * Choices are those that the document allows. Property "columns" (CamColumns). */
#pragma once

#include <adwaita.h>

#include "cam-columns.h"

G_BEGIN_DECLS

#define CAM_TYPE_COLUMN_SETTINGS (cam_column_settings_get_type ())
G_DECLARE_FINAL_TYPE (CamColumnSettings, cam_column_settings, CAM, COLUMN_SETTINGS, AdwBin)

G_END_DECLS
