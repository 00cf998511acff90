/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of the Compare page share: what can be done with runs stands in cam-compare-actions.c. */
#pragma once

#include "cam-compare-page.h"
#include "cam-run-undo.h"

G_BEGIN_DECLS

CamSession *cam_compare_page_get_session    (CamComparePage *self);
/* What runs.restore takes back. */
CamRunUndo *cam_compare_page_get_undo       (CamComparePage *self);
void        cam_compare_install_actions     (GtkWidgetClass *widget_class);
void        cam_compare_update_actions      (CamComparePage *self);

/* cam-compare-notes.c: tags, notes, pins and the archive. */
void        cam_compare_install_notes       (GtkWidgetClass *widget_class);
void        cam_compare_update_notes        (CamComparePage *self, GPtrArray *chosen);
/* cam_compare_say: a toast, with a button for an action of the page, or without (NULL). */
void        cam_compare_say                 (CamComparePage *self, const char *text, const char *button, const char *action);

G_END_DECLS
