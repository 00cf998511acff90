/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of classes: curves over thresholds, reliability, the matrix. */
#include "cam-evaluation-charts-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_RELIABILITY 10
#define LEAST_IN_BIN 5          /* rows: of fewer no share can be told */
#define LEAST_STEP 1e-9         /* along x, where a curve goes straight up */

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

void
cam_evaluation_add_line (CamChart   *chart,
                         const char *name,
                         const char *note,
                         double      x0,
                         double      y0,
                         double      x1,
                         double      y1)
{
  guint series = cam_chart_add_curve (chart, name, (double[2]) { x0, x1 }, (double[2]) { y0, y1 }, 2, CAM_EVALUATION_CHANCE, CAM_LINE_DASHED);

  cam_chart_set_note (chart, series, note);
}

CamChart *
cam_evaluation_chart_roc (const CamCutoffs *cutoffs)
{
  g_autoptr(GArray) points = cam_cutoffs_list_roc (cutoffs, CAM_EVALUATION_MOST_POINTS);
  /* translators: a curve and the area under it */
  g_autofree char *name = g_strdup_printf (_("area %.3f"), cam_cutoffs_get_auc (cutoffs));
  CamChart *chart = chart_curve (points, name, _("Of the rows of the class, how many are found, over how many of the others are taken for it, from the highest threshold to the lowest."),
                                 _("False positive rate"), _("True positive rate"), _("One of the two classes has no rows here"));

  if (points->len > 0)
    cam_evaluation_add_line (chart, _("chance"), _("What guessing would give."), 0, 0, 1, 1);
  return chart;
}

CamChart *
cam_evaluation_chart_precision (const CamCutoffs *cutoffs)
{
  g_autoptr(GArray) points = cam_cutoffs_list_precision (cutoffs, CAM_EVALUATION_MOST_POINTS);
  double share = (double) cutoffs->n_positive / (double) MAX (cutoffs->n_positive + cutoffs->n_negative, 1);
  g_autofree char *name = g_strdup_printf (_("area %.3f"), cam_cutoffs_get_average_precision (cutoffs));
  CamChart *chart = chart_curve (points, name, _("Of the rows said to be of the class, how many are, over how many of it are found."), _("Recall"), _("Precision"),
                                 _("The class has no rows here"));

  if (points->len > 0)
    cam_evaluation_add_line (chart, _("chance"), _("What guessing would give."), 0, share, 1, share);
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
  series = cam_chart_add_bars (chart, _("share of rows"), share_x, share, N_RELIABILITY, 1.0 / N_RELIABILITY, CAM_EVALUATION_CHANCE);
  cam_chart_set_note (chart, series, _("How many of the rows got such a probability."));
  cam_chart_set_faded (chart, series, TRUE);
  part_points (x, n);
  series = cam_chart_add_curve (chart, _("of the class"), x, y, n, 0, CAM_LINE_SOLID);
  cam_chart_set_band (chart, series, low, high);
  cam_chart_set_note (chart, series, _("How many of the rows with such a probability really are of the class, and between which shares that lies for certain at 95 %."));
  cam_chart_add_dots (chart, _("bins"), x, y, n, 0);
  cam_chart_set_listed (chart, series + 1, FALSE);
  cam_evaluation_add_line (chart, _("as said"), _("Where probabilities mean what they say."), 0, 0, 1, 1);
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
