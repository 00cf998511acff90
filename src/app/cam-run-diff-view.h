/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs beside each other, or a run and the open experiment: settings, layers, data, curves, scores. Shown as they were when it was asked for.
 *
 * Property: "only-different" (what is the same is left out of settings and data; TRUE). Actions: diff.close (Escape), diff.copy (as text; Ctrl+C), diff.swap, diff.only-different.
 * Signal "closed": the user wants to go back. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_RUN_DIFF_VIEW (cam_run_diff_view_get_type ())
G_DECLARE_FINAL_TYPE (CamRunDiffView, cam_run_diff_view, CAM, RUN_DIFF_VIEW, AdwBin)

/* cam_run_diff_view_show: @b NULL: the experiment that is open. FALSE with the reason, and nothing changed, where they cannot be compared. */
gboolean cam_run_diff_view_show     (CamRunDiffView *self, CamSession *session, CamRunItem *a, CamRunItem *b, GError **error);
char    *cam_run_diff_view_dup_text (CamRunDiffView *self);      /* what diff.copy puts on the clipboard; NULL: nothing shown */

G_END_DECLS
