/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of a chart's curves at one x: found, drawn over the chart, put into words. */
#pragma once

#include <gtk/gtk.h>

#include <cam-chart.h>

G_BEGIN_DECLS

/* cam_chart_readout_find: the x nearest to @x at which a visible curve has a point (@step 0), the next one to the left (−1) or right (1). NaN: none at all; at an end it stays. ±∞ finds an end. */
double cam_chart_readout_find     (const CamChart *chart, double x, int step);

/* cam_chart_readout_draw: line, dots and label, with @widget's font, inside its size. @picked: a series to be told apart, −1: none. */
void   cam_chart_readout_draw     (const CamChart *chart, double x, int picked, const CamChartLayout *layout, const CamChartTheme *theme, GtkWidget *widget, GtkSnapshot *snapshot);

/* cam_chart_readout_draw_spot: @text in a box beside a place, its first line strong. */
void   cam_chart_readout_draw_spot (const char *text, double x, double y, const CamChartTheme *theme, GtkWidget *widget, GtkSnapshot *snapshot);

/* cam_chart_readout_dup_text: "Epoch 38: validation 0.231, train 0.187". g_free(). */
char  *cam_chart_readout_dup_text (const CamChart *chart, double x);

G_END_DECLS
