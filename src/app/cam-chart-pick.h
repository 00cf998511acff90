/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which curve of a chart is under the pointer. */
#pragma once

#include <cam-chart.h>

G_BEGIN_DECLS

/* cam_chart_pick: the visible curve whose line passes nearest to a pixel of @layout, at most @reach pixels off; of two that lie together the one that is not pale, and of those the upper one. −1: none. */
int cam_chart_pick (const CamChart *chart, const CamChartLayout *layout, double pixel_x, double pixel_y, double reach);

G_END_DECLS
