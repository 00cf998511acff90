/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done in the window, by button, menu, key and from outside: each once, as an action, and one function
 * that says which of them can be done now. */

#include "cam-window-private.h"

#include <glib/gi18n-lib.h>

/* What follows a file chooser: kept apart from it, so that it can be called without one. */
typedef void (*CamChosen) (CamWindow *self, const char *path);

static void open_path (CamWindow *self, const char *path);

static void
chooser_response_cb (GtkNativeDialog *chooser,
                     int              response,
                     CamWindow       *self)
{
  g_autoptr(GFile) file = NULL;
  g_autofree char *path = NULL;
  CamChosen chosen = (CamChosen) g_object_get_data (G_OBJECT (chooser), "chosen");

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      path = file != NULL ? g_file_get_path (file) : NULL;
      if (g_object_get_data (G_OBJECT (chooser), "has-options") != NULL && g_strcmp0 (gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (chooser), "options"), "true") == 0)
        chosen = cam_window_import;
      if (path != NULL)
        chosen (self, path);
    }
  g_object_unref (chooser);
}

static void
choose (CamWindow            *self,
        const char           *title,
        GtkFileChooserAction  action,
        const char           *filter_name,
        const char *const    *patterns,
        const char           *proposal,
        gboolean              has_options,
        CamChosen             chosen)
{
  GtkFileChooserNative *chooser;
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();

  chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_filter_set_name (filter, filter_name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, patterns[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);
  if (proposal != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), proposal);
  if (has_options)
    {
      gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (chooser), "options", _("Import options…"), NULL, NULL);
      gtk_file_chooser_set_choice (GTK_FILE_CHOOSER (chooser), "options", "false");
      g_object_set_data (G_OBJECT (chooser), "has-options", chooser);
    }
  g_object_set_data (G_OBJECT (chooser), "chosen", (gpointer) chosen);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chooser_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
open_path (CamWindow  *self,
           const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  cam_window_open_file (self, file);
}

static void
open_csv_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  choose (user_data, _("Open CSV"), GTK_FILE_CHOOSER_ACTION_OPEN, _("Tables (CSV, TSV, text)"),
          (const char *const[]) { "csv", "tsv", "tab", "txt", "data", "gz", "idx", NULL }, NULL, TRUE, open_path);
}

static void
open_folder_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  choose (user_data, _("Open Folder of Pictures"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("Folders"), (const char *const[]) { NULL }, NULL, TRUE, open_path);
}

static void
import_options_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (cam_window_get_session (user_data)));

  if (experiment != NULL && cam_experiment_get_file (experiment) != NULL)
    cam_window_import (user_data, cam_experiment_get_file (experiment));
}

static void
import_path_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  cam_window_import (user_data, g_variant_get_string (parameter, NULL));
}

static void
paste_data_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  cam_window_paste (user_data);
}

static void
open_experiment_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  choose (user_data, _("Open Experiment"), GTK_FILE_CHOOSER_ACTION_OPEN, _("Experiments (JSON)"),
          (const char *const[]) { "json", NULL }, NULL, FALSE, open_path);
}

static void
open_workspace_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  choose (user_data, _("Open Workspace"), GTK_FILE_CHOOSER_ACTION_OPEN, _("Workspaces"),
          (const char *const[]) { "camadas", NULL }, NULL, FALSE, open_path);
}

static void
open_model_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  choose (user_data, _("Open Model"), GTK_FILE_CHOOSER_ACTION_OPEN, _("Keras models"), (const char *const[]) { "keras", "h5", "hdf5", NULL }, NULL, FALSE, open_path);
}

static void
open_path_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  open_path (user_data, g_variant_get_string (parameter, NULL));
}

static void
close_data_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  cam_window_close_all (user_data);
}

static char *
propose_name (CamWindow  *self,
              const char *ending)
{
  g_autofree char *title = NULL;

  g_object_get (cam_window_get_session (self), "title", &title, NULL);
  if (title == NULL)
    title = g_strdup ("camadas");
  g_strdelimit (title, "/\\:", '-');
  return g_strconcat (title, ending, NULL);
}

static void
tell_saved (CamWindow  *self,
            const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_("Saved as “%s”"), name);

  cam_window_toast (self, text);
}

/* The run whose model the menu saves: the session's latest, else the newest there is. New reference or NULL. */
static CamRunItem *
dup_run_to_save (CamWindow *self)
{
  CamSession *session = cam_window_get_session (self);
  CamRunItem *current = cam_session_get_current_run (session);

  if (current != NULL)
    return g_object_ref (current);
  return g_list_model_get_item (cam_session_get_runs (session), 0);
}

static void
save_model_to (CamWindow  *self,
               const char *path)
{
  g_autoptr(CamRunItem) run = dup_run_to_save (self);
  g_autoptr(CamModel) model = NULL;
  g_autoptr(GError) error = NULL;

  if (run == NULL)
    return;
  model = cam_session_load_model (cam_window_get_session (self), run, &error);
  if (model == NULL || !cam_model_save (model, path, &error))
    cam_window_show_failure (self, _("The model could not be saved"), error->message);
  else
    tell_saved (self, path);
}

static void
save_model_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  g_autofree char *name = propose_name (user_data, ".keras");

  choose (user_data, _("Save Model"), GTK_FILE_CHOOSER_ACTION_SAVE, _("Keras models"),
          (const char *const[]) { "keras", NULL }, name, FALSE, save_model_to);
}

static void
save_experiment_to (CamWindow  *self,
                    const char *path)
{
  CamSession *session = cam_window_get_session (self);
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (session));
  g_autoptr(GError) error = NULL;

  if (experiment == NULL)
    return;
  if (!cam_experiment_save (experiment, path, &error))
    cam_window_show_failure (self, _("The experiment could not be saved"), error->message);
  else
    tell_saved (self, path);
}

static void
save_experiment_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  g_autofree char *name = propose_name (user_data, ".json");

  choose (user_data, _("Save Experiment"), GTK_FILE_CHOOSER_ACTION_SAVE, _("Experiments (JSON)"),
          (const char *const[]) { "json", NULL }, name, FALSE, save_experiment_to);
}

static void
save_workspace_to (CamWindow  *self,
                   const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *full = g_str_has_suffix (path, ".camadas") ? g_strdup (path) : g_strconcat (path, ".camadas", NULL);

  if (!cam_session_save_workspace_as (cam_window_get_session (self), full, &error))
    cam_window_show_failure (self, _("The workspace could not be saved"), error->message);
  else
    tell_saved (self, full);
}

static void
save_workspace_as_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  g_autofree char *name = propose_name (user_data, ".camadas");

  choose (user_data, _("Save Workspace As"), GTK_FILE_CHOOSER_ACTION_SAVE, _("Workspaces"),
          (const char *const[]) { "camadas", NULL }, name, FALSE, save_workspace_to);
}

static void
new_experiment_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  cam_session_add_experiment (cam_window_get_session (user_data), FALSE);
}

static void
duplicate_experiment_cb (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  cam_session_add_experiment (cam_window_get_session (user_data), TRUE);
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  cam_document_undo (cam_session_get_document (cam_window_get_session (user_data)));
}

static void
redo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  cam_document_redo (cam_session_get_document (cam_window_get_session (user_data)));
}

static void
train_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  cam_session_train (cam_window_get_session (user_data));
}

static void
stop_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  cam_session_stop (cam_window_get_session (user_data));
}

static void
cancel_loading_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  cam_session_cancel_loading (cam_window_get_session (user_data));
}

static void
dismiss_failure_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  cam_window_show_failure (user_data, NULL, NULL);
}

static void
look_up_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  cam_window_look_up (user_data, (gsize) g_variant_get_uint64 (parameter));
}

/* The run with this number. */
static void
evaluate_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  GListModel *runs = cam_session_get_runs (cam_window_get_session (user_data));

  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, i);

      if (cam_run_item_get_id (run) == g_variant_get_int64 (parameter))
        cam_window_evaluate (user_data, run);
    }
}

static void
set_enabled (CamWindow  *self,
             const char *name,
             gboolean    is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

void
cam_window_update_actions (CamWindow *self)
{
  CamSession *session = cam_window_get_session (self);
  CamDocument *document = cam_session_get_document (session);
  gboolean has_data, can_train, is_busy, is_loading;
  g_autoptr(CamRunItem) run = dup_run_to_save (self);
  gboolean has_model = run != NULL && cam_run_item_get_record (run)->n_epochs > 0;

  g_object_get (session, "has-data", &has_data, "can-train", &can_train, "busy", &is_busy, "loading", &is_loading, NULL);
  set_enabled (self, "train", can_train && !is_busy);
  set_enabled (self, "stop", is_busy);
  /* One study may wait for another, or for a run. */
  set_enabled (self, "study", has_data && cam_session_get_dataset (session) != NULL && cam_session_get_problems (session)->len == 0);
  set_enabled (self, "undo", cam_document_get_undo_name (document) != NULL);
  set_enabled (self, "redo", cam_document_get_redo_name (document) != NULL);
  set_enabled (self, "save-model", has_data && (has_model || is_busy));
  set_enabled (self, "save-experiment", has_data);
  set_enabled (self, "save-workspace-as", has_data && !is_busy && cam_session_get_study (session) == NULL);
  set_enabled (self, "close-data", has_data || cam_window_has_model (self));
  set_enabled (self, "import-options", has_data);
  set_enabled (self, "new-experiment", has_data && !is_loading);
  set_enabled (self, "duplicate-experiment", has_data && !is_loading);
  set_enabled (self, "cancel-loading", is_loading);
}

void
cam_window_add_actions (CamWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "open-csv", .activate = open_csv_cb },
    { .name = "open-experiment", .activate = open_experiment_cb },
    { .name = "open-workspace", .activate = open_workspace_cb },
    { .name = "open-model", .activate = open_model_cb },
    { .name = "open-folder", .activate = open_folder_cb },
    { .name = "open-path", .activate = open_path_cb, .parameter_type = "s" },
    { .name = "import-options", .activate = import_options_cb },
    { .name = "import-path", .activate = import_path_cb, .parameter_type = "s" },
    { .name = "paste-data", .activate = paste_data_cb },
    { .name = "close-data", .activate = close_data_cb },
    { .name = "save-model", .activate = save_model_cb },
    { .name = "save-experiment", .activate = save_experiment_cb },
    { .name = "save-workspace-as", .activate = save_workspace_as_cb },
    { .name = "new-experiment", .activate = new_experiment_cb },
    { .name = "duplicate-experiment", .activate = duplicate_experiment_cb },
    { .name = "undo", .activate = undo_cb },
    { .name = "redo", .activate = redo_cb },
    { .name = "train", .activate = train_cb },
    { .name = "stop", .activate = stop_cb },
    { .name = "look-up-row", .activate = look_up_cb, .parameter_type = "t" },
    { .name = "evaluate", .activate = evaluate_cb, .parameter_type = "x" },
    { .name = "cancel-loading", .activate = cancel_loading_cb },
    { .name = "dismiss-failure", .activate = dismiss_failure_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  cam_window_add_study_actions (self);
}

GMenuModel *
cam_window_build_open_menu (CamSettings *settings)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) files = g_menu_new ();
  g_autoptr(GMenu) recent = g_menu_new ();
  g_autoptr(GMenu) home = g_menu_new ();
  g_autoptr(GPtrArray) all = cam_settings_dup_recent (settings);

  g_menu_append (files, _("Open _CSV…"), "win.open-csv");
  g_menu_append (files, _("Open _Folder of Pictures…"), "win.open-folder");
  g_menu_append (files, _("_Paste from Clipboard"), "win.paste-data");
  g_menu_append (files, _("Open _Experiment…"), "win.open-experiment");
  g_menu_append (files, _("Open _Workspace…"), "win.open-workspace");
  g_menu_append (files, _("Open _Model…"), "win.open-model");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (files));

  for (guint i = 0; i < all->len; i++)
    {
      const CamRecent *entry = all->pdata[i];
      g_autoptr(GMenuItem) item = NULL;
      g_auto(GStrv) parts = g_strsplit (entry->title, "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);   /* no mnemonics out of a file's name */

      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.open-path", "s", entry->path);
      g_menu_append_item (recent, item);
    }
  if (all->len > 0)
    g_menu_append_section (menu, _("Recent"), G_MENU_MODEL (recent));

  g_menu_append (home, _("Samples and _Recent"), "win.close-data");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (home));
  return G_MENU_MODEL (menu);
}
