/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a chart: title, dim subtitle, room for a control, a menu (export, copy, log axis), a legend whose entries switch curves on and off, and the chart.
 *
 * Use: put a CamChartCard into a template with "title" and "subtitle" set, and give it a new chart with cam_chart_card_set_chart() whenever there are new values: as often as
 * they come, it draws at most about 15 times a second. The chart carries no title of its own on the screen; on export it gets the card's title and subtitle.
 * What the user switched (log axis, hidden curves, by name) holds for the charts that follow.
 *
 *   <object class="CamChartCard" id="loss_card"><property name="title" translatable="yes">Loss</property></object>
 *   g_autoptr(CamChart) chart = cam_chart_new_history (…);
 *   cam_chart_card_set_chart (self->loss_card, chart);
 *
 * Properties: "title", "subtitle" (NULL or "": no line), "chart" (CamChart), "log-axis", "control" (a GtkWidget left of the menu, NULL: none).
 * Actions: "card.export", "card.copy", "card.log-axis". */
#pragma once

#include <adwaita.h>

#include <cam-chart.h>

G_BEGIN_DECLS

#define CAM_TYPE_CHART_CARD (cam_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (CamChartCard, cam_chart_card, CAM, CHART_CARD, AdwBin)

GtkWidget *cam_chart_card_new          (void);
void       cam_chart_card_set_title    (CamChartCard *self, const char *title);
void       cam_chart_card_set_subtitle (CamChartCard *self, const char *subtitle);
void       cam_chart_card_set_chart    (CamChartCard *self, CamChart *chart);    /* NULL: an empty card */
CamChart  *cam_chart_card_get_chart    (CamChartCard *self);                     /* as it is shown; borrowed */
gboolean   cam_chart_card_get_log_axis (CamChartCard *self);
void       cam_chart_card_set_log_axis (CamChartCard *self, gboolean is_log);

/* cam_chart_card_export: what Export chart… does once the file is chosen: by the name's ending, in light colours. */
gboolean   cam_chart_card_export       (CamChartCard *self, const char *path, GError **error);

G_END_DECLS
