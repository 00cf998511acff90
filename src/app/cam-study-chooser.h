/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drop-down of the studies of a session, and of all its runs. Properties: "session" (CamSession) · "item" (CamStudyItem; NULL: all runs; notifies). */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_STUDY_CHOOSER (cam_study_chooser_get_type ())
G_DECLARE_FINAL_TYPE (CamStudyChooser, cam_study_chooser, CAM, STUDY_CHOOSER, AdwBin)

CamStudyItem *cam_study_chooser_get_item (CamStudyChooser *self);
void          cam_study_chooser_set_item (CamStudyChooser *self, CamStudyItem *item);

G_END_DECLS
