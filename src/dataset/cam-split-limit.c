/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fewer training rows than there are, for curves of what more of them are worth. Smaller choices of the same seed are parts of larger ones. */
#include "cam-split-private.h"

#include <cam-rng.h>
#include <math.h>

typedef struct
{
  double place;     /* within its class, 0 … 1 */
  gsize  order;     /* by chance, where two are in the same place */
  gsize  row;
} Candidate;

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;

  return (x->order > y->order) - (x->order < y->order);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  gsize x = *(const gsize *) a, y = *(const gsize *) b;

  return (x > y) - (x < y);
}

/* Shuffled, each class's rows are put at equal steps from 0 to 1: the first of all those are every class in its proportion, however many are taken. */
static Candidate *
rank (const CamSplit *self,
      const int      *classes,
      const gsize    *rows,
      gsize           n)
{
  Candidate *candidates = g_new (Candidate, n + 1);
  g_autofree guint32 *order = g_new (guint32, n + 1);
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  CamRng rng;

  for (gsize i = 0; i < n; i++)
    {
      gpointer class = GINT_TO_POINTER (classes != NULL ? classes[rows[i]] : 0);

      order[i] = (guint32) i;
      g_hash_table_insert (counts, class, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, class)) + 1));
    }
  cam_rng_init (&rng, self->train_seed, cam_rng_stream_named ("split/train-rows"));
  cam_rng_shuffle (&rng, order, n);
  for (gsize i = 0; i < n; i++)
    {
      gsize row = rows[order[i]];
      gpointer class = GINT_TO_POINTER (classes != NULL ? classes[row] : 0);
      guint rank = GPOINTER_TO_UINT (g_hash_table_lookup (seen, class));

      candidates[i] = (Candidate) { (rank + 0.5) / GPOINTER_TO_UINT (g_hash_table_lookup (counts, class)), i, row };
      g_hash_table_insert (seen, class, GUINT_TO_POINTER (rank + 1));
    }

  return candidates;
}

void
cam_split_limit (const CamSplit     *self,
                 const CamSplitRows *input,
                 GArray             *rows)
{
  gsize n = rows->len;
  gsize n_kept = self->train_rows <= 1.0 ? (gsize) ceil (self->train_rows * (double) n - 1e-9) : (gsize) MIN (self->train_rows, (double) n);
  g_autofree Candidate *candidates = NULL;

  if (n_kept >= n)
    return;

  /* What is forecast lies after all of them: the latest say most about it. */
  if (self->method == CAM_SPLIT_ORDERED)
    {
      g_array_remove_range (rows, 0, (guint) (n - n_kept));
      return;
    }

  candidates = rank (self, input->classes, (const gsize *) (gconstpointer) rows->data, n);
  qsort (candidates, n, sizeof (Candidate), compare_candidates);
  g_array_set_size (rows, 0);
  for (gsize i = 0; i < n_kept; i++)
    g_array_append_val (rows, candidates[i].row);
  g_array_sort (rows, compare_rows);
}
