/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend of a chart: a button for each listed series, which switches it on and off. */
#pragma once

#include <gtk/gtk.h>

#include <cam-chart.h>

G_BEGIN_DECLS

/**
 * CamChartLegendFunc:
 * @name: of the series
 *
 * The user has switched it.
 */
typedef void (*CamChartLegendFunc) (GtkWidget *owner, const char *name, gboolean is_visible);

/**
 * cam_chart_legend_fill:
 * @hidden: set of names of series that are switched off
 * @switched: called with @owner, an ancestor of @legend
 *
 * Where names, colours and patterns are as before only the switches are set, so that no button goes away under the pointer.
 */
void cam_chart_legend_fill (GtkFlowBox *legend, const CamChart *chart, GHashTable *hidden, CamChartLegendFunc switched, GtkWidget *owner);

G_END_DECLS
