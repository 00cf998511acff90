/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column holds and how it stands to the target: the numbers behind its pictures. Built once in any thread, one owner, read only. */
#pragma once

#include "cam-table.h"

G_BEGIN_DECLS

#define CAM_RELATION_BINS 26
#define CAM_RELATION_WHOLE 40       /* whole numbers in a span below this have a bin each */
#define CAM_RELATION_CLASSES 10     /* at most; in more, the last stands for all others */
#define CAM_RELATION_LEVELS 12      /* at most; the others are counted together */
#define CAM_RELATION_DOTS 1200
#define CAM_RELATION_STEPS 24       /* of the trend */

/* Quartiles between the values that surround them; whiskers end at the last values within 1.5 × (q75 − q25) of the box. NaN: no values. */
typedef struct { gsize n; double low, q25, median, q75, high, mean; } CamQuartiles;

/* How the document takes a column: numbers (dates too), or words (numbers too). A text can be taken as a number as well: that of its words. */
typedef struct { int column; gboolean is_number; } CamRelationSide;

/* cam_text_count_words: told apart by blanks; marks alone are none. @text may be NULL. */
guint        cam_text_count_words (const char *text);

typedef struct
{
  gsize        n, n_missing, n_different;
  gboolean     is_number;
  CamQuartiles all;                 /* of a number column; min and max below, not whiskers */
  double       min, max, deviation;

  /* The target. No classes: a number target, or none at all. */
  gboolean     has_target;
  guint        n_classes;
  char       **classes;             /* as the preparation orders them: sorted, by value where all are numbers */
  guint        n_groups;            /* n_classes, or 1: everything in one */

  /* A number column. */
  guint        n_bins;              /* 0: no values */
  double       bin_start, bin_width;
  gsize       *bins;                /* [n_groups][n_bins] */
  CamQuartiles boxes[CAM_RELATION_CLASSES];        /* by class */

  /* A column of words: levels by falling frequency. */
  guint        n_levels;
  char       **levels;
  gsize        n_in_other_levels;   /* rows */
  gsize       *level_counts;        /* [n_groups][n_levels] */
  CamQuartiles level_boxes[CAM_RELATION_LEVELS];   /* of a number target */

  /* Two numbers: some rows, evenly taken, and the means of all. */
  gsize        n_pairs;
  guint        n_dots, n_steps;
  double      *dot_x, *dot_y, *step_x, *step_y;
  double       correlation;         /* Pearson; NaN where one of them is constant */
} CamRelation;

/* cam_relation_new: @target.column −1: none. Of @table no more is touched than these two columns. NULL: cancelled. O(n log n). */
CamRelation *cam_relation_new  (const CamTable *table, CamRelationSide column, CamRelationSide target, GCancellable *cancellable);
void         cam_relation_free (CamRelation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRelation, cam_relation_free)

G_END_DECLS
