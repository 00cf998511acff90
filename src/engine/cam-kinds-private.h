/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What losses, metrics, optimizers and callbacks compute: tables of functions behind cam-kinds.h. Each table begins with its CamKind. */
#pragma once

#include "cam-kinds.h"
#include "cam-network.h"

G_BEGIN_DECLS

/* Rows of a batch as losses and metrics see them. Where the network gives a sequence or an image, each step or pixel is a row of its own: the last axis is what a loss compares. */
typedef struct
{
  const float *y;         /* [n, y_size]: targets */
  const float *p;         /* [n, p_size]: predictions */
  const float *z;         /* [n, p_size]: before the activation; NULL: not known or not wanted */
  gsize        n, y_size, p_size;
  const float *weights;   /* [n]: what a row counts; NULL: one each. Only for a metric's add(): values are weighed by who asked for them */
  const double *numbers;  /* a loss's settings in the order of its fields, for those that take less time than a look into the JSON; NULL: not at hand */
} CamRows;

typedef struct
{
  CamKind     kind;
  const char *logits_of;     /* the activation whose input the loss computes from: "sigmoid", "softmax", or NULL */
  /* Is a loss of these sizes possible? */
  gboolean  (*fits)     (gsize y_size, gsize p_size);
  /* values[n]: of each row. */
  void      (*values)   (const json_t *config, const CamRows *rows, double *values);
  /* d ← scale · ∂(value of the row)/∂p, or ∂/∂z where rows->z is given. */
  void      (*gradient) (const json_t *config, const CamRows *rows, double scale, float *d);
  /* mask[n] ← 0 for rows that do not count, over what stands there; NULL: all count. */
  void      (*mask)     (const json_t *config, const CamRows *rows, guint8 *mask);
} CamLoss;

/* A metric is a mean over rows (values), or keeps sums of its own (n_sums, add, result): areas, precision, R². */
typedef struct
{
  CamKind     kind;
  const char *logits_of;     /* as a loss's */
  gboolean  (*fits)     (gsize y_size, gsize p_size);
  void      (*values)   (const json_t *config, const CamRows *rows, double *values);
  /* Without values(): how many sums it keeps, zero at first; adding rows to them; the value they come to. Sums of parts of the rows are simply added up. */
  gsize     (*n_sums)   (const json_t *config, gsize p_size);
  void      (*add)      (const json_t *config, const CamRows *rows, double *sums);
  double    (*result)   (const json_t *config, gsize p_size, const double *sums);
} CamMetric;

/* A kind's own at most three, the average, the gradients added up. */
#define CAM_MOST_SLOTS 6

/* Settings of an optimizer that are looked at in each step. */
#define CAM_MOST_NUMBERS 32

/* Powers of a number that is less than 1, with one multiplication for most: x^t = x^(t − t mod N)·x^(t mod N), the second from a list. A function of x and t alone. */
enum { CAM_N_POWERS = 64 };
typedef struct
{
  double  x, list[CAM_N_POWERS];
  guint64 start;       /* of the stretch that is known … */
  double  of_start;    /* … and x's power there */
} CamPowers;

typedef struct _CamOptimizer CamOptimizer;
typedef struct
{
  CamKind     kind;
  guint     (*n_slots)  (const json_t *config);
  /* What slot @slot holds before the first step; NULL: 0. */
  float     (*start)    (const json_t *config, guint slot);
  /* Once a step, before the weights: what all of them share. */
  void      (*begin)    (CamOptimizer *self);
  /* Weights first … first + n − 1 of one tensor, with as many floats of each of its slots. */
  void      (*step)     (const CamOptimizer *self, float *w, const float *g, float *const *slots, gsize n);
  gboolean  is_whole;   /* step() must see each weight at once: it needs the weight's norm */
} CamOptimizerOps;

struct _CamOptimizer
{
  const CamOptimizerOps *ops;
  json_t                *config;      /* owned, completed */
  double                 numbers[CAM_MOST_NUMBERS];   /* its settings in the order of the fields; yes is 1, what is no number NaN */
  guint64                t;           /* number of the step under way, from 1; with accumulation, of the updates */
  double                 rate;        /* of the step under way: float32's value, as Keras keeps it */
  double                 given_rate;  /* a callback's; NaN: as the settings say */
  double                 fixed_rate;  /* the settings' number; NaN: a schedule … */
  const struct _CamSchedule *schedule;   /* … which is this, with its settings */
  json_t                *schedule_config;   /* owned */
  float                  shared[8];   /* begin() leaves here what step() needs */
  double                 product;     /* Nadam's, over all steps */
  CamPowers              powers[2];   /* of beta_1 and beta_2 */
  gboolean               has_shared;  /* what begin() leaves the same for all steps is there */
  gboolean               flag;

  /* What all kinds have. */
  double                 weight_decay;                               /* NaN: none */
  double                 clip_norm, global_clip_norm, clip_value;    /* NaN: none */
  guint                  accumulate;        /* gradients that are added up for an update; 1: none */
  gboolean               is_due;            /* this step updates */
  gboolean               use_ema;
  double                 ema_momentum;
  guint                  ema_overwrite;     /* updates after which the weights become their average; 0: at the end only */
};

/* Settings resolved and checked. cam_optimizer_clear() also after a failure. */
gboolean cam_optimizer_init       (CamOptimizer *self, const json_t *given, GError **error);
void     cam_optimizer_clear      (CamOptimizer *self);
/* cam_optimizer_number: as cam_fields_number() of its settings, and 1 or 0 for yes or no, without looking into the JSON. */
double   cam_optimizer_number     (const CamOptimizer *self, const char *key);
/* All slots of a weight: the kind's own, then the average (use_ema), then the gradients added up (accumulate > 1). */
guint    cam_optimizer_n_slots    (const CamOptimizer *self);
float    cam_optimizer_slot_start (const CamOptimizer *self, guint slot);
/* The rate of step @step, counted from 0. */
double   cam_optimizer_get_rate   (const CamOptimizer *self, guint64 step);
gboolean cam_optimizer_has_schedule (const CamOptimizer *self);
void     cam_optimizer_begin      (CamOptimizer *self, guint64 step);
/* cam_optimizer_accumulate: @gradient joins those of earlier steps; where an update is due it becomes their mean. Does nothing without accumulation. */
void     cam_optimizer_accumulate (const CamOptimizer *self, float *gradient, float *const *slots, gsize n);
/* Clipping: whether there is any; the factor of a weight's gradient, from the squares of its own and of all gradients; and that factor, or the bounds, applied. */
gboolean cam_optimizer_clips      (const CamOptimizer *self);
float    cam_optimizer_get_factor (const CamOptimizer *self, double squares, double all_squares);
void     cam_optimizer_clip       (const CamOptimizer *self, float *gradient, float factor, gsize n);
/* cam_optimizer_update: decay, the kind's step, the average. Only where is_due. */
void     cam_optimizer_update     (const CamOptimizer *self, float *w, const float *g, float *const *slots, gsize n);
/* cam_optimizer_finish: at the end of a fit the weights become their average, where there is one. */
void     cam_optimizer_finish     (const CamOptimizer *self, float *w, float *const *slots, gsize n);

/* What a callback sees of a fit, and what it may do there. */
typedef struct
{
  const char *const *keys;        /* of the history, NULL-terminated */
  const double      *values;      /* of the epoch that has ended, one for each key */
  CamNetwork        *network;     /* with the weights as they are */
  CamOptimizer      *optimizer;   /* given_rate may be set */
  guint64            step;        /* the next one's number */

  /* Files are written by whoever runs the fit; NULL: there is no place for any. @path is relative. */
  void             (*save)  (const char *path, CamNetwork *network, guint epoch, gpointer user_data);
  /* A line below what the file holds; where it holds nothing, or @begins empties it, below @header. */
  void             (*write) (const char *path, const char *header, const char *line, gboolean begins, gpointer user_data);
  gpointer           user_data;
} CamSite;

typedef struct _CamCallback CamCallback;
typedef struct _CamStateWalk CamStateWalk;
typedef struct
{
  CamKind       kind;
  CamCallback *(*create)    (const json_t *config);
  void         (*free)      (CamCallback *self);
  /* Before epoch @epoch (from 0); there are no values yet. */
  void         (*on_begin)  (CamCallback *self, const CamSite *site, guint epoch);
  /* After epoch @epoch (from 0). TRUE: stop, and *reason is a sentence. */
  gboolean     (*on_epoch)  (CamCallback *self, const CamSite *site, guint epoch, char **reason);
  /* At the end, however it came. Returns the epoch (from 1) whose weights it put back, 0: none. */
  guint        (*on_end)    (CamCallback *self, CamNetwork *network);
  /* What it watches; NULL: nothing. */
  const struct _CamMonitor *(*get_monitor) (CamCallback *self);
  /* Settings that no field can check, against the keys of the history (NULL: not known yet). */
  gboolean     (*check)     (const json_t *config, const char *const *keys, const char *where, GError **error);
  /* Visits what it remembers from epoch to epoch; NULL: nothing. */
  void         (*walk)      (CamCallback *self, CamStateWalk *walk);
  /* The fit begins after epoch @epoch (from 0), the best so far, of @value and with @weights: as if it had seen that one alone. NULL: it begins anew. */
  void         (*go_back)   (CamCallback *self, guint epoch, double value, GBytes *weights);
  gboolean      defines_best; /* the value it watches is what "best" means in the run */
  gboolean      sets_rate;    /* and so logs it: the history has the key "learning_rate", and the optimizer must have a plain number */
} CamCallbackOps;

struct _CamCallback
{
  const CamCallbackOps *ops;
  json_t               *config;      /* owned by who made it, completed */
};

extern const CamLoss *const           cam_losses[];
extern const CamMetric *const         cam_metrics[];
extern const CamOptimizerOps *const   cam_optimizers[];
extern const CamOptimizerOps          cam_sgd, cam_rmsprop, cam_adam, cam_adamw, cam_adamax, cam_nadam, cam_adagrad, cam_adadelta, cam_ftrl, cam_lion, cam_lamb;
extern const CamCallbackOps *const    cam_callbacks[];

/* cam_metric_resolve: "accuracy" becomes binary, categorical or sparse by the sizes, as Keras does; others stay. */
const CamMetric *cam_metric_resolve (const CamMetric *self, gsize y_size, gsize p_size);
gboolean         cam_sizes_are_equal (gsize y_size, gsize p_size);

G_END_DECLS
