/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chosen column: its picture, statistics and settings; of several columns, what they have in common. What must be counted is counted in a thread.
 * Property "columns" (CamColumns). */
#pragma once

#include <adwaita.h>

#include "cam-columns.h"

G_BEGIN_DECLS

#define CAM_TYPE_COLUMN_INSPECTOR (cam_column_inspector_get_type ())
G_DECLARE_FINAL_TYPE (CamColumnInspector, cam_column_inspector, CAM, COLUMN_INSPECTOR, AdwBin)

void cam_column_inspector_edit (CamColumnInspector *self);      /* the keyboard goes to the first setting */

G_END_DECLS
