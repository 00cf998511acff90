/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of the runner: what it is and can be asked to do (cam-runner.c), runs that go on after their end (cam-runner-go-on.c), and the turns in which it takes what a run
 * says, keeps it and tells of it (cam-runner-turn.c). */
#pragma once

#include "cam-run-private.h"

G_BEGIN_DECLS

struct _CamRunner
{
  GObject         parent_instance;

  /* owned */
  GMainContext   *context;
  GSource        *drain;          /* NULL: no run is under way */
  CamRun         *run;            /* under way, or the last; NULL: none yet */
  GArray         *rows;           /* double: told epochs by keys, row-major */
  GArray         *seconds;        /* double: when each of them ended, since the run began; NaN: not known */
  GArray         *events;         /* CamRunEvent */
  CamRunKeeper    keeper;
  char           *folder;         /* for files of callbacks; NULL: none */
  char           *name;           /* of the runs to come; NULL: by number */
  CamStudyPlace   place;          /* of the runs to come … */
  gboolean        has_place;      /* … if they belong to a study */
  char           *folders;        /* where each run that is kept has a folder of its own; NULL: nowhere */

  CamRunnerState  state;
  gboolean        has_ended;
  gboolean        is_watched;     /* gradients and units, of all runs */
  gboolean        is_disposed;    /* nobody is told anything any more */
  guint           n_epochs;       /* in @rows */
  guint           best_epoch;
  double          best_value;

  CamRunProgress  progress;
  gboolean        is_stepping;    /* to the end of an epoch */
  gboolean        has_paused;     /* by itself, after an epoch; not told yet */
  gboolean        has_news;       /* in @progress, not told yet */
  gint64          told_at;
};

/* cam-runner.c */
void cam_runner_change_state  (CamRunner *self, CamRunnerState state);
void cam_runner_tell_epochs   (CamRunner *self, guint first, guint n);
void cam_runner_tell_progress (CamRunner *self);
void cam_runner_tell_ended    (CamRunner *self);
/* cam_runner_adopt: @run and what @keeper holds become the runner's; nothing of the last run is left. */
void cam_runner_adopt         (CamRunner *self, CamRun *run, CamRunKeeper *keeper);
/* cam_runner_begin: the thread of the adopted run starts, and everybody is told. */
void cam_runner_begin         (CamRunner *self);

/* cam-runner-turn.c */
void cam_runner_attach_drain  (CamRunner *self);
/* cam_runner_finish_now: stops the run under way and waits for it; what it has finished is kept, and nobody is told. */
void cam_runner_finish_now    (CamRunner *self);

G_END_DECLS
