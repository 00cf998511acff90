/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cam_chart_draw() for those who must know whether it worked. */
#pragma once

#include "cam-chart.h"

G_BEGIN_DECLS

/* As cam_chart_draw(), without a placeholder: %FALSE where PLplot failed. */
gboolean cam_chart_try_draw (const CamChart *self, cairo_t *cr, int width, int height, const CamChartTheme *theme, CamChartParts parts, CamChartLayout *layout);

/* The numbers as CSV: the chart's table. Decimal point in every locale; no value: an empty cell. */
GString *cam_chart_to_csv   (const CamChart *self);

G_END_DECLS
