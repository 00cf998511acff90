/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Smoothing as TensorBoard does it: s ← w·s + (1 − w)·y from s = 0, divided by 1 − wᵏ after k values, so that the first values do not lean towards 0. Values that are not finite
 * stay as they are and do not count; a curve that does not change is left alone, as rounding would make it tremble. */
#include "cam-chart-private.h"

#include <math.h>

#define LARGEST_WEIGHT 0.999

static gboolean
is_constant (const CamSeries *series)
{
  for (gsize i = 1; i < series->n; i++)
    if (series->y[i] != series->y[0])
      return FALSE;
  return TRUE;
}

static void
smooth (CamSeries *series,
        double     weight)
{
  double sum = 0, left = 1;     /* left: the share of the 0 that the sum began with */

  g_free (series->smooth);
  series->smooth = NULL;
  if (weight <= 0 || series->look != CAM_LOOK_CURVE || is_constant (series))
    return;
  series->smooth = g_new (double, series->n);
  for (gsize i = 0; i < series->n; i++)
    {
      double y = series->y[i];

      if (isfinite (y))
        {
          sum = sum * weight + (1 - weight) * y;
          left *= weight;
          y = sum / (1 - left);
        }
      series->smooth[i] = y;
    }
}

void
cam_chart_set_smoothing (CamChart *self,
                         double    weight)
{
  g_return_if_fail (self != NULL);

  weight = isfinite (weight) ? CLAMP (weight, 0, LARGEST_WEIGHT) : 0;
  for (guint s = 0; s < self->series->len; s++)
    smooth (cam_chart_peek_series (self, s), weight);
}

const double *
cam_chart_get_smooth (const CamChart *self,
                      guint           series)
{
  g_return_val_if_fail (self != NULL && series < self->series->len, NULL);

  return cam_chart_peek_series (self, series)->smooth;
}
