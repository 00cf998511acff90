/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a fit: its settings resolved (cam-fit-new.c), one step of training in two phases (cam-fit-step.c), measuring (cam-fit-measure.c), and the loop (cam-fit.c). */
#pragma once

#include "cam-fit.h"
#include "cam-kinds-private.h"
#include "cam-network-private.h"
#include "kernels/cam-pool.h"

G_BEGIN_DECLS

typedef struct
{
  const CamMetric *metric;         /* resolved for the sizes */
  json_t          *config;         /* owned */
  gboolean         is_weighted;    /* looks at the weights of rows, as the loss does */
  gboolean         takes_logits;
  gsize            n_sums;
} CamMeasured;

/* What is measured: a loss and some metrics, over rows. What is added up while rows go by is an array of doubles: those below, then each metric's sums. */
typedef struct
{
  const CamLoss    *loss;
  json_t           *loss_config;      /* owned */
  double            loss_numbers[CAM_MOST_NUMBERS];   /* its settings in the order of the fields, NaN: no number */
  GArray           *metrics;          /* CamMeasured */
  GPtrArray        *names;            /* char *: history keys of the metrics, owned; two of one name: the second gets _1, a weighted one "weighted_" */
  gboolean          from_logits;      /* the output layer's activation is the one that the loss knows */
  gsize             n_steps;          /* rows of the loss in a row of the network's output */
  gsize             y_size, p_size;   /* of such a step */
  gsize             n_sums;
} CamMeasure;

/* Rows; their weighed losses, of those that a mask lets count; how many those are; and penalties on outputs, times steps. cam_measure_settle() makes one loss of it. */
enum { CAM_SUM_ROWS, CAM_SUM_LOSS, CAM_SUM_COUNTED, CAM_SUM_PENALTY, CAM_N_FIRST_SUMS };

/* Rows of the network's output, before they are taken apart into steps. */
typedef struct
{
  const float  *y, *p, *z;     /* as in CamRows */
  const float  *weights;       /* [n]: what a row counts in the loss; NULL: one each */
  const guint8 *mask;          /* [n, n_steps]: the steps that count in the loss; NULL: all */
  gsize         n;
} CamOutputs;

/* A part of a weight's gradient that one thread computes, and steps with. */
typedef struct
{
  guint layer, weight;
  gsize first, count;      /* rows of the first dimension */
  gsize row_size;          /* numbers in such a row */
  guint ref;               /* index among the network's weights */
} CamTile;

/* Tiles one after the other that the optimizer steps over at once, as their weights, gradients and slots lie in one piece: a large weight's alone, those of small weights together. */
typedef struct
{
  guint first, n_tiles;
  gsize size;              /* numbers, with the gaps between the weights */
} CamStretch;

struct _CamFit
{
  /* borrowed */
  CamNetwork      *network;
  CamSamples       training, validation;      /* n_rows 0: no validation */
  CamSamples       remeasured;                /* the training rows, or some of them (then owned), measured again after each epoch; n_rows 0: not */
  gboolean         owns_remeasured;

  /* owned */
  CamMeasure       measure;
  CamOptimizer     optimizer;
  GPtrArray       *callbacks;       /* CamCallback */
  char           **keys;
  int              rate_key;        /* index of "learning_rate", −1: none */
  char            *monitor;
  CamPool         *pool;
  double          *epoch_sums;      /* [measure.n_sums] */
  double          *means;           /* loss and metrics */
  GBytes          *first_weights, *best_weights, *last_weights;
  GBytes          *going_weights;   /* between two runs: those that training goes on from; NULL: the network's */

  gsize            batch_size;
  gsize            measure_batch;     /* as asked for, though there may be fewer training rows */
  guint            epochs;
  gboolean         shuffle;
  guint64          seed;
  gboolean         monitor_larger;

  /* Buffers of a step, for batch_size rows. outputs[i] is layer i's output; gradients[i] that with respect to it, later before its activation. */
  gsize            shard_rows;
  gsize            n_shards;           /* of a whole batch */
  float           *x, *y, *logits;
  float           *weights;            /* [batch_size]: what each row counts; NULL: one each */
  float          **outputs, **gradients, **scratches;
  guint8         **masks;              /* for each layer that begins one: [batch_size, steps]; else NULL */
  int             *mask_of;            /* the layer whose mask the layer's input carries, −1: none; one more for the network's output */
  gsize            n_temp;
  float           *temps;              /* [n_shards, n_temp] */
  float           *gradient_block;     /* where those of all weights lie, in the order of the network's own block and with the same gaps, but for weights that stay */
  float          **weight_gradients;   /* in it, one for each weight that is trained, else NULL */
  float         ***shard_gradients;    /* [n_shards], for each weight of a layer with shard_gradients a block, else NULL */
  double         **batch_sums;         /* for each layer with batch_ops: [n_sums] forward, then [n_sums] back; else NULL */
  double          *shard_batch_sums;   /* [n_shards, most_batch_sums] */
  gsize            most_batch_sums;
  GArray          *segments;           /* guint: first layer of each stretch that shards run through on their own; begins with 0 */
  double          *tile_squares;       /* one for each tile: for clipping by norm */
  double          *squares;            /* one for each weight … */
  float           *factors;            /* … and what its gradient is multiplied with */
  guint           *first_weight;       /* for each layer: its first weight among the network's */
  gboolean         has_penalties, has_constraints, has_activity;
  float          **slot_blocks;        /* NULL-terminated: for each slot a block as that of the gradients */
  float         ***slots;              /* in them, for each weight; NULL-terminated */
  CamRng          *streams;            /* one for each layer */
  CamPass         *passes;             /* for each layer what is the same for all shards */
  GArray          *tiles;              /* CamTile */
  GArray          *stretches;          /* CamStretch */
  double          *shard_sums;         /* [n_shards, measure.n_sums]; once the shards are through, those of the batch come first */
  guint32         *order;              /* the epoch's permutation */
  gboolean         shared;             /* a step is worth more than one thread */

  /* The step under way. */
  gsize            batch_first, batch_rows;
  guint            batch_shards;
  guint            phase;              /* the segment that the shards are in */
  guint64          step;
  gint             bad;                /* CamBad, atomic */

  /* Where the loop is: what a second run goes on from. epoch_sums belong to it. */
  guint            epoch;              /* under way, from 0 */
  gboolean         has_begun;          /* callbacks have been told that it begins */
  gsize            next_first;         /* of the epoch's rows, the next batch's first */
  guint            n_done, best_epoch;
  double           best_value;         /* NaN: none yet */
  double           elapsed_before;
  gboolean         has_diverged;

  /* Pausing, and the rate that somebody set: under the lock, with a glance before each batch without it. */
  GMutex           lock;
  GCond            changed;
  gint             paused;             /* boolean, atomic */
  gint             has_new_rate;       /* boolean, atomic */
  double           new_rate;
};

/* @metrics, @weighted_metrics: arrays, or NULL. */
gboolean cam_measure_init   (CamMeasure *self, const CamNetwork *network, const json_t *loss, const json_t *metrics, const json_t *weighted_metrics, gsize y_size, GError **error);
void     cam_measure_clear  (CamMeasure *self);
guint    cam_measure_n      (const CamMeasure *self);     /* 1 + metrics */
/* Adds rows to the sums. */
void     cam_measure_add    (const CamMeasure *self, const CamOutputs *outputs, double *sums);
/* The sums of whole batches, or of a whole set, once they are together: with a mask the mean is over the steps that count. Penalties join the loss.
 * As Keras measures a set batch by batch too, with masks of uneven length its mean hangs on the batch size. */
void     cam_measure_settle (double *sums);
/* The loss's gradient, @batch: the sums of the batch, not settled: d[n, output size]. */
void     cam_measure_gradient (const CamMeasure *self, const CamOutputs *outputs, const double *batch, float *d);
/* cam_measure_means: loss and metrics that sums come to. */
void     cam_measure_means  (const CamMeasure *self, const double *sums, double *means);
/* cam_measure_run: @samples in evaluation mode; means in the order loss, metrics. Penalties on weights count in the loss. @pool may be NULL. */
void     cam_measure_run    (const CamMeasure *self, const CamNetwork *network, const CamSamples *samples, gsize batch_size, CamPool *pool, double *means);
/* cam_measure_add_rows: the same bit by bit: the sums of some rows are added to @sums; but for the last, calls have whole batches and whole blocks. @p (nullable): gets what the network gives. */
void     cam_measure_add_rows (const CamMeasure *self, const CamNetwork *network, const CamSamples *samples, gsize batch_size, CamPool *pool, float *p, double *sums);
/* cam_measure_end: what all sums come to; changes them. */
void     cam_measure_end    (const CamMeasure *self, const CamNetwork *network, double *sums, double *means);
/* "loss", then the metrics' keys. g_strfreev(). */
char   **cam_measure_dup_keys (const CamMeasure *self);

/* cam_fit_step: one batch of rows order[first …], forward, backward, weights. Adds to @sums. Returns what was first not finite. */
CamBad   cam_fit_step       (CamFit *self, gsize first, gsize n, double *sums);
/* cam_fit_find_bad: after a step that returned @bad: the layer where it was first, −1: in the data; *row: of the training rows, from 1, or 0. */
int      cam_fit_find_bad   (const CamFit *self, CamBad bad, gsize *row);
/* The same as an outcome. */
void     cam_fit_explain_bad (const CamFit *self, CamBad bad, gsize batch, CamFitOutcome *outcome);

/* cam_fit_shuffle: the order of epoch @epoch's rows, from 0. */
void     cam_fit_shuffle    (CamFit *self, guint epoch);

/* Callbacks: made; checked, once keys and optimizer are there (sets the monitor too); told that an epoch begins; asked after it: the first one's reason to stop, g_free(), or NULL. */
gboolean cam_fit_make_callbacks  (CamFit *self, const json_t *given, GError **error);
gboolean cam_fit_sets_rate       (const CamFit *self);
gboolean cam_fit_check_callbacks (CamFit *self, GError **error);
void     cam_fit_begin_callbacks (CamFit *self, const CamFitHooks *hooks);
char    *cam_fit_ask_callbacks   (CamFit *self, const double *values, const CamFitHooks *hooks);

G_END_DECLS
