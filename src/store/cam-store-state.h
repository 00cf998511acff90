/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run's state as the word that stands in the file. */
#pragma once

#include "cam-store.h"

const char  *cam_run_state_to_text   (CamRunState state);
CamRunState  cam_run_state_from_text (const char *text);   /* an unknown word is CAM_RUN_INTERRUPTED */
