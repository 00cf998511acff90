/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study as the lists show it. Properties (notify): "name" · "title" (“Activations · 12 of 25”) · "state" (CamStudyState as int) · "n-done", "n-runs" · "share" (0 … 1, epochs under way counted) ·
 * "seconds-left" (NaN: not known). Signal: "results": runs are done, of which there was no result before. Main thread only. */
#pragma once

#include <cam-study.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_STUDY_PREPARING,    /* its data are being made */
  CAM_STUDY_WAITING,      /* for its turn */
  CAM_STUDY_RUNNING,
  CAM_STUDY_PAUSED,
  CAM_STUDY_STOPPING,     /* ends within a batch */
  CAM_STUDY_UNFINISHED,   /* cancelled, or cut short: it can be taken up */
  CAM_STUDY_FINISHED,
} CamStudyState;

#define CAM_TYPE_STUDY_ITEM (cam_study_item_get_type ())
G_DECLARE_FINAL_TYPE (CamStudyItem, cam_study_item, CAM, STUDY_ITEM, GObject)

gint64         cam_study_item_get_id           (CamStudyItem *self);      /* in the store; 0: not yet */
const char    *cam_study_item_get_name         (CamStudyItem *self);
CamStudyState  cam_study_item_get_state        (CamStudyItem *self);
guint          cam_study_item_get_n_done       (CamStudyItem *self);
guint          cam_study_item_get_n_runs       (CamStudyItem *self);
double         cam_study_item_get_share        (CamStudyItem *self);
double         cam_study_item_get_seconds_left (CamStudyItem *self);
/* cam_study_item_get_message: why it cannot go on, or cannot be read; NULL: nothing is wrong. */
const char    *cam_study_item_get_message      (CamStudyItem *self);
/* cam_study_item_get_plan: NULL: it cannot be read. Borrowed. */
CamPlan       *cam_study_item_get_plan         (CamStudyItem *self);
/* cam_study_item_get_study: its results, as they are now. NULL: not looked at yet; see cam_session_peek_study(). Borrowed. */
CamStudy      *cam_study_item_get_study        (CamStudyItem *self);
/* cam_study_item_describe: what it is, in a line: “5 activations × 5 seeds”. g_free(). */
char          *cam_study_item_describe         (CamStudyItem *self);
/* cam_study_item_get_warning: what is to be known of its results: that its data are others now; NULL: nothing. */
const char    *cam_study_item_get_warning      (CamStudyItem *self);
/* cam_study_item_is_active: under way, or about to be. */
gboolean       cam_study_item_is_active        (CamStudyItem *self);

/* For the session. */
CamStudyItem  *cam_study_item_new              (CamPlan *plan, double seconds);
CamStudyItem  *cam_study_item_new_stored       (CamStore *store, const CamStudyRecord *record);
void           cam_study_item_set_name         (CamStudyItem *self, const char *name);
void           cam_study_item_set_state        (CamStudyItem *self, CamStudyState state);
void           cam_study_item_set_message      (CamStudyItem *self, const char *message);
void           cam_study_item_set_warning      (CamStudyItem *self, const char *warning);
/* cam_study_item_set_study: (nullable): from now on progress follows it, once cam_study_item_follow() is called. */
void           cam_study_item_set_study        (CamStudyItem *self, CamStudy *study);
void           cam_study_item_follow           (CamStudyItem *self);
/* cam_study_item_set_clock: whether time counts for what is left: not while it is paused. */
void           cam_study_item_set_clock        (CamStudyItem *self, gboolean runs);

G_END_DECLS
