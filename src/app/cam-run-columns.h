/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the table of runs: a field of the run each, and beside them the box to tick and the menu. Every cell's widget is found back from by cam_run_column_get_run(). */
#pragma once

#include "cam-run-cell.h"

G_BEGIN_DECLS

/* Both are counted by the view that they are put into. @sheet: counted. New reference. */
GtkColumnViewColumn *cam_run_column_new         (CamRunSheet *sheet, const CamRunField *field, int width);
GtkColumnViewColumn *cam_run_column_new_tick    (CamRunSheet *sheet);
GtkColumnViewColumn *cam_run_column_new_menu    (CamRunSheet *sheet);

/* cam_run_column_get_field: NULL for the last two. */
const CamRunField   *cam_run_column_get_field   (GtkColumnViewColumn *column);
/* cam_run_column_read_order: what @sorter, that of the view, sorts by: of CamRunOrder; free the array. */
GArray              *cam_run_column_read_order  (CamRunSheet *sheet, GtkSorter *sorter);
/* The run of a cell, or of a widget around or in one; NULL: none. Borrowed. */
CamRunItem          *cam_run_column_get_run     (GtkWidget *widget);

G_END_DECLS
