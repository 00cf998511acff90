/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bringing data in: with import options, from a folder of pictures, from the clipboard. */

#include "cam-window-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cam-import-dialog.h"

static void
accepted_cb (CamWindow       *self,
             json_t          *dialect,
             CamImportDialog *dialog)
{
  cam_session_open_with (cam_window_get_session (self), cam_import_dialog_get_path (dialog), dialect);
}

void
cam_window_import (CamWindow  *self,
                   const char *path)
{
  CamSession *session = cam_window_get_session (self);
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (session));
  gboolean is_open = experiment != NULL && g_strcmp0 (cam_experiment_get_file (experiment), path) == 0;
  g_autoptr(json_t) dialect = cam_session_recall_dialect (session, path);
  CamImportDialog *dialog = cam_import_dialog_new (GTK_WINDOW (self), path, dialect, is_open);

  g_signal_connect_object (dialog, "accepted", G_CALLBACK (accepted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Copies are kept among the user's data: the experiment that is made of them names a file that stays. */
static char *
save_pasted (const char  *text,
             GError     **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "camadas", "pasted", NULL);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
  /* translators: the name of a file with what was pasted; %s is date and time */
  g_autofree char *name = g_strdup_printf (_("Pasted %s.tsv"), when);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents (path, text, -1, error))
    return NULL;
  return g_steal_pointer (&path);
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CamWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_autofree char *path = NULL;

  /* Blanks at the beginning are cells with nothing in them: only looked past. */
  if (text == NULL || text[strspn (text, " \t\r\n")] == '\0')
    {
      cam_window_toast (self, _("There is no text in the clipboard. Copy cells of a spreadsheet first."));
      return;
    }
  path = save_pasted (text, &error);
  if (path == NULL)
    cam_window_show_failure (self, _("What was pasted could not be kept"), error->message);
  else
    cam_session_open_csv (cam_window_get_session (self), path);
}

static void
pasted_files_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CamWindow) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  GSList *files = value != NULL ? gdk_file_list_get_files (g_value_get_boxed (value)) : NULL;

  if (files != NULL)
    cam_window_open_file (self, files->data);
  g_slist_free (files);
}

/* A file that was copied in a file manager is opened, as if it had been dropped here. */
void
cam_window_paste (CamWindow *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  if (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, pasted_files_cb, g_object_ref (self));
  else
    gdk_clipboard_read_text_async (clipboard, NULL, pasted_cb, g_object_ref (self));
}
