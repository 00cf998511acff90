/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preview of a table: its rows under the cards of the columns, a way to a row by number, and a search for a value. Property "columns" (CamColumns).
 * Actions: "table.go-to-row" opens the entry of a number, "table.find" the search. */
#pragma once

#include <adwaita.h>

#include "cam-columns.h"

G_BEGIN_DECLS

#define CAM_TYPE_DATA_TABLE (cam_data_table_get_type ())
G_DECLARE_FINAL_TYPE (CamDataTable, cam_data_table, CAM, DATA_TABLE, AdwBin)

/* cam_data_table_go_to: row @row, from 0, is the current one, in sight, and has the keyboard. */
void cam_data_table_go_to (CamDataTable *self, gsize row);

G_END_DECLS
