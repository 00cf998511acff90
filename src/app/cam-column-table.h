/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All columns of the table, a row each: name, role, kind, missing values, preparation, values. Sorted by any of these, searched by name, filtered by role or kind; what is
 * selected in it is what is selected in CamColumns. Property "columns" (CamColumns). */
#pragma once

#include <adwaita.h>

#include "cam-columns.h"

G_BEGIN_DECLS

#define CAM_TYPE_COLUMN_TABLE (cam_column_table_get_type ())
G_DECLARE_FINAL_TYPE (CamColumnTable, cam_column_table, CAM, COLUMN_TABLE, AdwBin)

void cam_column_table_search (CamColumnTable *self);      /* the keyboard goes to the search entry */

G_END_DECLS
