/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals of scores by drawing rows again, in the coarsest units that give the same; and scores into their lists. Any thread. */
#pragma once

#include "cam-evaluation.h"

G_BEGIN_DECLS

#define CAM_DRAWS 1000

void     cam_draws_append       (GArray *scores, CamScoreKind kind, double value, double baseline, CamInterval interval);

/* cam_draws_run: several scores out of the same draws. @units: as of cam_bootstrap(); @measure: fills `[n_kinds]`, at most 16; @intervals: (out): `[n_kinds]`. */
void     cam_draws_run          (const double *units, gsize n, guint n_draws, void (*measure) (const double *weights, gsize n, gconstpointer data, double *values), gconstpointer data,
                                 guint n_kinds, CamInterval *intervals);

/* cam_draws_deal: rows into bundles by chance, so that rows in an order do not make bundles alike; equally many in each but for the last rows. `[n_rows]`: the bundle of each. g_free(). */
guint32 *cam_draws_deal         (gsize n_rows, gsize *n_bundles);

/* The mean of bundles: rows, and the sum of what is measured; cam_draws_measure_mean() is for cam_draws_run(), with @data an array of them. */
typedef struct { double n, sum; } CamBundle;
void     cam_draws_measure_mean (const double *weights, gsize n, gconstpointer data, double *values);
/* cam_draws_find_mean: of @values, those that are not finite left out, and its interval. */
double   cam_draws_find_mean    (const float *values, gsize n_rows, CamInterval *interval);

G_END_DECLS
