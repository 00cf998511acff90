/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-evaluation-draws.h"

#include <math.h>

#include <cam-rng.h>
#include <cam-statistics.h>

#define SEED 1
#define N_BUNDLES 1000

void
cam_draws_append (GArray       *scores,
                  CamScoreKind  kind,
                  double        value,
                  double        baseline,
                  CamInterval   interval)
{
  CamScore score = { kind, value, baseline, interval };

  g_array_append_val (scores, score);
}

/* Several scores out of the same draws: the first is cam_bootstrap()'s own, the others are kept beside it. */
typedef struct
{
  guint   n_kinds;
  guint   n;                     /* draws so far */
  double *values;                /* [n_kinds, draws] */
  void  (*measure) (const double *weights, gsize n, gconstpointer data, double *values);
  gconstpointer data;
  guint   n_draws;
} Draws;

static double
draw_cb (const double *weights,
         gsize         n,
         gpointer      user_data)
{
  Draws *self = user_data;
  double values[16];

  self->measure (weights, n, self->data, values);
  for (guint k = 0; k < self->n_kinds; k++)
    self->values[k * self->n_draws + self->n] = values[k];
  self->n++;

  return values[0];
}

/* @units as of cam_bootstrap(); @intervals: [n_kinds]. */
void
cam_draws_run (const double  *units,
               gsize          n,
               guint          n_draws,
               void         (*measure) (const double *weights, gsize n, gconstpointer data, double *values),
               gconstpointer  data,
               guint          n_kinds,
               CamInterval   *intervals)
{
  Draws draws = { n_kinds, 0, g_new (double, (gsize) n_kinds * n_draws), measure, data, n_draws };

  cam_bootstrap (units, n, n_draws, SEED, draw_cb, &draws, &intervals[0]);
  for (guint k = 1; k < n_kinds; k++)
    intervals[k] = (CamInterval) { cam_quantile (draws.values + (gsize) k * n_draws, draws.n, 0.025), cam_quantile (draws.values + (gsize) k * n_draws, draws.n, 0.975) };
  g_free (draws.values);
}

/* Rows into bundles by chance, so that rows in an order do not make bundles alike; equally many in each but for the last rows. */
guint32 *
cam_draws_deal (gsize  n_rows,
                gsize *n_bundles)
{
  guint32 *places = g_new (guint32, MAX (n_rows, 1));
  gsize size = (n_rows + N_BUNDLES - 1) / N_BUNDLES;
  CamRng rng;

  *n_bundles = size > 0 ? n_rows / size : 0;
  for (gsize i = 0; i < n_rows; i++)
    places[i] = (guint32) (i % MAX (*n_bundles, 1));
  if (size > 1)
    {
      cam_rng_init (&rng, SEED, cam_rng_stream_named ("bundles"));
      cam_rng_shuffle (&rng, places, n_rows);
    }

  return places;
}

void
cam_draws_measure_mean (const double  *weights,
                        gsize          n,
                        gconstpointer  data,
                        double        *values)
{
  const CamBundle *bundles = data;
  double rows = 0.0, sum = 0.0;

  for (gsize b = 0; b < n; b++)
    {
      rows += weights[b] * bundles[b].n;
      sum += weights[b] * bundles[b].sum;
    }
  values[0] = rows > 0.0 ? sum / rows : NAN;
}

/* The mean of @values, NaN left out, and its interval. */
double
cam_draws_find_mean (const float *values,
                     gsize        n_rows,
                     CamInterval *interval)
{
  gsize n_bundles;
  g_autofree guint32 *places = cam_draws_deal (n_rows, &n_bundles);
  g_autofree CamBundle *bundles = g_new0 (CamBundle, MAX (n_bundles, 1));
  double n = 0.0, sum = 0.0;

  for (gsize i = 0; i < n_rows; i++)
    if (isfinite (values[i]))
      {
        bundles[places[i]].n += 1.0;
        bundles[places[i]].sum += values[i];
        n += 1.0;
        sum += values[i];
      }
  cam_draws_run (NULL, n_bundles, CAM_DRAWS, cam_draws_measure_mean, bundles, 1, interval);

  return n > 0.0 ? sum / n : NAN;
}
