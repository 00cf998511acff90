/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the charts of an evaluation share. */
#pragma once

#include "cam-evaluation-charts.h"

G_BEGIN_DECLS

#define CAM_EVALUATION_MOST_POINTS 400     /* of a curve */
#define CAM_EVALUATION_CHANCE 8            /* of the theme's series: slate: what would be without a network */

/* A dashed line of two points: what would be usual, or right. */
void cam_evaluation_add_line (CamChart *chart, const char *name, const char *note, double x0, double y0, double x1, double y1);

G_END_DECLS
