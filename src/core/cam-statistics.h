/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of a few repeats: how values are spread, and whether one of two settings is better. Pure functions; values that are not finite count as not there. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize  n;           /* finite values; 0: the rest is NaN */
  double mean;
  double deviation;   /* of the sample, divided by n − 1; NaN below two values */
  double error;       /* standard error of the mean, deviation / √n */
  double min, max;
} CamSpread;

void   cam_spread_init      (CamSpread *self, const double *values, gsize n);

/* cam_quantile: @share 0 … 1 of the values are below it, with straight lines between the sorted values (type 7 of Hyndman and Fan, 1996). NaN: there are none. */
double cam_quantile         (const double *values, gsize n, double share);

/* Student's t distribution of @df > 0 degrees of freedom: the probability of a value up to @t, and its inverse for 0 < @p < 1. */
double cam_student_cdf      (double t, double df);
double cam_student_quantile (double p, double df);

typedef struct
{
  gsize    n;               /* pairs of which both values are finite */
  gboolean is_same;         /* both values of each pair are equal: no difference was found */
  double   difference;      /* mean of a − b; NaN: no pair */
  double   lower, upper;    /* 95 % interval of the mean difference; NaN below two pairs, or where all differences are equal */
  double   probability;     /* that a's mean is the larger; NaN: nothing can be said (one pair, or all the same) */
} CamPaired;

/**
 * cam_paired_init:
 * @a, @b: `[n]`: values of the same seed and fold stand in the same place
 * @overlap: the share of rows that each repeat was tested with where the repeats take turns at the same rows (1/k of k folds); 0: the repeats are independent
 *
 * The posterior of the mean difference under the usual prior that knows nothing: Student's t with n − 1 degrees of freedom around the mean. Folds train on
 * rows that they share, so their differences lie closer together than independent ones would; the variance of the mean is (1/n + overlap/(1 − overlap)) s²
 * instead of s²/n. A bootstrap of so few repeats would promise too much, and a permutation test of three could never say anything.
 * Where all differences are equal, as coarse scores may be, no spread can be told from them: then only their sign counts, and n of n are evidence of 1 − 2^−(n+1).
 *
 * Source: Nadeau and Bengio, "Inference for the generalization error", Machine Learning 52, 2003; Benavoli, Corani, Demšar and Zaffalon, "Time for a change", JMLR 18, 2017, section 3.
 */
void   cam_paired_init      (CamPaired *self, const double *a, const double *b, gsize n, double overlap);

G_END_DECLS
