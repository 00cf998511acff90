/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folds against what scikit-learn gives (tests/data/split/folds.json), and the rows that Keras would take for validation. */
#include "csv-text.h"
#include "split-parts.h"

#include <stdlib.h>

static json_t *
load (const char *key)
{
  g_autofree char *path = g_build_filename (g_getenv ("CAM_TEST_DATA"), "split", "folds.json", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) all = cam_json_load (path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (json_array_size (json_object_get (all, key)), >, 0);
  return json_incref (json_object_get (all, key));
}

static gsize
get (const json_t *object,
     const char   *key)
{
  return (gsize) json_integer_value (json_object_get (object, key));
}

static gsize
at (const json_t *list,
    gsize         i)
{
  return (gsize) json_integer_value (json_array_get (list, i));
}

/* A table of @n rows: "x" counts, the other column has the entries of @words. */
static CamCsvResult *
make_table (const char   *name,
            const json_t *words,
            gsize         n)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) kinds = json_pack ("{s:s}", name, "category");
  CamCsvResult *csv;

  g_string_append_printf (text, "x,%s\n", name);
  for (gsize i = 0; i < n; i++)
    if (json_is_string (json_array_get (words, i)))
      g_string_append_printf (text, "%zu,%s\n", i, json_string_value (json_array_get (words, i)));
    else
      g_string_append_printf (text, "%zu,w%zu\n", i, words != NULL ? at (words, i) : 0);
  csv = csv_text_read (text->str, (gssize) text->len, NULL, kinds, &error);
  g_assert_no_error (error);
  return csv;
}

static void
split_fold (CamTable   *table,
            const char *data,
            const char *rest,
            gsize       k,
            gsize       fold,
            SplitParts *parts)
{
  g_autofree char *text = g_strdup_printf ("{%s, 'train': 0.8, 'validation': 0.2, 'folds': %zu, 'fold': %zu}", rest, k, fold);
  g_autoptr(GError) error = NULL;

  g_assert_true (split_table (table, data, text, parts, &error));
  g_assert_no_error (error);
}

static void
test_kfold (void)
{
  g_autoptr(json_t) cases = load ("kfold");
  json_t *self;
  gsize i;

  json_array_foreach (cases, i, self)
    {
      gsize n = get (self, "n"), k = get (self, "k");
      g_autoptr(CamCsvResult) csv = make_table ("w", NULL, n);
      g_autofree guint *seen = g_new0 (guint, n);

      for (gsize f = 1; f <= k; f++)
        {
          g_auto(SplitParts) parts = { { NULL } };

          split_fold (csv->table, NULL, "'method': 'random'", k, f, &parts);
          split_parts_check (&parts, n, TRUE);
          g_assert_cmpuint (parts.parts[CAM_PART_VALIDATION]->len, ==, at (json_object_get (self, "sizes"), f - 1));
          for (guint r = 0; r < parts.parts[CAM_PART_VALIDATION]->len; r++)
            seen[split_parts_row (&parts, CAM_PART_VALIDATION, r)]++;
        }
      for (gsize r = 0; r < n; r++)
        g_assert_cmpuint (seen[r], ==, 1);
    }
}

static void
test_stratified (void)
{
  g_autoptr(json_t) cases = load ("stratified");
  json_t *self;
  gsize i;

  json_array_foreach (cases, i, self)
    {
      const json_t *classes = json_object_get (self, "classes"), *counts = json_object_get (self, "counts");
      gsize n = json_array_size (classes), k = get (self, "k");
      g_autoptr(CamCsvResult) csv = make_table ("w", classes, n);

      for (gsize f = 1; f <= k; f++)
        {
          const json_t *expected = json_array_get (counts, f - 1);
          g_autofree gsize *found = g_new0 (gsize, json_array_size (expected));
          g_auto(SplitParts) parts = { { NULL } };

          split_fold (csv->table, "{'target': ['w']}", "'method': 'stratified', 'seed': 9", k, f, &parts);
          split_parts_check (&parts, n, TRUE);
          for (guint r = 0; r < parts.parts[CAM_PART_VALIDATION]->len; r++)
            found[at (classes, split_parts_row (&parts, CAM_PART_VALIDATION, r))]++;
          for (gsize c = 0; c < json_array_size (expected); c++)
            g_assert_cmpuint (found[c], ==, at (expected, c));
        }
    }
}

static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  return (int) *(const gsize *) a - (int) *(const gsize *) b;
}

/* Equal groups come in the seed's order here, so sizes are compared. */
static void
test_group (void)
{
  g_autoptr(json_t) cases = load ("group");
  json_t *self;
  gsize i;

  json_array_foreach (cases, i, self)
    {
      const json_t *groups = json_object_get (self, "groups");
      gsize n = json_array_size (groups), k = get (self, "k");
      g_autoptr(CamCsvResult) csv = make_table ("w", groups, n);
      g_autofree gsize *sizes = g_new (gsize, k);
      g_autofree gsize *fold_of = g_new0 (gsize, n);

      for (gsize f = 1; f <= k; f++)
        {
          g_auto(SplitParts) parts = { { NULL } };

          split_fold (csv->table, "{'columns': {'w': {'role': 'group'}}}", "'method': 'grouped'", k, f, &parts);
          split_parts_check (&parts, n, TRUE);
          sizes[f - 1] = parts.parts[CAM_PART_VALIDATION]->len;
          for (guint r = 0; r < sizes[f - 1]; r++)
            {
              gsize group = at (groups, split_parts_row (&parts, CAM_PART_VALIDATION, r));

              g_assert_true (fold_of[group] == 0 || fold_of[group] == f);
              fold_of[group] = f;
            }
        }
      qsort (sizes, k, sizeof (gsize), compare_sizes);
      for (gsize f = 0; f < k; f++)
        g_assert_cmpuint (sizes[f], ==, at (json_object_get (self, "sizes"), f));
    }
}

static void
test_series (void)
{
  g_autoptr(json_t) cases = load ("series");
  json_t *self;
  gsize i;

  json_array_foreach (cases, i, self)
    {
      gsize n = get (self, "n"), k = get (self, "k");
      g_autoptr(CamCsvResult) csv = make_table ("w", NULL, n);

      for (gsize f = 1; f <= k; f++)
        {
          const json_t *ends = json_array_get (json_object_get (self, "folds"), f - 1);
          g_auto(SplitParts) parts = { { NULL } };

          split_fold (csv->table, NULL, "'method': 'ordered'", k, f, &parts);
          split_parts_check (&parts, n, FALSE);
          for (guint p = CAM_PART_TRAIN; p <= CAM_PART_VALIDATION; p++)
            {
              g_assert_cmpuint (split_parts_row (&parts, p, 0), ==, at (ends, 2 * p));
              g_assert_cmpuint (split_parts_row (&parts, p, parts.parts[p]->len - 1), ==, at (ends, 2 * p + 1));
              g_assert_cmpuint (parts.parts[p]->len, ==, at (ends, 2 * p + 1) - at (ends, 2 * p) + 1);
            }
          g_assert_cmpuint (parts.parts[CAM_PART_TEST]->len, ==, 0);
        }
    }
}

static void
test_predefined (void)
{
  g_autoptr(json_t) cases = load ("predefined");
  const json_t *self = json_array_get (cases, 0), *words = json_object_get (self, "words"), *folds = json_object_get (self, "folds");
  g_autoptr(CamCsvResult) csv = make_table ("w", words, json_array_size (words));

  for (gsize f = 0; f < json_array_size (folds); f++)
    {
      const json_t *rows = json_array_get (folds, f);
      g_auto(SplitParts) parts = { { NULL } };

      split_fold (csv->table, NULL, "'method': 'column', 'column': 'w'", json_array_size (folds), f + 1, &parts);
      split_parts_check (&parts, json_array_size (words), TRUE);
      g_assert_cmpuint (parts.parts[CAM_PART_VALIDATION]->len, ==, json_array_size (rows));
      for (gsize r = 0; r < json_array_size (rows); r++)
        g_assert_cmpuint (split_parts_row (&parts, CAM_PART_VALIDATION, (guint) r), ==, at (rows, r));
    }
}

static void
test_keras (void)
{
  g_autoptr(json_t) cases = load ("keras");
  json_t *self;
  gsize i;

  json_array_foreach (cases, i, self)
    {
      gsize n = at (self, 0), n_train = at (self, 2);
      g_autoptr(json_t) section = cam_split_as_keras (json_number_value (json_array_get (self, 1)));
      g_autofree gsize *rows = g_new (gsize, n);
      CamSplitRows input = { .rows = rows, .n = n, .group_column = -1 };
      g_auto(SplitParts) parts = { { NULL } };
      g_autoptr(GError) error = NULL;

      for (gsize r = 0; r < n; r++)
        rows[r] = r;
      for (guint p = 0; p < CAM_N_PARTS; p++)
        parts.parts[p] = g_array_new (FALSE, FALSE, sizeof (gsize));
      g_assert_true (cam_split_is_as_keras (section));
      g_assert_true (cam_split_rows (section, &input, parts.parts, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (parts.parts[CAM_PART_TRAIN]->len, ==, n_train);
      g_assert_cmpuint (parts.parts[CAM_PART_VALIDATION]->len, ==, n - n_train);
      g_assert_cmpuint (split_parts_row (&parts, CAM_PART_TRAIN, 0), ==, 0);
      g_assert_cmpuint (split_parts_row (&parts, CAM_PART_VALIDATION, 0), ==, n_train);
    }
}

typedef struct
{
  const char *name;
  const char *split;     /* with test rows, without folds */
} TestCase;

static const TestCase test_cases[] = {
  { "random", "{'method': 'random', 'train': 0.7, 'test': 0.3, 'seed': 3}" },
  { "stratified", "{'method': 'stratified', 'train': 0.7, 'test': 0.3}" },
  { "grouped", "{'method': 'grouped', 'column': 'w', 'train': 0.7, 'test': 0.3}" },
  { "ordered", "{'method': 'ordered', 'train': 0.7, 'test': 0.3}" },
};

/* For a study: the rows of test are the same in all folds and in none of the folds; validation comes to all that is left (in order: to all but the first rows). */
static void
test_with_test (gconstpointer data)
{
  const TestCase *self = data;
  g_autoptr(json_t) words = json_array (), split = split_json (self->split);
  g_autoptr(CamCsvResult) csv = NULL;
  g_autoptr(GPtrArray) folds = cam_split_folds (split, 4);
  g_autofree guint *validated = g_new0 (guint, 90);
  g_auto(SplitParts) first = { { NULL } };

  for (guint i = 0; i < 90; i++)
    json_array_append_new (words, json_integer (i * i % 30));
  csv = make_table ("w", words, 90);
  g_assert_cmpuint (folds->len, ==, 4);
  for (guint f = 0; f < 4; f++)
    {
      g_autofree char *text = cam_json_dump (folds->pdata[f], FALSE);
      g_auto(SplitParts) parts = { { NULL } };
      SplitParts *to = f == 0 ? &first : &parts;
      g_autoptr(GError) error = NULL;

      g_assert_true (split_table (csv->table, "{'target': ['x']}", text, to, &error));
      g_assert_no_error (error);
      split_parts_check (to, 90, !g_str_equal (self->name, "ordered"));
      g_assert_cmpuint (to->parts[CAM_PART_TEST]->len, ==, first.parts[CAM_PART_TEST]->len);
      g_assert_cmpuint (to->parts[CAM_PART_TEST]->len, >=, 24);
      g_assert_cmpuint (to->parts[CAM_PART_TEST]->len, <=, 30);
      for (guint i = 0; i < to->parts[CAM_PART_TEST]->len; i++)
        g_assert_cmpuint (split_parts_row (to, CAM_PART_TEST, i), ==, split_parts_row (&first, CAM_PART_TEST, i));
      for (guint i = 0; i < to->parts[CAM_PART_VALIDATION]->len; i++)
        validated[split_parts_row (to, CAM_PART_VALIDATION, i)]++;
    }
  for (guint i = 0; i < first.parts[CAM_PART_TEST]->len; i++)
    validated[split_parts_row (&first, CAM_PART_TEST, i)]++;
  for (guint i = 0; i < 90; i++)
    g_assert_cmpuint (validated[i], ==, g_str_equal (self->name, "ordered") && i < 15 ? 0 : 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dataset/split-folds/kfold", test_kfold);
  g_test_add_func ("/dataset/split-folds/stratified", test_stratified);
  g_test_add_func ("/dataset/split-folds/group", test_group);
  g_test_add_func ("/dataset/split-folds/series", test_series);
  g_test_add_func ("/dataset/split-folds/predefined", test_predefined);
  g_test_add_func ("/dataset/split-folds/keras", test_keras);
  for (guint i = 0; i < G_N_ELEMENTS (test_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/split-folds/with-test/", test_cases[i].name, NULL);

      g_test_add_data_func (path, &test_cases[i], test_with_test);
    }

  return g_test_run ();
}
