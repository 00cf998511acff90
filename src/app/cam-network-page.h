/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page where a network is built: palette, stack of cards, settings of the chosen layer, and the sums at the foot.
 * It follows the session's document, whoever changes it. Property "session" (CamSession, may be set once). */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_NETWORK_PAGE (cam_network_page_get_type ())
G_DECLARE_FINAL_TYPE (CamNetworkPage, cam_network_page, CAM, NETWORK_PAGE, AdwBin)

GtkWidget *cam_network_page_new (CamSession *session);

G_END_DECLS
