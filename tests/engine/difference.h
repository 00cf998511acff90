/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Derivatives by differences, for the gradient checks. */
#pragma once

#include <glib.h>

/* The value under test as a function of what *at holds; sums in double. */
typedef double (*DifferenceFunc) (gpointer user_data);

/**
 * difference_at:
 * @at: the number to move; it is put back
 * @error: (out): how far off the result may be
 *
 * The derivative of @func with respect to *at: central differences for a falling step width, extrapolated to width 0, of which the estimate with the smallest error
 * is taken. Near a kink the narrow ones win, far from one the wide ones, which round least.
 *
 * Source: C. Ridders, "Accurate computation of F′(x) and F′(x) F″(x)", Advances in Engineering Software 4 (1982).
 */
double difference_at (DifferenceFunc func, gpointer user_data, float *at, double *error);
