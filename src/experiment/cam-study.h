/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study under way: the runs of a plan side by side, each with one thread, watched from the main context of the thread that made it. Every run is in the store, if one is given, from its first
 * epoch on; what the study has found does not depend on how many run at once, nor on where it was cut short and taken up again.
 *
 * Signals, in the main context:
 *   "run-ended" (guint place): a run is over, and its result final
 *   "progress": somewhere something moved; as often as the runners say so
 *   "ended": nothing is under way any more: all is done, or it was stopped, or cam_study_get_error() says why not */
#pragma once

#include <glib-object.h>

#include <cam-store.h>

#include "cam-plan.h"

G_BEGIN_DECLS

#define CAM_TYPE_STUDY (cam_study_get_type ())
G_DECLARE_FINAL_TYPE (CamStudy, cam_study, CAM, STUDY, GObject)

typedef struct
{
  gboolean     is_done;
  guint        setting;     /* in the plan; where the stage of the run is not known yet: the rank */
  CamRunState  state;
  gint64       run;         /* in the store; 0: none */
  double       score;       /* of the plan's monitor; NaN: none */
  const json_t *report;     /* as cam_runner_get_report(); NULL until done */
} CamStudyResult;

/**
 * cam_study_new:
 * @table: (nullable): NULL where it is only to be looked at, by cam_study_load()
 * @store: (nullable): keeps the runs; borrowed, used in this thread only
 * @n_workers: runs at a time, from 1
 */
CamStudy             *cam_study_new           (CamPlan *plan, CamTable *table, CamStore *store, guint n_workers);

/* cam_study_find: the newest study of this very plan in @store; 0: none. */
gint64                cam_study_find          (CamStore *store, const CamPlan *plan);

/**
 * cam_study_load:
 * @study: one in the store, of the same plan
 *
 * What the store has of it, without running anything: results, words and table are as they were left. The data are not looked at.
 *
 * Errors: those of the store.
 */
gboolean              cam_study_load          (CamStudy *self, gint64 study, GError **error);

/**
 * cam_study_check:
 *
 * The data of the first run are made, and what is wrong with them, with the network or with the monitor is told before anything is kept. That may take a while with many rows: it may be
 * done on another thread, if no other uses the study meanwhile. cam_study_start() does it where nobody has.
 *
 * Errors: as of cam_study_start().
 */
gboolean              cam_study_check         (CamStudy *self, GError **error);

/* cam_study_keep: a study that was checked is in the store from now on, before it starts: as a new one. cam_study_get_id() tells its number, for cam_study_start(). */
gboolean              cam_study_keep          (CamStudy *self, GError **error);

/**
 * cam_study_start:
 * @study: one in the store, of the same plan, to be taken up; 0: a new one
 *
 * Runs that are done stay as they are; those cut short go on from their last state, or begin again where none was kept, with the same numbers either way.
 *
 * Errors: CAM_EXPERIMENT_ERROR_IMPOSSIBLE, also where the monitor needs rows that there are not; _CANNOT_GO_ON: the data are others now; those of cam_dataset_new() and of the store.
 */
gboolean              cam_study_start         (CamStudy *self, gint64 study, GError **error);
/* cam_study_stop: runs under way stop within a batch, and can be taken up; "ended" follows. */
void                  cam_study_stop          (CamStudy *self);
void                  cam_study_set_paused    (CamStudy *self, gboolean paused);
gboolean              cam_study_is_running    (CamStudy *self);

/* cam_study_measure: seconds that one row takes in training, from a short fit of the plan's experiment in this thread (about @most_s); NaN: not known. After
 * cam_study_check(), or cam_study_start(), which begins nothing before the loop turns. */
double                cam_study_measure       (CamStudy *self, double most_s);
/* cam_study_estimate: seconds that the runs not done yet take at most, at @row_s a row. Early stopping makes it less. */
double                cam_study_estimate      (CamStudy *self, double row_s);

CamPlan              *cam_study_get_plan      (CamStudy *self);
gint64                cam_study_get_id        (CamStudy *self);             /* in the store; 0: none */
guint                 cam_study_get_n_done    (CamStudy *self);
void                  cam_study_get_result    (CamStudy *self, guint place, CamStudyResult *result);
/* cam_study_get_share: how much is done, 0 … 1, epochs under way counted. */
double                cam_study_get_share     (CamStudy *self);
const GError         *cam_study_get_error     (CamStudy *self);

/**
 * cam_study_peek_history:
 * @keys: (out): of the history, ends with NULL
 * @n_epochs: (out): how many it has
 *
 * The history of a run that is done, from the store or, where there is none, from the study itself.
 *
 * Returns: (nullable): `[n_epochs, keys]`, borrowed from the study; %NULL: not done, or not kept
 */
const double         *cam_study_peek_history  (CamStudy *self, guint place, const char *const **keys, guint *n_epochs);

/* cam_study_to_csv: a row for each run that is done, in the plan's order: what it was, the settings that differ, how it ended, its scores with 9 digits. No times: the same plan gives the same table. */
char                 *cam_study_to_csv        (CamStudy *self);
/* cam_study_describe: what was found, in lines of words: mean ± deviation of each setting, the ranking with probabilities, or that there is none; valid at any moment. g_free(). */
char                 *cam_study_describe      (CamStudy *self);
/* cam_study_dup_finding: of all that the most telling sentence: whether the best is better than the next, whether more data would help, or how far the scores lie apart. g_free(). */
char                 *cam_study_dup_finding   (CamStudy *self);

G_END_DECLS
