/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the window share. */
#pragma once

#include "cam-window.h"

G_BEGIN_DECLS

/* The window's actions: what each does, and when it can be done. */
void cam_window_add_actions    (CamWindow *self);
void cam_window_update_actions (CamWindow *self);

/* cam_window_close_all: data, and models that came from files: back to Welcome. cam_window_has_model: the model that is asked came from a file. */
void     cam_window_close_all  (CamWindow *self);
gboolean cam_window_has_model  (CamWindow *self);

/* The visible page among the five: "data", "network", "train", "compare", "predict". */
void cam_window_show_page      (CamWindow *self, const char *name);

/* cam_window_look_up: row @row of the table on the Data page. cam_window_evaluate: what a run is worth, on the Train page. */
void cam_window_look_up        (CamWindow *self, gsize row);
void cam_window_evaluate       (CamWindow *self, CamRunItem *run);

/* cam-window-import.c: a file or folder with import options before it is opened, or read again where it is open; what the clipboard holds. */
void cam_window_import         (CamWindow *self, const char *path);
void cam_window_paste          (CamWindow *self);

/* cam-window-studies.c */
void cam_window_add_study_actions (CamWindow *self);
void cam_window_offer_study    (CamWindow *self, CamStudyItem *item);
/* cam_window_show_study: on Compare. */
void cam_window_show_study     (CamWindow *self, CamStudyItem *item);

/* The menu of the open button; rebuilt when the recent ones change. */
GMenuModel *cam_window_build_open_menu (CamSettings *settings);

G_END_DECLS
