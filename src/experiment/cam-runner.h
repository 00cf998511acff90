/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run at a time, on a thread of its own ("cam-fit"), watched from the main context of the thread that made the runner. Everything of a run is kept in the store, if one is given, before anybody is told of it.
 *
 * Properties (notify in the main context): "state" (CamRunnerState), "progress" (CamProgress, boxed-like pointer via getter), "run-id" (int64).
 * Signals, in the main context:
 *   "epochs" (guint first, guint n): history rows first … first + n − 1 (counted from 0) are new; at most one emission per turn of the loop
 *   "progress": batch or epoch progress changed, or there is a new event; at most about 30 a second
 *   "ended": the run is over; state, outcome and weights are final */
#pragma once

#include <glib-object.h>

#include <cam-fit.h>
#include <cam-store.h>

#include "cam-experiment.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_RUNNER_IDLE,        /* nothing run yet, or the last one has ended */
  CAM_RUNNER_RUNNING,
  CAM_RUNNER_PAUSED,
  CAM_RUNNER_STOPPING,    /* Stop was pressed; ends within a batch */
} CamRunnerState;

#define CAM_TYPE_RUNNER_STATE (cam_runner_state_get_type ())
GType cam_runner_state_get_type (void);

typedef struct
{
  guint  epoch, n_epochs;        /* epochs finished; asked for */
  gsize  batch, n_batches;
  double loss;                   /* running */
  double rows_per_s;
  double elapsed_s;
  double left_s;                 /* estimate; NaN: not known yet */
  guint  best_epoch;
  double best_value;
  double rate;                   /* learning rate of the next batch; NaN: not known yet */
} CamProgress;

#define CAM_TYPE_RUNNER (cam_runner_get_type ())
G_DECLARE_FINAL_TYPE (CamRunner, cam_runner, CAM, RUNNER, GObject)

CamRunner          *cam_runner_new            (void);

/**
 * cam_runner_start:
 * @store: (nullable): keeps the run; borrowed until "ended" or until the runner is disposed; used in this thread only
 * @n_threads: 0: as many as processors, leaving one to the interface where there are more than two
 *
 * Errors: CAM_EXPERIMENT_ERROR_IMPOSSIBLE (the first of cam_experiment_check()), _BUSY, those of cam_fit_new() and of the store.
 */
gboolean            cam_runner_start          (CamRunner *self, CamExperiment *experiment, CamDataset *dataset, CamStore *store, guint n_threads, GError **error);
/* cam_runner_set_place: what runs to come are called in the store, and their place in a study. Both may be NULL, as at first: "Run 13", of no study. */
void                cam_runner_set_place      (CamRunner *self, const CamStudyPlace *place, const char *name);
/* cam_runner_set_folder: where callbacks of the runs to come write their files; NULL (at first): nowhere, and the report says so. */
void                cam_runner_set_folder     (CamRunner *self, const char *folder);
/* cam_runner_set_folders: the same, but each run that the store keeps has a folder of its own below @folders, named after its number: "Run 13". NULL (at first): as cam_runner_set_folder() says. */
void                cam_runner_set_folders    (CamRunner *self, const char *folders);

/**
 * cam_runner_go_on:
 * @run: one that has ended, or was cut short, in @store
 * @dataset: made anew from the run's experiment
 * @n_more: epochs after the last that was finished; 0: up to those asked for before
 *
 * The run is under way again: its history, best epoch, events and time continue, and its numbers are those of a run that never ended. Where the program's end cut it short it begins
 * after the last epoch that the store can go on from; later ones are done again.
 *
 * Errors: CAM_EXPERIMENT_ERROR_BUSY; _CANNOT_GO_ON: what it needs was not kept (a sentence says why), the data are others, or there is nothing left to do; those of the store.
 */
gboolean            cam_runner_go_on          (CamRunner *self, CamStore *store, gint64 run, CamDataset *dataset, guint n_more, guint n_threads, GError **error);
/**
 * cam_runner_go_back:
 * @run: one that diverged, in @store
 * @dataset: made anew from the run's experiment
 * @rate: its learning rate from now on, also of a schedule
 *
 * The run is under way again after its best epoch, with the weights of that epoch and @rate; the epochs after it are gone, and an event tells so. The optimizer's slots, which may be what diverged,
 * begin anew.
 *
 * Errors: as of cam_runner_go_on(); _CANNOT_GO_ON also where no epoch of it was good, or it did not diverge.
 */
gboolean            cam_runner_go_back        (CamRunner *self, CamStore *store, gint64 run, CamDataset *dataset, double rate, guint n_threads, GError **error);
/* cam_runner_can_go_on: whether the store has what cam_runner_go_on() needs; @epoch (out) (nullable): the one after which it would begin. */
gboolean            cam_runner_can_go_on      (CamStore *store, gint64 run, guint *epoch);

/* cam_runner_stop: ends within a batch, with the best weights; the report leaves out what would take long to measure. A second call leaves out all that is not measured yet. */
void                cam_runner_stop           (CamRunner *self);
void                cam_runner_set_paused     (CamRunner *self, gboolean paused);
/* cam_runner_step: goes on, from a pause too, to the end of the epoch under way, and pauses there. */
void                cam_runner_step           (CamRunner *self);
/* cam_runner_set_rate: the learning rate from the next batch on, also of a schedule; an event tells where that was. Does nothing where no run is under way. */
void                cam_runner_set_rate       (CamRunner *self, double rate);

CamRunnerState      cam_runner_get_state      (CamRunner *self);
const CamProgress  *cam_runner_get_progress   (CamRunner *self);

/* Of the run under way or the last one. Borrowed until the next start. */
CamExperiment      *cam_runner_get_experiment (CamRunner *self);
CamDataset         *cam_runner_get_dataset    (CamRunner *self);
gint64              cam_runner_get_run_id     (CamRunner *self);          /* in the store; 0: none */
/* cam_runner_get_store_error: why the store does not have all of the run (a full disk); NULL: it has. The run goes on in memory and is written as soon as that works again. */
const GError       *cam_runner_get_store_error (CamRunner *self);
const char *const  *cam_runner_get_keys       (CamRunner *self);
const char         *cam_runner_get_monitor    (CamRunner *self);
guint               cam_runner_get_n_epochs   (CamRunner *self);          /* rows of history so far */
double              cam_runner_get_value      (CamRunner *self, guint key, guint epoch);   /* epoch from 0 */
void                cam_runner_copy_values    (CamRunner *self, guint key, double *values);   /* n_epochs of them */

/* cam_runner_get_events: what was done to it by hand, borrowed until the loop turns. */
const CamRunEvent  *cam_runner_get_events     (CamRunner *self, guint *n);
const char         *cam_runner_get_folder     (CamRunner *self);          /* where its callbacks write; NULL: nowhere */

/* What the network is like inside while it learns. Nothing of it is kept, and nothing costs, unless it is asked for. */

/* cam_runner_ask_weights: those of the next epoch that ends; cam_runner_dup_weights() has them then, and may be asked at "progress". */
void                cam_runner_ask_weights    (CamRunner *self);
/* cam_runner_dup_weights: the newest that were asked for and, after the run, those that it leaves; NULL: none yet. @epoch (out) (nullable). */
GBytes             *cam_runner_dup_weights    (CamRunner *self, guint *epoch);

/* cam_runner_set_watched: whether gradients and units are looked at after some epochs, of this run and of those to come: at most ten times a second and a twentieth of the time. */
void                cam_runner_set_watched    (CamRunner *self, gboolean watched);
gboolean            cam_runner_get_watched    (CamRunner *self);
typedef enum
{
  CAM_VIEW_GRADIENT,      /* the norm of a layer's gradient in the last batch; NaN: it has none */
  CAM_VIEW_DEAD,          /* the share of its units that give 0 for every row looked at; NaN: they do not die */
  CAM_VIEW_SATURATED,     /* the share of its outputs that lie at the bounds of the activation; NaN: it has no two */
  CAM_N_VIEWS,
} CamViewKind;
guint               cam_runner_get_n_layers   (CamRunner *self);          /* 0: no run yet */
const char         *cam_runner_get_layer_name (CamRunner *self, guint layer);
/* cam_runner_copy_views: @epochs, @values: (out) (transfer full): as many as it returns. */
guint               cam_runner_copy_views     (CamRunner *self, guint layer, CamViewKind kind, double **epochs, double **values);

/* After "ended", until then NULL. Borrowed until the next start. */
const CamFitOutcome *cam_runner_get_outcome   (CamRunner *self);
CamNetwork         *cam_runner_get_network    (CamRunner *self);          /* the weights the run leaves; NULL where it diverged before its first epoch */
/**
 * cam_runner_get_report:
 *
 *   {
 *     "task": "binary",                     or "regression", "multi-class", "multi-label", "autoencoder"
 *     "end": "finished",                    or "early", "stopped", "diverged"
 *     "message": "…",                       why, where there is a reason to tell; diverged: also "bad_epoch", "bad_batch", "bad" ("data", "loss", "gradient" or "weight"),
 *                                           "bad_layer" and "bad_row" as in CamFitOutcome
 *     "scores": { "train": { "loss": 0.1, "accuracy": 0.97 }, "validation": { … }, "test": { … } },     in evaluation mode; only parts with rows, none without an epoch
 *     "target_scores": { "test": { "mean_absolute_error": 3.1, "root_mean_squared_error": 4.2 } },      in units of the target; of classes "accuracy"; of validation and test, or of training alone
 *     "baseline": { "is": "mean", "test": { … } },      the same of what could be said without a network: "mean", "most frequent" class, "last value" of a forecast
 *     "layers": [ { "name": "dense", "units": 64, "gradient": 0.02, "dead": 0.1, "saturated": null }, … ],      the norm of the gradient of the last batch, and, of the weights it leaves and at most
 *                                           256 training rows, the shares of dead and saturated units as in CamViewKind; left out after Stop
 *     "epochs": 40, "best_epoch": 25, "monitor": "val_loss", "best_value": 0.08,
 *     "weights_of_epoch": 25,               those that the run leaves and the scores belong to
 *     "seconds": 1.2, "rows_per_second": 400000, "seed": 42, "threads": 2,
 *     "training_rows": 700,
 *     "remeasured_rows": 700,               those of them behind the keys "train_…" of the history; 0: there are none
 *     "files": 3, "folder": "…", "files_error": "…"   how many files callbacks have written, and where; and the first that could not be; left out where there are none
 *   }
 *
 * What is not there or not finite is null.
 */
const json_t       *cam_runner_get_report     (CamRunner *self);

G_END_DECLS
