/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a chart: title, dim subtitle, room for a control, a menu (export, copy, table, log axes, smoothing), a legend whose entries switch curves on and off, and the chart or its numbers.
 *
 * Use: put a CamChartCard into a template with "title" and "subtitle" set, and give it a new chart with cam_chart_card_set_chart() whenever there are new values: as often as
 * they come, it draws at most about 15 times a second. The chart carries no title of its own on the screen; on export it gets the card's title and subtitle.
 * What the user switched (log axes, smoothing, table, zoom, hidden curves by name) holds for the charts that follow; with a memory, in any card that has the same, until the program ends.
 *
 *   <object class="CamChartCard" id="loss_card"><property name="title" translatable="yes">Loss</property></object>
 *   g_autoptr(CamChart) chart = cam_chart_new_history (…);
 *   cam_chart_card_set_chart (self->loss_card, chart);
 *
 * Properties: "title", "subtitle" (NULL or "": no line), "chart" (CamChart), "log-x", "log-y", "smoothing", "table", "memory" (NULL: none), "control" (a GtkWidget left of the menu, NULL: none),
 *   "extra-menu" (a GMenuModel: a section of the menu above the switches, set once).
 * Actions: "card.export", "card.copy", "card.copy-numbers", "card.table", "card.show-all" (no zoom), "card.log-x", "card.log-y". */
#pragma once

#include <adwaita.h>

#include "cam-chart-view.h"

G_BEGIN_DECLS

#define CAM_CHART_CARD_MAX_SMOOTHING 0.99

#define CAM_TYPE_CHART_CARD (cam_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (CamChartCard, cam_chart_card, CAM, CHART_CARD, AdwBin)

GtkWidget    *cam_chart_card_new           (void);
void          cam_chart_card_set_title     (CamChartCard *self, const char *title);
void          cam_chart_card_set_subtitle  (CamChartCard *self, const char *subtitle);
void          cam_chart_card_set_chart     (CamChartCard *self, CamChart *chart);    /* NULL: an empty card */
CamChart     *cam_chart_card_get_chart     (CamChartCard *self);                     /* as it is shown; borrowed */
CamChartView *cam_chart_card_get_view      (CamChartCard *self);                     /* borrowed */
/* cam_chart_card_set_memory: the name under which this chart is remembered: "train loss". */
void          cam_chart_card_set_memory    (CamChartCard *self, const char *memory);
/* cam_chart_card_set_body: shown in place of the drawing, once: a widget that draws the chart by itself. Menu, export and table stay. */
void          cam_chart_card_set_body      (CamChartCard *self, GtkWidget *body);
void          cam_chart_card_set_smoothing (CamChartCard *self, double weight);

G_END_DECLS
