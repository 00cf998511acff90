/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the runs: a row a run, columns for what they reached and for the settings that are not the same in all of them; sorted by its header, filtered by a text.
 *
 * Properties: "session" (CamSession) · "filter-text" · "metric" (a history key: its value at the best epoch is a column; NULL: none) · "n-visible" (runs that pass the filter, read-only)
 * · "study" (int64: only its runs; 0: all)
 * Signals: "changed": rows, their order, what is ticked or the settings that differ are others · "selection-changed"
 * Uses the actions runs.menu (offered by itself: opens the menu at the chosen row), runs.rename, runs.delete and what else its menu names: whoever holds it has them. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_RUN_TABLE (cam_run_table_get_type ())
G_DECLARE_FINAL_TYPE (CamRunTable, cam_run_table, CAM, RUN_TABLE, AdwBin)

/* Element type CamRunItem, in the order of the rows; free the array. */
GPtrArray *cam_run_table_dup_visible  (CamRunTable *self);
GPtrArray *cam_run_table_dup_shown    (CamRunTable *self);    /* visible and ticked */
GPtrArray *cam_run_table_dup_selected (CamRunTable *self);
void       cam_run_table_select       (CamRunTable *self, CamRunItem *run);    /* alone */
void       cam_run_table_select_all   (CamRunTable *self, GPtrArray *runs);    /* those and no others, the first of them in sight; NULL: none */
void       cam_run_table_focus        (CamRunTable *self);                         /* the rows get the keys */
/* Keys of the settings that differ, interned; borrowed. */
GPtrArray *cam_run_table_get_settings (CamRunTable *self);

G_END_DECLS
