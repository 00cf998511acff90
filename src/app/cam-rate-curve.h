/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that draws the learning rate over the steps of a run, and says where it begins and ends. */
#pragma once

#include <adwaita.h>
#include <jansson.h>

G_BEGIN_DECLS

#define CAM_TYPE_RATE_CURVE (cam_rate_curve_get_type ())
G_DECLARE_FINAL_TYPE (CamRateCurve, cam_rate_curve, CAM, RATE_CURVE, AdwPreferencesRow)

GtkWidget *cam_rate_curve_new  (void);

/* cam_rate_curve_show: @rate: a completed "learning_rate", borrowed; @n_steps: batches of the run, at least 1. */
void       cam_rate_curve_show (CamRateCurve *self, const json_t *rate, double n_steps);

G_END_DECLS
