/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run's curve in a row: no axes, as high as the row. For the eye only: the columns beside it have the numbers. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CAM_RUN_SPARK_WIDTH 84
#define CAM_RUN_SPARK_HEIGHT 22

/* cam_run_spark_draw: @values thinned to what can be seen; NaN is a gap. At the middle of @height, from the left. */
void cam_run_spark_draw (GtkSnapshot *snapshot, double height, const double *values, guint n, guint colour);

G_END_DECLS
