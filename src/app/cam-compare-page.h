/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Compare page: the runs of the workspace in a table, and below it the curves of those that are ticked, overlaid. Properties: "session" (CamSession) · "settings" (CamSettings; write only: where choices are kept).
 * Actions: runs.compare (the two chosen, or the chosen one with the open experiment; Ctrl+D), runs.rename, runs.delete, runs.restore (takes back what was done to runs last), runs.tag, runs.note, runs.pin, runs.archive, runs.use, runs.save-model, runs.show-only, runs.show-all, runs.export, runs.export-latex. */
#pragma once

#include <adwaita.h>

#include "cam-run-table.h"

G_BEGIN_DECLS

#define CAM_TYPE_COMPARE_PAGE (cam_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (CamComparePage, cam_compare_page, CAM, COMPARE_PAGE, AdwBin)

CamRunTable *cam_compare_page_get_table  (CamComparePage *self);
/* What follows the dialogs of runs.rename and runs.export, runs.export-latex. */
void         cam_compare_page_rename     (CamComparePage *self, CamRunItem *run, const char *name);
void         cam_compare_page_note       (CamComparePage *self, CamRunItem *run, const char *note);
/* cam_compare_page_tag: gives a tag to @runs (of CamRunItem), or takes it away. */
void         cam_compare_page_tag        (CamComparePage *self, GPtrArray *runs, const char *tag, gboolean is_given);
/* @b NULL: the experiment that is open. What runs.compare shows. */
gboolean     cam_compare_page_show_diff  (CamComparePage *self, CamRunItem *a, CamRunItem *b, GError **error);
gboolean     cam_compare_page_export     (CamComparePage *self, const char *path, GError **error);
/* cam_compare_page_choose_study: its runs alone, with its own card; NULL: all runs. */
void         cam_compare_page_choose_study (CamComparePage *self, CamStudyItem *item);

G_END_DECLS
