/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sample as a card: picture, name, size, task, and what it is about. Pressing it opens the experiment. */
#pragma once

#include <adwaita.h>

#include "cam-sample.h"

G_BEGIN_DECLS

#define CAM_TYPE_SAMPLE_CARD (cam_sample_card_get_type ())
G_DECLARE_FINAL_TYPE (CamSampleCard, cam_sample_card, CAM, SAMPLE_CARD, AdwBin)

/* @sample stays the caller's and must live as long as the card. */
GtkWidget  *cam_sample_card_new (const CamSample *sample);

G_END_DECLS
