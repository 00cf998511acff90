/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans as files, opened and saved from a study's dialog. */
#include "cam-study-dialog-private.h"

#include <glib/gi18n-lib.h>

static void
fail (CamStudyDialog *self,
      const char     *title,
      const GError   *error)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), title, error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
response_cb (CamStudyDialog  *self,
             int              response,
             GtkNativeDialog *chooser)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr(GError) error = NULL;

  if (path == NULL)
    return;
  if (gtk_file_chooser_get_action (GTK_FILE_CHOOSER (chooser)) == GTK_FILE_CHOOSER_ACTION_SAVE)
    {
      if (!cam_study_dialog_save (self, path, &error))
        fail (self, _("The plan could not be saved"), error);
    }
  else if (!cam_study_dialog_open (self, path, &error))
    fail (self, _("The plan could not be opened"), error);
}

static void
choose_file (CamStudyDialog       *self,
             const char           *title,
             GtkFileChooserAction  action)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_filter_set_name (filter, _("Plans (JSON)"));
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    {
      g_autofree char *name = g_strdelimit (g_strconcat (gtk_editable_get_text (GTK_EDITABLE (self->name_row)), ".json", NULL), "/\\:", '-');

      gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
    }
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
open_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  choose_file (CAM_STUDY_DIALOG (widget), _("Open Plan"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  choose_file (CAM_STUDY_DIALOG (widget), _("Save Plan"), GTK_FILE_CHOOSER_ACTION_SAVE);
}

void
cam_study_dialog_install_files (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "plan.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "plan.save", NULL, save_cb);
}
