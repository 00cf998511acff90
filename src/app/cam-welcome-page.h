/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window shows while nothing is open: open, recent workspaces, samples. Property "settings" (CamSettings). */
#pragma once

#include <adwaita.h>

#include "cam-settings.h"

G_BEGIN_DECLS

#define CAM_TYPE_WELCOME_PAGE (cam_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (CamWelcomePage, cam_welcome_page, CAM, WELCOME_PAGE, AdwBin)

/* cam_welcome_page_get_n_samples: cards there are by now; they come after the window has been drawn. */
guint cam_welcome_page_get_n_samples (CamWelcomePage *self);

G_END_DECLS
