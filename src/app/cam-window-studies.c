/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies begun from the window, and one that was left offered to be taken up. */

#include "cam-window-private.h"

#include <glib/gi18n-lib.h>

#include "cam-study-dialog.h"

static void
start_cb (CamWindow      *self,
          CamPlan        *plan,
          double          seconds,
          CamStudyDialog *dialog)
{
  CamStudyItem *item = cam_session_add_study (cam_window_get_session (self), plan, seconds);

  cam_window_show_study (self, item);
}

static void
study_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  CamWindow *self = user_data;
  const char *word = g_variant_get_string (parameter, NULL);
  CamStudyDialog *dialog;

  for (guint kind = 0; kind < CAM_N_STUDY_KINDS; kind++)
    if (g_str_equal (word, cam_study_kind_words[kind]))
      {
        dialog = cam_study_dialog_new (GTK_WINDOW (self), cam_window_get_session (self), (CamStudyKind) kind);
        g_signal_connect_object (dialog, "start", G_CALLBACK (start_cb), self, G_CONNECT_SWAPPED);
        gtk_window_present (GTK_WINDOW (dialog));
      }
}

/* The newest that is not done. */
static void
resume_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  CamSession *session = cam_window_get_session (user_data);
  GListModel *studies = cam_session_get_studies (session);

  for (guint i = 0; i < g_list_model_get_n_items (studies); i++)
    {
      g_autoptr(CamStudyItem) item = g_list_model_get_item (studies, i);

      if (cam_study_item_get_state (item) != CAM_STUDY_UNFINISHED)
        continue;
      cam_session_resume_study (session, item);
      cam_window_show_study (user_data, item);
      return;
    }
}

void
cam_window_offer_study (CamWindow    *self,
                        CamStudyItem *item)
{
  g_autofree char *text = NULL;

  /* translators: a study that was left before its end: name, runs that are done, all runs */
  text = g_strdup_printf (_("The study “%s” is not finished: %u of %u runs are done"), cam_study_item_get_name (item), cam_study_item_get_n_done (item), cam_study_item_get_n_runs (item));
  cam_window_toast_with (self, text, _("_Resume"), GTK_WIDGET (self), "win.resume-study");
}

void
cam_window_add_study_actions (CamWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "study", .activate = study_cb, .parameter_type = "s" },
    { .name = "resume-study", .activate = resume_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
