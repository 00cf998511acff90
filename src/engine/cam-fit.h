/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit loop: Keras's fit() for one network in this thread, with help of a pool of threads. The result is the same to the last bit for any number of threads. */
#pragma once

#include <gio/gio.h>

#include "cam-kinds.h"
#include "cam-network.h"

G_BEGIN_DECLS

/* Prepared rows: borrowed, must outlive the fit, row-major float32. */
typedef struct
{
  const float *x;        /* [n_rows, x_size] */
  const float *y;        /* [n_rows, y_size]; class targets one-hot, or one column of indices for sparse_categorical_crossentropy */
  gsize        n_rows;
  gsize        x_size;
  gsize        y_size;
  const float *weights;  /* [n_rows]: what each row counts in the loss and in the weighted metrics; NULL: one each. Other metrics do not look at them, as in Keras */
} CamSamples;

typedef struct
{
  const json_t *loss;        /* as in a document; borrowed during cam_fit_new() */
  const json_t *metrics;     /* array */
  const json_t *optimizer;
  const json_t *callbacks;   /* array, or NULL */
  gsize         batch_size;
  guint         epochs;
  gboolean      shuffle;
  guint64       seed;        /* of shuffling and dropout; weights are cam_network_initialise()'s */
  guint         n_threads;   /* 0: as many as there are processors */
  gsize         remeasure_rows;   /* so many training rows, or all where there are no more, evenly spread, are measured again in evaluation mode at the end of each epoch,
                                   * as the validation rows are, under keys with CAM_REMEASURED_PREFIX; 0: none */
  const json_t *weighted_metrics;   /* array, or NULL: metrics that look at the weights of rows, as the loss does */
} CamFitSettings;

/* What was first not finite. */
typedef enum { CAM_BAD_NOTHING, CAM_BAD_DATA, CAM_BAD_LOSS, CAM_BAD_GRADIENT, CAM_BAD_WEIGHT, CAM_N_BAD } CamBad;

typedef enum
{
  CAM_FIT_FINISHED,        /* all epochs run */
  CAM_FIT_EARLY,           /* a callback ended it */
  CAM_FIT_STOPPED,         /* somebody pressed Stop: the network holds the best epoch's weights */
  CAM_FIT_DIVERGED,        /* a value that is not finite; the network holds the best epoch's weights, if there was one */
} CamFitEnd;

typedef struct
{
  guint         epoch;         /* from 1 */
  guint         n_epochs;      /* asked for */
  const double *values;        /* one for each key of cam_fit_get_keys(); borrowed during the call */
  gboolean      is_best;       /* by cam_fit_get_monitor() */
  guint         best_epoch;    /* so far; 0: none yet (only non-finite values) */
  double        best_value;
  double        elapsed_s;     /* since the fit began, pauses left out */
  double        rows_per_s;    /* training rows of this epoch over its time */
  double        rate;          /* the next batch's learning rate */
} CamEpoch;

typedef struct
{
  guint  epoch, n_epochs;
  gsize  batch, n_batches;     /* batches done in this epoch */
  double loss;                 /* running mean of this epoch */
  double elapsed_s;
  double rows_per_s;
  double rate;                 /* the next batch's */
} CamBatchProgress;

typedef struct
{
  /* Both are called in the fit's thread. on_batch at most every 30 ms; on_epoch after each epoch. Either may be NULL. */
  void   (*on_batch) (const CamBatchProgress *progress, gpointer user_data);
  void   (*on_epoch) (const CamEpoch *epoch, CamNetwork *network, gpointer user_data);   /* @network: the weights as they are after this epoch */
  gpointer user_data;
  /* Files that callbacks ask for, in the fit's thread; NULL: there is no place for any. @path is relative, and stays below the folder it is taken from.
   * on_checkpoint: the model as it is after epoch @epoch (from 1). on_line: @line below what the file holds; where it holds nothing, or @begins empties it, below @header. */
  void   (*on_checkpoint) (const char *path, CamNetwork *network, guint epoch, gpointer user_data);
  void   (*on_line)       (const char *path, const char *header, const char *line, gboolean begins, gpointer user_data);
  /* In the fit's thread; either may be NULL. on_rate: cam_fit_set_rate()'s has been taken, and holds from batch @batch of epoch @epoch on, both from 1.
   * on_settled: after each epoch, once the callbacks have been asked: cam_fit_dup_state() may be called. */
  void   (*on_rate)       (double rate, guint epoch, gsize batch, gpointer user_data);
  void   (*on_settled)    (gpointer user_data);
} CamFitHooks;

typedef struct
{
  CamFitEnd end;
  guint     n_epochs;          /* finished */
  guint     best_epoch;        /* 0: none */
  double    best_value;
  guint     weights_of_epoch;  /* which epoch's weights the network holds now */
  double    elapsed_s;
  char     *message;           /* EARLY, DIVERGED: a sentence (epoch, batch and what was not finite first: loss, gradient or weight); else NULL */
  /* DIVERGED; else 0 and NULL. */
  guint     bad_epoch;
  gsize     bad_batch;         /* from 1 */
  CamBad    bad;
  char     *bad_layer;         /* the name of the layer where it was first; NULL: in the data */
  gsize     bad_row;           /* of the training rows, from 1: the first of the batch with such a value, in the data or in what a layer gives out; 0: none by itself */
} CamFitOutcome;

typedef struct _CamFit CamFit;

/* cam_fit_new: checks settings against network and data, allocates all that the loop needs. @validation may be NULL. The network is borrowed and changed by the run.
 * Errors: CAM_ENGINE_ERROR_SETTINGS, _SHAPE, _MEMORY, CAM_JSON_ERROR_*. */
CamFit             *cam_fit_new             (CamNetwork *network, const CamFitSettings *settings, const CamSamples *training, const CamSamples *validation, GError **error);
void                cam_fit_free            (CamFit *self);

/* Keras's history keys: training keys in alphabetical order, then the same with val_, "learning_rate" where a callback sets it, then those measured again. NULL-terminated, borrowed. */
const char *const  *cam_fit_get_keys        (const CamFit *self);
const char         *cam_fit_get_monitor     (const CamFit *self);   /* what "best" means: EarlyStopping's monitor, else val_loss, else loss */

/* cam_fit_run: runs in this thread until the end. Called again, it goes on: after Stop in the middle of the epoch, else with the epochs that cam_fit_add_epochs() has given; weights,
 * optimizer, callbacks, shuffling and draws go on as if there had been no end, so that the numbers are those of one longer fit. Not after a divergence. @cancellable is Stop, looked at after every batch. @outcome: (out): message to be freed with cam_fit_outcome_clear(). */
void                cam_fit_run             (CamFit *self, const CamFitHooks *hooks, GCancellable *cancellable, CamFitOutcome *outcome);

/* cam_fit_add_epochs: between two runs: the next ends @n epochs after the last that was finished, however many had been asked for. One that Stop left unfinished counts as the first. */
void                cam_fit_add_epochs      (CamFit *self, guint n);
guint               cam_fit_get_epochs      (const CamFit *self);   /* asked for in all */

/* Between two runs: the best epoch (0: none) and its value; the time that counts; the batch that comes next, both from 1. */
guint               cam_fit_get_best        (const CamFit *self, double *value);
double              cam_fit_get_elapsed     (const CamFit *self);
void                cam_fit_get_place       (const CamFit *self, guint *epoch, gsize *batch);

/* cam_fit_set_rate: from any thread, also while paused: the learning rate from the next batch on, instead of the one in the settings, also of a schedule. on_rate tells when it is taken. */
void                cam_fit_set_rate        (CamFit *self, double rate);

/* From any thread. A paused fit waits between two batches, without using the processor; Stop ends the wait. */
void                cam_fit_set_paused      (CamFit *self, gboolean paused);

GBytes             *cam_fit_dup_best_weights (CamFit *self);        /* NULL before the first finite epoch; in the fit's thread or after the run */
GBytes             *cam_fit_dup_last_weights (CamFit *self);        /* after the run, those of its last epoch; NULL where it ended within an epoch */

/* cam_fit_dup_state: all that another fit of the same network, settings and rows needs to go on as this one would, to the last bit; in on_settled, or between two runs. NULL after a
 * divergence. Bytes of this machine's kind, for this version of the program or a later one. */
GBytes             *cam_fit_dup_state       (CamFit *self);
/* cam_fit_set_state: before the first run; with the state come the epochs asked for. CAM_ENGINE_ERROR_WEIGHTS: damaged, or another fit's; then this one can only be freed. */
gboolean            cam_fit_set_state       (CamFit *self, GBytes *state, GError **error);

/**
 * cam_fit_go_back:
 * @weights: those of epoch @epoch (from 1), the best before the fit diverged
 * @value: the monitored value of that epoch
 * @elapsed_s: the time that counts so far
 * @rate: the learning rate from now on, also of a schedule
 *
 * Before the first run, in place of cam_fit_set_state(): it begins after @epoch. Shuffling and draws are those of the epochs that follow; the optimizer's slots, which may be what diverged,
 * begin anew, and so do the callbacks, but that early stopping knows the best value. CAM_ENGINE_ERROR_WEIGHTS: another network's weights.
 */
gboolean            cam_fit_go_back         (CamFit *self, GBytes *weights, guint epoch, double value, double elapsed_s, double rate, GError **error);

void                cam_fit_outcome_clear   (CamFitOutcome *outcome);

/* cam_evaluate: loss and metrics of @samples in evaluation mode; @batch_size matters where the network masks steps, as in Keras: each batch has a mean over the steps that count; @metrics and @weighted_metrics may be NULL; values in the order of the returned keys ("loss" first, then as given). @values: (out) (transfer full): g_free(). */
char              **cam_evaluate            (CamNetwork *network, const json_t *loss, const json_t *metrics, const json_t *weighted_metrics,
                                             const CamSamples *samples, gsize batch_size, double **values, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamFit, cam_fit_free)

G_END_DECLS
