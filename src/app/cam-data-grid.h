/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a table under the cards of its columns: a scrollable that makes widgets only for what is in sight, in both directions, and uses them again. The cards stay at the
 * top, the numbers of the rows at the left. Columns are chosen with the pointer on their cards (Ctrl and Shift as in lists) or with the arrow keys; widths are dragged at the
 * right edge of a card. Property "columns" (CamColumns); signal "row-changed": the current row is another. */
#pragma once

#include "cam-columns.h"

G_BEGIN_DECLS

#define CAM_TYPE_DATA_GRID (cam_data_grid_get_type ())
G_DECLARE_FINAL_TYPE (CamDataGrid, cam_data_grid, CAM, DATA_GRID, GtkWidget)

gsize    cam_data_grid_get_row      (CamDataGrid *self);               /* the current one */
/* cam_data_grid_go_to: makes @row (cut to the last) the current one, in sight. */
void     cam_data_grid_go_to        (CamDataGrid *self, gsize row);
/* cam_data_grid_show_column: scrolls sideways where it is not in sight. */
void     cam_data_grid_show_column  (CamDataGrid *self, guint column);
int      cam_data_grid_get_width    (CamDataGrid *self, guint column);
void     cam_data_grid_set_width    (CamDataGrid *self, guint column, int width);   /* −1: as wide as name and values in sight ask for */

G_END_DECLS
