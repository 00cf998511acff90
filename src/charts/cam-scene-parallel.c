/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parallel axes in pixels, then drawn: lines from the worst to the best in the colours of viridis, flat where they cross an axis, so that an eye can follow them through. */
#include "cam-scene.h"

#include <math.h>

#include <cam-number.h>

#define PAD 16.0
#define HEAD 36.0               /* above the axes: name and upper end */
#define FOOT 22.0               /* below them: lower end */
#define STEPS 32                /* of a line from axis to axis … */
#define MANY_LINES 400          /* … and from so many lines on one */
#define BEST_SHARE 0.1
#define BAR_WIDTH 8.0           /* of the score's axis */
#define BAR_PIECES 48
#define TICK 4.0
#define BRUSH_HALF 7.0
#define END_DIGITS 3
#define CATEGORY_SHARE 0.6      /* of the room up to the next axis that a category's name may take */

/* viridis, at tenths. */
static const guint32 stops[] = { 0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725 };

/* Its ends do not stand off from a light or a dark ground. */
static guint32
find_colour (const CamScene *self,
             double          share)
{
  gboolean is_dark = (self->theme->card >> 16 & 255) < 128;
  double place = (is_dark ? 0.25 + 0.75 * share : 0.80 * share) * (G_N_ELEMENTS (stops) - 1);
  guint i = MIN ((guint) place, (guint) G_N_ELEMENTS (stops) - 2);
  guint32 rgb = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    rgb |= (guint32) ((stops[i] >> shift & 255) * (1 - (place - i)) + (stops[i + 1] >> shift & 255) * (place - i) + 0.5) << shift;
  return rgb;
}

/* 1 is the best end, whichever way the score goes. */
static double
good_share (const CamChartParallel *parallel,
            double                  share)
{
  return parallel->larger_is_better ? share : 1 - share;
}

static char *
format_end (const CamParallelAxis *axis,
            double                 value)
{
  char number[CAM_NUMBER_BUF], power[CAM_TICK_LABEL];
  double exponent = value > 0 ? log10 (value) : NAN;

  if (axis->n_categories > 0)
    return g_strdup ("");
  if (axis->is_log && exponent == round (exponent) && fabs (exponent) < 300)
    {
      cam_ticks_power (power, (int) exponent);
      return g_strdup (power);
    }
  cam_number_format (number, axis->is_share ? 100 * value : value, END_DIGITS);

  return g_strconcat (number, axis->is_share ? "%" : NULL, NULL);
}

/* Half of what stands over the first and the last axis lies beside them. */
static double
find_overhang (CamScene *self,
               guint     axis,
               double    most)
{
  const CamParallelAxis *a = &self->chart->parallel->axes[axis];
  g_autofree char *high = format_end (a, a->high), *low = format_end (a, a->low);
  double width = fmax (cam_scene_text_width (self, a->name, CAM_TEXT_TICK, TRUE), fmax (cam_scene_text_width (self, high, CAM_TEXT_TICK, FALSE), cam_scene_text_width (self, low, CAM_TEXT_TICK, FALSE)));

  return fmin (width / 2 + 2, most);
}

static void
fit_categories (CamScene *self,
                guint     index,
                double    room)
{
  const CamParallelAxis *axis = &self->chart->parallel->axes[index];

  self->categories[index] = g_new0 (char *, axis->n_categories + 1);
  self->category_widths[index] = g_new0 (double, axis->n_categories + 1);
  /* Names that would stand on each other are left out; pointing tells them. */
  for (guint i = 0; i < axis->n_categories && (self->layout.bottom - self->layout.top) / axis->n_categories >= CAM_LABEL_STEP; i++)
    {
      self->categories[index][i] = cam_scene_fit (self, axis->categories[i], CAM_TEXT_TICK, FALSE, room);
      self->category_widths[index][i] = cam_scene_text_width (self, self->categories[index][i], CAM_TEXT_TICK, FALSE);
    }
}

void
cam_scene_place_parallel (CamScene *self,
                          double    top)
{
  const CamChartParallel *parallel = self->chart->parallel;
  CamChartLayout *layout = &self->layout;
  guint n = parallel->n_axes;
  double pad = self->parts != CAM_CHART_PLAIN ? PAD : 2, most = self->width / (2.0 * n), slot;

  layout->left = ceil (pad + find_overhang (self, 0, most)) + 0.5;
  layout->right = fmax (floor (self->width - pad - find_overhang (self, n - 1, most)), layout->left + 8) + 0.5;
  layout->top = ceil (top + HEAD);
  layout->bottom = fmax (floor (self->height - pad - FOOT), layout->top + 8);
  layout->x_min = 0;
  layout->x_max = n - 1;
  layout->y_min = 0;
  layout->y_max = 1;
  layout->x_log = layout->y_log = FALSE;
  self->has_data = parallel->n_lines > 0;

  slot = (layout->right - layout->left) / (n - 1);
  self->axis_names = g_new0 (char *, n + 1);
  self->axis_lows = g_new0 (char *, n + 1);
  self->axis_highs = g_new0 (char *, n + 1);
  self->categories = g_new0 (char **, n);
  self->category_widths = g_new0 (double *, n);
  for (guint i = 0; i < n; i++)
    {
      const CamParallelAxis *axis = &parallel->axes[i];

      self->axis_names[i] = cam_scene_fit (self, axis->name, CAM_TEXT_TICK, TRUE, i == 0 || i == n - 1 ? fmin (slot - 8, 2 * most) : slot - 8);
      if (self->axis_names[i] == NULL)
        self->axis_names[i] = g_strdup ("");
      fit_categories (self, i, slot * CATEGORY_SHARE);
      self->axis_lows[i] = format_end (axis, axis->low);
      self->axis_highs[i] = format_end (axis, axis->high);
    }
}

/* All lines one after the other, as many points each. */
void
cam_scene_trace_parallel (CamScene *self)
{
  const CamChartParallel *parallel = self->chart->parallel;
  guint steps;

  if (parallel == NULL)
    return;
  steps = parallel->n_lines > MANY_LINES ? 1 : STEPS;
  self->n_line_points = (parallel->n_axes - 1) * steps + 1;
  self->line_x = g_new (double, self->n_line_points);
  self->line_y = g_new (double, (gsize) parallel->n_lines * self->n_line_points + 1);
  self->line_shares = g_new (double, parallel->n_lines + 1);
  self->line_chosen = g_new (gboolean, parallel->n_lines + 1);
  for (guint k = 0; k < self->n_line_points; k++)
    self->line_x[k] = cam_chart_layout_to_px (&self->layout, (double) k / steps);
  for (guint line = 0; line < parallel->n_lines; line++)
    {
      double *y = self->line_y + (gsize) line * self->n_line_points;

      self->line_shares[line] = cam_parallel_share (parallel, line, parallel->n_axes - 1);
      self->line_chosen[line] = cam_parallel_is_chosen (parallel, line);
      for (guint k = 0; k < self->n_line_points; k++)
        {
          guint axis = MIN (k / steps, parallel->n_axes - 2);
          double t = (double) (k - axis * steps) / steps, from = cam_parallel_share (parallel, line, axis), to = cam_parallel_share (parallel, line, axis + 1);

          t = t * t * (3 - 2 * t);
          y[k] = cam_chart_layout_to_py (&self->layout, t == 0 ? from : t == 1 ? to : (1 - t) * from + t * to);
        }
    }
}

static void
draw_line (const CamScene *self,
           CamPlot        *plot,
           guint           line,
           double          width)
{
  const double *y = self->line_y + (gsize) line * self->n_line_points;

  for (guint k = 0; k < self->n_line_points;)
    {
      guint first = k;

      while (k < self->n_line_points && isfinite (y[k]))
        k++;
      cam_plot_polyline (plot, self->line_x + first, y + first, k - first, width, CAM_LINE_SOLID);
      k += k == first;
    }
}

/* What is not chosen lies under all the rest. */
static void
draw_lines (const CamScene *self,
            CamPlot        *plot)
{
  const CamChartParallel *parallel = self->chart->parallel;
  guint n_chosen = 0, first_best = (guint) floor (parallel->n_lines * (1 - BEST_SHARE));

  cam_plot_set_colour (plot, self->theme->axis, 0.22);
  for (guint line = 0; line < parallel->n_lines; line++)
    {
      n_chosen += self->line_chosen[line];
      if (!self->line_chosen[line])
        draw_line (self, plot, line, 1.0);
    }
  for (guint i = 0; i < parallel->n_lines; i++)
    {
      guint line = parallel->order[i];
      gboolean is_strong = n_chosen < parallel->n_lines || i >= first_best;

      if (!self->line_chosen[line])
        continue;
      cam_plot_set_colour (plot, isnan (self->line_shares[line]) ? self->theme->muted : find_colour (self, good_share (parallel, self->line_shares[line])), is_strong ? 0.95 : 0.45);
      draw_line (self, plot, line, is_strong ? 2.0 : 1.2);
    }
}

/* The score's axis shows what the colours mean. */
static void
draw_bar (const CamScene *self,
          CamPlot        *plot)
{
  const CamChartLayout *l = &self->layout;
  double step = (l->bottom - l->top) / BAR_PIECES;

  for (guint i = 0; i < BAR_PIECES; i++)
    {
      cam_plot_set_colour (plot, find_colour (self, good_share (self->chart->parallel, 1 - (i + 0.5) / BAR_PIECES)), 1);
      cam_plot_rectangle (plot, l->right - BAR_WIDTH / 2, l->right + BAR_WIDTH / 2, l->top + i * step, l->top + (i + 1) * step + 0.5);
    }
}

static void
draw_brush (const CamScene        *self,
            CamPlot               *plot,
            const CamParallelAxis *axis,
            double                 x)
{
  double top = cam_chart_layout_to_py (&self->layout, axis->brush_high), bottom = cam_chart_layout_to_py (&self->layout, axis->brush_low);
  double xs[5] = { x - BRUSH_HALF, x + BRUSH_HALF, x + BRUSH_HALF, x - BRUSH_HALF, x - BRUSH_HALF }, ys[5] = { top, top, bottom, bottom, top };

  if (isnan (axis->brush_low))
    return;
  cam_plot_set_colour (plot, self->theme->series[0], 0.25);
  cam_plot_rectangle (plot, x - BRUSH_HALF, x + BRUSH_HALF, top, bottom);
  cam_plot_set_colour (plot, self->theme->series[0], 1);
  cam_plot_polyline (plot, xs, ys, 5, 1.4, CAM_LINE_SOLID);
}

/* Each on a bit of ground, as lines run behind it. */
static void
draw_categories (const CamScene *self,
                 CamPlot        *plot,
                 guint           index,
                 double          x)
{
  const CamParallelAxis *axis = &self->chart->parallel->axes[index];

  for (guint i = 0; i < axis->n_categories; i++)
    {
      double y = cam_chart_layout_to_py (&self->layout, (i + 0.5) / axis->n_categories), width = self->category_widths[index][i];
      gboolean is_left = index > 0;
      double left = is_left ? x - TICK - 4 - width : x + TICK + 4;

      cam_plot_set_colour (plot, self->theme->axis, 1);
      cam_plot_line (plot, x - TICK, y, x + TICK, y, 1);
      if (self->categories[index][i] == NULL)
        continue;
      cam_plot_set_colour (plot, self->theme->card, 0.82);
      cam_plot_rectangle (plot, left - 2, left + width + 2, y - 8, y + 8);
      cam_plot_set_colour (plot, self->theme->text, 1);
      cam_plot_text (plot, left, y, CAM_ALIGN_START, CAM_TEXT_TICK, FALSE, self->categories[index][i]);
    }
}

void
cam_scene_draw_parallel (const CamScene *self,
                         CamPlot        *plot)
{
  const CamChartParallel *parallel = self->chart->parallel;
  const CamChartLayout *l = &self->layout;

  draw_lines (self, plot);
  draw_bar (self, plot);
  for (guint i = 0; i < parallel->n_axes; i++)
    {
      double x = floor (cam_chart_layout_to_px (l, i)) + 0.5;

      cam_plot_set_colour (plot, self->theme->axis, 1);
      if (i + 1 < parallel->n_axes)
        cam_plot_line (plot, x, l->top, x, l->bottom, 1.2);
      for (guint k = 0; k < 5 && parallel->axes[i].n_categories == 0 && i + 1 < parallel->n_axes; k++)
        cam_plot_line (plot, x - TICK, l->top + (l->bottom - l->top) * k / 4, x + TICK, l->top + (l->bottom - l->top) * k / 4, 1);
      draw_brush (self, plot, &parallel->axes[i], x);
      draw_categories (self, plot, i, x);
      cam_plot_set_colour (plot, self->theme->text, 1);
      cam_plot_text (plot, x, l->top - 26, CAM_ALIGN_MIDDLE, CAM_TEXT_TICK, TRUE, self->axis_names[i]);
      cam_plot_set_colour (plot, self->theme->muted, 1);
      cam_plot_text (plot, x, l->top - 11, CAM_ALIGN_MIDDLE, CAM_TEXT_TICK, FALSE, self->axis_highs[i]);
      cam_plot_text (plot, x, l->bottom + 12, CAM_ALIGN_MIDDLE, CAM_TEXT_TICK, FALSE, self->axis_lows[i]);
    }
  cam_plot_set_colour (plot, self->theme->muted, 1);
  cam_plot_text (plot, (l->left + l->right) / 2, (l->top + l->bottom) / 2, CAM_ALIGN_MIDDLE, CAM_TEXT_BODY, FALSE, self->empty);
}

void
cam_scene_clear_parallel (CamScene *self)
{
  for (guint i = 0; self->categories != NULL && i < self->chart->parallel->n_axes; i++)
    {
      for (guint k = 0; k < self->chart->parallel->axes[i].n_categories; k++)
        g_free (self->categories[i][k]);
      g_free (self->categories[i]);
      g_free (self->category_widths[i]);
    }
  g_free (self->categories);
  g_free (self->category_widths);
  g_strfreev (self->axis_names);
  g_strfreev (self->axis_lows);
  g_strfreev (self->axis_highs);
  g_free (self->line_x);
  g_free (self->line_y);
  g_free (self->line_shares);
  g_free (self->line_chosen);
}
