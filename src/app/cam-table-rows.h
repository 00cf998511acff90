/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a table as a list model. Rows are made when asked for; the list begins short and grows, as a list view
 * makes widgets for two hundred rows whether they are seen or not. Items are CamTableRow. */
#pragma once

#include <gio/gio.h>

#include <cam-table.h>

G_BEGIN_DECLS

#define CAM_TYPE_TABLE_ROW (cam_table_row_get_type ())
G_DECLARE_FINAL_TYPE (CamTableRow, cam_table_row, CAM, TABLE_ROW, GObject)

/* cam_table_row_dup_text: the cell as text; "–" for missing. g_free(). */
char         *cam_table_row_dup_text  (CamTableRow *self, guint column);
gsize         cam_table_row_get_row   (CamTableRow *self);

#define CAM_TYPE_TABLE_ROWS (cam_table_rows_get_type ())
G_DECLARE_FINAL_TYPE (CamTableRows, cam_table_rows, CAM, TABLE_ROWS, GObject)

/* References @table; offers the first @n_first rows. */
CamTableRows *cam_table_rows_new      (CamTable *table, guint n_first);
/* The same of @n_rows rows of it, in the order of @rows (taken; NULL: all). */
CamTableRows *cam_table_rows_new_of   (CamTable *table, gsize *rows, gsize n_rows, guint n_first);
/* cam_table_rows_grow: twice as many, up to all; FALSE: all are there. */
gboolean      cam_table_rows_grow     (CamTableRows *self);

G_END_DECLS
