/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a chart as a table. Series may stand on other x: the rows are all x there are, merged in order; O(rows × series). */
#include "cam-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef enum { VALUE, SMOOTH, LOW, HIGH, BOX_LOW, BOX_Q25, BOX_MEDIAN, BOX_Q75, BOX_HIGH, BOX_MEAN, N_PARTS } Part;

static gboolean
has_part (const CamSeries *series,
          Part             part)
{
  if (series->is_hidden || (part >= BOX_LOW) != (series->boxes != NULL))
    return FALSE;
  return part == SMOOTH ? series->smooth != NULL : part == LOW || part == HIGH ? series->low != NULL : TRUE;
}

static double
get_part (const CamSeries *series,
          Part             part,
          gsize            i)
{
  switch (part)
    {
    case SMOOTH:
      return series->smooth[i];
    case LOW:
      return series->low[i];
    case HIGH:
      return series->high[i];
    case BOX_LOW:
      return series->boxes[i].low;
    case BOX_Q25:
      return series->boxes[i].q25;
    case BOX_MEDIAN:
      return series->boxes[i].median;
    case BOX_Q75:
      return series->boxes[i].q75;
    case BOX_HIGH:
      return series->boxes[i].high;
    case BOX_MEAN:
      return series->boxes[i].mean;
    default:
      return series->y[i];
    }
}

static char *
name_part (const CamSeries *series,
           Part             part)
{
  /* translators: after the name of a curve or box, at the head of a column of numbers */
  static const char *const words[N_PARTS] = { NULL, N_("smoothed"), N_("low"), N_("high"), N_("low"), "q25", N_("median"), "q75", N_("high"), N_("mean") };

  return words[part] == NULL ? g_strdup (series->name) : g_strdup_printf ("%s %s", series->name, part == BOX_Q25 || part == BOX_Q75 ? words[part] : _(words[part]));
}

/* The smallest x not yet taken; NaN: none left. An x that is not a number has no row. */
static double
find_next_x (const CamChart *chart,
             gsize          *next)
{
  double x = NAN;

  for (guint s = 0; s < chart->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (chart, s);

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
append (GPtrArray *columns,
        guint      column,
        double     value)
{
  g_array_append_val ((GArray *) columns->pdata[column], value);
}

static void
take_row (const CamChart *chart,
          double          x,
          gsize          *next,
          GPtrArray      *columns)
{
  guint column = 0;

  append (columns, column++, x);
  for (guint s = 0; s < chart->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (chart, s);
      gboolean is_here = !series->is_hidden && next[s] < series->n && series->x[next[s]] <= x;

      for (Part part = VALUE; part < N_PARTS; part++)
        if (has_part (series, part))
          append (columns, column++, is_here ? get_part (series, part, next[s]) : NAN);
      next[s] += is_here;
    }
}

static void
take_named_row (const CamChart *chart,
                guint           row,
                GPtrArray      *columns)
{
  guint column = 0;

  append (columns, column++, NAN);
  for (guint s = 0; s < chart->series->len; s++)
    for (Part part = VALUE; part < N_PARTS; part++)
      if (has_part (cam_chart_peek_series (chart, s), part))
        append (columns, column++, get_part (cam_chart_peek_series (chart, s), part, row));
}

/* Of cells a column for each of theirs. */
static CamChartTable *
table_of_cells (const CamChart *chart)
{
  const CamChartCells *cells = chart->cells;
  CamChartTable *self = g_new0 (CamChartTable, 1);

  self->n_columns = cells->n_columns + 1;
  self->n_rows = cells->n_rows;
  self->row_names = g_strdupv (chart->row_names);
  self->names = g_new0 (char *, self->n_columns + 1);
  self->columns = g_new0 (double *, self->n_columns);
  for (guint column = 0; column < self->n_columns; column++)
    {
      self->names[column] = g_strdup (column == 0 ? chart->y_title != NULL ? chart->y_title : "row" : chart->group_names[column - 1]);
      self->columns[column] = g_new (double, self->n_rows);
      for (gsize row = 0; row < self->n_rows; row++)
        self->columns[column][row] = column == 0 ? NAN : cells->values[row * cells->n_columns + column - 1];
    }

  return self;
}

/* Of parallel axes a row for each line, a column for each axis; categories by their numbers, which the head of the column explains. */
static CamChartTable *
table_of_lines (const CamChart *chart)
{
  const CamChartParallel *parallel = chart->parallel;
  CamChartTable *self = g_new0 (CamChartTable, 1);

  self->n_columns = parallel->n_axes + 1;
  self->n_rows = parallel->n_lines;
  self->row_names = g_strdupv (parallel->names);
  self->names = g_new0 (char *, self->n_columns + 1);
  self->columns = g_new0 (double *, self->n_columns);
  for (guint column = 0; column < self->n_columns; column++)
    {
      const CamParallelAxis *axis = column > 0 ? &parallel->axes[column - 1] : NULL;
      g_autoptr(GString) name = g_string_new (axis != NULL ? axis->name : chart->y_title != NULL ? chart->y_title : "line");

      for (guint i = 0; axis != NULL && i < axis->n_categories; i++)
        g_string_append_printf (name, "%s%u = %s", i == 0 ? " (" : ", ", i, axis->categories[i]);
      if (axis != NULL && axis->n_categories > 0)
        g_string_append_c (name, ')');
      self->names[column] = g_strdup (name->str);
      self->columns[column] = g_new (double, self->n_rows + 1);
      for (gsize row = 0; row < self->n_rows; row++)
        self->columns[column][row] = axis == NULL ? NAN : parallel->values[row * parallel->n_axes + column - 1];
    }

  return self;
}

/* Groups are told by name, not by number. */
static void
name_groups (const CamChart *chart,
             CamChartTable  *self)
{
  self->row_names = g_new0 (char *, self->n_rows + 1);
  for (gsize row = 0; row < self->n_rows; row++)
    {
      const char *name = cam_chart_get_group (chart, self->columns[0][row]);

      self->row_names[row] = g_strdup (name != NULL ? name : "");
      self->columns[0][row] = NAN;
    }
}

static GPtrArray *
name_columns (const CamChart *chart)
{
  GPtrArray *names = g_ptr_array_new ();
  const char *first = chart->n_rows > 0 ? chart->y_title : chart->x_title;

  g_ptr_array_add (names, g_strdup (first != NULL && *first != '\0' ? first : chart->n_rows > 0 ? "row" : "x"));
  for (guint s = 0; s < chart->series->len; s++)
    for (Part part = VALUE; part < N_PARTS; part++)
      if (has_part (cam_chart_peek_series (chart, s), part))
        g_ptr_array_add (names, name_part (cam_chart_peek_series (chart, s), part));
  return names;
}

CamChartTable *
cam_chart_table_new (const CamChart *chart)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();
  g_autofree gsize *next = NULL;
  GPtrArray *names;
  CamChartTable *self;

  g_return_val_if_fail (chart != NULL, NULL);

  if (chart->cells != NULL)
    return table_of_cells (chart);
  if (chart->parallel != NULL)
    return table_of_lines (chart);
  if (chart->matrix != NULL)
    return cam_chart_matrix_table_new (chart);
  next = g_new0 (gsize, chart->series->len + 1);
  names = name_columns (chart);
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (columns, g_array_new (FALSE, FALSE, sizeof (double)));
  for (guint row = 0; row < chart->n_rows; row++)
    take_named_row (chart, row, columns);
  for (double x = find_next_x (chart, next); chart->n_rows == 0 && !isnan (x); x = find_next_x (chart, next))
    take_row (chart, x, next, columns);

  self = g_new0 (CamChartTable, 1);
  self->n_columns = names->len;
  self->n_rows = ((GArray *) columns->pdata[0])->len;
  self->row_names = chart->n_rows > 0 ? g_strdupv (chart->row_names) : NULL;
  g_ptr_array_add (names, NULL);
  self->names = (char **) g_ptr_array_free (names, FALSE);
  self->columns = g_new0 (double *, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    self->columns[i] = (double *) (gpointer) g_array_free (columns->pdata[i], FALSE);
  if (chart->n_groups > 0)
    name_groups (chart, self);
  return self;
}

void
cam_chart_table_free (CamChartTable *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_columns; i++)
    g_free (self->columns[i]);
  g_free (self->columns);
  g_strfreev (self->names);
  g_strfreev (self->row_names);
  g_free (self);
}
