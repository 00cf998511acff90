/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pointer and keys on a chart: what they do is told in cam-chart-view.h. */
#pragma once

#include "cam-chart-view.h"

G_BEGIN_DECLS

/* cam_chart_input_connect: once, while the view is made. */
void cam_chart_input_connect (CamChartView *view);

G_END_DECLS
