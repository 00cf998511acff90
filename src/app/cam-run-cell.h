/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell of the table of runs. A list view holds two hundred rows, of which a dozen are in sight: a cell finds its words and draws them only when it is seen, and asks for no layout when they
 * are others. What the cells of one table share is a CamRunSheet, counted; main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cam-run-reader.h"
#include "cam-run-rows.h"

G_BEGIN_DECLS

typedef struct
{
  CamRunRows   *rows;        /* borrowed; NULL: the table is gone */
  CamRunReader *reader;
  GHashTable   *blank;       /* cells that were out of sight when they were to be drawn */

  /* How a sorter is asked what it sorts by (cam-run-columns.c). */
  guint         n_asked, answered;
  CamRunField   asked;
} CamRunSheet;

CamRunSheet *cam_run_sheet_new    (CamRunRows *rows);
CamRunSheet *cam_run_sheet_ref    (CamRunSheet *self);
void         cam_run_sheet_unref  (CamRunSheet *self);
/* cam_run_sheet_clear: for dispose of the table. */
void         cam_run_sheet_clear  (CamRunSheet *self);
/* cam_run_sheet_redraw: what was scrolled is looked at again. */
void         cam_run_sheet_redraw (CamRunSheet *self);

#define CAM_TYPE_RUN_CELL (cam_run_cell_get_type ())
G_DECLARE_FINAL_TYPE (CamRunCell, cam_run_cell, CAM, RUN_CELL, GtkWidget)

GtkWidget   *cam_run_cell_new     (CamRunSheet *sheet, const CamRunField *field);
/* cam_run_cell_set_row: (nullable): borrowed by the cell while it shows it. */
void         cam_run_cell_set_row (CamRunCell *self, CamRunRow *row);
CamRunRow   *cam_run_cell_get_row (CamRunCell *self);

G_END_DECLS
