/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a forecast is worth beside saying again what was one period before. The period is found in the training rows: the lag at which the steps from row to row repeat most, where they clearly do.
 *
 * Source: Hyndman and Athanasopoulos, "Forecasting: principles and practice", 2021, sections 2.8 and 5.2 (autocorrelation, the seasonal naïve method). */
#include "cam-evaluation-season.h"

#include <math.h>

#define MOST_LAG 400
#define LEAST_CORRELATION 0.3
#define LEAST_PERIODS 3          /* that the training rows must hold */

/* @steps: differences of neighbours, with mean 0. */
static double
correlate (const double *steps,
           gsize         n,
           gsize         lag)
{
  double products = 0.0, squares = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      squares += steps[i] * steps[i];
      products += i >= lag ? steps[i] * steps[i - lag] : 0.0;
    }
  return squares > 0.0 ? products / squares : 0.0;
}

gsize
cam_season_find_period (const double *values,
                        gsize         n)
{
  g_autofree double *steps = g_new0 (double, n + 1);
  double mean = 0.0, spread = 0.0, best = LEAST_CORRELATION;
  gsize period = 0, n_steps = n > 0 ? n - 1 : 0, most = MIN (n_steps / LEAST_PERIODS, MOST_LAG);

  for (gsize i = 0; i < n_steps; i++)
    {
      steps[i] = values[i + 1] - values[i];
      if (!isfinite (steps[i]))
        steps[i] = 0.0;
      mean += steps[i] / (double) n_steps;
    }
  for (gsize i = 0; i < n_steps; i++)
    {
      steps[i] -= mean;
      spread += steps[i] * steps[i] / (double) n_steps;
    }
  /* A straight line repeats nothing but the rounding of its steps. */
  if (spread <= 1e-12 * mean * mean)
    return 0;
  for (gsize lag = 2; lag <= most; lag++)
    {
      double here = correlate (steps, n_steps, lag);

      /* Neighbours of lag 1 are alike in any smooth series: only a summit counts. */
      if (here > best && here >= correlate (steps, n_steps, lag - 1) && here >= correlate (steps, n_steps, lag + 1))
        {
          best = here;
          period = lag;
        }
    }

  return period;
}

/* Rows stand in the table as they follow each other. */
static gboolean
is_in_order (const CamTable       *table,
             const CamPreparation *preparation)
{
  const char *order = cam_preparation_get_order (preparation);
  int column = order != NULL ? cam_table_find (table, order) : -1;

  if (cam_preparation_get_group (preparation) != NULL)
    return FALSE;
  for (gsize row = 1; column >= 0 && row < cam_table_get_n_rows (table); row++)
    if (!(cam_table_get_number (table, (guint) column, row) > cam_table_get_number (table, (guint) column, row - 1)))
      return FALSE;

  return TRUE;
}

gsize
cam_season_fill (const CamDataset *dataset,
                 const gsize      *told,
                 gsize             n_rows,
                 guint             n_steps,
                 float            *usual)
{
  const CamTable *table = cam_dataset_get_table (dataset);
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  guint n_targets = cam_preparation_get_n_targets (preparation);
  gsize n_all = cam_table_get_n_rows (table), n_train = 0, period = 0;
  g_autofree gsize *train = NULL;

  if (!is_in_order (table, preparation))
    return 0;
  train = cam_dataset_dup_told_rows (dataset, CAM_PART_TRAIN, &n_train);
  for (guint target = 0; target < n_targets; target++)
    {
      int column = cam_table_find (table, cam_preparation_get_target_name (preparation, target));
      g_autofree double *values = g_new (double, n_all + 1);

      if (column < 0 || n_train == 0)
        return 0;
      for (gsize row = 0; row < n_all; row++)
        values[row] = cam_table_get_number (table, (guint) column, row);
      if (target == 0)
        period = cam_season_find_period (values, MIN (train[n_train - 1] + 1, n_all));
      if (period == 0)
        return 0;
      for (gsize i = 0; i < n_rows; i++)
        for (guint step = 0; step < n_steps; step++)
          {
            /* As many periods back as are needed to be at or before the window's end. */
            gsize back = (step / period + 1) * period, row = told[i * n_steps + step];

            usual[i * n_steps * n_targets + step * n_targets + target] = row >= back && row < n_all ? (float) values[row - back] : NAN;
          }
    }

  return period;
}
