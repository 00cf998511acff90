/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of what a search has found each of its settings explains: functional analysis of variance of a small random forest. A tree cuts the space of settings into boxes with a mean score each; over
 * such a space the mean score for each value of one setting, all others averaged out, and the variance of that can be told exactly. Shares of settings by themselves and what is left, which is what
 * they do together, add up to 1. Pure, and the same for the same seed.
 *
 * Source: Hutter, Hoos and Leyton-Brown, "An efficient approach for assessing hyperparameter importance", ICML 2014. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CAM_IMPORTANCE_TREES 64
#define CAM_IMPORTANCE_MOST_CATEGORIES 64

typedef struct
{
  const double *values;         /* [n]; of a category its number, from 0 */
  guint         n_categories;   /* 0: a number; at most CAM_IMPORTANCE_MOST_CATEGORIES */
  double        low, high;      /* of a number: the range that was searched; each part of it counts alike */
} CamFactor;

/**
 * cam_importance_find:
 * @scores: `[n]`; what is not finite is left out
 * @n_trees: each of as many rows drawn with replacement, at most 512; 0: one tree of all rows
 * @shares: (out): `[n_factors]`: of the variance, what each explains by itself; 0 … 1
 *
 * Costs about n² times trees, a tenth of a second for a few hundred rows.
 *
 * Returns: the share that is explained by several together; NaN, and all shares too: below four rows, or all scores are equal
 */
double cam_importance_find (const CamFactor *factors, guint n_factors, const double *scores, gsize n, guint n_trees, guint64 seed, double *shares);

G_END_DECLS
