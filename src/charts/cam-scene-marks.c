/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars, dots and boxes: settled in pixels, then drawn. Drawing owns no memory, see CamPlotFunc. */
#include "cam-scene.h"

#include <math.h>

#define BAR_ALPHA 0.9
#define BOX_ALPHA 0.22
#define DOT_ALPHA 0.45
#define MANY_DOTS 250           /* from here on they are drawn small and without a rim */
#define ROW_SHARE 0.64          /* of a row's height that its bar takes */
#define THICKEST 26.0
#define WHISKER_WIDTH 1.3
#define RED 6                   /* of the theme's series: what should be looked at */
#define MEDIAN_WIDTH 2.2

/* Names are cut before they take more than two fifths of the width; texts at the end are left out where they would take the rest. */
void
cam_scene_fit_rows (CamScene *self)
{
  const CamChart *chart = self->chart;
  double texts_width;

  if (chart->n_rows == 0)
    return;
  self->row_names = g_new0 (char *, chart->n_rows + 1);
  for (guint i = 0; i < chart->n_rows; i++)
    {
      self->row_names[i] = cam_scene_fit (self, chart->row_names[i], CAM_TEXT_TICK, FALSE, self->width * 0.38);
      if (self->row_names[i] == NULL)
        self->row_names[i] = g_strdup ("");
    }
  texts_width = chart->row_texts != NULL ? cam_scene_widest_row (self, chart->row_texts, TRUE) : 0;
  if (texts_width > 0 && texts_width < self->width * 0.34)
    self->row_texts = g_strdupv (chart->row_texts);
}

double
cam_scene_widest_row (CamScene    *self,
                      char *const *texts,
                      gboolean     is_bold)
{
  double widest = 0;

  for (guint i = 0; i < self->chart->n_rows; i++)
    widest = fmax (widest, cam_scene_text_width (self, texts[i], CAM_TEXT_TICK, is_bold));
  return widest;
}

static CamMarks *
new_marks (guint series,
           gsize n)
{
  CamMarks *marks = g_new0 (CamMarks, 1);

  marks->series = series;
  marks->n = n;
  marks->left = g_new (double, n + 1);
  marks->right = g_new (double, n + 1);
  marks->top = g_new (double, n + 1);
  marks->bottom = g_new (double, n + 1);
  return marks;
}

/* A bar that is there is seen, however small; a pixel between neighbours tells them apart. */
static void
trace_bars (const CamScene  *self,
            const CamSeries *series,
            CamMarks        *marks)
{
  for (gsize i = 0; i < series->n; i++)
    {
      double left = cam_scene_px (self, series->x[i] - series->bar_width / 2), right = cam_scene_px (self, series->x[i] + series->bar_width / 2);
      double gap = right - left > 5 ? 1 : right - left > 2.5 ? 0.5 : 0;
      double base = cam_scene_py (self, cam_chart_get_base (self->chart, marks->series, i));

      marks->left[i] = left;
      marks->right[i] = right - gap;
      marks->bottom[i] = isnan (base) ? self->layout.bottom : base;
      marks->top[i] = series->y[i] > 0 ? fmin (cam_scene_py (self, cam_chart_get_top (self->chart, marks->series, i)), marks->bottom[i] - 1) : NAN;
    }
}

double
cam_scene_row_half (const CamScene *self)
{
  return fmin ((self->layout.bottom - self->layout.top) / self->chart->n_rows * ROW_SHARE, THICKEST) / 2;
}

static void
trace_row_bars (const CamScene  *self,
                const CamSeries *series,
                CamMarks        *marks)
{
  for (gsize i = 0; i < series->n; i++)
    {
      double base = cam_chart_get_base (self->chart, marks->series, i);

      marks->left[i] = cam_scene_px (self, base);
      marks->right[i] = series->y[i] > 0 ? fmax (cam_scene_px (self, base + series->y[i]), marks->left[i] + 1) : NAN;
      marks->top[i] = cam_scene_py (self, series->x[i]) - cam_scene_row_half (self);
      marks->bottom[i] = cam_scene_py (self, series->x[i]) + cam_scene_row_half (self);
    }
  if (series->low != NULL)
    cam_scene_trace_row (self, series, marks);
}

static void
trace_boxes (const CamScene  *self,
             const CamSeries *series,
             CamMarks        *marks)
{
  marks->low = g_new (double, series->n + 1);
  marks->high = g_new (double, series->n + 1);
  marks->median = g_new (double, series->n + 1);
  marks->mean = g_new (double, series->n + 1);
  for (gsize i = 0; i < series->n; i++)
    {
      const CamChartBox *box = &series->boxes[i];

      marks->low[i] = cam_scene_px (self, box->low);
      marks->left[i] = cam_scene_px (self, box->q25);
      marks->median[i] = cam_scene_px (self, box->median);
      marks->right[i] = cam_scene_px (self, box->q75);
      marks->high[i] = cam_scene_px (self, box->high);
      marks->mean[i] = cam_scene_px (self, box->mean);
      marks->top[i] = cam_scene_py (self, series->x[i]) - cam_scene_row_half (self);
      marks->bottom[i] = cam_scene_py (self, series->x[i]) + cam_scene_row_half (self);
    }
}

void
cam_scene_trace_marks (CamScene *self)
{
  for (guint s = 0; s < self->chart->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self->chart, s);
      CamMarks *marks;

      if (series->is_hidden || series->look == CAM_LOOK_CURVE)
        continue;
      marks = new_marks (s, series->n);
      if (series->look == CAM_LOOK_BARS)
        trace_bars (self, series, marks);
      else if (series->look == CAM_LOOK_ROW_BARS)
        trace_row_bars (self, series, marks);
      else if (series->look == CAM_LOOK_ROW_BOXES)
        trace_boxes (self, series, marks);
      else if (series->look == CAM_LOOK_GROUP_BARS)
        cam_scene_trace_groups (self, series, marks);
      else if (series->look == CAM_LOOK_ROW_DOTS || series->look == CAM_LOOK_ROW_BANDS)
        cam_scene_trace_row (self, series, marks);
      else
        for (gsize i = 0; i < series->n; i++)
          {
            marks->left[i] = cam_scene_px (self, series->x[i]);
            marks->top[i] = cam_scene_py (self, series->y[i]);
          }
      g_ptr_array_add (self->marks, marks);
    }
  cam_scene_spread_dots (self);
}

/* Of the whole chart: one group of dots does not look more than another because it is smaller. */
static gsize
count_dots (const CamScene *self)
{
  gsize n = 0;

  for (guint m = 0; m < self->marks->len; m++)
    {
      const CamMarks *marks = g_ptr_array_index (self->marks, m);

      if (cam_chart_peek_series (self->chart, marks->series)->look == CAM_LOOK_DOTS)
        n += marks->n;
    }
  return n;
}

static void
draw_dots (const CamScene *self,
           CamPlot        *plot,
           const CamMarks *marks,
           guint32         rgb)
{
  const CamChartLayout *l = &self->layout;
  gboolean is_many = count_dots (self) >= MANY_DOTS && self->chart->region == NULL;   /* on a tint only a rim tells a dot from it */

  for (gsize i = 0; i < marks->n; i++)
    {
      double x = marks->left[i], y = marks->top[i];

      if (!(x >= l->left - 1 && x <= l->right + 1 && y >= l->top - 1 && y <= l->bottom + 1))
        continue;
      if (!is_many)
        {
          cam_plot_set_colour (plot, self->theme->card, 1);
          cam_plot_dot (plot, x, y, 3.8);
        }
      cam_plot_set_colour (plot, rgb, is_many ? DOT_ALPHA : self->chart->region != NULL ? 1 : 0.85);
      cam_plot_dot (plot, x, y, is_many ? 2.0 : 2.9);
    }
}

static void
draw_box (const CamScene *self,
          CamPlot        *plot,
          const CamMarks *marks,
          gsize           i,
          guint32         rgb)
{
  double middle = (marks->top[i] + marks->bottom[i]) / 2, half = (marks->bottom[i] - marks->top[i]) / 4;
  double right = fmax (marks->right[i], marks->left[i] + 1);
  double x[5] = { marks->left[i], right, right, marks->left[i], marks->left[i] };
  double y[5] = { marks->top[i], marks->top[i], marks->bottom[i], marks->bottom[i], marks->top[i] };

  if (isnan (marks->median[i]))
    return;
  cam_plot_set_colour (plot, rgb, BOX_ALPHA);
  cam_plot_rectangle (plot, marks->left[i], right, marks->top[i], marks->bottom[i]);
  cam_plot_set_colour (plot, rgb, 1);
  cam_plot_polyline (plot, x, y, 5, WHISKER_WIDTH, CAM_LINE_SOLID);
  cam_plot_line (plot, marks->low[i], middle, marks->left[i], middle, WHISKER_WIDTH);
  cam_plot_line (plot, right, middle, marks->high[i], middle, WHISKER_WIDTH);
  cam_plot_line (plot, marks->low[i], middle - half, marks->low[i], middle + half, WHISKER_WIDTH);
  cam_plot_line (plot, marks->high[i], middle - half, marks->high[i], middle + half, WHISKER_WIDTH);
  cam_plot_line (plot, marks->median[i], marks->top[i], marks->median[i], marks->bottom[i], MEDIAN_WIDTH);
  if (!isnan (marks->mean[i]))
    {
      cam_plot_set_colour (plot, self->theme->card, 1);
      cam_plot_dot (plot, marks->mean[i], middle, 3.4);
      cam_plot_set_colour (plot, rgb, 1);
      cam_plot_dot (plot, marks->mean[i], middle, 2.2);
    }
}

void
cam_scene_draw_marks (const CamScene *self,
                      CamPlot        *plot)
{
  for (guint m = 0; m < self->marks->len; m++)
    {
      const CamMarks *marks = g_ptr_array_index (self->marks, m);
      const CamSeries *series = cam_chart_peek_series (self->chart, marks->series);
      guint32 rgb = self->theme->series[series->colour];

      if (series->look == CAM_LOOK_DOTS)
        draw_dots (self, plot, marks, rgb);
      for (gsize i = 0; i < marks->n && series->look == CAM_LOOK_ROW_BOXES; i++)
        draw_box (self, plot, marks, i, self->theme->series[series->box_colours[i]]);
      for (gsize i = 0; i < marks->n && (series->look == CAM_LOOK_BARS || series->look == CAM_LOOK_ROW_BARS); i++)
        {
          cam_plot_set_colour (plot, series->look == CAM_LOOK_ROW_BARS ? self->theme->series[cam_chart_get_row_colour (self->chart, marks->series, i)] : rgb, BAR_ALPHA);
          cam_plot_rectangle (plot, marks->left[i], marks->right[i], marks->top[i], marks->bottom[i]);
        }
      if (series->look == CAM_LOOK_GROUP_BARS)
        cam_scene_draw_groups (self, plot, marks);
      if (series->look == CAM_LOOK_ROW_BANDS)
        cam_scene_draw_bands (self, plot, marks);
      if (series->look == CAM_LOOK_ROW_BARS && marks->low != NULL)
        cam_scene_draw_errors (self, plot, marks);
    }
}

/* Dots are whole also where they stand on the edge; the ticks of the means lie over them. */
static void
draw_over_rows (const CamScene *self,
                CamPlot        *plot)
{
  static const CamLook order[] = { CAM_LOOK_ROW_DOTS, CAM_LOOK_ROW_BANDS };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint m = 0; m < self->marks->len; m++)
      {
        const CamMarks *marks = g_ptr_array_index (self->marks, m);

        if (cam_chart_peek_series (self->chart, marks->series)->look != order[i])
          continue;
        if (order[i] == CAM_LOOK_ROW_DOTS)
          cam_scene_draw_row_dots (self, plot, marks);
        else
          cam_scene_draw_ticks (self, plot, marks);
      }
}

void
cam_scene_draw_rows (const CamScene *self,
                     CamPlot        *plot)
{
  const CamChartLayout *l = &self->layout;
  double step = self->chart->n_rows > 0 ? (l->bottom - l->top) / self->chart->n_rows : 0;

  /* Lines of text that would run into each other are left out. */
  for (guint i = 0; i < self->chart->n_rows && step >= CAM_TEXT_TICK; i++)
    {
      double y = cam_scene_py (self, i);

      gboolean is_alert = self->chart->row_alerts != NULL && self->chart->row_alerts[i];

      cam_plot_set_colour (plot, cam_scene_is_of_dots (self) || self->chart->cells != NULL ? self->theme->text : self->theme->muted, 1);
      cam_plot_text (plot, l->left - 8, y, CAM_ALIGN_END, CAM_TEXT_TICK, FALSE, self->row_names[i]);
      cam_plot_set_colour (plot, is_alert ? self->theme->series[RED] : self->theme->muted, 1);
      if (self->row_texts != NULL)
        cam_plot_text (plot, self->texts_right, y, CAM_ALIGN_END, CAM_TEXT_TICK, is_alert, self->row_texts[i]);
    }
  draw_over_rows (self, plot);
  if (self->chart->n_rows > 0 && !cam_scene_is_of_dots (self) && self->chart->cells == NULL)
    {
      cam_plot_set_colour (plot, self->theme->axis, 1);
      cam_plot_line (plot, floor (l->left) + 0.5, l->top, floor (l->left) + 0.5, l->bottom, 1);
    }
}
