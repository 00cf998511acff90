/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The script is written anew, when idle, after each change; its text is exchanged only where it differs, so that a selection in it stays. */
#include "cam-code-panel.h"

#include <cam-keras-script.h>
#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#include "cam-window.h"

struct _CamCodePanel
{
  AdwBin           parent_instance;

  /* owned */
  CamSession      *session;
  CamScript       *script;        /* NULL: nothing to show */
  guint            idle;
  int              selected;
  gboolean         is_marking;    /* the cursor moves by itself */

  /* template children */
  GtkSourceView   *view;
  GtkSourceBuffer *buffer;
  GtkDropDown     *scope;
  GtkStack        *stack;
  GtkLabel        *empty;
};

G_DEFINE_FINAL_TYPE (CamCodePanel, cam_code_panel, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_SELECTED, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* Lines and layers -------------------------------------------------------------------------------------------------- */

static const CamScriptPart *
find_part (CamCodePanel *self,
           int           layer)
{
  g_autofree char *path = layer < 0 ? g_strdup ("data/input") : g_strdup_printf ("network/%d", layer);

  for (guint i = 0; self->script != NULL && i < self->script->parts->len; i++)
    {
      const CamScriptPart *part = self->script->parts->pdata[i];

      if (g_str_equal (part->path, path))
        return part;
    }
  return NULL;
}

/* The layer that a line is of; −1: none. */
static int
layer_of_line (CamCodePanel *self,
               guint         line)
{
  for (guint i = 0; self->script != NULL && i < self->script->parts->len; i++)
    {
      const CamScriptPart *part = self->script->parts->pdata[i];

      if (line >= part->first && line < part->first + part->n_lines && g_str_has_prefix (part->path, "network/"))
        return atoi (part->path + strlen ("network/"));
    }
  return -1;
}

static void
mark_lines (CamCodePanel *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  const CamScriptPart *part = self->selected >= 0 ? find_part (self, self->selected) : NULL;
  GtkTextIter start, end;
  GdkRectangle place;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, "chosen", &start, &end);
  if (part == NULL)
    return;
  gtk_text_buffer_get_iter_at_line (buffer, &start, (int) part->first);
  gtk_text_buffer_get_iter_at_line (buffer, &end, (int) (part->first + part->n_lines));
  gtk_text_buffer_apply_tag_by_name (buffer, "chosen", &start, &end);

  /* Downwards only: the line's beginning stays in sight. */
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self->view), &start, &place);
  gtk_adjustment_clamp_page (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)), place.y - 2 * place.height, place.y + 4 * place.height);
}

/* Writing ----------------------------------------------------------------------------------------------------------- */

static void
write_script (CamCodePanel *self)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  g_autoptr(GError) error = NULL;
  g_autofree char *old = cam_code_panel_dup_text (self);

  g_clear_pointer (&self->script, cam_keras_script_free);
  if (experiment != NULL)
    self->script = cam_keras_script_new (experiment, cam_session_get_dataset (self->session), cam_session_get_dialect (self->session),
                                         gtk_drop_down_get_selected (self->scope) == 0 ? CAM_SCRIPT_NETWORK : CAM_SCRIPT_EXPERIMENT, &error);
  gtk_stack_set_visible_child_name (self->stack, self->script != NULL ? "code" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "code.copy", self->script != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "code.save", self->script != NULL);
  if (self->script == NULL)
    {
      gtk_label_set_label (self->empty, error != NULL ? error->message : _("Open data or a sample; its network stands here as Keras code."));
      return;
    }

  if (g_strcmp0 (old, self->script->text) != 0)
    {
      self->is_marking = TRUE;
      gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), self->script->text, -1);
      self->is_marking = FALSE;
    }
  mark_lines (self);
}

static gboolean
idle_cb (gpointer user_data)
{
  CamCodePanel *self = user_data;

  self->idle = 0;
  write_script (self);
  return G_SOURCE_REMOVE;
}

static void
update (CamCodePanel *self)
{
  if (self->idle == 0 && self->session != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->idle = g_idle_add (idle_cb, self);
}

/* A click or the arrow keys chose a line. */
static void
cursor_cb (CamCodePanel *self)
{
  GtkTextIter cursor;
  int layer;

  if (self->is_marking)
    return;
  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &cursor, gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)));
  layer = layer_of_line (self, (guint) gtk_text_iter_get_line (&cursor));
  if (layer >= 0 && layer != self->selected)
    g_object_set (self, "selected", layer, NULL);
}

/* Taking it home ---------------------------------------------------------------------------------------------------- */

static void
toast (CamCodePanel *self,
       const char   *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (CAM_IS_WINDOW (root))
    cam_window_toast (CAM_WINDOW (root), text);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamCodePanel *self = CAM_CODE_PANEL (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->script->text);
  toast (self, _("Code copied"));
}

/* The file is the whole experiment, whatever is shown. */
static gboolean
save_script (CamCodePanel  *self,
             const char    *path,
             GError       **error)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  g_autoptr(CamScript) script = NULL;

  if (experiment == NULL)
    return TRUE;
  script = cam_keras_script_new (experiment, cam_session_get_dataset (self->session), cam_session_get_dialect (self->session), CAM_SCRIPT_EXPERIMENT, error);
  return script != NULL && cam_keras_script_save (script, path, error);
}

static void
response_cb (CamCodePanel         *self,
             int                   response,
             GtkFileChooserNative *chooser)
{
  g_autoptr(GFile) file = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT && (file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))) != NULL && (path = g_file_get_path (file)) != NULL)
    {
      g_autofree char *name = g_filename_display_basename (path);
      g_autofree char *text = NULL;

      if (save_script (self, path, &error))
        text = g_strdup_printf (_("Saved “%s”"), name);
      else
        text = g_strdup_printf (_("“%s” was not saved: %s"), name, error->message);
      toast (self, text);
    }
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (chooser));
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamCodePanel *self = CAM_CODE_PANEL (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save Script"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), "experiment.py");
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Looks ------------------------------------------------------------------------------------------------------------- */

static void
follow_theme (CamCodePanel *self)
{
  const gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleScheme *scheme = gtk_source_style_scheme_manager_get_scheme (gtk_source_style_scheme_manager_get_default (), is_dark ? "Adwaita-dark" : "Adwaita");
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (self->buffer)), "chosen");
  const GdkRGBA colour = is_dark ? (GdkRGBA) { 0.43f, 0.66f, 1.f, 0.22f } : (GdkRGBA) { 0.15f, 0.39f, 0.92f, 0.12f };

  gtk_source_buffer_set_style_scheme (self->buffer, scheme);
  g_object_set (tag, "paragraph-background-rgba", &colour, NULL);
}

/* Overrides --------------------------------------------------------------------------------------------------------- */

static void
take_session (CamCodePanel *self,
              CamSession   *session)
{
  if (session == NULL || self->session != NULL)
    return;
  self->session = g_object_ref (session);
  g_signal_connect_object (cam_session_get_document (session), "notify::experiment", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::dataset", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
cam_code_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cam_code_panel_parent_class)->map (widget);
  update (CAM_CODE_PANEL (widget));
}

static void
cam_code_panel_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CamCodePanel *self = CAM_CODE_PANEL (object);

  if (prop_id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (prop_id == PROP_SELECTED)
    g_value_set_int (value, self->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_code_panel_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  CamCodePanel *self = CAM_CODE_PANEL (object);

  if (prop_id == PROP_SESSION)
    take_session (self, g_value_get_object (value));
  else if (prop_id == PROP_SELECTED)
    {
      if (self->selected == g_value_get_int (value))
        return;
      self->selected = g_value_get_int (value);
      mark_lines (self);
      g_object_notify_by_pspec (object, pspec);
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_code_panel_dispose (GObject *object)
{
  CamCodePanel *self = CAM_CODE_PANEL (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->script, cam_keras_script_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cam_code_panel_parent_class)->dispose (object);
}

static void
cam_code_panel_class_init (CamCodePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cam_code_panel_get_property;
  object_class->set_property = cam_code_panel_set_property;
  object_class->dispose = cam_code_panel_dispose;
  widget_class->map = cam_code_panel_map;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED] = g_param_spec_int ("selected", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-code-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, CamCodePanel, view);
  gtk_widget_class_bind_template_child (widget_class, CamCodePanel, buffer);
  gtk_widget_class_bind_template_child (widget_class, CamCodePanel, scope);
  gtk_widget_class_bind_template_child (widget_class, CamCodePanel, stack);
  gtk_widget_class_bind_template_child (widget_class, CamCodePanel, empty);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, cursor_cb);

  gtk_widget_class_install_action (widget_class, "code.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "code.save", NULL, save_cb);
}

static void
cam_code_panel_init (CamCodePanel *self)
{
  self->selected = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), "chosen", NULL);
  gtk_source_buffer_set_language (self->buffer, gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), "python3"));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (follow_theme), self, G_CONNECT_SWAPPED);
  follow_theme (self);
}

char *
cam_code_panel_dup_text (CamCodePanel *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
}
