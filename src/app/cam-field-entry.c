/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for a setting that is typed as text. */
#include "cam-field-entry.h"

#include <glib/gi18n-lib.h>

#include "cam-field-text.h"

#define LIST_CHARS 9
#define TEXT_CHARS 12

struct _CamFieldEntry
{
  AdwActionRow    parent_instance;

  /* borrowed */
  const CamField *field;

  json_t         *value;        /* owned */
  gboolean        has_placeholder;
  gboolean        is_showing;   /* the entry is made to show @value: its signals are ours */

  /* children */
  GtkWidget      *entry;
};

static void cam_field_entry_iface_init (CamFieldEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CamFieldEntry, cam_field_entry, ADW_TYPE_ACTION_ROW,
                               G_IMPLEMENT_INTERFACE (CAM_TYPE_FIELD_EDITOR, cam_field_entry_iface_init))

static void
show (CamFieldEntry *self)
{
  g_autofree char *text = self->has_placeholder && json_is_null (self->value) ? g_strdup ("") : cam_field_text (self->field, self->value);

  self->is_showing = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->is_showing = FALSE;
  cam_field_editor_mark (CAM_FIELD_EDITOR (self), self->entry, NULL);
}

static void
text_changed_cb (CamFieldEntry *self)
{
  g_autofree char *reason = NULL;
  g_autoptr(json_t) value = NULL;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  /* A field just emptied is about to be filled. */
  if (self->is_showing || *text == '\0')
    return;
  value = cam_field_text_parse (self->field, text, &reason);
  cam_field_editor_mark (CAM_FIELD_EDITOR (self), self->entry, reason);
}

/* What cannot be gives way to what was there. */
static void
commit_cb (CamFieldEntry *self)
{
  g_autofree char *reason = NULL;
  g_autoptr(json_t) value = cam_field_text_parse (self->field, gtk_editable_get_text (GTK_EDITABLE (self->entry)), &reason);
  gboolean is_other = value != NULL && !json_equal (value, self->value);

  if (is_other)
    {
      json_decref (self->value);
      self->value = g_steal_pointer (&value);
    }
  show (self);
  if (is_other)
    cam_field_editor_emit_changed (CAM_FIELD_EDITOR (self));
}

/* Editor ----------------------------------------------------------------------------------------------------------- */

static const CamField *
cam_field_entry_get_field (CamFieldEditor *editor)
{
  return CAM_FIELD_ENTRY (editor)->field;
}

static void
cam_field_entry_set_value (CamFieldEditor *editor,
                           const json_t   *value)
{
  CamFieldEntry *self = CAM_FIELD_ENTRY (editor);
  g_autoptr(json_t) wanted = value != NULL && cam_field_check (self->field, value, "", NULL) ? json_deep_copy (value) : cam_fields_default (self->field);

  if (self->value != NULL && json_equal (self->value, wanted))
    return;
  json_decref (self->value);
  self->value = g_steal_pointer (&wanted);
  show (self);
}

static json_t *
cam_field_entry_dup_value (CamFieldEditor *editor)
{
  return json_deep_copy (CAM_FIELD_ENTRY (editor)->value);
}

static void
cam_field_entry_iface_init (CamFieldEditorInterface *iface)
{
  iface->get_field = cam_field_entry_get_field;
  iface->set_value = cam_field_entry_set_value;
  iface->dup_value = cam_field_entry_dup_value;
}

static void
cam_field_entry_finalize (GObject *object)
{
  json_decref (CAM_FIELD_ENTRY (object)->value);
  G_OBJECT_CLASS (cam_field_entry_parent_class)->finalize (object);
}

static void
cam_field_entry_class_init (CamFieldEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_field_entry_finalize;
}

static void
cam_field_entry_init (CamFieldEntry *self)
{
}

/* Texts that are usual: one step away. */
static void
add_suggestions (CamFieldEntry *self)
{
  g_autoptr(GtkListStore) store = gtk_list_store_new (1, G_TYPE_STRING);
  g_autoptr(GtkEntryCompletion) completion = gtk_entry_completion_new ();

  for (guint i = 0; self->field->choices[i] != NULL; i++)
    gtk_list_store_insert_with_values (store, NULL, -1, 0, self->field->choices[i], -1);
  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (store));
  gtk_entry_completion_set_text_column (completion, 0);
  gtk_entry_set_completion (GTK_ENTRY (self->entry), completion);
}

GtkWidget *
cam_field_entry_new (const CamField *field)
{
  CamFieldEntry *self;
  GtkEventController *focus = gtk_event_controller_focus_new ();
  int n_chars = field->type == CAM_FIELD_TEXT ? TEXT_CHARS : LIST_CHARS;

  g_return_val_if_fail (field->type == CAM_FIELD_INTS || field->type == CAM_FIELD_FLOATS || field->type == CAM_FIELD_PAIRS || field->type == CAM_FIELD_TEXT, NULL);

  self = g_object_new (CAM_TYPE_FIELD_ENTRY, NULL);
  self->field = field;
  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), n_chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), n_chars);
  if (field->type != CAM_FIELD_TEXT)
    gtk_widget_add_css_class (self->entry, "numeric");
  else if (field->choices != NULL)
    add_suggestions (self);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (commit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (commit_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, focus);
  cam_field_editor_prepare_row (CAM_FIELD_EDITOR (self), _(field->title), self->entry);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->entry);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->entry);
  cam_field_entry_set_value (CAM_FIELD_EDITOR (self), NULL);

  return GTK_WIDGET (self);
}

void
cam_field_entry_set_placeholder (CamFieldEntry *self,
                                 const char    *text)
{
  g_return_if_fail (CAM_IS_FIELD_ENTRY (self));
  g_return_if_fail (text != NULL);

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), text);
  self->has_placeholder = TRUE;
  if (json_is_null (self->value) && !gtk_widget_has_focus (GTK_WIDGET (self->entry)))
    show (self);
}
