/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers behind the pictures of a study, each valid at any moment: of what is done so far. Nothing here changes a study. What is not there is NaN. */
#pragma once

#include <cam-statistics.h>

#include "cam-study.h"

G_BEGIN_DECLS

/* One setting with the scores of the last stage it was in. */
typedef struct
{
  guint      setting, stage;
  double    *scores;         /* by repeat; NaN: not there */
  CamSpread  spread;
} CamStudyGroup;

/* cam_study_make_groups: a group for each setting, in the plan's order; @score is called as monitors are: "val_loss". Element type CamStudyGroup. */
GPtrArray *cam_study_make_groups    (CamStudy *self, const char *score);
/* cam_study_rank_groups: the best first; a later stage says more than an earlier one, as its runs had more epochs. */
void       cam_study_rank_groups    (CamStudy *self, GPtrArray *groups, gboolean larger_is_better);
/* cam_study_compare_groups: the probability that @a is better than @b, from the runs that they have in pairs; @paired: a − b. */
double     cam_study_compare_groups (CamStudy *self, const CamStudyGroup *a, const CamStudyGroup *b, gboolean larger_is_better, CamPaired *paired);
/* cam_study_list_scores: names of the scores that any run has, in the order they come up: "train_loss", "val_loss". */
GPtrArray *cam_study_list_scores    (CamStudy *self);
/* cam_study_list_keys: of the histories, in the order they come up: "loss", "val_loss". */
GPtrArray *cam_study_list_keys      (CamStudy *self);

/**
 * cam_curves_spread:
 * @curves, @lengths: `[n]`: values by epoch, and how many epochs each has
 * @n_told: (out): epochs that the answer has: as long as at least half of the curves go on
 * @n_whole: (out): epochs in which all of them go on
 *
 * How the curves are spread in each epoch. Runs that stop early end at different epochs: the mean of those that are left is a mean of the longest-lived alone, so it is told no further than half of the
 * runs go, and @n_whole says up to where it is that of all. Nothing is carried on from the last value of a run that has ended: nobody has measured that.
 *
 * Returns: (transfer full): `[n_told]`
 */
CamSpread *cam_curves_spread        (const double *const *curves, const guint *lengths, guint n, guint *n_told, guint *n_whole);

/* The curves of one setting in the last stage it was in. */
typedef struct
{
  guint      n;              /* runs that are done and have a history with the key */
  guint     *repeats, *lengths;
  double   **curves;         /* by epoch */
  guint      n_told, n_whole;
  CamSpread *spreads;        /* [n_told], see cam_curves_spread() */
} CamStudyCurves;

CamStudyCurves *cam_study_curves_new  (CamStudy *self, guint setting, const char *key);
void            cam_study_curves_free (CamStudyCurves *self);

/* How long the runs of a setting took to reach a score. */
typedef struct
{
  guint     n_runs, n_reached;
  CamSpread epochs;          /* of those that reached it */
  CamSpread seconds;         /* the same, with the mean time that an epoch of each run took */
} CamStudyTime;

/* cam_study_find_time: @key: of the history. */
void       cam_study_find_time      (CamStudy *self, guint setting, const char *key, gboolean larger_is_better, double target, CamStudyTime *time);
/* cam_study_find_target: a score that is worth asking after: one that all runs of a setting reach, of the setting that lies in the middle. NaN: nothing is done yet. */
double     cam_study_find_target    (CamStudy *self, const char *key, gboolean larger_is_better);

/* What the runs of a setting have in common inside, in one layer. */
typedef struct
{
  CamSpread gradient;        /* the norm in the last batch */
  CamSpread dead, saturated; /* shares of its units */
} CamStudyLayer;

/* cam_study_list_layers: names of the layers that any run tells of, in the order they come up. */
GPtrArray *cam_study_list_layers    (CamStudy *self);
void       cam_study_find_layer     (CamStudy *self, guint setting, const char *name, CamStudyLayer *layer);
/* cam_study_find_dead: of all units of the layers whose units can die, the share that did, run by run. FALSE: no run has such a layer. */
gboolean   cam_study_find_dead      (CamStudy *self, guint setting, CamSpread *dead);

/* cam_study_list_places: of a setting's runs that are done, in the last stage that has any; element type guint. g_array_unref(). */
GArray    *cam_study_list_places    (CamStudy *self, guint setting);

/* A setting of a search, over all its trials. */
typedef struct
{
  char      *path, *name;    /* "optimizer/config/learning_rate", "learning_rate"; of two of the same name what tells them apart stands before it: "2 units" */
  gboolean   is_number, is_log;
  gboolean   is_list;        /* only values of a list, not all of a range */
  double     low, high;      /* of numbers: the range that was searched */
  GPtrArray *categories;     /* texts of what is no number */
  double    *values;         /* by setting of the plan; of a category its number; NaN: it has none */
} CamStudyAxis;

/* cam_study_list_axes: what a search looks through, in the plan's order. Element type CamStudyAxis. */
GPtrArray *cam_study_list_axes      (CamStudy *self);
/* cam_study_make_stage_groups: as cam_study_make_groups(), but of the runs of one stage alone. */
GPtrArray *cam_study_make_stage_groups (CamStudy *self, const char *score, guint stage);
/**
 * cam_study_find_importance:
 * @axes: as cam_study_list_axes()
 * @shares: (out): `[axes]`, see cam_importance_find(); of the trials of the first stage, where all have had the same epochs
 *
 * Returns: the share that several explain together
 */
double     cam_study_find_importance (CamStudy *self, GPtrArray *axes, double *shares);
/**
 * cam_study_find_best_so_far:
 * @order: (out) (transfer full): trials in the plan's order of which something is done, of the first stage: their numbers, from 1
 * @scores: (out) (transfer full): the mean score of each
 *
 * Returns: (transfer full): the best of them up to each; @n of them
 */
double    *cam_study_find_best_so_far (CamStudy *self, guint *n, double **order, double **scores);

void       cam_study_group_free     (gpointer group);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamStudyCurves, cam_study_curves_free)

G_END_DECLS
