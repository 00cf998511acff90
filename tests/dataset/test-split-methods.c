/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups that stay whole, several labels in proportion, numbers in bins, rows in a column's order, and parts named by words. */
#include "csv-text.h"
#include "split-parts.h"

#include <cam-rng.h>
#include <math.h>
#include <string.h>

static CamCsvResult *
read_text (const char *text)
{
  g_autoptr(GError) error = NULL;
  CamCsvResult *csv = csv_text_read (text, -1, NULL, NULL, &error);

  g_assert_no_error (error);
  return csv;
}

static char *
join_rows (const SplitParts *parts,
           guint             part)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->parts[part]->len; i++)
    g_string_append_printf (text, "%s%zu", i > 0 ? " " : "", split_parts_row (parts, part, i));
  return g_string_free (text, FALSE);
}

/* Groups ------------------------------------------------------------------------------------------------------------------------------------------------ */

typedef struct
{
  const char *name;
  guint       n_groups;
  guint       smallest, largest;     /* rows of a group */
  guint       one_large;             /* rows of the first group, where not 0 */
  double      bound;                 /* rows that a part may be off by */
  gboolean    has_classes;
} GroupCase;

static const GroupCase group_cases[] = {
  { "equal", 100, 5, 5, 0, 2.51, FALSE },
  { "three", 3, 4, 4, 0, 4.41, FALSE },
  { "uneven", 60, 1, 20, 0, 1.0, FALSE },
  { "few", 8, 2, 9, 0, 4.5, FALSE },
  { "one-large", 30, 1, 4, 60, 2.0, FALSE },
  { "many", 5000, 1, 3, 0, 1.0, FALSE },
  { "classes", 80, 4, 12, 0, 6.0, TRUE },
};

static CamCsvResult *
make_groups (const GroupCase *self,
             guint            seed)
{
  g_autoptr(GString) text = g_string_new ("g,c\n");
  CamRng rng;

  cam_rng_init (&rng, seed, 1);
  for (guint g = 0; g < self->n_groups; g++)
    {
      guint n = g == 0 && self->one_large > 0 ? self->one_large : self->smallest + (guint) cam_rng_below (&rng, self->largest - self->smallest + 1);

      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "group%u,%s\n", g, cam_rng_uniform (&rng) < 0.3 + 0.3 * (g % 2) ? "yes" : "no");
    }
  return csv_text_read (text->str, -1, NULL, NULL, NULL);
}

static void
test_groups (gconstpointer data)
{
  static const double fractions[] = { 0.7, 0.15, 0.15 };
  const GroupCase *self = data;
  gboolean differs = FALSE;
  g_auto(SplitParts) before = { { NULL } };

  for (guint seed = 0; seed < 20; seed++)
    {
      g_autoptr(CamCsvResult) csv = make_groups (self, 4);
      const char *sections = self->has_classes ? "{'target': ['c']}" : "{'columns': {'c': {'role': 'ignored'}}}";
      g_autofree char *text = g_strdup_printf ("{'method': 'grouped', 'column': 'g', 'seed': %u}", seed);
      gsize n = cam_table_get_n_rows (csv->table), n_yes[CAM_N_PARTS] = { 0 }, all_yes = 0;
      g_autofree guint *part_of = g_new0 (guint, self->n_groups);
      g_auto(SplitParts) parts = { { NULL } }, again = { { NULL } };
      g_autoptr(GError) error = NULL;

      g_assert_true (split_table (csv->table, sections, text, &parts, &error));
      g_assert_no_error (error);
      g_assert_true (split_table (csv->table, sections, text, &again, NULL));
      g_assert_true (split_parts_equal (&parts, &again));
      split_parts_check (&parts, n, TRUE);
      for (guint p = 0; p < CAM_N_PARTS; p++)
        {
          g_assert_cmpfloat (fabs (parts.parts[p]->len - fractions[p] * (double) n), <=, self->bound);
          for (guint i = 0; i < parts.parts[p]->len; i++)
            {
              gsize row = split_parts_row (&parts, p, i);
              guint group = (guint) cam_table_get_code (csv->table, 0, row);
              gboolean yes = g_str_equal (cam_table_get_level (csv->table, 1, (guint) cam_table_get_code (csv->table, 1, row)), "yes");

              g_assert_true (part_of[group] == 0 || part_of[group] == p + 1);
              part_of[group] = p + 1;
              n_yes[p] += yes;
              all_yes += yes;
            }
        }
      /* Classes come out within three points of each other where the deal knows of them. */
      for (guint p = 0; p < CAM_N_PARTS && self->has_classes; p++)
        g_assert_cmpfloat (fabs ((double) n_yes[p] / parts.parts[p]->len - (double) all_yes / (double) n), <, 0.03);
      if (before.parts[0] != NULL)
        differs = differs || !split_parts_equal (&parts, &before);
      split_parts_clear (&before);
      before = parts;
      parts = (SplitParts) { { NULL } };
    }
  g_assert_true (differs);
}

/* By the role, with a row that has no group: it stands alone. */
static void
test_group_role (void)
{
  g_autoptr(CamCsvResult) csv = read_text ("who,x\na,1\na,2\nb,3\nb,4\n,5\n,6\nc,7\nc,8\n");
  g_auto(SplitParts) parts = { { NULL } };
  g_autoptr(GError) error = NULL;

  g_assert_true (split_table (csv->table, "{'columns': {'who': {'role': 'group'}}}", "{'method': 'grouped', 'train': 0.5, 'validation': 0.25, 'test': 0.25}", &parts, &error));
  g_assert_no_error (error);
  split_parts_check (&parts, 8, TRUE);
  g_assert_cmpuint (parts.parts[0]->len, ==, 4);
  g_assert_cmpuint (parts.parts[1]->len, ==, 2);
}

/* A group is never an input. */
static void
test_group_is_no_input (void)
{
  g_autoptr(CamCsvResult) csv = read_text ("who,x,y\n1,1,2\n1,2,4\n2,3,6\n2,4,8\n3,5,9\n3,6,11\n");
  g_autoptr(json_t) data = split_json ("{'target': ['y'], 'columns': {'who': {'role': 'group'}}}"), split = split_json ("{'method': 'grouped'}");
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = cam_dataset_new (csv->table, data, split, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cam_preparation_get_n_inputs (cam_dataset_get_preparation (dataset)), ==, 1);
  g_assert_cmpstr (cam_preparation_get_input_name (cam_dataset_get_preparation (dataset), 0), ==, "x");
}

/* Labels and bins ---------------------------------------------------------------------------------------------------------------------------------------- */

/* Every label and the rows themselves are in proportion to two rows; plain chance is off by several times that. */
static void
test_labels (void)
{
  static const double rates[] = { 0.5, 0.2, 0.05, 0.02 };
  static const double fractions[] = { 0.7, 0.15, 0.15 };
  g_autoptr(GString) text = g_string_new ("x,a,b,c,d\n");
  g_autoptr(CamCsvResult) csv = NULL;
  gsize totals[4] = { 0 };
  CamRng rng;

  cam_rng_init (&rng, 5, 5);
  for (guint i = 0; i < 1000; i++)
    {
      g_string_append_printf (text, "%u", i);
      for (guint l = 0; l < 4; l++)
        g_string_append (text, cam_rng_uniform (&rng) < rates[l] ? ",1" : ",0");
      g_string_append_c (text, '\n');
    }
  csv = read_text (text->str);
  for (guint i = 0; i < 1000; i++)
    for (guint l = 0; l < 4; l++)
      totals[l] += cam_table_get_number (csv->table, l + 1, i) == 1.0;

  for (guint seed = 0; seed < 10; seed++)
    {
      g_autofree char *section = g_strdup_printf ("{'method': 'stratified', 'seed': %u}", seed);
      g_auto(SplitParts) parts = { { NULL } }, again = { { NULL } };

      g_assert_true (split_table (csv->table, "{'target': ['a', 'b', 'c', 'd']}", section, &parts, NULL));
      g_assert_true (split_table (csv->table, "{'target': ['a', 'b', 'c', 'd']}", section, &again, NULL));
      g_assert_true (split_parts_equal (&parts, &again));
      split_parts_check (&parts, 1000, TRUE);
      for (guint p = 0; p < CAM_N_PARTS; p++)
        {
          gsize counts[4] = { 0 };

          g_assert_cmpfloat (fabs (parts.parts[p]->len - 1000 * fractions[p]), <=, 2.0);
          for (guint i = 0; i < parts.parts[p]->len; i++)
            for (guint l = 0; l < 4; l++)
              counts[l] += cam_table_get_number (csv->table, l + 1, split_parts_row (&parts, p, i)) == 1.0;
          for (guint l = 0; l < 4; l++)
            g_assert_cmpfloat (fabs ((double) counts[l] - (double) totals[l] * fractions[p]), <=, 2.0);
        }
    }
}

/* Ten bins: every tenth of the sorted numbers gives each part its share to less than a row. Without "bins" the rows are those of "random". */
static void
test_bins (void)
{
  g_autoptr(GString) text = g_string_new ("x,y\n");
  g_autoptr(CamCsvResult) csv = NULL;
  g_auto(SplitParts) parts = { { NULL } }, plain = { { NULL } }, random = { { NULL } };

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "%u,%u.5\n", i, i * 171 % 400);
  csv = read_text (text->str);
  g_assert_true (split_table (csv->table, "{'target': ['y']}", "{'method': 'stratified', 'bins': 10}", &parts, NULL));
  split_parts_check (&parts, 400, TRUE);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      guint counts[10] = { 0 };

      for (guint i = 0; i < parts.parts[p]->len; i++)
        counts[split_parts_row (&parts, p, i) * 171 % 400 / 40]++;
      for (guint b = 0; b < 10; b++)
        g_assert_cmpuint (counts[b], ==, p == 0 ? 28 : 6);
    }
  g_assert_true (split_table (csv->table, "{'target': ['y']}", "{'method': 'stratified'}", &plain, NULL));
  g_assert_true (split_table (csv->table, "{'target': ['y']}", "{'method': 'random'}", &random, NULL));
  g_assert_true (split_parts_equal (&plain, &random));
}

static void
test_bin (void)
{
  const double values[] = { 5, 1, 1, 1, 2, 9, 9, 7 };
  g_autofree int *bins = cam_split_bin (values, G_N_ELEMENTS (values), 4);
  const int expected[] = { 1, 0, 0, 0, 0, 2, 2, 2 };

  /* Cuts at the second, fourth and sixth of eight: 1, which is the least and cuts nothing, 5 and 9, which the equals do not reach over. */
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        g_assert_true (values[i] != values[j] || bins[i] == bins[j]);
      g_assert_true ((bins[i] == 0) == (expected[i] == 0));
    }
}

/* Order and words ---------------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *csv;
  const char *split;
  const char *rows[CAM_N_PARTS];
} RowsCase;

static const RowsCase rows_cases[] = {
  { "by-number", "t,x\n5,1\n3,1\n4,1\n1,1\n2,1\n", "{'method': 'ordered', 'column': 't', 'train': 0.6, 'validation': 0.2, 'test': 0.2}", { "1 3 4", "2", "0" } },
  { "equals-as-they-stand", "t,x\n1,1\n0,1\n1,1\n0,1\n", "{'method': 'ordered', 'column': 't', 'train': 0.75, 'validation': 0.25}", { "0 1 3", "2", "" } },
  { "missing-first", "t,x\n2,1\n1,1\n,1\n3,1\n", "{'method': 'ordered', 'column': 't', 'train': 0.5, 'validation': 0.5}", { "1 2", "0 3", "" } },
  { "by-word", "t,x\nb,1\nc,1\na,1\nb,2\n", "{'method': 'ordered', 'column': 't', 'train': 0.75, 'validation': 0.25}", { "0 2 3", "1", "" } },
  { "folds-by-number", "t,x\n6,1\n5,1\n4,1\n3,1\n2,1\n1,1\n", "{'method': 'ordered', 'column': 't', 'train': 1, 'folds': 2, 'fold': 1}", { "4 5", "2 3", "" } },
  { "words", "s,x\ntrain,1\nval,2\ntest,3\ntrain,4\n", "{'method': 'column', 'column': 's'}", { "0 3", "1", "2" } },
  { "usual-spellings", "s,x\nTraining,1\nDev,2\nteste,3\nTREINO,4\nValidação,5\n", "{'method': 'column', 'column': 's'}", { "0 3", "1 4", "2" } },
  { "no-validation", "s,x\ntrain,1\ntest,2\ntest,3\n", "{'method': 'column', 'column': 's'}", { "0", "", "1 2" } },
  { "own-words", "s,x\na,1\nb,2\nc,3\na,4\n", "{'method': 'column', 'column': 's', 'values': {'train': ['a', 'c'], 'test': ['b']}}", { "0 2 3", "", "1" } },
  { "own-and-usual", "s,x\na,1\nval,2\nb,3\n", "{'method': 'column', 'column': 's', 'values': {'train': ['a'], 'test': ['b']}}", { "0", "1", "2" } },
  { "numbers", "s,x\n0,1\n1,2\n2,3\n0,4\n", "{'method': 'column', 'column': 's', 'values': {'train': ['0'], 'validation': ['1'], 'test': ['2']}}", { "0 3", "1", "2" } },
  { "word-folds", "s,x\n10,1\n9,2\n9,3\n2,4\n", "{'method': 'column', 'column': 's', 'folds': 3, 'fold': 2}", { "0 3", "1 2", "" } },
};

static void
test_rows (gconstpointer data)
{
  const RowsCase *self = data;
  g_autoptr(CamCsvResult) csv = read_text (self->csv);
  g_auto(SplitParts) parts = { { NULL } };
  g_autoptr(GError) error = NULL;

  g_assert_true (split_table (csv->table, NULL, self->split, &parts, &error));
  g_assert_no_error (error);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      g_autofree char *rows = join_rows (&parts, p);

      g_assert_cmpstr (rows, ==, self->rows[p]);
    }
}

typedef struct
{
  const char *name;
  const char *split;
  const char *said[4];   /* ends with NULL */
} ErrorCase;

/* On a table of five rows with columns s (train, train, val, odd, and nothing), g (two groups) and x. */
static const ErrorCase error_cases[] = {
  { "unknown-word", "{'method': 'column', 'column': 's'}", { "“odd”", "“s”" } },
  { "no-word", "{'method': 'column', 'column': 's', 'values': {'test': ['odd']}}", { "row 5", "“s”" } },
  { "no-column-named", "{'method': 'column'}", { "“column”" } },
  { "column-unknown", "{'method': 'column', 'column': 'set'}", { "“set”" } },
  { "order-unknown", "{'method': 'ordered', 'column': 'day'}", { "“day”" } },
  { "group-unknown", "{'method': 'grouped', 'column': 'who'}", { "“who”" } },
  { "no-group", "{'method': 'grouped'}", { "“group”" } },
  { "too-few-groups", "{'method': 'grouped', 'column': 'g'}", { "“g”", "2 groups", "3 parts" } },
  { "values-key", "{'method': 'column', 'column': 's', 'values': {'training': ['a']}}", { "“training”" } },
  { "values-number", "{'method': 'column', 'column': 's', 'values': {'train': [1]}}", { "“train”", "texts" } },
  { "fold-beyond", "{'method': 'random', 'folds': 3, 'fold': 4}", { "“fold” is 4", "3 folds" } },
  { "one-fold", "{'method': 'random', 'folds': 1}", { "folds" } },
  { "folds-of-too-few", "{'method': 'ordered', 'train': 1, 'folds': 5}", { "5 rows", "5 folds" } },
  { "empty-fold", "{'method': 'random', 'train': 1, 'folds': 6, 'fold': 6}", { "“validation”" } },
  { "words-and-folds", "{'method': 'column', 'column': 'g', 'folds': 5}", { "“g”", "2 words", "5 folds" } },
  { "word-for-nothing", "{'method': 'column', 'column': 'g', 'values': {'test': ['a', 'b']}}", { "“g”", "“train”" } },
};

static void
test_error (gconstpointer data)
{
  const ErrorCase *self = data;
  g_autoptr(CamCsvResult) csv = read_text ("s,g,x\ntrain,a,1\ntrain,a,2\nval,b,3\nodd,b,4\n,b,5\n");
  g_auto(SplitParts) parts = { { NULL } };
  g_autoptr(GError) error = NULL;

  g_assert_false (split_table (csv->table, NULL, self->split, &parts, &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, "split"));
  for (guint i = 0; self->said[i] != NULL; i++)
    if (strstr (error->message, self->said[i]) == NULL)
      g_error ("“%s” is not in: %s", self->said[i], error->message);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (group_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/split-methods/groups/", group_cases[i].name, NULL);

      g_test_add_data_func (path, &group_cases[i], test_groups);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/split-methods/rows/", rows_cases[i].name, NULL);

      g_test_add_data_func (path, &rows_cases[i], test_rows);
    }
  for (guint i = 0; i < G_N_ELEMENTS (error_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/split-methods/error/", error_cases[i].name, NULL);

      g_test_add_data_func (path, &error_cases[i], test_error);
    }
  g_test_add_func ("/dataset/split-methods/group-role", test_group_role);
  g_test_add_func ("/dataset/split-methods/group-is-no-input", test_group_is_no_input);
  g_test_add_func ("/dataset/split-methods/labels", test_labels);
  g_test_add_func ("/dataset/split-methods/bins", test_bins);
  g_test_add_func ("/dataset/split-methods/bin", test_bin);

  return g_test_run ();
}
