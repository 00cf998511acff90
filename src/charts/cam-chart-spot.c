/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies under a pixel of a chart whose x alone does not say it: a dot, a row, a cell, a line through parallel axes; in words. */
#include "cam-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include <cam-number.h>

#define NEAR_DOT 8.0            /* pixels */
#define DIGITS 4

static void
append_number (GString       *text,
               double         value,
               CamAxisFormat  format)
{
  char number[CAM_NUMBER_BUF];

  g_string_append_printf (text, "%s%s", cam_number_format (number, format == CAM_AXIS_PERCENT ? 100 * value : value, DIGITS), format == CAM_AXIS_PERCENT ? "%" : "");
}

static char *
tell_cell (const CamChart       *self,
           const CamChartLayout *layout,
           double                pixel_x,
           double                pixel_y)
{
  const CamChartCells *cells = self->cells;
  double column = floor ((pixel_x - layout->left) / (layout->right - layout->left) * cells->n_columns), row = floor ((pixel_y - layout->top) / (layout->bottom - layout->top) * cells->n_rows);
  const char *text;

  if (!(column >= 0 && column < cells->n_columns && row >= 0 && row < cells->n_rows))
    return NULL;
  text = cells->texts[(guint) row * cells->n_columns + (guint) column];

  return *text != '\0' ? g_strdup_printf ("%s\n%s – %s", text, self->row_names[(guint) row], self->group_names[(guint) column]) : NULL;
}

/* The dot in a row nearest to a pixel, whatever its lane; G_MAXUINT: none. */
static guint
find_row_dot (const CamChart       *self,
              const CamChartLayout *layout,
              guint                 row,
              double                pixel_x)
{
  double nearest = NEAR_DOT;
  guint found = G_MAXUINT;

  for (guint s = 0; s < self->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self, s);
      double distance = !series->is_hidden && series->look == CAM_LOOK_ROW_DOTS ? fabs (cam_chart_layout_to_px (layout, series->y[row]) - pixel_x) : NAN;

      if (distance < nearest)
        {
          nearest = distance;
          found = s;
        }
    }

  return found;
}

static char *
tell_row (const CamChart       *self,
          const CamChartLayout *layout,
          double                pixel_x,
          double                pixel_y)
{
  double place = floor ((pixel_y - layout->top) / (layout->bottom - layout->top) * self->n_rows);
  guint row, dot;
  GString *text;

  if (!(place >= 0 && place < self->n_rows))
    return NULL;
  row = (guint) place;
  text = g_string_new (self->row_names[row]);
  dot = find_row_dot (self, layout, row, pixel_x);
  for (guint s = 0; s < self->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self, s);

      if (series->is_hidden || !isfinite (series->y[row]) || (series->look == CAM_LOOK_ROW_DOTS && s != dot))
        continue;
      g_string_append_printf (text, "\n%s ", series->look == CAM_LOOK_ROW_BOXES ? _("median") : series->name);
      append_number (text, series->y[row], self->x_format);
      if (series->low == NULL || !isfinite (series->low[row]))
        continue;
      /* translators: after a mean: from where to where its deviation reaches */
      g_string_append (text, " (");
      append_number (text, series->low[row], self->x_format);
      g_string_append (text, " – ");
      append_number (text, series->high[row], self->x_format);
      g_string_append_c (text, ')');
    }
  if (self->row_texts != NULL && *self->row_texts[row] != '\0')
    g_string_append_printf (text, "\n%s", self->row_texts[row]);

  return g_string_free (text, FALSE);
}

static char *
tell_dot (const CamChart       *self,
          const CamChartLayout *layout,
          double                pixel_x,
          double                pixel_y)
{
  double nearest = NEAR_DOT;
  const CamSeries *found = NULL;
  gsize at = 0;
  GString *text;
  const char *group;

  for (guint s = 0; s < self->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self, s);

      for (gsize i = 0; i < series->n && series->look == CAM_LOOK_DOTS && !series->is_hidden; i++)
        {
          double distance = hypot (cam_chart_layout_to_px (layout, series->x[i]) - pixel_x, cam_chart_layout_to_py (layout, series->y[i]) - pixel_y);

          if (distance < nearest)
            {
              nearest = distance;
              found = series;
              at = i;
            }
        }
    }
  if (found == NULL)
    return NULL;

  text = g_string_new (found->name);
  group = cam_chart_get_group (self, found->x[at]);
  g_string_append_printf (text, "\n%s ", self->x_title != NULL ? self->x_title : "x");
  if (group != NULL)
    g_string_append (text, group);
  else
    append_number (text, found->x[at], self->x_format);
  g_string_append_printf (text, "\n%s ", self->y_title != NULL ? self->y_title : "y");
  append_number (text, found->y[at], self->y_format);

  return g_string_free (text, FALSE);
}

gboolean
cam_chart_has_spots (const CamChart *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->parallel != NULL || self->n_rows > 0)
    return TRUE;
  for (guint s = 0; s < self->series->len; s++)
    if (cam_chart_peek_series (self, s)->look == CAM_LOOK_DOTS && self->region == NULL)
      return TRUE;

  return FALSE;
}

char *
cam_chart_dup_spot (const CamChart       *self,
                    const CamChartLayout *layout,
                    double                pixel_x,
                    double                pixel_y)
{
  int line;

  g_return_val_if_fail (self != NULL && layout != NULL, NULL);

  if (self->parallel != NULL)
    {
      line = cam_chart_find_line (self, layout, pixel_x, pixel_y);
      return line >= 0 ? cam_chart_dup_line (self, (guint) line) : NULL;
    }
  if (self->cells != NULL)
    return tell_cell (self, layout, pixel_x, pixel_y);
  if (self->n_rows > 0)
    return tell_row (self, layout, pixel_x, pixel_y);

  return cam_chart_has_spots (self) ? tell_dot (self, layout, pixel_x, pixel_y) : NULL;
}
