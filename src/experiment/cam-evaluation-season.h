/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seasonal forecast: what was one period before is said again. */
#pragma once

#include <cam-dataset.h>

G_BEGIN_DECLS

/* cam_season_find_period: rows after which a series repeats itself; 0: it does not, or too few are known. O(n × lags). */
gsize cam_season_find_period (const double *values, gsize n);
/**
 * cam_season_fill:
 * @told: `[n_rows, n_steps]`: rows of the table that are forecast
 * @usual: (out caller-allocates): `[n_rows, n_steps, targets]`, in target units; NaN where the period before is not in the table
 *
 * Returns: the period, found in training rows; 0: none, and @usual is not filled
 */
gsize cam_season_fill        (const CamDataset *dataset, const gsize *told, gsize n_rows, guint n_steps, float *usual);

G_END_DECLS
