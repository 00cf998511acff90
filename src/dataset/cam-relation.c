/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a column stands to the target, counted in a few passes over flat arrays. */
#include "cam-relation.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-number.h"

#define MOST_DIFFERENT 10000        /* as cam_table_summarise() counts */
#define NO_GROUP (-1)

/* A column of words, by row: an index into names, NO_GROUP where missing. */
typedef struct
{
  gint32    *codes;
  GPtrArray *names;         /* of char *, by first appearance */
} CamCodes;

static void
clear_codes (CamCodes *words)
{
  g_clear_pointer (&words->codes, g_free);
  g_clear_pointer (&words->names, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CamCodes, clear_codes)

/* Words as they stand, numbers by their shortest text. */
static void
read_codes (const CamTable *table,
            guint           column,
            CamCodes       *words)
{
  const gsize n = cam_table_get_n_rows (table);
  g_autoptr(GHashTable) seen = NULL;

  words->codes = g_new (gint32, n + 1);
  words->names = g_ptr_array_new_with_free_func (g_free);
  if (cam_table_get_n_levels (table, column) > 0)
    {
      for (guint i = 0; i < cam_table_get_n_levels (table, column); i++)
        g_ptr_array_add (words->names, g_strdup (cam_table_get_level (table, column, i)));
      for (gsize row = 0; row < n; row++)
        words->codes[row] = cam_table_get_code (table, column, row);
      return;
    }
  seen = g_hash_table_new_full (g_double_hash, g_double_equal, g_free, NULL);
  for (gsize row = 0; row < n; row++)
    {
      double value = cam_table_get_number (table, column, row);
      gpointer code;

      words->codes[row] = NO_GROUP;
      if (isnan (value))
        continue;
      value += 0.0;         /* −0 and 0 are the same word */
      if (!g_hash_table_lookup_extended (seen, &value, NULL, &code))
        {
          char buf[CAM_NUMBER_BUF];

          code = GUINT_TO_POINTER (words->names->len);
          g_hash_table_insert (seen, g_memdup2 (&value, sizeof value), code);
          g_ptr_array_add (words->names, g_strdup (cam_number_shortest (buf, value, FALSE)));
        }
      words->codes[row] = GPOINTER_TO_INT (code);
    }
}

guint
cam_text_count_words (const char *text)
{
  gboolean is_inside = FALSE, has_letters = FALSE;
  guint n = 0;

  for (; text != NULL; text++)
    {
      if (*text != '\0' && !g_ascii_isspace (*text))
        {
          has_letters |= !g_ascii_ispunct (*text);
          is_inside = TRUE;
          continue;
        }
      n += is_inside && has_letters;
      is_inside = has_letters = FALSE;
      if (*text == '\0')
        break;
    }

  return n;
}

/* Each level is read once, however often it occurs. */
static double *
read_lengths (const CamTable *table,
              guint           column)
{
  const gsize n = cam_table_get_n_rows (table);
  const guint n_levels = cam_table_get_n_levels (table, column);
  g_autofree double *lengths = g_new (double, n_levels + 1);
  double *values = g_new (double, n + 1);

  for (guint i = 0; i < n_levels; i++)
    lengths[i] = cam_text_count_words (cam_table_get_level (table, column, i));
  for (gsize row = 0; row < n; row++)
    {
      int code = cam_table_get_code (table, column, row);

      values[row] = code >= 0 ? lengths[code] : NAN;
    }
  return values;
}

static double *
read_numbers (const CamTable *table,
              guint           column)
{
  const gsize n = cam_table_get_n_rows (table);
  double *values;

  if (cam_table_get_kind (table, column) == CAM_COLUMN_TEXT)
    return read_lengths (table, column);
  values = g_new (double, n + 1);
  for (gsize row = 0; row < n; row++)
    values[row] = cam_table_get_number (table, column, row);
  return values;
}

/* Order ------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  guint       code;
  gsize       n;
  const char *name;
  double      value;
} CamEntry;

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (((const CamEntry *) a)->name, ((const CamEntry *) b)->name);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  double x = ((const CamEntry *) a)->value, y = ((const CamEntry *) b)->value;

  return (x > y) - (x < y);
}

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const CamEntry *x = a, *y = b;

  return x->n != y->n ? (x->n < y->n ? 1 : -1) : (x->code > y->code) - (x->code < y->code);
}

/* Words that occur; a level that no row has is left out. */
static GArray *
list_entries (const CamCodes *words,
              gsize           n)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (CamEntry));

  g_array_set_size (entries, words->names->len);
  for (guint i = 0; i < entries->len; i++)
    {
      CamEntry *entry = &g_array_index (entries, CamEntry, i);
      char *end;

      entry->code = i;
      entry->name = words->names->pdata[i];
      entry->value = g_ascii_strtod (entry->name, &end);
      if (end == entry->name || *end != '\0')
        entry->value = NAN;
    }
  for (gsize row = 0; row < n; row++)
    if (words->codes[row] >= 0)
      g_array_index (entries, CamEntry, words->codes[row]).n++;
  for (guint i = entries->len; i > 0; i--)
    if (g_array_index (entries, CamEntry, i - 1).n == 0)
      g_array_remove_index (entries, i - 1);
  return entries;
}

static void
renumber (CamCodes *words,
          gsize     n,
          GArray   *entries,
          guint     n_most,
          int       rest)
{
  g_autofree gint32 *to = g_new (gint32, words->names->len + 1);

  for (guint i = 0; i < words->names->len; i++)
    to[i] = NO_GROUP;
  for (guint i = 0; i < entries->len; i++)
    to[g_array_index (entries, CamEntry, i).code] = i < n_most ? (gint32) i : rest;
  for (gsize row = 0; row < n; row++)
    if (words->codes[row] >= 0)
      words->codes[row] = to[words->codes[row]];
}

/* Classes of the target as the preparation orders them; too many: the last is all the others. */
static void
settle_classes (CamRelation *self,
                CamCodes    *words,
                gsize        n)
{
  g_autoptr(GArray) entries = list_entries (words, n);
  gboolean are_numbers = TRUE;
  guint n_named;

  for (guint i = 0; i < entries->len; i++)
    are_numbers = are_numbers && !isnan (g_array_index (entries, CamEntry, i).value);
  g_array_sort (entries, are_numbers ? compare_values : compare_names);
  self->n_classes = MIN (entries->len, CAM_RELATION_CLASSES);
  n_named = entries->len > CAM_RELATION_CLASSES ? CAM_RELATION_CLASSES - 1 : entries->len;
  self->classes = g_new0 (char *, self->n_classes + 1);
  for (guint i = 0; i < n_named; i++)
    self->classes[i] = g_strdup (g_array_index (entries, CamEntry, i).name);
  if (n_named < self->n_classes)
    self->classes[n_named] = g_strdup (_("others"));
  renumber (words, n, entries, n_named, (int) n_named);
}

static void
settle_levels (CamRelation *self,
               CamCodes    *words,
               gsize        n)
{
  g_autoptr(GArray) entries = list_entries (words, n);

  g_array_sort (entries, compare_counts);
  self->n_different = MIN (entries->len, MOST_DIFFERENT);
  self->n_levels = MIN (entries->len, CAM_RELATION_LEVELS);
  self->levels = g_new0 (char *, self->n_levels + 1);
  for (guint i = 0; i < entries->len; i++)
    {
      const CamEntry *entry = &g_array_index (entries, CamEntry, i);

      self->n += entry->n;
      if (i < self->n_levels)
        self->levels[i] = g_strdup (entry->name);
      else
        self->n_in_other_levels += entry->n;
    }
  renumber (words, n, entries, self->n_levels, NO_GROUP);
}

/* Numbers ----------------------------------------------------------------------------------------------------------- */

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Between the two values that surround it. @sorted is not empty. */
static double
quantile (const double *sorted,
          gsize         n,
          double        q)
{
  double place = q * (double) (n - 1);
  gsize i = (gsize) place;
  double rest = place - (double) i;

  return i + 1 < n && rest > 0 ? sorted[i] + (sorted[i + 1] - sorted[i]) * rest : sorted[i];
}

/* Sorts @values. */
static void
take_quartiles (double       *values,
                gsize         n,
                CamQuartiles *box)
{
  double sum = 0, reach;
  gsize first = 0, last = n;

  *box = (CamQuartiles) { n, NAN, NAN, NAN, NAN, NAN, NAN };
  if (n == 0)
    return;
  qsort (values, n, sizeof *values, compare_doubles);
  for (gsize i = 0; i < n; i++)
    sum += (values[i] - values[0]);
  box->mean = values[0] + sum / (double) n;
  box->q25 = quantile (values, n, 0.25);
  box->median = quantile (values, n, 0.5);
  box->q75 = quantile (values, n, 0.75);
  reach = 1.5 * (box->q75 - box->q25);
  while (first + 1 < n && values[first] < box->q25 - reach)
    first++;
  while (last > 1 && values[last - 1] > box->q75 + reach)
    last--;
  box->low = fmin (values[first], box->q25);
  box->high = fmax (values[last - 1], box->q75);
}

/* Those of @values whose group is @group (of all: @groups NULL), without what is missing. */
static gsize
pick (const double *values,
      gsize         n,
      const gint32 *groups,
      int           group,
      double       *picked)
{
  gsize n_picked = 0;

  for (gsize row = 0; row < n; row++)
    if (isfinite (values[row]) && (groups == NULL || groups[row] == group))
      picked[n_picked++] = values[row];
  return n_picked;
}

static gboolean
are_whole (const double *values,
           gsize         n)
{
  for (gsize row = 0; row < n; row++)
    if (isfinite (values[row]) && values[row] != floor (values[row]))
      return FALSE;
  return TRUE;
}

static void
count_bins (CamRelation  *self,
            const double *values,
            gsize         n,
            const gint32 *groups)
{
  self->n_bins = CAM_RELATION_BINS;
  self->bin_start = self->min;
  self->bin_width = (self->max - self->min) / self->n_bins;
  if (are_whole (values, n) && self->max - self->min < CAM_RELATION_WHOLE)
    {
      /* A bin for each number: others would hold two of them here and one there. */
      self->n_bins = (guint) (self->max - self->min) + 1;
      self->bin_width = 1;
      self->bin_start = self->min - 0.5;
    }
  else if (!(self->bin_width > 0))
    {
      self->n_bins = 1;
      self->bin_width = fabs (self->min) * 0.2;
      self->bin_start = self->min - self->bin_width / 2;
    }
  self->bins = g_new0 (gsize, self->n_groups * self->n_bins);
  for (gsize row = 0; row < n; row++)
    {
      int group = groups != NULL ? groups[row] : 0;
      guint bin;

      if (!isfinite (values[row]) || group < 0)
        continue;
      bin = (guint) CLAMP ((values[row] - self->bin_start) / self->bin_width, 0, self->n_bins - 1);
      self->bins[(guint) group * self->n_bins + bin]++;
    }
}

static void
describe_numbers (CamRelation  *self,
                  const double *values,
                  gsize         n,
                  const gint32 *groups)
{
  g_autofree double *picked = g_new (double, n + 1);
  double squares = 0;
  gsize different = 0;

  self->n = pick (values, n, NULL, 0, picked);
  take_quartiles (picked, self->n, &self->all);
  self->min = self->max = self->deviation = NAN;
  if (self->n == 0)
    return;
  self->min = picked[0];
  self->max = picked[self->n - 1];
  for (gsize i = 0; i < self->n; i++)
    {
      squares += (picked[i] - self->all.mean) * (picked[i] - self->all.mean);
      different += different < MOST_DIFFERENT && (i == 0 || picked[i] != picked[i - 1]);
    }
  self->deviation = sqrt (squares / (double) self->n);
  self->n_different = different;
  count_bins (self, values, n, groups);
  for (guint c = 0; c < self->n_classes; c++)
    take_quartiles (picked, pick (values, n, groups, (int) c, picked), &self->boxes[c]);
}

/* Two numbers ------------------------------------------------------------------------------------------------------- */

typedef struct { double x, y; } CamPair;

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const CamPair *p = a, *q = b;

  return p->x != q->x ? (p->x > q->x) - (p->x < q->x) : (p->y > q->y) - (p->y < q->y);
}

static double
correlate (const CamPair *pairs,
           gsize          n)
{
  double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;

  for (gsize i = 0; i < n; i++)
    {
      mean_x += (pairs[i].x - mean_x) / (double) (i + 1);
      mean_y += (pairs[i].y - mean_y) / (double) (i + 1);
    }
  for (gsize i = 0; i < n; i++)
    {
      double dx = pairs[i].x - mean_x, dy = pairs[i].y - mean_y;

      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
  return xx > 0 && yy > 0 ? xy / sqrt (xx * yy) : NAN;
}

/* Means over equal shares of the rows; rows of the same x are never parted. @pairs is sorted. */
static void
take_trend (CamRelation   *self,
            const CamPair *pairs,
            gsize          n)
{
  gsize start = 0;

  self->step_x = g_new (double, CAM_RELATION_STEPS + 1);
  self->step_y = g_new (double, CAM_RELATION_STEPS + 1);
  for (guint step = 0; step < CAM_RELATION_STEPS && start < n; step++)
    {
      gsize end = MAX (n * (step + 1) / CAM_RELATION_STEPS, start + 1);
      double x = 0, y = 0;

      while (end < n && pairs[end].x == pairs[end - 1].x)
        end++;
      for (gsize i = start; i < end; i++)
        {
          x += (pairs[i].x - pairs[start].x) / (double) (end - start);
          y += pairs[i].y / (double) (end - start);
        }
      self->step_x[self->n_steps] = pairs[start].x + x;
      self->step_y[self->n_steps++] = y;
      start = end;
    }
}

static void
relate_numbers (CamRelation  *self,
                const double *x,
                const double *y,
                gsize         n)
{
  g_autofree CamPair *pairs = g_new (CamPair, n + 1);
  gsize step;

  for (gsize row = 0; row < n; row++)
    if (isfinite (x[row]) && isfinite (y[row]))
      pairs[self->n_pairs++] = (CamPair) { x[row], y[row] };
  step = self->n_pairs / CAM_RELATION_DOTS + (self->n_pairs % CAM_RELATION_DOTS != 0);
  self->dot_x = g_new (double, CAM_RELATION_DOTS + 1);
  self->dot_y = g_new (double, CAM_RELATION_DOTS + 1);
  for (gsize i = 0; i < self->n_pairs; i += MAX (step, 1))
    {
      self->dot_x[self->n_dots] = pairs[i].x;
      self->dot_y[self->n_dots++] = pairs[i].y;
    }
  qsort (pairs, self->n_pairs, sizeof *pairs, compare_pairs);
  self->correlation = correlate (pairs, self->n_pairs);
  take_trend (self, pairs, self->n_pairs);
}

/* Words ------------------------------------------------------------------------------------------------------------- */

static void
relate_words (CamRelation    *self,
              const CamCodes *words,
              gsize           n,
              const gint32   *groups,
              const double   *target)
{
  self->level_counts = g_new0 (gsize, self->n_groups * self->n_levels + 1);
  for (gsize row = 0; row < n; row++)
    {
      int group = groups != NULL ? groups[row] : 0;

      if (words->codes[row] >= 0 && group >= 0)
        self->level_counts[(guint) group * self->n_levels + (guint) words->codes[row]]++;
    }
  if (target != NULL)
    {
      g_autofree double *picked = g_new (double, n + 1);

      for (guint level = 0; level < self->n_levels; level++)
        take_quartiles (picked, pick (target, n, words->codes, (int) level, picked), &self->level_boxes[level]);
    }
}

CamRelation *
cam_relation_new (const CamTable  *table,
                  CamRelationSide  column,
                  CamRelationSide  target,
                  GCancellable    *cancellable)
{
  const gsize n = cam_table_get_n_rows (table);
  g_autoptr(CamRelation) self = g_new0 (CamRelation, 1);
  g_auto(CamCodes) words = { NULL, NULL };
  g_auto(CamCodes) classes = { NULL, NULL };
  g_autofree double *values = NULL, *targets = NULL;

  g_return_val_if_fail (table != NULL && column.column >= 0, NULL);

  self->is_number = column.is_number;
  self->correlation = NAN;
  self->n_missing = cam_table_get_n_missing (table, (guint) column.column);
  self->n_groups = 1;
  self->has_target = target.column >= 0 && target.column != column.column;
  if (self->has_target && !target.is_number)
    {
      read_codes (table, (guint) target.column, &classes);
      settle_classes (self, &classes, n);
      self->n_groups = MAX (self->n_classes, 1);
    }
  else if (self->has_target)
    targets = read_numbers (table, (guint) target.column);
  if (g_cancellable_is_cancelled (cancellable))
    return NULL;

  if (column.is_number)
    values = read_numbers (table, (guint) column.column);
  else
    {
      read_codes (table, (guint) column.column, &words);
      settle_levels (self, &words, n);
    }
  if (g_cancellable_is_cancelled (cancellable))
    return NULL;

  if (!column.is_number)
    relate_words (self, &words, n, classes.codes, targets);
  else
    describe_numbers (self, values, n, classes.codes);
  if (values != NULL && targets != NULL && !g_cancellable_is_cancelled (cancellable))
    relate_numbers (self, values, targets, n);
  return g_cancellable_is_cancelled (cancellable) ? NULL : g_steal_pointer (&self);
}

void
cam_relation_free (CamRelation *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->classes);
  g_strfreev (self->levels);
  g_free (self->bins);
  g_free (self->level_counts);
  g_free (self->dot_x);
  g_free (self->dot_y);
  g_free (self->step_x);
  g_free (self->step_y);
  g_free (self);
}
