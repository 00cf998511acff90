/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A probability as a bar in one of the charts' colours. For the eye only: the number stands beside it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CAM_TYPE_SHARE_BAR (cam_share_bar_get_type ())
G_DECLARE_FINAL_TYPE (CamShareBar, cam_share_bar, CAM, SHARE_BAR, GtkWidget)

GtkWidget *cam_share_bar_new       (void);
void       cam_share_bar_set_share (CamShareBar *self, double share, guint colour);    /* 0 … 1; NaN: an empty track */

G_END_DECLS
