/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zooming is linear on the axis as it is drawn: on a log axis in powers of ten. */
#include "cam-chart-zoom.h"

#include <math.h>

#define LEAST_SHARE 1e-4        /* of the extent */

/* One axis, in its own units. */
typedef struct
{
  double   min, max;            /* as drawn */
  double   low, high;           /* the extent */
  gboolean is_log;
} Axis;

static Axis
get_x (const CamChartLayout *layout,
       const CamChartLayout *extent)
{
  return (Axis) { layout->x_min, layout->x_max, fmin (layout->x_min, extent->x_min), fmax (layout->x_max, extent->x_max), layout->x_log };
}

static Axis
get_y (const CamChartLayout *layout,
       const CamChartLayout *extent)
{
  return (Axis) { layout->y_min, layout->y_max, fmin (layout->y_min, extent->y_min), fmax (layout->y_max, extent->y_max), layout->y_log };
}

static double
to_data (const Axis *axis,
         double      value)
{
  return axis->is_log ? pow (10, value) : value;
}

/* Takes limits, moved and widened as far as they must be. All of the extent is no zoom. */
static void
set_limits (const Axis *axis,
            double      from,
            double      to,
            double     *min,
            double     *max)
{
  double whole = axis->high - axis->low;
  double span = fmin (fmax (to - from, whole * LEAST_SHARE), whole);
  double middle = from / 2 + to / 2;

  from = fmax (axis->low, fmin (middle - span / 2, axis->high - span));
  to = from + span;
  if (!(span < whole * (1 - 1e-9)))
    *min = *max = NAN;
  else
    {
      *min = to_data (axis, from);
      *max = to_data (axis, to);
    }
}

gboolean
cam_chart_zoom_is_on (const CamChartZoom *self)
{
  return !isnan (self->x_min) || !isnan (self->y_min);
}

static double
along (double from,
       double to,
       double share)
{
  return from + CLAMP (share, 0, 1) * (to - from);
}

void
cam_chart_zoom_select (CamChartZoom         *self,
                       const CamChartLayout *layout,
                       const CamChartLayout *extent,
                       double                x0,
                       double                y0,
                       double                x1,
                       double                y1,
                       CamZoomAxes           axes)
{
  Axis x = get_x (layout, extent), y = get_y (layout, extent);
  double width = layout->right - layout->left, height = layout->bottom - layout->top;

  if (axes & CAM_ZOOM_X)
    set_limits (&x, along (x.min, x.max, (fmin (x0, x1) - layout->left) / width), along (x.min, x.max, (fmax (x0, x1) - layout->left) / width),
                &self->x_min, &self->x_max);
  if (axes & CAM_ZOOM_Y)
    set_limits (&y, along (y.min, y.max, (layout->bottom - fmax (y0, y1)) / height), along (y.min, y.max, (layout->bottom - fmin (y0, y1)) / height),
                &self->y_min, &self->y_max);
}

static void
scale_axis (const Axis *axis,
            double      share,
            double      factor,
            double     *min,
            double     *max)
{
  double at = along (axis->min, axis->max, share);

  set_limits (axis, at - (at - axis->min) * factor, at + (axis->max - at) * factor, min, max);
}

void
cam_chart_zoom_scale (CamChartZoom         *self,
                      const CamChartLayout *layout,
                      const CamChartLayout *extent,
                      double                factor,
                      double                x,
                      double                y,
                      CamZoomAxes           axes)
{
  Axis x_axis = get_x (layout, extent), y_axis = get_y (layout, extent);

  if (axes & CAM_ZOOM_X)
    scale_axis (&x_axis, (x - layout->left) / (layout->right - layout->left), factor, &self->x_min, &self->x_max);
  if (axes & CAM_ZOOM_Y)
    scale_axis (&y_axis, (layout->bottom - y) / (layout->bottom - layout->top), factor, &self->y_min, &self->y_max);
}

/* Only an axis that is zoomed can move. */
static gboolean
pan_axis (const Axis *axis,
          double      share,
          double     *min,
          double     *max)
{
  double by = share * (axis->max - axis->min);

  by = CLAMP (by, axis->low - axis->min, axis->high - axis->max);
  if (isnan (*min) || fabs (by) < 1e-9 * (axis->max - axis->min))
    return FALSE;
  *min = to_data (axis, axis->min + by);
  *max = to_data (axis, axis->max + by);
  return TRUE;
}

gboolean
cam_chart_zoom_pan (CamChartZoom         *self,
                    const CamChartLayout *layout,
                    const CamChartLayout *extent,
                    double                dx,
                    double                dy)
{
  Axis x = get_x (layout, extent), y = get_y (layout, extent);
  gboolean has_moved = pan_axis (&x, -dx / (layout->right - layout->left), &self->x_min, &self->x_max);

  return pan_axis (&y, dy / (layout->bottom - layout->top), &self->y_min, &self->y_max) || has_moved;
}

void
cam_chart_zoom_apply (const CamChartZoom *self,
                      CamChart           *chart)
{
  if (!isnan (self->x_min))
    cam_chart_set_x_range (chart, self->x_min, self->x_max);
  if (!isnan (self->y_min))
    cam_chart_set_y_range (chart, self->y_min, self->y_max);
}

gboolean
cam_chart_zoom_sees (const CamChartZoom *self,
                     const CamChart     *chart)
{
  for (guint s = 0; s < cam_chart_get_n_series (chart); s++)
    {
      const double *x, *y;
      gsize n = cam_chart_get_points (chart, s, &x, &y);

      for (gsize i = 0; i < n; i++)
        if (isfinite (y[i]) && !(x[i] < self->x_min || x[i] > self->x_max || y[i] < self->y_min || y[i] > self->y_max))
          return TRUE;
    }
  return FALSE;
}
