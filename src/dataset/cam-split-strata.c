/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows dealt by chance, within each class, so that every part has all classes in proportion; and several labels at once, rarest first.
 *
 * Source of the second: Sechidis, Tsoumakas, Vlahavas, "On the Stratification of Multi-Label Data", ECML PKDD 2011. */
#include <cam-rng.h>
#include <math.h>
#include <stdlib.h>

#include "cam-split-private.h"

/* The @n rows of a class: to each part its share rounded down, then the one or two that are left to the parts that are most short of rows so far, one each. So no class is off
 * by a whole row, nor do many small classes together starve a part. A class that would not be seen in training is there first. @owed: what each part is short of. */
static void
count_shares (const double  shares[CAM_N_PARTS],
              gsize         n,
              double        owed[CAM_N_PARTS],
              gsize         counts[CAM_N_PARTS])
{
  gboolean has_extra[CAM_N_PARTS] = { FALSE };
  gsize left = n;

  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      counts[p] = MIN (left, (gsize) floor ((double) n * shares[p] + 1e-9));
      owed[p] += (double) n * shares[p] - (double) counts[p];
      left -= counts[p];
    }
  for (; left > 0; left--)
    {
      guint to = CAM_PART_TRAIN;

      if (counts[CAM_PART_TRAIN] > 0)
        for (guint p = 0; p < CAM_N_PARTS; p++)
          if (shares[p] > 0.0 && !has_extra[p] && (has_extra[to] || owed[p] > owed[to] + 1e-9))
            to = p;
      has_extra[to] = TRUE;
      counts[to]++;
      owed[to] -= 1.0;
    }
}

/* With folds, test is taken off first, and what is left of all classes, one class after the other, is dealt in turn: exactly the counts of scikit-learn's StratifiedKFold.
 * @turn: whose turn it is. */
static void
deal (const CamSplit *self,
      const guint32  *members,
      gsize           n,
      double          owed[CAM_N_PARTS],
      gsize          *turn,
      guint          *places)
{
  double test = self->fractions[CAM_PART_TEST];
  double shares[CAM_N_PARTS] = { self->fractions[0], self->fractions[1], test };
  gsize counts[CAM_N_PARTS], at = 0;

  if (self->n_folds > 0)
    {
      shares[CAM_PART_TRAIN] = 1.0 - test;
      shares[CAM_PART_VALIDATION] = 0.0;
    }
  count_shares (shares, n, owed, counts);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    for (gsize i = 0; i < counts[p]; i++, at++)
      if (self->n_folds == 0)
        places[members[at]] = p;
      else if (p == CAM_PART_TEST)
        places[members[at]] = CAM_SPLIT_TEST (self);
      else
        places[members[at]] = (guint) ((*turn)++ % self->n_folds);
}

/* Rows by class, each class in the rows' order. @starts: [n_classes + 1]. */
static guint32 *
sort_by_class (const int *classes,
               gsize      n,
               gsize     *starts,
               guint      n_classes)
{
  guint32 *order = g_new (guint32, n + 1);
  g_autofree gsize *next = g_new (gsize, n_classes);

  for (gsize i = 0; i < n; i++)
    starts[(classes != NULL ? (guint) classes[i] : 0) + 1]++;
  for (guint c = 0; c < n_classes; c++)
    {
      starts[c + 1] += starts[c];
      next[c] = starts[c];
    }
  for (guint32 i = 0; i < n; i++)
    order[next[classes != NULL ? classes[i] : 0]++] = i;

  return order;
}

void
cam_split_by_class (const CamSplit *self,
                    const int      *classes,
                    gsize           n,
                    guint          *places)
{
  g_autofree guint32 *order = NULL;
  g_autofree gsize *starts = NULL;
  double owed[CAM_N_PARTS] = { 0.0 };
  guint n_classes = 1;
  gsize turn = 0;

  for (gsize i = 0; classes != NULL && i < n; i++)
    n_classes = MAX (n_classes, (guint) classes[i] + 1);
  starts = g_new0 (gsize, n_classes + 1);
  order = sort_by_class (classes, n, starts, n_classes);

  for (guint c = 0; c < n_classes; c++)
    {
      CamRng rng;

      cam_rng_init (&rng, self->seed, cam_rng_stream_named ("split") + c);
      cam_rng_shuffle (&rng, order + starts[c], starts[c + 1] - starts[c]);
      deal (self, order + starts[c], starts[c + 1] - starts[c], owed, &turn, places);
    }
}

static int
compare_numbers (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

int *
cam_split_bin (const double *values,
               gsize         n,
               guint         n_bins)
{
  g_autofree double *sorted = g_memdup2 (values, n * sizeof *values);
  g_autofree double *cuts = g_new (double, n_bins);
  int *bins = g_new (int, n + 1);
  guint n_cuts = 0;

  if (n > 0)
    qsort (sorted, n, sizeof *sorted, compare_numbers);
  for (guint b = 1; b < n_bins && n > 0; b++)
    {
      double cut = sorted[(gsize) ((double) n * b / n_bins)];

      if (cut > sorted[0] && (n_cuts == 0 || cut > cuts[n_cuts - 1]))
        cuts[n_cuts++] = cut;
    }
  for (gsize i = 0; i < n; i++)
    {
      guint low = 0, high = n_cuts;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (values[i] >= cuts[middle])
            low = middle + 1;
          else
            high = middle;
        }
      bins[i] = (int) low;
    }

  return bins;
}

/* Several labels --------------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const guint8 *labels;        /* [n, n_labels] */
  guint         n_labels, n_places;
  guint        *left;          /* [n_labels]: rows with it that have no place yet */
  double       *wanted;        /* [n_labels + 1, n_places]: rows with it that a place is still short of; the last line: rows of any kind */
  guint        *places;
  CamRng        rng;
} Labels;

/* The place that is most short of @label, then of rows; among equals by chance. */
static guint
find_neediest (Labels *self,
               guint   label)
{
  const double *wanted = self->wanted + (gsize) label * self->n_places, *any = self->wanted + (gsize) self->n_labels * self->n_places;
  guint best = 0, n_equal = 1;

  for (guint p = 1; p < self->n_places; p++)
    {
      double by = wanted[p] - wanted[best], by_rows = any[p] - any[best];

      if (by > 1e-9 || (by >= -1e-9 && by_rows > 1e-9))
        {
          best = p;
          n_equal = 1;
        }
      else if (by >= -1e-9 && by_rows >= -1e-9 && cam_rng_below (&self->rng, ++n_equal) == 0)
        best = p;
    }

  return best;
}

static void
place_row (Labels  *self,
           guint32  row,
           guint    label)
{
  const guint8 *own = self->labels + (gsize) row * self->n_labels;
  guint place = find_neediest (self, label);

  self->places[row] = place;
  self->wanted[(gsize) self->n_labels * self->n_places + place] -= 1.0;
  for (guint l = 0; l < self->n_labels; l++)
    if (own[l])
      {
        self->wanted[(gsize) l * self->n_places + place] -= 1.0;
        self->left[l]--;
      }
}

/* The label that fewest rows without a place have; −1: none has any. */
static int
find_rarest (const Labels *self)
{
  int rarest = -1;

  for (guint l = 0; l < self->n_labels; l++)
    if (self->left[l] > 0 && (rarest < 0 || self->left[l] < self->left[rarest]))
      rarest = (int) l;

  return rarest;
}

void
cam_split_by_labels (const CamSplit *self,
                     const guint8   *labels,
                     guint           n_labels,
                     gsize           n,
                     guint          *places)
{
  g_autofree double *shares = g_new0 (double, CAM_SPLIT_MAX_PLACES);
  guint n_places = cam_split_get_shares (self, shares);
  g_autofree guint *left = g_new0 (guint, n_labels + 1);
  g_autofree double *wanted = g_new0 (double, (gsize) (n_labels + 1) * n_places);
  g_autofree guint32 *order = g_new (guint32, n + 1);
  Labels state = { .labels = labels, .n_labels = n_labels, .n_places = n_places, .left = left, .wanted = wanted, .places = places };
  int label;

  cam_rng_init (&state.rng, self->seed, cam_rng_stream_named ("split/labels"));
  for (guint32 i = 0; i < n; i++)
    {
      order[i] = i;
      places[i] = G_MAXUINT;
      for (guint l = 0; l < n_labels; l++)
        left[l] += labels[(gsize) i * n_labels + l];
    }
  cam_rng_shuffle (&state.rng, order, n);
  for (guint p = 0; p < n_places; p++)
    {
      for (guint l = 0; l < n_labels; l++)
        wanted[(gsize) l * n_places + p] = left[l] * shares[p];
      /* A place that is to have nothing is never the neediest. */
      wanted[(gsize) n_labels * n_places + p] = (double) n * shares[p];
      for (guint l = 0; l <= n_labels && shares[p] <= 0.0; l++)
        wanted[(gsize) l * n_places + p] = -G_MAXDOUBLE;
    }

  while ((label = find_rarest (&state)) >= 0)
    for (gsize i = 0; i < n; i++)
      if (places[order[i]] == G_MAXUINT && labels[(gsize) order[i] * n_labels + (guint) label])
        place_row (&state, order[i], (guint) label);
  for (gsize i = 0; i < n; i++)
    if (places[order[i]] == G_MAXUINT)
      place_row (&state, order[i], n_labels);
}
