/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study tries of one setting: names that are ticked, activations with their curves; numbers in a list, or between two bounds.
 * Signal: "changed" (): the person chose something else. */
#pragma once

#include <gtk/gtk.h>

#include "cam-study-choice.h"

G_BEGIN_DECLS

#define CAM_TYPE_STUDY_VALUES (cam_study_values_get_type ())
G_DECLARE_FINAL_TYPE (CamStudyValues, cam_study_values, CAM, STUDY_VALUES, GtkBox)

/* cam_study_values_new: @choice is borrowed, and must outlive the widget. @has_range: numbers may also lie between two bounds. */
GtkWidget  *cam_study_values_new        (const CamStudyChoice *choice, gboolean has_range);
/* cam_study_values_set_steps: whether a range is asked for how many steps it has, as a grid needs. */
void        cam_study_values_set_steps  (CamStudyValues *self, gboolean has_steps);
/* cam_study_values_dup: as it stands in a plan: a list, or a range. NULL with CAM_JSON_ERROR_VALUE where what is typed cannot be. */
json_t     *cam_study_values_dup        (CamStudyValues *self, GError **error);
/* cam_study_values_dup_labels: of a list with names that say less than their titles; NULL: none are needed. */
json_t     *cam_study_values_dup_labels (CamStudyValues *self);
void        cam_study_values_set        (CamStudyValues *self, const json_t *values);
/* cam_study_values_describe: in a line. g_free(). */
char       *cam_study_values_describe   (CamStudyValues *self);

G_END_DECLS
