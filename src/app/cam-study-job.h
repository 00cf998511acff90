/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done on a worker thread before a study begins: its plan is read, its data are made, what is wrong is found, and how long it will take is measured. */
#pragma once

#include <cam-study.h>

#include <gio/gio.h>

#include "cam-session.h"

G_BEGIN_DECLS

typedef struct
{
  /* Owned. Set before; not touched by the thread. */
  json_t   *json;         /* the plan's document; NULL: @plan is given */
  CamTable *table;        /* NULL: the plan's file is read */
  /* borrowed */
  CamStore *store;        /* for the study; NULL: it is made to be measured only */
  double    most_s;       /* to measure for; 0: not at all */

  /* Owned. Set by the thread; read once the task has returned. */
  CamPlan  *plan;         /* also where the task failed after it was read */
  CamStudy *study;        /* checked; NULL: it failed */
  double    seconds;      /* that the runs will take at most; NaN: not known */
} CamStudyJob;

/* cam_study_job_new: for data as @session has them open. Takes @json, or a reference to @plan. */
CamStudyJob *cam_study_job_new    (CamSession *session, json_t *json, CamPlan *plan);
void         cam_study_job_free   (CamStudyJob *job);
/* cam_study_job_run: takes @job, which is the task's data. */
void         cam_study_job_run    (CamStudyJob *job, gpointer source, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* cam_study_job_count_workers: how many runs of a study go side by side. */
guint        cam_study_job_count_workers (void);

G_END_DECLS
