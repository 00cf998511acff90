/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a study, by button, menu and key. */

#include "cam-study-view.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-window.h"

static void
say (CamStudyView *self,
     const char   *text,
     const char   *button,
     GtkWidget    *from,
     const char   *action)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (CAM_IS_WINDOW (root))
    cam_window_toast_with (CAM_WINDOW (root), text, button, from, action);
}

static void
fail (CamStudyView *self,
      const char   *title,
      const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (CAM_IS_WINDOW (root))
    cam_window_show_failure (CAM_WINDOW (root), title, error->message);
}

static GtkWindow *
get_window (CamStudyView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static CamStudy *
peek_study (CamStudyView *self)
{
  CamStudyItem *item = cam_study_view_get_item (self);

  return item != NULL ? cam_session_peek_study (cam_study_view_get_session (self), item) : NULL;
}

/* Its course --------------------------------------------------------------------------------------------------------- */

static void
pause_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  cam_session_pause_study (cam_study_view_get_session (CAM_STUDY_VIEW (widget)), cam_study_view_get_item (CAM_STUDY_VIEW (widget)));
}

static void
resume_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  cam_session_resume_study (cam_study_view_get_session (CAM_STUDY_VIEW (widget)), cam_study_view_get_item (CAM_STUDY_VIEW (widget)));
}

static void
cancel_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  cam_session_cancel_study (cam_study_view_get_session (CAM_STUDY_VIEW (widget)), cam_study_view_get_item (CAM_STUDY_VIEW (widget)));
}

/* Rename ------------------------------------------------------------------------------------------------------------- */

void
cam_study_view_rename (CamStudyView *self,
                       const char   *name)
{
  g_autofree char *clean = g_strstrip (g_strdup (name));

  g_return_if_fail (CAM_IS_STUDY_VIEW (self) && cam_study_view_get_item (self) != NULL);

  if (*clean != '\0')
    cam_session_rename_study (cam_study_view_get_session (self), cam_study_view_get_item (self), clean);
}

static void
rename_response_cb (CamStudyView     *self,
                    const char       *response,
                    AdwMessageDialog *dialog)
{
  if (g_strcmp0 (response, "rename") == 0 && cam_study_view_get_item (self) != NULL)
    cam_study_view_rename (self, gtk_editable_get_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog))));
}

static void
rename_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamStudyView *self = CAM_STUDY_VIEW (widget);
  GtkWidget *dialog = adw_message_dialog_new (get_window (self), _("Rename Study"), NULL);
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), cam_study_item_get_name (cam_study_view_get_item (self)));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "rename", _("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "rename", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (rename_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

/* Delete ------------------------------------------------------------------------------------------------------------- */

static CamStudyItem *
get_deleted (CamStudyView *self)
{
  return g_object_get_data (G_OBJECT (self), "deleted");
}

static void
delete_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamStudyView *self = CAM_STUDY_VIEW (widget);
  g_autoptr(CamStudyItem) item = g_object_ref (cam_study_view_get_item (self));
  g_autofree char *text = g_strdup_printf (_("Deleted the study “%s” and its runs"), cam_study_item_get_name (item));

  if (!cam_session_delete_study (cam_study_view_get_session (self), item))
    return;
  g_object_set_data_full (G_OBJECT (self), "deleted", g_object_ref (item), g_object_unref);
  cam_study_view_update_actions (self);
  say (self, text, _("_Undo"), widget, "study.restore");
}

static void
restore_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  CamStudyView *self = CAM_STUDY_VIEW (widget);

  if (get_deleted (self) != NULL && cam_session_restore_study (cam_study_view_get_session (self), get_deleted (self)))
    g_object_set_data (G_OBJECT (self), "deleted", NULL);
  cam_study_view_update_actions (self);
}

/* Adopt -------------------------------------------------------------------------------------------------------------- */

static void
adopt (CamStudyView *self,
       gboolean      is_refit)
{
  CamStudy *study = peek_study (self);
  CamDocument *document = cam_session_get_document (cam_study_view_get_session (self));
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  guint setting;

  if (study == NULL || !cam_study_find_winner (study, &setting) || cam_document_get_experiment (document) == NULL)
    return;
  experiment = cam_study_adopt (study, cam_document_get_experiment (document), is_refit, &error);
  if (experiment == NULL)
    {
      fail (self, _("The winner does not fit the open experiment"), error);
      return;
    }
  /* translators: the name of a step that can be undone; %s is a setting of a study: “tanh” */
  name = g_strdup_printf (is_refit ? _("Adopt %s and refit") : _("Adopt %s"), cam_plan_get_label (cam_study_get_plan (study), setting));
  if (!cam_document_replace (document, experiment, name))
    {
      text = g_strdup_printf (_("The experiment has %s already"), cam_plan_get_label (cam_study_get_plan (study), setting));
      say (self, text, NULL, NULL, NULL);
      return;
    }
  text = g_strdup_printf (_("%s is in the experiment"), cam_plan_get_label (cam_study_get_plan (study), setting));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "train");
  say (self, text, _("_Undo"), GTK_WIDGET (get_window (self)), "win.undo");
}

static void
adopt_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  adopt (CAM_STUDY_VIEW (widget), FALSE);
}

static void
refit_response_cb (CamStudyView *self,
                   const char   *response)
{
  if (g_strcmp0 (response, "adopt") == 0)
    adopt (self, TRUE);
}

static void
refit_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  CamStudyView *self = CAM_STUDY_VIEW (widget);
  CamStudy *study = peek_study (self);
  GtkWidget *dialog;
  g_autofree char *text = NULL;
  guint setting, epochs;

  if (study == NULL || !cam_study_find_winner (study, &setting))
    return;
  epochs = cam_study_find_epochs (study, setting);
  /* translators: %s is a setting of a study, %u a number of epochs */
  text = g_strdup_printf (ngettext ("%s is taken into the experiment, and the validation rows go back to training. There is no validation then: no curve of it, nothing to stop early by, and no "
                                    "score but that of the test rows, if there are any. It trains for %u epoch, the middle of where the runs of the study were best.",
                                    "%s is taken into the experiment, and the validation rows go back to training. There is no validation then: no curve of it, nothing to stop early by, and no "
                                    "score but that of the test rows, if there are any. It trains for %u epochs, the middle of where the runs of the study were best.", epochs),
                          cam_plan_get_label (cam_study_get_plan (study), setting), epochs);
  dialog = adw_message_dialog_new (get_window (self), _("Refit on all training data?"), text);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "adopt", _("_Adopt"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "adopt", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "adopt");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (refit_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Files -------------------------------------------------------------------------------------------------------------- */

gboolean
cam_study_view_save_table (CamStudyView  *self,
                           const char    *path,
                           GError       **error)
{
  CamStudy *study = peek_study (self);
  g_autofree char *text = study != NULL ? cam_study_to_csv (study) : NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  return g_file_set_contents (path, text, -1, error);
}

gboolean
cam_study_view_save_plan (CamStudyView  *self,
                          const char    *path,
                          GError       **error)
{
  CamPlan *plan = cam_study_item_get_plan (cam_study_view_get_item (self));
  g_autofree char *text = plan != NULL ? cam_plan_to_text (plan) : NULL;
  g_autoptr(json_t) json = text != NULL ? cam_json_parse (text, strlen (text), error) : NULL;
  g_autofree char *pretty = json != NULL ? cam_json_dump (json, TRUE) : NULL;

  return pretty != NULL && g_file_set_contents (path, pretty, -1, error);
}

typedef gboolean (*Save) (CamStudyView *self, const char *path, GError **error);

static void
chooser_response_cb (CamStudyView    *self,
                     int              response,
                     GtkNativeDialog *chooser)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  Save save = (Save) g_object_get_data (G_OBJECT (chooser), "save");

  if (path == NULL || cam_study_view_get_item (self) == NULL)
    return;
  if (!save (self, path, &error))
    {
      fail (self, _("The study could not be saved"), error);
      return;
    }
  text = g_strdup_printf (_("Saved as “%s”"), name);
  say (self, text, NULL, NULL, NULL);
}

static void
choose_file (CamStudyView *self,
             const char   *title,
             const char   *ending,
             Save          save)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, get_window (self), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = g_strdelimit (g_strconcat (cam_study_item_get_name (cam_study_view_get_item (self)), ending, NULL), "/\\:", '-');

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_object_set_data (G_OBJECT (chooser), "save", (gpointer) save);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chooser_response_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
save_table_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  choose_file (CAM_STUDY_VIEW (widget), _("Save Table of the Study"), ".csv", cam_study_view_save_table);
}

static void
save_plan_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  choose_file (CAM_STUDY_VIEW (widget), _("Save Plan"), ".json", cam_study_view_save_plan);
}

void
cam_study_view_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "study.pause", NULL, pause_cb);
  gtk_widget_class_install_action (widget_class, "study.resume", NULL, resume_cb);
  gtk_widget_class_install_action (widget_class, "study.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "study.rename", NULL, rename_cb);
  gtk_widget_class_install_action (widget_class, "study.delete", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "study.restore", NULL, restore_cb);
  gtk_widget_class_install_action (widget_class, "study.adopt", NULL, adopt_cb);
  gtk_widget_class_install_action (widget_class, "study.refit", NULL, refit_cb);
  gtk_widget_class_install_action (widget_class, "study.save-table", NULL, save_table_cb);
  gtk_widget_class_install_action (widget_class, "study.save-plan", NULL, save_plan_cb);
}

void
cam_study_view_update_actions (CamStudyView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  CamStudyItem *item = cam_study_view_get_item (self);
  CamStudyState state = item != NULL ? cam_study_item_get_state (item) : CAM_STUDY_FINISHED;
  gboolean is_there = item != NULL && cam_study_item_get_id (item) != 0;
  CamPlan *plan = item != NULL ? cam_study_item_get_plan (item) : NULL;
  gboolean has_winner = plan != NULL && (cam_plan_get_kind (plan) == CAM_STUDY_COMPARE || cam_plan_get_kind (plan) == CAM_STUDY_SEARCH) && cam_study_item_get_n_done (item) > 0;

  gtk_widget_action_set_enabled (widget, "study.pause", item != NULL && state == CAM_STUDY_RUNNING);
  gtk_widget_action_set_enabled (widget, "study.resume", item != NULL && (state == CAM_STUDY_PAUSED || state == CAM_STUDY_UNFINISHED));
  gtk_widget_action_set_enabled (widget, "study.cancel", item != NULL && state < CAM_STUDY_STOPPING);
  gtk_widget_action_set_enabled (widget, "study.rename", is_there);
  gtk_widget_action_set_enabled (widget, "study.delete", is_there && state > CAM_STUDY_STOPPING);
  gtk_widget_action_set_enabled (widget, "study.restore", get_deleted (self) != NULL);
  gtk_widget_action_set_enabled (widget, "study.adopt", has_winner);
  gtk_widget_action_set_enabled (widget, "study.refit", has_winner);
  gtk_widget_action_set_enabled (widget, "study.save-table", is_there);
  gtk_widget_action_set_enabled (widget, "study.save-plan", plan != NULL);
}
