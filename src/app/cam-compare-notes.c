/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people say of runs: tags, a note, what stays on top and what is put away. Each is a step that can be taken back. */

#include "cam-compare-actions.h"

#include <glib/gi18n-lib.h>

#include "cam-run-tag-popover.h"
#include "cam-run-tags.h"

static CamRunNotes
get_notes (CamRunItem *run)
{
  const CamRunRecord *record = cam_run_item_get_record (run);

  return (CamRunNotes) { record->name, (const char *const *) record->tags, record->note, record->is_pinned, record->is_archived };
}

/* After each step. */
static void
show_notes (CamComparePage *self)
{
  cam_run_table_update (cam_compare_page_get_table (self));
  cam_compare_update_actions (self);
}

/* Tags ------------------------------------------------------------------------------------------------------------------ */

static char **
dup_tags (CamRunItem *run,
          const char *tag,
          gboolean    is_given)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (char **one = cam_run_item_get_record (run)->tags; *one != NULL; one++)
    if (g_strcmp0 (*one, tag) != 0)
      g_strv_builder_add (builder, *one);
  if (is_given)
    g_strv_builder_add (builder, tag);
  return g_strv_builder_end (builder);
}

void
cam_compare_page_tag (CamComparePage *self,
                      GPtrArray      *runs,
                      const char     *tag,
                      gboolean        is_given)
{
  g_autoptr(GPtrArray) changed = g_ptr_array_new ();

  g_return_if_fail (CAM_IS_COMPARE_PAGE (self) && runs != NULL && tag != NULL);

  for (guint i = 0; i < runs->len; i++)
    if (cam_run_item_has_tag (runs->pdata[i], tag) != is_given)
      g_ptr_array_add (changed, runs->pdata[i]);
  if (changed->len == 0)
    return;
  cam_run_undo_add (cam_compare_page_get_undo (self), changed, FALSE);
  for (guint i = 0; i < changed->len; i++)
    {
      g_auto(GStrv) tags = dup_tags (changed->pdata[i], tag, is_given);
      CamRunNotes notes = get_notes (changed->pdata[i]);

      notes.tags = (const char *const *) tags;
      if (!cam_session_note_run (cam_compare_page_get_session (self), changed->pdata[i], &notes))
        break;
    }
  show_notes (self);
}

static void
tag_cb (GtkWidget  *popover,
        const char *tag,
        gboolean    is_given,
        gpointer    user_data)
{
  cam_compare_page_tag (user_data, g_object_get_data (G_OBJECT (popover), "runs"), tag, is_given);
}

static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Not within its own signal. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
tag_action_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  CamComparePage *self = CAM_COMPARE_PAGE (widget);
  CamRunTable *table = cam_compare_page_get_table (self);
  g_autoptr(GPtrArray) chosen = cam_run_table_dup_selected (table);
  g_autoptr(GPtrArray) tags = cam_run_tags_in_use (cam_session_get_runs (cam_compare_page_get_session (self)));
  GdkRectangle rect = { 60, 40, 180, 1 };
  GtkWidget *popover;

  if (chosen->len == 0)
    return;
  popover = cam_run_tag_popover_new (tags, chosen, tag_cb, self);
  g_object_set_data_full (G_OBJECT (popover), "runs", g_ptr_array_ref (chosen), (GDestroyNotify) g_ptr_array_unref);
  cam_run_table_get_rect (table, &rect);
  gtk_widget_set_parent (popover, GTK_WIDGET (table));
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &rect);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* A note ---------------------------------------------------------------------------------------------------------------- */

void
cam_compare_page_note (CamComparePage *self,
                       CamRunItem     *run,
                       const char     *note)
{
  g_autofree char *clean = g_strstrip (g_strdup (note));
  g_autoptr(GPtrArray) runs = g_ptr_array_new ();
  CamRunNotes notes = get_notes (run);

  g_return_if_fail (CAM_IS_COMPARE_PAGE (self) && CAM_IS_RUN_ITEM (run));

  if (g_strcmp0 (clean, notes.note) == 0)
    return;
  g_ptr_array_add (runs, run);
  cam_run_undo_add (cam_compare_page_get_undo (self), runs, FALSE);
  notes.note = clean;
  cam_session_note_run (cam_compare_page_get_session (self), run, &notes);
  show_notes (self);
}

static void
note_response_cb (CamComparePage   *self,
                  const char       *response,
                  AdwMessageDialog *dialog)
{
  GtkTextBuffer *buffer = g_object_get_data (G_OBJECT (dialog), "buffer");
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (g_strcmp0 (response, "keep") != 0)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  cam_compare_page_note (self, g_object_get_data (G_OBJECT (dialog), "run"), text);
}

static void
note_action_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  CamComparePage *self = CAM_COMPARE_PAGE (widget);
  g_autoptr(GPtrArray) chosen = cam_run_table_dup_selected (cam_compare_page_get_table (self));
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog, *view, *scrolled;
  g_autofree char *title = NULL;

  if (chosen->len != 1)
    return;
  /* translators: the head of a dialog; %s is the name of a run */
  title = g_strdup_printf (_("Note on %s"), cam_run_item_get_name (chosen->pdata[0]));
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, title, NULL);
  view = gtk_text_view_new ();
  scrolled = gtk_scrolled_window_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), cam_run_item_get_record (chosen->pdata[0])->note, -1);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 10);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_size_request (scrolled, 380, 130);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), scrolled);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "keep", _("_Keep"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "run", g_object_ref (chosen->pdata[0]), g_object_unref);
  g_object_set_data_full (G_OBJECT (dialog), "buffer", g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view))), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (note_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (view);
}

/* On top, or put away ------------------------------------------------------------------------------------------------------ */

static gboolean
is_archived (const CamRunNotes *notes)
{
  return notes->is_archived;
}

static gboolean
is_pinned (const CamRunNotes *notes)
{
  return notes->is_pinned;
}

/* Where all are so already it is undone. Returns whether they are now. */
static gboolean
turn (CamComparePage *self,
      GPtrArray      *runs,
      gboolean      (*is_so) (const CamRunNotes *))
{
  gboolean are_all = TRUE;

  for (guint i = 0; i < runs->len; i++)
    {
      CamRunNotes notes = get_notes (runs->pdata[i]);

      are_all = are_all && is_so (&notes);
    }
  cam_run_undo_add (cam_compare_page_get_undo (self), runs, FALSE);
  for (guint i = 0; i < runs->len; i++)
    {
      CamRunNotes notes = get_notes (runs->pdata[i]);

      if (is_so == is_pinned)
        notes.is_pinned = !are_all;
      else
        notes.is_archived = !are_all;
      if (!cam_session_note_run (cam_compare_page_get_session (self), runs->pdata[i], &notes))
        break;
    }
  show_notes (self);
  return !are_all;
}

static void
pin_action_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  g_autoptr(GPtrArray) chosen = cam_run_table_dup_selected (cam_compare_page_get_table (CAM_COMPARE_PAGE (widget)));

  if (chosen->len > 0)
    turn (CAM_COMPARE_PAGE (widget), chosen, is_pinned);
}

static void
archive_action_cb (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  CamComparePage *self = CAM_COMPARE_PAGE (widget);
  g_autoptr(GPtrArray) chosen = cam_run_table_dup_selected (cam_compare_page_get_table (self));
  g_autofree char *text = NULL;

  if (chosen->len == 0 || !turn (self, chosen, is_archived))
    return;
  if (chosen->len == 1)
    text = g_strdup_printf (_("Archived “%s”"), cam_run_item_get_name (chosen->pdata[0]));
  else
    text = g_strdup_printf (ngettext ("Archived %u run", "Archived %u runs", chosen->len), chosen->len);
  cam_compare_say (self, text, _("_Undo"), "runs.restore");
}

void
cam_compare_update_notes (CamComparePage *self,
                          GPtrArray      *chosen)
{
  static const char *const actions[] = { "runs.tag", "runs.pin", "runs.archive" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], chosen->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "runs.note", chosen->len == 1);
}

void
cam_compare_install_notes (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "runs.tag", NULL, tag_action_cb);
  gtk_widget_class_install_action (widget_class, "runs.note", NULL, note_action_cb);
  gtk_widget_class_install_action (widget_class, "runs.pin", NULL, pin_action_cb);
  gtk_widget_class_install_action (widget_class, "runs.archive", NULL, archive_action_cb);
}
