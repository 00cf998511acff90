/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for one out of several things with settings of their own: a drop-down, below which the chosen one's settings unfold. What was set of one stays known while another is chosen.
 *
 * Signal: "propose" (class_name, config: json_t *, borrowed, to be changed): the person chose this one for the first time; its settings may be made to suit. */
#pragma once

#include "cam-field-editor.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  const char     *class_name;   /* "HeNormal" */
  const char     *name;         /* "he_normal": what the document has where all settings are the usual ones; NULL: always an object */
  const char     *title;        /* translated */
  const char     *note;         /* translated; or NULL */
  const CamField *fields;
} CamFieldOption;

#define CAM_TYPE_FIELD_PICKER (cam_field_picker_get_type ())
G_DECLARE_FINAL_TYPE (CamFieldPicker, cam_field_picker, CAM, FIELD_PICKER, AdwExpanderRow)

/* cam_field_picker_new: @field is borrowed: VARIANT, or OBJECT with @options (borrowed, copied; of CamFieldOption), which a VARIANT has itself. */
GtkWidget *cam_field_picker_new            (const CamField *field, const GArray *options);

/* cam_field_picker_get_number_row: where a plain number stands as well (CAM_FIELD_OR_NUMBER), the row that it is typed in, to be placed above this one. It shows and
 * hides itself. Borrowed; NULL: there is none. */
GtkWidget *cam_field_picker_get_number_row (CamFieldPicker *self);

G_END_DECLS
