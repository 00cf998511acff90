/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A settled scene, drawn: grid, span, bands, curves, axis, marker, words. Owns no memory, see CamPlotFunc. */
#include "cam-scene.h"

#include <math.h>

#define CURVE_WIDTH 2.0
#define BROKEN_WIDTH 1.7
#define FADED_WIDTH 1.2
#define FADED_ALPHA 0.32
#define PINK 3                  /* of the theme's series: best epoch and patience */
#define TICK_LENGTH 4.0

static guint32
get_rgb (const CamScene *self,
         guint           series)
{
  return self->theme->series[cam_chart_peek_series (self->chart, series)->colour];
}

static gboolean
is_faded (const CamScene *self,
          guint           series)
{
  return cam_chart_peek_series (self->chart, series)->is_faded;
}

static gboolean
is_pale (const CamScene *self,
         const CamPath  *path)
{
  return path->is_raw || is_faded (self, path->series);
}

/* A line one pixel wide is sharp on the middle of a pixel. */
static double
sharp (double pixel)
{
  return floor (pixel) + 0.5;
}

static double
tick_px (const CamScene *self,
         double          value)
{
  const CamChartLayout *l = &self->layout;

  return l->left + (value - l->x_min) / (l->x_max - l->x_min) * (l->right - l->left);
}

static double
tick_py (const CamScene *self,
         double          value)
{
  const CamChartLayout *l = &self->layout;

  return l->bottom - (value - l->y_min) / (l->y_max - l->y_min) * (l->bottom - l->top);
}

/* A line of the grid from left to right; the text over axes without data is not struck through. */
static void
draw_level (const CamScene *self,
            CamPlot        *plot,
            double          y)
{
  const CamChartLayout *l = &self->layout;
  double middle = (l->left + l->right) / 2;

  if (self->empty_width > 0 && fabs (y - (l->top + l->bottom) / 2) < CAM_TEXT_BODY)
    {
      cam_plot_line (plot, l->left, y, fmax (middle - self->empty_width / 2, l->left), y, 1);
      cam_plot_line (plot, fmin (middle + self->empty_width / 2, l->right), y, l->right, y, 1);
    }
  else
    cam_plot_line (plot, l->left, y, l->right, y, 1);
}

static void
draw_grid (const CamScene *self,
           CamPlot        *plot)
{
  const CamChartLayout *l = &self->layout;

  cam_plot_set_colour (plot, self->theme->grid, 0.5);
  for (guint i = 0; i < self->y_ticks.n_minor; i++)
    draw_level (self, plot, sharp (tick_py (self, self->y_ticks.minor[i])));
  for (guint i = 0; i < self->x_ticks.n_minor; i++)
    cam_plot_line (plot, sharp (tick_px (self, self->x_ticks.minor[i])), l->top, sharp (tick_px (self, self->x_ticks.minor[i])), l->bottom, 1);

  cam_plot_set_colour (plot, self->theme->grid, 1);
  for (guint i = 0; i < self->y_ticks.n; i++)
    draw_level (self, plot, sharp (tick_py (self, self->y_ticks.values[i])));
  if (l->x_log || self->row_names != NULL)
    for (guint i = 0; i < self->x_ticks.n; i++)
      cam_plot_line (plot, sharp (tick_px (self, self->x_ticks.values[i])), l->top, sharp (tick_px (self, self->x_ticks.values[i])), l->bottom, 1);

  /* Zero inside the plot is worth seeing. */
  cam_plot_set_colour (plot, self->theme->axis, 1);
  if (!l->y_log && l->y_min < 0 && l->y_max > 0 && self->row_names == NULL)
    cam_plot_line (plot, l->left, sharp (tick_py (self, 0)), l->right, sharp (tick_py (self, 0)), 1);
  if (!l->x_log && l->x_min < 0 && l->x_max > 0 && self->group_names == NULL)
    cam_plot_line (plot, sharp (tick_px (self, 0)), l->top, sharp (tick_px (self, 0)), l->bottom, 1);
}

static void
draw_span (const CamScene *self,
           CamPlot        *plot)
{
  const CamChartLayout *l = &self->layout;
  const CamChart *chart = self->chart;
  guint32 pink = self->theme->series[PINK];
  double from, done, to;

  if (!chart->has_span)
    return;
  from = CLAMP (cam_chart_layout_to_px (l, chart->span_from), l->left, l->right);
  done = CLAMP (cam_chart_layout_to_px (l, chart->span_done), l->left, l->right);
  to = CLAMP (cam_chart_layout_to_px (l, chart->span_to), l->left, l->right);
  if (done > from)
    {
      cam_plot_set_colour (plot, pink, self->theme->band_alpha * 1.15);
      cam_plot_rectangle (plot, from, done, l->top, l->bottom);
    }
  if (to > done)
    {
      cam_plot_set_colour (plot, pink, self->theme->band_alpha * 0.55);
      cam_plot_rectangle (plot, done, to, l->top, l->bottom);
    }
}

/* Points from @i on without a gap. */
static gsize
run_length (const double *values,
            gsize         i,
            gsize         n)
{
  gsize start = i;

  while (i < n && isfinite (values[i]))
    i++;
  return i - start;
}

/* One polygon between two gaps: pieces would show their seams. */
static void
draw_band (const CamScene *self,
           CamPlot        *plot,
           const CamPath  *path)
{
  if (path->low == NULL)
    return;
  cam_plot_set_colour (plot, get_rgb (self, path->series), self->theme->band_alpha * (is_pale (self, path) ? FADED_ALPHA : 1));
  for (gsize i = 0; i < path->n;)
    {
      gsize length = MIN (run_length (path->low, i, path->n), run_length (path->high, i, path->n));

      for (gsize k = 0; k < length; k++)
        {
          path->outline_x[k] = path->outline_x[2 * length - 1 - k] = path->x[i + k];
          path->outline_y[k] = path->low[i + k];
          path->outline_y[2 * length - 1 - k] = path->high[i + k];
        }
      if (length > 1)
        cam_plot_fill (plot, path->outline_x, path->outline_y, 2 * length);
      i += length + 1;
    }
}

static void
draw_curve (const CamScene *self,
            CamPlot        *plot,
            const CamPath  *path)
{
  CamLinePattern pattern = cam_chart_peek_series (self->chart, path->series)->pattern;
  double line_width = is_pale (self, path) ? FADED_WIDTH : pattern == CAM_LINE_SOLID ? CURVE_WIDTH : BROKEN_WIDTH;
  gsize i = 0;

  cam_plot_set_colour (plot, get_rgb (self, path->series), is_pale (self, path) ? FADED_ALPHA : 1);
  while (i < path->n)
    {
      gsize length = run_length (path->y, i, path->n);

      if (length > 1)
        cam_plot_polyline (plot, path->x + i, path->y + i, length, line_width, pattern);
      else if (length == 1 && path->x[i] >= self->layout.left - 1 && path->x[i] <= self->layout.right + 1
               && path->y[i] >= self->layout.top - 1 && path->y[i] <= self->layout.bottom + 1)
        cam_plot_dot (plot, path->x[i], path->y[i], CURVE_WIDTH * 1.3);
      i += length + 1;
    }
}

static void
draw_axis (const CamScene *self,
           CamPlot        *plot)
{
  const CamChartLayout *l = &self->layout;
  double bottom = sharp (l->bottom);

  cam_plot_set_colour (plot, self->theme->axis, 1);
  if (self->row_names == NULL || cam_scene_is_of_dots (self))
    cam_plot_line (plot, l->left, bottom, l->right, bottom, 1);
  for (guint i = 0; i < self->x_ticks.n && (self->row_names == NULL || cam_scene_is_of_dots (self)); i++)
    cam_plot_line (plot, sharp (tick_px (self, self->x_ticks.values[i])), bottom, sharp (tick_px (self, self->x_ticks.values[i])), bottom + TICK_LENGTH, 1);

  cam_plot_set_colour (plot, self->theme->muted, 1);
  for (guint i = 0; i < self->x_ticks.n; i++)
    cam_plot_text (plot, tick_px (self, self->x_ticks.values[i]), bottom + 13, CAM_ALIGN_MIDDLE, CAM_TEXT_TICK, FALSE, self->x_ticks.labels[i]);
  if (self->is_y_known)
    for (guint i = 0; i < self->y_ticks.n; i++)
      cam_plot_text (plot, l->left - 8, tick_py (self, self->y_ticks.values[i]), CAM_ALIGN_END, CAM_TEXT_TICK, FALSE, self->y_ticks.labels[i]);
  cam_plot_text (plot, (l->left + l->right) / 2, bottom + 31, CAM_ALIGN_MIDDLE, CAM_TEXT_TICK, FALSE, self->x_title);
  cam_plot_text_upward (plot, self->parts != CAM_CHART_PLAIN ? 22 : 7, (l->top + l->bottom) / 2, CAM_TEXT_TICK, self->y_title);
}

static gboolean
is_inside (const CamScene *self,
           double          x,
           double          y)
{
  const CamChartLayout *l = &self->layout;

  return x >= l->left - 1 && x <= l->right + 1 && y >= l->top - 1 && y <= l->bottom + 1;
}

/* With a rim in the colour of what lies behind. */
static void
draw_dot (const CamScene *self,
          CamPlot        *plot,
          double          x,
          double          y,
          double          radius,
          guint32         rgb)
{
  if (!is_inside (self, x, y))
    return;
  cam_plot_set_colour (plot, self->theme->card, 1);
  cam_plot_dot (plot, x, y, radius + 1.2);
  cam_plot_set_colour (plot, rgb, 1);
  cam_plot_dot (plot, x, y, radius);
}

static void
draw_marker (const CamScene *self,
             CamPlot        *plot)
{
  const CamChartLayout *l = &self->layout;
  guint32 pink = self->theme->series[PINK];
  double x[2], y[2] = { l->top, l->bottom };

  if (!self->chart->has_marker)
    return;
  x[0] = x[1] = cam_chart_layout_to_px (l, self->chart->marker_x);
  if (!(x[0] >= l->left - 1 && x[0] <= l->right + 1))
    return;
  cam_plot_set_colour (plot, pink, 1);
  cam_plot_polyline (plot, x, y, 2, 1.2, CAM_LINE_DASHED);
}

/* Over the dots at the ends: a best epoch may be the last one. */
static void
draw_marker_dot (const CamScene *self,
                 CamPlot        *plot)
{
  if (self->chart->has_marker)
    draw_dot (self, plot, cam_chart_layout_to_px (&self->layout, self->chart->marker_x),
              cam_chart_layout_to_py (&self->layout, self->chart->marker_y), 4, self->theme->series[PINK]);
}

/* From a curve that ends early to its name. */
static void
draw_leader (const CamScene *self,
             CamPlot        *plot,
             const CamWord  *word)
{
  double x[2] = { word->end_x + 6, word->x - 5 };
  double y[2] = { word->wanted_y, word->y };

  if (x[1] - x[0] < 16)
    return;
  cam_plot_set_colour (plot, get_rgb (self, word->series), 0.45);
  cam_plot_polyline (plot, x, y, 2, 1, CAM_LINE_DOTTED);
}

/* On the line that is looked at: the smooth one where there is one. */
static void
draw_point (const CamScene *self,
            CamPlot        *plot,
            guint           index)
{
  const CamSeries *series = cam_chart_peek_series (self->chart, index);
  double x, y;

  if (series->is_hidden || series->dot >= series->n)
    return;
  x = cam_scene_px (self, series->x[series->dot]);
  y = cam_scene_py (self, (series->smooth != NULL ? series->smooth : series->y)[series->dot]);
  if (!isnan (x) && !isnan (y))
    draw_dot (self, plot, x, y, 3.6, get_rgb (self, index));
}

static void
draw_ends (const CamScene *self,
           CamPlot        *plot)
{
  for (guint s = self->chart->series->len; s > 0; s--)
    draw_point (self, plot, s - 1);
  for (guint i = 0; i < self->paths->len; i++)
    {
      const CamPath *path = g_ptr_array_index (self->paths, i);
      const CamSeries *series = cam_chart_peek_series (self->chart, path->series);

      if ((series->has_end_dot || series->has_end_label) && !is_pale (self, path) && !isnan (path->end_y))
        draw_dot (self, plot, path->end_x, path->end_y, 2.8, get_rgb (self, path->series));
    }
  for (guint i = 0; i < self->end_words->len; i++)
    {
      const CamWord *word = &g_array_index (self->end_words, CamWord, i);

      if (!is_faded (self, word->series))
        draw_leader (self, plot, word);
      cam_plot_set_colour (plot, get_rgb (self, word->series), is_faded (self, word->series) ? 0.5 : 1);
      cam_plot_text (plot, word->x, word->y, CAM_ALIGN_START, CAM_TEXT_TICK, TRUE, word->text);
    }
}

static void
draw_words (const CamScene *self,
            CamPlot        *plot)
{
  const CamChartLayout *l = &self->layout;
  guint32 pink = self->theme->series[PINK];

  cam_plot_set_colour (plot, pink, 1);
  cam_plot_text (plot, self->marker_x, self->marker_y, self->marker_align, CAM_TEXT_TICK, TRUE, self->marker);
  if (self->span != NULL)
    {
      double from = fmax (cam_chart_layout_to_px (l, self->chart->span_from), l->left);
      double to = fmin (cam_chart_layout_to_px (l, self->chart->span_to), l->right);

      cam_plot_text (plot, (from + to) / 2, l->top + 11, CAM_ALIGN_MIDDLE, CAM_TEXT_TICK, FALSE, self->span);
    }
  cam_plot_set_colour (plot, self->theme->muted, 1);
  cam_plot_text (plot, (l->left + l->right) / 2, (l->top + l->bottom) / 2, CAM_ALIGN_MIDDLE, CAM_TEXT_BODY, FALSE, self->empty);
}

static void
draw_header (const CamScene *self,
             CamPlot        *plot)
{
  const double left = 16;

  cam_plot_set_colour (plot, self->theme->text, 1);
  cam_plot_text (plot, left, self->title_y, CAM_ALIGN_START, CAM_TEXT_TITLE, TRUE, self->title);
  cam_plot_set_colour (plot, self->theme->muted, 1);
  cam_plot_text (plot, left, self->subtitle_y, CAM_ALIGN_START, CAM_TEXT_TICK, FALSE, self->subtitle);
  for (guint i = 0; i < self->legend->len; i++)
    {
      const CamWord *word = &g_array_index (self->legend, CamWord, i);
      double x[2] = { word->x - 7 - CAM_SAMPLE_WIDTH, word->x - 7 };
      double y[2] = { round (word->y), round (word->y) };

      cam_plot_set_colour (plot, get_rgb (self, word->series), 1);
      if (cam_chart_peek_series (self->chart, word->series)->look == CAM_LOOK_CURVE)
        cam_plot_polyline (plot, x, y, 2, CURVE_WIDTH, cam_chart_peek_series (self->chart, word->series)->pattern);
      else
        cam_plot_rectangle (plot, x[1] - CAM_SWATCH, x[1], y[0] - CAM_SWATCH / 2, y[0] + CAM_SWATCH / 2);
      cam_plot_set_colour (plot, self->theme->muted, 1);
      cam_plot_text (plot, word->x, word->y, CAM_ALIGN_START, CAM_TEXT_TICK, FALSE, word->text);
    }
}

void
cam_scene_draw (CamPlot  *plot,
                gpointer  scene)
{
  const CamScene *self = scene;
  const CamChartLayout *l = &self->layout;

  if (self->chart->parallel != NULL)
    {
      cam_scene_draw_parallel (self, plot);
      draw_header (self, plot);
      return;
    }
  if (self->image != NULL)
    cam_scene_draw_region (self, plot);
  else
    draw_grid (self, plot);
  draw_span (self, plot);

  cam_plot_clip (plot, l->left, l->right, l->top, l->bottom);
  cam_scene_draw_marks (self, plot);
  for (guint i = self->paths->len; i > 0; i--)
    draw_band (self, plot, g_ptr_array_index (self->paths, i - 1));
  /* The first series lies on top. */
  for (guint i = self->paths->len; i > 0; i--)
    draw_curve (self, plot, g_ptr_array_index (self->paths, i - 1));
  cam_plot_unclip (plot);

  draw_axis (self, plot);
  if (self->group_names != NULL)
    cam_scene_draw_names (self, plot);
  cam_scene_draw_rows (self, plot);
  draw_marker (self, plot);
  draw_ends (self, plot);
  draw_marker_dot (self, plot);
  draw_words (self, plot);
  draw_header (self, plot);
}
