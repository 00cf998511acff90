/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The squares around the mean are kept up to date as the mean moves, so that no digits are lost where all truths are large and alike.
 * Source: Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4, 1962. */
#include "cam-miss-sums.h"

#include <float.h>
#include <math.h>

void
cam_miss_sums_add (CamMissSums *self,
                   double       truth,
                   double       said)
{
  double miss = said - truth, size = fabs (miss), from = truth - self->mean;

  if (!isfinite (truth) || !isfinite (said))
    return;

  self->n++;
  self->absolute += size;
  self->squares += miss * miss;
  self->bias += miss;
  self->shares += size / MAX (fabs (truth), DBL_EPSILON);
  self->largest = MAX (self->largest, size);
  self->mean += from / (double) self->n;
  self->around += from * (truth - self->mean);
}

void
cam_miss_sums_end (const CamMissSums *self,
                   CamMisses         *misses)
{
  double n = (double) self->n;

  *misses = (CamMisses) { self->n, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  if (self->n == 0)
    return;
  misses->mean_absolute = self->absolute / n;
  misses->max_absolute = self->largest;
  misses->root_mean_square = sqrt (self->squares / n);
  misses->bias = self->bias / n;
  misses->mape = self->shares / n;
  misses->r2 = self->around > 0.0 ? 1.0 - self->squares / self->around : self->squares > 0.0 ? 0.0 : 1.0;
}
