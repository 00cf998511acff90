/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a view of predictions. Its items are CamTableRow. */
#pragma once

#include <gtk/gtk.h>

#include "cam-prediction-pick.h"

G_BEGIN_DECLS

#define CAM_PREDICTION_MAX_COLUMNS 60   /* of the table */

/* What the sorter of a view says without sorting anything: compare any two objects with it. */
typedef struct
{
  gboolean    is_sorted;       /* a column was asked */
  CamCellKind key;
  guint       index;
} CamPredictionProbe;

/* cam_prediction_columns_append: @probe: borrowed, as long as the columns are in the view: set by the first of them that a sorter asks. */
void cam_prediction_columns_append (GtkColumnView *view, CamPrediction *prediction, CamPredictionProbe *probe);

G_END_DECLS
