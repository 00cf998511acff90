/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a column: what a CamRelation counted, as charts. */
#pragma once

#include <cam-chart.h>
#include <cam-relation.h>

#include "cam-column-item.h"

G_BEGIN_DECLS

typedef enum { CAM_COLUMN_CHART_VALUES, CAM_COLUMN_CHART_BOX, CAM_COLUMN_CHART_TARGET, CAM_COLUMN_N_CHARTS } CamColumnChart;

/* "Histogram", "Box plot", "Target": translated. */
const char *cam_column_chart_get_name  (CamColumnChart kind);
/* Of the card that shows it: what is to be seen, as the name of the column stands above and at the axis. */
const char *cam_column_chart_get_title (CamColumnChart kind, const CamRelation *relation);
gboolean    cam_column_chart_is_there  (CamColumnChart kind, const CamRelation *relation);
/* @target NULL: none. *note: (out): a sentence below the title; g_free(). */
CamChart   *cam_column_chart_new       (CamColumnChart kind, const CamRelation *relation, CamColumnItem *item, CamColumnItem *target, char **note);

G_END_DECLS
