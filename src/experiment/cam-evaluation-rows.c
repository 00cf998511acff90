/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows are behind a figure, the worst of them first. */
#include "cam-evaluation.h"

#include <math.h>

typedef struct { double badness; gsize row; } Ranked;

/* Equal ones stay in their order, so that a list is the same each time. */
static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  const Ranked *first = a, *second = b;

  if (first->badness != second->badness)
    return first->badness > second->badness ? -1 : 1;
  return (first->row > second->row) - (first->row < second->row);
}

/* @ranked: taken. */
static gsize *
finish (GArray *ranked,
        gsize  *n)
{
  gsize *rows = g_new (gsize, MAX (ranked->len, 1));

  g_array_sort (ranked, compare_ranked);
  for (guint i = 0; i < ranked->len; i++)
    rows[i] = g_array_index (ranked, Ranked, i).row;
  *n = ranked->len;
  g_array_unref (ranked);

  return rows;
}

static void
add (GArray *ranked,
     gsize   row,
     double  badness)
{
  Ranked one = { badness, row };

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
