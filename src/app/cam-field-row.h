/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for one setting of a field table: a spin button, a switch or a drop-down, with the setting's title, hint, range
 * and steps. A number may be typed as 1e-3 or 0,001; what is typed counts as soon as it is a valid number.
 *
 * Signals: "changed" (): the person chose another value; cam_field_row_dup_value() has it. */
#pragma once

#include <adwaita.h>

#include <cam-field.h>

G_BEGIN_DECLS

#define CAM_TYPE_FIELD_ROW (cam_field_row_get_type ())
G_DECLARE_FINAL_TYPE (CamFieldRow, cam_field_row, CAM, FIELD_ROW, AdwActionRow)

/* cam_field_row_new: @field is borrowed for the life of the row: an entry of a table that stays. */
GtkWidget      *cam_field_row_new       (const CamField *field);
const CamField *cam_field_row_get_field (CamFieldRow *self);

/* cam_field_row_set_value: shows @value (borrowed; null or NULL: none, where the setting allows it, else its default).
 * No signal. A number being typed is left as it is typed where it means the same. */
void            cam_field_row_set_value (CamFieldRow *self, const json_t *value);

/* cam_field_row_dup_value: what is chosen, always valid for the field. New reference. */
json_t         *cam_field_row_dup_value (CamFieldRow *self);

G_END_DECLS
