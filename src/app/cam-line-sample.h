/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short piece of a curve's line, for legends; or a dot in its colour. Follows light and dark. For the eye only: the name beside it says the same. */
#pragma once

#include <gtk/gtk.h>

#include <cam-chart.h>

G_BEGIN_DECLS

#define CAM_TYPE_LINE_SAMPLE (cam_line_sample_get_type ())
G_DECLARE_FINAL_TYPE (CamLineSample, cam_line_sample, CAM, LINE_SAMPLE, GtkWidget)

GtkWidget *cam_line_sample_new      (void);
void       cam_line_sample_set_line (CamLineSample *self, guint colour, CamLinePattern pattern);
void       cam_line_sample_set_dot  (CamLineSample *self, guint colour);

G_END_DECLS
