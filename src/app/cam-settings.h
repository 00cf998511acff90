/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window remembers from one start to the next: its size, what was open, and what was open lately. Kept in
 * a key file in the user's configuration folder ($XDG_CONFIG_HOME/camadas/window.ini), so that nothing has to be
 * installed for it. A file that is missing or damaged means: nothing remembered. Every change is written
 * at once. Main thread only. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  char  *path;        /* the workspace, absolute */
  char  *title;       /* name of the experiment */
  int    task;        /* CamTask; −1: not known */
  guint  n_runs;
  gint64 opened_at;   /* seconds since 1970 UTC */
} CamRecent;

#define CAM_TYPE_SETTINGS (cam_settings_get_type ())
G_DECLARE_FINAL_TYPE (CamSettings, cam_settings, CAM, SETTINGS, GObject)

/* Signal "recent-changed": the list of recent workspaces is another. */

/* cam_settings_new: @path NULL: the user's own file. */
CamSettings *cam_settings_new             (const char *path);

/* The window's size without decorations by the desktop; FALSE: none remembered. */
gboolean     cam_settings_get_window_size (CamSettings *self, int *width, int *height, gboolean *maximized);
void         cam_settings_set_window_size (CamSettings *self, int width, int height, gboolean maximized);

/* The workspace that was open when the window closed, NULL: Welcome. g_free(). */
char        *cam_settings_dup_open        (CamSettings *self);
void         cam_settings_set_open        (CamSettings *self, const char *path);

/* What was chosen on a page, by the page and the name of the choice; NULL: nothing yet. g_free(). */
char        *cam_settings_dup_choice     (CamSettings *self, const char *page, const char *name);
void         cam_settings_set_choice     (CamSettings *self, const char *page, const char *name, const char *value);

/* Newest first; entries whose file is gone are left out. Element type CamRecent, owned by the array. */
GPtrArray   *cam_settings_dup_recent      (CamSettings *self);
/* cam_settings_add_recent: @recent goes to the top; an older entry of the same path goes. */
void         cam_settings_add_recent      (CamSettings *self, const CamRecent *recent);
void         cam_settings_clear_recent    (CamSettings *self);

G_END_DECLS
