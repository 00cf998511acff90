/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart on the screen: hosts a CamChart, keeps its drawing as a render node, and adds hover read-out. Properties: "chart" (CamChart, boxed), "title" (for its accessible label).
 * Follows light and dark. Redraws at most about 15 times a second while charts are replaced quickly. Focusable: left and right move the read-out, Home and End take it to the
 * first and last point, Escape hides it. For screen readers it is a picture described by cam_chart_dup_summary(), and by the read-out while one is shown. */
#pragma once

#include <gtk/gtk.h>

#include <cam-chart.h>

G_BEGIN_DECLS

#define CAM_TYPE_CHART_VIEW (cam_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (CamChartView, cam_chart_view, CAM, CHART_VIEW, GtkWidget)

GtkWidget *cam_chart_view_new       (void);
void       cam_chart_view_set_chart (CamChartView *self, CamChart *chart);   /* NULL: nothing drawn */
CamChart  *cam_chart_view_get_chart (CamChartView *self);                    /* borrowed */

/* cam_chart_view_get_readout: the x whose values are shown; FALSE: none. */
gboolean   cam_chart_view_get_readout (CamChartView *self, double *x);
/* cam_chart_view_get_n_recorded: how often PLplot drew; hovering must not add to it. */
guint      cam_chart_view_get_n_recorded (CamChartView *self);

G_END_DECLS
