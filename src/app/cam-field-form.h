/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows for a whole table of settings, within a list or an expander row of somebody else's: the usual ones in the open, the others behind “More settings”.
 * It makes the rows, fills them and hears of changes.
 *
 * Signals: "changed" (CamField *field, json_t *value; both borrowed): the person chose another value · "built" (CamFieldEditor *): a row was made, to be added to ·
 *   "propose" (CamField *field, class_name, config): see CamFieldPicker. */
#pragma once

#include "cam-field-editor.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_FIELD_FORM_WHOLE,   /* advanced settings behind “More settings” */
  CAM_FIELD_FORM_SHORT,   /* advanced settings only where they are not the usual ones: for the few settings of a variant */
} CamFieldFormStyle;

/* Options of an OBJECT field, of CamFieldOption; (transfer full). NULL: it is left out. */
typedef GArray *(*CamFieldOptionsFunc) (const CamField *field, gpointer user_data);

#define CAM_TYPE_FIELD_FORM (cam_field_form_get_type ())
G_DECLARE_FINAL_TYPE (CamFieldForm, cam_field_form, CAM, FIELD_FORM, GObject)

/* cam_field_form_new: @host: a GtkListBox, where the rows come after @after (NULL: first), or an AdwExpanderRow. It must outlive the form. */
CamFieldForm   *cam_field_form_new         (GtkWidget *host, GtkWidget *after);
/* cam_field_form_set_style: before the first cam_field_form_set_fields(). @n_open: plain settings in the open at most. */
void            cam_field_form_set_style   (CamFieldForm *self, CamFieldFormStyle style, guint n_open);
void            cam_field_form_set_options (CamFieldForm *self, CamFieldOptionsFunc func, gpointer user_data);
/* cam_field_form_leave_out: keys for which there is no row. NULL-terminated, borrowed. */
void            cam_field_form_leave_out   (CamFieldForm *self, const char *const *keys);

/* cam_field_form_set_fields: other rows, where @fields (borrowed; NULL: none) is another table. */
void            cam_field_form_set_fields  (CamFieldForm *self, const CamField *fields);
/* cam_field_form_show: @config: completed; NULL: the defaults. No signal. Returns how many rows there are to see, “More settings” among them. */
guint           cam_field_form_show        (CamFieldForm *self, const json_t *config);
CamFieldEditor *cam_field_form_find        (CamFieldForm *self, const char *key);   /* NULL: none */

G_END_DECLS
