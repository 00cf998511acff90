/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session on a sample, for tests of what shows one. Workspaces go to a folder of the test's own. */
#pragma once

#include <glib/gstdio.h>

#include <cam-session.h>

#include "uitest.h"

static inline void
session_test_init (int    *argc,
                   char ***argv)
{
  g_autofree char *folder = g_dir_make_tmp ("camadas-test-XXXXXX", NULL);

  g_assert_nonnull (folder);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  ui_test_init (argc, argv);
}

static inline void
session_test_clear (void)
{
  const char *folder = g_get_user_data_dir ();
  g_autofree char *workspaces = g_build_filename (folder, "camadas", NULL);
  g_autoptr(GDir) dir = g_dir_open (workspaces, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (workspaces, name, NULL);

      g_remove (path);
    }
  g_rmdir (workspaces);
  g_rmdir (folder);
}

static inline void
session_test_fail (CamSession *session,
                   const char *title,
                   const char *detail)
{
  g_error ("%s: %s", title, detail);
}

/* A session with a sample open and no runs: "iris.json". */
static inline CamSession *
session_test_open (const char *sample)
{
  CamSession *session = cam_session_new ();
  g_autofree char *path = g_build_filename (g_getenv ("CAM_SAMPLES"), sample, NULL);

  g_signal_connect (session, "failed", G_CALLBACK (session_test_fail), NULL);
  cam_session_open_experiment (session, path);
  ui_wait (cam_session_get_dataset (session) != NULL);
  while (g_list_model_get_n_items (cam_session_get_runs (session)) > 0)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (cam_session_get_runs (session), 0);

      g_assert_true (cam_session_delete_run (session, run));
    }
  return session;
}

static inline gboolean
session_test_is_busy (CamSession *session)
{
  gboolean is_busy;

  g_object_get (session, "busy", &is_busy, NULL);
  return is_busy;
}

static inline CamExperiment *
session_test_experiment (CamSession *session)
{
  return cam_document_get_experiment (cam_session_get_document (session));
}

static inline void
session_test_edit (CamSession *session,
                   const char *path,
                   json_t     *value)
{
  g_autoptr(json_t) owned = value;

  g_assert_true (cam_session_edit (session, path, value, "Edit"));
}

/* @widget in a window of its own, shown. */
static inline GtkWidget *
session_test_show (GtkWidget *widget,
                   int        width,
                   int        height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait (gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0);
  return window;
}

#define session_test_child(widget, TYPE, name) gtk_widget_get_template_child (GTK_WIDGET (widget), TYPE, name)
