/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model that can be asked: a run's, loaded from the workspace when first wanted, or one from a file. Properties "name" and "detail" (for a list). Once it has its model it may be read by
 * any thread, and keeps it as long as it lives. */
#pragma once

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_MODEL_CHOICE (cam_model_choice_get_type ())
G_DECLARE_FINAL_TYPE (CamModelChoice, cam_model_choice, CAM, MODEL_CHOICE, GObject)

CamModelChoice *cam_model_choice_new_for_run  (CamRunItem *run);
CamModelChoice *cam_model_choice_new_for_file (const char *path, CamModel *model);          /* takes @model */

CamRunItem     *cam_model_choice_get_run      (CamModelChoice *self);                        /* NULL: a file's */
const char     *cam_model_choice_get_name     (CamModelChoice *self);
/* "weights of epoch 38"; NULL: not known */
char           *cam_model_choice_dup_weights  (CamModelChoice *self);
gboolean        cam_model_choice_load         (CamModelChoice *self, CamSession *session, GError **error);   /* main thread */
const CamModel *cam_model_choice_get_model    (CamModelChoice *self);                        /* NULL: not loaded */

/* cam_model_choice_list: models of files among @known, then those of @runs (CamRunItem) that have one: a run under way has none yet. Choices of @known are used again. Free the array. */
GPtrArray      *cam_model_choice_list         (GListModel *known, GListModel *runs);

/* cam_model_choice_find_best: of @choices (of CamModelChoice) the run that reached the best value, among those that can be compared with the newest one; −1: none. */
int             cam_model_choice_find_best    (GListModel *choices);

G_END_DECLS
