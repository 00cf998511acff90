/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart on the screen: hosts a CamChart, keeps its drawing as a render node, and adds hover read-out. Properties: "chart" (CamChart, boxed), "title" (for its accessible label).
 * Follows light and dark. Redraws at most about 15 times a second while charts are replaced quickly. Focusable: left and right move the read-out. */
#pragma once

#include <gtk/gtk.h>

#include <cam-chart.h>

G_BEGIN_DECLS

#define CAM_TYPE_CHART_VIEW (cam_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (CamChartView, cam_chart_view, CAM, CHART_VIEW, GtkWidget)

GtkWidget *cam_chart_view_new       (void);
void       cam_chart_view_set_chart (CamChartView *self, CamChart *chart);   /* NULL: nothing drawn */
CamChart  *cam_chart_view_get_chart (CamChartView *self);                    /* borrowed */

G_END_DECLS
