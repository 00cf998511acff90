/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What answers are worth: each score beside that of doing without a network, and the interval in which it can be trusted.
 *
 * Rows are drawn again in the coarsest units that give the same: the cells of a matrix where only counts matter; cells of (bin of the score, class) for areas under curves; bundles of rows that were
 * put together at random for sums. So an interval of a million rows takes as long as one of a thousand. */
#include "cam-evaluation-draws.h"

#include <math.h>
#include <string.h>

#define N_LIVE_DRAWS 400         /* where a slider waits for it */
#define N_BINS 200               /* of scores, for areas */
#define MOST_DRAWN 2000000       /* cells times draws … */
#define LEAST_DRAWS 100
#define MOST_CELLS 20000         /* … and where even the least would be too many */

/* Two classes by a threshold ---------------------------------------------------------------------------------------- */

static const CamScoreKind counted[] = {
  CAM_SCORE_ACCURACY, CAM_SCORE_PRECISION, CAM_SCORE_RECALL, CAM_SCORE_SPECIFICITY, CAM_SCORE_F1, CAM_SCORE_BALANCED_ACCURACY, CAM_SCORE_MATTHEWS,
};

static void
measure_counts (const CamCounts *counts,
                double          *values)
{
  values[0] = cam_counts_get_accuracy (counts);
  values[1] = cam_counts_get_precision (counts);
  values[2] = cam_counts_get_recall (counts);
  values[3] = cam_counts_get_specificity (counts);
  values[4] = cam_counts_get_f1 (counts);
  values[5] = cam_counts_get_balanced_accuracy (counts);
  values[6] = cam_counts_get_matthews (counts);
}

static void
measure_four (const double  *weights,
              gsize          n,
              gconstpointer  data,
              double        *values)
{
  CamCounts counts = { weights[0], weights[1], weights[2], weights[3] };

  measure_counts (&counts, values);
}

GArray *
cam_evaluation_list_counted (const CamEvaluation *self,
                             guint                label,
                             double               threshold,
                             CamCounts           *counts)
{
  GArray *scores = g_array_new (FALSE, FALSE, sizeof (CamScore));
  CamInterval intervals[G_N_ELEMENTS (counted)];
  double values[G_N_ELEMENTS (counted)], usual[G_N_ELEMENTS (counted)];
  const CamCutoffs *cutoffs;
  CamCounts majority = { 0 };
  double cells[4];

  g_return_val_if_fail (self != NULL && self->cutoffs != NULL && label < self->n_outputs && counts != NULL, scores);

  cutoffs = self->cutoffs[label];
  cam_cutoffs_count (cutoffs, threshold, counts);
  cells[0] = counts->true_positive;
  cells[1] = counts->false_positive;
  cells[2] = counts->true_negative;
  cells[3] = counts->false_negative;
  if (self->train_shares[label] > 0.5)
    majority = (CamCounts) { (double) cutoffs->n_positive, (double) cutoffs->n_negative, 0.0, 0.0 };
  else
    majority = (CamCounts) { 0.0, 0.0, (double) cutoffs->n_negative, (double) cutoffs->n_positive };
  measure_counts (counts, values);
  measure_counts (&majority, usual);
  cam_draws_run (cells, 4, N_LIVE_DRAWS, measure_four, NULL, G_N_ELEMENTS (counted), intervals);
  for (guint k = 0; k < G_N_ELEMENTS (counted); k++)
    cam_draws_append (scores, counted[k], values[k], usual[k], intervals[k]);

  return scores;
}

/* Areas ------------------------------------------------------------------------------------------------------------- */

/* Weights of [bin, class]: bins by falling score, negatives first. Within a bin rows count as equal where they are (@data: %TRUE), else as spread evenly. */
static void
measure_areas (const double  *weights,
               gsize          n,
               gconstpointer  data,
               double        *values)
{
  double n_positive = 0.0, n_negative = 0.0, true_positive = 0.0, false_positive = 0.0, area = 0.0, precision = 0.0, part = *(const gboolean *) data ? 1.0 : 0.5;

  for (gsize b = 0; b < n; b += 2)
    {
      n_negative += weights[b];
      n_positive += weights[b + 1];
    }
  for (gsize b = 0; b < n; b += 2)
    {
      area += weights[b] * (true_positive + weights[b + 1] / 2.0);
      if (weights[b + 1] > 0.0)
        precision += weights[b + 1] * (true_positive + part * weights[b + 1]) / (true_positive + false_positive + part * (weights[b] + weights[b + 1]));
      true_positive += weights[b + 1];
      false_positive += weights[b];
    }
  values[0] = n_positive > 0.0 && n_negative > 0.0 ? area / (n_positive * n_negative) : NAN;
  values[1] = n_positive > 0.0 ? precision / n_positive : NAN;
}

/* [N_BINS, 2] at most; as many rows in each bin as there can be without parting equal scores. */
static double *
fill_bins (const CamCutoffs *cutoffs,
           gsize            *n)
{
  double *cells = g_new0 (double, 2 * (N_BINS + 1));
  gsize n_rows = cutoffs->n_positive + cutoffs->n_negative, bin = 0, before = 0;

  for (gsize i = 0; i < cutoffs->n_thresholds; i++)
    {
      gsize through = cutoffs->positives[i] + cutoffs->negatives[i];

      cells[2 * bin] += (double) (cutoffs->negatives[i] - (i > 0 ? cutoffs->negatives[i - 1] : 0));
      cells[2 * bin + 1] += (double) (cutoffs->positives[i] - (i > 0 ? cutoffs->positives[i - 1] : 0));
      if (cutoffs->n_thresholds <= N_BINS || (through - before) * N_BINS >= n_rows)
        {
          before = through;
          bin++;
        }
    }
  *n = 2 * MIN (bin + 1, N_BINS + 1);

  return cells;
}

GArray *
cam_evaluation_list_ranked (const CamEvaluation *self,
                            guint                label)
{
  GArray *scores = g_array_new (FALSE, FALSE, sizeof (CamScore));
  const CamCutoffs *cutoffs;
  g_autofree double *cells = NULL;
  g_autofree float *squares = NULL;
  CamInterval intervals[2], brier_interval;
  double share, usual = 0.0, brier, n;
  gboolean is_exact;
  gsize n_cells;

  g_return_val_if_fail (self != NULL && self->cutoffs != NULL && label < self->n_outputs, scores);

  cutoffs = self->cutoffs[label];
  n = (double) (cutoffs->n_positive + cutoffs->n_negative);
  share = n > 0.0 ? (double) cutoffs->n_positive / n : NAN;
  cells = fill_bins (cutoffs, &n_cells);
  is_exact = cutoffs->n_thresholds <= N_BINS;
  cam_draws_run (cells, n_cells, N_LIVE_DRAWS, measure_areas, &is_exact, 2, intervals);
  cam_draws_append (scores, CAM_SCORE_AUC, cam_cutoffs_get_auc (cutoffs), 0.5, intervals[0]);
  cam_draws_append (scores, CAM_SCORE_AVERAGE_PRECISION, cam_cutoffs_get_average_precision (cutoffs), share, intervals[1]);

  squares = g_new (float, self->n_rows);
  for (gsize i = 0; i < self->n_rows; i++)
    {
      double miss = (double) self->said[i * self->n_outputs + label] - self->truth[i * self->n_outputs + label];

      squares[i] = (float) (miss * miss);
    }
  brier = cam_draws_find_mean (squares, self->n_rows, &brier_interval);
  usual = share * (1.0 - self->train_shares[label]) * (1.0 - self->train_shares[label]) + (1.0 - share) * self->train_shares[label] * self->train_shares[label];
  cam_draws_append (scores, CAM_SCORE_BRIER, brier, usual, brier_interval);

  return scores;
}

/* Classes ----------------------------------------------------------------------------------------------------------- */

static const CamScoreKind of_classes[] = { CAM_SCORE_ACCURACY, CAM_SCORE_BALANCED_ACCURACY, CAM_SCORE_MACRO_F1, CAM_SCORE_WEIGHTED_F1, CAM_SCORE_MATTHEWS };

typedef struct
{
  guint   n_classes;
  guint (*cells)[2];             /* truth, said: of those that have rows */
  double *right, *truths, *answers;   /* [n_classes]: scratch */
} Cells;

static void
measure_cells (const double  *weights,
               gsize          n,
               gconstpointer  data,
               double        *values)
{
  const Cells *self = data;
  guint n_truths = 0, n_known = 0;
  double rows = 0.0, right = 0.0, recall = 0.0, macro = 0.0, weighted = 0.0, products = 0.0, truths = 0.0, answers = 0.0, below;

  memset (self->right, 0, self->n_classes * sizeof (double));
  memset (self->truths, 0, self->n_classes * sizeof (double));
  memset (self->answers, 0, self->n_classes * sizeof (double));
  for (gsize i = 0; i < n; i++)
    {
      guint truth = self->cells[i][0], said = self->cells[i][1];

      self->truths[truth] += weights[i];
      self->answers[said] += weights[i];
      rows += weights[i];
      if (truth == said)
        {
          self->right[truth] += weights[i];
          right += weights[i];
        }
    }
  for (guint k = 0; k < self->n_classes; k++)
    {
      double both = self->truths[k] + self->answers[k], f1 = both > 0.0 ? 2.0 * self->right[k] / both : 0.0;

      n_truths += self->truths[k] > 0.0;
      n_known += both > 0.0;
      recall += self->truths[k] > 0.0 ? self->right[k] / self->truths[k] : 0.0;
      macro += f1;
      weighted += f1 * self->truths[k];
      products += self->truths[k] * self->answers[k];
      truths += self->truths[k] * self->truths[k];
      answers += self->answers[k] * self->answers[k];
    }
  below = sqrt ((rows * rows - truths) * (rows * rows - answers));
  values[0] = rows > 0.0 ? right / rows : NAN;
  values[1] = n_truths > 0 ? recall / n_truths : NAN;
  values[2] = n_known > 0 ? macro / n_known : NAN;
  values[3] = rows > 0.0 ? weighted / rows : NAN;
  values[4] = below > 0.0 ? (right * rows - products) / below : 0.0;
}

double
cam_evaluation_top_k (const CamEvaluation *self,
                      guint                k)
{
  gsize n = 0, right = 0;

  g_return_val_if_fail (self != NULL && self->ranks != NULL, NAN);

  for (gsize i = 0; i < self->n_rows; i++)
    if (self->classes_said[i] >= 0)
      {
        n++;
        right += self->ranks[i] < k;
      }

  return n > 0 ? (double) right / (double) n : NAN;
}

GArray *
cam_evaluation_list_classes (const CamEvaluation *self)
{
  GArray *scores = g_array_new (FALSE, FALSE, sizeof (CamScore));
  const CamConfusion *confusion;
  guint n;
  gsize n_cells = 0, n_usual = 0;
  Cells cells;
  g_autofree double *units = NULL, *usual_units = NULL, *scratch = NULL;
  guint (*usual_cells)[2];
  CamInterval intervals[G_N_ELEMENTS (of_classes)], top;
  double values[G_N_ELEMENTS (of_classes)], usual[G_N_ELEMENTS (of_classes)];

  g_return_val_if_fail (self != NULL && self->confusion != NULL, scores);

  confusion = self->confusion;
  n = confusion->n_classes;
  for (gsize i = 0; i < (gsize) n * n; i++)
    n_cells += confusion->counts[i] > 0;
  scratch = g_new (double, 3 * (gsize) n);
  units = g_new (double, n_cells + 1);
  cells = (Cells) { n, g_malloc ((n_cells + 1) * sizeof (*cells.cells)), scratch, scratch + n, scratch + 2 * (gsize) n };
  n_cells = 0;
  for (guint truth = 0; truth < n; truth++)
    for (guint said = 0; said < n; said++)
      if (confusion->counts[(gsize) truth * n + said] > 0)
        {
          cells.cells[n_cells][0] = truth;
          cells.cells[n_cells][1] = said;
          units[n_cells++] = (double) confusion->counts[(gsize) truth * n + said];
        }
  measure_cells (units, n_cells, &cells, values);
  if (n_cells <= MOST_CELLS)
    cam_draws_run (units, n_cells, (guint) CLAMP (MOST_DRAWN / MAX (n_cells + n, 1), LEAST_DRAWS, CAM_DRAWS), measure_cells, &cells, G_N_ELEMENTS (of_classes), intervals);
  else
    {
      /* So many cells would keep somebody waiting: of right and wrong alone there are two. */
      double sides[2] = { round (values[0] * (double) confusion->n), (double) confusion->n - round (values[0] * (double) confusion->n) };
      CamBundle two[2] = { { 1.0, 1.0 }, { 1.0, 0.0 } };

      cam_draws_run (sides, 2, CAM_DRAWS, cam_draws_measure_mean, two, 1, intervals);
      for (guint k = 1; k < G_N_ELEMENTS (of_classes); k++)
        intervals[k] = (CamInterval) { NAN, NAN };
    }

  /* The most frequent class said of all. */
  usual_units = g_new (double, n + 1);
  usual_cells = g_malloc ((n + 1) * sizeof (*usual_cells));
  for (guint truth = 0; truth < n; truth++)
    if (confusion->truths[truth] > 0)
      {
        usual_cells[n_usual][0] = truth;
        usual_cells[n_usual][1] = (guint) self->usual_class;
        usual_units[n_usual++] = (double) confusion->truths[truth];
      }
  g_free (cells.cells);
  cells.cells = usual_cells;
  measure_cells (usual_units, n_usual, &cells, usual);
  g_free (usual_cells);

  for (guint k = 0; k < G_N_ELEMENTS (of_classes); k++)
    cam_draws_append (scores, of_classes[k], values[k], usual[k], intervals[k]);
  if (n > CAM_EVALUATION_TOP_K)
    {
      double share = cam_evaluation_top_k (self, CAM_EVALUATION_TOP_K);
      CamBundle two[2] = { { 1.0, 1.0 }, { 1.0, 0.0 } };
      double of_two[2] = { round (share * (double) confusion->n), (double) confusion->n - round (share * (double) confusion->n) };

      cam_draws_run (of_two, 2, CAM_DRAWS, cam_draws_measure_mean, two, 1, &top);
      cam_draws_append (scores, CAM_SCORE_TOP_K, share, NAN, top);
    }

  return scores;
}

CamCutoffs *
cam_evaluation_new_cutoffs (const CamEvaluation *self,
                            guint                k)
{
  gsize n;
  g_autofree float *scores = NULL;
  g_autofree guint8 *truth = NULL;

  g_return_val_if_fail (self != NULL && self->shares != NULL && k < self->n_outputs, NULL);

  n = (self->n_rows - 1) / self->stride + 1;
  scores = g_new (float, n);
  truth = g_new (guint8, n);
  for (gsize i = 0; i < n; i++)
    {
      scores[i] = self->shares[i * self->n_outputs + k];
      truth[i] = self->classes_true[i * self->stride] == (int) k;
    }

  return cam_cutoffs_new (scores, truth, n);
}

/* Labels ------------------------------------------------------------------------------------------------------------ */

GArray *
cam_evaluation_list_labels (const CamEvaluation *self,
                            const double        *thresholds)
{
  GArray *scores = g_array_new (FALSE, FALSE, sizeof (CamScore));
  g_autofree CamCounts *counts = NULL, *usual = NULL;
  CamClassScores micro, macro, usual_micro, usual_macro;
  CamInterval none = { NAN, NAN }, exact;
  double right = 0.0, usual_right = 0.0, n_rows;
  CamBundle two[2] = { { 1.0, 1.0 }, { 1.0, 0.0 } };
  double of_two[2];

  g_return_val_if_fail (self != NULL && self->cutoffs != NULL && thresholds != NULL, scores);

  counts = g_new0 (CamCounts, self->n_outputs);
  usual = g_new0 (CamCounts, self->n_outputs);
  n_rows = (double) self->n_rows;
  for (guint k = 0; k < self->n_outputs; k++)
    {
      const CamCutoffs *cutoffs = self->cutoffs[k];

      cam_cutoffs_count (cutoffs, thresholds[k], &counts[k]);
      usual[k] = self->train_shares[k] > 0.5 ? (CamCounts) { (double) cutoffs->n_positive, (double) cutoffs->n_negative, 0.0, 0.0 }
                                             : (CamCounts) { 0.0, 0.0, (double) cutoffs->n_negative, (double) cutoffs->n_positive };
    }
  for (gsize i = 0; i < self->n_rows; i++)
    {
      gboolean is_right = TRUE, is_usual = TRUE;

      for (guint k = 0; k < self->n_outputs; k++)
        {
          gboolean truth = self->truth[i * self->n_outputs + k] > 0.5f;

          is_right = is_right && truth == (self->said[i * self->n_outputs + k] > thresholds[k]);
          is_usual = is_usual && truth == (self->train_shares[k] > 0.5);
        }
      right += is_right;
      usual_right += is_usual;
    }
  cam_count_average (counts, self->n_outputs, CAM_AVERAGE_MICRO, &micro);
  cam_count_average (counts, self->n_outputs, CAM_AVERAGE_MACRO, &macro);
  cam_count_average (usual, self->n_outputs, CAM_AVERAGE_MICRO, &usual_micro);
  cam_count_average (usual, self->n_outputs, CAM_AVERAGE_MACRO, &usual_macro);
  of_two[0] = right;
  of_two[1] = n_rows - right;
  cam_draws_run (of_two, 2, N_LIVE_DRAWS, cam_draws_measure_mean, two, 1, &exact);
  cam_draws_append (scores, CAM_SCORE_EXACT_MATCH, right / n_rows, usual_right / n_rows, exact);
  cam_draws_append (scores, CAM_SCORE_MICRO_F1, micro.f1, usual_micro.f1, none);
  cam_draws_append (scores, CAM_SCORE_MACRO_F1, macro.f1, usual_macro.f1, none);

  return scores;
}

/* Numbers ----------------------------------------------------------------------------------------------------------- */

typedef struct { double n, absolute, squares, shares, bias, truth, truth_squares; } Misses;

static void
measure_misses (const double  *weights,
                gsize          n,
                gconstpointer  data,
                double        *values)
{
  const Misses *bundles = data;
  Misses sum = { 0 };
  double around;

  for (gsize b = 0; b < n; b++)
    {
      sum.n += weights[b] * bundles[b].n;
      sum.absolute += weights[b] * bundles[b].absolute;
      sum.squares += weights[b] * bundles[b].squares;
      sum.shares += weights[b] * bundles[b].shares;
      sum.bias += weights[b] * bundles[b].bias;
      sum.truth += weights[b] * bundles[b].truth;
      sum.truth_squares += weights[b] * bundles[b].truth_squares;
    }
  around = sum.truth_squares - sum.truth * sum.truth / MAX (sum.n, 1.0);
  values[0] = sum.n > 0.0 ? sum.absolute / sum.n : NAN;
  values[1] = sum.n > 0.0 ? sqrt (sum.squares / sum.n) : NAN;
  values[2] = around > 0.0 ? 1.0 - sum.squares / around : NAN;
  values[3] = sum.n > 0.0 ? sum.shares / sum.n : NAN;
  values[4] = sum.n > 0.0 ? sum.bias / sum.n : NAN;
}

GArray *
cam_evaluation_list_numbers (const CamEvaluation *self,
                             guint                output,
                             CamMisses           *misses)
{
  GArray *scores = g_array_new (FALSE, FALSE, sizeof (CamScore));
  g_autofree float *said = NULL, *truth = NULL, *usual = NULL;
  g_autofree guint32 *places = NULL;
  g_autofree Misses *bundles = NULL;
  CamMisses own, other;
  CamInterval intervals[5];
  double mean = 0.0;
  gsize n_bundles;

  g_return_val_if_fail (self != NULL && self->usual != NULL && output < self->n_outputs, scores);

  cam_evaluation_copy_output (self, output, &said, &truth);
  usual = g_new (float, self->n_rows);
  for (gsize i = 0; i < self->n_rows; i++)
    usual[i] = self->usual[i * self->n_outputs + output];
  cam_misses_init (&own, truth, said, self->n_rows);
  cam_misses_init (&other, truth, usual, self->n_rows);

  /* Truths are taken from near their mean, so that their squares do not drown their spread. */
  for (gsize i = 0; i < self->n_rows; i++)
    mean += isfinite (truth[i]) ? truth[i] : 0.0;
  mean /= (double) self->n_rows;
  places = cam_draws_deal (self->n_rows, &n_bundles);
  bundles = g_new0 (Misses, MAX (n_bundles, 1));
  for (gsize i = 0; i < self->n_rows; i++)
    if (isfinite (said[i]) && isfinite (truth[i]))
      {
        Misses *bundle = &bundles[places[i]];
        double miss = (double) said[i] - truth[i], size = fabs (miss), from_mean = truth[i] - mean;

        bundle->n += 1.0;
        bundle->absolute += size;
        bundle->squares += miss * miss;
        bundle->shares += size / MAX (fabs ((double) truth[i]), 2.220446049250313e-16);
        bundle->bias += miss;
        bundle->truth += from_mean;
        bundle->truth_squares += from_mean * from_mean;
      }
  cam_draws_run (NULL, n_bundles, CAM_DRAWS, measure_misses, bundles, 5, intervals);
  cam_draws_append (scores, CAM_SCORE_MAE, own.mean_absolute, other.mean_absolute, intervals[0]);
  cam_draws_append (scores, CAM_SCORE_RMSE, own.root_mean_square, other.root_mean_square, intervals[1]);
  cam_draws_append (scores, CAM_SCORE_R2, own.r2, other.r2, intervals[2]);
  cam_draws_append (scores, CAM_SCORE_MAPE, own.mape, other.mape, intervals[3]);
  cam_draws_append (scores, CAM_SCORE_BIAS, own.bias, other.bias, intervals[4]);
  if (misses != NULL)
    *misses = own;

  return scores;
}

GArray *
cam_evaluation_list_errors (const CamEvaluation *self)
{
  GArray *scores = g_array_new (FALSE, FALSE, sizeof (CamScore));
  CamInterval interval;
  double mean;

  g_return_val_if_fail (self != NULL && self->errors != NULL, scores);

  mean = cam_draws_find_mean (self->errors, self->n_rows, &interval);
  cam_draws_append (scores, CAM_SCORE_ERROR, mean, self->usual_error, interval);

  return scores;
}
