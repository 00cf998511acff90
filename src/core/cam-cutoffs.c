/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are sorted by score once; everything else is sums over the distinct scores. */
#include "cam-cutoffs.h"

#include <math.h>
#include <string.h>

typedef struct { float score; guint8 truth; } Row;

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *x = a, *y = b;

  return (x->score < y->score) - (x->score > y->score);
}

CamCutoffs *
cam_cutoffs_new (const float  *scores,
                 const guint8 *truth,
                 gsize         n)
{
  CamCutoffs *self = g_new0 (CamCutoffs, 1);
  g_autofree Row *rows = g_new (Row, MAX (n, 1));
  gsize n_rows = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (scores[i]))
      rows[n_rows++] = (Row) { scores[i], truth[i] != 0 };
  qsort (rows, n_rows, sizeof (Row), compare_rows);

  self->scores = g_new (float, n_rows);
  self->positives = g_new (gsize, n_rows);
  self->negatives = g_new (gsize, n_rows);
  for (gsize i = 0; i < n_rows; i++)
    {
      gsize at;

      if (i == 0 || rows[i].score != rows[i - 1].score)
        self->n_thresholds++;
      self->n_positive += rows[i].truth;
      self->n_negative += !rows[i].truth;
      at = self->n_thresholds - 1;
      self->scores[at] = rows[i].score;
      self->positives[at] = self->n_positive;
      self->negatives[at] = self->n_negative;
    }

  return self;
}

void
cam_cutoffs_free (CamCutoffs *self)
{
  g_free (self->scores);
  g_free (self->positives);
  g_free (self->negatives);
  g_free (self);
}

/* What is said of the first @n_taken thresholds, all of whose rows count as positive. */
static CamCounts
count_taken (const CamCutoffs *self,
             gsize             n_taken)
{
  double positives = n_taken > 0 ? (double) self->positives[n_taken - 1] : 0.0, negatives = n_taken > 0 ? (double) self->negatives[n_taken - 1] : 0.0;

  return (CamCounts) { positives, negatives, (double) self->n_negative - negatives, (double) self->n_positive - positives };
}

void
cam_cutoffs_count (const CamCutoffs *self,
                   double            threshold,
                   CamCounts        *counts)
{
  gsize low = 0, high = self->n_thresholds;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->scores[middle] > threshold)
        low = middle + 1;
      else
        high = middle;
    }
  *counts = count_taken (self, low);
}

double
cam_cutoffs_get_auc (const CamCutoffs *self)
{
  double area = 0.0, positives = 0.0, negatives = 0.0;

  if (self->n_positive == 0 || self->n_negative == 0)
    return NAN;
  for (gsize i = 0; i < self->n_thresholds; i++)
    {
      area += ((double) self->negatives[i] - negatives) * ((double) self->positives[i] + positives) / 2.0;
      positives = (double) self->positives[i];
      negatives = (double) self->negatives[i];
    }

  return area / ((double) self->n_positive * (double) self->n_negative);
}

double
cam_cutoffs_get_average_precision (const CamCutoffs *self)
{
  double sum = 0.0, before = 0.0;

  if (self->n_positive == 0)
    return NAN;
  for (gsize i = 0; i < self->n_thresholds; i++)
    {
      double positives = (double) self->positives[i];

      sum += (positives - before) * positives / (positives + (double) self->negatives[i]);
      before = positives;
    }

  return sum / (double) self->n_positive;
}

double
cam_cutoffs_find_cheapest (const CamCutoffs *self,
                           double            false_positive,
                           double            false_negative,
                           double           *cost)
{
  double best = INFINITY, best_at = 0.5, n = (double) (self->n_positive + self->n_negative);

  for (gsize n_taken = 0; n_taken <= self->n_thresholds; n_taken++)
    {
      CamCounts counts = count_taken (self, n_taken);
      double here = false_positive * counts.false_positive + false_negative * counts.false_negative;
      double above = n_taken > 0 ? self->scores[n_taken - 1] : 1.0, below = n_taken < self->n_thresholds ? self->scores[n_taken] : 0.0;
      /* Where 0.5 is between the two it is as good as halfway, and what everybody expects. Nothing may lie on the threshold that should be above it. */
      double at = below <= 0.5 && 0.5 < above ? 0.5 : below + (above - below) / 2.0;

      if (here < best || (here == best && fabs (at - 0.5) < fabs (best_at - 0.5)))
        {
          best = here;
          best_at = at;
        }
    }
  if (cost != NULL)
    *cost = n > 0.0 ? best / n : NAN;

  return best_at;
}

/* The curves ----------------------------------------------------------------------------------------------------------- */

/* Those of @points that a line of @most corners needs: what moves least along the curve goes. */
static GArray *
thin (GArray *points,
      guint   most)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (CamCutoffPoint));
  double length = 0.0, step, at = 0.0, next = 0.0;

  for (guint i = 1; i < points->len; i++)
    {
      const CamCutoffPoint *a = &g_array_index (points, CamCutoffPoint, i - 1), *b = a + 1;

      length += fabs (b->x - a->x) + fabs (b->y - a->y);
    }
  step = length / (double) MAX (most, 2);
  for (guint i = 0; i < points->len; i++)
    {
      const CamCutoffPoint *point = &g_array_index (points, CamCutoffPoint, i);

      if (i > 0)
        at += fabs (point->x - point[-1].x) + fabs (point->y - point[-1].y);
      if (i == 0 || i + 1 == points->len || at >= next)
        {
          g_array_append_vals (kept, point, 1);
          next = at + step;
        }
    }
  g_array_unref (points);

  return kept;
}

GArray *
cam_cutoffs_list_roc (const CamCutoffs *self,
                      guint             most)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (CamCutoffPoint));
  CamCutoffPoint point = { 0.0, 0.0, INFINITY };

  if (self->n_positive == 0 || self->n_negative == 0)
    return points;
  g_array_append_val (points, point);
  for (gsize i = 0; i < self->n_thresholds; i++)
    {
      gsize p = self->positives[i], q = self->negatives[i], p0 = i > 0 ? self->positives[i - 1] : 0, q0 = i > 0 ? self->negatives[i - 1] : 0;

      /* A corner only where the direction changes. */
      if (i + 1 < self->n_thresholds)
        {
          double ahead_p = (double) (self->positives[i + 1] - p), ahead_q = (double) (self->negatives[i + 1] - q);

          if ((double) (p - p0) * ahead_q == (double) (q - q0) * ahead_p)
            continue;
        }
      point = (CamCutoffPoint) { (double) q / (double) self->n_negative, (double) p / (double) self->n_positive, self->scores[i] };
      g_array_append_val (points, point);
    }

  return most > 0 && points->len > most ? thin (points, most) : points;
}

GArray *
cam_cutoffs_list_precision (const CamCutoffs *self,
                            guint             most)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (CamCutoffPoint));

  if (self->n_positive == 0)
    return points;
  for (gsize i = 0; i < self->n_thresholds; i++)
    {
      double p = (double) self->positives[i];
      CamCutoffPoint point = { p / (double) self->n_positive, p / (p + (double) self->negatives[i]), self->scores[i] };
      CamCutoffPoint first = { 0.0, point.y, INFINITY };

      if (i == 0)
        g_array_append_val (points, first);
      g_array_append_val (points, point);
    }

  return most > 0 && points->len > most ? thin (points, most) : points;
}

/* Scores of counts ------------------------------------------------------------------------------------------------------ */

static double
share_of (double part,
          double whole)
{
  return whole > 0.0 ? part / whole : 0.0;
}

double
cam_counts_get_accuracy (const CamCounts *self)
{
  return share_of (self->true_positive + self->true_negative, self->true_positive + self->true_negative + self->false_positive + self->false_negative);
}

double
cam_counts_get_precision (const CamCounts *self)
{
  return share_of (self->true_positive, self->true_positive + self->false_positive);
}

double
cam_counts_get_recall (const CamCounts *self)
{
  return share_of (self->true_positive, self->true_positive + self->false_negative);
}

double
cam_counts_get_specificity (const CamCounts *self)
{
  return share_of (self->true_negative, self->true_negative + self->false_positive);
}

double
cam_counts_get_f1 (const CamCounts *self)
{
  return share_of (2.0 * self->true_positive, 2.0 * self->true_positive + self->false_positive + self->false_negative);
}

double
cam_counts_get_balanced_accuracy (const CamCounts *self)
{
  gboolean has_positive = self->true_positive + self->false_negative > 0.0, has_negative = self->true_negative + self->false_positive > 0.0;

  if (has_positive && has_negative)
    return (cam_counts_get_recall (self) + cam_counts_get_specificity (self)) / 2.0;

  return has_positive ? cam_counts_get_recall (self) : cam_counts_get_specificity (self);
}

double
cam_counts_get_matthews (const CamCounts *self)
{
  double tp = self->true_positive, fp = self->false_positive, tn = self->true_negative, fn = self->false_negative;
  /* Roots by themselves: the product of four counts of millions would be beyond what a double tells apart. */
  double below = sqrt (tp + fp) * sqrt (tp + fn) * sqrt (tn + fp) * sqrt (tn + fn);

  return share_of (tp * tn - fp * fn, below);
}

double
cam_reliability (const float       *scores,
                 const guint8      *truth,
                 gsize              n,
                 CamReliabilityBin *bins,
                 guint              n_bins)
{
  double squares = 0.0;
  gsize n_rows = 0;

  for (guint b = 0; b < n_bins; b++)
    bins[b] = (CamReliabilityBin) { 0, (double) b / n_bins, (double) (b + 1) / n_bins, 0.0, 0.0 };
  for (gsize i = 0; i < n; i++)
    if (isfinite (scores[i]))
      {
        double score = scores[i], miss = score - (truth[i] != 0);
        CamReliabilityBin *bin = &bins[(guint) CLAMP (floor (score * n_bins), 0.0, n_bins - 1.0)];

        squares += miss * miss;
        n_rows++;
        bin->n++;
        bin->said += score;
        bin->share += truth[i] != 0;
      }
  for (guint b = 0; b < n_bins; b++)
    {
      bins[b].said /= (double) bins[b].n;
      bins[b].share /= (double) bins[b].n;
    }

  return squares / (double) n_rows;
}
