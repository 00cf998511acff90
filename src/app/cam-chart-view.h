/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart on the screen: hosts a CamChart, keeps its drawing as a render node, and adds read-out and zoom. Properties: "chart" (CamChart, boxed), "title" (for its accessible label), "zoomed"
 * (read only). Signals "point-activated" (double x): a point was clicked, or chosen with Enter; "series-activated" (uint series): a curve was clicked; while somebody listens to it, the curve under
 * the pointer is told apart in the read-out. Follows light and dark. Redraws at most about 15 times a second while charts are replaced quickly.
 *
 * Pointer: hovering reads out, dragging zooms to what was drawn over (flat: x only, narrow: y only), a double click shows all again. While zoomed the wheel and a drag with Shift or the middle
 * button move along; Ctrl with the wheel zooms. Keys: left, right, Home, End move the read-out, Escape hides it; + − 0 zoom in, out, show all; Shift with an arrow moves along.
 * On parallel axes a drag along an axis brushes it, a click on it takes its brush away, a double click all of them; brushes outlast a new chart with as many axes.
 * For screen readers it is a picture described by cam_chart_dup_summary(), and by the read-out while one is shown. */
#pragma once

#include <gtk/gtk.h>

#include <cam-chart.h>

#include "cam-chart-link.h"
#include "cam-chart-zoom.h"

G_BEGIN_DECLS

#define CAM_TYPE_CHART_VIEW (cam_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (CamChartView, cam_chart_view, CAM, CHART_VIEW, GtkWidget)

GtkWidget *cam_chart_view_new       (void);
void       cam_chart_view_set_chart (CamChartView *self, CamChart *chart);   /* NULL: nothing drawn */
CamChart  *cam_chart_view_get_chart (CamChartView *self);                    /* borrowed */

/* cam_chart_view_set_link: once; what one of the charts with the same link reads out, all do. */
void       cam_chart_view_set_link (CamChartView *self, CamChartLink *link);

const CamChartZoom *cam_chart_view_get_zoom (CamChartView *self);
void       cam_chart_view_set_zoom (CamChartView *self, const CamChartZoom *zoom);

/* cam_chart_view_get_readout: the x whose values are shown; FALSE: none. */
gboolean   cam_chart_view_get_readout (CamChartView *self, double *x);
void       cam_chart_view_set_readout (CamChartView *self, double x);          /* NaN: none */
/* cam_chart_view_get_n_recorded: how often PLplot drew; hovering must not add to it. */
guint      cam_chart_view_get_n_recorded (CamChartView *self);

/* For pointer and keys. */
/* cam_chart_view_set_spot: what cam_chart_dup_spot() says of a place, drawn beside it; takes @text; NULL: none. */
void       cam_chart_view_set_spot (CamChartView *self, char *text, double x, double y);
/* cam_chart_view_set_brush: see cam_chart_set_brush(). */
void       cam_chart_view_set_brush (CamChartView *self, guint axis, double low, double high);
const CamChartLayout *cam_chart_view_get_layout (CamChartView *self);          /* of what is drawn; NULL: nothing is */
void       cam_chart_view_set_selection (CamChartView *self, const graphene_rect_t *selection);   /* NULL: none */
void       cam_chart_view_describe (CamChartView *self);                       /* tells screen readers now, not later */
void       cam_chart_view_activate (CamChartView *self, double x);
gboolean   cam_chart_view_can_activate (CamChartView *self);                   /* somebody listens to "point-activated" */
/* cam_chart_view_pick: the curve at a place, −1: none, or nobody listens to "series-activated". cam_chart_view_set_picked: it is what the pointer is on. */
int        cam_chart_view_pick (CamChartView *self, double x, double y);
void       cam_chart_view_set_picked (CamChartView *self, int series);
void       cam_chart_view_activate_series (CamChartView *self, int series);

G_END_DECLS
