/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: header, Welcome, and the five pages over one session. Property "session" (CamSession, constant), which
 * the pages bind to in the template.
 *
 * Actions: win.open-csv, -experiment, -workspace, open-path(s), close-data, save-model, save-experiment,
 * save-workspace-as, look-up-row(t), evaluate(x: number of a run), undo, redo, train, stop, page(s), cancel-loading, dismiss-failure. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"
#include "cam-settings.h"

G_BEGIN_DECLS

#define CAM_TYPE_WINDOW (cam_window_get_type ())
G_DECLARE_FINAL_TYPE (CamWindow, cam_window, CAM, WINDOW, AdwApplicationWindow)

CamWindow  *cam_window_new         (GtkApplication *application, CamSettings *settings);   /* both may be NULL, for tests */
CamSession *cam_window_get_session (CamWindow *self);

/* cam_window_restore: opens what was open when the window was closed; Welcome, if nothing was. */
void        cam_window_restore     (CamWindow *self);

/* cam_window_open_file: by the name's ending: .camadas a workspace, .json an experiment, anything else a table. */
void        cam_window_open_file   (CamWindow *self, GFile *file);

/* cam_window_toast: a message that passes. */
void        cam_window_toast       (CamWindow *self, const char *text);
/* cam_window_toast_with: and a button on it, which activates @action as @from sees it. */
void        cam_window_toast_with  (CamWindow *self, const char *text, const char *button, GtkWidget *from, const char *action);
/* cam_window_show_failure: a message that stays until it is closed or something is opened. */
void        cam_window_show_failure (CamWindow *self, const char *title, const char *detail);

G_END_DECLS
