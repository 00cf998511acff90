/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The space of a search: settings that can be ticked, each unfolding to the values that are tried of it. Signal: "changed" (): the person chose something else. */
#pragma once

#include <adwaita.h>

#include "cam-study-choice.h"

G_BEGIN_DECLS

#define CAM_TYPE_STUDY_SPACE (cam_study_space_get_type ())
G_DECLARE_FINAL_TYPE (CamStudySpace, cam_study_space, CAM, STUDY_SPACE, AdwBin)

/* cam_study_space_new: @choices: of CamStudyChoice. */
GtkWidget *cam_study_space_new       (GPtrArray *choices);
void       cam_study_space_set_steps (CamStudySpace *self, gboolean has_steps);    /* as a grid needs them */
/* cam_study_space_dup: as it stands in a plan; NULL with CAM_JSON_ERROR_VALUE where what is typed cannot be. */
json_t    *cam_study_space_dup       (CamStudySpace *self, GError **error);
void       cam_study_space_set       (CamStudySpace *self, const json_t *space);

G_END_DECLS
