/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run behind the runner: the fit on its thread with the queue of its snapshots (cam-run.c), what it starts from (cam-run-setup.c), what it is worth in the end
 * (cam-run-report.c), how far it is (cam-run-progress.c), the files its callbacks write (cam-run-files.c), and how it gets into the store (cam-run-keeper.c). */
#pragma once

#include <cam-fit.h>
#include <cam-store.h>

#include "cam-runner.h"

G_BEGIN_DECLS

/* Never changed once it is in the queue. */
typedef struct
{
  enum { CAM_SNAPSHOT_BATCH, CAM_SNAPSHOT_EPOCH, CAM_SNAPSHOT_RATE, CAM_SNAPSHOT_PAUSED, CAM_SNAPSHOT_END } kind;
  guint  epoch;         /* finished so far; RATE: the one in which it begins, from 1 */
  gsize  batch;         /* done in the epoch under way; RATE: the first with it, from 1 */
  double loss;
  double elapsed_s;     /* pauses left out */
  double rate;          /* learning rate of the next batch */
  guint  best_epoch;    /* EPOCH; 0: none yet */
  double best_value;
  double values[];      /* EPOCH: one for each key */
} CamSnapshot;

typedef struct
{
  /* owned; constant once made, read by both threads */
  CamExperiment  *experiment;
  CamDataset     *dataset;
  CamFit         *fit;             /* NULL again once joined */
  GCancellable   *cancellable;     /* Stop */
  char          **keys;
  char           *monitor;
  guint           n_keys, loss_key;
  guint           n_epochs;        /* asked for */
  gsize           n_rows;          /* of training */
  gsize           batch_size, n_batches;
  guint           n_threads;
  char           *folder;          /* for files that callbacks write; NULL: there is none */
  float          *weights;         /* of training rows, by their classes; NULL: one each */

  /* What the fit has to say. */
  GAsyncQueue    *snapshots;       /* CamSnapshot */
  GSource        *drain;           /* in the runner's context; ready when somebody should look */
  struct                           /* under the queue's lock */
  {
    GBytes       *best_weights;    /* newest of the best, so that a thousand snapshots do not hold a thousand copies */
    guint         best_epoch;
    GBytes       *state;           /* newest, since somebody wanted one; NULL: none */
    guint         state_epoch;
    GBytes       *live_weights;    /* as of the last epoch after somebody asked; NULL: nobody has */
    guint         live_epoch;
    GPtrArray    *views;           /* of CamRunView */
    gboolean      is_awake;        /* the drain has a ready time already */
    gint64        next_turn;       /* not before, monotonic µs */
  } shared;
  gint            pauses_next;     /* atomic: pause at the end of the epoch under way */
  gint            wants_state;     /* atomic: a copy of the fit's state is wanted after the epoch */
  gint            wants_weights;   /* atomic: those of the epoch under way are wanted */
  gint            is_watched;      /* atomic: gradients and units are looked at */
  gint            is_hurried;      /* atomic: do not measure what is left to measure */

  /* The fit's until its END has been taken from the queue, then the runner's. */
  struct
  {
    CamNetwork   *network;
    CamFitOutcome outcome;
    GBytes       *best_weights;    /* NULL: no epoch with a finite value */
    GBytes       *last_weights;    /* NULL: no whole epoch at the end */
    GBytes       *state;           /* what it can go on from; NULL: it diverged */
    json_t       *report;
    double        trained_s;       /* up to the end of the last epoch … */
    guint         n_epochs;        /* … and its number */
    GError       *files_error;     /* the first file that was not written; NULL: all were */
    guint         n_files;         /* written */
    gint64        next_view;       /* not before, monotonic µs */
  } fit_thread;

  GThread        *thread;          /* NULL: not begun, or joined */
} CamRun;

/* cam_run_new: network, initial weights and fit; everything but the thread. Errors: those of cam_fit_new(), cam_network_new() and cam_keras_load(). */
CamRun     *cam_run_new               (CamExperiment *experiment, CamDataset *dataset, guint n_threads, GError **error);
/* cam_run_free: stops and waits where it is still under way. */
void        cam_run_free              (CamRun *self);

/* cam_run_restore: before it begins: it goes on from @state, kept after epoch @epoch, with @n_more epochs, or 0: up to those asked for before. Errors: those of cam_fit_set_state(). */
gboolean    cam_run_restore           (CamRun *self, GBytes *state, guint epoch, guint n_more, GError **error);

/* cam_run_go_back: the same, from @weights of epoch @epoch, the best, of @value, with other @rate and up to @n_epochs in all. Errors: those of cam_fit_go_back(). */
gboolean    cam_run_go_back           (CamRun *self, GBytes *weights, guint epoch, double value, double elapsed_s, double rate, guint n_epochs, GError **error);

/* cam_run_begin: @drain is kept and made ready when there are snapshots. */
void        cam_run_begin             (CamRun *self, GSource *drain);
void        cam_run_stop              (CamRun *self);
/* cam_run_join: waits for the thread, which has said END or been stopped; the buffers of the fit are freed. */
void        cam_run_join              (CamRun *self);
CamSamples  cam_run_get_samples       (const CamRun *self, CamPart part);

/* A look inside the network after an epoch (cam-runner-watch.c): three values of each layer. */
typedef struct
{
  guint epoch;
  float values[];       /* [layers, CAM_N_VIEWS] */
} CamRunView;

/* cam_run_watch_epoch: in the fit's thread, after each epoch. Costs nothing while nobody wants anything. */
void        cam_run_watch_epoch       (CamRun *self, const CamNetwork *network, guint epoch);

/* Hooks of the fit (cam-run-files.c); @user_data: the run. */
void        cam_run_write_model       (const char *path, CamNetwork *network, guint epoch, gpointer user_data);
void        cam_run_write_line        (const char *path, const char *header, const char *line, gboolean begins, gpointer user_data);

/* cam_run_report_new: measures the parts with the weights the run leaves. In the fit's thread. New reference. */
json_t     *cam_run_report_new        (CamRun *self);
/* cam_run_report_baseline: puts "target_scores" and "baseline" into @report; of those of validation and test that are wanted, or of training where there is neither. */
void        cam_run_report_baseline   (const CamDataset *dataset, const CamNetwork *network, const gboolean is_wanted[CAM_N_PARTS], json_t *report);

typedef struct
{
  CamProgress progress;
  struct { double elapsed_s, rows; } from, next;   /* the rate is measured since @from; @next takes its place */
} CamRunProgress;

void        cam_run_progress_init     (CamRunProgress *self, const CamRun *run);   /* NULL: no run yet */
/* cam_run_progress_go_on: @n epochs are done, after @elapsed_s. */
void        cam_run_progress_go_on    (CamRunProgress *self, const CamRun *run, guint n, guint best_epoch, double best_value, double elapsed_s);
void        cam_run_progress_take     (CamRunProgress *self, const CamRun *run, const CamSnapshot *snapshot);

/* Keeps a run in the store. After an error the run goes on in memory, and writing is tried again after some seconds and at the end. */
typedef struct
{
  CamStore *store;             /* borrowed; NULL: nothing is kept */
  gint64    id;
  guint     n_keys;
  guint     n_kept;            /* epochs in the store */
  guint     weights_epoch;     /* whose "best" weights are in the store */
  guint     n_events;          /* in the store */
  gint64    weights_at;        /* the next may be written then, monotonic µs … */
  gint64    state_at;          /* … the next state … */
  gint64    retry_at;          /* … and anything at all */
  GError   *error;             /* the last; NULL: all that was to be kept is */
} CamRunKeeper;

/* cam_run_hash_file: SHA-256, hex, of a table's file; NULL where it is not there, not a file, or too large. g_free(). */
char       *cam_run_hash_file         (const char *path);
/* cam_run_keeper_begin: @place and @name may be NULL. */
gboolean    cam_run_keeper_begin      (CamRunKeeper *self, CamStore *store, const CamRun *run, const CamStudyPlace *place, const char *name, GError **error);
/* cam_run_keeper_resume: goes on with a run that is in the store: its first @n epochs and @n_events events are there. */
gboolean    cam_run_keeper_resume     (CamRunKeeper *self, CamStore *store, const CamRun *run, gint64 id, guint n, guint n_events, GError **error);
/* cam_run_keeper_add: all @n epochs so far, `[n, n_keys]`, and when each ended; those that are not kept yet are written, in one transaction. */
void        cam_run_keeper_add        (CamRunKeeper *self, const double *rows, const double *seconds, guint n, guint best_epoch, double best_value);
/* cam_run_keeper_add_weights: writes the best weights if it is time, and returns 0; else when to come again, monotonic µs. */
gint64      cam_run_keeper_add_weights (CamRunKeeper *self, GBytes *weights, guint epoch);
/* cam_run_keeper_add_events: all so far, of CamRunEvent. */
void        cam_run_keeper_add_events (CamRunKeeper *self, const GArray *events);
/* A state of the fit: whether it is time for one, and one to write, after epoch @epoch; NULL: none. */
gboolean    cam_run_keeper_wants_state (const CamRunKeeper *self);
void        cam_run_keeper_add_state  (CamRunKeeper *self, GBytes *state, guint epoch);
/* cam_run_keeper_finish: whatever is missing, and how it ended. */
void        cam_run_keeper_finish     (CamRunKeeper *self, const CamRun *run, const double *rows, const double *seconds, guint n, const GArray *events);
void        cam_run_keeper_clear      (CamRunKeeper *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRun, cam_run_free)

G_END_DECLS
