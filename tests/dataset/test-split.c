/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits: exact counts, every usable row in one part, the same rows for the same seed, and classes in proportion to less than a row. */
#include "csv-text.h"

#include <cam-rng.h>
#include <cam-split-private.h>
#include <string.h>

typedef struct
{
  GArray *parts[CAM_N_PARTS];
} Parts;

static json_t *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

/* Row i of the usable ones is row 3 i + 1 of the table. */
static gboolean
split (const char  *text,
       const int   *classes,
       gsize        n,
       Parts       *parts,
       GError     **error)
{
  g_autoptr(json_t) json = parse (text);
  g_autofree gsize *rows = g_new (gsize, n);
  CamSplitRows input = { .rows = rows, .n = n, .group_column = -1, .classes = classes };

  for (gsize i = 0; i < n; i++)
    rows[i] = 3 * i + 1;
  for (guint p = 0; p < CAM_N_PARTS; p++)
    parts->parts[p] = g_array_new (FALSE, FALSE, sizeof (gsize));
  return cam_split_rows (json, &input, parts->parts, error);
}

static void
parts_clear (Parts *parts)
{
  for (guint p = 0; p < CAM_N_PARTS; p++)
    g_clear_pointer (&parts->parts[p], g_array_unref);
}

static gsize
row_of (const Parts *parts,
        guint        part,
        guint        i)
{
  return (g_array_index (parts->parts[part], gsize, i) - 1) / 3;
}

/* In ascending order, each of the n rows in exactly one part. */
static void
check_cover (const Parts *parts,
             gsize        n)
{
  g_autofree guint *seen = g_new0 (guint, n);

  for (guint p = 0; p < CAM_N_PARTS; p++)
    for (guint i = 0; i < parts->parts[p]->len; i++)
      {
        g_assert_cmpuint (row_of (parts, p, i), <, n);
        g_assert_cmpuint (g_array_index (parts->parts[p], gsize, i) % 3, ==, 1);
        g_assert_true (i == 0 || row_of (parts, p, i) > row_of (parts, p, i - 1));
        seen[row_of (parts, p, i)]++;
      }
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (seen[i], ==, 1);
}

static gboolean
parts_equal (const Parts *a,
             const Parts *b)
{
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      if (a->parts[p]->len != b->parts[p]->len)
        return FALSE;
      for (guint i = 0; i < a->parts[p]->len; i++)
        if (row_of (a, p, i) != row_of (b, p, i))
          return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const char *name;
  const char *split;
  gsize       n;
  gsize       counts[CAM_N_PARTS];
} CountCase;

static const CountCase count_cases[] = {
  { "default", "{'method': 'random'}", 569, { 398, 86, 85 } },
  { "nothing-said", "{}", 100, { 70, 15, 15 } },
  { "ordered", "{'method': 'ordered'}", 10, { 7, 1, 2 } },
  /* floor (n (1 − v)) rows train, as Keras has it: also where 1 − v is a little too small. */
  { "keras-20", "{'method': 'ordered', 'train': 0.8, 'validation': 0.2}", 569, { 455, 114, 0 } },
  { "keras-30", "{'method': 'ordered', 'train': 0.7, 'validation': 0.3}", 10, { 7, 3, 0 } },
  { "keras-10", "{'method': 'ordered', 'validation': 0.1}", 10, { 9, 1, 0 } },
  { "keras-33", "{'method': 'ordered', 'validation': 0.33}", 768, { 514, 254, 0 } },
  { "no-validation", "{'method': 'random', 'train': 0.75, 'test': 0.25}", 7, { 5, 0, 2 } },
  { "rest-trains", "{'method': 'random', 'validation': 0.125, 'test': 0.25}", 64, { 40, 8, 16 } },
  { "all-trains", "{'method': 'random', 'train': 1.0}", 5, { 5, 0, 0 } },
  { "all-trains-ordered", "{'method': 'ordered', 'train': 1}", 5, { 5, 0, 0 } },
  { "three-rows", "{'method': 'random', 'train': 0.34, 'validation': 0.33, 'test': 0.33}", 3, { 1, 1, 1 } },
  { "thirds", "{'method': 'random', 'train': 0.3333333333, 'validation': 0.3333333333, 'test': 0.3333333334}", 300, { 100, 100, 100 } },
  { "many", "{'method': 'random', 'train': 0.98, 'validation': 0.01, 'test': 0.01}", 100001, { 98001, 1000, 1000 } },
};

static void
test_counts (gconstpointer data)
{
  const CountCase *self = data;
  g_autoptr(GError) error = NULL;
  Parts parts, again;

  g_assert_true (split (self->split, NULL, self->n, &parts, &error));
  g_assert_no_error (error);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    g_assert_cmpuint (parts.parts[p]->len, ==, self->counts[p]);
  check_cover (&parts, self->n);
  g_assert_true (split (self->split, NULL, self->n, &again, &error));
  g_assert_true (parts_equal (&parts, &again));
  parts_clear (&parts);
  parts_clear (&again);
}

static void
test_ordered_rows (void)
{
  Parts parts;

  g_assert_true (split ("{'method': 'ordered', 'train': 0.5, 'validation': 0.3, 'test': 0.2, 'seed': 5}", NULL, 10, &parts, NULL));
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (row_of (&parts, i < 5 ? 0 : i < 8 ? 1 : 2, i < 5 ? i : i < 8 ? i - 5 : i - 8), ==, i);
  parts_clear (&parts);
}

static void
test_seed (void)
{
  const char *const seeds[] = { "{'method': 'random'}", "{'method': 'random', 'seed': 42}", "{'method': 'random', 'seed': 0}", "{'method': 'random', 'seed': 9223372036854775807}" };
  Parts parts[G_N_ELEMENTS (seeds)];

  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    g_assert_true (split (seeds[i], NULL, 200, &parts[i], NULL));
  g_assert_true (parts_equal (&parts[0], &parts[1]));
  g_assert_false (parts_equal (&parts[1], &parts[2]));
  g_assert_false (parts_equal (&parts[2], &parts[3]));
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    parts_clear (&parts[i]);
}

/* The other parts stay as they are, each smaller choice is part of the larger, and each class keeps its proportion to within a row. */
static void
test_train_rows (void)
{
  static const struct { const char *rows; guint n; } cases[] = { { "5", 5 }, { "0.1", 8 }, { "20", 20 }, { "0.5", 40 }, { "79", 79 }, { "1", 80 }, { "1000", 80 } };
  int classes[100];
  gboolean before[100] = { FALSE };
  Parts whole;

  for (guint i = 0; i < 100; i++)
    classes[i] = i % 4 == 0;
  g_assert_true (split ("{'train': 0.8, 'validation': 0.2, 'test': 0}", classes, 100, &whole, NULL));
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *text = g_strdup_printf ("{'train': 0.8, 'validation': 0.2, 'test': 0, 'train_rows': %s}", cases[c].rows);
      gboolean now[100] = { FALSE };
      guint n_rare = 0;
      Parts parts;

      g_assert_true (split (text, classes, 100, &parts, NULL));
      g_assert_cmpuint (parts.parts[CAM_PART_TRAIN]->len, ==, cases[c].n);
      g_assert_cmpuint (parts.parts[CAM_PART_VALIDATION]->len, ==, whole.parts[CAM_PART_VALIDATION]->len);
      for (guint i = 0; i < 20; i++)
        g_assert_cmpuint (row_of (&parts, CAM_PART_VALIDATION, i), ==, row_of (&whole, CAM_PART_VALIDATION, i));
      for (guint i = 0; i < cases[c].n; i++)
        {
          g_assert_true (i == 0 || row_of (&parts, CAM_PART_TRAIN, i) > row_of (&parts, CAM_PART_TRAIN, i - 1));
          now[row_of (&parts, CAM_PART_TRAIN, i)] = TRUE;
          n_rare += (guint) classes[row_of (&parts, CAM_PART_TRAIN, i)];
        }
      g_assert_cmpfloat (n_rare, >, cases[c].n * 0.25 - 1);
      g_assert_cmpfloat (n_rare, <, cases[c].n * 0.25 + 1);
      for (guint i = 0; i < 100; i++)
        g_assert_true (now[i] || !before[i]);
      memcpy (before, now, sizeof now);
      parts_clear (&parts);
    }
  parts_clear (&whole);
}

static void
test_train_rows_ordered (void)
{
  Parts parts;

  g_assert_true (split ("{'method': 'ordered', 'train': 0.5, 'validation': 0.3, 'test': 0.2, 'train_rows': 2}", NULL, 10, &parts, NULL));
  g_assert_cmpuint (parts.parts[CAM_PART_TRAIN]->len, ==, 2);
  g_assert_cmpuint (row_of (&parts, CAM_PART_TRAIN, 0), ==, 3);
  g_assert_cmpuint (row_of (&parts, CAM_PART_VALIDATION, 0), ==, 5);
  parts_clear (&parts);
}

static void
test_train_seed (void)
{
  static const char *const texts[] = { "{'method': 'random', 'train_rows': 0.5}", "{'method': 'random', 'train_rows': 0.5, 'train_seed': 42}", "{'method': 'random', 'train_rows': 0.5, 'train_seed': 7}" };
  Parts parts[3];

  for (guint i = 0; i < 3; i++)
    g_assert_true (split (texts[i], NULL, 200, &parts[i], NULL));
  g_assert_true (parts_equal (&parts[0], &parts[1]));
  g_assert_false (parts_equal (&parts[0], &parts[2]));
  for (guint i = 0; i < 3; i++)
    parts_clear (&parts[i]);
}

/* Over many seeds each row is tested about as often as its share says. */
static void
test_even_chances (void)
{
  enum { N = 40, SEEDS = 2000 };
  guint tested[N] = { 0 };

  for (guint seed = 0; seed < SEEDS; seed++)
    {
      g_autofree char *text = g_strdup_printf ("{'method': 'random', 'seed': %u}", seed);
      Parts parts;

      g_assert_true (split (text, NULL, N, &parts, NULL));
      for (guint i = 0; i < parts.parts[CAM_PART_TEST]->len; i++)
        tested[row_of (&parts, CAM_PART_TEST, i)]++;
      parts_clear (&parts);
    }
  /* 300 are expected, with a deviation of 16. */
  for (guint i = 0; i < N; i++)
    {
      g_assert_cmpuint (tested[i], >, 220);
      g_assert_cmpuint (tested[i], <, 380);
    }
}

typedef struct
{
  const char *name;
  guint       sizes[16];   /* rows of each class; ends with 0 */
} ClassCase;

static const ClassCase class_cases[] = {
  { "breast-cancer", { 212, 357 } },
  { "iris", { 50, 50, 50 } },
  { "one-class", { 33 } },
  { "rare", { 1, 2, 3, 400 } },
  { "twelve-small", { 5, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4 } },
  { "lonely", { 1, 1, 1, 1, 1, 1, 1, 20 } },
  { "odd", { 7, 11, 13, 17, 19, 23, 29 } },
};

static const char *const shares[] = {
  "{'method': 'stratified'}",
  "{'method': 'stratified', 'train': 0.8, 'validation': 0.1, 'test': 0.1, 'seed': 7}",
  "{'method': 'stratified', 'train': 0.5, 'test': 0.5}",
  "{'method': 'stratified', 'train': 0.34, 'validation': 0.33, 'test': 0.33}",
};
static const double fractions[][CAM_N_PARTS] = { { 0.7, 0.15, 0.15 }, { 0.8, 0.1, 0.1 }, { 0.5, 0.0, 0.5 }, { 0.34, 0.33, 0.33 } };

/* Classes lie mixed among the rows. */
static int *
mix_classes (const ClassCase *self,
             gsize           *n)
{
  g_autoptr(GArray) classes = g_array_new (FALSE, FALSE, sizeof (int));
  g_autofree guint32 *order = NULL;
  int *mixed;
  CamRng rng;

  for (int c = 0; self->sizes[c] > 0; c++)
    for (guint i = 0; i < self->sizes[c]; i++)
      g_array_append_val (classes, c);
  *n = classes->len;
  order = g_new (guint32, *n);
  for (guint32 i = 0; i < *n; i++)
    order[i] = i;
  cam_rng_init (&rng, 8, 8);
  cam_rng_shuffle (&rng, order, *n);
  mixed = g_new (int, *n);
  for (gsize i = 0; i < *n; i++)
    mixed[i] = g_array_index (classes, int, order[i]);
  return mixed;
}

static void
test_stratified (gconstpointer data)
{
  const ClassCase *self = data;
  gsize n;
  g_autofree int *classes = mix_classes (self, &n);

  for (guint s = 0; s < G_N_ELEMENTS (shares); s++)
    {
      g_autoptr(GError) error = NULL;
      gsize counts[CAM_N_PARTS][G_N_ELEMENTS (self->sizes)] = { 0 };
      guint n_lonely = 0;
      Parts parts;

      g_assert_true (split (shares[s], classes, n, &parts, &error));
      g_assert_no_error (error);
      check_cover (&parts, n);
      for (guint p = 0; p < CAM_N_PARTS; p++)
        for (guint i = 0; i < parts.parts[p]->len; i++)
          counts[p][classes[row_of (&parts, p, i)]]++;
      for (guint c = 0; self->sizes[c] > 0; c++)
        {
          for (guint p = 0; p < CAM_N_PARTS; p++)
            {
              double off = (double) counts[p][c] - fractions[s][p] * self->sizes[c];

              g_assert_cmpfloat (off, <, 1.0);
              g_assert_cmpfloat (off, >, -1.0);
              g_assert_true (fractions[s][p] > 0.0 || counts[p][c] == 0);
            }
          g_assert_cmpuint (counts[CAM_PART_TRAIN][c], >, 0);
          n_lonely += self->sizes[c] * fractions[s][CAM_PART_TRAIN] < 1.0;
        }
      /* Together they are right as well, but for the classes that would otherwise have missed training. */
      for (guint p = 0; p < CAM_N_PARTS; p++)
        {
          g_assert_cmpfloat ((double) parts.parts[p]->len, >, (double) n * fractions[s][p] - 1.5 - n_lonely);
          g_assert_cmpfloat ((double) parts.parts[p]->len, <, (double) n * fractions[s][p] + 1.5 + n_lonely);
        }
      parts_clear (&parts);
    }
}

typedef struct
{
  const char *name;
  const char *split;
  gsize       n;
  gboolean    is_json;      /* CAM_JSON_ERROR, not CAM_DATASET_ERROR */
  int         code;
  const char *message;
} ErrorCase;

static const ErrorCase error_cases[] = {
  { "sum", "{'train': 0.5, 'validation': 0.1, 'test': 0.1}", 10, FALSE, CAM_DATASET_ERROR_SETTINGS, "add up to 0.7" },
  { "sum-above", "{'train': 0.9, 'test': 0.2}", 10, FALSE, CAM_DATASET_ERROR_SETTINGS, "add up to 1.1" },
  { "method", "{'method': 'lucky'}", 10, TRUE, CAM_JSON_ERROR_VALUE, "“lucky”" },
  { "key", "{'trian': 0.5}", 10, TRUE, CAM_JSON_ERROR_KEY, "“trian”" },
  { "negative", "{'train': -0.5}", 10, TRUE, CAM_JSON_ERROR_VALUE, "train" },
  { "text", "{'train': 'most'}", 10, TRUE, CAM_JSON_ERROR_VALUE, "train" },
  { "seed", "{'seed': -1}", 10, TRUE, CAM_JSON_ERROR_VALUE, "seed" },
  { "train-rows", "{'train_rows': 'few'}", 10, TRUE, CAM_JSON_ERROR_VALUE, "train_rows" },
  { "no-training-rows", "{'train_rows': 0}", 10, FALSE, CAM_DATASET_ERROR_ROWS, "“train”" },
  { "no-training", "{'method': 'random', 'train': 0, 'test': 1}", 9, FALSE, CAM_DATASET_ERROR_ROWS, "“train”" },
  { "too-few", "{'method': 'random'}", 2, FALSE, CAM_DATASET_ERROR_ROWS, "of 2 usable rows" },
};

static void
test_error (gconstpointer data)
{
  const ErrorCase *self = data;
  g_autoptr(GError) error = NULL;
  Parts parts;
  GQuark domain = self->is_json ? CAM_JSON_ERROR : CAM_DATASET_ERROR;

  g_assert_false (split (self->split, NULL, self->n, &parts, &error));
  g_assert_error (error, domain, self->code);
  g_assert_nonnull (strstr (error->message, self->message));
  g_assert_true (g_str_has_prefix (error->message, "split"));
  parts_clear (&parts);
}

/* In a dataset: rows with a gap are in no part, and classes are those of the target. */
static void
test_dataset (void)
{
  g_autoptr(GString) text = g_string_new ("x,colour\n");
  g_autoptr(json_t) data = parse ("{'target': ['colour']}"), method = parse ("{'method': 'stratified'}");
  g_autoptr(CamCsvResult) csv = NULL;
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(GError) error = NULL;
  gsize n = 0;

  for (guint i = 0; i < 90; i++)
    g_string_append_printf (text, "%s%u,%s\n", i % 9 == 0 ? "NA" : "", i % 9 == 0 ? 0 : i, i % 4 == 0 ? "red" : "blue");
  g_string_replace (text, "NA0", "NA", 0);
  csv = csv_text_read (text->str, -1, NULL, NULL, &error);
  g_assert_no_error (error);
  dataset = cam_dataset_new (csv->table, data, method, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (cam_dataset_get_n_dropped (dataset), ==, 10);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      gsize n_rows = cam_dataset_get_n_rows (dataset, p), n_red = 0;

      for (gsize i = 0; i < n_rows; i++)
        {
          gsize row = cam_dataset_get_rows (dataset, p)[i];

          g_assert_cmpuint (row % 9, !=, 0);
          g_assert_cmpfloat (cam_dataset_get_x (dataset, p)[i], ==, (float) row);
          g_assert_cmpfloat (cam_dataset_get_y (dataset, p)[i], ==, row % 4 == 0 ? 1.0f : 0.0f);
          n_red += row % 4 == 0;
        }
      g_assert_cmpuint (cam_dataset_get_n_of_class (dataset, p, 1), ==, n_red);
      g_assert_cmpuint (cam_dataset_get_n_of_class (dataset, p, 0), ==, n_rows - n_red);
      n += n_rows;
    }
  g_assert_cmpuint (n, ==, 80);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (count_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/split/counts/", count_cases[i].name, NULL);

      g_test_add_data_func (path, &count_cases[i], test_counts);
    }
  for (guint i = 0; i < G_N_ELEMENTS (class_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/split/stratified/", class_cases[i].name, NULL);

      g_test_add_data_func (path, &class_cases[i], test_stratified);
    }
  for (guint i = 0; i < G_N_ELEMENTS (error_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/split/error/", error_cases[i].name, NULL);

      g_test_add_data_func (path, &error_cases[i], test_error);
    }
  g_test_add_func ("/dataset/split/ordered-rows", test_ordered_rows);
  g_test_add_func ("/dataset/split/seed", test_seed);
  g_test_add_func ("/dataset/split/train-rows", test_train_rows);
  g_test_add_func ("/dataset/split/train-rows-ordered", test_train_rows_ordered);
  g_test_add_func ("/dataset/split/train-seed", test_train_seed);
  g_test_add_func ("/dataset/split/even-chances", test_even_chances);
  g_test_add_func ("/dataset/split/dataset", test_dataset);

  return g_test_run ();
}
