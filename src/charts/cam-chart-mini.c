/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tiny curve without numbers: an activation on its card, a run in a list. */
#include "cam-chart-private.h"

#include <math.h>

#include "cam-plplot.h"

#define LINE_WIDTH 1.6
#define PAD 2.0                 /* so that the line is not cut at the edge */

typedef struct
{
  int      width, height;
  gsize    n;
  double  *x, *y;               /* pixels; owned by the caller of the drawing */
  guint32  rgb, cross_rgb;
  double   cross_x, cross_y;    /* NaN: none */
} CamMini;

static void
find_limits (const double *values,
             gsize         n,
             double       *min,
             double       *max)
{
  *min = INFINITY;
  *max = -INFINITY;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]) && fabs (values[i]) <= 1e300)
      {
        *min = fmin (*min, values[i]);
        *max = fmax (*max, values[i]);
      }
  if (!(*min <= *max))
    *min = *max = 0;
  if (*max - *min <= fmax (fabs (*min), fabs (*max)) * 1e-9)
    {
      double half = *max != 0 ? fabs (*max) * 0.5 : 0.5;

      *min -= half;
      *max += half;
    }
}

static void
draw_mini (CamPlot  *plot,
           gpointer  data)
{
  CamMini *self = data;

  cam_plot_set_colour (plot, self->cross_rgb, 1);
  cam_plot_line (plot, 0, self->cross_y, self->width, self->cross_y, 1);
  cam_plot_line (plot, self->cross_x, 0, self->cross_x, self->height, 1);

  cam_plot_set_colour (plot, self->rgb, 1);
  for (gsize i = 0; i < self->n;)
    {
      gsize start = i;

      while (i < self->n && isfinite (self->x[i] + self->y[i]))
        i++;
      if (i - start > 1)
        cam_plot_polyline (plot, self->x + start, self->y + start, i - start, LINE_WIDTH, CAM_LINE_SOLID);
      else if (i - start == 1)
        cam_plot_dot (plot, self->x[start], self->y[start], LINE_WIDTH);
      i++;
    }
}

static double
scale (double value,
       double min,
       double max,
       double size)
{
  return isfinite (value) ? PAD + (CLAMP (value, min, max) - min) / (max - min) * (size - 2 * PAD) : NAN;
}

void
cam_chart_draw_mini (cairo_t      *cr,
                     int           width,
                     int           height,
                     const double *x,
                     const double *y,
                     gsize         n,
                     guint32       rgb,
                     guint32       cross_rgb,
                     gboolean      origin)
{
  double x_min, x_max, y_min, y_max;
  gsize stride;
  CamMini mini = { .width = width, .height = height, .rgb = rgb, .cross_rgb = cross_rgb, .cross_x = NAN, .cross_y = NAN };

  g_return_if_fail (cr != NULL && (n == 0 || (x != NULL && y != NULL)));

  if (width < 6 || height < 6)
    return;
  find_limits (x, n, &x_min, &x_max);
  find_limits (y, n, &y_min, &y_max);
  if (origin)
    {
      mini.cross_x = floor (scale (CLAMP (0, x_min, x_max), x_min, x_max, width)) + 0.5;
      mini.cross_y = floor (height - scale (CLAMP (0, y_min, y_max), y_min, y_max, height)) + 0.5;
    }

  /* Two points a pixel are more than can be seen. */
  stride = MAX (1, n / (2 * (gsize) width));
  mini.x = g_new (double, n / stride + 2);
  mini.y = g_new (double, n / stride + 2);
  for (gsize i = 0; i < n; i += i + stride >= n && i < n - 1 ? n - 1 - i : stride)
    {
      mini.x[mini.n] = scale (x[i], x_min, x_max, width);
      mini.y[mini.n++] = height - scale (y[i], y_min, y_max, height);
    }
  cam_plplot_run (cr, width, height, draw_mini, &mini);
  g_free (mini.x);
  g_free (mini.y);
}
