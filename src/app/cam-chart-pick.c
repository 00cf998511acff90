/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves under the pointer: only the points beside it are looked at. */
#include "cam-chart-pick.h"

#include <math.h>

#define PALE_HANDICAP 4.0       /* pixels: a curve that is not pale is meant rather than one that is */

typedef struct { double x, y; } Pixel;

static double
distance_to_segment (Pixel p,
                     Pixel a,
                     Pixel b)
{
  double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  double share = length > 0 ? CLAMP (((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0, 1) : 0;

  return hypot (p.x - a.x - share * dx, p.y - a.y - share * dy);
}

static double
distance_to_curve (const CamChart       *chart,
                   guint                 series,
                   const CamChartLayout *layout,
                   Pixel                 p,
                   double                reach)
{
  const double *x, *y, *smooth = cam_chart_get_smooth (chart, series);
  gsize n = cam_chart_get_points (chart, series, &x, &y), i;
  double least = INFINITY;
  Pixel before = { NAN, NAN };

  if (smooth != NULL)
    y = smooth;
  if (!cam_chart_find (chart, series, cam_chart_layout_x (layout, p.x - reach), &i))
    return INFINITY;
  for (i = i > 0 ? i - 1 : 0; i < n; i++)
    {
      Pixel here = { cam_chart_layout_to_px (layout, x[i]), cam_chart_layout_to_py (layout, y[i]) };
      gboolean is_there = isfinite (here.x) && isfinite (here.y);

      if (is_there)
        least = fmin (least, isfinite (before.x) ? distance_to_segment (p, before, here) : hypot (p.x - here.x, p.y - here.y));
      before = is_there ? here : (Pixel) { NAN, NAN };
      if (here.x > p.x + reach)
        break;
    }
  return least;
}

int
cam_chart_pick (const CamChart       *chart,
                const CamChartLayout *layout,
                double                pixel_x,
                double                pixel_y,
                double                reach)
{
  double least = INFINITY;
  int found = -1;

  g_return_val_if_fail (chart != NULL && layout != NULL, -1);

  for (guint s = 0; s < cam_chart_get_n_series (chart); s++)
    {
      double distance;

      if (!cam_chart_get_visible (chart, s) || !cam_chart_get_is_curve (chart, s))
        continue;
      distance = distance_to_curve (chart, s, layout, (Pixel) { pixel_x, pixel_y }, reach);
      if (!(distance <= reach))
        continue;
      if (cam_chart_get_faded (chart, s))
        distance += PALE_HANDICAP;
      if (distance < least)
        {
          least = distance;
          found = (int) s;
        }
    }
  return found;
}
