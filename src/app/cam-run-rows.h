/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the table of runs: which of the runs are seen, and in which order. A GListModel of places, not of runs: another order or filter puts other runs into the same places, so that a
 * list view has nothing to take apart; it is told only how many there are, and many that come or go, some at a time: cam_run_rows_get_n() is the truth. Main thread only.
 *
 * Signal "changed": rows or their order are others, or what one of them shows. */
#pragma once

#include <gio/gio.h>

#include "cam-run-field.h"
#include "cam-run-filter.h"

G_BEGIN_DECLS

/* One place. Signal "changed": its run is another, or has other things to show. */
#define CAM_TYPE_RUN_ROW (cam_run_row_get_type ())
G_DECLARE_FINAL_TYPE (CamRunRow, cam_run_row, CAM, RUN_ROW, GObject)

CamRunItem *cam_run_row_get_run        (CamRunRow *self);      /* NULL: its place is about to go */

#define CAM_TYPE_RUN_ROWS (cam_run_rows_get_type ())
G_DECLARE_FINAL_TYPE (CamRunRows, cam_run_rows, CAM, RUN_ROWS, GObject)

typedef struct
{
  CamRunField field;
  gboolean    is_descending;
} CamRunOrder;

CamRunRows *cam_run_rows_new           (void);
/* Everything that follows is put into effect by the next cam_run_rows_update(), or by the main loop before the next frame, whichever is sooner. */
void        cam_run_rows_set_runs      (CamRunRows *self, GListModel *runs);      /* of CamRunItem, newest first; followed */
void        cam_run_rows_set_filter    (CamRunRows *self, const char *text);
void        cam_run_rows_set_study     (CamRunRows *self, gint64 study);          /* 0: all */
void        cam_run_rows_set_archived  (CamRunRows *self, gboolean are_shown);
void        cam_run_rows_set_when      (CamRunRows *self, CamRunWhen when);       /* what figures are told of, compared and filtered by */
CamRunWhen  cam_run_rows_get_when      (CamRunRows *self);
/* What counts first stands first; pinned runs stand before all others, and what is equal, newest first. */
void        cam_run_rows_set_order     (CamRunRows *self, const CamRunOrder *orders, guint n);
void        cam_run_rows_update        (CamRunRows *self);

guint       cam_run_rows_get_n         (CamRunRows *self);
guint       cam_run_rows_get_n_hidden  (CamRunRows *self);      /* archived runs that are not shown */
CamRunItem *cam_run_rows_get_run       (CamRunRows *self, guint place);
/* cam_run_rows_find: the place of @run; −1: it is not seen. */
int         cam_run_rows_find          (CamRunRows *self, CamRunItem *run);
/* cam_run_rows_is_updating: runs are being put into their places: what a selection says of places means nothing. */
gboolean    cam_run_rows_is_updating   (CamRunRows *self);
/* What is wrong with the filter, a sentence; NULL: nothing. */
const char *cam_run_rows_get_problem   (CamRunRows *self);

G_END_DECLS
