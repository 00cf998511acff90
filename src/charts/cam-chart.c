/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The description of a chart: built by setters, then only read. It draws nothing; see cam-chart-draw.c. */
#include "cam-chart-private.h"

#include <math.h>

G_DEFINE_BOXED_TYPE (CamChart, cam_chart, cam_chart_ref, cam_chart_unref)

static void
series_free (gpointer data)
{
  CamSeries *series = data;

  g_free (series->name);
  g_free (series->note);
  g_free (series->x);
  g_free (series->y);
  g_free (series->low);
  g_free (series->high);
  g_free (series->boxes);
  g_free (series->box_colours);
  g_free (series->smooth);
  g_free (series);
}

/* Takes any bytes; what comes out can go to Pango. NULL stays NULL. */
static void
set_text (char       **field,
          const char  *text)
{
  char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  g_free (*field);
  *field = valid;
}

static double *
dup_values (const double *values,
            gsize         n)
{
  return n > 0 ? g_memdup2 (values, n * sizeof (double)) : g_new0 (double, 1);
}

CamChart *
cam_chart_new (void)
{
  CamChart *self = g_new0 (CamChart, 1);

  g_ref_count_init (&self->ref_count);
  self->series = g_ptr_array_new_with_free_func (series_free);
  self->x_min = self->x_max = self->y_min = self->y_max = NAN;
  return self;
}

CamChart *
cam_chart_ref (CamChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_ref_count_inc (&self->ref_count);
  return self;
}

void
cam_chart_unref (CamChart *self)
{
  g_return_if_fail (self != NULL);

  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->x_title);
  g_free (self->y_title);
  g_free (self->marker_label);
  g_free (self->span_label);
  g_free (self->empty_text);
  g_strfreev (self->row_names);
  g_strfreev (self->row_texts);
  g_strfreev (self->group_names);
  cam_chart_cells_free (self->cells);
  cam_chart_parallel_free (self->parallel);
  g_free (self->row_colours);
  g_free (self->row_alerts);
  g_ptr_array_unref (self->series);
  cam_chart_region_free (self->region);
  cam_chart_matrix_free (self->matrix);
  g_free (self);
}

static gpointer
series_copy (gconstpointer source,
             gpointer      data)
{
  const CamSeries *other = source;
  CamSeries *series = g_memdup2 (other, sizeof *other);

  series->name = g_strdup (other->name);
  series->note = g_strdup (other->note);
  series->x = dup_values (other->x, other->n);
  series->y = dup_values (other->y, other->n);
  series->low = other->low != NULL ? dup_values (other->low, other->n) : NULL;
  series->high = other->high != NULL ? dup_values (other->high, other->n) : NULL;
  series->boxes = g_memdup2 (other->boxes, other->n * sizeof *other->boxes);
  series->box_colours = g_memdup2 (other->box_colours, other->n * sizeof *other->box_colours);
  series->smooth = other->smooth != NULL ? dup_values (other->smooth, other->n) : NULL;
  return series;
}

CamChart *
cam_chart_copy (const CamChart *self)
{
  CamChart *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  g_ref_count_init (&copy->ref_count);
  copy->title = g_strdup (self->title);
  copy->subtitle = g_strdup (self->subtitle);
  copy->x_title = g_strdup (self->x_title);
  copy->y_title = g_strdup (self->y_title);
  copy->marker_label = g_strdup (self->marker_label);
  copy->span_label = g_strdup (self->span_label);
  copy->empty_text = g_strdup (self->empty_text);
  copy->region = cam_chart_region_copy (self->region);
  copy->matrix = cam_chart_matrix_copy (self->matrix);
  copy->row_names = g_strdupv (self->row_names);
  copy->row_texts = g_strdupv (self->row_texts);
  copy->group_names = g_strdupv (self->group_names);
  copy->cells = cam_chart_cells_copy (self->cells);
  copy->parallel = cam_chart_parallel_copy (self->parallel);
  copy->row_colours = g_memdup2 (self->row_colours, self->row_colours != NULL ? self->n_rows * sizeof *self->row_colours : 0);
  copy->row_alerts = g_memdup2 (self->row_alerts, self->row_alerts != NULL ? self->n_rows * sizeof *self->row_alerts : 0);
  copy->series = g_ptr_array_copy (self->series, series_copy, NULL);
  g_ptr_array_set_free_func (copy->series, series_free);
  return copy;
}

void
cam_chart_set_title (CamChart   *self,
                     const char *title,
                     const char *subtitle)
{
  g_return_if_fail (self != NULL);

  set_text (&self->title, title);
  set_text (&self->subtitle, subtitle);
}

void
cam_chart_get_x_range (const CamChart *self,
                       double         *min,
                       double         *max)
{
  g_return_if_fail (self != NULL && min != NULL && max != NULL);

  *min = self->x_min;
  *max = self->x_max;
}

const char *
cam_chart_get_title (const CamChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

void
cam_chart_set_axes (CamChart      *self,
                    const char    *x_title,
                    const char    *y_title,
                    CamAxisFormat  x_format,
                    CamAxisFormat  y_format)
{
  g_return_if_fail (self != NULL);

  set_text (&self->x_title, x_title);
  set_text (&self->y_title, y_title);
  self->x_format = x_format;
  self->y_format = y_format;
}

void
cam_chart_set_x_format (CamChart      *self,
                        CamAxisFormat  format)
{
  g_return_if_fail (self != NULL);

  self->x_format = format;
}

CamAxisFormat
cam_chart_get_x_format (const CamChart *self)
{
  g_return_val_if_fail (self != NULL, CAM_AXIS_NUMBER);

  return self->x_format;
}

void
cam_chart_set_y_format (CamChart      *self,
                        CamAxisFormat  format)
{
  g_return_if_fail (self != NULL);

  self->y_format = format;
}

CamAxisFormat
cam_chart_get_y_format (const CamChart *self)
{
  g_return_val_if_fail (self != NULL, CAM_AXIS_NUMBER);

  return self->y_format;
}

const char *
cam_chart_get_x_title (const CamChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->x_title;
}

void
cam_chart_set_x_range (CamChart *self,
                       double    min,
                       double    max)
{
  g_return_if_fail (self != NULL);

  self->x_min = min;
  self->x_max = max;
}

void
cam_chart_set_y_range (CamChart *self,
                       double    min,
                       double    max)
{
  g_return_if_fail (self != NULL);

  self->y_min = min;
  self->y_max = max;
}

CamSeries *
cam_chart_add_series (CamChart     *self,
                      const char   *name,
                      const double *x,
                      const double *y,
                      gsize         n,
                      guint         colour)
{
  CamSeries *series = g_new0 (CamSeries, 1);

  set_text (&series->name, name != NULL ? name : "");
  series->x = dup_values (x, n);
  series->y = dup_values (y, n);
  series->n = n;
  series->dot = G_MAXSIZE;
  series->colour = colour % G_N_ELEMENTS (((CamChartTheme *) NULL)->series);
  g_ptr_array_add (self->series, series);
  return series;
}

guint
cam_chart_add_curve (CamChart       *self,
                     const char     *name,
                     const double   *x,
                     const double   *y,
                     gsize           n,
                     guint           colour,
                     CamLinePattern  pattern)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (n == 0 || (x != NULL && y != NULL), 0);

  cam_chart_add_series (self, name, x, y, n, colour)->pattern = pattern;
  return self->series->len - 1;
}

void
cam_chart_set_band (CamChart     *self,
                    guint         series,
                    const double *low,
                    const double *high)
{
  CamSeries *s;

  g_return_if_fail (self != NULL && series < self->series->len);
  g_return_if_fail (low != NULL && high != NULL);

  s = cam_chart_peek_series (self, series);
  g_free (s->low);
  g_free (s->high);
  s->low = dup_values (low, s->n);
  s->high = dup_values (high, s->n);
}

void
cam_chart_set_end_label (CamChart *self,
                         guint     series,
                         gboolean  shown)
{
  g_return_if_fail (self != NULL && series < self->series->len);

  cam_chart_peek_series (self, series)->has_end_label = shown;
}

void
cam_chart_set_note (CamChart   *self,
                    guint       series,
                    const char *note)
{
  g_return_if_fail (self != NULL && series < self->series->len);

  set_text (&cam_chart_peek_series (self, series)->note, note);
}

void
cam_chart_set_faded (CamChart *self,
                     guint     series,
                     gboolean  faded)
{
  g_return_if_fail (self != NULL && series < self->series->len);

  cam_chart_peek_series (self, series)->is_faded = faded;
}

gboolean
cam_chart_get_faded (const CamChart *self,
                     guint           series)
{
  g_return_val_if_fail (self != NULL && series < self->series->len, FALSE);

  return cam_chart_peek_series (self, series)->is_faded;
}

void
cam_chart_set_dot (CamChart *self,
                   guint     series,
                   gsize     point)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (series < self->series->len && point < cam_chart_peek_series (self, series)->n);

  cam_chart_peek_series (self, series)->dot = point;
}

gsize
cam_chart_get_dot (const CamChart *self,
                   guint           series)
{
  g_return_val_if_fail (self != NULL, G_MAXSIZE);
  g_return_val_if_fail (series < self->series->len, G_MAXSIZE);

  return cam_chart_peek_series (self, series)->dot;
}

void
cam_chart_set_end_dot (CamChart *self,
                       guint     series,
                       gboolean  shown)
{
  g_return_if_fail (self != NULL && series < self->series->len);

  cam_chart_peek_series (self, series)->has_end_dot = shown;
}

void
cam_chart_set_visible (CamChart *self,
                       guint     series,
                       gboolean  visible)
{
  g_return_if_fail (self != NULL && series < self->series->len);

  cam_chart_peek_series (self, series)->is_hidden = !visible;
}

gboolean
cam_chart_get_end_label (const CamChart *self,
                         guint           series)
{
  g_return_val_if_fail (self != NULL && series < self->series->len, FALSE);

  return cam_chart_peek_series (self, series)->has_end_label;
}

gboolean
cam_chart_get_visible (const CamChart *self,
                       guint           series)
{
  g_return_val_if_fail (self != NULL && series < self->series->len, FALSE);

  return !cam_chart_peek_series (self, series)->is_hidden;
}

void
cam_chart_set_marker (CamChart   *self,
                      double      x,
                      double      y,
                      const char *label)
{
  g_return_if_fail (self != NULL);

  self->has_marker = isfinite (x);
  self->marker_x = x;
  self->marker_y = y;
  set_text (&self->marker_label, label);
}

void
cam_chart_set_span (CamChart   *self,
                    double      from,
                    double      done,
                    double      to,
                    const char *label)
{
  g_return_if_fail (self != NULL);

  self->has_span = isfinite (from) && isfinite (to) && from < to;
  self->span_from = from;
  self->span_done = isfinite (done) ? CLAMP (done, from, to) : from;
  self->span_to = to;
  set_text (&self->span_label, label);
}

void
cam_chart_set_empty_text (CamChart   *self,
                          const char *text)
{
  g_return_if_fail (self != NULL);

  set_text (&self->empty_text, text);
}

guint
cam_chart_get_n_series (const CamChart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->series->len;
}

const char *
cam_chart_get_name (const CamChart *self,
                    guint           series)
{
  g_return_val_if_fail (self != NULL && series < self->series->len, NULL);

  return cam_chart_peek_series (self, series)->name;
}

const char *
cam_chart_get_note (const CamChart *self,
                    guint           series)
{
  g_return_val_if_fail (self != NULL && series < self->series->len, NULL);

  return cam_chart_peek_series (self, series)->note;
}

guint
cam_chart_get_colour (const CamChart *self,
                      guint           series)
{
  g_return_val_if_fail (self != NULL && series < self->series->len, 0);

  return cam_chart_peek_series (self, series)->colour;
}

CamLinePattern
cam_chart_get_pattern (const CamChart *self,
                       guint           series)
{
  g_return_val_if_fail (self != NULL && series < self->series->len, CAM_LINE_SOLID);

  return cam_chart_peek_series (self, series)->pattern;
}

gsize
cam_chart_get_points (const CamChart  *self,
                      guint            series,
                      const double   **x,
                      const double   **y)
{
  const CamSeries *s;

  g_return_val_if_fail (self != NULL && series < self->series->len, 0);

  s = cam_chart_peek_series (self, series);
  if (x != NULL)
    *x = s->x;
  if (y != NULL)
    *y = s->y;
  return s->n;
}

gboolean
cam_chart_find (const CamChart *self,
                guint           series,
                double          x,
                gsize          *index)
{
  const CamSeries *s;
  gsize low = 0, high;

  g_return_val_if_fail (self != NULL && series < self->series->len, FALSE);

  s = cam_chart_peek_series (self, series);
  if (s->n == 0 || isnan (x) || (s->look != CAM_LOOK_CURVE && s->look != CAM_LOOK_BARS && s->look != CAM_LOOK_GROUP_BARS))
    return FALSE;

  /* The first point at or right of x, then the nearer of it and its left neighbour. */
  high = s->n - 1;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (s->x[middle] < x)
        low = middle + 1;
      else
        high = middle;
    }
  if (low > 0 && x - s->x[low - 1] <= s->x[low] - x)
    low--;
  if (index != NULL)
    *index = low;
  return TRUE;
}
