/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands over names: bars side by side with their errors, and the cells of a matrix. */
#include "cam-scene.h"

#include <math.h>

#include <cam-number.h>

#define BARS_SHARE 0.74         /* of a group's width that its bars take */
#define WIDEST_BAR 46.0
#define BAR_GAP 2.0
#define BAR_ALPHA 0.95
#define ERROR_WIDTH 1.3
#define WIDEST_END 5.0          /* half of the stroke at the end of an error */
#define VALUE_ABOVE 9.0
#define VALUE_DIGITS 3
#define CELL_GAP 1.5            /* half of what lies between two cells */
#define LEAST_TINT 0.07
#define MOST_TINT 0.9
#define HIGH_HUE 0              /* of the theme's series */
#define LOW_HUE 1

/* Names under the axis, cut to their group's width; where not even that finds room there is none. */
void
cam_scene_name_groups (CamScene *self)
{
  const CamChart *chart = self->chart;
  double slot = (self->layout.right - self->layout.left) / MAX (chart->n_groups, 1);

  if (chart->n_groups == 0)
    return;
  self->group_names = g_new0 (char *, chart->n_groups + 1);
  for (guint i = 0; i < chart->n_groups; i++)
    {
      self->group_names[i] = cam_scene_fit (self, chart->group_names[i], CAM_TEXT_TICK, FALSE, slot - 6);
      if (self->group_names[i] == NULL)
        self->group_names[i] = g_strdup ("");
    }
  self->x_ticks.n = self->x_ticks.n_minor = 0;
}

static void
find_place (const CamScene *self,
            guint           series,
            guint          *place,
            guint          *n)
{
  *n = 0;
  for (guint s = 0; s < self->chart->series->len; s++)
    {
      const CamSeries *other = cam_chart_peek_series (self->chart, s);

      if (other->is_hidden || other->look != CAM_LOOK_GROUP_BARS)
        continue;
      if (s == series)
        *place = *n;
      (*n)++;
    }
}

void
cam_scene_trace_groups (const CamScene  *self,
                        const CamSeries *series,
                        CamMarks        *marks)
{
  double slot = (self->layout.right - self->layout.left) / self->chart->n_groups, width, gap;
  guint place = 0, n = 1;

  find_place (self, marks->series, &place, &n);
  width = fmin (slot * BARS_SHARE / n, WIDEST_BAR);
  gap = width > 3 * BAR_GAP ? BAR_GAP : 0.0;
  if (series->low != NULL)
    {
      marks->low = g_new (double, series->n + 1);
      marks->high = g_new (double, series->n + 1);
    }
  for (gsize i = 0; i < series->n; i++)
    {
      double zero = self->chart->y_format == CAM_AXIS_LOG ? self->layout.bottom : cam_scene_py (self, 0.0);
      double left = cam_scene_px (self, series->x[i]) + (place - n / 2.0) * width;
      double y = cam_scene_py (self, series->y[i]);

      marks->left[i] = left + gap / 2;
      marks->right[i] = left + width - gap / 2;
      marks->bottom[i] = zero;
      marks->top[i] = series->y[i] > 0 ? fmin (y, zero - 1) : y;
      if (series->low != NULL)
        {
          marks->low[i] = cam_scene_py (self, series->low[i]);
          marks->high[i] = cam_scene_py (self, series->high[i]);
        }
    }
}

static void
draw_error (const CamScene *self,
            CamPlot        *plot,
            const CamMarks *marks,
            gsize           i)
{
  double middle = (marks->left[i] + marks->right[i]) / 2, half = fmin ((marks->right[i] - marks->left[i]) / 4, WIDEST_END);
  double low = fmin (marks->low[i], self->layout.bottom);

  /* Pixels go down: the higher value has the smaller one. */
  if (!(marks->high[i] < marks->low[i]))
    return;
  cam_plot_set_colour (plot, self->theme->text, 0.8);
  cam_plot_line (plot, middle, low, middle, marks->high[i], ERROR_WIDTH);
  cam_plot_line (plot, middle - half, marks->high[i], middle + half, marks->high[i], ERROR_WIDTH);
  if (low == marks->low[i])
    cam_plot_line (plot, middle - half, low, middle + half, low, ERROR_WIDTH);
}

void
cam_scene_draw_groups (const CamScene *self,
                       CamPlot        *plot,
                       const CamMarks *marks)
{
  cam_plot_set_colour (plot, self->theme->series[cam_chart_peek_series (self->chart, marks->series)->colour], BAR_ALPHA);
  for (gsize i = 0; i < marks->n; i++)
    cam_plot_rectangle (plot, marks->left[i], marks->right[i], marks->top[i], marks->bottom[i]);
  for (gsize i = 0; i < marks->n && marks->low != NULL; i++)
    draw_error (self, plot, marks, i);
}

static void
format_value (char          text[CAM_NUMBER_BUF + 1],
              double        value,
              CamAxisFormat format)
{
  cam_number_format (text, format == CAM_AXIS_PERCENT ? value * 100 : value, VALUE_DIGITS);
}

/* Values over the bars, where each finds room over its own. */
static void
draw_values (const CamScene *self,
             CamPlot        *plot)
{
  cam_plot_set_colour (plot, self->theme->muted, 1);
  for (guint m = 0; m < self->marks->len; m++)
    {
      const CamMarks *marks = g_ptr_array_index (self->marks, m);
      const CamSeries *series = cam_chart_peek_series (self->chart, marks->series);

      for (gsize i = 0; i < marks->n && series->look == CAM_LOOK_GROUP_BARS && self->has_values; i++)
        {
          double top = marks->low != NULL && marks->high[i] < marks->top[i] ? marks->high[i] : marks->top[i];
          char text[CAM_NUMBER_BUF + 1];

          if (isnan (marks->top[i]) || top - VALUE_ABOVE < self->layout.top - 6)
            continue;
          format_value (text, series->y[i], self->chart->y_format);
          cam_plot_text (plot, (marks->left[i] + marks->right[i]) / 2, top - VALUE_ABOVE, CAM_ALIGN_MIDDLE, CAM_TEXT_TICK, FALSE, text);
        }
    }
}

/* All or none: a bar without its value would look as if it had none. */
void
cam_scene_measure_values (CamScene *self)
{
  double widest = 0.0, narrowest = INFINITY;

  for (guint m = 0; m < self->marks->len; m++)
    {
      const CamMarks *marks = g_ptr_array_index (self->marks, m);
      const CamSeries *series = cam_chart_peek_series (self->chart, marks->series);

      for (gsize i = 0; i < marks->n && series->look == CAM_LOOK_GROUP_BARS; i++)
        {
          char text[CAM_NUMBER_BUF + 1];

          format_value (text, series->y[i], self->chart->y_format);
          if (isfinite (series->y[i]))
            widest = fmax (widest, cam_scene_text_width (self, text, CAM_TEXT_TICK, FALSE));
          narrowest = fmin (narrowest, marks->right[i] - marks->left[i]);
        }
    }
  self->has_values = widest <= narrowest + BAR_GAP;
}

/* Cells ------------------------------------------------------------------------------------------------------------- */

/* @tint of @rgb over @ground. */
static guint32
blend (guint32 rgb,
       guint32 ground,
       double  tint)
{
  guint32 mixed = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    mixed |= (guint32) ((rgb >> shift & 255) * tint + (ground >> shift & 255) * (1 - tint) + 0.5) << shift;
  return mixed;
}

static double
luminance (guint32 rgb)
{
  return (0.2126 * (rgb >> 16 & 255) + 0.7152 * (rgb >> 8 & 255) + 0.0722 * (rgb & 255)) / 255;
}

static guint32
find_tint (const CamScene *self,
           double          value)
{
  const CamChartCells *cells = self->chart->cells;
  double share = value >= cells->middle ? (value - cells->middle) / (cells->high - cells->middle) : (value - cells->middle) / (cells->middle - cells->low);
  double tint = LEAST_TINT + (MOST_TINT - LEAST_TINT) * CLAMP (fabs (share), 0.0, 1.0);

  return blend (self->theme->series[share >= 0 ? HIGH_HUE : LOW_HUE], self->theme->card, tint);
}

static void
draw_cells (const CamScene *self,
            CamPlot        *plot)
{
  const CamChartCells *cells = self->chart->cells;
  const CamChartLayout *l = &self->layout;
  double width = (l->right - l->left) / cells->n_columns, height = (l->bottom - l->top) / cells->n_rows;

  for (guint row = 0; row < cells->n_rows; row++)
    for (guint column = 0; column < cells->n_columns; column++)
      {
        double value = cells->values[row * cells->n_columns + column], left = l->left + column * width, top = l->top + row * height;
        guint32 rgb;

        rgb = isnan (value) ? self->theme->card : find_tint (self, value);
        cam_plot_set_colour (plot, rgb, isnan (value) ? 0 : 1);
        cam_plot_rectangle (plot, left + CELL_GAP, left + width - CELL_GAP, top + CELL_GAP, top + height - CELL_GAP);
        cam_plot_set_colour (plot, luminance (rgb) > 0.55 ? 0x1c1f24 : 0xffffff, 1);
        if (self->has_values)
          cam_plot_text (plot, left + width / 2, top + height / 2, CAM_ALIGN_MIDDLE, CAM_TEXT_TICK, FALSE, cells->texts[row * cells->n_columns + column]);
      }
}

/* Texts of cells in which they find no room are told by pointing. */
void
cam_scene_measure_cells (CamScene *self)
{
  const CamChartCells *cells = self->chart->cells;
  double widest = 0.0;

  for (guint i = 0; i < cells->n_rows * cells->n_columns; i++)
    widest = fmax (widest, cam_scene_text_width (self, cells->texts[i], CAM_TEXT_TICK, FALSE));
  self->has_values = widest <= (self->layout.right - self->layout.left) / cells->n_columns - 4 * CELL_GAP && (self->layout.bottom - self->layout.top) / cells->n_rows >= CAM_TEXT_TICK + 2;
}

void
cam_scene_draw_names (const CamScene *self,
                      CamPlot        *plot)
{
  if (self->chart->cells != NULL)
    draw_cells (self, plot);
  else
    draw_values (self, plot);
  cam_plot_set_colour (plot, self->theme->text, 1);
  for (guint i = 0; i < self->chart->n_groups; i++)
    cam_plot_text (plot, cam_scene_px (self, i), floor (self->layout.bottom) + 13.5, CAM_ALIGN_MIDDLE, CAM_TEXT_TICK, FALSE, self->group_names[i]);
}
