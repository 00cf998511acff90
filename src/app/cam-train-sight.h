/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the network sees, on the board, live: for pictures the first filters and what they make of one picture; for an autoencoder what goes in beside what comes out; for a series the forecast over
 * it. For other data there is no card. The fit leaves its weights when asked, a worker asks a network of its own, at most ten times a second and a twentieth of the time. */
#pragma once

#include "cam-run-facts.h"
#include "cam-train-board.h"

G_BEGIN_DECLS

typedef struct _CamTrainSight CamTrainSight;

/* cam_train_sight_new: @board is borrowed and holds the cards. */
CamTrainSight *cam_train_sight_new  (CamTrainBoard *board);
void           cam_train_sight_free (CamTrainSight *self);

/* cam_train_sight_show: @dataset: what the run ran on; NULL: it cannot be asked. */
void           cam_train_sight_show (CamTrainSight *self, CamRunner *runner, const CamRunFacts *facts, CamDataset *dataset);

/* Borrowed: the card of small pictures, that of the forecast (a CamChartCard), and how many answers were shown. */
GtkWidget     *cam_train_sight_get_tiles    (const CamTrainSight *self);
GtkWidget     *cam_train_sight_get_forecast (const CamTrainSight *self);
guint          cam_train_sight_get_n_views  (const CamTrainSight *self);

G_END_DECLS
