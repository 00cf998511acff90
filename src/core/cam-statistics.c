/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of a few repeats. Sums are taken twice, first the mean and then the squares around it, so that nothing is lost where all values are large and alike. */
#include "cam-statistics.h"

#include <float.h>
#include <math.h>

void
cam_spread_init (CamSpread    *self,
                 const double *values,
                 gsize         n)
{
  double sum = 0.0, squares = 0.0;

  *self = (CamSpread) { 0, NAN, NAN, NAN, NAN, NAN };
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      {
        sum += values[i];
        self->min = fmin (self->min, values[i]);
        self->max = fmax (self->max, values[i]);
        self->n++;
      }
  if (self->n == 0)
    return;

  /* Rounding must not put the mean of equal values beside them. */
  self->mean = CLAMP (sum / (double) self->n, self->min, self->max);
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      squares += (values[i] - self->mean) * (values[i] - self->mean);
  if (self->n > 1)
    {
      self->deviation = sqrt (squares / (double) (self->n - 1));
      self->error = self->deviation / sqrt ((double) self->n);
    }
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
cam_quantile (const double *values,
              gsize         n,
              double        share)
{
  g_autoptr(GArray) sorted = g_array_new (FALSE, FALSE, sizeof (double));
  double place, below;
  gsize first;

  g_return_val_if_fail (share >= 0.0 && share <= 1.0, NAN);

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      g_array_append_val (sorted, values[i]);
  if (sorted->len == 0)
    return NAN;

  g_array_sort (sorted, compare_doubles);
  place = share * (double) (sorted->len - 1);
  first = (gsize) place;
  below = g_array_index (sorted, double, first);
  if (first + 1 == sorted->len)
    return below;

  return below + (place - (double) first) * (g_array_index (sorted, double, first + 1) - below);
}

/* The continued fraction of the incomplete beta function, from its front end on by Lentz's rule; it converges fast for x < (a + 1) / (a + b + 2).
 *
 * Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.5.8. */
static double
beta_fraction (double a,
               double b,
               double x)
{
  double c = 1.0, d = 1.0 - (a + b) * x / (a + 1.0), value;

  d = 1.0 / (fabs (d) < DBL_MIN ? DBL_MIN : d);
  value = d;
  for (int m = 1; m <= 10000; m++)
    {
      double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
      double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
      double before = value;

      for (int half = 0; half < 2; half++)
        {
          double term = half == 0 ? even : odd;

          d = 1.0 + term * d;
          c = 1.0 + term / c;
          d = 1.0 / (fabs (d) < DBL_MIN ? DBL_MIN : d);
          c = fabs (c) < DBL_MIN ? DBL_MIN : c;
          value *= c * d;
        }
      if (fabs (value - before) <= DBL_EPSILON * fabs (value))
        break;
    }

  return value;
}

/* Regularised; @y is 1 − @x, given apart since the difference would lose digits. lgamma() keeps a sign in a global that nobody reads. */
static double
incomplete_beta (double a,
                 double b,
                 double x,
                 double y)
{
  double front;

  if (x <= 0.0)
    return 0.0;
  if (y <= 0.0)
    return 1.0;

  front = exp (lgamma (a + b) - lgamma (a) - lgamma (b) + a * log (x) + b * log (y));
  if (x < (a + 1.0) / (a + b + 2.0))
    return front * beta_fraction (a, b, x) / a;

  return 1.0 - front * beta_fraction (b, a, y) / b;
}

double
cam_student_cdf (double t,
                 double df)
{
  double tail;

  g_return_val_if_fail (df > 0.0, NAN);

  if (isnan (t))
    return NAN;
  if (isinf (t))
    return t > 0.0 ? 1.0 : 0.0;
  tail = incomplete_beta (df / 2.0, 0.5, df / (df + t * t), t * t / (df + t * t)) / 2.0;

  return t > 0.0 ? 1.0 - tail : tail;
}

double
cam_student_quantile (double p,
                      double df)
{
  double low = -1.0, high = 1.0;

  g_return_val_if_fail (p > 0.0 && p < 1.0 && df > 0.0, NAN);

  while (cam_student_cdf (low, df) > p)
    low *= 2.0;
  while (cam_student_cdf (high, df) < p)
    high *= 2.0;
  /* Halving until the two are neighbours or the middle is one of them. */
  for (int i = 0; i < 200; i++)
    {
      double middle = low + (high - low) / 2.0;

      if (cam_student_cdf (middle, df) < p)
        low = middle;
      else
        high = middle;
    }

  return low + (high - low) / 2.0;
}

void
cam_paired_init (CamPaired    *self,
                 const double *a,
                 const double *b,
                 gsize         n,
                 double        overlap)
{
  g_autofree double *differences = g_new (double, n + 1);
  gboolean is_same = TRUE;
  CamSpread spread;
  double scale, reach;

  g_return_if_fail (overlap >= 0.0 && overlap < 1.0);

  for (gsize i = 0; i < n; i++)
    {
      gboolean is_pair = isfinite (a[i]) && isfinite (b[i]);

      differences[i] = is_pair ? a[i] - b[i] : NAN;
      is_same = is_same && (!is_pair || a[i] == b[i]);
    }
  cam_spread_init (&spread, differences, n);
  *self = (CamPaired) { .n = spread.n, .is_same = spread.n > 0 && is_same, .difference = spread.mean, .lower = NAN, .upper = NAN, .probability = NAN };
  if (spread.n < 2 || self->is_same)
    return;

  if (spread.min == spread.max)
    {
      double of_other = ldexp (1.0, -(int) MIN (spread.n + 1, 1000));

      self->probability = spread.mean > 0.0 ? 1.0 - of_other : of_other;
      return;
    }
  scale = spread.deviation * sqrt (1.0 / (double) spread.n + overlap / (1.0 - overlap));
  reach = scale * cam_student_quantile (0.975, (double) spread.n - 1.0);
  self->lower = spread.mean - reach;
  self->upper = spread.mean + reach;
  self->probability = cam_student_cdf (spread.mean / scale, (double) spread.n - 1.0);
}
