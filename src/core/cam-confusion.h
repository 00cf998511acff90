/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which class rows have and which one was said: the matrix, what it says of each class, and its averages. Pure functions, any thread.
 *
 * Scores that divide by nothing are 0, as in scikit-learn. Source: Sokolova and Lapalme, "A systematic analysis of performance measures for classification tasks", Information Processing &
 * Management 45, 2009; Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", Computational Biology and Chemistry 28, 2004. */
#pragma once

#include "cam-cutoffs.h"

G_BEGIN_DECLS

typedef struct
{
  guint  n_classes;
  gsize  n;            /* rows */
  gsize *counts;       /* [n_classes, n_classes]: truth by row, what was said by column */
  gsize *truths;       /* [n_classes]: rows of each class: its support */
  gsize *answers;      /* [n_classes]: rows said to be of it */
} CamConfusion;

/* cam_confusion_new: @truth, @said: `[n]`: classes from 0; a row with −1 in either does not count. */
CamConfusion *cam_confusion_new      (const int *truth, const int *said, gsize n, guint n_classes);
void          cam_confusion_free     (CamConfusion *self);

typedef enum
{
  CAM_CONFUSION_COUNTS,
  CAM_CONFUSION_BY_TRUTH,     /* each row of the matrix adds up to 1: where the rows of a class go */
  CAM_CONFUSION_BY_ANSWER,    /* each column does: what is behind an answer */
  CAM_CONFUSION_BY_ALL,
} CamConfusionShare;

/* cam_confusion_get: 0 where there is nothing to divide by. */
double        cam_confusion_get      (const CamConfusion *self, guint truth, guint said, CamConfusionShare share);
/* cam_confusion_count: one class against all others. */
void          cam_confusion_count    (const CamConfusion *self, guint klass, CamCounts *counts);

typedef struct { double precision, recall, f1; } CamClassScores;
typedef enum
{
  CAM_AVERAGE_MACRO,       /* of classes that have rows, or were said to */
  CAM_AVERAGE_WEIGHTED,    /* by their rows */
  CAM_AVERAGE_MICRO,       /* of all rows; with one answer a row each of the three is the accuracy */
} CamAverage;

double        cam_confusion_get_accuracy          (const CamConfusion *self);
/* cam_confusion_get_balanced_accuracy: mean recall of the classes that have rows. NaN: none has. */
double        cam_confusion_get_balanced_accuracy (const CamConfusion *self);
double        cam_confusion_get_matthews          (const CamConfusion *self);
void          cam_confusion_get_average           (const CamConfusion *self, CamAverage average, CamClassScores *scores);

typedef enum
{
  CAM_CONFUSION_AS_IT_IS,
  CAM_CONFUSION_BY_SUPPORT,   /* the class with most rows first */
  CAM_CONFUSION_BY_RECALL,    /* the worst first */
  CAM_CONFUSION_ALIKE,        /* what is taken for each other stands together: each class after the one that it is most often confused with, of those left */
} CamConfusionOrder;

/* cam_confusion_list_order: `[n_classes]`. g_free(). */
guint        *cam_confusion_list_order (const CamConfusion *self, CamConfusionOrder order);

/* cam_count_average: the same averages over @n labels, each with its own counts. */
void          cam_count_average      (const CamCounts *labels, guint n, CamAverage average, CamClassScores *scores);

/* cam_top_k: the share of rows whose class is among the @k with the highest scores. @scores: `[n, n_classes]`; @truth: `[n]`, −1 does not count. Of equal scores the class that comes first is the
 * higher. NaN: no row. */
double        cam_top_k              (const float *scores, const int *truth, gsize n, guint n_classes, guint k);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamConfusion, cam_confusion_free)

G_END_DECLS
