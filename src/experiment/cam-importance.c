/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functional analysis of variance of a random forest. Trees are grown by the least squares, leaves have at least two rows; categories are cut in the order of their mean scores, which gives the best of
 * all cuts. */
#include "cam-importance.h"

#include <math.h>
#include <stdlib.h>

#include <cam-rng.h>

#define MOST_ROWS 512
#define LEAST_LEAF 2
#define LEAST_ROWS 4

/* A leaf: its box and the mean of its rows. Numbers are shares of their range. */
typedef struct
{
  double  *low, *high;       /* [n_factors] */
  guint64 *categories;       /* [n_factors], a bit each */
  double   value;
} Leaf;

typedef struct
{
  const CamFactor *factors;
  guint            n_factors;
  const double    *x;         /* [rows, n_factors], scaled */
  const double    *scores;
  GArray          *leaves;    /* of Leaf, owned */
} Tree;

static void
leaf_clear (gpointer data)
{
  Leaf *leaf = data;

  g_free (leaf->low);
  g_free (leaf->high);
  g_free (leaf->categories);
}

typedef struct { double key, score; guint row; } Item;

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const Item *p = a, *q = b;

  if (p->key != q->key)
    return p->key < q->key ? -1 : 1;
  return (p->row > q->row) - (p->row < q->row);
}

typedef struct
{
  gboolean is_there;
  double   gain;             /* less squared error */
  guint    factor;
  double   threshold;        /* rows up to it go left … */
  guint64  left;             /* … or those of these categories */
} Cut;

/* Categories take the mean of their scores as their place. */
static void
find_keys (const Tree *tree,
           guint       factor,
           Item       *items,
           gsize       n)
{
  guint n_categories = tree->factors[factor].n_categories;
  double sums[CAM_IMPORTANCE_MOST_CATEGORIES] = { 0 }, counts[CAM_IMPORTANCE_MOST_CATEGORIES] = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      items[i].key = tree->x[(gsize) items[i].row * tree->n_factors + factor];
      if (n_categories > 0)
        {
          sums[(guint) items[i].key] += items[i].score;
          counts[(guint) items[i].key] += 1.0;
        }
    }
  for (gsize i = 0; i < n && n_categories > 0; i++)
    {
      guint category = (guint) items[i].key;

      items[i].key = sums[category] / counts[category];
    }
}

static void
try_factor (const Tree *tree,
            guint       factor,
            Item       *items,
            gsize       n,
            Cut        *best)
{
  double total = 0.0, sum = 0.0;

  find_keys (tree, factor, items, n);
  qsort (items, n, sizeof *items, compare_items);
  for (gsize i = 0; i < n; i++)
    total += items[i].score;
  for (gsize i = 0; i + 1 < n; i++)
    {
      double n_left = (double) i + 1, n_right = (double) (n - i - 1), gain;

      sum += items[i].score;
      if (items[i].key == items[i + 1].key || n_left < LEAST_LEAF || n_right < LEAST_LEAF)
        continue;
      gain = sum * sum / n_left + (total - sum) * (total - sum) / n_right - total * total / (double) n;
      if (gain > best->gain * (1 + 1e-12) + 1e-300)
        *best = (Cut) { TRUE, gain, factor, (items[i].key + items[i + 1].key) / 2, 0 };
    }
}

/* Which categories go left: those whose place lies below the cut. Those that no row here has go right. */
static void
settle_categories (const Tree *tree,
                   Item       *items,
                   gsize       n,
                   Cut        *cut)
{
  if (tree->factors[cut->factor].n_categories == 0)
    return;
  find_keys (tree, cut->factor, items, n);
  for (gsize i = 0; i < n; i++)
    if (items[i].key <= cut->threshold)
      cut->left |= G_GUINT64_CONSTANT (1) << (guint) tree->x[(gsize) items[i].row * tree->n_factors + cut->factor];
}

static gboolean
goes_left (const Tree *tree,
           const Cut  *cut,
           guint       row)
{
  double value = tree->x[(gsize) row * tree->n_factors + cut->factor];

  return tree->factors[cut->factor].n_categories > 0 ? (cut->left >> (guint) value & 1) != 0 : value <= cut->threshold;
}

/* Grows what lies in @leaf's box; takes @leaf. */
static void
grow (Tree *tree,
      Item *items,
      gsize n,
      Leaf  leaf)
{
  Cut cut = { 0 };
  Leaf right;
  gsize n_left = 0;
  double sum = 0.0;

  for (guint factor = 0; factor < tree->n_factors && n >= 2 * LEAST_LEAF; factor++)
    try_factor (tree, factor, items, n, &cut);
  if (!cut.is_there)
    {
      for (gsize i = 0; i < n; i++)
        sum += items[i].score;
      leaf.value = sum / (double) n;
      g_array_append_val (tree->leaves, leaf);
      return;
    }

  settle_categories (tree, items, n, &cut);
  for (gsize i = 0; i < n; i++)
    if (goes_left (tree, &cut, items[i].row))
      {
        Item item = items[i];

        items[i] = items[n_left];
        items[n_left++] = item;
      }
  right.low = g_memdup2 (leaf.low, tree->n_factors * sizeof (double));
  right.high = g_memdup2 (leaf.high, tree->n_factors * sizeof (double));
  right.categories = g_memdup2 (leaf.categories, tree->n_factors * sizeof (guint64));
  if (tree->factors[cut.factor].n_categories > 0)
    {
      right.categories[cut.factor] &= ~cut.left;
      leaf.categories[cut.factor] &= cut.left;
    }
  else
    leaf.high[cut.factor] = right.low[cut.factor] = cut.threshold;
  grow (tree, items, n_left, leaf);
  grow (tree, items + n_left, n - n_left, right);
}

/* The variance over the space ------------------------------------------------------------------------------------------ */

static guint
count_bits (guint64 bits)
{
  guint n = 0;

  for (; bits != 0; bits &= bits - 1)
    n++;
  return n;
}

static double
get_width (const Tree *tree,
           const Leaf *leaf,
           guint       factor)
{
  guint n_categories = tree->factors[factor].n_categories;

  return n_categories > 0 ? (double) count_bits (leaf->categories[factor]) / n_categories : leaf->high[factor] - leaf->low[factor];
}

static double
get_volume (const Tree *tree,
            const Leaf *leaf)
{
  double volume = 1.0;

  for (guint factor = 0; factor < tree->n_factors; factor++)
    volume *= get_width (tree, leaf, factor);
  return volume;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Variance of the mean score along a number: it is constant between the ends of boxes. */
static double
vary_number (const Tree   *tree,
             guint         factor,
             const double *volumes,
             double        mean)
{
  guint n = tree->leaves->len;
  g_autofree double *ends = g_new (double, 2 * n);
  double variance = 0.0;

  for (guint i = 0; i < n; i++)
    {
      ends[2 * i] = g_array_index (tree->leaves, Leaf, i).low[factor];
      ends[2 * i + 1] = g_array_index (tree->leaves, Leaf, i).high[factor];
    }
  qsort (ends, 2 * n, sizeof *ends, compare_numbers);
  for (guint k = 0; k + 1 < 2 * n; k++)
    {
      double middle = (ends[k] + ends[k + 1]) / 2, here = 0.0;

      if (ends[k + 1] <= ends[k])
        continue;
      for (guint i = 0; i < n; i++)
        {
          const Leaf *leaf = &g_array_index (tree->leaves, Leaf, i);

          if (middle > leaf->low[factor] && middle < leaf->high[factor])
            here += leaf->value * volumes[i] / get_width (tree, leaf, factor);
        }
      variance += (ends[k + 1] - ends[k]) * (here - mean) * (here - mean);
    }

  return variance;
}

static double
vary_category (const Tree   *tree,
               guint         factor,
               const double *volumes,
               double        mean)
{
  guint n_categories = tree->factors[factor].n_categories;
  double variance = 0.0;

  for (guint category = 0; category < n_categories; category++)
    {
      double here = 0.0;

      for (guint i = 0; i < tree->leaves->len; i++)
        {
          const Leaf *leaf = &g_array_index (tree->leaves, Leaf, i);

          if ((leaf->categories[factor] >> category & 1) != 0)
            here += leaf->value * volumes[i] / get_width (tree, leaf, factor);
        }
      variance += (here - mean) * (here - mean) / n_categories;
    }

  return variance;
}

/* Adds the shares of one tree; FALSE: it says nothing. */
static gboolean
add_shares (const Tree *tree,
            double     *shares)
{
  g_autofree double *volumes = g_new (double, tree->leaves->len);
  double mean = 0.0, variance = 0.0;

  for (guint i = 0; i < tree->leaves->len; i++)
    {
      volumes[i] = get_volume (tree, &g_array_index (tree->leaves, Leaf, i));
      mean += volumes[i] * g_array_index (tree->leaves, Leaf, i).value;
    }
  for (guint i = 0; i < tree->leaves->len; i++)
    variance += volumes[i] * pow (g_array_index (tree->leaves, Leaf, i).value - mean, 2.0);
  if (!(variance > 0.0))
    return FALSE;
  for (guint factor = 0; factor < tree->n_factors; factor++)
    shares[factor] += (tree->factors[factor].n_categories > 0 ? vary_category (tree, factor, volumes, mean) : vary_number (tree, factor, volumes, mean)) / variance;

  return TRUE;
}

static Leaf
make_whole (const CamFactor *factors,
            guint            n_factors)
{
  Leaf leaf = { g_new (double, n_factors), g_new (double, n_factors), g_new (guint64, n_factors), 0.0 };

  for (guint factor = 0; factor < n_factors; factor++)
    {
      leaf.low[factor] = 0.0;
      leaf.high[factor] = 1.0;
      leaf.categories[factor] = factors[factor].n_categories == 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << factors[factor].n_categories) - 1;
    }

  return leaf;
}

static double
scale (const CamFactor *factor,
       double           value)
{
  if (factor->n_categories > 0)
    return CLAMP (value, 0.0, factor->n_categories - 1.0);

  return factor->high > factor->low ? CLAMP ((value - factor->low) / (factor->high - factor->low), 0.0, 1.0) : 0.5;
}

double
cam_importance_find (const CamFactor *factors,
                     guint            n_factors,
                     const double    *scores,
                     gsize            n,
                     guint            n_trees,
                     guint64          seed,
                     double          *shares)
{
  g_autofree double *x = g_new (double, n * n_factors + 1), *kept = g_new (double, n + 1);
  g_autofree Item *items = g_new (Item, MAX (n, 1));
  guint n_kept = 0, n_told = 0;
  double together = 1.0;
  CamRng rng;

  for (gsize i = 0; i < n; i++)
    {
      if (!isfinite (scores[i]))
        continue;
      for (guint factor = 0; factor < n_factors; factor++)
        x[(gsize) n_kept * n_factors + factor] = scale (&factors[factor], factors[factor].values[i]);
      kept[n_kept++] = scores[i];
    }
  for (guint factor = 0; factor < n_factors; factor++)
    shares[factor] = 0.0;

  for (guint t = 0; t < MAX (n_trees, 1) && n_kept >= LEAST_ROWS; t++)
    {
      Tree tree = { factors, n_factors, x, kept, g_array_new (FALSE, FALSE, sizeof (Leaf)) };
      guint n_rows = n_trees > 0 ? MIN (n_kept, MOST_ROWS) : n_kept;

      g_array_set_clear_func (tree.leaves, leaf_clear);
      cam_rng_init (&rng, seed, cam_rng_stream_named ("importance") + t);
      for (guint i = 0; i < n_rows; i++)
        {
          guint row = n_trees > 0 ? (guint) cam_rng_below (&rng, n_kept) : i;

          items[i] = (Item) { 0.0, kept[row], row };
        }
      grow (&tree, items, n_rows, make_whole (factors, n_factors));
      n_told += add_shares (&tree, shares);
      g_array_unref (tree.leaves);
    }

  for (guint factor = 0; factor < n_factors; factor++)
    {
      shares[factor] = n_told > 0 ? shares[factor] / n_told : NAN;
      together -= shares[factor];
    }

  return n_told > 0 ? CLAMP (together, 0.0, 1.0) : NAN;
}
