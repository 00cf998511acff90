/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with runs, by menu and by key. */

#include "cam-compare-actions.h"

#include <glib/gi18n-lib.h>

#include "cam-overlay.h"
#include "cam-run-export.h"
#include "cam-run-latex.h"
#include "cam-window.h"

/* A chart of more is none. */
#define MOST_CURVES 200

/* Saying so --------------------------------------------------------------------------------------------------------- */

void
cam_compare_say (CamComparePage *self,
                 const char     *text,
                 const char     *button,
                 const char     *action)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (CAM_IS_WINDOW (root))
    cam_window_toast_with (CAM_WINDOW (root), text, button, GTK_WIDGET (self), action);
}

static void
fail (CamComparePage *self,
      const char     *title,
      const GError   *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (CAM_IS_WINDOW (root))
    cam_window_show_failure (CAM_WINDOW (root), title, error->message);
}

/* The one chosen run; NULL where none or several are. New reference. */
static CamRunItem *
dup_chosen (CamComparePage *self)
{
  g_autoptr(GPtrArray) chosen = cam_run_table_dup_selected (cam_compare_page_get_table (self));

  return chosen->len == 1 ? g_object_ref (chosen->pdata[0]) : NULL;
}

/* Rename ------------------------------------------------------------------------------------------------------------ */

void
cam_compare_page_rename (CamComparePage *self,
                         CamRunItem     *run,
                         const char     *name)
{
  g_autofree char *clean = g_strstrip (g_strdup (name));

  g_return_if_fail (CAM_IS_COMPARE_PAGE (self) && CAM_IS_RUN_ITEM (run));

  if (*clean != '\0' && g_strcmp0 (clean, cam_run_item_get_name (run)) != 0)
    {
      g_autoptr(GPtrArray) runs = g_ptr_array_new ();

      g_ptr_array_add (runs, run);
      cam_run_undo_add (cam_compare_page_get_undo (self), runs, FALSE);
      cam_session_rename_run (cam_compare_page_get_session (self), run, clean);
      cam_run_table_update (cam_compare_page_get_table (self));
      cam_compare_update_actions (self);
    }
}

static void
rename_response_cb (CamComparePage   *self,
                    const char       *response,
                    AdwMessageDialog *dialog)
{
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));

  if (g_strcmp0 (response, "rename") == 0)
    cam_compare_page_rename (self, g_object_get_data (G_OBJECT (dialog), "run"), gtk_editable_get_text (entry));
}

static void
name_changed_cb (GtkEditable      *entry,
                 AdwMessageDialog *dialog)
{
  g_autofree char *clean = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "rename", *clean != '\0');
}

static void
rename_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamComparePage *self = CAM_COMPARE_PAGE (widget);
  g_autoptr(CamRunItem) run = dup_chosen (self);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog, *entry;

  if (run == NULL)
    return;
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Rename Run"), NULL);
  entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), cam_run_item_get_name (run));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "rename", _("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "rename", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "run", g_object_ref (run), g_object_unref);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_changed_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (rename_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

/* Delete ------------------------------------------------------------------------------------------------------------ */

static void
delete_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamComparePage *self = CAM_COMPARE_PAGE (widget);
  g_autoptr(GPtrArray) chosen = cam_run_table_dup_selected (cam_compare_page_get_table (self));
  g_autoptr(GPtrArray) deleted = g_ptr_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < chosen->len; i++)
    if (cam_session_delete_run (cam_compare_page_get_session (self), chosen->pdata[i]))
      g_ptr_array_add (deleted, chosen->pdata[i]);
  if (deleted->len == 0)
    return;
  cam_run_undo_add (cam_compare_page_get_undo (self), deleted, TRUE);
  cam_compare_update_actions (self);
  if (deleted->len == 1)
    text = g_strdup_printf (_("Deleted “%s”"), cam_run_item_get_name (deleted->pdata[0]));
  else
    text = g_strdup_printf (ngettext ("Deleted %u run", "Deleted %u runs", deleted->len), deleted->len);
  cam_compare_say (self, text, _("_Undo"), "runs.restore");
}

static void
restore_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  CamComparePage *self = CAM_COMPARE_PAGE (widget);
  g_autoptr(CamRunItem) first = cam_run_undo_take_back (cam_compare_page_get_undo (self), cam_compare_page_get_session (self));

  cam_run_table_update (cam_compare_page_get_table (self));
  if (first != NULL)
    cam_run_table_select (cam_compare_page_get_table (self), first);
  cam_compare_update_actions (self);
}

/* Beside each other ------------------------------------------------------------------------------------------------- */

static void
show_diff (CamComparePage *self,
           CamRunItem     *a,
           CamRunItem     *b)
{
  g_autoptr(GError) error = NULL;

  if (!cam_compare_page_show_diff (self, a, b, &error))
    fail (self, _("These cannot be compared"), error);
}

/* Of two runs the older one stands first. */
static void
compare_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  CamComparePage *self = CAM_COMPARE_PAGE (widget);
  g_autoptr(GPtrArray) chosen = cam_run_table_dup_selected (cam_compare_page_get_table (self));
  gboolean is_in_order;

  if (chosen->len == 1)
    show_diff (self, chosen->pdata[0], NULL);
  if (chosen->len != 2)
    return;
  is_in_order = cam_run_item_get_id (chosen->pdata[0]) < cam_run_item_get_id (chosen->pdata[1]);
  show_diff (self, chosen->pdata[is_in_order ? 0 : 1], chosen->pdata[is_in_order ? 1 : 0]);
}

static void
compare_open_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  g_autoptr(CamRunItem) run = dup_chosen (CAM_COMPARE_PAGE (widget));

  if (run != NULL)
    show_diff (CAM_COMPARE_PAGE (widget), run, NULL);
}

/* Use again --------------------------------------------------------------------------------------------------------- */

static void
use_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  CamComparePage *self = CAM_COMPARE_PAGE (widget);
  CamDocument *document = cam_session_get_document (cam_compare_page_get_session (self));
  g_autoptr(CamRunItem) run = dup_chosen (self);
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  const char *document_text;

  if (run == NULL)
    return;
  document_text = cam_run_item_peek_experiment (run);
  experiment = cam_experiment_new_from_text (document_text != NULL ? document_text : "", &error);
  if (experiment == NULL)
    {
      fail (self, _("The experiment of this run cannot be used"), error);
      return;
    }
  /* translators: the name of a step that can be undone; %s is the name of a run */
  name = g_strdup_printf (_("Use %s"), cam_run_item_get_name (run));
  if (cam_document_replace (document, experiment, name))
    {
      text = g_strdup_printf (_("The experiment of %s is the current one"), cam_run_item_get_name (run));
      cam_compare_say (self, text, _("_Undo"), "win.undo");
    }
  else
    {
      text = g_strdup_printf (_("The experiment of %s is the current one already"), cam_run_item_get_name (run));
      cam_compare_say (self, text, NULL, NULL);
    }
}

static void
evaluate_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CamComparePage *self = CAM_COMPARE_PAGE (widget);
  g_autoptr(CamRunItem) run = dup_chosen (self);

  /* The Train page shows a run under way before any other. */
  if (run != NULL && cam_runner_get_state (cam_session_get_runner (cam_compare_page_get_session (self))) != CAM_RUNNER_IDLE)
    cam_compare_say (self, _("A run is under way: evaluate when it has ended"), NULL, NULL);
  else if (run != NULL)
    gtk_widget_activate_action (widget, "win.evaluate", "x", cam_run_item_get_id (run));
}

/* Files ------------------------------------------------------------------------------------------------------------- */

typedef void (*Chosen) (CamComparePage *self, const char *path, GtkNativeDialog *chooser);

static void
chooser_response_cb (CamComparePage  *self,
                     int              response,
                     GtkNativeDialog *chooser)
{
  g_autoptr(GFile) file = NULL;
  g_autofree char *path = NULL;
  Chosen chosen = (Chosen) g_object_get_data (G_OBJECT (chooser), "chosen");

  if (response == GTK_RESPONSE_ACCEPT && (file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))) != NULL
      && (path = g_file_get_path (file)) != NULL)
    chosen (self, path, chooser);
}

static void
choose_file (CamComparePage *self,
             const char     *title,
             const char     *proposal,
             CamRunItem     *run,
             Chosen          chosen)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *chooser;
  g_autofree char *name = g_strdelimit (g_strdup (proposal), "/\\:", '-');

  chooser = gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_object_set_data (G_OBJECT (chooser), "chosen", (gpointer) chosen);
  if (run != NULL)
    g_object_set_data_full (G_OBJECT (chooser), "run", g_object_ref (run), g_object_unref);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chooser_response_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
tell_saved (CamComparePage *self,
            const char     *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *text = g_strdup_printf (_("Saved as “%s”"), name);

  cam_compare_say (self, text, NULL, NULL);
}

static void
save_model_to (CamComparePage  *self,
               const char      *path,
               GtkNativeDialog *chooser)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamModel) model = cam_session_load_model (cam_compare_page_get_session (self), g_object_get_data (G_OBJECT (chooser), "run"), &error);

  if (model == NULL || !cam_model_save (model, path, &error))
    fail (self, _("The model could not be saved"), error);
  else
    tell_saved (self, path);
}

static void
save_model_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  g_autoptr(CamRunItem) run = dup_chosen (CAM_COMPARE_PAGE (widget));
  g_autofree char *name = run != NULL ? g_strconcat (cam_run_item_get_name (run), ".keras", NULL) : NULL;

  if (run != NULL)
    choose_file (CAM_COMPARE_PAGE (widget), _("Save Model"), name, run, save_model_to);
}

gboolean
cam_compare_page_export (CamComparePage  *self,
                         const char      *path,
                         GError         **error)
{
  g_autoptr(GPtrArray) runs = NULL;
  g_autoptr(GPtrArray) metrics = NULL;
  CamRunTable *table;

  g_return_val_if_fail (CAM_IS_COMPARE_PAGE (self) && path != NULL, FALSE);

  table = cam_compare_page_get_table (self);
  runs = cam_run_table_dup_visible (table);
  if (g_str_has_suffix (path, ".tex"))
    {
      g_autoptr(GArray) fields = cam_run_table_dup_fields (table);
      CamRunWhen when;

      g_object_get (table, "when", &when, NULL);
      return cam_run_export_latex (runs, fields, when, path, error);
    }
  metrics = cam_overlay_list_keys (runs);
  return cam_run_export (runs, cam_run_table_get_settings (table), metrics, path, error);
}

static void
export_to (CamComparePage  *self,
           const char      *path,
           GtkNativeDialog *chooser)
{
  g_autoptr(GError) error = NULL;

  if (cam_compare_page_export (self, path, &error))
    tell_saved (self, path);
  else
    fail (self, _("The table could not be saved"), error);
}

static void
export_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  choose_file (CAM_COMPARE_PAGE (widget), _("Export Table of Runs"), _("runs.csv"), NULL, export_to);
}

static void
export_latex_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  choose_file (CAM_COMPARE_PAGE (widget), _("Export Table of Runs as LaTeX"), _("runs.tex"), NULL, export_to);
}

/* Ticks ------------------------------------------------------------------------------------------------------------- */

static void
show_only_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  CamRunTable *table = cam_compare_page_get_table (CAM_COMPARE_PAGE (widget));
  g_autoptr(GPtrArray) chosen = cam_run_table_dup_selected (table);
  g_autoptr(GPtrArray) shown = cam_run_table_dup_shown (table);

  for (guint i = 0; i < shown->len; i++)
    if (!g_ptr_array_find (chosen, shown->pdata[i], NULL))
      cam_run_item_set_shown (shown->pdata[i], FALSE);
  for (guint i = 0; i < chosen->len; i++)
    cam_run_item_set_shown (chosen->pdata[i], TRUE);
}

static void
show_all_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  g_autoptr(GPtrArray) runs = cam_run_table_dup_visible (cam_compare_page_get_table (CAM_COMPARE_PAGE (widget)));

  for (guint i = 0; i < MIN (runs->len, MOST_CURVES); i++)
    cam_run_item_set_shown (runs->pdata[i], TRUE);
  if (runs->len > MOST_CURVES)
    {
      g_autofree char *text = g_strdup_printf (_("The curves of the first %d runs are shown"), MOST_CURVES);

      cam_compare_say (CAM_COMPARE_PAGE (widget), text, NULL, NULL);
    }
}

void
cam_compare_update_actions (CamComparePage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  CamRunTable *table = cam_compare_page_get_table (self);
  g_autoptr(GPtrArray) chosen = cam_run_table_dup_selected (table);
  guint n_visible;

  g_object_get (table, "n-visible", &n_visible, NULL);
  gtk_widget_action_set_enabled (widget, "runs.rename", chosen->len == 1);
  gtk_widget_action_set_enabled (widget, "runs.compare", chosen->len == 1 || chosen->len == 2);
  gtk_widget_action_set_enabled (widget, "runs.compare-two", chosen->len == 2);
  gtk_widget_action_set_enabled (widget, "runs.compare-open", chosen->len == 1);
  gtk_widget_action_set_enabled (widget, "runs.use", chosen->len == 1);
  gtk_widget_action_set_enabled (widget, "runs.save-model", chosen->len == 1 && cam_run_item_get_record (chosen->pdata[0])->n_epochs > 0);
  gtk_widget_action_set_enabled (widget, "runs.evaluate", chosen->len == 1 && cam_run_item_get_record (chosen->pdata[0])->n_epochs > 0);
  gtk_widget_action_set_enabled (widget, "runs.delete", chosen->len > 0);
  gtk_widget_action_set_enabled (widget, "runs.show-only", chosen->len > 0);
  gtk_widget_action_set_enabled (widget, "runs.show-all", n_visible > 0);
  gtk_widget_action_set_enabled (widget, "runs.restore", cam_run_undo_can (cam_compare_page_get_undo (self)));
  cam_compare_update_notes (self, chosen);
  gtk_widget_action_set_enabled (widget, "runs.export", n_visible > 0);
  gtk_widget_action_set_enabled (widget, "runs.export-latex", n_visible > 0);
}

void
cam_compare_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "runs.rename", NULL, rename_cb);
  gtk_widget_class_install_action (widget_class, "runs.delete", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "runs.restore", NULL, restore_cb);
  gtk_widget_class_install_action (widget_class, "runs.compare", NULL, compare_cb);
  gtk_widget_class_install_action (widget_class, "runs.compare-two", NULL, compare_cb);
  gtk_widget_class_install_action (widget_class, "runs.compare-open", NULL, compare_open_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "runs.compare", NULL);
  gtk_widget_class_install_action (widget_class, "runs.use", NULL, use_cb);
  gtk_widget_class_install_action (widget_class, "runs.evaluate", NULL, evaluate_cb);
  gtk_widget_class_install_action (widget_class, "runs.save-model", NULL, save_model_cb);
  gtk_widget_class_install_action (widget_class, "runs.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "runs.export-latex", NULL, export_latex_cb);
  cam_compare_install_notes (widget_class);
  gtk_widget_class_install_action (widget_class, "runs.show-only", NULL, show_only_cb);
  gtk_widget_class_install_action (widget_class, "runs.show-all", NULL, show_all_cb);
}
