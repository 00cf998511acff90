/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study has found, as a table: settings in their ranking with mean, deviation and the probability that the best beats them; where only seeds and folds differ a row for each run. */
#pragma once

#include <adwaita.h>

#include <cam-study.h>

G_BEGIN_DECLS

#define CAM_TYPE_STUDY_TABLE (cam_study_table_get_type ())
G_DECLARE_FINAL_TYPE (CamStudyTable, cam_study_table, CAM, STUDY_TABLE, AdwBin)

/* cam_study_table_show: @study as it is now; NULL: nothing. */
void cam_study_table_show (CamStudyTable *self, CamStudy *study);

G_END_DECLS
