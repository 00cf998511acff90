/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mean and band of curves. O(points of all curves), and the sorting of their places where these differ. */

#include "cam-overlay-mean.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cam-statistics.h>

double
cam_overlay_curve_at (const CamOverlayCurve *self,
                      double                 x)
{
  gsize low = 0, high = self->n;

  /* The last point that is not behind x. */
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->x[middle] <= x)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return NAN;
  low--;
  if (self->x[low] == x)
    return self->y[low];
  if (low + 1 == self->n)
    return NAN;
  return self->y[low] + (self->y[low + 1] - self->y[low]) * (x - self->x[low]) / (self->x[low + 1] - self->x[low]);
}

static gboolean
is_beginning_of (const CamOverlayCurve *a,
                 const CamOverlayCurve *b)
{
  return a->n <= b->n && (a->x == b->x || a->n == 0 || memcmp (a->x, b->x, a->n * sizeof (double)) == 0);
}

/* The longest curve, where the others stand at the same places as far as they go; NULL: they do not. */
static const CamOverlayCurve *
find_common (const CamOverlayCurve *curves,
             guint                  n_curves)
{
  const CamOverlayCurve *longest = &curves[0];

  for (guint i = 1; i < n_curves; i++)
    if (curves[i].n > longest->n)
      longest = &curves[i];
  for (guint i = 0; i < n_curves; i++)
    if (!is_beginning_of (&curves[i], longest))
      return NULL;
  return longest;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Every step-th point, and the last one whatever happens. */
static double *
thin_out (const CamOverlayCurve *longest,
          gsize                  step,
          gsize                 *n_places)
{
  double *places;

  *n_places = longest->n > 0 ? (longest->n - 1 + step - 1) / step + 1 : 0;
  places = g_new (double, MAX (*n_places, 1));
  for (gsize i = 0; i < *n_places; i++)
    places[i] = longest->x[MIN (i * step, longest->n - 1)];
  return places;
}

static double *
merge_places (const CamOverlayCurve *curves,
              guint                  n_curves,
              gsize                  n_most,
              gsize                 *n_places)
{
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  double *x;
  gsize n = 0;

  for (guint i = 0; i < n_curves; i++)
    g_array_append_vals (all, curves[i].x, (guint) curves[i].n);
  g_array_sort (all, compare_doubles);
  x = (double *) (gpointer) all->data;
  for (gsize i = 0; i < all->len; i++)
    if (n == 0 || x[n - 1] != x[i])
      x[n++] = x[i];
  if (n > n_most)
    {
      double first = x[0], last = x[n - 1];

      for (gsize i = 0; i < n_most; i++)
        x[i] = i + 1 == n_most ? last : first + (last - first) * (double) i / (double) (n_most - 1);
      n = n_most;
    }
  *n_places = n;
  return g_memdup2 (x, MAX (n, 1) * sizeof (double));
}

static void
settle (CamOverlayMean *self,
        gsize           place,
        const double   *values,
        guint           n,
        CamBandKind     band)
{
  CamSpread spread;
  double reach;

  self->mean[place] = self->low[place] = self->high[place] = NAN;
  cam_spread_init (&spread, values, n);
  if (2 * spread.n <= self->n_curves)
    return;
  self->mean[place] = spread.mean;
  if (spread.n < 2 || band == CAM_BAND_NONE)
    return;
  reach = band == CAM_BAND_ERROR ? spread.error : spread.deviation;
  self->low[place] = band == CAM_BAND_RANGE ? spread.min : spread.mean - reach;
  self->high[place] = band == CAM_BAND_RANGE ? spread.max : spread.mean + reach;
}

/* The values of all curves at a place: at a point that they have in common (G_MAXSIZE: there is none), or looked up. */
static void
collect (const CamOverlayCurve *curves,
         guint                  n_curves,
         gsize                  point,
         double                 x,
         double                *values)
{
  for (guint i = 0; i < n_curves; i++)
    if (point != G_MAXSIZE)
      values[i] = point < curves[i].n ? curves[i].y[point] : NAN;
    else
      values[i] = cam_overlay_curve_at (&curves[i], x);
}

static gboolean
has_value (const CamOverlayCurve *curve)
{
  for (gsize i = 0; i < curve->n; i++)
    if (isfinite (curve->y[i]))
      return TRUE;
  return FALSE;
}

/* Ends without a mean go; whether that cut anything off is kept. */
static void
cut_ends (CamOverlayMean *self)
{
  gsize first = 0, end = self->n;

  if (self->n == 0)
    return;
  while (end > 0 && isnan (self->mean[end - 1]))
    end--;
  while (first < end && isnan (self->mean[first]))
    first++;
  self->is_cut = self->n_curves > 0 && (first > 0 || end < self->n);
  memmove (self->x, self->x + first, (end - first) * sizeof (double));
  memmove (self->mean, self->mean + first, (end - first) * sizeof (double));
  memmove (self->low, self->low + first, (end - first) * sizeof (double));
  memmove (self->high, self->high + first, (end - first) * sizeof (double));
  self->n = end - first;
}

CamOverlayMean *
cam_overlay_mean_new (const CamOverlayCurve *curves,
                      guint                  n_curves,
                      CamBandKind            band,
                      gsize                  n_most)
{
  CamOverlayMean *self = g_new0 (CamOverlayMean, 1);
  g_autofree double *values = g_new (double, MAX (n_curves, 1));
  const CamOverlayCurve *common;
  gsize step = 1;

  g_return_val_if_fail (curves != NULL || n_curves == 0, self);
  g_return_val_if_fail (n_most >= 2, self);

  common = n_curves > 0 ? find_common (curves, n_curves) : NULL;
  for (guint i = 0; i < n_curves; i++)
    self->n_curves += has_value (&curves[i]);
  if (common != NULL)
    step = MAX ((common->n + n_most - 1) / n_most, 1);
  self->x = common != NULL ? thin_out (common, step, &self->n) : merge_places (curves, n_curves, n_most, &self->n);
  self->mean = g_new (double, MAX (self->n, 1));
  self->low = g_new (double, MAX (self->n, 1));
  self->high = g_new (double, MAX (self->n, 1));
  for (gsize place = 0; place < self->n; place++)
    {
      collect (curves, n_curves, common != NULL ? MIN (place * step, common->n - 1) : G_MAXSIZE, self->x[place], values);
      settle (self, place, values, n_curves, band);
    }
  cut_ends (self);
  return self;
}

void
cam_overlay_mean_free (CamOverlayMean *self)
{
  if (self == NULL)
    return;
  g_free (self->x);
  g_free (self->mean);
  g_free (self->low);
  g_free (self->high);
  g_free (self);
}
