/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a chart as a table: another way to read it, and the only one for who does not see it. A chart that grows adds rows; the place that is being read stays. */
#pragma once

#include <adwaita.h>

#include <cam-chart.h>

G_BEGIN_DECLS

#define CAM_TYPE_CHART_NUMBERS (cam_chart_numbers_get_type ())
G_DECLARE_FINAL_TYPE (CamChartNumbers, cam_chart_numbers, CAM, CHART_NUMBERS, AdwBin)

GtkWidget *cam_chart_numbers_new       (void);
/* cam_chart_numbers_set_chart: followed at once the first time and about twice a second from then on, and not while out of sight. @title: (nullable): of the chart. */
void       cam_chart_numbers_set_chart (CamChartNumbers *self, CamChart *chart, const char *title);

G_END_DECLS
