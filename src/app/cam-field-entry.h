/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for a setting that is typed as text: a list of numbers, pairs, a name. What is typed counts when Return is pressed or the focus leaves; what cannot be is told at once. */
#pragma once

#include "cam-field-editor.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CAM_TYPE_FIELD_ENTRY (cam_field_entry_get_type ())
G_DECLARE_FINAL_TYPE (CamFieldEntry, cam_field_entry, CAM, FIELD_ENTRY, AdwActionRow)

/* cam_field_entry_new: @field is borrowed: INTS, FLOATS, PAIRS or TEXT. */
GtkWidget *cam_field_entry_new (const CamField *field);
/* cam_field_entry_set_placeholder: what holds where nothing is typed; it stands there dimmed, instead of “none”. */
void       cam_field_entry_set_placeholder (CamFieldEntry *self, const char *text);

G_END_DECLS
