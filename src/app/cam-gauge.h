/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A probability as a half circle. For the eye only: the number stands in its middle. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CAM_TYPE_GAUGE (cam_gauge_get_type ())
G_DECLARE_FINAL_TYPE (CamGauge, cam_gauge, CAM, GAUGE, GtkWidget)

GtkWidget *cam_gauge_new       (void);
void       cam_gauge_set_share (CamGauge *self, double share, guint colour);    /* 0 … 1; NaN: an empty track; @colour of the charts' series */

G_END_DECLS
