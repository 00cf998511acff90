/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows picked and put in order. Keys are numbers, for texts their places among the texts of the column: a million rows are sorted without making a string. */

#include "cam-prediction-pick.h"

#include <math.h>
#include <string.h>

#define LOOK_AFTER 4096          /* rows between two looks at the cancellable */

void
cam_pick_init (CamPick *self)
{
  *self = (CamPick) { .class = -1, .low = NAN, .high = NAN, .finding = -1 };
}

void
cam_pick_clear (CamPick *self)
{
  g_clear_pointer (&self->text, g_free);
}

gboolean
cam_pick_takes_all (const CamPick *self)
{
  return (self->text == NULL || *self->text == '\0') && self->class < 0 && !self->only_wrong && isnan (self->low) && isnan (self->high) && self->finding < 0;
}

/* Values of cells --------------------------------------------------------------------------------------------------- */

static double
get_share (const CamPredictions *answers,
           guint                 index,
           gsize                 row)
{
  const float *outputs = answers->outputs + row * answers->n_outputs;

  if (index != CAM_PICK_GIVEN)
    return outputs[index];
  if (answers->classes == NULL || answers->classes[row] < 0)
    return NAN;
  return outputs[answers->n_outputs > 1 ? (guint) answers->classes[row] : 0];
}

double
cam_prediction_get_number (const CamPrediction *prediction,
                           CamCellKind          kind,
                           guint                index,
                           gsize                row)
{
  const CamPredictions *answers = prediction->answers;
  gsize place = answers != NULL && index != CAM_PICK_GIVEN ? row * answers->n_outputs + index : 0;

  switch (kind)
    {
    case CAM_CELL_ROW:
      return (double) row;
    case CAM_CELL_COLUMN:
      return cam_table_get_number (prediction->table, index, row);
    case CAM_CELL_CLASS:
      return answers->classes[row] >= 0 ? answers->classes[row] : NAN;
    case CAM_CELL_SHARE:
      return get_share (answers, index, row);
    case CAM_CELL_VALUE:
      return answers->outputs[place];
    case CAM_CELL_ACTUAL:
      if (prediction->truth->classes != NULL)
        return prediction->truth->classes[row] >= 0 ? prediction->truth->classes[row] : NAN;
      return prediction->truth->values[place];
    case CAM_CELL_ERROR:
    default:
      return (double) answers->outputs[place] - prediction->truth->values[place];
    }
}

/* Texts ------------------------------------------------------------------------------------------------------------- */

static gboolean
holds (const char *text,
       const char *needle)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, needle) != NULL;
}

typedef struct
{
  const CamPrediction *prediction;
  char                *needle;         /* folded */
  guint8             **levels;         /* [columns]: [levels]: which hold it; NULL: a column of numbers */
  guint8              *classes;        /* [classes] */
  gboolean             can_be_number;
} Search;

static void
search_init (Search              *self,
             const CamPrediction *prediction,
             const char          *text)
{
  const CamTable *table = prediction->table;
  guint n = cam_table_get_n_columns (table);
  char **names = prediction->answers != NULL ? prediction->answers->class_names : NULL;

  *self = (Search) { .prediction = prediction, .needle = g_utf8_casefold (text, -1), .levels = g_new0 (guint8 *, n + 1) };
  self->can_be_number = strpbrk (self->needle, "0123456789.-") != NULL;
  for (guint c = 0; c < n; c++)
    {
      if (cam_column_kind_is_numeric (cam_table_get_kind (table, c)))
        continue;
      self->levels[c] = g_new0 (guint8, cam_table_get_n_levels (table, c) + 1);
      for (guint l = 0; l < cam_table_get_n_levels (table, c); l++)
        self->levels[c][l] = holds (cam_table_get_level (table, c, l), self->needle);
    }
  if (names == NULL)
    return;
  self->classes = g_new0 (guint8, g_strv_length (names) + 1);
  for (guint i = 0; names[i] != NULL; i++)
    self->classes[i] = holds (names[i], self->needle);
}

static void
search_clear (Search *self)
{
  if (self->prediction == NULL)
    return;
  for (guint c = 0; c < cam_table_get_n_columns (self->prediction->table); c++)
    g_free (self->levels[c]);
  g_free (self->levels);
  g_free (self->classes);
  g_free (self->needle);
}

static gboolean
search_row (const Search *self,
            gsize         row)
{
  const CamTable *table = self->prediction->table;

  if (self->classes != NULL && self->prediction->answers->classes[row] >= 0 && self->classes[self->prediction->answers->classes[row]])
    return TRUE;
  for (guint c = 0; c < cam_table_get_n_columns (table); c++)
    {
      int code;

      if (self->levels[c] != NULL)
        {
          code = cam_table_get_code (table, c, row);
          if (code >= 0 && self->levels[c][code])
            return TRUE;
        }
      else if (self->can_be_number)
        {
          g_autofree char *text = cam_table_dup_text (table, c, row);

          if (strstr (text, self->needle) != NULL)
            return TRUE;
        }
    }
  return FALSE;
}

/* Rows -------------------------------------------------------------------------------------------------------------- */

static gboolean
passes (const CamPrediction *prediction,
        const CamPick       *pick,
        gsize                row)
{
  const CamPredictions *answers = prediction->answers;

  if (answers == NULL)
    return TRUE;
  if (pick->class >= 0 && (answers->classes == NULL || answers->classes[row] != pick->class))
    return FALSE;
  if (pick->only_wrong && (prediction->truth == NULL || prediction->truth->classes == NULL || answers->classes[row] < 0 || prediction->truth->classes[row] < 0
                           || prediction->truth->classes[row] == answers->classes[row]))
    return FALSE;
  if (!isnan (pick->low) || !isnan (pick->high))
    {
      double value = answers->classes != NULL ? get_share (answers, CAM_PICK_GIVEN, row) : (double) answers->outputs[row * answers->n_outputs];

      if (isnan (value) || value < pick->low || value > pick->high)
        return FALSE;
    }
  return TRUE;
}

/* Those of a finding, else all. */
static gsize *
list_rows (const CamPrediction *prediction,
           const CamPick       *pick,
           gsize               *n)
{
  gsize *rows;

  if (pick->finding >= 0 && prediction->check != NULL && (guint) pick->finding < prediction->check->findings->len)
    return cam_table_finding_dup_rows (prediction->check->findings->pdata[pick->finding], cam_model_get_preparation (cam_model_choice_get_model (prediction->choice)), prediction->table, n);
  *n = cam_table_get_n_rows (prediction->table);
  rows = g_new (gsize, *n + 1);
  for (gsize i = 0; i < *n; i++)
    rows[i] = i;
  return rows;
}

/* Order ------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  double key;       /* NaN: none */
  gsize  row;
} Entry;

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      is_descending)
{
  const Entry *x = a, *y = b;

  if (isnan (x->key) || isnan (y->key))
    return isnan (x->key) != isnan (y->key) ? (isnan (x->key) ? 1 : -1) : (x->row > y->row) - (x->row < y->row);
  if (x->key != y->key)
    return is_descending != NULL ? (x->key < y->key) - (x->key > y->key) : (x->key > y->key) - (x->key < y->key);
  return (x->row > y->row) - (x->row < y->row);
}

static int
compare_levels (gconstpointer a,
                gconstpointer b,
                gpointer      keys)
{
  return strcmp (((char **) keys)[*(const guint *) a], ((char **) keys)[*(const guint *) b]);
}

/* The place of each level in the order of people. NULL: a column of numbers. */
static double *
rank_levels (const CamTable *table,
             guint           column)
{
  guint n = cam_table_get_n_levels (table, column);
  g_autofree guint *order = g_new (guint, n + 1);
  g_auto(GStrv) keys = g_new0 (char *, n + 1);
  double *ranks;

  if (cam_column_kind_is_numeric (cam_table_get_kind (table, column)))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      order[i] = i;
      keys[i] = g_utf8_collate_key_for_filename (cam_table_get_level (table, column, i), -1);
    }
  g_qsort_with_data (order, (int) n, sizeof (guint), compare_levels, keys);
  ranks = g_new (double, n + 1);
  for (guint i = 0; i < n; i++)
    ranks[order[i]] = i;
  return ranks;
}

static void
sort (const CamPrediction *prediction,
      const CamPick       *pick,
      gsize               *rows,
      gsize                n)
{
  g_autofree Entry *entries = g_new (Entry, n + 1);
  g_autofree double *ranks = pick->key == CAM_CELL_COLUMN ? rank_levels (prediction->table, pick->index) : NULL;

  for (gsize i = 0; i < n; i++)
    {
      int code = ranks != NULL ? cam_table_get_code (prediction->table, pick->index, rows[i]) : -1;

      entries[i].row = rows[i];
      if (ranks != NULL)
        entries[i].key = code >= 0 ? ranks[code] : NAN;
      else
        entries[i].key = cam_prediction_get_number (prediction, pick->key, pick->index, rows[i]);
    }
  g_qsort_with_data (entries, (int) n, sizeof (Entry), compare_entries, pick->is_descending ? entries : NULL);
  for (gsize i = 0; i < n; i++)
    rows[i] = entries[i].row;
}

gsize *
cam_prediction_pick (const CamPrediction *prediction,
                     const CamPick       *pick,
                     GCancellable        *cancellable,
                     gsize               *n)
{
  Search search = { NULL };
  gboolean has_text = pick->text != NULL && *pick->text != '\0';
  gsize *rows = list_rows (prediction, pick, n), kept = 0;

  if (has_text)
    search_init (&search, prediction, pick->text);
  for (gsize i = 0; i < *n; i++)
    {
      if (i % LOOK_AFTER == 0 && g_cancellable_is_cancelled (cancellable))
        break;
      if (passes (prediction, pick, rows[i]) && (!has_text || search_row (&search, rows[i])))
        rows[kept++] = rows[i];
    }
  search_clear (&search);
  *n = kept;
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_free (rows);
      return NULL;
    }
  if (pick->is_sorted)
    sort (prediction, pick, rows, kept);
  return rows;
}
