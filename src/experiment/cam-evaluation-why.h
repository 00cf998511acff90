/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a model says what it says: which columns it needs, what its answer does as one of them changes, and what in one row makes its answer. Blocking, for worker threads; a network is asked, never
 * changed.
 *
 * Sources: Breiman, "Random forests", Machine Learning 45, 2001, section 10 (permutation importance); Friedman, "Greedy function approximation", Annals of Statistics 29, 2001, section 8 (partial
 * dependence). */
#pragma once

#include "cam-evaluation.h"

G_BEGIN_DECLS

#define CAM_WHY_MOST_FEATURES 256    /* of more, as of pictures, no one can read anything */

typedef struct
{
  guint  feature;
  double mean, min, max;             /* how much worse the score is without it, over the repeats; below 0: better */
} CamImportance;

typedef struct
{
  CamScoreKind score;                /* AUC of two classes, accuracy of more and of a label, RMSE of a number */
  double       value;                /* with all columns, of the rows that were taken */
  guint        n, n_repeats;
  gsize        n_rows;
  CamImportance items[];             /* [n], most important first */
} CamImportances;

/* cam_why_can_explain: FALSE: of texts, pictures and very many columns. */
gboolean        cam_why_can_explain    (const CamDataset *dataset);

/**
 * cam_why_list_importance:
 * @output: of several targets or labels, which
 * @progress: (nullable): thousandths, set atomically
 *
 * Each feature column is dealt out anew among at most some thousand rows of @part, @n_repeats times; from the seed, so that the same model says the same. g_free(). NULL: cancelled.
 */
CamImportances *cam_why_list_importance (const CamModel *model, const CamDataset *dataset, CamPart part, guint output, guint n_repeats, gint *progress, GCancellable *cancellable);

/* The mean answer as one column goes through its values, all else as it is in the rows. */
typedef struct
{
  guint    feature, n;
  gboolean is_category;
  double  *x;                        /* [n]: values of a number; of categories 0 … n − 1 */
  char   **names;                    /* [n]: of categories; else NULL */
  double  *mean, *low, *high;        /* [n]: of the answers; 10 % and 90 % of the rows' own */
} CamDependence;

/* cam_why_find_dependence: of @output: a probability, or target units. NULL: the column does not vary. */
CamDependence  *cam_why_find_dependence (const CamModel *model, const CamDataset *dataset, CamPart part, guint feature, guint output);
void            cam_dependence_free     (CamDependence *self);

typedef struct
{
  guint  feature;
  double answer;                     /* where this column alone is as it usually is */
  double change;                     /* from that to what is said: above 0: the value of this row raises the answer */
} CamReason;

typedef struct
{
  double    answer;                  /* of the row as it is */
  guint     n;
  CamReason items[];                 /* [n], the largest change first */
} CamReasons;

/* cam_why_list_reasons: @sample: of @part. Each column in turn is given its median, or most frequent category, of training. g_free(). */
CamReasons     *cam_why_list_reasons    (const CamModel *model, const CamDataset *dataset, CamPart part, gsize sample, guint output);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamDependence, cam_dependence_free)

G_END_DECLS
