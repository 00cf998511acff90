/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passes of the crossentropies of a softmax, several rows side by side. Rows are few and short in most networks, so that it is the rows that fill the registers, not the
 * classes. NaN in a row makes the row's results NaN. Any thread; blocks may not overlap. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cam_log_sums: for each of @n rows of @columns, ln Σ exp z = tops[row] + above[row], tops the largest z of the row. @p: their softmax. Exact to the last places of a double
 * given p, however small the result. */
void cam_log_sums            (const float *z, const float *p, float *tops, double *above, gsize n, gsize columns);
/* values[row] ← Σ y'·(tops[row] − z + above[row]) with y' = y·keep + shift: the crossentropy, from what cam_log_sums() found. */
void cam_crossentropy_values (const float *z, const float *y, const float *tops, const double *above, double keep, double shift, double *values, gsize n, gsize columns);
/* d ← scale·(p·Σ y' − y'): its gradient with respect to z. */
void cam_softmax_gradient    (const float *p, const float *y, double keep, double shift, double scale, float *d, gsize n, gsize columns);

G_END_DECLS
