/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the axes reach. What comes out is finite and has a width, whatever the numbers are. */
#include "cam-scene.h"

#include <math.h>

#define LARGEST 1e300           /* twice this is still a number */
#define PIXELS_PER_Y_TICK 46
#define DOT_ROOM 0.05           /* of the axis, beyond the last dot of a row */

typedef struct { double min, max; } CamRange;

double
cam_scene_on_axis (CamAxisFormat format,
                   double        value)
{
  if (!isfinite (value))
    return NAN;
  if (format == CAM_AXIS_LOG)
    return value > 0 ? log10 (value) : NAN;
  return CLAMP (value, -LARGEST, LARGEST);
}

static void
range_add (CamRange *range,
           double    value)
{
  if (isnan (value))
    return;
  range->min = fmin (range->min, value);
  range->max = fmax (range->max, value);
}

static gboolean
range_is_empty (const CamRange *range)
{
  return !(range->min <= range->max);
}

/* Apart enough that ticks and pixels can tell values from each other. */
static void
range_widen (CamRange      *range,
             CamAxisFormat  format)
{
  double largest = fmax (fabs (range->min), fabs (range->max));
  double least = format == CAM_AXIS_LOG ? 0.02 : largest * 1e-9;
  double middle = range->min / 2 + range->max / 2;
  double half;

  if (range->max - range->min > least)
    return;
  if (format == CAM_AXIS_LOG)
    half = 0.1;
  else
    half = largest > 0 ? largest * 0.05 : 0.5;
  range->min = middle - half;
  range->max = middle + half;
}

/* Limits asked for, where they can be had; they need not be in order. */
static void
range_apply (CamRange      *range,
             double         min,
             double         max,
             CamAxisFormat  format)
{
  min = cam_scene_on_axis (format, min);
  max = cam_scene_on_axis (format, max);
  if (!isnan (min))
    range->min = min;
  if (!isnan (max))
    range->max = max;
  if (range->min > range->max)
    {
      double other = range->min;

      range->min = range->max;
      range->max = other;
    }
}

/* What a series asks of the x axis; returns whether all its numbers there are whole. */
static gboolean
add_x (const CamScene  *self,
       guint            index,
       CamRange        *range)
{
  const CamSeries *series = cam_chart_peek_series (self->chart, index);
  CamAxisFormat format = self->chart->x_format;
  gboolean is_whole = TRUE;

  for (gsize i = 0; i < series->n; i++)
    switch (series->look)
      {
      case CAM_LOOK_BARS:
        range_add (range, cam_scene_on_axis (format, series->x[i] - series->bar_width / 2));
        range_add (range, cam_scene_on_axis (format, series->x[i] + series->bar_width / 2));
        is_whole = FALSE;
        break;
      case CAM_LOOK_ROW_BARS:
        range_add (range, 0);
        if (isfinite (series->y[i]))
          range_add (range, cam_scene_on_axis (format, cam_chart_get_base (self->chart, index, i) + series->y[i]));
        if (series->high != NULL)
          range_add (range, cam_scene_on_axis (format, series->high[i]));
        is_whole = is_whole && series->y[i] == floor (series->y[i]);
        break;
      case CAM_LOOK_ROW_DOTS:
      case CAM_LOOK_ROW_BANDS:
        range_add (range, cam_scene_on_axis (format, series->y[i]));
        if (series->low != NULL)
          {
            range_add (range, cam_scene_on_axis (format, series->low[i]));
            range_add (range, cam_scene_on_axis (format, series->high[i]));
          }
        is_whole = FALSE;
        break;
      case CAM_LOOK_ROW_BOXES:
        range_add (range, cam_scene_on_axis (format, series->boxes[i].low));
        range_add (range, cam_scene_on_axis (format, series->boxes[i].high));
        is_whole = FALSE;
        break;
      case CAM_LOOK_CURVE:
      case CAM_LOOK_DOTS:
      case CAM_LOOK_GROUP_BARS:
        range_add (range, cam_scene_on_axis (format, series->x[i]));
        is_whole = is_whole && series->x[i] == floor (series->x[i]);
        break;
      default:
        g_assert_not_reached ();
      }
  return is_whole;
}

/* Dots stand beside the ends of the axis, but shares do not go beyond 0 and 1 where only a band does. */
static CamRange
range_of_dots (const CamChart *chart,
               const CamRange *range)
{
  double room = DOT_ROOM * (range->max - range->min);
  CamRange roomy = { range->min - room, range->max + room }, dots = { INFINITY, -INFINITY };

  if (chart->x_format != CAM_AXIS_PERCENT)
    return roomy;
  for (guint s = 0; s < chart->series->len; s++)
    for (gsize i = 0; i < cam_chart_peek_series (chart, s)->n; i++)
      range_add (&dots, cam_chart_peek_series (chart, s)->y[i]);
  if (dots.min >= 0)
    roomy.min = fmax (roomy.min, 0);
  if (dots.max <= 1)
    roomy.max = fmin (roomy.max, 1);
  return roomy;
}

void
cam_scene_find_x_range (CamScene *self)
{
  const CamChart *chart = self->chart;
  CamAxisFormat format = chart->x_format;
  CamRange range = { INFINITY, -INFINITY };
  gboolean is_whole = format == CAM_AXIS_NUMBER;

  for (guint s = 0; s < chart->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (chart, s);

      if (!series->is_hidden && !add_x (self, s, &range))
        is_whole = FALSE;
    }
  if (chart->n_groups > 0)
    range = (CamRange) { -0.5, chart->n_groups - 0.5 };
  else if (range_is_empty (&range))
    range = format == CAM_AXIS_LOG ? (CamRange) { 0, 1 } : (CamRange) { 0, 1 };
  else if (cam_scene_is_of_dots (self))
    range = range_of_dots (chart, &range);
  range_apply (&range, chart->x_min, chart->x_max, format);
  if (is_whole && range.max - range.min <= 0)
    range = (CamRange) { range.min - 1, range.max + 1 };
  range_widen (&range, format);

  self->is_x_whole = is_whole && range.max - range.min >= 1;
  self->layout.x_log = format == CAM_AXIS_LOG;
  self->layout.x_min = range.min;
  self->layout.x_max = range.max;
}

static void
add_series (CamScene *self,
            guint     index,
            CamRange *range)
{
  const CamSeries *series = cam_chart_peek_series (self->chart, index);
  CamAxisFormat x_format = self->chart->x_format, y_format = self->chart->y_format;

  for (gsize i = 0; i < series->n; i++)
    {
      double x = cam_scene_on_axis (x_format, series->x[i]);

      if (isnan (x) || x < self->layout.x_min || x > self->layout.x_max)
        continue;
      range_add (range, cam_scene_on_axis (y_format, cam_chart_get_top (self->chart, index, i)));
      if ((series->look == CAM_LOOK_BARS || series->look == CAM_LOOK_GROUP_BARS) && y_format != CAM_AXIS_LOG)
        range_add (range, 0);
      if (series->low != NULL)
        {
          range_add (range, cam_scene_on_axis (y_format, series->low[i]));
          range_add (range, cam_scene_on_axis (y_format, series->high[i]));
        }
    }
}

/* Out to the next ticks, and to zero where that is near. Returns: the step between them; 0 on a log axis. */
static double
range_round (CamRange      *range,
             CamAxisFormat  format,
             guint          n_wanted)
{
  CamRange data = *range;
  double step;

  if (format == CAM_AXIS_LOG)
    {
      gboolean is_narrow = range->max - range->min < 1;
      double pad = 0.04 * (range->max - range->min);

      range->min = is_narrow ? range->min - pad : floor (range->min + 1e-6);
      range->max = is_narrow ? range->max + pad : ceil (range->max - 1e-6);
      return 0;
    }

  if (range->min > 0 && range->min < 0.25 * (range->max - range->min))
    range->min = 0;
  step = cam_ticks_step (range->max - range->min, n_wanted, FALSE);
  range->min = floor (range->min / step + 1e-6) * step;
  range->max = ceil (range->max / step - 1e-6) * step;
  if (format == CAM_AXIS_PERCENT)
    {
      if (data.min >= 0)
        range->min = fmax (range->min, 0);
      if (data.max <= 1)
        range->max = fmin (range->max, 1);
    }
  return step;
}

void
cam_scene_find_y_range (CamScene *self,
                        double    plot_height)
{
  const CamChart *chart = self->chart;
  CamAxisFormat format = chart->y_format;
  guint n_wanted = (guint) MAX (2, plot_height / PIXELS_PER_Y_TICK);
  CamRange range = { INFINITY, -INFINITY }, rounded;
  double step;

  /* Rows stand from the top down, a step from each other. */
  if (chart->n_rows > 0)
    {
      self->has_data = chart->series->len > 0 || chart->cells != NULL;
      self->is_y_known = FALSE;
      self->layout.y_log = FALSE;
      self->layout.y_min = chart->n_rows - 0.5;
      self->layout.y_max = -0.5;
      self->y_ticks.n = self->y_ticks.n_minor = 0;
      return;
    }
  for (guint s = 0; s < chart->series->len; s++)
    if (!cam_chart_peek_series (chart, s)->is_hidden)
      add_series (self, s, &range);

  self->has_data = !range_is_empty (&range);
  self->is_y_known = self->has_data || format == CAM_AXIS_PERCENT || (isfinite (chart->y_min) && isfinite (chart->y_max));
  if (!self->has_data)
    range = (CamRange) { 0, 1 };
  range_widen (&range, format);
  rounded = range;
  step = range_round (&rounded, format, n_wanted);
  if (isfinite (chart->y_min) || isfinite (chart->y_max))
    step = 0;
  range_apply (&rounded, chart->y_min, chart->y_max, format);
  range_widen (&rounded, format);

  self->layout.y_log = format == CAM_AXIS_LOG;
  self->layout.y_min = rounded.min;
  self->layout.y_max = rounded.max;
  cam_ticks_fill (&self->y_ticks, rounded.min, rounded.max, n_wanted, step, format);
}

void
cam_chart_find_extent (const CamChart *self,
                       CamChartLayout *extent)
{
  const double usual_height = 240;
  CamScene scene = { .chart = self };

  g_return_if_fail (self != NULL && extent != NULL);

  if (self->parallel != NULL)
    {
      *extent = (CamChartLayout) { .x_max = self->parallel->n_axes - 1, .y_max = 1 };
      return;
    }
  cam_scene_find_x_range (&scene);
  cam_scene_find_y_range (&scene, usual_height);
  *extent = scene.layout;
}
