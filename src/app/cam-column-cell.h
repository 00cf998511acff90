/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of CamColumnTable: what each shows of a CamColumnItem, and how it sorts. */
#pragma once

#include <gtk/gtk.h>

#include "cam-column-item.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_COLUMN_CELL_NAME,
  CAM_COLUMN_CELL_ROLE,
  CAM_COLUMN_CELL_KIND,
  CAM_COLUMN_CELL_MISSING,
  CAM_COLUMN_CELL_PREPARATION,
  CAM_COLUMN_CELL_BARS,             /* sorted by the number of different values */
  CAM_COLUMN_CELL_MIN,
  CAM_COLUMN_CELL_MEAN,
  CAM_COLUMN_CELL_MAX,
  CAM_COLUMN_CELL_TOP,
  CAM_COLUMN_N_CELLS
} CamColumnCell;

gboolean             cam_column_cell_is_number (CamColumnCell cell);   /* figures at the right */
/* Transfer full. */
GtkColumnViewColumn *cam_column_cell_new (CamColumnCell cell);

G_END_DECLS
