/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a study: from outside (cam-study.c), its scheduler (cam-study-queue.c), the histories of its runs
 * (cam-study-history.c), how long it takes (cam-study-measure.c), and what it has found, in numbers (cam-study-figures.c) and words (cam-study-words.c). */
#pragma once

#include "cam-plan-private.h"
#include "cam-run-private.h"
#include "cam-study.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean    is_done;
  CamRunState state;
  gint64      run;         /* in the store, also of one cut short; 0: none */
  json_t     *report;      /* owned */
  char      **keys;        /* owned; of the history; NULL: not known yet, or not kept */
  double     *history;     /* owned, [n_epochs, keys] */
  guint       n_epochs;
  gboolean    was_looked;  /* for the history in the store */
} Result;

typedef struct
{
  CamStudy      *study;        /* borrowed */
  CamRunner     *runner;       /* owned */
  CamExperiment *experiment;   /* owned; NULL: idle */
  guint          place;
  gboolean       is_busy;      /* with a place */
  gboolean       is_running;   /* its runner is */
} Worker;

struct _CamStudy
{
  GObject     parent_instance;

  /* owned */
  CamPlan    *plan;
  CamTable   *table;
  CamDataset *first_dataset; /* of the first run; NULL: not started */
  GPtrArray  *workers;       /* Worker */
  GArray     *results;       /* Result, by place */
  GHashTable *datasets;      /* data and split as text → CamDataset */
  GPtrArray  *keys;          /* those texts, oldest first */
  guint      *settings[CAM_PLAN_MOST_STAGES];   /* of each stage that is open */
  GError     *error;
  char       *data_sha256;   /* of the file, once it was checked; NULL: not known */

  /* borrowed */
  CamStore   *store;

  gint64      id;
  guint       n_open;        /* stages that can begin */
  guint       n_done;
  gboolean    is_running, is_stopping, is_paused;
};

/* cam-study.c */
void        cam_study_tell_run_ended (CamStudy *self, guint place);
void        cam_study_tell_progress  (CamStudy *self);
void        cam_study_tell_ended     (CamStudy *self);

/* cam-study-history.c */
/* cam_study_keep_history: of the run in @place, which @runner has just ended. */
void        cam_study_keep_history   (CamStudy *self, guint place, CamRunner *runner);
void        cam_study_result_clear   (gpointer result);

/* cam-study-queue.c */
void        cam_study_add_worker     (CamStudy *self);
void        cam_study_worker_free    (gpointer worker);
Result     *cam_study_peek_result    (CamStudy *self, guint place);
/* cam_study_put_result: the run in @place is done. Takes @report. */
void        cam_study_put_result     (CamStudy *self, guint place, gint64 run, CamRunState state, json_t *report);
/* cam_study_keep_dataset: for the runs to come with the same data and split. */
void        cam_study_keep_dataset   (CamStudy *self, const CamExperiment *experiment, CamDataset *dataset);
/* cam_study_schedule: workers without a place get one, and where there is nothing left to do the study ends. */
void        cam_study_schedule       (CamStudy *self);
/* cam_study_open_stages: whatever the results allow. */
void        cam_study_open_stages    (CamStudy *self);
/* What a score's name begins with, by the part it is of; none: the training part too. */
extern const char *const cam_study_prefixes[4];
/* cam_study_find_score: of a run's report; NaN: it has none of that name. */
double      cam_study_find_score     (const json_t *report, const char *monitor);
/* cam_study_peek_dataset: that of the first run. Borrowed; NULL: not started. */
CamDataset *cam_study_peek_dataset   (CamStudy *self);

G_END_DECLS
