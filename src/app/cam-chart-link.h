/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the charts of one page share: the x at which they are read out. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CAM_TYPE_CHART_LINK (cam_chart_link_get_type ())
G_DECLARE_FINAL_TYPE (CamChartLink, cam_chart_link, CAM, CHART_LINK, GObject)

/* Signal "moved" (source: gpointer, x: double; NaN: nothing is read out): emitted by cam_chart_link_move(). */
CamChartLink *cam_chart_link_new  (void);
/* cam_chart_link_move: @source: who has moved it, and need not follow. */
void          cam_chart_link_move (CamChartLink *self, gpointer source, double x);

G_END_DECLS
