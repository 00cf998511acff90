/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an activation is chosen: the function and its derivative drawn, with others to compare, the ranges shaded in which it is flat, every activation as a small curve, and a
 * sentence on the chosen one. Signal: "chosen" (name). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CAM_TYPE_ACTIVATION_LAB (cam_activation_lab_get_type ())
G_DECLARE_FINAL_TYPE (CamActivationLab, cam_activation_lab, CAM, ACTIVATION_LAB, GtkBox)

/* cam_activation_lab_set_activation: shows it; no signal. */
void cam_activation_lab_set_activation (CamActivationLab *self, const char *activation);
/* cam_activation_lab_compare: whether another, by name, is drawn beside it; up to three can be, until they are no longer or become the chosen one. */
void cam_activation_lab_compare        (CamActivationLab *self, const char *activation, gboolean is_compared);

G_END_DECLS
