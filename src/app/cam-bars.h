/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small histogram: bars from counts, in the widget's own text colour, without axes. A second row of counts lies on
 * top of the first in orange (the positive class). Whoever shows it sets its accessible label. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CAM_TYPE_BARS (cam_bars_get_type ())
G_DECLARE_FINAL_TYPE (CamBars, cam_bars, CAM, BARS, GtkWidget)

GtkWidget *cam_bars_new        (void);
/* Counts are copied; @upper NULL: none. The tallest bar, @lower + @upper, fills the height. */
void       cam_bars_set_counts (CamBars *self, const gsize *lower, const gsize *upper, guint n);

G_END_DECLS
