/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip above the curves: what keeps a run from being started, or what befell the last one, each with one step that helps. Property "session" (CamSession, set once). */
#pragma once

#include <adwaita.h>

#include "cam-run-facts.h"

G_BEGIN_DECLS

#define CAM_TYPE_TRAIN_BANNER (cam_train_banner_get_type ())
G_DECLARE_FINAL_TYPE (CamTrainBanner, cam_train_banner, CAM, TRAIN_BANNER, AdwBin)

GtkWidget *cam_train_banner_new  (CamSession *session);
/* cam_train_banner_show: @facts NULL: no run yet; @dataset: what it ran on, NULL: not known. Hides itself where there is nothing to say. */
void       cam_train_banner_show (CamTrainBanner *self, const CamRunFacts *facts, CamDataset *dataset);

G_END_DECLS
