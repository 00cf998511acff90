/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside a network while it learns: a switch, and with it two charts on the board: the gradient's norm of each layer, and its dead and saturated units. Off it costs nothing. */
#pragma once

#include "cam-run-facts.h"
#include "cam-train-board.h"

G_BEGIN_DECLS

typedef struct _CamTrainInside CamTrainInside;

/* cam_train_inside_new: @board is borrowed and holds the cards. */
CamTrainInside *cam_train_inside_new  (CamTrainBoard *board);
void            cam_train_inside_free (CamTrainInside *self);

/* cam_train_inside_show: @is_current: whether the run shown is the runner's; no other was looked into. */
void            cam_train_inside_show (CamTrainInside *self, CamRunner *runner, const CamRunFacts *facts, gboolean is_current);

/* Borrowed: CamChartCards, and the switch. */
GtkWidget      *cam_train_inside_get_gradients (const CamTrainInside *self);
GtkWidget      *cam_train_inside_get_units     (const CamTrainInside *self);
GtkWidget      *cam_train_inside_get_switch    (const CamTrainInside *self);

G_END_DECLS
