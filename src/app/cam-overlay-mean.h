/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several curves told as one: their mean at each x, and a band around it. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_BAND_DEVIATION,     /* mean ± the deviation of the sample */
  CAM_BAND_ERROR,         /* mean ± the standard error of the mean */
  CAM_BAND_RANGE,         /* from the least to the greatest */
  CAM_BAND_NONE,
} CamBandKind;

/* A curve, borrowed: @x strictly increasing; a @y that is not finite counts as not there. */
typedef struct
{
  const double *x, *y;
  gsize         n;
} CamOverlayCurve;

typedef struct
{
  gsize    n;
  double  *x, *mean;      /* NaN: no more than half of the curves have a value there */
  double  *low, *high;    /* NaN where there is no band: fewer than two values, or none wanted */
  guint    n_curves;      /* that have any value */
  gboolean is_cut;        /* some curve goes on behind its last point, or begins before its first */
} CamOverlayMean;

/**
 * cam_overlay_mean_new:
 * @n_most: about as many points as are wanted; at least 2
 *
 * Where all curves have their points at the same places, as far as they go, these are the mean's, or every k-th of them where they are more than @n_most.
 * Else each curve is taken for straight lines between its points, and looked up at all places where any of them has a point, or at @n_most equally spaced ones.
 *
 * Curves of unequal length: the mean at a place is that of the curves which are there, and it ends where half of them have ended. It is not carried on with the
 * few that went on longest, nor with last values made up for those that ended.
 */
CamOverlayMean *cam_overlay_mean_new  (const CamOverlayCurve *curves, guint n_curves, CamBandKind band, gsize n_most);
void            cam_overlay_mean_free (CamOverlayMean *self);

/* cam_overlay_curve_at: between its points on a straight line; NaN outside, and beside a value that is not finite. */
double          cam_overlay_curve_at  (const CamOverlayCurve *self, double x);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamOverlayMean, cam_overlay_mean_free)

G_END_DECLS
