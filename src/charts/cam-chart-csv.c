/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a chart as CSV. Series may stand on other x: the rows are all x there are, merged in order; O(rows × series). */
#include "cam-chart-draw.h"

#include <math.h>
#include <string.h>

#include <cam-number.h>

#include "cam-chart-private.h"

/* RFC 4180: quoted where it must be, quotes doubled. */
static void
append_cell (GString    *csv,
             const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append_c (csv, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}

static void
append_number (GString *csv,
               double   value)
{
  char buf[CAM_NUMBER_BUF];

  if (!isnan (value))
    g_string_append (csv, cam_number_shortest (buf, value, FALSE));
}

static void
append_head (GString        *csv,
             const CamChart *self)
{
  append_cell (csv, self->x_title != NULL && *self->x_title != '\0' ? self->x_title : "x");
  for (guint s = 0; s < self->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self, s);

      if (series->is_hidden)
        continue;
      g_string_append_c (csv, ',');
      append_cell (csv, series->name);
      if (series->low != NULL)
        {
          g_autofree char *low = g_strconcat (series->name, " low", NULL);
          g_autofree char *high = g_strconcat (series->name, " high", NULL);

          g_string_append_c (csv, ',');
          append_cell (csv, low);
          g_string_append_c (csv, ',');
          append_cell (csv, high);
        }
    }
  g_string_append (csv, "\r\n");
}

/* The smallest x not yet written; NaN: none left. An x that is not a number has no row. */
static double
find_next_x (const CamChart *self,
             gsize          *next)
{
  double x = NAN;

  for (guint s = 0; s < self->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self, s);

      if (series->is_hidden)
        continue;
      while (next[s] < series->n && isnan (series->x[next[s]]))
        next[s]++;
      if (next[s] < series->n)
        x = fmin (x, series->x[next[s]]);
    }
  return x;
}

static void
append_row (GString        *csv,
            const CamChart *self,
            double          x,
            gsize          *next)
{
  append_number (csv, x);
  for (guint s = 0; s < self->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self, s);
      gboolean is_here;

      if (series->is_hidden)
        continue;
      is_here = next[s] < series->n && series->x[next[s]] <= x;
      g_string_append_c (csv, ',');
      if (is_here)
        append_number (csv, series->y[next[s]]);
      if (series->low != NULL)
        {
          g_string_append_c (csv, ',');
          if (is_here)
            append_number (csv, series->low[next[s]]);
          g_string_append_c (csv, ',');
          if (is_here)
            append_number (csv, series->high[next[s]]);
        }
      next[s] += is_here;
    }
  g_string_append (csv, "\r\n");
}

/* Rows have names instead of x; a box is six numbers. */
static void
append_row_table (GString        *csv,
                  const CamChart *self)
{
  static const char *const parts[] = { "low", "q25", "median", "q75", "high", "mean" };

  append_cell (csv, self->y_title != NULL && *self->y_title != '\0' ? self->y_title : "row");
  for (guint s = 0; s < self->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self, s);

      for (guint part = 0; part < (series->boxes != NULL ? G_N_ELEMENTS (parts) : 1) && !series->is_hidden; part++)
        {
          g_autofree char *name = series->boxes != NULL ? g_strdup_printf ("%s %s", series->name, parts[part]) : g_strdup (series->name);

          g_string_append_c (csv, ',');
          append_cell (csv, name);
        }
    }
  g_string_append (csv, "\r\n");

  for (guint row = 0; row < self->n_rows; row++)
    {
      append_cell (csv, self->row_names[row]);
      for (guint s = 0; s < self->series->len; s++)
        {
          const CamSeries *series = cam_chart_peek_series (self, s);
          const CamChartBox *box = series->boxes != NULL ? &series->boxes[row] : NULL;
          const double values[] = { box != NULL ? box->low : series->y[row], box != NULL ? box->q25 : NAN, box != NULL ? box->median : NAN,
                                    box != NULL ? box->q75 : NAN, box != NULL ? box->high : NAN, box != NULL ? box->mean : NAN };

          for (guint part = 0; part < (box != NULL ? G_N_ELEMENTS (parts) : 1) && !series->is_hidden; part++)
            {
              g_string_append_c (csv, ',');
              append_number (csv, values[part]);
            }
        }
      g_string_append (csv, "\r\n");
    }
}

GString *
cam_chart_to_csv (const CamChart *self)
{
  g_autofree gsize *next = g_new0 (gsize, self->series->len + 1);
  GString *csv = g_string_new (NULL);

  if (self->n_rows > 0)
    {
      append_row_table (csv, self);
      return csv;
    }
  append_head (csv, self);
  for (double x = find_next_x (self, next); !isnan (x); x = find_next_x (self, next))
    append_row (csv, self, x, next);
  return csv;
}
