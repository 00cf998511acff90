/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptions of what has names under its x axis: bars side by side, and cells. */
#include "cam-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include <cam-number.h>

#define SUMMARY_DIGITS 3
#define SUMMARY_ROWS 12

void
cam_chart_set_groups (CamChart          *self,
                      const char *const *names,
                      guint              n)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (n > 0 && names != NULL);

  g_strfreev (self->group_names);
  self->n_groups = MIN (n, CAM_CHART_MAX_GROUPS);
  self->group_names = g_new0 (char *, self->n_groups + 1);
  /* They stand a step from each other, whatever x was to measure. */
  self->x_format = CAM_AXIS_NUMBER;
  for (guint i = 0; i < self->n_groups; i++)
    self->group_names[i] = g_utf8_make_valid (names[i] != NULL ? names[i] : "", -1);
}

guint
cam_chart_add_group_bars (CamChart     *self,
                          const char   *name,
                          const double *values,
                          guint         colour)
{
  double groups[CAM_CHART_MAX_GROUPS];

  g_return_val_if_fail (self != NULL && self->n_groups > 0, 0);
  g_return_val_if_fail (values != NULL, 0);

  for (guint i = 0; i < self->n_groups; i++)
    groups[i] = i;
  cam_chart_add_series (self, name, groups, values, self->n_groups, colour)->look = CAM_LOOK_GROUP_BARS;
  return self->series->len - 1;
}

guint
cam_chart_get_n_groups (const CamChart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_groups;
}

const char *
cam_chart_get_group (const CamChart *self,
                     double          x)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_groups == 0 || !(x > -0.5 && x < self->n_groups - 0.5))
    return NULL;

  return self->group_names[(guint) floor (x + 0.5)];
}

void
cam_chart_set_cells (CamChart          *self,
                      const char *const *rows,
                      guint              n_rows,
                      const char *const *columns,
                      guint              n_columns,
                      const double      *values,
                      const char *const *texts,
                      double             low,
                      double             middle,
                      double             high)
{
  CamChartCells *cells;

  g_return_if_fail (self != NULL && values != NULL && texts != NULL);
  g_return_if_fail (low < middle && middle < high);

  cam_chart_set_rows (self, rows, NULL, n_rows);
  cam_chart_set_groups (self, columns, n_columns);
  cells = g_new0 (CamChartCells, 1);
  cells->n_rows = self->n_rows;
  cells->n_columns = self->n_groups;
  cells->low = low;
  cells->middle = middle;
  cells->high = high;
  cells->values = g_new (double, (gsize) cells->n_rows * cells->n_columns);
  cells->texts = g_new0 (char *, (gsize) cells->n_rows * cells->n_columns + 1);
  for (guint row = 0; row < cells->n_rows; row++)
    for (guint column = 0; column < cells->n_columns; column++)
      {
        const char *text = texts[row * n_columns + column];

        cells->values[row * cells->n_columns + column] = values[row * n_columns + column];
        cells->texts[row * cells->n_columns + column] = g_utf8_make_valid (text != NULL ? text : "", -1);
      }
  cam_chart_cells_free (self->cells);
  self->cells = cells;
}

CamChartCells *
cam_chart_cells_copy (const CamChartCells *self)
{
  CamChartCells *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->values = g_memdup2 (self->values, (gsize) self->n_rows * self->n_columns * sizeof *self->values);
  copy->texts = g_strdupv (self->texts);
  return copy;
}

void
cam_chart_cells_free (CamChartCells *self)
{
  if (self == NULL)
    return;
  g_free (self->values);
  g_strfreev (self->texts);
  g_free (self);
}

/* "ReLU: dense 7.19%, dense_1 3.12%". */
void
cam_chart_append_groups (GString        *text,
                         const CamChart *self)
{
  gboolean is_share = self->y_format == CAM_AXIS_PERCENT;

  for (guint row = 0; self->cells != NULL && row < MIN (self->cells->n_rows, SUMMARY_ROWS); row++)
    {
      g_string_append_printf (text, "%s%s:", text->len > 0 ? "; " : "", self->row_names[row]);
      for (guint column = 0; column < self->cells->n_columns; column++)
        if (*self->cells->texts[row * self->cells->n_columns + column] != '\0')
          g_string_append_printf (text, " %s %s,", self->group_names[column], self->cells->texts[row * self->cells->n_columns + column]);
      g_string_truncate (text, text->len - 1);
    }
  for (guint s = 0; s < self->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self, s);

      if (series->is_hidden)
        continue;
      if (series->look == CAM_LOOK_DOTS)
        {
          g_string_append_printf (text, ngettext ("%s%s: %u point", "%s%s: %u points", (guint) series->n), text->len > 0 ? "; " : "", series->name, (guint) series->n);
          continue;
        }
      g_string_append_printf (text, "%s%s:", text->len > 0 ? "; " : "", series->name);
      for (gsize i = 0; i < series->n; i++)
        {
          const char *group = cam_chart_get_group (self, series->x[i]);
          char value[CAM_NUMBER_BUF];

          if (group == NULL || !isfinite (series->y[i]))
            continue;
          g_string_append_printf (text, " %s %s%s,", group, cam_number_format (value, is_share ? 100 * series->y[i] : series->y[i], SUMMARY_DIGITS), is_share ? "%" : "");
        }
      g_string_truncate (text, text->len - 1);
    }
}
