/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preview of a table: a row of column cards above the rows. Property "session" (CamSession); "column" (int: the
 * chosen column of the table, −1: none; notifies). Signal "column-chosen": the user pressed a card. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_DATA_TABLE (cam_data_table_get_type ())
G_DECLARE_FINAL_TYPE (CamDataTable, cam_data_table, CAM, DATA_TABLE, AdwBin)

int  cam_data_table_get_column (CamDataTable *self);
void cam_data_table_set_column (CamDataTable *self, int column);

G_END_DECLS
