/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One choice may touch several places of the document: the method, its column, the column's role. */

#include "cam-split-choice.h"

#include <glib/gi18n-lib.h>

#include <cam-split.h>

/* A number to be predicted falls into so many bins. */
#define BINS 10

static const char *const methods[CAM_N_CHOICES] = { "stratified", "random", "grouped", "ordered", "column", "ordered" };

CamSplitChoice
cam_split_choice_find (const json_t *split)
{
  const char *method = json_string_value (json_object_get (split, "method"));

  if (cam_split_is_as_keras (split))
    return CAM_CHOICE_KERAS;
  for (guint i = 0; i < CAM_CHOICE_KERAS; i++)
    if (g_strcmp0 (methods[i], method) == 0)
      return (CamSplitChoice) i;
  return CAM_CHOICE_STRATIFIED;
}

static char *
explain_method (CamSplitChoice    self,
                const json_t     *split,
                const CamDataset *dataset)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (self)
    {
    case CAM_CHOICE_RANDOM:
      return g_strdup (_("By chance: any row may fall into any part."));
    case CAM_CHOICE_GROUPED:
      return g_strdup (_("By chance, but groups stay whole: validation has groups that training never sees."));
    case CAM_CHOICE_ORDERED:
      return g_strdup (_("Earlier rows train, later ones validate and test, as it will be in use."));
    case CAM_CHOICE_COLUMN:
      return g_strdup (_("The words of a column say which part a row belongs to."));
    case CAM_CHOICE_KERAS:
      return g_strdup_printf (_("The last rows validate, unshuffled: validation_split=%s in Keras. Nothing is kept for a test."),
                              g_ascii_formatd (number, sizeof number, "%.4g", json_number_value (json_object_get (split, "validation"))));
    case CAM_CHOICE_STRATIFIED:
    case CAM_N_CHOICES:
    default:
      if (dataset != NULL && cam_dataset_get_task (dataset) == CAM_TASK_MULTILABEL)
        return g_strdup (_("By chance, with every label in proportion in all parts."));
      if (dataset != NULL && cam_dataset_get_task (dataset) == CAM_TASK_REGRESSION)
        return g_strdup (_("By chance, with small and large values in proportion in all parts."));
      return g_strdup (_("By chance, with every class in proportion in all parts."));
    }
}

char *
cam_split_choice_explain (CamSplitChoice    self,
                          const json_t     *split,
                          const CamDataset *dataset)
{
  g_autofree char *method = explain_method (self, split, dataset);
  const int n_folds = (int) json_integer_value (json_object_get (split, "folds")), fold = MAX ((int) json_integer_value (json_object_get (split, "fold")), 1);
  g_autofree char *which = NULL;

  if (n_folds == 0)
    return g_steal_pointer (&method);
  which = g_strdup_printf (_("Validation is fold %d of %d."), fold, n_folds);
  return g_strdup_printf ("%s %s%s%s", method, which, self == CAM_CHOICE_ORDERED ? " " : "", self == CAM_CHOICE_ORDERED ? _("Later rows are left out.") : "");
}

/* Columns ------------------------------------------------------------------------------------------------------------ */

static char *
dup_role (const CamTable *table,
          const json_t   *data,
          guint           column)
{
  g_autoptr(json_t) settings = cam_dataset_column_settings (table, data, column);

  return g_strdup (json_string_value (json_object_get (settings, "role")));
}

static int
find_role (const CamTable *table,
           const json_t   *data,
           const char     *role)
{
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    {
      g_autofree char *own = dup_role (table, data, i);

      if (g_strcmp0 (own, role) == 0)
        return (int) i;
    }
  return -1;
}

char *
cam_split_choice_dup_column (CamSplitChoice  self,
                             const CamTable *table,
                             const json_t   *data,
                             const json_t   *split)
{
  const char *name = json_string_value (json_object_get (split, "column"));
  int group;

  if (name != NULL)
    return cam_table_find (table, name) >= 0 ? g_strdup (name) : NULL;
  group = self == CAM_CHOICE_GROUPED ? find_role (table, data, "group") : -1;
  return group >= 0 ? g_strdup (cam_table_get_name (table, (guint) group)) : NULL;
}

static gboolean
names_parts (const CamTable *table,
             guint           column)
{
  static const char *const words[] = { "train", "training", "treino", "test", "teste", "validation", "val", "valid", "dev", "validação", "validacao", NULL };
  guint n = cam_table_get_n_levels (table, column);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *word = g_utf8_strdown (cam_table_get_level (table, column, i), -1);

      if (!g_strv_contains (words, word))
        return FALSE;
    }
  return n > 1 && n <= CAM_N_PARTS;
}

/* The likeliest column for a method; −1: none. */
static int
guess_column (CamSplitChoice  self,
              const CamTable *table,
              const json_t   *data)
{
  const gsize n_rows = cam_table_get_n_rows (table);
  int second = -1;

  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    {
      const CamColumnKind kind = cam_table_get_kind (table, i);
      const guint n = cam_table_get_n_levels (table, i);
      g_autofree char *role = dup_role (table, data, i);

      if (g_strcmp0 (role, "target") == 0)
        continue;
      if (self == CAM_CHOICE_ORDERED && kind == CAM_COLUMN_DATE)
        return (int) i;
      if (self == CAM_CHOICE_COLUMN && names_parts (table, i))
        return (int) i;
      if (self == CAM_CHOICE_GROUPED && n > CAM_N_PARTS && n <= n_rows / 2)
        return (int) i;
      if (second < 0 && self == CAM_CHOICE_COLUMN && n > 1 && n <= CAM_N_PARTS)
        second = (int) i;
      if (second < 0 && self == CAM_CHOICE_GROUPED && n >= CAM_N_PARTS && n < n_rows)
        second = (int) i;
    }
  return second;
}

static void
set_role (json_t         *edits,
          const CamTable *table,
          guint           column,
          const char     *role)
{
  GString *name = g_string_new (cam_table_get_name (table, column));
  g_autofree char *path = NULL;

  g_string_replace (name, "~", "~0", 0);
  g_string_replace (name, "/", "~1", 0);
  path = g_strdup_printf ("data/columns/%s/role", name->str);
  json_object_set_new (edits, path, role != NULL ? json_string (role) : json_null ());
  g_string_free (name, TRUE);
}

/* Words that are no usual spellings become parts by falling number of rows. */
static json_t *
guess_values (const CamTable *table,
              guint           column)
{
  static const char *const keys[CAM_N_PARTS] = { "train", "validation", "test" };
  const guint n = cam_table_get_n_levels (table, column);
  gsize counts[CAM_N_PARTS] = { 0 };
  gboolean is_taken[CAM_N_PARTS] = { FALSE };
  json_t *values;

  if (n < 2 || n > CAM_N_PARTS || names_parts (table, column))
    return json_null ();
  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      int code = cam_table_get_code (table, column, row);

      if (code >= 0)
        counts[code]++;
    }
  values = json_object ();
  for (guint p = 0; p < n; p++)
    {
      guint most = G_MAXUINT;

      for (guint level = 0; level < n; level++)
        if (!is_taken[level] && (most == G_MAXUINT || counts[level] > counts[most]))
          most = level;
      is_taken[most] = TRUE;
      json_object_set_new (values, keys[p], json_pack ("[s]", cam_table_get_level (table, column, most)));
    }
  return values;
}

json_t *
cam_split_choice_set_column (CamSplitChoice  self,
                             const CamTable *table,
                             const json_t   *data,
                             int             column)
{
  json_t *edits = json_object ();
  const int group = find_role (table, data, "group");

  if (self == CAM_CHOICE_GROUPED)
    {
      json_object_set_new (edits, "split/column", json_null ());
      if (group >= 0 && group != column)
        set_role (edits, table, (guint) group, NULL);
      if (column >= 0)
        set_role (edits, table, (guint) column, "group");
      return edits;
    }
  json_object_set_new (edits, "split/column", column >= 0 ? json_string (cam_table_get_name (table, (guint) column)) : json_null ());
  if (self == CAM_CHOICE_COLUMN && column >= 0)
    {
      json_object_set_new (edits, "split/values", guess_values (table, (guint) column));
      set_role (edits, table, (guint) column, "ignored");
    }
  return edits;
}

json_t *
cam_split_choice_make (CamSplitChoice  self,
                       const CamTable *table,
                       const json_t   *data,
                       const json_t   *split)
{
  const int group = find_role (table, data, "group"), target = find_role (table, data, "target");
  json_t *edits;

  if (self == CAM_CHOICE_GROUPED || self == CAM_CHOICE_COLUMN || self == CAM_CHOICE_ORDERED)
    edits = cam_split_choice_set_column (self, table, data, self == CAM_CHOICE_GROUPED && group >= 0 ? group : guess_column (self, table, data));
  else
    {
      edits = json_object ();
      json_object_set_new (edits, "split/column", json_null ());
    }
  json_object_set_new (edits, "split/method", json_string (methods[self]));
  if (self != CAM_CHOICE_COLUMN)
    json_object_set_new (edits, "split/values", json_null ());
  /* A group is no input: where nothing asks for it any more, the column becomes one again. */
  if (group >= 0 && self != CAM_CHOICE_GROUPED && json_object_get (data, "sequence") == NULL)
    set_role (edits, table, (guint) group, NULL);

  json_object_set_new (edits, "split/bins", json_null ());
  if (self == CAM_CHOICE_STRATIFIED && target >= 0)
    {
      g_autoptr(json_t) settings = cam_dataset_column_settings (table, data, (guint) target);

      if (g_strcmp0 (json_string_value (json_object_get (settings, "kind")), "number") == 0)
        json_object_set_new (edits, "split/bins", json_integer (BINS));
    }
  if (self == CAM_CHOICE_KERAS)
    {
      const double validation = json_number_value (json_object_get (split, "validation"));
      g_autoptr(json_t) keras = cam_split_as_keras (validation > 0 ? validation : 0.2);

      json_object_set_new (edits, "split/folds", json_null ());
      json_object_set_new (edits, "split/fold", json_null ());
      json_object_set (edits, "split/train", json_object_get (keras, "train"));
      json_object_set (edits, "split/validation", json_object_get (keras, "validation"));
      json_object_set (edits, "split/test", json_object_get (keras, "test"));
    }
  else if (cam_split_is_as_keras (split))
    {
      /* From Keras's way back to three parts, so that there is a test again. */
      json_object_set_new (edits, "split/train", json_real (0.7));
      json_object_set_new (edits, "split/validation", json_real (0.15));
      json_object_set_new (edits, "split/test", json_real (0.15));
    }
  return edits;
}
