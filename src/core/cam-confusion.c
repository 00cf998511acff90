/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-confusion.h"

#include <math.h>
#include <string.h>

CamConfusion *
cam_confusion_new (const int *truth,
                   const int *said,
                   gsize      n,
                   guint      n_classes)
{
  CamConfusion *self = g_new0 (CamConfusion, 1);

  self->n_classes = n_classes;
  self->counts = g_new0 (gsize, (gsize) n_classes * n_classes);
  self->truths = g_new0 (gsize, n_classes);
  self->answers = g_new0 (gsize, n_classes);
  for (gsize i = 0; i < n; i++)
    if (truth[i] >= 0 && said[i] >= 0 && (guint) truth[i] < n_classes && (guint) said[i] < n_classes)
      {
        self->counts[(gsize) truth[i] * n_classes + (gsize) said[i]]++;
        self->truths[truth[i]]++;
        self->answers[said[i]]++;
        self->n++;
      }

  return self;
}

void
cam_confusion_free (CamConfusion *self)
{
  g_free (self->counts);
  g_free (self->truths);
  g_free (self->answers);
  g_free (self);
}

static double
share_of (double part,
          double whole)
{
  return whole > 0.0 ? part / whole : 0.0;
}

static gsize
count_at (const CamConfusion *self,
          guint               truth,
          guint               said)
{
  return self->counts[(gsize) truth * self->n_classes + said];
}

double
cam_confusion_get (const CamConfusion *self,
                   guint               truth,
                   guint               said,
                   CamConfusionShare   share)
{
  double count = (double) count_at (self, truth, said);

  switch (share)
    {
    case CAM_CONFUSION_BY_TRUTH:
      return share_of (count, (double) self->truths[truth]);
    case CAM_CONFUSION_BY_ANSWER:
      return share_of (count, (double) self->answers[said]);
    case CAM_CONFUSION_BY_ALL:
      return share_of (count, (double) self->n);
    case CAM_CONFUSION_COUNTS:
    default:
      return count;
    }
}

void
cam_confusion_count (const CamConfusion *self,
                     guint               klass,
                     CamCounts          *counts)
{
  double right = (double) count_at (self, klass, klass), truths = (double) self->truths[klass], answers = (double) self->answers[klass];

  *counts = (CamCounts) { right, answers - right, (double) self->n - truths - answers + right, truths - right };
}

static double
count_right (const CamConfusion *self)
{
  double right = 0.0;

  for (guint i = 0; i < self->n_classes; i++)
    right += (double) count_at (self, i, i);

  return right;
}

double
cam_confusion_get_accuracy (const CamConfusion *self)
{
  return share_of (count_right (self), (double) self->n);
}

double
cam_confusion_get_balanced_accuracy (const CamConfusion *self)
{
  double sum = 0.0;
  guint n = 0;

  for (guint i = 0; i < self->n_classes; i++)
    if (self->truths[i] > 0)
      {
        sum += cam_confusion_get (self, i, i, CAM_CONFUSION_BY_TRUTH);
        n++;
      }

  return sum / n;
}

double
cam_confusion_get_matthews (const CamConfusion *self)
{
  double n = (double) self->n, both = 0.0, truths = 0.0, answers = 0.0;

  for (guint i = 0; i < self->n_classes; i++)
    {
      both += (double) self->truths[i] * (double) self->answers[i];
      truths += (double) self->truths[i] * (double) self->truths[i];
      answers += (double) self->answers[i] * (double) self->answers[i];
    }

  return share_of (count_right (self) * n - both, sqrt (n * n - answers) * sqrt (n * n - truths));
}

void
cam_count_average (const CamCounts *labels,
                   guint            n,
                   CamAverage       average,
                   CamClassScores  *scores)
{
  CamCounts all = { 0 };
  double weights = 0.0;

  *scores = (CamClassScores) { 0 };
  for (guint i = 0; i < n; i++)
    {
      const CamCounts *counts = &labels[i];
      double weight = average == CAM_AVERAGE_WEIGHTED ? counts->true_positive + counts->false_negative : 1.0;

      all.true_positive += counts->true_positive;
      all.false_positive += counts->false_positive;
      all.true_negative += counts->true_negative;
      all.false_negative += counts->false_negative;
      scores->precision += weight * cam_counts_get_precision (counts);
      scores->recall += weight * cam_counts_get_recall (counts);
      scores->f1 += weight * cam_counts_get_f1 (counts);
      weights += weight;
    }
  if (average == CAM_AVERAGE_MICRO)
    *scores = (CamClassScores) { cam_counts_get_precision (&all), cam_counts_get_recall (&all), cam_counts_get_f1 (&all) };
  else
    *scores = (CamClassScores) { share_of (scores->precision, weights), share_of (scores->recall, weights), share_of (scores->f1, weights) };
}

void
cam_confusion_get_average (const CamConfusion *self,
                           CamAverage          average,
                           CamClassScores     *scores)
{
  g_autofree CamCounts *labels = g_new (CamCounts, self->n_classes);
  guint n = 0;

  for (guint i = 0; i < self->n_classes; i++)
    if (self->truths[i] > 0 || self->answers[i] > 0)
      cam_confusion_count (self, i, &labels[n++]);
  cam_count_average (labels, n, average, scores);
}

/* Orders -------------------------------------------------------------------------------------------------------------- */

typedef struct { double value; guint klass; } Ranked;

static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  const Ranked *x = a, *y = b;

  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;

  return (x->klass > y->klass) - (x->klass < y->klass);
}

static void
rank (const CamConfusion *self,
      CamConfusionOrder   order,
      guint              *classes)
{
  g_autofree Ranked *ranked = g_new (Ranked, MAX (self->n_classes, 1));

  for (guint i = 0; i < self->n_classes; i++)
    {
      /* A class without rows has no recall: it comes last. */
      double recall = self->truths[i] > 0 ? cam_confusion_get (self, i, i, CAM_CONFUSION_BY_TRUTH) : 2.0;

      ranked[i] = (Ranked) { order == CAM_CONFUSION_BY_SUPPORT ? -(double) self->truths[i] : recall, i };
    }
  qsort (ranked, self->n_classes, sizeof (Ranked), compare_ranked);
  for (guint i = 0; i < self->n_classes; i++)
    classes[i] = ranked[i].klass;
}

/* From the worst class on, always to the nearest of those left. */
static void
walk_alike (const CamConfusion *self,
            guint              *classes)
{

  rank (self, CAM_CONFUSION_BY_RECALL, classes);
  for (guint at = 0; at + 1 < self->n_classes; at++)
    {
      guint here = classes[at], next = at + 1;
      gsize most = 0;

      for (guint i = at + 1; i < self->n_classes; i++)
        {
          gsize confused = count_at (self, here, classes[i]) + count_at (self, classes[i], here);

          if (confused > most)
            {
              most = confused;
              next = i;
            }
        }
      here = classes[next];
      memmove (classes + at + 2, classes + at + 1, (next - at - 1) * sizeof (guint));
      classes[at + 1] = here;
    }
}

guint *
cam_confusion_list_order (const CamConfusion *self,
                          CamConfusionOrder   order)
{
  guint *classes = g_new (guint, MAX (self->n_classes, 1));

  for (guint i = 0; i < self->n_classes; i++)
    classes[i] = i;
  if (order == CAM_CONFUSION_ALIKE)
    walk_alike (self, classes);
  else if (order != CAM_CONFUSION_AS_IT_IS)
    rank (self, order, classes);

  return classes;
}

double
cam_top_k (const float *scores,
           const int   *truth,
           gsize        n,
           guint        n_classes,
           guint        k)
{
  gsize n_rows = 0, n_right = 0;

  for (gsize i = 0; i < n; i++)
    if (truth[i] >= 0 && (guint) truth[i] < n_classes)
      {
        const float *row = scores + i * n_classes;
        guint n_before = 0;

        for (guint c = 0; c < n_classes; c++)
          n_before += row[c] > row[truth[i]] || (row[c] == row[truth[i]] && c < (guint) truth[i]);
        n_rows++;
        n_right += n_before < k;
      }

  return (double) n_right / (double) n_rows;
}
