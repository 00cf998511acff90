/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run's curve in a row: no axes, as high as the row. For the eye only: the columns beside it have the numbers. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CAM_TYPE_RUN_SPARK (cam_run_spark_get_type ())
G_DECLARE_FINAL_TYPE (CamRunSpark, cam_run_spark, CAM, RUN_SPARK, GtkWidget)

GtkWidget *cam_run_spark_new        (void);
/* Values are read at once and thinned to what can be seen; NaN is a gap. @values NULL: nothing is drawn. */
void       cam_run_spark_set_values (CamRunSpark *self, const double *values, guint n, guint colour);

G_END_DECLS
