/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far numbers said are from the true ones, and intervals for what scores of so many rows can be trusted for. Pure functions, any thread; pairs of which one is not finite do not count. */
#pragma once

#include "cam-rng.h"

G_BEGIN_DECLS

/* All in the units of the values, but where it says otherwise. NaN: no pair. */
typedef struct
{
  gsize  n;               /* pairs */
  double mean_absolute;
  double median_absolute;
  double max_absolute;
  double root_mean_square;
  double bias;            /* mean of said − true */
  double r2;              /* without unit: 1 − squares around the truth ÷ squares around its mean. Where all truths are equal: 1 if all is right, else 0 */
  double mape;            /* share: |said − true| ÷ max (|true|, 2⁻⁵²) */
} CamMisses;

/* cam_misses_init: @truth, @said: `[n]`. */
void   cam_misses_init      (CamMisses *self, const float *truth, const float *said, gsize n);

typedef struct { double normal, residual; } CamQuantilePair;
/* cam_misses_list_quantiles: residuals (said − true), sorted, beside the quantiles that a normal distribution would have there ((i − 0.5)/n), in deviations; at most @most of them, evenly through the
 * ranks. Element type CamQuantilePair. */
GArray *cam_misses_list_quantiles (const float *truth, const float *said, gsize n, guint most);

/* The interval in which 95 of 100 scores lie when rows are drawn again from those there are. NaN: nothing to draw from. */
typedef struct { double low, high; } CamInterval;

/**
 * cam_bootstrap:
 * @units: (nullable): `[n]`: how many rows each unit stands for, whole numbers: rows of one cell of a matrix are alike, and need not be drawn one by one. %NULL: units are drawn whole; each is a
 *   row, or a bundle of equally many, which gives the same interval where the rows stand in no order
 * @score: called with weights `[n]`: how many rows were drawn of each unit, or how often it was drawn whole
 *
 * The percentile bootstrap: @n_draws scores of as many as there are, drawn with replacement; from the seed, so that the same rows have the same interval. A score that is not finite does not count.
 *
 * Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
 */
typedef double (*CamBootstrapScore) (const double *weights, gsize n, gpointer user_data);
void   cam_bootstrap        (const double *units, gsize n, guint n_draws, guint64 seed, CamBootstrapScore score, gpointer user_data, CamInterval *interval);

/* cam_rng_binomial: how many of @n trials succeed, each with probability @p. */
double cam_rng_binomial     (CamRng *rng, double n, double p);

/* cam_normal_quantile: the inverse of the normal distribution for 0 < @p < 1, to 1e-9. */
double cam_normal_quantile  (double p);

G_END_DECLS
