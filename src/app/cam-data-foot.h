/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands below the table: the split and the data doctor. Side by side where there is room; in a low window one of them, with a switcher in the place of its title, as high as the
 * higher of the two, so that nothing moves when the other is shown. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_DATA_FOOT (cam_data_foot_get_type ())
G_DECLARE_FINAL_TYPE (CamDataFoot, cam_data_foot, CAM, DATA_FOOT, GtkWidget)

/* Not while sizes are being given out. */
void      cam_data_foot_set_low (CamDataFoot *self, gboolean is_low);
gboolean  cam_data_foot_get_low (CamDataFoot *self);

G_END_DECLS
