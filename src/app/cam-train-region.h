/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decision region of a run, live: a card on the board, with a choice of two columns and a slider for each of the others. There is none where the task has no classes or fewer than two columns
 * are numbers. */
#pragma once

#include "cam-run-facts.h"
#include "cam-train-board.h"

G_BEGIN_DECLS

typedef struct _CamTrainRegion CamTrainRegion;

/* cam_train_region_new: @board is borrowed and holds the card. */
CamTrainRegion *cam_train_region_new  (CamTrainBoard *board);
void            cam_train_region_free (CamTrainRegion *self);

/* cam_train_region_show: @facts: (nullable): of the run shown; NULL: there is none yet, and the points stand alone. @dataset: (nullable): that the run has, or would have; NULL hides the card. */
void            cam_train_region_show (CamTrainRegion *self, CamRunner *runner, const CamRunFacts *facts, CamDataset *dataset);

GtkWidget      *cam_train_region_get_card (const CamTrainRegion *self);     /* borrowed: a CamChartCard */
guint           cam_train_region_get_n_pictures (const CamTrainRegion *self);   /* computed so far */

G_END_DECLS
