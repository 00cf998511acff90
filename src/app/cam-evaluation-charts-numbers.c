/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of numbers: residuals, forecasts, reconstruction errors and codes. */
#include "cam-evaluation-charts-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-words.h"

#define MOST_DOTS 3000
#define MARGIN 0.04             /* of the range of dots */
#define MOST_COLOURS 10         /* of classes */

typedef struct { double x, y; gsize sample; } Dot;

static int
compare_dots (gconstpointer a,
              gconstpointer b)
{
  const Dot *first = a, *second = b;

  return (first->x > second->x) - (first->x < second->x);
}

/* Every so-manieth row, so that no more dots are drawn than can be told apart. */
static GArray *
list_dots (const CamEvaluation *self,
           guint                output,
           gboolean             is_residual)
{
  GArray *dots = g_array_new (FALSE, FALSE, sizeof (Dot));
  gsize every = (self->n_rows + MOST_DOTS - 1) / MOST_DOTS;

  for (gsize i = 0; i < self->n_rows; i += MAX (every, 1))
    {
      double said = self->said[i * self->n_outputs + output], truth = self->truth[i * self->n_outputs + output];
      Dot dot = { is_residual ? said : truth, is_residual ? said - truth : said, i };

      if (isfinite (said) && isfinite (truth))
        g_array_append_val (dots, dot);
    }
  g_array_sort (dots, compare_dots);
  return dots;
}

static void
add_dots (CamChart   *chart,
          const char *name,
          GArray     *dots,
          GArray    **samples)
{
  g_autofree double *x = g_new (double, dots->len + 1), *y = g_new (double, dots->len + 1);

  *samples = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (guint i = 0; i < dots->len; i++)
    {
      const Dot *dot = &g_array_index (dots, Dot, i);

      x[i] = dot->x;
      y[i] = dot->y;
      g_array_append_val (*samples, dot->sample);
    }
  cam_chart_add_dots (chart, name, x, y, dots->len, 0);
}

/* Room around dots, so that none is cut in half. */
static void
widen (CamChart     *chart,
       const double *x,
       gsize         n)
{
  double low = INFINITY, high = -INFINITY;

  for (gsize i = 0; i < n; i++)
    {
      low = MIN (low, x[i]);
      high = MAX (high, x[i]);
    }
  if (low < high)
    cam_chart_set_x_range (chart, low - (high - low) * MARGIN, high + (high - low) * MARGIN);
}

CamChart *
cam_evaluation_chart_actual (const CamEvaluation  *self,
                             guint                 output,
                             GArray              **samples)
{
  CamChart *chart = cam_chart_new ();
  g_autoptr(GArray) dots = list_dots (self, output, FALSE);
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < dots->len; i++)
    {
      const Dot *dot = &g_array_index (dots, Dot, i);

      low = MIN (low, MIN (dot->x, dot->y));
      high = MAX (high, MAX (dot->x, dot->y));
    }
  cam_chart_set_axes (chart, _("Actual"), _("Predicted"), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  add_dots (chart, _("rows"), dots, samples);
  if (low < high)
    {
      double margin = (high - low) * MARGIN;

      cam_evaluation_add_line (chart, _("all right"), _("Where predicted and actual are the same."), low - margin, low - margin, high + margin, high + margin);
      cam_chart_set_x_range (chart, low - margin, high + margin);
      cam_chart_set_y_range (chart, low - margin, high + margin);
    }
  return chart;
}

CamChart *
cam_evaluation_chart_residuals (const CamEvaluation  *self,
                                guint                 output,
                                GArray              **samples)
{
  CamChart *chart = cam_chart_new ();
  g_autoptr(GArray) dots = list_dots (self, output, TRUE);
  const double *x;
  gsize n;

  cam_chart_set_axes (chart, _("Predicted"), _("Predicted − actual"), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  add_dots (chart, _("rows"), dots, samples);
  n = cam_chart_get_points (chart, 0, &x, NULL);
  widen (chart, x, n);
  return chart;
}

CamChart *
cam_evaluation_chart_quantiles (const CamEvaluation *self,
                                guint                output)
{
  CamChart *chart = cam_chart_new ();
  g_autofree float *said = NULL, *truth = NULL;
  g_autoptr(GArray) pairs = NULL;
  g_autofree double *x = NULL, *y = NULL;
  double sum = 0.0, squares = 0.0, mean, deviation;
  gsize n = 0;

  cam_evaluation_copy_output (self, output, &said, &truth);
  pairs = cam_misses_list_quantiles (truth, said, self->n_rows, CAM_EVALUATION_MOST_POINTS);
  x = g_new (double, pairs->len + 1);
  y = g_new (double, pairs->len + 1);
  for (guint i = 0; i < pairs->len; i++)
    {
      x[i] = g_array_index (pairs, CamQuantilePair, i).normal;
      y[i] = g_array_index (pairs, CamQuantilePair, i).residual;
    }
  for (gsize i = 0; i < self->n_rows; i++)
    if (isfinite (said[i]) && isfinite (truth[i]))
      {
        double miss = (double) said[i] - truth[i];

        sum += miss;
        squares += miss * miss;
        n++;
      }
  mean = sum / (double) MAX (n, 1);
  deviation = sqrt (MAX (squares / (double) MAX (n, 1) - mean * mean, 0.0));
  cam_chart_set_axes (chart, _("Quantile of a normal distribution"), _("Predicted − actual"), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_add_dots (chart, _("residuals"), x, y, pairs->len, 0);
  widen (chart, x, pairs->len);
  if (pairs->len > 1)
    cam_evaluation_add_line (chart, _("normal"), _("Where residuals of a normal distribution would lie."), x[0], mean + deviation * x[0], x[pairs->len - 1], mean + deviation * x[pairs->len - 1]);
  return chart;
}

/* 1, 2 or 5 times a power of ten: some 20 to 40 bars. */
static double
find_bin_width (double spread)
{
  double power = pow (10.0, floor (log10 (spread / 20.0))), part = spread / 20.0 / power;

  return power * (part < 2.0 ? 1.0 : part < 5.0 ? 2.0 : 5.0);
}

CamChart *
cam_evaluation_chart_misses (const CamEvaluation *self,
                             guint                output,
                             double              *low,
                             double              *width)
{
  CamChart *chart = cam_chart_new ();
  double least = INFINITY, most = -INFINITY;
  g_autofree double *x = NULL, *rows = NULL;
  guint n;

  for (gsize i = 0; i < self->n_rows; i++)
    {
      double miss = self->errors != NULL ? self->errors[i] : (double) self->said[i * self->n_outputs + output] - self->truth[i * self->n_outputs + output];

      if (isfinite (miss))
        {
          least = MIN (least, miss);
          most = MAX (most, miss);
        }
    }
  cam_chart_set_axes (chart, self->errors != NULL ? _("Reconstruction error") : _("Predicted − actual"), _("Rows"), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  if (!(least <= most))
    {
      *low = *width = 0.0;
      return chart;
    }
  *width = most > least ? find_bin_width (most - least) : MAX (fabs (most), 1.0) / 10.0;
  *low = floor (least / *width) * *width;
  n = (guint) MIN (floor ((most - *low) / *width) + 1.0, 1000.0);
  x = g_new (double, n);
  rows = g_new0 (double, n);
  for (guint b = 0; b < n; b++)
    x[b] = *low + (b + 0.5) * *width;
  for (gsize i = 0; i < self->n_rows; i++)
    {
      double miss = self->errors != NULL ? self->errors[i] : (double) self->said[i * self->n_outputs + output] - self->truth[i * self->n_outputs + output];

      if (isfinite (miss))
        rows[MIN ((guint) ((miss - *low) / *width), n - 1)]++;
    }
  cam_chart_add_bars (chart, _("rows"), x, rows, n, *width, 0);
  return chart;
}

CamChart *
cam_evaluation_chart_horizon (const CamEvaluation *self,
                              guint                target)
{
  CamChart *chart = cam_chart_new ();
  guint n_targets = self->n_outputs / self->n_steps, series;
  g_autofree double *x = g_new (double, self->n_steps), *own = g_new (double, self->n_steps), *usual = g_new (double, self->n_steps);
  g_autofree float *last = g_new (float, self->n_rows);

  for (guint step = 0; step < self->n_steps; step++)
    {
      g_autofree float *said = NULL, *truth = NULL;
      guint output = step * n_targets + target;
      CamMisses misses;

      cam_evaluation_copy_output (self, output, &said, &truth);
      for (gsize i = 0; i < self->n_rows; i++)
        last[i] = self->usual[i * self->n_outputs + output];
      x[step] = step + 1;
      cam_misses_init (&misses, truth, said, self->n_rows);
      own[step] = misses.mean_absolute;
      cam_misses_init (&misses, truth, last, self->n_rows);
      usual[step] = misses.mean_absolute;
    }
  cam_chart_set_axes (chart, _("Rows ahead"), _("Mean absolute error"), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  series = cam_chart_add_curve (chart, _("forecast"), x, own, self->n_steps, 1, CAM_LINE_SOLID);
  cam_chart_set_note (chart, series, _("How far off the network is on the average."));
  series = cam_chart_add_curve (chart, _("last value"), x, usual, self->n_steps, CAM_EVALUATION_CHANCE, CAM_LINE_DASHED);
  cam_chart_set_note (chart, series, _("How far off it would be to say the last value again."));
  if (self->seasonal != NULL)
    {
      /* translators: a forecast that says what was so many rows before */
      g_autofree char *name = g_strdup_printf (_("%zu rows before"), self->period);

      for (guint step = 0; step < self->n_steps; step++)
        {
          g_autofree float *said = NULL, *truth = NULL;
          guint output = step * n_targets + target;
          CamMisses misses;

          cam_evaluation_copy_output (self, output, &said, &truth);
          for (gsize i = 0; i < self->n_rows; i++)
            last[i] = self->seasonal[i * self->n_outputs + output];
          cam_misses_init (&misses, truth, last, self->n_rows);
          usual[step] = misses.mean_absolute;
        }
      series = cam_chart_add_curve (chart, name, x, usual, self->n_steps, 2, CAM_LINE_DOTTED);
      cam_chart_set_note (chart, series, _("How far off it would be to say again what was one period before."));
    }
  return chart;
}

typedef struct { gsize row; double truth, said; } Told;

static int
compare_told (gconstpointer a,
              gconstpointer b)
{
  const Told *first = a, *second = b;

  return (first->row > second->row) - (first->row < second->row);
}

CamChart *
cam_evaluation_chart_series (const CamEvaluation *self,
                             guint                output,
                             const CamDataset    *dataset)
{
  CamChart *chart;
  g_autofree Told *told = NULL;
  g_autofree double *x = NULL, *truth = NULL, *said = NULL;
  guint n_targets, step, series;
  gsize n, first;

  if (self->told == NULL || cam_preparation_get_group (cam_dataset_get_preparation (dataset)) != NULL)
    return NULL;
  n_targets = self->n_outputs / self->n_steps;
  step = output / n_targets;
  told = g_new (Told, self->n_rows);
  for (gsize i = 0; i < self->n_rows; i++)
    told[i] = (Told) { self->told[i * self->n_steps + step], self->truth[i * self->n_outputs + output], self->said[i * self->n_outputs + output] };
  qsort (told, self->n_rows, sizeof *told, compare_told);
  first = self->n_rows > MOST_DOTS ? self->n_rows - MOST_DOTS : 0;
  x = g_new (double, self->n_rows);
  truth = g_new (double, self->n_rows);
  said = g_new (double, self->n_rows);
  n = 0;
  for (gsize i = first; i < self->n_rows; i++)
    if (n == 0 || (double) told[i].row + 1.0 > x[n - 1])
      {
        x[n] = (double) told[i].row + 1.0;
        truth[n] = told[i].truth;
        said[n++] = told[i].said;
      }
  chart = cam_chart_new ();
  /* The first lies on top; dashes let the other be seen where both are alike. */
  series = cam_chart_add_curve (chart, _("forecast"), x, said, n, 1, CAM_LINE_DASHED);
  cam_chart_set_note (chart, series, _("What the network says of each row from the rows before it."));
  series = cam_chart_add_curve (chart, _("series"), x, truth, n, CAM_EVALUATION_CHANCE, CAM_LINE_SOLID);
  cam_chart_set_note (chart, series, _("What was measured."));
  cam_chart_set_axes (chart, _("Row"), NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  return chart;
}

/* Few values: what a colour each can be given to. -1: it has none or too many. */
static int
list_values (const CamTable *table,
             guint           column,
             const gsize    *rows,
             gsize           n,
             double         *values)
{
  int n_values = 0;

  for (gsize i = 0; i < n; i++)
    {
      double value = cam_table_get_number (table, column, rows[i]);
      int at = 0;

      while (at < n_values && values[at] != value)
        at++;
      if (at < n_values || !isfinite (value))
        continue;
      if (n_values == MOST_COLOURS || value != floor (value))
        return -1;
      /* In order. */
      for (at = n_values++; at > 0 && values[at - 1] > value; at--)
        values[at] = values[at - 1];
      values[at] = value;
    }
  return n_values > 1 ? n_values : -1;
}

static gboolean
is_feature (const CamPreparation *preparation,
            const char           *name)
{
  for (guint i = 0; i < cam_preparation_get_n_features (preparation); i++)
    if (g_strcmp0 (cam_preparation_get_feature_name (preparation, i), name) == 0)
      return TRUE;
  return FALSE;
}

CamChart *
cam_evaluation_chart_code (const CamEvaluation *self,
                           const CamCode       *code,
                           const CamDataset    *dataset,
                           char               **text)
{
  CamChart *chart = cam_chart_new ();
  CamTable *table = cam_dataset_get_table (dataset);
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  g_autofree gsize *rows = g_new (gsize, code->n);
  g_autofree double *x = g_new (double, code->n + 1), *y = g_new (double, code->n + 1);
  double values[MOST_COLOURS];
  int n_values = -1, column = -1;

  for (gsize i = 0; i < code->n; i++)
    rows[i] = self->rows[code->samples[i]];
  for (guint c = 0; c < cam_table_get_n_columns (table) && n_values < 0; c++)
    if (!is_feature (preparation, cam_table_get_name (table, c)) && cam_table_get_kind (table, c) != CAM_COLUMN_TEXT)
      {
        n_values = list_values (table, c, rows, code->n, values);
        column = (int) c;
      }
  for (int k = 0; k < MAX (n_values, 1); k++)
    {
      gsize n = 0;
      g_autofree char *name = NULL;

      for (gsize i = 0; i < code->n; i++)
        if (n_values < 0 || cam_table_get_number (table, (guint) column, rows[i]) == values[k])
          {
            if (n == 0 && n_values > 0)
              name = cam_table_dup_text (table, (guint) column, rows[i]);
            x[n] = code->x[i];
            y[n++] = code->y[i];
          }
      cam_chart_add_dots (chart, name != NULL ? name : _("rows"), x, y, n, (guint) k);
    }
  widen (chart, code->x, code->n);
  cam_chart_set_axes (chart, code->width > 2 ? _("First component") : code->layer, code->width > 2 ? _("Second component") : NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  if (code->width > 2)
    {
      g_autofree char *share = cam_words_share (code->told);

      /* translators: how many numbers a layer gives; its name; share */
      *text = g_strdup_printf (_("%u numbers of “%s” in two directions, which hold %s of what varies"), code->width, code->layer, share);
    }
  else
    /* translators: name of a layer */
    *text = g_strdup_printf (_("What “%s” gives"), code->layer);
  return chart;
}
