/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curve cards of a run: its loss, then a card for each metric, put onto a board and kept for the runs that follow. */
#pragma once

#include "cam-run-facts.h"
#include "cam-train-board.h"

G_BEGIN_DECLS

typedef struct _CamTrainCharts CamTrainCharts;

/* cam_train_charts_new: @board is borrowed and holds the cards. */
CamTrainCharts *cam_train_charts_new       (CamTrainBoard *board);
void            cam_train_charts_free      (CamTrainCharts *self);

/* cam_train_charts_show: @facts: (nullable): NULL shows empty axes, and @hint on them, for the run that @experiment would be. @experiment: of the run; may be NULL where @facts is given. */
void            cam_train_charts_show      (CamTrainCharts *self, const CamRunFacts *facts, CamExperiment *experiment, const char *hint);

guint           cam_train_charts_get_n     (const CamTrainCharts *self);
GtkWidget      *cam_train_charts_get_card  (const CamTrainCharts *self, guint i);     /* borrowed: a CamChartCard */

G_END_DECLS
