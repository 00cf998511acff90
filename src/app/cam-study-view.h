/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study on the Compare page: what it is and how far, what was found, its pictures and its table, and what can be done with it.
 *
 * Properties: "session" (CamSession) · "item" (CamStudyItem; NULL: none) · "maximised" (it has the whole page).
 * Actions: study.pause, study.resume, study.cancel, study.rename, study.delete, study.restore (the last deletion), study.adopt, study.refit, study.save-table, study.save-plan. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_STUDY_VIEW (cam_study_view_get_type ())
G_DECLARE_FINAL_TYPE (CamStudyView, cam_study_view, CAM, STUDY_VIEW, AdwBin)

void          cam_study_view_set_item    (CamStudyView *self, CamStudyItem *item);
CamStudyItem *cam_study_view_get_item    (CamStudyView *self);
CamSession   *cam_study_view_get_session (CamStudyView *self);

/* What follows the dialogs of study.rename, study.save-table and study.save-plan. */
void          cam_study_view_rename      (CamStudyView *self, const char *name);
gboolean      cam_study_view_save_table  (CamStudyView *self, const char *path, GError **error);
gboolean      cam_study_view_save_plan   (CamStudyView *self, const char *path, GError **error);

/* cam-study-adopt.c: the open experiment with what the best setting of @study sets, as one step. @is_refit: with the validation rows in training, and nothing left that looks at validation.
 * NULL with the reason. New reference. */
CamExperiment *cam_study_adopt           (CamStudy *study, CamExperiment *experiment, gboolean is_refit, GError **error);
/* cam_study_find_winner: the best setting so far. FALSE: there is none, or nothing to choose from. */
gboolean       cam_study_find_winner     (CamStudy *study, guint *setting);
/* cam_study_find_epochs: how long to train without validation: the median of the epochs at which the runs of @setting were best. */
guint          cam_study_find_epochs     (CamStudy *study, guint setting);

/* cam-study-view-actions.c */
void          cam_study_view_install_actions (GtkWidgetClass *widget_class);
void          cam_study_view_update_actions  (CamStudyView *self);

G_END_DECLS
