/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptions of what is no curve: bars, dots, rows with bars or boxes. */
#include "cam-chart-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include <cam-number.h>

#define SUMMARY_DIGITS 4
#define SUMMARY_ROWS 12

guint
cam_chart_add_bars (CamChart     *self,
                    const char   *name,
                    const double *x,
                    const double *values,
                    gsize         n,
                    double        width,
                    guint         colour)
{
  CamSeries *series;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (n == 0 || (x != NULL && values != NULL), 0);

  series = cam_chart_add_series (self, name, x, values, n, colour);
  series->look = CAM_LOOK_BARS;
  series->bar_width = width;
  return self->series->len - 1;
}

guint
cam_chart_add_dots (CamChart     *self,
                    const char   *name,
                    const double *x,
                    const double *y,
                    gsize         n,
                    guint         colour)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (n == 0 || (x != NULL && y != NULL), 0);

  cam_chart_add_series (self, name, x, y, n, colour)->look = CAM_LOOK_DOTS;
  return self->series->len - 1;
}

static char **
dup_texts (const char *const *texts,
           guint              n)
{
  char **copy = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    copy[i] = g_utf8_make_valid (texts[i] != NULL ? texts[i] : "", -1);
  return copy;
}

void
cam_chart_set_rows (CamChart          *self,
                    const char *const *names,
                    const char *const *texts,
                    guint              n)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (n > 0 && names != NULL);

  n = MIN (n, CAM_CHART_MAX_ROWS);
  g_strfreev (self->row_names);
  g_strfreev (self->row_texts);
  self->row_names = dup_texts (names, n);
  self->row_texts = texts != NULL ? dup_texts (texts, n) : NULL;
  self->n_rows = n;
  g_clear_pointer (&self->row_colours, g_free);
  g_clear_pointer (&self->row_alerts, g_free);
}

void
cam_chart_set_row_colours (CamChart    *self,
                           const guint *colours)
{
  g_return_if_fail (self != NULL && self->n_rows > 0);

  g_free (self->row_colours);
  self->row_colours = g_memdup2 (colours, self->n_rows * sizeof *colours);
  for (guint i = 0; i < self->n_rows; i++)
    self->row_colours[i] %= G_N_ELEMENTS (((CamChartTheme *) NULL)->series);
}

void
cam_chart_set_row_alerts (CamChart       *self,
                          const gboolean *alerts)
{
  g_return_if_fail (self != NULL && self->n_rows > 0);

  g_free (self->row_alerts);
  self->row_alerts = g_memdup2 (alerts, self->n_rows * sizeof *alerts);
}

guint
cam_chart_get_row_colour (const CamChart *self,
                          guint           series,
                          gsize           row)
{
  return self->row_colours != NULL && row < self->n_rows ? self->row_colours[row] : cam_chart_peek_series (self, series)->colour;
}

static CamSeries *
add_row_series (CamChart     *self,
                const char   *name,
                const double *values,
                guint         colour)
{
  double rows[CAM_CHART_MAX_ROWS];

  for (guint i = 0; i < self->n_rows; i++)
    rows[i] = i;
  return cam_chart_add_series (self, name, rows, values, self->n_rows, colour);
}

guint
cam_chart_add_row_bars (CamChart     *self,
                        const char   *name,
                        const double *values,
                        guint         colour)
{
  g_return_val_if_fail (self != NULL && self->n_rows > 0, 0);
  g_return_val_if_fail (values != NULL, 0);

  add_row_series (self, name, values, colour)->look = CAM_LOOK_ROW_BARS;
  return self->series->len - 1;
}

guint
cam_chart_add_row_dots (CamChart     *self,
                        const char   *name,
                        const double *values,
                        guint         colour)
{
  g_return_val_if_fail (self != NULL && self->n_rows > 0, 0);
  g_return_val_if_fail (values != NULL, 0);

  add_row_series (self, name, values, colour)->look = CAM_LOOK_ROW_DOTS;
  return self->series->len - 1;
}

guint
cam_chart_add_row_bands (CamChart     *self,
                         const char   *name,
                         const double *low,
                         const double *mean,
                         const double *high,
                         guint         colour)
{
  g_return_val_if_fail (self != NULL && self->n_rows > 0, 0);
  g_return_val_if_fail (low != NULL && mean != NULL && high != NULL, 0);

  add_row_series (self, name, mean, colour)->look = CAM_LOOK_ROW_BANDS;
  cam_chart_set_band (self, self->series->len - 1, low, high);
  return self->series->len - 1;
}

guint
cam_chart_add_row_boxes (CamChart          *self,
                         const char        *name,
                         const CamChartBox *boxes,
                         const guint       *colours)
{
  double medians[CAM_CHART_MAX_ROWS];
  CamSeries *series;

  g_return_val_if_fail (self != NULL && self->n_rows > 0, 0);
  g_return_val_if_fail (boxes != NULL && colours != NULL, 0);

  for (guint i = 0; i < self->n_rows; i++)
    medians[i] = boxes[i].median;
  series = add_row_series (self, name, medians, colours[0]);
  series->look = CAM_LOOK_ROW_BOXES;
  series->boxes = g_memdup2 (boxes, self->n_rows * sizeof *boxes);
  series->box_colours = g_new (guint, self->n_rows);
  for (guint i = 0; i < self->n_rows; i++)
    series->box_colours[i] = colours[i] % G_N_ELEMENTS (((CamChartTheme *) NULL)->series);
  return self->series->len - 1;
}

void
cam_chart_set_listed (CamChart *self,
                      guint     series,
                      gboolean  listed)
{
  g_return_if_fail (self != NULL && series < self->series->len);

  cam_chart_peek_series (self, series)->is_unlisted = !listed;
}

gboolean
cam_chart_get_listed (const CamChart *self,
                      guint           series)
{
  const CamSeries *s;

  g_return_val_if_fail (self != NULL && series < self->series->len, FALSE);

  s = cam_chart_peek_series (self, series);
  return !s->is_unlisted && !s->has_end_label;
}

gboolean
cam_chart_get_is_curve (const CamChart *self,
                        guint           series)
{
  g_return_val_if_fail (self != NULL && series < self->series->len, FALSE);

  return cam_chart_peek_series (self, series)->look == CAM_LOOK_CURVE;
}

guint
cam_chart_get_n_rows (const CamChart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

double
cam_chart_get_base (const CamChart *self,
                    guint           series,
                    gsize           i)
{
  const CamSeries *bars = cam_chart_peek_series (self, series);
  double base = 0;

  for (guint s = 0; s < series; s++)
    {
      const CamSeries *below = cam_chart_peek_series (self, s);

      if (!below->is_hidden && below->look == bars->look && below->n == bars->n && isfinite (below->y[i]))
        base += below->y[i];
    }
  return base;
}

double
cam_chart_get_top (const CamChart *self,
                   guint           series,
                   gsize           i)
{
  const CamSeries *s;

  g_return_val_if_fail (self != NULL && series < self->series->len, NAN);
  g_return_val_if_fail (i < cam_chart_peek_series (self, series)->n, NAN);

  s = cam_chart_peek_series (self, series);
  return s->look == CAM_LOOK_BARS ? cam_chart_get_base (self, series, i) + s->y[i] : s->y[i];
}

/* "setosa: setosa 50; versicolor: …", "malignant: median 17.3, half of the values from 15.1 to 19.6". */
void
cam_chart_append_rows (GString        *text,
                       const CamChart *self)
{
  for (guint row = 0; row < MIN (self->n_rows, SUMMARY_ROWS); row++)
    {
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", self->row_names[row]);
      for (guint s = 0; s < self->series->len; s++)
        {
          const CamSeries *series = cam_chart_peek_series (self, s);
          char value[CAM_NUMBER_BUF], from[CAM_NUMBER_BUF], to[CAM_NUMBER_BUF];

          if (series->is_hidden || row >= series->n || !isfinite (series->y[row]))
            continue;
          cam_number_format (value, self->x_format == CAM_AXIS_PERCENT ? series->y[row] * 100 : series->y[row], SUMMARY_DIGITS);
          if (series->look != CAM_LOOK_ROW_BOXES)
            {
              g_string_append_printf (text, ": %s %s%s", series->name, value, self->x_format == CAM_AXIS_PERCENT ? "%" : "");
              continue;
            }
          cam_number_format (from, series->boxes[row].q25, SUMMARY_DIGITS);
          cam_number_format (to, series->boxes[row].q75, SUMMARY_DIGITS);
          /* translators: a box plot in words: the median, and the quartiles */
          g_string_append_printf (text, _(": median %s, half of the values from %s to %s"), value, from, to);
        }
    }
}
