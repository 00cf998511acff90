/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the runs: a row a run, columns for what they reached and for the settings that are not the same in all of them; sorted by its header, filtered by a text. What is chosen of columns, their
 * order, widths and the order of the rows is kept with the workspace.
 *
 * Properties: "session" (CamSession) · "filter-text" · "filter-problem" (what is wrong with it, a sentence; NULL; read-only) · "metric" (a history key that is a column unless it was taken away; NULL: none)
 * · "study" (int64: only its runs; 0: all) · "when" (CamRunWhen: what figures are told of) · "show-archived" · "n-visible" (runs that are seen) and "n-archived" (those that are not for being archived;
 * both read-only)
 * Signals: "changed": rows, their order, what is ticked or the settings that differ are others · "selection-changed" · "columns-changed": what there is to choose from, or what is shown of it
 * Uses the actions runs.menu (offered by itself: opens the menu at the chosen row), runs.rename, runs.delete and what else its menu and keys name: whoever holds it has them. */
#pragma once

#include <adwaita.h>

#include "cam-run-choice.h"
#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_RUN_TABLE (cam_run_table_get_type ())
G_DECLARE_FINAL_TYPE (CamRunTable, cam_run_table, CAM, RUN_TABLE, AdwBin)

/* Element type CamRunItem, in the order of the rows; free the array. */
GPtrArray          *cam_run_table_dup_visible  (CamRunTable *self);
GPtrArray          *cam_run_table_dup_shown    (CamRunTable *self);    /* visible and ticked */
GPtrArray          *cam_run_table_dup_selected (CamRunTable *self);
void                cam_run_table_select       (CamRunTable *self, CamRunItem *run);    /* alone */
void                cam_run_table_select_all   (CamRunTable *self, GPtrArray *runs);    /* those and no others, the first of them in sight; NULL: none */
void                cam_run_table_focus        (CamRunTable *self);                         /* the rows get the keys */
/* cam_run_table_update: something that runs are put in order or filtered by is another: names, tags, pins. */
void                cam_run_table_update       (CamRunTable *self);
/* cam_run_table_get_rect: where the first chosen row is, for a popover; FALSE: not in sight. */
gboolean            cam_run_table_get_rect     (CamRunTable *self, GdkRectangle *rect);

/* Columns. cam_run_table_dup_fields(): those that are there, in their order; of CamRunField. */
GArray             *cam_run_table_dup_fields   (CamRunTable *self);
const CamRunOffer  *cam_run_table_get_offer    (CamRunTable *self);
gboolean            cam_run_table_has_field    (CamRunTable *self, const CamRunField *field);
void                cam_run_table_show_field   (CamRunTable *self, const CamRunField *field, gboolean is_shown);
/* cam_run_table_forget_columns: again those that differ, in their own order and widths. */
void                cam_run_table_forget_columns (CamRunTable *self);
/* Keys of the settings that differ, interned; borrowed. */
GPtrArray          *cam_run_table_get_settings (CamRunTable *self);

G_END_DECLS
