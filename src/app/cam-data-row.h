/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the preview and its cells, used again for other rows as the table scrolls. A cell asks for no size and so never makes the window lay itself out anew when its text
 * changes. What screen readers are told lags behind until cam_data_row_tell(). */
#pragma once

#include <gtk/gtk.h>

#include <cam-table.h>

G_BEGIN_DECLS

#define CAM_TYPE_DATA_ROW (cam_data_row_get_type ())
G_DECLARE_FINAL_TYPE (CamDataRow, cam_data_row, CAM, DATA_ROW, GtkWidget)

/* Where a column's cells stand in a row: shared by all rows, the grid's. */
typedef struct
{
  guint column;         /* of the table */
  int   x, width;
} CamDataPlace;

CamDataRow *cam_data_row_new    (CamTable *table);
/* cam_data_row_show: @row and the columns of @places, each in the cell of its place modulo the cells there are. @is_moved: the places are others than the last time. */
void        cam_data_row_show   (CamDataRow *self, gsize row, const CamDataPlace *places, guint first, guint n, int number_width, gboolean is_moved);
gsize       cam_data_row_get    (CamDataRow *self);
void        cam_data_row_set_current (CamDataRow *self, gboolean is_current);
void        cam_data_row_tell   (CamDataRow *self);

G_END_DECLS
