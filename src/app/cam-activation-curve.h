/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small drawing of an activation, without axes, in the colour of the widget's text. Property "activation" (name;
 * NULL or unknown: nothing is drawn). Its accessible label is the name. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CAM_TYPE_ACTIVATION_CURVE (cam_activation_curve_get_type ())
G_DECLARE_FINAL_TYPE (CamActivationCurve, cam_activation_curve, CAM, ACTIVATION_CURVE, GtkWidget)

GtkWidget *cam_activation_curve_new            (const char *activation);
void       cam_activation_curve_set_activation (CamActivationCurve *self, const char *activation);

G_END_DECLS
