/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a chart is looked at: what its user has switched. Kept by name as long as the program runs, so that a chart that comes back is looked at as before. Main thread only. */
#pragma once

#include "cam-chart-zoom.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean      is_x_log, is_y_log;
  gboolean      is_table;       /* its numbers instead of the drawing */
  double        smoothing;      /* 0: none */
  GHashTable   *hidden;         /* set of names of series */
  CamChartZoom  zoom;
} CamChartLook;

CamChartLook *cam_chart_look_new   (void);
void          cam_chart_look_free  (CamChartLook *self);
/* cam_chart_look_get: the one of this name, made where there is none yet. Borrowed, for ever. */
CamChartLook *cam_chart_look_get   (const char *name);

/* cam_chart_look_apply: @chart as it is to be shown, its zoom left out: itself, or a copy. New reference. */
CamChart     *cam_chart_look_apply (const CamChartLook *self, CamChart *chart);

G_END_DECLS
