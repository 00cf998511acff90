/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages of an evaluation share. */
#pragma once

#include "cam-chart-card.h"
#include "cam-train-board.h"

G_BEGIN_DECLS

/* cam_evaluation_add_card: a card for a chart at the end of @board, hidden at first. Borrowed. */
CamChartCard    *cam_evaluation_add_card         (CamTrainBoard *board, const char *title, const char *memory);
/* cam_evaluation_add_curve_switch: “ROC” or “PR” at the head of @card. @toggled is called with @page first. Returns the button of ROC, which is chosen; borrowed. */
GtkToggleButton *cam_evaluation_add_curve_switch (CamChartCard *card, GCallback toggled, gpointer page);

G_END_DECLS
