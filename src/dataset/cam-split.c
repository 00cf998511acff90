/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The "split" section read, and the places of rows turned into parts. The methods have files of their own. */
#include "cam-split-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

const char *const cam_split_words[] = { "stratified", "random", "grouped", "ordered", "column", NULL };

static const char *const part_keys[CAM_N_PARTS] = { "train", "validation", "test" };

static gboolean
parse_fractions (const json_t  *json,
                 CamSplit      *self,
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

/* "folds", "fold" and "bins". */
static gboolean
parse_counts (const json_t  *json,
              CamSplit      *self,
              GError       **error)
{
  gint64 n_folds = 0, fold = 1, n_bins = 0;

  if (!cam_json_get_int (json, "folds", "split", FALSE, 2, CAM_SPLIT_MAX_FOLDS, &n_folds, error) ||
      !cam_json_get_int (json, "fold", "split", FALSE, 1, CAM_SPLIT_MAX_FOLDS, &fold, error) ||
      !cam_json_get_int (json, "bins", "split", FALSE, 2, 1000, &n_bins, error))
    return FALSE;
  if (n_folds > 0 && fold > n_folds)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("split: “fold” is %d, but there are %d folds"), (int) fold, (int) n_folds);
      return FALSE;
    }
  self->n_folds = (guint) n_folds;
  self->fold = (guint) fold - 1;
  self->n_bins = (guint) n_bins;

  return TRUE;
}

static gboolean
parse (const json_t  *json,
       CamSplit      *self,
       GError       **error)
{
  static const char *const keys[] = { "method", "column", "values", "train", "validation", "test", "folds", "fold", "bins", "seed", "train_rows", "train_seed", NULL };
  const char *method = cam_split_words[CAM_SPLIT_STRATIFIED];
  json_t *values = NULL;
  gint64 seed = 42, train_seed;
  int found;

  *self = (CamSplit) { .train_rows = 1.0 };
  if (json != NULL && !cam_json_check_keys (json, keys, "split", error))
    return FALSE;
  if (!cam_json_get_string (json, "method", "split", FALSE, &method, error) ||
      !cam_json_get_string (json, "column", "split", FALSE, &self->column, error) ||
      !cam_json_get_object (json, "values", "split", FALSE, &values, error) ||
      !cam_json_get_int (json, "seed", "split", FALSE, 0, G_MAXINT64, &seed, error) ||
      !cam_json_get_number (json, "train_rows", "split", FALSE, 0.0, 1e15, &self->train_rows, error) ||
      !parse_fractions (json, self, error) ||
      !parse_counts (json, self, error))
    return FALSE;

  train_seed = seed;
  if (!cam_json_get_int (json, "train_seed", "split", FALSE, 0, G_MAXINT64, &train_seed, error))
    return FALSE;

  found = cam_word_find (cam_split_words, method);
  if (found < 0)
    {
      g_autofree char *list = g_strjoinv (", ", (char **) cam_split_words);

      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("split: “method” is “%s”; it must be one of %s"), method, list);
      return FALSE;
    }
  self->method = (CamSplitMethod) found;
  self->values = values;
  self->seed = (guint64) seed;
  self->train_seed = (guint64) train_seed;

  return TRUE;
}

guint
cam_split_get_shares (const CamSplit *self,
                      double         *shares)
{
  if (self->n_folds == 0)
    {
      for (guint p = 0; p < CAM_N_PARTS; p++)
        shares[p] = self->fractions[p];
      return CAM_N_PARTS;
    }
  for (guint f = 0; f < self->n_folds; f++)
    shares[f] = (1.0 - self->fractions[CAM_PART_TEST]) / self->n_folds;
  shares[CAM_SPLIT_TEST (self)] = self->fractions[CAM_PART_TEST];

  return self->n_folds + 1;
}

/* The part of a place; CAM_N_PARTS: none. */
static guint
find_part (const CamSplit *self,
           guint           place)
{
  if (self->n_folds == 0)
    return place;
  if (place == CAM_SPLIT_TEST (self))
    return CAM_PART_TEST;
  if (place == self->fold)
    return CAM_PART_VALIDATION;
  /* What comes later must not be learned from. */
  if (self->method == CAM_SPLIT_ORDERED && place > self->fold && place < self->n_folds)
    return CAM_N_PARTS;

  return CAM_PART_TRAIN;
}

static gboolean
check_parts (const CamSplit  *self,
             GArray          *parts[CAM_N_PARTS],
             gsize            n,
             GError         **error)
{
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      gboolean wanted = p == CAM_PART_TRAIN || (p == CAM_PART_VALIDATION && self->n_folds > 0) ||
                        (self->method != CAM_SPLIT_COLUMN && self->fractions[p] > 0.0 && (p == CAM_PART_TEST || self->n_folds == 0));

      if (parts[p]->len == 0 && wanted)
        {
          if (self->method == CAM_SPLIT_COLUMN)
            g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS, _("split: no usable row has a word in “%s” for “%s”"), self->column, part_keys[p]);
          else
            g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS,
                         _("split: of %zu usable rows none is left for “%s”; change the shares, or use more rows"), n, part_keys[p]);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
find_places (const CamSplit      *self,
             const CamSplitRows  *input,
             guint               *places,
             GError             **error)
{
  switch (self->method)
    {
    case CAM_SPLIT_STRATIFIED:
      if (input->labels != NULL)
        cam_split_by_labels (self, input->labels, input->n_labels, input->n, places);
      else if (input->classes == NULL && input->values != NULL && self->n_bins > 0)
        {
          g_autofree int *bins = cam_split_bin (input->values, input->n, self->n_bins);

          cam_split_by_class (self, bins, input->n, places);
        }
      else
        cam_split_by_class (self, input->classes, input->n, places);
      return TRUE;
    case CAM_SPLIT_GROUPED:
      return cam_split_by_group (self, input, places, error);
    case CAM_SPLIT_ORDERED:
      return cam_split_by_order (self, input, places, error);
    case CAM_SPLIT_COLUMN:
      return cam_split_by_column (self, input, places, error);
    case CAM_SPLIT_RANDOM:
    default:
      cam_split_by_class (self, NULL, input->n, places);
      return TRUE;
    }
}

gboolean
cam_split_rows (const json_t        *json,
                const CamSplitRows  *input,
                GArray              *parts[CAM_N_PARTS],
                GError             **error)
{
  g_autofree guint *places = g_new (guint, input->n + 1);
  g_autoptr(GArray) training = g_array_new (FALSE, FALSE, sizeof (gsize));
  CamSplit self;

  if (!parse (json, &self, error) || !find_places (&self, input, places, error))
    return FALSE;
  for (gsize i = 0; i < input->n; i++)
    {
      guint part = find_part (&self, places[i]);

      if (part == CAM_PART_TRAIN)
        g_array_append_val (training, i);
      else if (part < CAM_N_PARTS)
        g_array_append_val (parts[part], input->rows[i]);
    }
  cam_split_limit (&self, input, training);
  for (guint i = 0; i < training->len; i++)
    g_array_append_val (parts[CAM_PART_TRAIN], input->rows[g_array_index (training, gsize, i)]);

  return check_parts (&self, parts, input->n, error);
}

GPtrArray *
cam_split_folds (const json_t *split,
                 guint         k)
{
  GPtrArray *folds = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) json_decref);

  g_return_val_if_fail (k >= 2 && k <= CAM_SPLIT_MAX_FOLDS, folds);

  for (guint i = 0; i < k; i++)
    {
      json_t *section = split != NULL ? json_deep_copy (split) : json_object ();

      json_object_set_new (section, "folds", json_integer ((json_int_t) k));
      json_object_set_new (section, "fold", json_integer ((json_int_t) i + 1));
      g_ptr_array_add (folds, section);
    }

  return folds;
}

json_t *
cam_split_as_keras (double share)
{
  /* Rounded, so that 1 − 0.2 is written as the 0.8 that it stands for. */
  return json_pack ("{s:s, s:f, s:f, s:f, s:i}", "method", "ordered", "train", round ((1.0 - share) * 1e9) / 1e9, "validation", share, "test", 0.0, "seed", 42);
}

gboolean
cam_split_is_as_keras (const json_t *split)
{
  CamSplit self;

  return split != NULL && parse (split, &self, NULL) && self.method == CAM_SPLIT_ORDERED && self.column == NULL && self.n_folds == 0 &&
         self.fractions[CAM_PART_TEST] <= 0.0 && self.fractions[CAM_PART_VALIDATION] > 0.0;
}
