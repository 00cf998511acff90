/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What shows one setting of a field table and lets a person change it: a row of a form. Signal: "changed" (): the person chose another value. */
#pragma once

#include <gtk/gtk.h>

#include <cam-field.h>

G_BEGIN_DECLS

#define CAM_TYPE_FIELD_EDITOR (cam_field_editor_get_type ())
G_DECLARE_INTERFACE (CamFieldEditor, cam_field_editor, CAM, FIELD_EDITOR, GtkWidget)

struct _CamFieldEditorInterface
{
  GTypeInterface   parent_interface;

  const CamField *(*get_field) (CamFieldEditor *self);
  void            (*set_value) (CamFieldEditor *self, const json_t *value);
  json_t         *(*dup_value) (CamFieldEditor *self);
};

const CamField *cam_field_editor_get_field    (CamFieldEditor *self);   /* borrowed for the life of the editor: an entry of a table that stays */
/* cam_field_editor_set_value: shows @value (borrowed, completed; null or NULL: none, where the setting allows it, else its default). No signal.
 * Where it means what is shown already, nothing moves: somebody may be typing. */
void            cam_field_editor_set_value    (CamFieldEditor *self, const json_t *value);
json_t         *cam_field_editor_dup_value    (CamFieldEditor *self);   /* new reference */

/* For those who implement it. */
void            cam_field_editor_emit_changed (CamFieldEditor *self);
/* cam_field_editor_prepare_row: title, hint and class of an AdwPreferencesRow; name and description of its control. */
void            cam_field_editor_prepare_row  (CamFieldEditor *self, const char *title, GtkWidget *control);
/* cam_field_editor_mark: an AdwActionRow tells why what stands in @control cannot be; NULL: it can. */
void            cam_field_editor_mark         (CamFieldEditor *self, GtkWidget *control, const char *reason);

/* cam_field_reason: why @value cannot be, in a sentence without a place: "“units” is 0; it must be at least 1 …". NULL: it can. g_free(). */
char           *cam_field_reason              (const CamField *field, const json_t *value);

G_END_DECLS
