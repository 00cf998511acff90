/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What losses, metrics, optimizers and callbacks compute: tables of functions behind cam-kinds.h. Each table begins with its CamKind. */
#pragma once

#include "cam-kinds.h"
#include "cam-network.h"

G_BEGIN_DECLS

/* One row's view of a batch: targets, predictions and (for the output layer's activation the loss knows) the numbers before it. */
typedef struct
{
  const float *y;         /* [n, y_size] */
  const float *p;         /* [n, p_size]: predictions */
  const float *z;         /* [n, p_size]: before the activation; NULL: not known or not wanted */
  gsize        n, y_size, p_size;
} CamRows;

typedef struct
{
  CamKind     kind;
  const char *logits_of;     /* the activation whose input the loss computes from: "sigmoid", "softmax", or NULL */
  /* Is a loss of these sizes possible? NULL: yes where y_size == p_size. */
  gboolean  (*fits)     (gsize y_size, gsize p_size);
  /* Adds the rows' values to a double. */
  double    (*sum)      (const json_t *config, const CamRows *rows);
  /* d ← scale · ∂(value of the row)/∂p, or ∂/∂z where rows->z is given. */
  void      (*gradient) (const json_t *config, const CamRows *rows, double scale, float *d);
} CamLoss;

typedef struct
{
  CamKind     kind;
  gboolean  (*fits)     (gsize y_size, gsize p_size);
  /* The sum over rows of what the metric is the mean of. */
  double    (*sum)      (const json_t *config, const CamRows *rows);
} CamMetric;

typedef struct _CamOptimizer CamOptimizer;
typedef struct
{
  CamKind     kind;
  guint     (*n_slots)  (const json_t *config);
  /* Once a step, before the weights: what all of them share. */
  void      (*begin)    (CamOptimizer *self);
  /* Weights first … first + n − 1 of one tensor, with as many floats of each of its slots. */
  void      (*step)     (const CamOptimizer *self, float *w, const float *g, float *const *slots, gsize n);
} CamOptimizerOps;

struct _CamOptimizer
{
  const CamOptimizerOps *ops;
  json_t                *config;      /* owned, completed */
  guint64                t;           /* number of the step under way, from 1 */
  double                 rate;        /* float32's value, as Keras keeps it */
  float                  shared[4];   /* begin() leaves here what step() needs */
  gboolean               flag;
};

typedef struct _CamCallback CamCallback;
typedef struct
{
  CamKind       kind;
  CamCallback *(*create)    (const json_t *config);
  void         (*free)      (CamCallback *self);
  /* After epoch @epoch (from 0). TRUE: stop, and *reason is a sentence. */
  gboolean     (*on_epoch)  (CamCallback *self, guint epoch, const char *const *keys, const double *values, CamNetwork *network, char **reason);
  /* At the end, however it came. Returns the epoch (from 1) whose weights it put back, 0: none. */
  guint        (*on_end)    (CamCallback *self, CamNetwork *network);
  const char  *(*get_monitor) (CamCallback *self);
} CamCallbackOps;

struct _CamCallback
{
  const CamCallbackOps *ops;
};

extern const CamLoss *const           cam_losses[];
extern const CamMetric *const         cam_metrics[];
extern const CamOptimizerOps *const   cam_optimizers[];
extern const CamCallbackOps *const    cam_callbacks[];

/* cam_metric_resolve: "accuracy" becomes binary, categorical or sparse by the sizes, as Keras does; others stay. */
const CamMetric *cam_metric_resolve (const CamMetric *self, gsize y_size, gsize p_size);
gboolean         cam_sizes_are_equal (gsize y_size, gsize p_size);

G_END_DECLS
