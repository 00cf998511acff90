/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is different between two runs, or a run and an experiment: values by name, layers by their place in the stack, scores. Built once, then only read; no widgets. */
#pragma once

#include <cam-experiment.h>

G_BEGIN_DECLS

typedef enum { CAM_DIFF_SAME, CAM_DIFF_CHANGED, CAM_DIFF_ADDED, CAM_DIFF_REMOVED } CamDiffMark;      /* ADDED: only the second has it; REMOVED: only the first */

typedef struct
{
  CamDiffMark mark;
  char       *name;            /* "learning_rate", "EarlyStopping patience" */
  char       *a, *b;           /* NULL: not there */
} CamDiffRow;

typedef struct
{
  CamDiffMark mark;
  int         a, b;            /* places among the layers, from 0; −1: not there */
  char       *class_name;
  char       *a_text, *b_text; /* "64 units · relu"; NULL: not there */
  GPtrArray  *fields;          /* of CamDiffRow: settings that differ; empty unless CHANGED */
  guint64     a_params, b_params;
} CamDiffLayer;

typedef struct
{
  const char *part;            /* "train", "validation", "test"; interned */
  const char *key;             /* "loss", "accuracy"; interned */
  double      a, b;            /* NaN: not measured */
  int         better;          /* −1: the first, 1: the second, 0: neither, or not known */
} CamDiffScore;

/* One of the two. All borrowed. */
typedef struct
{
  const char          *name;
  const CamExperiment *experiment;
  const json_t        *report;        /* NULL: none */
  const char          *data_name;     /* NULL: not known … */
  const char          *data_sha256;   /* … and so may this be */
  const CamShape      *input;         /* of the network; NULL: not known, then neither are parameters */
  guint                n_epochs;      /* 0: it has not run, and the next three say nothing */
  guint                best_epoch;    /* 0: none */
  double               seconds;
  const char *const   *events;        /* what was done to it by hand, in words; NULL: nothing */
} CamDiffSide;

typedef struct
{
  char      *names[2];
  GPtrArray *settings;         /* of CamDiffRow: loss, metrics, optimizer, fit, callbacks */
  GPtrArray *data;             /* of CamDiffRow: columns, preparation, split, and whether the files hold the same */
  GPtrArray *layers;           /* of CamDiffLayer, in the order of the stacks */
  GPtrArray *scores;           /* of CamDiffScore */
  GPtrArray *course;           /* of CamDiffRow: epochs, the best of them, time */
  char     **events[2];        /* never NULL */
  guint64    n_params[2];
  gboolean   has_params[2];
} CamRunDiff;

CamRunDiff *cam_run_diff_new        (const CamDiffSide *a, const CamDiffSide *b);
void        cam_run_diff_free       (CamRunDiff *self);

/* cam_run_diff_values: what two objects hold, of CamDiffRow: things with a class and settings of their own are told one by one. In the order of the first; what only the second has stands behind what
 * it stands behind there. */
GPtrArray  *cam_run_diff_values     (const json_t *a, const json_t *b);

/**
 * cam_run_diff_layers:
 * @a, @b: arrays of layers, as in a document with its defaults
 *
 * The cheapest way from one stack to the other: a layer put in or taken out costs 1, one of the same kind with other settings between a half and 1, the more the more of them are others.
 * A layer put in between others is so told as that, and not as a change of all that follow.
 *
 * Returns: (transfer full): of CamDiffLayer, without texts and parameters
 */
GPtrArray  *cam_run_diff_layers     (const json_t *a, const json_t *b);

/* cam_run_diff_dup_text: all of it as plain text, marks before what differs; @all: what is the same too. g_free(). */
char       *cam_run_diff_dup_text   (const CamRunDiff *self, gboolean all);
/* cam_diff_score_dup_name: "validation accuracy". cam_diff_score_dup_difference: "−1.0 %", "+0.0231", "–". g_free() both. */
char       *cam_diff_score_dup_name (const CamDiffScore *self);
char       *cam_diff_score_dup_difference (const CamDiffScore *self);
/* cam_diff_layer_dup_params: "1,984", "1,984 → 2,048"; NULL: not known. g_free(). */
char       *cam_diff_layer_dup_params (const CamRunDiff *self, const CamDiffLayer *layer);

/* cam_diff_count: rows (CamDiffRow) that are not the same. */
guint       cam_diff_count          (GPtrArray *rows);
/* cam_diff_mark_sign: "+", "−", "~", or "" for the same. cam_diff_mark_name: "added", for screen readers. */
const char *cam_diff_mark_sign      (CamDiffMark mark);
const char *cam_diff_mark_name      (CamDiffMark mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRunDiff, cam_run_diff_free)

G_END_DECLS
