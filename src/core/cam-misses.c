/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-misses.h"

#include <float.h>
#include <math.h>

#include "cam-statistics.h"

static gboolean
is_pair (const float *truth,
         const float *said,
         gsize        i)
{
  return isfinite (truth[i]) && isfinite (said[i]);
}

void
cam_misses_init (CamMisses   *self,
                 const float *truth,
                 const float *said,
                 gsize        n)
{
  g_autofree double *sizes = g_new (double, MAX (n, 1));
  double sum = 0.0, absolute = 0.0, squares = 0.0, shares = 0.0, bias = 0.0, around = 0.0, mean;
  gsize n_pairs = 0;

  *self = (CamMisses) { 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  for (gsize i = 0; i < n; i++)
    if (is_pair (truth, said, i))
      {
        double miss = (double) said[i] - truth[i], size = fabs (miss);

        sum += truth[i];
        bias += miss;
        absolute += size;
        squares += miss * miss;
        shares += size / MAX (fabs ((double) truth[i]), DBL_EPSILON);
        self->max_absolute = fmax (self->max_absolute, size);
        sizes[n_pairs++] = size;
      }
  self->n = n_pairs;
  if (n_pairs == 0)
    return;

  mean = sum / (double) n_pairs;
  for (gsize i = 0; i < n; i++)
    if (is_pair (truth, said, i))
      around += (truth[i] - mean) * (truth[i] - mean);
  self->mean_absolute = absolute / (double) n_pairs;
  self->median_absolute = cam_quantile (sizes, n_pairs, 0.5);
  self->root_mean_square = sqrt (squares / (double) n_pairs);
  self->bias = bias / (double) n_pairs;
  self->mape = shares / (double) n_pairs;
  self->r2 = around > 0.0 ? 1.0 - squares / around : squares > 0.0 ? 0.0 : 1.0;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

GArray *
cam_misses_list_quantiles (const float *truth,
                           const float *said,
                           gsize        n,
                           guint        most)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (CamQuantilePair));
  g_autofree double *residuals = g_new (double, MAX (n, 1));
  gsize n_pairs = 0, n_kept;

  for (gsize i = 0; i < n; i++)
    if (is_pair (truth, said, i))
      residuals[n_pairs++] = (double) said[i] - truth[i];
  qsort (residuals, n_pairs, sizeof (double), compare_doubles);

  n_kept = MIN (n_pairs, (gsize) MAX (most, 2));
  for (gsize k = 0; k < n_kept; k++)
    {
      gsize i = n_kept > 1 ? (gsize) ((double) k * (double) (n_pairs - 1) / (double) (n_kept - 1) + 0.5) : 0;
      CamQuantilePair pair = { cam_normal_quantile (((double) i + 0.5) / (double) n_pairs), residuals[i] };

      g_array_append_val (pairs, pair);
    }

  return pairs;
}

double
cam_normal_quantile (double p)
{
  double low = -40.0, high = 40.0;

  g_return_val_if_fail (p > 0.0 && p < 1.0, NAN);

  /* Asked for some hundreds of times: halving is fast enough, and cannot go astray. */
  for (guint i = 0; i < 64; i++)
    {
      double middle = (low + high) / 2.0;

      if (erfc (-middle / M_SQRT2) / 2.0 < p)
        low = middle;
      else
        high = middle;
    }

  return (low + high) / 2.0;
}

/* Drawing again ------------------------------------------------------------------------------------------------------- */

/* One success after the other: few are to be expected. */
static double
count_successes (CamRng *rng,
                 double  n,
                 double  p)
{
  double ratio = p / (1.0 - p), left = pow (1.0 - p, n), at = cam_rng_uniform (rng);
  double k = 0.0;

  while (at > left && k < n)
    {
      at -= left;
      k++;
      left *= ratio * (n - k + 1.0) / k;
    }

  return k;
}

/* Transformed rejection. Source: Hörmann, "The generation of binomial random variates", Journal of Statistical Computation and Simulation 46, 1993, algorithm BTRS. */
static double
reject_successes (CamRng *rng,
                  double  n,
                  double  p)
{
  double spread = sqrt (n * p * (1.0 - p)), b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * p, c = n * p + 0.5;
  double v_r = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * spread, odds = log (p / (1.0 - p)), m = floor ((n + 1.0) * p);
  double h = lgamma (m + 1.0) + lgamma (n - m + 1.0);

  while (TRUE)
    {
      double u = cam_rng_uniform (rng) - 0.5, v = cam_rng_uniform (rng), us = 0.5 - fabs (u), k = floor ((2.0 * a / us + b) * u + c);

      if (us >= 0.07 && v <= v_r)
        return k;
      if (k < 0.0 || k > n)
        continue;
      v = log (v * alpha / (a / (us * us) + b));
      if (v <= h - lgamma (k + 1.0) - lgamma (n - k + 1.0) + (k - m) * odds)
        return k;
    }
}

double
cam_rng_binomial (CamRng *rng,
                  double  n,
                  double  p)
{
  if (n <= 0.0 || p <= 0.0)
    return 0.0;
  if (p >= 1.0)
    return n;
  if (p > 0.5)
    return n - cam_rng_binomial (rng, n, 1.0 - p);

  return n * p < 10.0 ? count_successes (rng, n, p) : reject_successes (rng, n, p);
}

/* As many units as there are. */
static void
draw_units (CamRng *rng,
            double *weights,
            gsize   n)
{
  for (gsize i = 0; i < n; i++)
    weights[i] = 0.0;
  for (gsize i = 0; i < n; i++)
    weights[cam_rng_below (rng, n)]++;
}

/* As many rows as there are, dealt to the units by their sizes. */
static void
draw_rows (CamRng       *rng,
           const double *units,
           double       *weights,
           gsize         n,
           double        n_rows)
{
  double left = n_rows, room = n_rows;

  for (gsize i = 0; i < n; i++)
    {
      weights[i] = room > 0.0 ? cam_rng_binomial (rng, left, units[i] / room) : 0.0;
      left -= weights[i];
      room -= units[i];
    }
}

void
cam_bootstrap (const double      *units,
               gsize              n,
               guint              n_draws,
               guint64            seed,
               CamBootstrapScore  score,
               gpointer           user_data,
               CamInterval       *interval)
{
  g_autofree double *weights = g_new (double, MAX (n, 1)), *scores = g_new (double, MAX (n_draws, 1));
  double n_rows = units == NULL ? (double) n : 0.0;
  CamRng rng;

  *interval = (CamInterval) { NAN, NAN };
  for (gsize i = 0; i < n && units != NULL; i++)
    n_rows += units[i];
  if (n_rows <= 0.0)
    return;

  cam_rng_init (&rng, seed, cam_rng_stream_named ("bootstrap"));
  for (guint draw = 0; draw < n_draws; draw++)
    {
      if (units != NULL)
        draw_rows (&rng, units, weights, n, n_rows);
      else
        draw_units (&rng, weights, n);
      scores[draw] = score (weights, n, user_data);
    }
  interval->low = cam_quantile (scores, n_draws, 0.025);
  interval->high = cam_quantile (scores, n_draws, 0.975);
}
