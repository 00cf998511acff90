/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows are behind a figure, the worst of them first. */
#include "cam-evaluation.h"

#include <math.h>

typedef struct { guint32 key; guint32 row; } Ranked;

#define DIGIT 11                /* bits that one pass sorts by */
#define N_DIGITS (1 << DIGIT)

/* Of two numbers the larger one has the smaller key. */
static guint32
make_key (float badness)
{
  union { float number; guint32 bits; } value = { badness };

  return value.bits & 0x80000000u ? value.bits : ~(value.bits | 0x80000000u);
}

/* By digits: a million rows in some milliseconds, as somebody waits for them. Equal ones stay in their order, so that a list is the same each time. @ranked: taken. */
static gsize *
finish (GArray *ranked,
        gsize  *n)
{
  g_autofree Ranked *other = g_new (Ranked, MAX (ranked->len, 1));
  Ranked *from = (Ranked *) (gpointer) ranked->data, *to = other;
  gsize *rows = g_new (gsize, MAX (ranked->len, 1));

  for (guint shift = 0; shift < 32; shift += DIGIT)
    {
      guint32 starts[N_DIGITS] = { 0 }, before = 0;
      Ranked *swap = from;

      for (guint i = 0; i < ranked->len; i++)
        starts[from[i].key >> shift & (N_DIGITS - 1)]++;
      for (guint d = 0; d < N_DIGITS; d++)
        {
          guint32 count = starts[d];

          starts[d] = before;
          before += count;
        }
      for (guint i = 0; i < ranked->len; i++)
        to[starts[from[i].key >> shift & (N_DIGITS - 1)]++] = from[i];
      from = to;
      to = swap;
    }
  for (guint i = 0; i < ranked->len; i++)
    rows[i] = from[i].row;
  *n = ranked->len;
  g_array_unref (ranked);

  return rows;
}

static void
add (GArray *ranked,
     gsize   row,
     double  badness)
{
  Ranked one = { make_key ((float) badness), (guint32) row };

  g_array_append_val (ranked, one);
}

gsize *
cam_evaluation_list_cell (const CamEvaluation *self,
                          int                  truth,
                          int                  said,
                          gsize               *n)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));

  g_return_val_if_fail (self != NULL && self->classes_true != NULL, NULL);

  for (gsize i = 0; i < self->n_rows; i++)
    if (self->classes_said[i] >= 0 && (truth < 0 || self->classes_true[i] == truth) && (said < 0 || self->classes_said[i] == said))
      add (ranked, i, 1.0 - self->true_shares[i]);

  return finish (ranked, n);
}

gsize *
cam_evaluation_list_side (const CamEvaluation *self,
                          guint                label,
                          int                  truth,
                          double               low,
                          double               high,
                          gsize               *n)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));

  g_return_val_if_fail (self != NULL && self->cutoffs != NULL && label < self->n_outputs, NULL);

  for (gsize i = 0; i < self->n_rows; i++)
    {
      double score = self->said[i * self->n_outputs + label];
      gboolean is_yes = self->truth[i * self->n_outputs + label] > 0.5f;

      if (score > low && score <= high && (truth < 0 || truth == is_yes))
        add (ranked, i, is_yes ? 1.0 - score : score);
    }

  return finish (ranked, n);
}

gsize *
cam_evaluation_list_misses (const CamEvaluation *self,
                            guint                output,
                            double               low,
                            double               high,
                            gsize               *n)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));

  g_return_val_if_fail (self != NULL && (self->errors != NULL || (self->usual != NULL && output < self->n_outputs)), NULL);

  for (gsize i = 0; i < self->n_rows; i++)
    {
      gsize at = i * self->n_outputs + output;
      double miss = self->errors != NULL ? self->errors[i] : (double) self->said[at] - self->truth[at];

      if (miss >= low && miss < high)
        add (ranked, i, fabs (miss));
    }

  return finish (ranked, n);
}
