/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for a number, a switch or a choice of a field table: a spin button, a switch or a drop-down, with the setting's title, hint, range
 * and steps. A number may be typed as 1e-3 or 0,001; what is typed counts as soon as it is a valid number. */
#pragma once

#include "cam-field-editor.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CAM_TYPE_FIELD_ROW (cam_field_row_get_type ())
G_DECLARE_FINAL_TYPE (CamFieldRow, cam_field_row, CAM, FIELD_ROW, AdwActionRow)

/* cam_field_row_new: @field is borrowed: INT, FLOAT, BOOL or CHOICE. */
GtkWidget *cam_field_row_new (const CamField *field);

G_END_DECLS
