/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study before it begins: what its runs are, how many they are and how long they take, and what is wrong with them. It makes a plan out of the open experiment, or out of the one of a plan
 * that is opened here. Signal: "start" (CamPlan *, borrowed; double seconds: an estimate, or NaN): the person wants it. */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_STUDY_DIALOG (cam_study_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CamStudyDialog, cam_study_dialog, CAM, STUDY_DIALOG, AdwWindow)

CamStudyDialog *cam_study_dialog_new      (GtkWindow *parent, CamSession *session, CamStudyKind kind);
/* cam_study_dialog_dup_plan: the document as it stands, the experiment in it; NULL with CAM_JSON_ERROR_VALUE where what is typed cannot be. New reference. */
json_t         *cam_study_dialog_dup_plan (CamStudyDialog *self, GError **error);
gboolean        cam_study_dialog_save     (CamStudyDialog *self, const char *path, GError **error);
/* cam_study_dialog_open: a plan of any kind, with its own experiment. */
gboolean        cam_study_dialog_open     (CamStudyDialog *self, const char *path, GError **error);
/* cam_study_dialog_is_ready: what stands there was looked at, and can be started. */
gboolean        cam_study_dialog_is_ready (CamStudyDialog *self);

G_END_DECLS
