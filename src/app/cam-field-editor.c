/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rows of settings have in common. */
#include "cam-field-editor.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

G_DEFINE_INTERFACE (CamFieldEditor, cam_field_editor, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
cam_field_editor_default_init (CamFieldEditorInterface *iface)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

const CamField *
cam_field_editor_get_field (CamFieldEditor *self)
{
  g_return_val_if_fail (CAM_IS_FIELD_EDITOR (self), NULL);

  return CAM_FIELD_EDITOR_GET_IFACE (self)->get_field (self);
}

void
cam_field_editor_set_value (CamFieldEditor *self,
                            const json_t   *value)
{
  g_return_if_fail (CAM_IS_FIELD_EDITOR (self));

  CAM_FIELD_EDITOR_GET_IFACE (self)->set_value (self, value);
}

json_t *
cam_field_editor_dup_value (CamFieldEditor *self)
{
  g_return_val_if_fail (CAM_IS_FIELD_EDITOR (self), NULL);

  return CAM_FIELD_EDITOR_GET_IFACE (self)->dup_value (self);
}

void
cam_field_editor_emit_changed (CamFieldEditor *self)
{
  g_return_if_fail (CAM_IS_FIELD_EDITOR (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

void
cam_field_editor_prepare_row (CamFieldEditor *self,
                              const char     *title,
                              GtkWidget      *control)
{
  const char *hint = cam_field_editor_get_field (self)->hint;

  /* The title is plain text: a "<" in it is a "<". */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  if (hint != NULL)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), _(hint));
  gtk_widget_add_css_class (GTK_WIDGET (self), "cam-field");
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hint != NULL ? _(hint) : "", -1);
}

void
cam_field_editor_mark (CamFieldEditor *self,
                       GtkWidget      *control,
                       const char     *reason)
{
  g_return_if_fail (ADW_IS_ACTION_ROW (self));

  if (reason != NULL)
    {
      gtk_widget_add_css_class (control, "error");
      gtk_widget_add_css_class (GTK_WIDGET (self), "cam-wrong");
    }
  else
    {
      gtk_widget_remove_css_class (control, "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self), "cam-wrong");
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), reason != NULL ? reason : "");
  gtk_accessible_update_state (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_STATE_INVALID,
                               reason != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

char *
cam_field_reason (const CamField *field,
                  const json_t   *value)
{
  g_autoptr(GError) error = NULL;
  const char *text;

  if (cam_field_check (field, value, "", &error))
    return NULL;

  /* The row says where it is. */
  text = error->message;
  while (*text == ':' || *text == ' ')
    text++;

  return g_strdup (text);
}
