/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the table of runs: what a cell shows, how it sorts. Cells follow their run while it goes on. Every cell's widget is found back from by cam_run_column_get_run(). */
#pragma once

#include <gtk/gtk.h>

#include "cam-run-reader.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_RUN_COLUMN_SHOWN,        /* the check box */
  CAM_RUN_COLUMN_NAME,
  CAM_RUN_COLUMN_CURVE,        /* of the run's monitor */
  CAM_RUN_COLUMN_BEST,
  CAM_RUN_COLUMN_METRIC,       /* history key, at the best epoch */
  CAM_RUN_COLUMN_BEST_EPOCH,
  CAM_RUN_COLUMN_EPOCHS,
  CAM_RUN_COLUMN_SETTING,      /* key of a setting */
  CAM_RUN_COLUMN_TIME,
  CAM_RUN_COLUMN_STATE,
  CAM_RUN_COLUMN_STARTED,
  CAM_RUN_COLUMN_MENU,
} CamRunColumnKind;

/* @key: for METRIC and SETTING, else NULL. @reader: referenced. New reference. */
GtkColumnViewColumn *cam_run_column_new        (CamRunColumnKind kind, const char *title, const char *key, int width, CamRunReader *reader);
/* The value of a METRIC column; NaN: none. Reads the history where it is not there. */
double               cam_run_column_get_metric (CamRunItem *run, const char *key);
/* The run of a cell, or of a widget around or in one; NULL: none. Borrowed. */
CamRunItem          *cam_run_column_get_run    (GtkWidget *widget);

G_END_DECLS
