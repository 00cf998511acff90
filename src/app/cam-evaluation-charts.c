/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the charts of an evaluation are made of. */
#include "cam-evaluation-charts.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include <cam-statistics.h>

#include "cam-words.h"

#define MOST_POINTS 400         /* of a curve */
#define MOST_DOTS 3000
#define N_RELIABILITY 10
#define LEAST_IN_BIN 5          /* rows: of fewer no share can be told */
#define MARGIN 0.04             /* of the range of dots */
#define CHANCE 8                /* of the theme's series: slate */
#define LEAST_STEP 1e-9         /* along x, where a curve goes straight up */

/* Words ------------------------------------------------------------------------------------------------------------- */

static const struct { const char *name, *hint, *brief; } words[] = {
  [CAM_SCORE_ACCURACY] = { N_("Accuracy"), N_("The share of rows with the right answer"), NULL },
  [CAM_SCORE_PRECISION] = { N_("Precision"), N_("Of the rows said to be of the class, how many are"), NULL },
  [CAM_SCORE_RECALL] = { N_("Recall"), N_("Of the rows of the class, how many are found"), NULL },
  [CAM_SCORE_SPECIFICITY] = { N_("Specificity"), N_("Of the rows of the other class, how many are left alone"), NULL },
  [CAM_SCORE_F1] = { "F1", N_("The harmonic mean of precision and recall"), NULL },
  [CAM_SCORE_BALANCED_ACCURACY] = { N_("Balanced accuracy"), N_("The mean recall of the classes, whatever their sizes"), N_("Balanced") },
  [CAM_SCORE_MATTHEWS] = { N_("Matthews correlation"), N_("Between truth and answer: 1 all right, 0 as by chance, −1 all wrong"), N_("Matthews") },
  [CAM_SCORE_AUC] = { N_("ROC AUC"), N_("How often a row of the class has a higher score than another: the area under the ROC curve"), NULL },
  [CAM_SCORE_AVERAGE_PRECISION] = { N_("Average precision"), N_("The area under the curve of precision over recall"), N_("PR area") },
  [CAM_SCORE_BRIER] = { N_("Brier score"), N_("The mean squared distance of probability and truth: 0 is best"), NULL },
  [CAM_SCORE_MACRO_F1] = { N_("Macro F1"), N_("The mean F1 of the classes, whatever their sizes"), NULL },
  [CAM_SCORE_WEIGHTED_F1] = { N_("Weighted F1"), N_("The mean F1 of the classes by their rows"), NULL },
  [CAM_SCORE_TOP_K] = { N_("Top-3 accuracy"), N_("How often the right class is among the three likeliest"), N_("Top 3") },
  [CAM_SCORE_MICRO_F1] = { N_("Micro F1"), N_("F1 of all labels of all rows together"), NULL },
  [CAM_SCORE_EXACT_MATCH] = { N_("Exact match"), N_("The share of rows with all labels right"), NULL },
  [CAM_SCORE_MAE] = { N_("Mean absolute error"), N_("How far off an answer is on the average, in units of the target"), "MAE" },
  [CAM_SCORE_RMSE] = { N_("Root mean squared error"), N_("As the mean error, but large errors count more"), "RMSE" },
  [CAM_SCORE_R2] = { "R²", N_("The share of the target’s variance that is told: 1 is best, 0 is the mean"), NULL },
  [CAM_SCORE_MAPE] = { N_("Mean percentage error"), N_("How far off an answer is as a share of the true value"), "MAPE" },
  [CAM_SCORE_BIAS] = { N_("Bias"), N_("The mean of predicted minus actual: above 0 the model says too much"), NULL },
  [CAM_SCORE_ERROR] = { N_("Reconstruction error"), N_("The mean squared difference between what goes in and what comes back, as prepared"), N_("Error") },
};

const char *
cam_evaluation_score_name (CamScoreKind kind)
{
  return _(words[kind].name);
}

const char *
cam_evaluation_score_hint (CamScoreKind kind)
{
  return _(words[kind].hint);
}

const char *
cam_evaluation_score_brief (CamScoreKind kind)
{
  return _(words[kind].brief != NULL ? words[kind].brief : words[kind].name);
}

/* A minus as wide as a digit. */
static char *
take_minus (char *text)
{
  char *better;

  if (*text != '-')
    return text;
  better = g_strconcat ("−", text + 1, NULL);
  g_free (text);
  return better;
}

char *
cam_evaluation_score_text (CamScoreKind kind,
                           double       value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return g_strdup ("–");
  if (kind == CAM_SCORE_MAPE)
    return value < 10.0 ? g_strdup_printf ("%.1f %%", value * 100.0) : g_strdup ("> 999 %");
  if (kind == CAM_SCORE_MAE || kind == CAM_SCORE_RMSE || kind == CAM_SCORE_BIAS || kind == CAM_SCORE_ERROR)
    return take_minus (cam_words_number (value));
  return take_minus (g_strdup (g_ascii_formatd (text, sizeof text, "%.3f", value)));
}

/* Curves ------------------------------------------------------------------------------------------------------------ */

/* @x rises, or stays where the curve goes straight up or down. */
static void
part_points (double *x,
             gsize   n)
{
  for (gsize i = 1; i < n; i++)
    x[i] = MAX (x[i], x[i - 1] + LEAST_STEP);
}

static CamChart *
chart_curve (GArray     *points,
             const char *name,
             const char *note,
             const char *x_title,
             const char *y_title,
             const char *empty)
{
  CamChart *chart = cam_chart_new ();
  g_autofree double *x = g_new (double, points->len + 1), *y = g_new (double, points->len + 1), *floor = g_new0 (double, points->len + 1);
  guint series;

  for (guint i = 0; i < points->len; i++)
    {
      x[i] = g_array_index (points, CamCutoffPoint, i).x;
      y[i] = g_array_index (points, CamCutoffPoint, i).y;
    }
  part_points (x, points->len);
  cam_chart_set_axes (chart, x_title, y_title, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_set_x_range (chart, 0, 1);
  cam_chart_set_y_range (chart, 0, 1);
  if (points->len == 0)
    {
      cam_chart_set_empty_text (chart, empty);
      return chart;
    }
  series = cam_chart_add_curve (chart, name, x, y, points->len, 0, CAM_LINE_SOLID);
  cam_chart_set_band (chart, series, floor, y);
  cam_chart_set_note (chart, series, note);
  return chart;
}

static void
add_line (CamChart   *chart,
          const char *name,
          const char *note,
          double      x0,
          double      y0,
          double      x1,
          double      y1)
{
  guint series = cam_chart_add_curve (chart, name, (double[2]) { x0, x1 }, (double[2]) { y0, y1 }, 2, CHANCE, CAM_LINE_DASHED);

  cam_chart_set_note (chart, series, note);
}

CamChart *
cam_evaluation_chart_roc (const CamCutoffs *cutoffs)
{
  g_autoptr(GArray) points = cam_cutoffs_list_roc (cutoffs, MOST_POINTS);
  /* translators: a curve and the area under it */
  g_autofree char *name = g_strdup_printf (_("area %.3f"), cam_cutoffs_get_auc (cutoffs));
  CamChart *chart = chart_curve (points, name, _("Of the rows of the class, how many are found, over how many of the others are taken for it, from the highest threshold to the lowest."),
                                 _("False positive rate"), _("True positive rate"), _("One of the two classes has no rows here"));

  if (points->len > 0)
    add_line (chart, _("chance"), _("What guessing would give."), 0, 0, 1, 1);
  return chart;
}

CamChart *
cam_evaluation_chart_precision (const CamCutoffs *cutoffs)
{
  g_autoptr(GArray) points = cam_cutoffs_list_precision (cutoffs, MOST_POINTS);
  double share = (double) cutoffs->n_positive / (double) MAX (cutoffs->n_positive + cutoffs->n_negative, 1);
  g_autofree char *name = g_strdup_printf (_("area %.3f"), cam_cutoffs_get_average_precision (cutoffs));
  CamChart *chart = chart_curve (points, name, _("Of the rows said to be of the class, how many are, over how many of it are found."), _("Recall"), _("Precision"),
                                 _("The class has no rows here"));

  if (points->len > 0)
    add_line (chart, _("chance"), _("What guessing would give."), 0, share, 1, share);
  return chart;
}

CamChart *
cam_evaluation_chart_at (CamChart         *chart,
                         const CamCutoffs *cutoffs,
                         double            threshold,
                         gboolean          is_roc)
{
  CamChart *at;
  CamCounts counts;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *label = NULL;
  double x, y;

  if (cutoffs->n_positive == 0 || (is_roc && cutoffs->n_negative == 0))
    return cam_chart_ref (chart);
  cam_cutoffs_count (cutoffs, threshold, &counts);
  x = is_roc ? 1.0 - cam_counts_get_specificity (&counts) : cam_counts_get_recall (&counts);
  y = is_roc ? cam_counts_get_recall (&counts) : cam_counts_get_precision (&counts);
  at = cam_chart_copy (chart);
  /* translators: a number between 0 and 1 */
  label = g_strdup_printf (_("threshold %s"), g_ascii_formatd (number, sizeof number, "%.2f", threshold));
  if (!is_roc && counts.true_positive + counts.false_positive == 0.0)
    y = NAN;
  cam_chart_set_marker (at, x, y, label);
  return at;
}

CamChart *
cam_evaluation_chart_reliability (const CamEvaluation *self,
                                  guint                label)
{
  CamChart *chart = cam_chart_new ();
  g_autofree float *said = NULL, *truth = NULL;
  g_autofree guint8 *yes = g_new (guint8, self->n_rows);
  CamReliabilityBin bins[N_RELIABILITY];
  double x[N_RELIABILITY], y[N_RELIABILITY], low[N_RELIABILITY], high[N_RELIABILITY], share_x[N_RELIABILITY], share[N_RELIABILITY];
  gsize n = 0;
  guint series;

  cam_evaluation_copy_output (self, label, &said, &truth);
  for (gsize i = 0; i < self->n_rows; i++)
    yes[i] = truth[i] > 0.5f;
  cam_reliability (said, yes, self->n_rows, bins, N_RELIABILITY);
  for (guint b = 0; b < N_RELIABILITY; b++)
    {
      /* Wilson's interval: it does not shrink to nothing where all rows of a bin are alike. */
      double rows = (double) bins[b].n, z2 = 1.96 * 1.96, middle, half;

      share_x[b] = (bins[b].low + bins[b].high) / 2.0;
      share[b] = rows / (double) self->n_rows;
      if (bins[b].n < LEAST_IN_BIN)
        continue;
      middle = (bins[b].share + z2 / (2.0 * rows)) / (1.0 + z2 / rows);
      half = 1.96 * sqrt (bins[b].share * (1.0 - bins[b].share) / rows + z2 / (4.0 * rows * rows)) / (1.0 + z2 / rows);
      x[n] = bins[b].said;
      y[n] = bins[b].share;
      low[n] = MAX (middle - half, 0.0);
      high[n++] = MIN (middle + half, 1.0);
    }
  cam_chart_set_axes (chart, _("Predicted probability"), _("Share of the class"), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_set_x_range (chart, 0, 1);
  cam_chart_set_y_range (chart, 0, 1);
  series = cam_chart_add_bars (chart, _("share of rows"), share_x, share, N_RELIABILITY, 1.0 / N_RELIABILITY, CHANCE);
  cam_chart_set_note (chart, series, _("How many of the rows got such a probability."));
  cam_chart_set_faded (chart, series, TRUE);
  part_points (x, n);
  series = cam_chart_add_curve (chart, _("of the class"), x, y, n, 0, CAM_LINE_SOLID);
  cam_chart_set_band (chart, series, low, high);
  cam_chart_set_note (chart, series, _("How many of the rows with such a probability really are of the class, and between which shares that lies for certain at 95 %."));
  cam_chart_add_dots (chart, _("bins"), x, y, n, 0);
  cam_chart_set_listed (chart, series + 1, FALSE);
  add_line (chart, _("as said"), _("Where probabilities mean what they say."), 0, 0, 1, 1);
  return chart;
}

CamChart *
cam_evaluation_chart_scores (const CamEvaluation *self,
                             guint                label,
                             const char *const   *names)
{
  CamChart *chart = cam_chart_new ();
  double x[CAM_EVALUATION_SCORE_BINS], rows[2][CAM_EVALUATION_SCORE_BINS] = { { 0.0 } };

  for (guint b = 0; b < CAM_EVALUATION_SCORE_BINS; b++)
    x[b] = (b + 0.5) / CAM_EVALUATION_SCORE_BINS;
  for (gsize i = 0; i < self->n_rows; i++)
    {
      double score = self->said[i * self->n_outputs + label];

      if (isfinite (score))
        rows[self->truth[i * self->n_outputs + label] > 0.5f][(guint) CLAMP (ceil (score * CAM_EVALUATION_SCORE_BINS) - 1.0, 0.0, CAM_EVALUATION_SCORE_BINS - 1.0)]++;
    }
  cam_chart_set_axes (chart, _("Predicted probability"), _("Rows"), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_set_x_range (chart, 0, 1);
  for (guint k = 0; k < 2; k++)
    cam_chart_add_bars (chart, names[k], x, rows[k], CAM_EVALUATION_SCORE_BINS, 1.0 / CAM_EVALUATION_SCORE_BINS, k);
  return chart;
}

CamChart *
cam_evaluation_chart_matrix (const CamConfusion *confusion,
                             const char *const  *names,
                             const guint        *order,
                             CamConfusionShare   share)
{
  CamChart *chart = cam_chart_new ();
  guint n = confusion->n_classes;
  g_autofree double *numbers = g_new (double, (gsize) n * n);
  g_autofree float *shares = g_new (float, (gsize) n * n);
  g_autofree const char **ordered = g_new (const char *, n + 1);
  double most = 0.0;

  for (guint row = 0; row < n; row++)
    {
      guint truth = order != NULL ? order[row] : row;

      ordered[row] = names[truth];
      for (guint column = 0; column < n; column++)
        {
          guint said = order != NULL ? order[column] : column;
          gsize i = (gsize) row * n + column;

          numbers[i] = (double) confusion->counts[(gsize) truth * n + said];
          shares[i] = (float) cam_confusion_get (confusion, truth, said, share);
          most = MAX (most, numbers[i]);
        }
    }
  /* Counts by themselves are coloured against the largest. */
  for (gsize i = 0; share == CAM_CONFUSION_COUNTS && i < (gsize) n * n; i++)
    shares[i] = most > 0.0 ? (float) (numbers[i] / most) : 0.0f;
  ordered[n] = NULL;
  cam_chart_set_matrix (chart, ordered, numbers, shares, n, _("Actual"), _("Predicted"),
                        share == CAM_CONFUSION_BY_TRUTH ? _("of row") : share == CAM_CONFUSION_BY_ANSWER ? _("of column") : share == CAM_CONFUSION_BY_ALL ? _("of all") : NULL);
  return chart;
}

/* Numbers ----------------------------------------------------------------------------------------------------------- */

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

      add_line (chart, _("all right"), _("Where predicted and actual are the same."), low - margin, low - margin, high + margin, high + margin);
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
  pairs = cam_misses_list_quantiles (truth, said, self->n_rows, MOST_POINTS);
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
    add_line (chart, _("normal"), _("Where residuals of a normal distribution would lie."), x[0], mean + deviation * x[0], x[pairs->len - 1], mean + deviation * x[pairs->len - 1]);
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
  series = cam_chart_add_curve (chart, _("last value"), x, usual, self->n_steps, CHANCE, CAM_LINE_DASHED);
  cam_chart_set_note (chart, series, _("How far off it would be to say the last value again."));
  return chart;
}
