/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows into training, validation and test: by chance, by chance within each class, or as they stand. */
#include <cam-rng.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-dataset-private.h"

const char *const cam_split_words[] = { "stratified", "random", "ordered", NULL };

typedef enum { STRATIFIED, RANDOM, ORDERED } Method;

typedef struct
{
  Method  method;
  double  fractions[CAM_N_PARTS];
  guint64 seed;
} Split;

static const char *const part_keys[CAM_N_PARTS] = { "train", "validation", "test" };

static gboolean
parse_fractions (const json_t  *json,
                 Split         *self,
                 GError       **error)
{
  double sum = 0.0;
  gboolean given[CAM_N_PARTS];
  gboolean any = FALSE;

  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      given[p] = json_object_get (json, part_keys[p]) != NULL;
      any = any || given[p];
      if (!cam_json_get_number (json, part_keys[p], "split", FALSE, 0.0, 1.0, &self->fractions[p], error))
        return FALSE;
    }

  if (!any)
    {
      self->fractions[CAM_PART_TRAIN] = 0.7;
      self->fractions[CAM_PART_VALIDATION] = self->fractions[CAM_PART_TEST] = 0.15;
      return TRUE;
    }
  if (!given[CAM_PART_TRAIN])
    self->fractions[CAM_PART_TRAIN] = MAX (0.0, 1.0 - self->fractions[CAM_PART_VALIDATION] - self->fractions[CAM_PART_TEST]);

  for (guint p = 0; p < CAM_N_PARTS; p++)
    sum += self->fractions[p];
  if (fabs (sum - 1.0) > 1e-6)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
                   _("split: train, validation and test add up to %g; they must make 1"), sum);
      return FALSE;
    }

  return TRUE;
}

static gboolean
parse (const json_t  *json,
       Split         *self,
       GError       **error)
{
  static const char *const keys[] = { "method", "train", "validation", "test", "seed", NULL };
  const char *method = cam_split_words[STRATIFIED];
  gint64 seed = 42;
  int found;

  *self = (Split) { 0 };
  if (json != NULL && !cam_json_check_keys (json, keys, "split", error))
    return FALSE;
  if (!cam_json_get_string (json, "method", "split", FALSE, &method, error) ||
      !cam_json_get_int (json, "seed", "split", FALSE, 0, G_MAXINT64, &seed, error) ||
      !parse_fractions (json, self, error))
    return FALSE;

  found = cam_word_find (cam_split_words, method);
  if (found < 0)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("split: “method” is “%s”; it must be stratified, random or ordered"), method);
      return FALSE;
    }
  self->method = (Method) found;
  self->seed = (guint64) seed;

  return TRUE;
}

/* As Keras's validation_split: the last rows, and the training part rounded down. */
static void
count_ordered (const Split *self,
               gsize        n,
               gsize        counts[CAM_N_PARTS])
{
  double train = self->fractions[CAM_PART_TRAIN], both = train + self->fractions[CAM_PART_VALIDATION];
  gsize train_end = (gsize) floor ((double) n * train + 1e-9);
  gsize validation_end = self->fractions[CAM_PART_TEST] <= 0.0 ? n : (gsize) floor ((double) n * both + 1e-9);

  counts[CAM_PART_TRAIN] = train_end;
  counts[CAM_PART_VALIDATION] = validation_end - train_end;
  counts[CAM_PART_TEST] = n - validation_end;
}

/* The @n rows of a class: to each part its share rounded down, then the one or two that are left to the parts that are most short of rows so far, one each. So no class is off
 * by a whole row, nor do many small classes together starve a part. A class that would not be seen in training is there first. @owed: what each part is short of. */
static void
count_shares (const Split *self,
              gsize        n,
              double       owed[CAM_N_PARTS],
              gsize        counts[CAM_N_PARTS])
{
  gboolean has_extra[CAM_N_PARTS] = { FALSE };
  gsize left = n;

  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      counts[p] = MIN (left, (gsize) floor ((double) n * self->fractions[p] + 1e-9));
      owed[p] += (double) n * self->fractions[p] - (double) counts[p];
      left -= counts[p];
    }
  for (; left > 0; left--)
    {
      guint to = CAM_PART_TRAIN;

      if (counts[CAM_PART_TRAIN] > 0)
        for (guint p = 0; p < CAM_N_PARTS; p++)
          if (self->fractions[p] > 0.0 && !has_extra[p] && (has_extra[to] || owed[p] > owed[to] + 1e-9))
            to = p;
      has_extra[to] = TRUE;
      counts[to]++;
      owed[to] -= 1.0;
    }
}

static void
deal (const gsize   *rows,
      const guint32 *order,
      const gsize    counts[CAM_N_PARTS],
      GArray        *parts[CAM_N_PARTS])
{
  for (guint p = 0; p < CAM_N_PARTS; p++)
    for (gsize i = 0; i < counts[p]; i++)
      g_array_append_val (parts[p], rows[*order++]);
}

/* The rows of one class, or all of them, in random order. */
static void
deal_shuffled (const Split *self,
               const gsize *rows,
               GArray      *members,
               guint        class,
               double       owed[CAM_N_PARTS],
               GArray      *parts[CAM_N_PARTS])
{
  gsize counts[CAM_N_PARTS];
  CamRng rng;

  cam_rng_init (&rng, self->seed, cam_rng_stream_named ("split") + class);
  cam_rng_shuffle (&rng, (guint32 *) (gpointer) members->data, members->len);
  count_shares (self, members->len, owed, counts);
  deal (rows, (const guint32 *) (gconstpointer) members->data, counts, parts);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  gsize x = *(const gsize *) a, y = *(const gsize *) b;

  return x < y ? -1 : x > y;
}

static gboolean
check_parts (const Split  *self,
             GArray       *parts[CAM_N_PARTS],
             gsize         n,
             GError      **error)
{
  for (guint p = 0; p < CAM_N_PARTS; p++)
    if (parts[p]->len == 0 && (p == CAM_PART_TRAIN || self->fractions[p] > 0.0))
      {
        g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS,
                     _("split: of %zu usable rows none is left for “%s”; change the shares, or use more rows"), n, part_keys[p]);
        return FALSE;
      }

  return TRUE;
}

gboolean
cam_split_rows (const json_t  *json,
                const gsize   *rows,
                const int     *classes,
                gsize          n,
                GArray        *parts[CAM_N_PARTS],
                GError       **error)
{
  Split self;
  double owed[CAM_N_PARTS] = { 0.0 };
  guint n_classes = 1;

  if (!parse (json, &self, error))
    return FALSE;
  if (self.method == STRATIFIED && classes != NULL)
    for (gsize i = 0; i < n; i++)
      n_classes = MAX (n_classes, (guint) classes[i] + 1);

  for (guint c = 0; c < n_classes; c++)
    {
      g_autoptr(GArray) members = g_array_new (FALSE, FALSE, sizeof (guint32));

      for (guint32 i = 0; i < n; i++)
        if (n_classes == 1 || (guint) classes[i] == c)
          g_array_append_val (members, i);
      if (self.method == ORDERED)
        {
          gsize counts[CAM_N_PARTS];

          count_ordered (&self, n, counts);
          deal (rows, (const guint32 *) (gconstpointer) members->data, counts, parts);
        }
      else
        deal_shuffled (&self, rows, members, c, owed, parts);
    }
  for (guint p = 0; p < CAM_N_PARTS; p++)
    g_array_sort (parts[p], compare_rows);

  return check_parts (&self, parts, n, error);
}
