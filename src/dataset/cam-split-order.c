/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows dealt without chance: in the order of a column or as they stand, and by the words of a column. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-split-private.h"

/* The column that the section names; −1 with the error set. */
static int
find_column (const CamSplit      *self,
             const CamSplitRows  *input,
             GError             **error)
{
  int column = cam_table_find (input->table, self->column);

  if (column < 0)
    g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("split: the file has no column “%s”"), self->column);

  return column;
}

/* In order -------------------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const CamTable     *table;
  const CamSplitRows *input;
  guint               column;
} Order;

static gboolean
has_numbers (const CamTable *table,
             guint           column)
{
  /* Only columns of words have codes. */
  return cam_table_get_n_levels (table, column) == 0;
}

/* Missing first; among equals as the rows stand. */
static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const Order *self = user_data;
  guint32 i = *(const guint32 *) a, j = *(const guint32 *) b;
  gsize row_i = self->input->rows[i], row_j = self->input->rows[j];
  int way;

  if (has_numbers (self->table, self->column))
    {
      double x = cam_table_get_number (self->table, self->column, row_i), y = cam_table_get_number (self->table, self->column, row_j);

      way = isnan (x) || isnan (y) ? isnan (y) - isnan (x) : (x > y) - (x < y);
    }
  else
    {
      int x = cam_table_get_code (self->table, self->column, row_i), y = cam_table_get_code (self->table, self->column, row_j);

      way = x < 0 || y < 0 ? (x >= 0) - (y >= 0)
                           : strcmp (cam_table_get_level (self->table, self->column, (guint) x), cam_table_get_level (self->table, self->column, (guint) y));
    }

  return way != 0 ? way : (i > j) - (i < j);
}

/* Where training and validation end among @n rows. */
static void
find_ends (const CamSplit *self,
           gsize           n,
           gsize          *train_end,
           gsize          *validation_end)
{
  double train = self->fractions[CAM_PART_TRAIN], both = train + self->fractions[CAM_PART_VALIDATION];

  if (self->fractions[CAM_PART_TEST] <= 0.0 && self->fractions[CAM_PART_VALIDATION] > 0.0)
    /* Keras's own expression, with its own rounding. */
    *train_end = (gsize) floor ((double) n * (1.0 - self->fractions[CAM_PART_VALIDATION]));
  else
    *train_end = (gsize) floor ((double) n * train + 1e-9);
  *validation_end = self->fractions[CAM_PART_TEST] <= 0.0 ? n : (gsize) floor ((double) n * both + 1e-9);
}

/* As TimeSeriesSplit: k blocks of n / (k + 1) rows at the end, and whatever is before them. */
static gboolean
deal_blocks (const CamSplit  *self,
             const guint32   *order,
             gsize            n,
             guint           *places,
             GError         **error)
{
  gsize n_rest = n - ((gsize) floor ((double) n * self->fractions[CAM_PART_TEST] + 1e-9));
  gsize size = n_rest / (self->n_folds + 1);

  if (size == 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS,
                   _("split: %zu rows cannot make %u folds in order; they need one row each, and one before"), n_rest, self->n_folds);
      return FALSE;
    }
  for (gsize i = 0; i < n; i++)
    {
      gsize first = n_rest - size * self->n_folds;

      places[order[i]] = i >= n_rest ? CAM_SPLIT_TEST (self) : i < first ? CAM_SPLIT_ALWAYS_TRAIN (self) : (guint) ((i - first) / size);
    }

  return TRUE;
}

gboolean
cam_split_by_order (const CamSplit      *self,
                    const CamSplitRows  *input,
                    guint               *places,
                    GError             **error)
{
  g_autofree guint32 *order = g_new (guint32, input->n + 1);
  gsize train_end, validation_end;

  for (guint32 i = 0; i < input->n; i++)
    order[i] = i;
  if (self->column != NULL)
    {
      int column = find_column (self, input, error);
      Order by = { input->table, input, (guint) column };

      if (column < 0)
        return FALSE;
      g_qsort_with_data (order, (int) input->n, sizeof *order, compare_rows, &by);
    }
  if (self->n_folds > 0)
    return deal_blocks (self, order, input->n, places, error);

  find_ends (self, input->n, &train_end, &validation_end);
  for (gsize i = 0; i < input->n; i++)
    places[order[i]] = i < train_end ? CAM_PART_TRAIN : i < validation_end ? CAM_PART_VALIDATION : CAM_PART_TEST;

  return TRUE;
}

/* By a column's words ---------------------------------------------------------------------------------------------------------------------------------- */

static const char *const part_keys[CAM_N_PARTS] = { "train", "validation", "test" };

static const char *const usual_spellings[CAM_N_PARTS][8] = {
  { "train", "training", "tr", "treino", "treinamento", NULL },
  { "validation", "valid", "val", "dev", "validação", "validacao", NULL },
  { "test", "testing", "te", "teste", NULL },
};

/* What the section says in "values", then the usual spellings of parts that it does not speak of; CAM_N_PARTS: the word names none. */
static guint
find_named_part (const json_t *values,
                 const char   *word)
{
  g_autofree char *folded = NULL;

  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      const json_t *list = json_object_get (values, part_keys[p]);

      for (gsize i = 0; i < json_array_size (list); i++)
        if (g_strcmp0 (json_string_value (json_array_get (list, i)), word) == 0)
          return p;
    }
  folded = g_utf8_strdown (word, -1);
  g_strstrip (folded);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    if (json_object_get (values, part_keys[p]) == NULL && g_strv_contains (usual_spellings[p], folded))
      return p;

  return CAM_N_PARTS;
}

static gboolean
check_values (const json_t  *values,
              GError       **error)
{
  static const char *const keys[] = { "train", "validation", "test", NULL };

  if (values != NULL && !cam_json_check_keys (values, keys, "split, values", error))
    return FALSE;
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      json_t *list = NULL;

      if (!cam_json_get_array (values, part_keys[p], "split, values", FALSE, &list, error))
        return FALSE;
      for (gsize i = 0; i < json_array_size (list); i++)
        if (!json_is_string (json_array_get (list, i)))
          {
            g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("split, values: “%s” must be a list of texts"), part_keys[p]);
            return FALSE;
          }
    }

  return TRUE;
}

/* Numbers by size, words by their bytes. */
static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  const char *x = *(char *const *) a, *y = *(char *const *) b;
  char *x_end, *y_end;
  double x_number = g_ascii_strtod (x, &x_end), y_number = g_ascii_strtod (y, &y_end);

  if (x_end != x && *x_end == '\0' && y_end != y && *y_end == '\0' && x_number != y_number)
    return x_number < y_number ? -1 : 1;

  return strcmp (x, y);
}

/* Words that are folds get places in their order. FALSE: there are not as many as the section says. */
static gboolean
number_folds (const CamSplit  *self,
              GHashTable      *words,      /* word → place + 1; 0 for a fold */
              GError         **error)
{
  g_autoptr(GPtrArray) folds = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer word, place;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, &place))
    if (GPOINTER_TO_UINT (place) == 0)
      g_ptr_array_add (folds, word);
  if (folds->len != self->n_folds)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
                   _("split: “%s” has %u words that name neither training nor test; that is not %u folds"), self->column, folds->len, self->n_folds);
      return FALSE;
    }
  g_ptr_array_sort (folds, compare_words);
  for (guint i = 0; i < folds->len; i++)
    g_hash_table_insert (words, g_strdup (folds->pdata[i]), GUINT_TO_POINTER (i + 1));

  return TRUE;
}

/* The place of a word that has not been seen before, + 1; 0: it is a fold, whose number comes later. */
static gboolean
place_word (const CamSplit  *self,
            const char      *word,
            guint           *place,
            GError         **error)
{
  guint part = find_named_part (self->values, word);

  if (self->n_folds > 0)
    *place = part == CAM_PART_TEST ? CAM_SPLIT_TEST (self) + 1 : part == CAM_PART_TRAIN ? CAM_SPLIT_ALWAYS_TRAIN (self) + 1 : 0;
  else
    *place = part + 1;
  if (self->n_folds > 0 || part < CAM_N_PARTS)
    return TRUE;

  g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
               _("split: “%s” in column “%s” names no part; say in “values” whether it is train, validation or test"), word, self->column);
  return FALSE;
}

gboolean
cam_split_by_column (const CamSplit      *self,
                     const CamSplitRows  *input,
                     guint               *places,
                     GError             **error)
{
  g_autoptr(GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int column;
  char buf[40];

  if (self->column == NULL)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS, _("split: the method is “column”; say in “column” which one names the parts"));
      return FALSE;
    }
  if (!check_values (self->values, error) || (column = find_column (self, input, error)) < 0)
    return FALSE;

  for (gsize i = 0; i < input->n; i++)
    {
      const char *word = cam_cell_level (input->table, (guint) column, input->rows[i], buf);
      guint place;

      if (word == NULL)
        {
          g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
                       _("split: row %zu has no word in column “%s”, which names the part"), input->rows[i] + 1, self->column);
          return FALSE;
        }
      if (g_hash_table_contains (words, word))
        continue;
      if (!place_word (self, word, &place, error))
        return FALSE;
      g_hash_table_insert (words, g_strdup (word), GUINT_TO_POINTER (place));
    }
  if (self->n_folds > 0 && !number_folds (self, words, error))
    return FALSE;
  for (gsize i = 0; i < input->n; i++)
    places[i] = GPOINTER_TO_UINT (g_hash_table_lookup (words, cam_cell_level (input->table, (guint) column, input->rows[i], buf))) - 1;

  return TRUE;
}
