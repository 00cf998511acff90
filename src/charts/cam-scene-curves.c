/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves in pixels. A series with more points than there are pixels becomes the mean of each bucket two pixels wide, inside a band from its lowest to
 * its highest value: O(points) once, then at most width / 2 points to stroke, whose cost is all in cairo. */
#include "cam-scene.h"

#include <math.h>

#define BUCKET 2.0              /* pixels */

static double
limit_pixel (double pixel,
             double size)
{
  /* PLplot drops what lies far outside; cut at the edge a spike stays a spike. */
  return isnan (pixel) ? NAN : CLAMP (pixel, -10 * size, 11 * size);
}

static double
axis_to_px (const CamScene *self,
            double          value)
{
  const CamChartLayout *l = &self->layout;

  return limit_pixel (l->left + (value - l->x_min) / (l->x_max - l->x_min) * (l->right - l->left), self->width);
}

static double
axis_to_py (const CamScene *self,
            double          value)
{
  const CamChartLayout *l = &self->layout;

  return limit_pixel (l->bottom - (value - l->y_min) / (l->y_max - l->y_min) * (l->bottom - l->top), self->height);
}

double
cam_scene_px (const CamScene *self,
              double          value)
{
  return axis_to_px (self, cam_scene_on_axis (self->chart->x_format, value));
}

double
cam_scene_py (const CamScene *self,
              double          value)
{
  return axis_to_py (self, cam_scene_on_axis (self->chart->y_format, value));
}

/* The points that can be seen, and one more on each side. */
static void
find_visible (const CamScene  *self,
              const CamSeries *series,
              gsize           *first,
              gsize           *end)
{
  gsize i = 0, j = series->n;

  while (i < series->n && !(cam_scene_px (self, series->x[i]) >= self->layout.left))
    i++;
  while (j > i && !(cam_scene_px (self, series->x[j - 1]) <= self->layout.right))
    j--;
  *first = i > 0 ? i - 1 : 0;
  *end = MIN (j + 1, series->n);
}

/* An edge of a band. On a log axis one that lies at or below zero is out of sight, and the band reaches down to where the plot ends. */
static double
edge_py (const CamScene *self,
         double          value)
{
  return self->layout.y_log && value <= 0 ? limit_pixel (self->layout.bottom + self->height, self->height) : cam_scene_py (self, value);
}

static void
trace_points (const CamScene  *self,
              const CamSeries *series,
              const double    *values,
              gsize            first,
              CamPath         *path)
{
  for (gsize i = 0; i < path->n; i++)
    {
      path->x[i] = cam_scene_px (self, series->x[first + i]);
      path->y[i] = isnan (path->x[i]) ? NAN : cam_scene_py (self, values[first + i]);
      if (path->low != NULL)
        {
          path->low[i] = edge_py (self, series->low[first + i]);
          path->high[i] = edge_py (self, series->high[first + i]);
        }
    }
}

typedef struct
{
  guint  n, n_seen;
  double sum_x, sum_y;
  double low, high;             /* pixels, so high is the smaller */
} CamBucket;

static void
bucket_add (const CamScene  *self,
            const CamSeries *series,
            const double    *values,
            gsize            i,
            CamBucket       *bucket)
{
  double y = cam_scene_py (self, values[i]);
  gboolean has_band = series->low != NULL && values == series->y;
  double low = has_band ? edge_py (self, series->low[i]) : y;
  double high = has_band ? edge_py (self, series->high[i]) : y;

  bucket->n_seen++;
  bucket->sum_x += cam_scene_px (self, series->x[i]);
  if (isnan (y))
    return;
  bucket->n++;
  bucket->sum_y += y;
  bucket->low = fmax (bucket->low, low);
  bucket->high = fmin (bucket->high, high);
}

static void
bucket_flush (CamBucket *bucket,
              CamPath   *path)
{
  if (bucket->n_seen > 0)
    {
      path->x[path->n] = bucket->sum_x / bucket->n_seen;
      path->y[path->n] = bucket->n > 0 ? bucket->sum_y / bucket->n : NAN;
      path->low[path->n] = bucket->n > 0 ? bucket->low : NAN;
      path->high[path->n] = bucket->n > 0 ? bucket->high : NAN;
      path->n++;
    }
  *bucket = (CamBucket) { .low = -INFINITY, .high = INFINITY };
}

static void
trace_buckets (const CamScene  *self,
               const CamSeries *series,
               const double    *values,
               gsize            first,
               gsize            end,
               gsize            n_most,
               CamPath         *path)
{
  CamBucket bucket = { .low = -INFINITY, .high = INFINITY };
  double plot_width = self->layout.right - self->layout.left;
  double n_buckets = fmax (1, floor (plot_width / BUCKET));
  double current = -INFINITY;

  path->n = 0;
  for (gsize i = first; i < end; i++)
    {
      double x = cam_scene_px (self, series->x[i]);
      double place;

      if (isnan (x))
        continue;
      /* The last point belongs to the last bucket: alone in one of its own it would stick out. */
      place = floor ((x - self->layout.left) / plot_width * n_buckets * (1 - 1e-9));
      if (place != current && path->n + 1 < n_most)
        {
          bucket_flush (&bucket, path);
          current = place;
        }
      bucket_add (self, series, values, i, &bucket);
    }
  bucket_flush (&bucket, path);
}

/* A path of @values, which are those of the series or their smooth line. */
static CamPath *
trace_values (CamScene     *self,
              guint         index,
              const double *values)
{
  const CamSeries *series = cam_chart_peek_series (self->chart, index);
  CamPath *path = g_new0 (CamPath, 1);
  gsize n_most = (gsize) (self->width / BUCKET) + 8;
  gsize first, end;
  gboolean is_reduced, has_band;

  find_visible (self, series, &first, &end);
  is_reduced = end - first > MAX (n_most, (gsize) (self->layout.right - self->layout.left));
  has_band = series->low != NULL && values == series->y;

  path->series = index;
  path->n = is_reduced ? n_most : end - first;
  path->x = g_new (double, path->n + 1);
  path->y = g_new (double, path->n + 1);
  if (is_reduced || has_band)
    {
      path->low = g_new (double, path->n + 1);
      path->high = g_new (double, path->n + 1);
      path->outline_x = g_new (double, 2 * path->n + 2);
      path->outline_y = g_new (double, 2 * path->n + 2);
    }
  if (is_reduced)
    trace_buckets (self, series, values, first, end, n_most, path);
  else
    trace_points (self, series, values, first, path);

  /* Where the plot ends before the curve does, the curve ends with its last point inside. */
  path->end_x = path->end_y = NAN;
  for (gsize i = series->n; i > 0 && isnan (path->end_y); i--)
    {
      path->end_x = cam_scene_px (self, series->x[i - 1]);
      path->end_y = path->end_x <= self->layout.right + 1 ? cam_scene_py (self, values[i - 1]) : NAN;
    }
  return path;
}

/* Of a smoothed series two paths: its smooth line, and behind it what was measured. */
void
cam_scene_trace (CamScene *self)
{
  for (guint s = 0; s < self->chart->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self->chart, s);

      if (series->is_hidden || series->look != CAM_LOOK_CURVE)
        continue;
      g_ptr_array_add (self->paths, trace_values (self, s, series->smooth != NULL ? series->smooth : series->y));
      if (series->smooth != NULL)
        {
          CamPath *raw = trace_values (self, s, series->y);

          raw->is_raw = TRUE;
          g_ptr_array_add (self->paths, raw);
        }
    }
}

double
cam_chart_layout_x (const CamChartLayout *self,
                    double                pixel_x)
{
  double value = self->x_min + (pixel_x - self->left) / (self->right - self->left) * (self->x_max - self->x_min);

  return self->x_log ? pow (10, value) : value;
}

double
cam_chart_layout_y (const CamChartLayout *self,
                    double                pixel_y)
{
  double value = self->y_min + (self->bottom - pixel_y) / (self->bottom - self->top) * (self->y_max - self->y_min);

  return self->y_log ? pow (10, value) : value;
}

double
cam_chart_layout_to_px (const CamChartLayout *self,
                        double                x)
{
  double value = cam_scene_on_axis (self->x_log ? CAM_AXIS_LOG : CAM_AXIS_NUMBER, x);

  return self->left + (value - self->x_min) / (self->x_max - self->x_min) * (self->right - self->left);
}

double
cam_chart_layout_to_py (const CamChartLayout *self,
                        double                y)
{
  double value = cam_scene_on_axis (self->y_log ? CAM_AXIS_LOG : CAM_AXIS_NUMBER, y);

  return self->bottom - (value - self->y_min) / (self->y_max - self->y_min) * (self->bottom - self->top);
}
