/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a fit: its settings resolved (cam-fit-new.c), one step of training in two phases (cam-fit-step.c), measuring (cam-fit-measure.c), and the loop (cam-fit.c). */
#pragma once

#include "cam-fit.h"
#include "cam-kinds-private.h"
#include "cam-network-private.h"
#include "kernels/cam-pool.h"

G_BEGIN_DECLS

/* What is measured: a loss and some metrics, over rows. */
typedef struct
{
  const CamLoss    *loss;
  json_t           *loss_config;      /* owned */
  GPtrArray        *metrics;          /* const CamMetric *, resolved for the sizes */
  GPtrArray        *metric_configs;   /* json_t *, owned */
  GPtrArray        *names;            /* char *: history keys of the metrics, owned; two of one name: the second gets _1 */
  gboolean          from_logits;      /* the output layer's activation is the one that the loss knows */
} CamMeasure;

/* Sums over rows: loss, then each metric. */
#define CAM_MOST_SUMS 16

typedef struct
{
  double sums[CAM_MOST_SUMS];
  gsize  n;
} CamSums;

/* A part of a weight's gradient that one thread computes, and steps with. */
typedef struct
{
  guint layer, weight;
  gsize first, count;      /* rows of the first dimension */
  gsize row_size;          /* numbers in such a row */
  guint ref;               /* index among the network's weights */
} CamTile;

typedef enum { CAM_BAD_NOTHING, CAM_BAD_DATA, CAM_BAD_LOSS, CAM_BAD_GRADIENT, CAM_BAD_WEIGHT } CamBad;

struct _CamFit
{
  /* borrowed */
  CamNetwork      *network;
  CamSamples       training, validation;      /* n_rows 0: no validation */

  /* owned */
  CamMeasure       measure;
  CamOptimizer     optimizer;
  GPtrArray       *callbacks;       /* CamCallback */
  char           **keys;
  char            *monitor;
  CamPool         *pool;
  GBytes          *first_weights, *best_weights, *last_weights;

  gsize            batch_size;
  guint            epochs;
  gboolean         shuffle;
  guint64          seed;
  gboolean         monitor_larger;

  /* Buffers of a step, for batch_size rows. outputs[i] is layer i's output; gradients[i] that with respect to it, later before its activation. */
  gsize            shard_rows;
  float           *x, *y, *logits;
  float          **outputs, **gradients, **scratches;
  float          **weight_gradients;   /* one for each weight */
  float         ***slots;              /* for each weight the optimizer's slots */
  CamRng          *streams;            /* one for each layer */
  GArray          *tiles;              /* CamTile */
  CamSums         *shard_sums;
  guint32         *order;              /* the epoch's permutation */
  gboolean         shared;             /* a step is worth more than one thread */

  /* The step under way. */
  gsize            batch_first, batch_rows;
  guint64          step;
  gint             bad;                /* CamBad, atomic */

  /* Pausing. */
  GMutex           lock;
  GCond            changed;
  gint             paused;             /* boolean, atomic: looked at before each batch without the lock */
};

gboolean cam_measure_init   (CamMeasure *self, const CamNetwork *network, const json_t *loss, const json_t *metrics, gsize y_size, GError **error);
void     cam_measure_clear  (CamMeasure *self);
guint    cam_measure_n      (const CamMeasure *self);     /* 1 + metrics */
/* Adds rows to the sums. */
void     cam_measure_add    (const CamMeasure *self, const CamRows *rows, CamSums *sums);
/* cam_measure_run: @samples in evaluation mode; means in the order of the sums. @pool may be NULL. */
void     cam_measure_run    (const CamMeasure *self, const CamNetwork *network, const CamSamples *samples, CamPool *pool, double *means);

/* cam_fit_step: one batch of rows order[first …], forward, backward, weights. Adds to @sums. Returns what was first not finite. */
CamBad   cam_fit_step       (CamFit *self, gsize first, gsize n, CamSums *sums);

G_END_DECLS
