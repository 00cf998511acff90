/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two charts of the Compare page: which curves they show, how runs are grouped, what a click on a curve selects. Histories that have not been read yet are read a few at a time, and
 * what is there is drawn meanwhile. Signal "changed": they are to be shown again. Main thread only. */
#pragma once

#include "cam-chart-card.h"
#include "cam-overlay-choice.h"
#include "cam-run-table.h"

G_BEGIN_DECLS

#define CAM_TYPE_COMPARE_CHARTS (cam_compare_charts_get_type ())
G_DECLARE_FINAL_TYPE (CamCompareCharts, cam_compare_charts, CAM, COMPARE_CHARTS, GObject)

#define CAM_COMPARE_N_CHARTS 2

/* Everything is borrowed, and must live until cam_compare_charts_stop(). @choices: which curve each card shows. */
CamCompareCharts *cam_compare_charts_new        (CamRunTable *table, CamChartCard *const cards[CAM_COMPARE_N_CHARTS], GtkDropDown *const choices[CAM_COMPARE_N_CHARTS], GtkDropDown *group);
void              cam_compare_charts_stop       (CamCompareCharts *self);      /* nothing comes any more: for dispose */
CamOverlayChoice *cam_compare_charts_get_choice (CamCompareCharts *self);
/* cam_compare_charts_show: the runs that are ticked; those selected in the table stand out. @session: tells of the run under way. */
void              cam_compare_charts_show       (CamCompareCharts *self, CamSession *session, GPtrArray *shown);
const char       *cam_compare_charts_get_key    (CamCompareCharts *self, guint chart);      /* NULL: none yet */

G_END_DECLS
