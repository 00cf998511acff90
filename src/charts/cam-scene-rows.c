/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dots, bands and errors in the rows of a chart. Dots that would hide each other are put on lanes above and below the middle of their row: in the order of their values, each on the lane nearest to the
 * middle that is free there; O(dots × lanes). */
#include "cam-scene.h"

#include <math.h>
#include <stdlib.h>

#define DOT_RADIUS 2.9
#define HALO 1.1
#define DOT_STEP 6.2            /* of two dots beside each other */
#define LANE 5.6
#define MOST_LANES 9
#define THICKEST_BAND 18.0
#define TICK_OVER 1.0           /* the tick of the mean is longer than its band is high */
#define TICK_WIDTH 2.2
#define ERROR_WIDTH 1.3
#define CORNER 7                /* points of a quarter of a circle */

gboolean
cam_scene_is_of_dots (const CamScene *self)
{
  for (guint s = 0; s < self->chart->series->len && self->chart->n_rows > 0; s++)
    {
      CamLook look = cam_chart_peek_series (self->chart, s)->look;

      if (look == CAM_LOOK_ROW_DOTS || look == CAM_LOOK_ROW_BANDS)
        return TRUE;
    }

  return FALSE;
}

void
cam_scene_trace_row (const CamScene  *self,
                     const CamSeries *series,
                     CamMarks        *marks)
{
  gboolean is_bar = series->look == CAM_LOOK_ROW_BARS;

  if (series->low != NULL)
    {
      marks->low = g_new (double, series->n + 1);
      marks->high = g_new (double, series->n + 1);
    }
  for (gsize i = 0; i < series->n; i++)
    {
      if (!is_bar)
        {
          marks->left[i] = cam_scene_px (self, series->y[i]);
          marks->top[i] = cam_scene_py (self, series->x[i]);
        }
      if (series->low != NULL)
        {
          marks->low[i] = cam_scene_px (self, series->low[i]);
          marks->high[i] = cam_scene_px (self, series->high[i]);
        }
    }
}

typedef struct { double x, *y; } Dot;

static int
compare_dots (gconstpointer a,
              gconstpointer b)
{
  const Dot *p = a, *q = b;

  return (p->x > q->x) - (p->x < q->x);
}

/* Lanes in the order in which they are tried: 0, 1 above, 1 below, 2 above … */
static double
lane_offset (guint lane)
{
  return (lane % 2 == 1 ? -1.0 : 1.0) * ((lane + 1) / 2) * LANE;
}

static void
spread_row (GArray *dots,
            double  half)
{
  guint n_lanes = CLAMP (2 * (guint) floor (half / LANE) + 1, 1, MOST_LANES);
  double ends[MOST_LANES];

  for (guint lane = 0; lane < MOST_LANES; lane++)
    ends[lane] = -INFINITY;
  g_array_sort (dots, compare_dots);
  for (guint i = 0; i < dots->len; i++)
    {
      Dot *dot = &g_array_index (dots, Dot, i);
      guint best = 0;

      for (guint lane = 0; lane < n_lanes; lane++)
        {
          if (dot->x - ends[lane] >= DOT_STEP)
            {
              best = lane;
              break;
            }
          if (ends[lane] < ends[best])
            best = lane;
        }
      ends[best] = dot->x;
      *dot->y += lane_offset (best);
    }
}

void
cam_scene_spread_dots (CamScene *self)
{
  g_autoptr(GArray) dots = g_array_new (FALSE, FALSE, sizeof (Dot));

  for (guint row = 0; row < self->chart->n_rows; row++)
    {
      g_array_set_size (dots, 0);
      for (guint m = 0; m < self->marks->len; m++)
        {
          CamMarks *marks = g_ptr_array_index (self->marks, m);
          Dot dot = { row < marks->n ? marks->left[row] : NAN, marks->top + row };

          if (cam_chart_peek_series (self->chart, marks->series)->look == CAM_LOOK_ROW_DOTS && !isnan (dot.x))
            g_array_append_val (dots, dot);
        }
      spread_row (dots, cam_scene_row_half (self));
    }
}

/* A rectangle with half circles at its ends, or what of them finds room. */
static void
draw_pill (CamPlot *plot,
           double   left,
           double   right,
           double   middle,
           double   half)
{
  double radius = fmin (half, (right - left) / 2), x[4 * CORNER], y[4 * CORNER];
  guint n = 0;

  for (guint quarter = 0; quarter < 4; quarter++)
    for (guint i = 0; i < CORNER; i++)
      {
        double angle = (quarter + (double) i / (CORNER - 1)) * G_PI / 2;

        x[n] = (quarter == 0 || quarter == 3 ? right - radius : left + radius) + radius * cos (angle);
        y[n++] = middle + (half - radius) * (quarter < 2 ? 1 : -1) + radius * sin (angle);
      }
  cam_plot_fill (plot, x, y, n);
}

static double
band_half (const CamScene *self)
{
  return fmin (cam_scene_row_half (self), THICKEST_BAND / 2);
}

void
cam_scene_draw_bands (const CamScene *self,
                      CamPlot        *plot,
                      const CamMarks *marks)
{
  double half = band_half (self);

  for (gsize i = 0; i < marks->n; i++)
    {
      guint32 rgb = self->theme->series[cam_chart_get_row_colour (self->chart, marks->series, i)];

      if (isnan (marks->top[i]))
        continue;
      cam_plot_set_colour (plot, rgb, fmin (1.6 * self->theme->band_alpha, 1));
      if (marks->high[i] - marks->low[i] >= 1)
        draw_pill (plot, marks->low[i], marks->high[i], marks->top[i], half);
    }
}

void
cam_scene_draw_row_dots (const CamScene *self,
                         CamPlot        *plot,
                         const CamMarks *marks)
{
  for (gsize i = 0; i < marks->n; i++)
    {
      double x = marks->left[i], y = marks->top[i];

      if (!(x >= self->layout.left - 1 && x <= self->layout.right + 1))
        continue;
      cam_plot_set_colour (plot, self->theme->card, 1);
      cam_plot_dot (plot, x, y, DOT_RADIUS + HALO);
      cam_plot_set_colour (plot, self->theme->series[cam_chart_get_row_colour (self->chart, marks->series, i)], 0.85);
      cam_plot_dot (plot, x, y, DOT_RADIUS);
    }
}

/* The means, over the dots. */
void
cam_scene_draw_ticks (const CamScene *self,
                      CamPlot        *plot,
                      const CamMarks *marks)
{
  double half = band_half (self) + TICK_OVER;

  cam_plot_set_colour (plot, self->theme->text, 1);
  for (gsize i = 0; i < marks->n; i++)
    if (marks->left[i] >= self->layout.left - 1 && marks->left[i] <= self->layout.right + 1)
      cam_plot_line (plot, marks->left[i], marks->top[i] - half, marks->left[i], marks->top[i] + half, TICK_WIDTH);
}

/* A line from end to end with a stroke across each. */
void
cam_scene_draw_errors (const CamScene *self,
                       CamPlot        *plot,
                       const CamMarks *marks)
{
  cam_plot_set_colour (plot, self->theme->text, 0.75);
  for (gsize i = 0; i < marks->n; i++)
    {
      double middle = (marks->top[i] + marks->bottom[i]) / 2, half = fmin ((marks->bottom[i] - marks->top[i]) / 4, 4);

      if (!(marks->high[i] > marks->low[i]))
        continue;
      cam_plot_line (plot, marks->low[i], middle, marks->high[i], middle, ERROR_WIDTH);
      cam_plot_line (plot, marks->low[i], middle - half, marks->low[i], middle + half, ERROR_WIDTH);
      cam_plot_line (plot, marks->high[i], middle - half, marks->high[i], middle + half, ERROR_WIDTH);
    }
}
