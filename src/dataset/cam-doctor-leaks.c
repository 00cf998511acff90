/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns that give the target away. A rule of one column is fitted on training rows and measured on validation rows, against what one would say without the column.
 *
 * The rule: a number falls into one of as many bins of equal counts, a word stands for itself; each bin or word answers with its most frequent class, or its mean. A number that is to be
 * predicted has a straight line tried on it as well. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-doctor-private.h"

/* Enough of them that the bin in which one class gives way to the next holds few rows, and some rows in each. */
#define MOST_BINS 256
#define FEWEST_BINS 8
#define ROWS_IN_A_BIN 8
/* The share of the baseline's errors, or of the variance, that is gone. A good feature of real data takes away up to 95 %. */
#define ALMOST_ALL 0.98
#define FEWEST_ROWS 20
/* Two values of which one means a rare class: as rarely by chance as this, in at least as many rows. */
#define FEWEST_PURE 10
#define RARE 0.3
#define CHANCE 1e-6

/* A column and a target in the same rows; pairs with a missing value are left out. */
typedef struct
{
  guint   n, n_score;
  double *x, *y;             /* training */
  double *score_x, *score_y;
} Pairs;

static void
pairs_clear (Pairs *self)
{
  g_free (self->x);
  g_free (self->y);
  g_free (self->score_x);
  g_free (self->score_y);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pairs, pairs_clear)

static guint
list_pairs (const CamExam *self,
            guint          column,
            guint          target,
            const GArray  *rows,
            double       **x,
            double       **y)
{
  guint n = 0;

  *x = g_new (double, rows->len + 1);
  *y = g_new (double, rows->len + 1);
  for (guint i = 0; i < rows->len; i++)
    {
      gsize row = g_array_index (rows, gsize, i);

      (*x)[n] = cam_exam_get_value (self, column, row);
      (*y)[n] = cam_exam_get_value (self, target, row);
      n += !isnan ((*x)[n]) && !isnan ((*y)[n]);
    }

  return n;
}

/* Doubles as places: equal numbers have the same, in order of first appearance. G_MAXUINT: not known. */
typedef struct { GHashTable *places; guint n; } Places;

static guint
find_place (Places *self,
            double  value,
            gboolean add)
{
  gpointer known = g_hash_table_lookup (self->places, &value);

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  if (!add)
    return G_MAXUINT;
  g_hash_table_insert (self->places, g_memdup2 (&value, sizeof value), GUINT_TO_POINTER (++self->n));

  return self->n - 1;
}

static Places
places_new (void)
{
  return (Places) { g_hash_table_new_full (g_double_hash, g_double_equal, g_free, NULL), 0 };
}

/* The bin of each @x: numbers by @cuts, words by place. */
static guint *
find_bins (const double *x,
           guint         n,
           const double *cuts,
           guint         n_cuts,
           Places       *words,
           gboolean      add)
{
  guint *bins = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    if (words != NULL)
      bins[i] = find_place (words, x[i], add);
    else
      {
        guint low = 0, high = n_cuts;

        while (low < high)
          {
            guint middle = (low + high) / 2;

            if (x[i] >= cuts[middle])
              low = middle + 1;
            else
              high = middle;
          }
        bins[i] = low;
      }

  return bins;
}

static guint
find_cuts (const double *x,
           guint         n,
           double        cuts[MOST_BINS])
{
  const guint n_bins = CLAMP (n / ROWS_IN_A_BIN, FEWEST_BINS, MOST_BINS);
  g_autoptr(GArray) array = g_array_sized_new (FALSE, FALSE, sizeof (double), n);
  guint n_cuts = 0;

  g_array_append_vals (array, x, n);
  g_array_sort (array, cam_exam_compare);
  for (guint b = 1; b < n_bins && n > 0; b++)
    {
      guint at = (guint) ((guint64) n * b / n_bins);
      double value = g_array_index (array, double, at);
      /* Half-way to the value before, so that a validation row between two training rows is not always on the upper side. */
      double below = value;

      while (at > 0 && below == value)
        below = g_array_index (array, double, --at);
      if (below < value && (n_cuts == 0 || (below + value) / 2 > cuts[n_cuts - 1]))
        cuts[n_cuts++] = (below + value) / 2;
    }

  return n_cuts;
}

/* The most frequent of @n_classes counts. */
static guint
find_most (const guint *counts,
           guint        n_classes)
{
  guint most = 0;

  for (guint c = 1; c < n_classes; c++)
    if (counts[c] > counts[most])
      most = c;

  return most;
}

/* Rows that a rule gets right: @answers a class for each bin. */
static double
measure_right (const guint *bins,
               const guint *classes,
               guint        n,
               const guint *answers,
               guint        otherwise)
{
  guint n_right = 0;

  for (guint i = 0; i < n; i++)
    n_right += classes[i] == (bins[i] == G_MAXUINT ? otherwise : answers[bins[i]]);

  return n > 0 ? (double) n_right / n : 0.0;
}

/* The share of errors that the rule takes away in the worse of training and validation; *@right: how often it is right in validation. */
static double
score_classes (const Pairs *pairs,
               const guint *bins,
               const guint *score_bins,
               guint        n_bins,
               double      *right)
{
  Places places = places_new ();
  g_autoptr(GHashTable) owned = places.places;
  g_autofree guint *classes = find_bins (pairs->y, pairs->n, NULL, 0, &places, TRUE);
  g_autofree guint *score_classes = find_bins (pairs->score_y, pairs->n_score, NULL, 0, &places, FALSE);
  guint n_classes = places.n, most;
  g_autofree guint *counts = g_new0 (guint, (gsize) MAX (n_bins, 1) * n_classes + 1);
  g_autofree guint *all = g_new0 (guint, n_classes + 1);
  g_autofree guint *answers = g_new0 (guint, n_bins + 1);
  double base, base_score, trained;

  *right = 0.0;
  if (n_classes < 2)
    return 0.0;
  for (guint i = 0; i < pairs->n; i++)
    {
      counts[(gsize) bins[i] * n_classes + classes[i]]++;
      all[classes[i]]++;
    }
  most = find_most (all, n_classes);
  for (guint b = 0; b < n_bins; b++)
    answers[b] = find_most (counts + (gsize) b * n_classes, n_classes);
  base = (double) all[most] / pairs->n;
  trained = measure_right (bins, classes, pairs->n, answers, most);
  *right = measure_right (score_bins, score_classes, pairs->n_score, answers, most);
  base_score = 0.0;
  for (guint i = 0; i < pairs->n_score; i++)
    base_score += score_classes[i] == most;
  base_score /= MAX (pairs->n_score, 1);
  if (base >= 1.0 || base_score >= 1.0)
    return 0.0;

  return MIN ((trained - base) / (1.0 - base), (*right - base_score) / (1.0 - base_score));
}

static double
measure_explained (const double *y,
                   const double *said,
                   guint         n)
{
  double mean = 0.0, total = 0.0, left = 0.0;

  for (guint i = 0; i < n; i++)
    mean += y[i] / n;
  for (guint i = 0; i < n; i++)
    {
      total += (y[i] - mean) * (y[i] - mean);
      left += (y[i] - said[i]) * (y[i] - said[i]);
    }

  return total > 0.0 ? 1.0 - left / total : 0.0;
}

/* R² of the means of bins, in the worse of training and validation. */
static double
score_means (const Pairs *pairs,
             const guint *bins,
             const guint *score_bins,
             guint        n_bins)
{
  g_autofree double *sums = g_new0 (double, n_bins + 1);
  g_autofree guint *counts = g_new0 (guint, n_bins + 1);
  g_autofree double *said = g_new (double, MAX (pairs->n, pairs->n_score) + 1);
  double all = 0.0, trained;

  for (guint i = 0; i < pairs->n; i++)
    {
      sums[bins[i]] += pairs->y[i];
      counts[bins[i]]++;
      all += pairs->y[i] / pairs->n;
    }
  for (guint i = 0; i < pairs->n; i++)
    said[i] = sums[bins[i]] / counts[bins[i]];
  trained = measure_explained (pairs->y, said, pairs->n);
  for (guint i = 0; i < pairs->n_score; i++)
    said[i] = score_bins[i] == G_MAXUINT || counts[score_bins[i]] == 0 ? all : sums[score_bins[i]] / counts[score_bins[i]];

  return MIN (trained, measure_explained (pairs->score_y, said, pairs->n_score));
}

static double
score_line (const Pairs *pairs)
{
  g_autofree double *said = g_new (double, MAX (pairs->n, pairs->n_score) + 1);
  double mean_x = 0.0, mean_y = 0.0, xx = 0.0, xy = 0.0, slope, trained;

  for (guint i = 0; i < pairs->n; i++)
    {
      mean_x += pairs->x[i] / pairs->n;
      mean_y += pairs->y[i] / pairs->n;
    }
  for (guint i = 0; i < pairs->n; i++)
    {
      xx += (pairs->x[i] - mean_x) * (pairs->x[i] - mean_x);
      xy += (pairs->x[i] - mean_x) * (pairs->y[i] - mean_y);
    }
  slope = xx > 0.0 ? xy / xx : 0.0;
  for (guint i = 0; i < pairs->n; i++)
    said[i] = mean_y + slope * (pairs->x[i] - mean_x);
  trained = measure_explained (pairs->y, said, pairs->n);
  for (guint i = 0; i < pairs->n_score; i++)
    said[i] = mean_y + slope * (pairs->score_x[i] - mean_x);

  return MIN (trained, measure_explained (pairs->score_y, said, pairs->n_score));
}

/* How much of the target the column tells by itself, 0 … 1; *@right as above (classes), or R². */
static double
score_column (const CamExam *self,
              const Pairs   *pairs,
              guint          column,
              gboolean       is_number_target,
              double        *right)
{
  gboolean is_number = cam_exam_is_numeric (self, column);
  Places words = places_new ();
  g_autoptr(GHashTable) owned = words.places;
  double cuts[MOST_BINS] = { 0.0 };
  guint n_cuts = is_number ? find_cuts (pairs->x, pairs->n, cuts) : 0;
  g_autofree guint *bins = find_bins (pairs->x, pairs->n, cuts, n_cuts, is_number ? NULL : &words, TRUE);
  g_autofree guint *score_bins = find_bins (pairs->score_x, pairs->n_score, cuts, n_cuts, is_number ? NULL : &words, FALSE);
  guint n_bins = is_number ? n_cuts + 1 : words.n;

  if (!is_number_target)
    return score_classes (pairs, bins, score_bins, n_bins, right);
  *right = MAX (score_means (pairs, bins, score_bins, n_bins), is_number ? score_line (pairs) : 0.0);

  return *right;
}

/* Two values, of which one occurs with one rare class only, in training and validation. *@value, *@class: which. */
static gboolean
is_one_sided (const Pairs *pairs,
              double      *value,
              double      *class,
              guint       *n_pure)
{
  double values[2] = { NAN, NAN };

  for (guint i = 0; i < pairs->n; i++)
    if (isnan (values[0]) || pairs->x[i] == values[0])
      values[0] = pairs->x[i];
    else if (isnan (values[1]) || pairs->x[i] == values[1])
      values[1] = pairs->x[i];
    else
      return FALSE;
  if (isnan (values[1]))
    return FALSE;

  for (guint v = 0; v < 2; v++)
    {
      double only = NAN;
      guint n = 0, n_class = 0;
      gboolean is_pure = TRUE;

      for (guint i = 0; i < pairs->n && is_pure; i++)
        if (pairs->x[i] == values[v])
          {
            is_pure = isnan (only) || pairs->y[i] == only;
            only = pairs->y[i];
            n++;
          }
      for (guint i = 0; i < pairs->n; i++)
        n_class += pairs->y[i] == only;
      for (guint i = 0; i < pairs->n_score && is_pure; i++)
        is_pure = pairs->score_x[i] != values[v] || pairs->score_y[i] == only;
      if (is_pure && n >= FEWEST_PURE && (double) n_class / pairs->n <= RARE && n * log ((double) n_class / pairs->n) < log (CHANCE))
        {
          *value = values[v];
          *class = only;
          *n_pure = n;
          return TRUE;
        }
    }

  return FALSE;
}

/* The value of @column as a person would write it. */
static char *
describe_value (const CamExam *self,
                guint          column,
                double         value)
{
  char buf[G_ASCII_DTOSTR_BUF_SIZE];

  if (cam_column_kind_is_numeric (cam_table_get_kind (self->table, column)))
    return g_strdup (g_ascii_formatd (buf, sizeof buf, "%.12g", value));

  return g_strdup (cam_table_get_level (self->table, column, (guint) value));
}

/* In all rows: the target again, or one word for each of its words. */
static gboolean
is_copy (const CamExam *self,
         guint          column,
         guint          target)
{
  g_autoptr(GHashTable) there = g_hash_table_new_full (g_double_hash, g_double_equal, g_free, g_free);
  g_autoptr(GHashTable) back = g_hash_table_new_full (g_double_hash, g_double_equal, g_free, g_free);

  for (guint i = 0; i < self->usable->len; i++)
    {
      gsize row = g_array_index (self->usable, gsize, i);
      double x = cam_exam_get_value (self, column, row), y = cam_exam_get_value (self, target, row), *known;

      if (cam_exam_is_numeric (self, target))
        {
          if (x != y)
            return FALSE;
          continue;
        }
      known = g_hash_table_lookup (there, &x);
      if (isnan (x) || (known != NULL && *known != y))
        return FALSE;
      if (known != NULL)
        continue;
      if (g_hash_table_contains (back, &y))
        return FALSE;
      g_hash_table_insert (there, g_memdup2 (&x, sizeof x), g_memdup2 (&y, sizeof y));
      g_hash_table_insert (back, g_memdup2 (&y, sizeof y), g_memdup2 (&x, sizeof x));
    }

  return self->usable->len > 0;
}

typedef struct
{
  GArray *columns;           /* guint */
  GString *evidence;
  guint   n_told;
} Leaks;

static void
tell (Leaks      *self,
      guint       column,
      const char *evidence)
{
  g_array_append_val (self->columns, column);
  if (self->n_told++ < 2)
    g_string_append_printf (self->evidence, "%s%s", self->evidence->len > 0 ? "; " : "", evidence);
}

static void
examine_pair (const CamExam *self,
              guint          column,
              guint          target,
              Leaks         *leaks,
              Leaks         *parts)
{
  gboolean is_number_target = cam_exam_is_numeric (self, target);
  const char *name = cam_exam_get_name (self, column), *target_name = cam_exam_get_name (self, target);
  g_auto(Pairs) pairs = { 0 };
  g_autofree char *evidence = NULL;
  double right = 0.0, value, class;
  guint n_pure;

  pairs.n = list_pairs (self, column, target, self->sample, &pairs.x, &pairs.y);
  pairs.n_score = list_pairs (self, column, target, self->score, &pairs.score_x, &pairs.score_y);
  if (pairs.n < FEWEST_ROWS || pairs.n_score < FEWEST_ROWS / 2)
    return;

  if (score_column (self, &pairs, column, is_number_target, &right) >= ALMOST_ALL)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *share = cam_exam_share (right);

      if (is_copy (self, column, target))
        evidence = g_strdup_printf (_("%s is %s under another name"), name, target_name);
      else if (is_number_target)
        evidence = g_strdup_printf (_("R² of %s from %s alone is %s in validation"), target_name, name, g_ascii_formatd (number, sizeof number, "%.4f", right));
      else
        evidence = g_strdup_printf (_("a rule on %s alone is right about %s in %s of validation"), name, target_name, share);
      tell (leaks, column, evidence);
    }
  else if (!is_number_target && is_one_sided (&pairs, &value, &class, &n_pure))
    {
      g_autofree char *word = describe_value (self, column, value), *class_word = describe_value (self, target, class);

      evidence = g_strdup_printf (_("where %s is %s, %s is %s, in all %u training rows"), name, word, target_name, class_word, n_pure);
      tell (parts, column, evidence);
    }
}

static gboolean
was_told (const Leaks *self,
          guint        column)
{
  return self->columns->len > 0 && g_array_index (self->columns, guint, self->columns->len - 1) == column;
}

static void
add_leaks (CamExam *self,
           Leaks   *leaks,
           gboolean is_part)
{
  CamFinding *finding;
  g_autofree char *names = NULL, *sample = NULL;
  const guint n = leaks->columns->len;

  /* Where every column tells all, there is no leak: the task is that easy, or made by a formula. */
  if (n == 0 || n >= self->n_features)
    return;
  names = cam_exam_join (self, leaks->columns);
  sample = cam_exam_tell_sample (self);
  if (is_part)
    finding = cam_exam_add (self, "leak-part", CAM_SEVERITY_ERROR, leaks->columns,
                            g_strdup_printf (ngettext ("%s gives the target away", "%s give the target away", n), names),
                            g_strdup_printf (_("Is it known only once the answer is? Found: %s.%s"), leaks->evidence->str, sample));
  else
    finding = cam_exam_add (self, "leak", CAM_SEVERITY_ERROR, leaks->columns,
                            g_strdup_printf (ngettext ("%s predicts the target almost alone", "%s predict the target almost alone, each", n), names),
                            g_strdup_printf (_("Is it known before the answer is? Found: %s.%s"), leaks->evidence->str, sample));
  cam_finding_cure_ignore (finding, self, leaks->columns);
}

void
cam_exam_leaks (CamExam *self)
{
  Leaks leaks = { g_array_new (FALSE, FALSE, sizeof (guint)), g_string_new (NULL), 0 };
  Leaks parts = { g_array_new (FALSE, FALSE, sizeof (guint)), g_string_new (NULL), 0 };

  /* The past of a series may well tell its future. */
  for (guint f = 0; f < self->n_features && self->n_features > 1 && !self->is_sequence && !cam_exam_is_cancelled (self); f++)
    for (guint t = 0; t < self->n_targets && !was_told (&leaks, self->features[f]) && !was_told (&parts, self->features[f]); t++)
      examine_pair (self, self->features[f], self->targets[t], &leaks, &parts);
  add_leaks (self, &leaks, FALSE);
  add_leaks (self, &parts, TRUE);

  g_array_unref (leaks.columns);
  g_array_unref (parts.columns);
  g_string_free (leaks.evidence, TRUE);
  g_string_free (parts.evidence, TRUE);
}
