/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole groups dealt to parts or folds, so that rows and classes come as near to their shares as the groups allow.
 *
 * Each group goes where it costs least. The cost of a deal is the squared distance of rows, and of each class, from what every place is to have. Parts: groups come in random order, and
 * afterwards single groups move, and pairs change places, while that brings the deal nearer. Folds: the largest group comes first, equals in random order; with one class, this is
 * scikit-learn's GroupKFold. Costs groups × places × classes; improving looks at pairs only where there are few groups. */
#include <cam-rng.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-split-private.h"

/* Beyond these there is always a small group that fits, or no class is large enough to be balanced. */
#define MOST_SWAPPED_GROUPS 300
#define MOST_IMPROVED_GROUPS 20000
#define MOST_ROUNDS 20
#define MOST_CLASSES 100

typedef struct
{
  guint   n_groups, n_places, n_kinds;   /* kinds: rows, then each class or label */
  float  *weights;                       /* [n_groups, n_kinds]: rows of the group of each kind */
  double *goals;                         /* [n_places, n_kinds] */
  double *loads;
  double *scales;                        /* [n_kinds] */
  guint  *places;                        /* [n_groups] */
  guint  *n_in;                          /* [n_places]: groups there */
} Deal;

static void
deal_clear (Deal *self)
{
  g_free (self->weights);
  g_free (self->goals);
  g_free (self->loads);
  g_free (self->scales);
  g_free (self->places);
  g_free (self->n_in);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Deal, deal_clear)

/* The group of each row, from 0; rows without one stand alone. */
static guint
number_groups (const CamSplitRows *input,
               guint               column,
               guint              *groups)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_groups = 0;
  char buf[40];

  for (gsize i = 0; i < input->n; i++)
    {
      const char *word = cam_cell_level (input->table, column, input->rows[i], buf);
      gpointer known = word != NULL ? g_hash_table_lookup (seen, word) : NULL;

      if (known != NULL)
        {
          groups[i] = GPOINTER_TO_UINT (known) - 1;
          continue;
        }
      groups[i] = n_groups++;
      if (word != NULL)
        g_hash_table_insert (seen, g_strdup (word), GUINT_TO_POINTER (n_groups));
    }

  return n_groups;
}

static guint
count_kinds (const CamSplitRows *input)
{
  guint n_classes = 0;

  if (input->labels != NULL)
    return 1 + input->n_labels;
  for (gsize i = 0; input->classes != NULL && i < input->n; i++)
    n_classes = MAX (n_classes, (guint) input->classes[i] + 1);

  return n_classes > MOST_CLASSES ? 1 : 1 + n_classes;
}

static void
deal_init (Deal               *self,
           const CamSplitRows *input,
           const guint        *groups,
           guint               n_groups,
           const double       *shares,
           guint               n_places)
{
  guint n_kinds = count_kinds (input);
  g_autofree double *totals = g_new0 (double, n_kinds);

  *self = (Deal) { .n_groups = n_groups, .n_places = n_places, .n_kinds = n_kinds };
  self->weights = g_new0 (float, (gsize) n_groups * n_kinds);
  self->goals = g_new0 (double, (gsize) n_places * n_kinds);
  self->loads = g_new0 (double, (gsize) n_places * n_kinds);
  self->scales = g_new0 (double, n_kinds);
  self->places = g_new (guint, n_groups + 1);
  self->n_in = g_new0 (guint, n_places);
  for (guint g = 0; g < n_groups; g++)
    self->places[g] = G_MAXUINT;
  for (gsize i = 0; i < input->n; i++)
    {
      float *weights = self->weights + (gsize) groups[i] * n_kinds;

      weights[0] += 1.0f;
      if (n_kinds > 1 && input->labels != NULL)
        for (guint l = 0; l < input->n_labels; l++)
          weights[1 + l] += input->labels[i * input->n_labels + l];
      else if (n_kinds > 1)
        weights[1 + input->classes[i]] += 1.0f;
    }
  for (guint g = 0; g < n_groups; g++)
    for (guint k = 0; k < n_kinds; k++)
      totals[k] += self->weights[(gsize) g * n_kinds + k];
  for (guint k = 0; k < n_kinds; k++)
    {
      /* Rows count as much as all classes together, and each class by its own size. */
      self->scales[k] = totals[k] > 0.0 ? (k == 0 ? MAX (1, n_kinds - 1) : 1.0) / (totals[k] * totals[k]) : 0.0;
      for (guint p = 0; p < n_places; p++)
        self->goals[(gsize) p * n_kinds + k] = totals[k] * shares[p];
    }
}

/* What the deal costs more when @weights, times @sign, come to @place. */
static double
cost_of_adding (const Deal  *self,
                const float *weights,
                double       sign,
                guint        place)
{
  const double *loads = self->loads + (gsize) place * self->n_kinds, *goals = self->goals + (gsize) place * self->n_kinds;
  double cost = 0.0;

  for (guint k = 0; k < self->n_kinds; k++)
    cost += self->scales[k] * weights[k] * (2.0 * sign * (loads[k] - goals[k]) + weights[k]);

  return cost;
}

static void
put (Deal  *self,
     guint  group,
     guint  place)
{
  const float *weights = self->weights + (gsize) group * self->n_kinds;

  for (int sign = -1; sign <= 1; sign += 2)
    {
      guint at = sign < 0 ? self->places[group] : place;

      if (at == G_MAXUINT)
        continue;
      for (guint k = 0; k < self->n_kinds; k++)
        self->loads[(gsize) at * self->n_kinds + k] += sign * weights[k];
      self->n_in[at] += (guint) sign;
    }
  self->places[group] = place;
}

/* Where @group costs least; among equals the first that is to have more. */
static guint
find_cheapest (const Deal   *self,
               guint         group,
               const double *shares)
{
  const float *weights = self->weights + (gsize) group * self->n_kinds;
  guint best = G_MAXUINT;
  double best_cost = INFINITY;

  for (guint p = 0; p < self->n_places; p++)
    {
      double cost = shares[p] > 0.0 ? cost_of_adding (self, weights, 1.0, p) : INFINITY;

      if (cost < best_cost - 1e-12)
        {
          best = p;
          best_cost = cost;
        }
    }

  return best != G_MAXUINT ? best : CAM_PART_TRAIN;
}

static gboolean
improve_by_moving (Deal         *self,
                   const double *shares)
{
  gboolean better = FALSE;

  for (guint g = 0; g < self->n_groups; g++)
    {
      const float *weights = self->weights + (gsize) g * self->n_kinds;
      guint from = self->places[g], to = from;
      double out = cost_of_adding (self, weights, -1.0, from), best = -1e-12;

      if (self->n_in[from] < 2)
        continue;
      for (guint p = 0; p < self->n_places; p++)
        {
          double change = p != from && shares[p] > 0.0 ? out + cost_of_adding (self, weights, 1.0, p) : 0.0;

          if (change < best)
            {
              to = p;
              best = change;
            }
        }
      if (to != from)
        {
          put (self, g, to);
          better = TRUE;
        }
    }

  return better;
}

/* The change of cost when @group gives its place for @other's: each is taken out before the other comes in. */
static gboolean
try_swap (Deal  *self,
          guint  group,
          guint  other)
{
  const float *a = self->weights + (gsize) group * self->n_kinds, *b = self->weights + (gsize) other * self->n_kinds;
  guint place = self->places[group], other_place = self->places[other];
  const double *loads = self->loads + (gsize) place * self->n_kinds, *other_loads = self->loads + (gsize) other_place * self->n_kinds;
  const double *goals = self->goals + (gsize) place * self->n_kinds, *other_goals = self->goals + (gsize) other_place * self->n_kinds;
  double change = 0.0;

  for (guint k = 0; k < self->n_kinds; k++)
    {
      double moved = (double) b[k] - a[k];

      change += self->scales[k] * moved * (2.0 * (loads[k] - goals[k]) + moved - 2.0 * (other_loads[k] - other_goals[k]) + moved);
    }
  if (change >= -1e-12)
    return FALSE;
  put (self, group, other_place);
  put (self, other, place);

  return TRUE;
}

static gboolean
improve_by_swapping (Deal *self)
{
  gboolean better = FALSE;

  for (guint g = 0; g < self->n_groups; g++)
    for (guint other = g + 1; other < self->n_groups; other++)
      if (self->places[g] != self->places[other])
        better = try_swap (self, g, other) || better;

  return better;
}

/* Small groups may all find their way to the others: a place that is to have rows has one group at least. */
static void
fill_empty_places (Deal         *self,
                   const double *shares)
{
  for (guint p = 0; p < self->n_places; p++)
    {
      double least = INFINITY;
      guint chosen = G_MAXUINT;

      if (self->n_in[p] > 0 || shares[p] <= 0.0)
        continue;
      for (guint g = 0; g < self->n_groups; g++)
        {
          const float *weights = self->weights + (gsize) g * self->n_kinds;
          double cost;

          if (self->n_in[self->places[g]] < 2)
            continue;
          cost = cost_of_adding (self, weights, -1.0, self->places[g]) + cost_of_adding (self, weights, 1.0, p);
          if (cost < least)
            {
              least = cost;
              chosen = g;
            }
        }
      if (chosen != G_MAXUINT)
        put (self, chosen, p);
    }
}

/* Largest first; equals stay in the order they have. */
static int
compare_sizes (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const Deal *self = user_data;
  float x = self->weights[(gsize) *(const guint32 *) a * self->n_kinds], y = self->weights[(gsize) *(const guint32 *) b * self->n_kinds];

  return x > y ? -1 : x < y;
}

static void
deal_groups (const CamSplit *self,
             Deal           *deal,
             const double   *shares)
{
  g_autofree guint32 *order = g_new (guint32, deal->n_groups + 1);
  CamRng rng;

  for (guint32 g = 0; g < deal->n_groups; g++)
    order[g] = g;
  cam_rng_init (&rng, self->seed, cam_rng_stream_named ("split/groups"));
  cam_rng_shuffle (&rng, order, deal->n_groups);
  if (self->n_folds > 0)
    g_qsort_with_data (order, (int) deal->n_groups, sizeof *order, compare_sizes, deal);   /* stable */
  for (guint g = 0; g < deal->n_groups; g++)
    put (deal, order[g], find_cheapest (deal, order[g], shares));

  for (guint round = 0; self->n_folds == 0 && round < MOST_ROUNDS && deal->n_groups <= MOST_IMPROVED_GROUPS; round++)
    {
      gboolean moved = improve_by_moving (deal, shares);
      gboolean swapped = deal->n_groups <= MOST_SWAPPED_GROUPS && improve_by_swapping (deal);

      if (!moved && !swapped)
        break;
    }
  fill_empty_places (deal, shares);
}

gboolean
cam_split_by_group (const CamSplit      *self,
                    const CamSplitRows  *input,
                    guint               *places,
                    GError             **error)
{
  g_autofree guint *groups = g_new (guint, input->n + 1);
  g_autofree double *shares = g_new0 (double, CAM_SPLIT_MAX_PLACES);
  g_auto(Deal) deal = { 0 };
  int column = self->column != NULL ? cam_table_find (input->table, self->column) : input->group_column;
  guint n_groups, n_places, n_wanted = 0;

  if (column < 0)
    {
      if (self->column != NULL)
        g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("split: the file has no column “%s”"), self->column);
      else
        g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
                     _("split: the method is “grouped”, but no column says which rows belong together; give one the role “group”, or name it in “column”"));
      return FALSE;
    }
  n_groups = number_groups (input, (guint) column, groups);
  n_places = cam_split_get_shares (self, shares);
  for (guint p = 0; p < n_places; p++)
    n_wanted += shares[p] > 0.0;
  if (n_groups < n_wanted)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS, _("split: “%s” has %u groups, but %u parts need one each; choose another column or fewer parts"),
                   cam_table_get_name (input->table, (guint) column), n_groups, n_wanted);
      return FALSE;
    }

  deal_init (&deal, input, groups, n_groups, shares, n_places);
  deal_groups (self, &deal, shares);
  for (gsize i = 0; i < input->n; i++)
    places[i] = deal.places[groups[i]];

  return TRUE;
}
