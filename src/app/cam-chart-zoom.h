/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of a chart is shown, and the arithmetic of choosing another. Limits are data, also on log axes; NaN: all of that axis, or of y what the curves need. It never reaches beyond
 * what the chart shows by itself. */
#pragma once

#include <cam-chart.h>

G_BEGIN_DECLS

typedef struct
{
  double x_min, x_max;
  double y_min, y_max;
} CamChartZoom;

#define CAM_CHART_ZOOM_NONE ((CamChartZoom) { NAN, NAN, NAN, NAN })

typedef enum { CAM_ZOOM_X = 1 << 0, CAM_ZOOM_Y = 1 << 1 } CamZoomAxes;

gboolean cam_chart_zoom_is_on  (const CamChartZoom *self);

/* What follows changes @self, which may be none yet. @layout: of the chart as it is drawn; @extent: cam_chart_find_extent() of the whole chart. */

/* cam_chart_zoom_select: the rectangle between two pixels, in any order. */
void     cam_chart_zoom_select (CamChartZoom *self, const CamChartLayout *layout, const CamChartLayout *extent, double x0, double y0, double x1, double y1, CamZoomAxes axes);
/* cam_chart_zoom_scale: @factor < 1 shows less, around a pixel that stays where it is. */
void     cam_chart_zoom_scale  (CamChartZoom *self, const CamChartLayout *layout, const CamChartLayout *extent, double factor, double x, double y, CamZoomAxes axes);
/* cam_chart_zoom_pan: what is shown moves by so many pixels to the right and down. Returns: whether it did; at the end it cannot. */
gboolean cam_chart_zoom_pan    (CamChartZoom *self, const CamChartLayout *layout, const CamChartLayout *extent, double dx, double dy);

/* cam_chart_zoom_apply: sets the limits of @chart. */
void     cam_chart_zoom_apply  (const CamChartZoom *self, CamChart *chart);
/* cam_chart_zoom_sees: whether any point of @chart lies inside. */
gboolean cam_chart_zoom_sees   (const CamChartZoom *self, const CamChart *chart);

G_END_DECLS
