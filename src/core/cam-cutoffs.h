/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two classes told apart by a score: what each threshold would say, the curves over all thresholds, and whether scores mean what they say. Pure functions, any thread; CamCutoffs is not
 * changed once it is made. Rows whose score is not finite do not count.
 *
 * Sources: Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27, 2006; Davis and Goadrich, "The relationship between precision-recall and ROC curves", ICML 2006;
 * Chicco and Jurman, "The advantages of the Matthews correlation coefficient", BMC Genomics 21, 2020. Where a score divides by nothing it is what scikit-learn says: 0. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What became of the rows. */
typedef struct
{
  double true_positive, false_positive, true_negative, false_negative;     /* rows; not whole where rows have weights */
} CamCounts;

typedef struct
{
  gsize   n_thresholds;            /* distinct scores */
  gsize   n_positive, n_negative;  /* rows of truth 1 and 0 */
  float  *scores;                  /* [n_thresholds], descending */
  gsize  *positives;               /* [n_thresholds]: rows of truth 1 with this score or a higher one */
  gsize  *negatives;               /* [n_thresholds] */
} CamCutoffs;

/* cam_cutoffs_new: @scores, @truth: `[n]`; truth is 0 or 1. */
CamCutoffs *cam_cutoffs_new         (const float *scores, const guint8 *truth, gsize n);
void        cam_cutoffs_free        (CamCutoffs *self);
/* cam_cutoffs_count: rows above @threshold count as positive, as Keras's metrics have it. In steps that grow with the logarithm of the thresholds. */
void        cam_cutoffs_count       (const CamCutoffs *self, double threshold, CamCounts *counts);
/* cam_cutoffs_get_auc: the area under the ROC curve: the probability that a positive row has a higher score than a negative one, ties half. NaN: one of the classes has no row. */
double      cam_cutoffs_get_auc     (const CamCutoffs *self);
/* cam_cutoffs_get_average_precision: the area under the precision–recall curve as a sum of steps. NaN: no positive row. */
double      cam_cutoffs_get_average_precision (const CamCutoffs *self);
/* cam_cutoffs_find_cheapest: the threshold, halfway between two scores, with the smallest @false_positive · false alarms + @false_negative · misses; of equal ones that nearest to 0.5. @cost (out)
 * (nullable): per row. 0 and 1 are the ends: scores are probabilities. */
double      cam_cutoffs_find_cheapest (const CamCutoffs *self, double false_positive, double false_negative, double *cost);

typedef struct { double x, y, threshold; } CamCutoffPoint;
/* cam_cutoffs_list_roc: the corners of the ROC curve, x false-positive rate, y recall, from (0, 0) to (1, 1), without those on a straight line between others; at most @most of them, spread evenly
 * along the curve (0: all). Element type CamCutoffPoint. The first threshold is infinite. Empty where one of the classes has no row. */
GArray     *cam_cutoffs_list_roc    (const CamCutoffs *self, guint most);
/* cam_cutoffs_list_precision: x recall, y precision, by falling threshold; begins at recall 0 with the precision of the first. Empty where no row is positive. */
GArray     *cam_cutoffs_list_precision (const CamCutoffs *self, guint most);

double      cam_counts_get_accuracy    (const CamCounts *self);
double      cam_counts_get_precision   (const CamCounts *self);
double      cam_counts_get_recall      (const CamCounts *self);
double      cam_counts_get_specificity (const CamCounts *self);
double      cam_counts_get_f1          (const CamCounts *self);
/* cam_counts_get_balanced_accuracy: the mean of recall and specificity; of the one there is, where a class has no row. */
double      cam_counts_get_balanced_accuracy (const CamCounts *self);
double      cam_counts_get_matthews    (const CamCounts *self);

/* Whether rows with a score of 0.7 are positive seven times in ten. */
typedef struct
{
  gsize  n;          /* rows */
  double low, high;  /* scores of the bin */
  double said;       /* their mean score; NaN: no row */
  double share;      /* of positive rows among them */
} CamReliabilityBin;

/* cam_reliability: @bins: `[n_bins]`, of equal width from 0 to 1; a score on a border belongs to the upper bin. Returns: the Brier score, the mean squared distance of score and truth; NaN: no row. */
double      cam_reliability         (const float *scores, const guint8 *truth, gsize n, CamReliabilityBin *bins, guint n_bins);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamCutoffs, cam_cutoffs_free)

G_END_DECLS
