/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An experiment of the workspace as the list of them shows it. Properties, all notify: "title" · "summary" ("dense 16 · Adam 0.001") · "is-open" (it is the one in front). Main thread only. */
#pragma once

#include <cam-document.h>

G_BEGIN_DECLS

#define CAM_TYPE_EXPERIMENT_ITEM (cam_experiment_item_get_type ())
G_DECLARE_FINAL_TYPE (CamExperimentItem, cam_experiment_item, CAM, EXPERIMENT_ITEM, GObject)

/* cam_experiment_item_new: @id: the draft's number in the store. */
CamExperimentItem *cam_experiment_item_new         (gint64 id, CamExperiment *experiment);
gint64             cam_experiment_item_get_id      (CamExperimentItem *self);
const char        *cam_experiment_item_get_title   (CamExperimentItem *self);
gboolean           cam_experiment_item_get_is_open (CamExperimentItem *self);
/* cam_experiment_item_get_experiment: as it was when it was last shown or left. Borrowed. */
CamExperiment     *cam_experiment_item_get_experiment (CamExperimentItem *self);
/* cam_experiment_item_show: what the list says of it follows @experiment. */
void               cam_experiment_item_show        (CamExperimentItem *self, CamExperiment *experiment);
/* cam_experiment_item_enter: it comes to the front of @document, with its way back. cam_experiment_item_leave: it was in front, and @state (taken) is what it takes along. */
CamDocumentState  *cam_experiment_item_enter       (CamExperimentItem *self, CamDocument *document);   /* what was in front before */
void               cam_experiment_item_leave       (CamExperimentItem *self, CamDocumentState *state);
void               cam_experiment_item_mark_open   (CamExperimentItem *self);                          /* it is in front already */

G_END_DECLS
