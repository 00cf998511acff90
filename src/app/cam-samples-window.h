/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sample is, where it is no plain row: a window of a sequence, a text, a picture. Settings at the left, a sample as the network gets it at the right. Closes by itself when
 * samples become plain rows. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_SAMPLES_WINDOW (cam_samples_window_get_type ())
G_DECLARE_FINAL_TYPE (CamSamplesWindow, cam_samples_window, CAM, SAMPLES_WINDOW, AdwWindow)

/* cam_samples_window_show: over @parent; one for each of them. */
void cam_samples_window_show (CamSession *session, GtkWindow *parent);

G_END_DECLS
