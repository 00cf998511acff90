/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preparation: fitted on training rows alone, the same on every table it is applied to, and the same again when read back. Numbers were worked out by hand. */
#include "csv-text.h"

#include <cam-dataset-private.h>
#include <cam-tensor.h>
#include <math.h>
#include <string.h>

#define ORDERED "{'method': 'ordered', 'train': 0.5, 'validation': 0.25, 'test': 0.25}"

static json_t *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

static CamTable *
read_table (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) csv = csv_text_read (text, -1, NULL, NULL, &error);

  g_assert_no_error (error);
  return cam_table_ref (csv->table);
}

static CamDataset *
make_dataset (const char  *text,
              const char  *data,
              GError     **error)
{
  g_autoptr(CamTable) table = read_table (text);
  g_autoptr(json_t) data_json = parse (data), split = parse (ORDERED);

  return cam_dataset_new (table, data_json, split, error);
}

/* Numbers with a blank between two, rows with a semicolon; enough digits for what is worked out by hand. */
static char *
print_numbers (const float *numbers,
               gsize        n_rows,
               gsize        width)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_rows * width; i++)
    g_string_append_printf (text, "%s%g", i == 0 ? "" : i % width == 0 ? "; " : " ", (double) numbers[i]);
  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *name;
  const char *text;                    /* 8 rows: 4 to train, 2 to validate, 2 to test, less those dropped */
  const char *data;
  const char *inputs;                  /* names of the network's numbers */
  const char *x[CAM_N_PARTS], *y[CAM_N_PARTS];
  gsize       n_dropped;
} ApplyCase;

static const ApplyCase apply_cases[] = {
  { "none", "a,y\n1,1\n2,2\n3,3\n4,4\n5,5\n6,6\n7,7\n8,8\n", "{'target': ['y']}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  /* Of 2, 4, 4, 6 the mean is 4 and the population deviation √2. */
  { "standard", "a,y\n2,1\n4,1\n4,1\n6,2\n4,3\n8,4\n1000,5\n-1000,6\n", "{'target': ['y'], 'preparation': {'scaling': 'standard'}}",
    "a", { "-1.41421; 0; 0; 1.41421", "0; 2.82843", "704.278; -709.935" }, { "1; 1; 1; 2", "3; 4", "5; 6" }, 0 },
  { "standard-large", "a,y\n1000000002,1\n1000000004,1\n1000000004,1\n1000000006,2\n1000000004,3\n1000000008,4\n1000000000,5\n1000000004,6\n",
    "{'target': ['y'], 'preparation': {'scaling': 'standard'}}",
    "a", { "-1.41421; 0; 0; 1.41421", "0; 2.82843", "-2.82843; 0" }, { "1; 1; 1; 2", "3; 4", "5; 6" }, 0 },
  { "constant", "a,y\n7,1\n7,2\n7,3\n7,4\n7,5\n9,6\n7,7\n7,8\n", "{'target': ['y'], 'preparation': {'scaling': 'standard'}}",
    "a", { "0; 0; 0; 0", "0; 2", "0; 0" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "own-scaling", "a,b,y\n2,1,1\n4,2,1\n4,3,1\n6,4,2\n4,5,3\n8,6,4\n4,7,5\n4,8,6\n",
    "{'target': ['y'], 'preparation': {'scaling': 'standard'}, 'columns': {'b': {'scaling': 'none'}}}",
    "a b", { "-1.41421 1; 0 2; 0 3; 1.41421 4", "0 5; 2.82843 6", "0 7; 0 8" }, { "1; 1; 1; 2", "3; 4", "5; 6" }, 0 },
  { "target-scaled", "a,y\n1,2\n2,4\n3,4\n4,6\n5,8\n6,4\n7,4\n8,4\n", "{'columns': {'y': {'role': 'target', 'scaling': 'standard'}}}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "-1.41421; 0; 0; 1.41421", "2.82843; 0", "0; 0" }, 0 },
  /* Sorted, whatever comes first; green is never seen in training. */
  { "one-hot", "c,y\nred,1\nblue,2\nred,3\nblue,4\nblue,5\ngreen,6\nred,7\ngreen,8\n", "{'target': ['y']}",
    "c = blue|c = red", { "0 1; 1 0; 0 1; 1 0", "1 0; 0 0", "0 1; 0 0" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "one-hot-numbers", "c,y\n10,1\n9,2\n9,3\n10,4\n9,5\n10,6\n9,7\n9,8\n", "{'target': ['y'], 'columns': {'c': {'kind': 'category'}}}",
    "c = 9|c = 10", { "0 1; 1 0; 1 0; 0 1", "1 0; 0 1", "1 0; 1 0" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "ordinal", "c,y\nred,1\nblue,2\nred,3\namber,4\nblue,5\ngreen,6\nred,7\namber,8\n", "{'target': ['y'], 'preparation': {'coding': 'ordinal'}}",
    "c", { "2; 1; 2; 0", "1", "2; 0" }, { "1; 2; 3; 4", "5", "7; 8" }, 1 },
  /* The row without a goes before the split, so 3 train. */
  { "missing-drop", "a,b,y\n1,1,1\n,2,2\n3,3,3\n4,4,4\n5,5,5\n6,6,6\n7,7,7\n", "{'target': ['y']}",
    "a b", { "1 1; 3 3; 4 4", "5 5", "6 6; 7 7" }, { "1; 3; 4", "5", "6; 7" }, 1 },
  { "missing-target", "a,y\n1,1\n2,\n3,3\n4,4\n5,5\n6,6\n7,7\n", "{'target': ['y'], 'preparation': {'missing': 'mean'}}",
    "a", { "1; 3; 4", "5", "6; 7" }, { "1; 3; 4", "5", "6; 7" }, 1 },
  { "missing-mean", "a,y\n1,1\n,2\n3,3\n5,4\n,5\n6,6\n7,7\n,8\n", "{'target': ['y'], 'preparation': {'missing': 'mean'}}",
    "a", { "1; 3; 3; 5", "3; 6", "7; 3" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  /* Of 1, 5, 3, 2 in training: from 1 to 5; 2 and 3 are the middle, quartiles 1.75 and 3.5. */
  { "min-max", "a,y\n1,1\n5,2\n3,3\n2,4\n9,5\n1,6\n-3,7\n5,8\n", "{'target': ['y'], 'preparation': {'scaling': 'min-max'}}",
    "a", { "0; 1; 0.5; 0.25", "2; 0", "-1; 1" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "robust", "a,y\n1,1\n5,2\n3,3\n2,4\n9.5,5\n1,6\n-3,7\n6,8\n", "{'target': ['y'], 'preparation': {'scaling': 'robust'}}",
    "a", { "-0.857143; 1.42857; 0.285714; -0.285714", "4; -0.857143", "-3.14286; 2" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "min-max-constant", "a,y\n7,1\n7,2\n7,3\n7,4\n7,5\n9,6\n7,7\n7,8\n", "{'target': ['y'], 'preparation': {'scaling': 'min-max'}}",
    "a", { "0; 0; 0; 0", "0; 2", "0; 0" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "robust-constant", "a,y\n7,1\n7,2\n7,3\n7,4\n7,5\n9,6\n7,7\n7,8\n", "{'target': ['y'], 'preparation': {'scaling': 'robust'}}",
    "a", { "0; 0; 0; 0", "0; 2", "0; 0" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "target-min-max", "a,y\n1,2\n2,4\n3,4\n4,6\n5,8\n6,4\n7,4\n8,4\n", "{'columns': {'y': {'role': 'target', 'scaling': 'min-max'}}}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "0; 0.5; 0.5; 1", "1.5; 0.5", "0.5; 0.5" }, 0 },
  { "missing-median", "a,y\n1,1\n,2\n30,3\n5,4\n,5\n6,6\n7,7\n,8\n", "{'target': ['y'], 'preparation': {'missing': 'median'}}",
    "a", { "1; 5; 30; 5", "5; 6", "7; 5" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "missing-constant", "a,c,y\n1,red,1\n,blue,2\n3,,3\n5,blue,4\n,,5\n6,red,6\n7,red,7\n,red,8\n",
    "{'target': ['y'], 'columns': {'a': {'missing': 'constant', 'fill': -1}, 'c': {'missing': 'constant', 'fill': 'none', 'coding': 'ordinal'}}}",
    "a c", { "1 2; -1 0; 3 1; 5 0", "-1 1; 6 2", "7 2; -1 2" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  /* The last value seen above, also from another part; the first row has none and is left out. */
  { "missing-previous", "a,c,y\n,red,1\n1,blue,2\n,,3\n5,red,4\n7,,5\n,blue,6\n,,7\n8,red,8\n9,red,9\n",
    "{'target': ['y'], 'preparation': {'missing': 'previous', 'coding': 'ordinal'}}",
    "a c", { "1 0; 1 0; 5 1", "7 1; 7 0", "7 0; 8 1; 9 1" }, { "2; 3; 4", "5; 6", "7; 8; 9" }, 1 },
  { "missing-previous-of-the-group", "g,a,y\np,1,1\nq,2,2\np,,3\nq,,4\np,3,5\nq,,6\np,,7\nq,4,8\n",
    "{'target': ['y'], 'columns': {'g': {'role': 'group'}, 'a': {'missing': 'previous'}}}",
    "a", { "1; 2; 1; 2", "3; 2", "3; 4" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "missing-flag", "a,c,y\n1,red,1\n,blue,2\n3,,3\n5,blue,4\n,red,5\n6,,6\n7,red,7\n,red,8\n",
    "{'target': ['y'], 'preparation': {'missing': 'mean', 'flag': true}, 'columns': {'c': {'coding': 'ordinal'}}}",
    "a|a is missing|c|c is missing", { "1 0 1 0; 3 1 0 0; 3 0 0 1; 5 0 0 0", "3 1 1 0; 6 0 0 1", "7 0 1 0; 3 1 1 0" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  /* Filled with the mean, then scaled: 0. Of 1, 3, 5 the deviation is √(8/3). */
  { "missing-mean-scaled", "a,y\n1,1\n,2\n3,3\n5,4\n,5\n6,6\n7,7\n,8\n", "{'target': ['y'], 'preparation': {'missing': 'mean', 'scaling': 'standard'}}",
    "a", { "-1.22474; 0; 0; 1.22474", "0; 1.83712", "2.44949; 0" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "missing-most-frequent", "a,c,y\n5,red,1\n,blue,2\n1,,3\n5,blue,4\n,,5\n6,red,6\n7,red,7\n,red,8\n",
    "{'target': ['y'], 'preparation': {'missing': 'most_frequent', 'coding': 'ordinal'}}",
    "a c", { "5 1; 5 0; 1 0; 5 0", "5 0; 6 1", "7 1; 5 1" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  /* red and blue are equally frequent: the first in order. A mean of words is the most frequent one. */
  { "missing-tie", "c,y\nred,1\nblue,2\n,3\n,4\nred,5\nred,6\n,7\nblue,8\n", "{'target': ['y'], 'preparation': {'missing': 'mean', 'coding': 'ordinal'}}",
    "c", { "1; 0; 0; 0", "1; 1", "0; 0" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "binary", "a,y\n1,no\n2,yes\n3,no\n4,no\n5,yes\n6,no\n7,yes\n8,no\n", "{'target': ['y']}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "0; 1; 0; 0", "1; 0", "1; 0" }, 0 },
  { "binary-numbers", "a,y\n1,10\n2,9\n3,10\n4,10\n5,9\n6,9\n7,10\n8,9\n", "{'target': ['y'], 'columns': {'y': {'kind': 'category'}}}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "1; 0; 1; 1", "0; 0", "1; 0" }, 0 },
  /* The class c is seen in testing only, and is a class all the same. */
  { "multiclass", "a,y\n1,b\n2,a\n3,b\n4,a\n5,a\n6,b\n7,c\n8,a\n", "{'target': ['y']}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "0 1 0; 1 0 0; 0 1 0; 1 0 0", "1 0 0; 0 1 0", "0 0 1; 1 0 0" }, 0 },
  { "multilabel", "a,p,q\n1,0,1\n2,1,0\n3,0,0\n4,1,1\n5,0,1\n6,1,1\n7,0,0\n8,1,0\n", "{'target': ['p', 'q']}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "0 1; 1 0; 0 0; 1 1", "0 1; 1 1", "0 0; 1 0" }, 0 },
  { "multilabel-scaled", "a,p,q\n1,0,1\n2,1,0\n3,0,0\n4,1,1\n5,0,1\n6,1,1\n7,0,0\n8,1,0\n", "{'target': ['p', 'q'], 'columns': {'p': {'scaling': 'standard'}, 'q': {'scaling': 'min-max'}}}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "0 1; 1 0; 0 0; 1 1", "0 1; 1 1", "0 0; 1 0" }, 0 },
  { "group", "a,g,y\n1,p,1\n2,p,2\n3,q,3\n4,q,4\n5,r,5\n6,r,6\n7,s,7\n8,s,8\n", "{'target': ['y'], 'columns': {'g': {'role': 'group'}}}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  /* The word for yes is class 1, though “ja” stands before “nein”. */
  { "yes-no", "a,y\n1,ja\n2,nein\n3,nein\n4,ja\n5,ja\n6,nein\n7,ja\n8,nein\n", "{'target': ['y']}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "1; 0; 0; 1", "1; 0", "1; 0" }, 0 },
  { "date", "d,y\n1970-01-02,1\n1970-01-03,2\n1969-12-31,3\n1970-02-01,4\n1970-01-01,5\n1970-01-02,6\n1970-01-03,7\n1970-01-04,8\n", "{'target': ['y'], 'columns': {'d': {'kind': 'date'}}}",
    "d", { "1; 2; -1; 31", "0; 1", "2; 3" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
  { "task-binary", "a,y\n1,10\n2,9\n3,10\n4,10\n5,9\n6,9\n7,10\n8,9\n", "{'target': ['y'], 'task': 'binary'}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "1; 0; 1; 1", "0; 0", "1; 0" }, 0 },
  { "task-multi-class", "a,y\n1,3\n2,9\n3,3\n4,10\n5,9\n6,9\n7,10\n8,9\n", "{'target': ['y'], 'task': 'multi-class'}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "1 0 0; 0 1 0; 1 0 0; 0 0 1", "0 1 0; 0 1 0", "0 0 1; 0 1 0" }, 0 },
  { "task-regression", "a,y\n1,10\n2,9\n3,10\n4,10\n5,9\n6,9\n7,10\n8,9\n", "{'task': 'regression', 'columns': {'y': {'role': 'target', 'kind': 'category'}}}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "10; 9; 10; 10", "9; 9", "10; 9" }, 0 },
  { "task-multi-label", "a,p\n1,0\n2,1\n3,0\n4,1\n5,0\n6,1\n7,0\n8,1\n", "{'target': ['p'], 'task': 'multi-label'}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "0; 1; 0; 1", "0; 1", "0; 1" }, 0 },
  /* y is x, and the target is left aside, missing or not. */
  { "task-autoencoder", "a,b,y\n1,2,x\n2,4,\n3,6,x\n4,8,y\n5,1,x\n6,2,y\n7,3,x\n8,4,y\n", "{'task': 'autoencoder', 'target': ['y']}",
    "a b", { "1 2; 2 4; 3 6; 4 8", "5 1; 6 2", "7 3; 8 4" }, { "1 2; 2 4; 3 6; 4 8", "5 1; 6 2", "7 3; 8 4" }, 0 },
  { "two-numbers", "p,a,q\n1,1,0.5\n2,2,1.5\n3,3,2.5\n4,4,3.5\n5,5,4.5\n6,6,5.5\n7,7,6.5\n8,8,7.5\n", "{'target': ['q', 'p']}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "1 0.5; 2 1.5; 3 2.5; 4 3.5", "5 4.5; 6 5.5", "7 6.5; 8 7.5" }, 0 },
  { "ignored", "a,b,c,y\n1,x,0,1\n2,y,0,2\n3,x,0,3\n4,y,0,4\n5,x,0,5\n6,y,0,6\n7,x,0,7\n8,y,0,8\n", "{'target': ['y'], 'columns': {'b': {'role': 'ignored'}, 'c': {'role': 'ignored'}}}",
    "a", { "1; 2; 3; 4", "5; 6", "7; 8" }, { "1; 2; 3; 4", "5; 6", "7; 8" }, 0 },
};

static void
test_apply (gconstpointer data)
{
  const ApplyCase *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = make_dataset (self->text, self->data, &error);
  g_autoptr(GString) names = g_string_new (NULL);
  const CamPreparation *preparation;

  g_assert_no_error (error);
  preparation = cam_dataset_get_preparation (dataset);
  for (guint i = 0; i < cam_preparation_get_n_inputs (preparation); i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : strchr (self->inputs, '|') != NULL ? "|" : " ", cam_preparation_get_input_name (preparation, i));
  g_assert_cmpstr (names->str, ==, self->inputs);
  g_assert_cmpuint (cam_dataset_get_n_dropped (dataset), ==, self->n_dropped);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      gsize n = cam_dataset_get_n_rows (dataset, p);
      g_autofree char *x = print_numbers (cam_dataset_get_x (dataset, p), n, cam_preparation_get_n_inputs (preparation));
      g_autofree char *y = print_numbers (cam_dataset_get_y (dataset, p), n, cam_preparation_get_n_outputs (preparation));

      g_assert_cmpstr (x, ==, self->x[p]);
      g_assert_cmpstr (y, ==, self->y[p]);
    }
}

/* Whatever stands in the rows kept back, the preparation stays the same; a change in training shows. */
static void
test_training_only (void)
{
  static const char *const texts[] = {
    "a,c,y\n1,x,0\n2,y,1\n,x,1\n4,,0\n5,x,1\n6,y,0\n7,x,1\n8,y,0\n",
    "a,c,y\n1,x,0\n2,y,1\n,x,1\n4,,0\n-1e9,z,1\n,z,0\n1e30,,1\n8,z,0\n",
    "a,c,y\n1,x,0\n2,y,1\n,x,1\n4.5,,0\n5,x,1\n6,y,0\n7,x,1\n8,y,0\n",
  };
  g_auto(GStrv) printed = g_new0 (char *, G_N_ELEMENTS (texts) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CamDataset) dataset = make_dataset (texts[i], "{'target': ['y'], 'preparation': {'scaling': 'standard', 'missing': 'most_frequent'}}", &error);
      g_autoptr(json_t) json = NULL;

      g_assert_no_error (error);
      json = cam_preparation_to_json (cam_dataset_get_preparation (dataset));
      printed[i] = cam_json_dump (json, FALSE);
    }
  g_assert_cmpstr (printed[1], ==, printed[0]);
  g_assert_cmpstr (printed[2], !=, printed[0]);
}

#define AWKWARD "a,b,c,d,y\n" \
                "0.1,1e-300,x,1,0.3333333333333333\n0.2,3e-300,y,,0.1\n0.30000000000000004,7e-300,\"a \"\"b\"\", ç\",9,2.5\n1e15,1e-300,x,10,1e-9\n" \
                "3.141592653589793,2e-300,y,9,7\n,5e-300,é,10,8\n2.718281828459045,6e-300,x,9,9\n5,1e-300,x,10,10\n"

/* Through a text and back: the same text again, and the same bits of every number. */
static void
test_round_trip (void)
{
  g_autoptr(CamTable) table = read_table (AWKWARD);
  g_autoptr(json_t) data = parse ("{'columns': {'y': {'role': 'target', 'scaling': 'standard'}, 'd': {'kind': 'category'}},"
                                  " 'preparation': {'scaling': 'standard', 'missing': 'mean'}}");
  g_autoptr(json_t) split = parse ("{'method': 'ordered', 'train': 0.75, 'test': 0.25}");
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = cam_dataset_new (table, data, split, &error);
  g_autoptr(CamPreparation) back = NULL;
  g_autoptr(json_t) json = NULL, read = NULL, again = NULL;
  g_autofree char *text = NULL, *text_again = NULL;
  g_auto(CamPrepared) all = { NULL };
  gsize done = 0;

  g_assert_no_error (error);
  json = cam_preparation_to_json (cam_dataset_get_preparation (dataset));
  text = cam_json_dump (json, TRUE);
  read = cam_json_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  back = cam_preparation_from_json (read, &error);
  g_assert_no_error (error);
  again = cam_preparation_to_json (back);
  text_again = cam_json_dump (again, TRUE);
  g_assert_cmpstr (text_again, ==, text);
  g_assert_true (json_equal (json, again));

  g_assert_cmpuint (cam_preparation_get_n_inputs (back), ==, cam_preparation_get_n_inputs (cam_dataset_get_preparation (dataset)));
  g_assert_true (cam_preparation_apply (back, table, TRUE, &all, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (all.n_rows, ==, 8);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      gsize of_part = cam_dataset_get_n_rows (dataset, p), width = cam_preparation_get_n_inputs (back);

      g_assert_cmpmem (all.x + done * width, of_part * width * sizeof (float), cam_dataset_get_x (dataset, p), of_part * width * sizeof (float));
      g_assert_cmpmem (all.y + done, of_part * sizeof (float), cam_dataset_get_y (dataset, p), of_part * sizeof (float));
      done += of_part;
    }
  g_assert_cmpuint (done, ==, all.n_rows);
}

static CamPreparation *
fit (const char *text,
     const char *data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = make_dataset (text, data, &error);

  g_assert_no_error (error);
  return cam_preparation_ref (cam_dataset_get_preparation (dataset));
}

#define HOUSES "size,town,price\n10,Porto,1\n20,Braga,2\n30,Porto,3\n40,Braga,4\n50,Porto,5\n60,Braga,6\n70,Porto,7\n80,Braga,8\n"

typedef struct
{
  const char *name;
  const char *data;        /* of the preparation fitted on HOUSES */
  const char *text;        /* the other table */
  gboolean    wants_y;
  const char *x, *y, *rows;
} OtherCase;

static const OtherCase other_cases[] = {
  { "same", "{'target': ['price']}", "size,town,price\n1,Porto,5\n2,Braga,6\n", TRUE, "1 0 1; 2 1 0", "5; 6", "0; 1" },
  { "other-order", "{'target': ['price']}", "town,price,more,size\nPorto,5,x,1\nBraga,6,x,2\n", TRUE, "1 0 1; 2 1 0", "5; 6", "0; 1" },
  { "no-target", "{'target': ['price']}", "size,town\n1,Porto\n2,Braga\n", TRUE, "1 0 1; 2 1 0", NULL, "0; 1" },
  { "target-not-wanted", "{'target': ['price']}", "size,town,price\n1,Porto,\n2,Braga,6\n", FALSE, "1 0 1; 2 1 0", NULL, "0; 1" },
  { "target-missing", "{'target': ['price']}", "size,town,price\n1,Porto,\n2,Braga,6\n", TRUE, "2 1 0", "6", "1" },
  { "unseen-one-hot", "{'target': ['price']}", "size,town\n1,Porto\n2,Faro\n3,Braga\n", FALSE, "1 0 1; 2 0 0; 3 1 0", NULL, "0; 1; 2" },
  { "unseen-ordinal", "{'target': ['price'], 'preparation': {'coding': 'ordinal'}}", "size,town\n1,Porto\n2,Faro\n3,Braga\n", FALSE, "1 1; 3 0", NULL, "0; 2" },
  { "missing-dropped", "{'target': ['price']}", "size,town\n1,Porto\n,Braga\n3,\n4,Braga\n", FALSE, "1 0 1; 4 1 0", NULL, "0; 3" },
  /* The means are those of training: 25 for the size, Braga for the town. */
  { "missing-filled", "{'target': ['price'], 'preparation': {'missing': 'mean'}}", "size,town\n1,Porto\n,Braga\n3,\n", FALSE, "1 0 1; 25 1 0; 3 1 0", NULL, "0; 1; 2" },
  { "scaled-as-trained", "{'target': ['price'], 'preparation': {'scaling': 'standard'}, 'columns': {'town': {'role': 'ignored'}}}", "size\n25\n2500\n", FALSE,
    "0; 221.371", NULL, "0; 1" },
  { "words-for-numbers", "{'target': ['price']}", "size,town\nsmall,Porto\nlarge,Braga\n4,Braga\n", FALSE, "4 1 0", NULL, "2" },
};

static char *
print_rows (const gsize *rows,
            gsize        n)
{
  g_autofree float *floats = g_new (float, n + 1);

  for (gsize i = 0; i < n; i++)
    floats[i] = (float) rows[i];
  return print_numbers (floats, n, 1);
}

static void
test_other_table (gconstpointer data)
{
  const OtherCase *self = data;
  g_autoptr(CamPreparation) preparation = fit (HOUSES, self->data);
  g_autoptr(CamTable) table = read_table (self->text);
  g_autoptr(GError) error = NULL;
  g_auto(CamPrepared) prepared = { NULL };
  g_autofree char *printed_x = NULL, *printed_rows = NULL;

  g_assert_true (cam_preparation_apply (preparation, table, self->wants_y, &prepared, &error));
  g_assert_no_error (error);
  printed_x = print_numbers (prepared.x, prepared.n_rows, cam_preparation_get_n_inputs (preparation));
  g_assert_cmpstr (printed_x, ==, self->x);
  printed_rows = print_rows (prepared.rows, prepared.n_rows);
  g_assert_cmpstr (printed_rows, ==, self->rows);
  g_assert_true ((prepared.y != NULL) == (self->y != NULL));
  if (prepared.y != NULL)
    {
      g_autofree char *printed_y = print_numbers (prepared.y, prepared.n_rows, cam_preparation_get_n_outputs (preparation));

      g_assert_cmpstr (printed_y, ==, self->y);
    }
}

static void
test_missing_column (void)
{
  g_autoptr(CamPreparation) preparation = fit (HOUSES, "{'target': ['price']}");
  g_autoptr(CamTable) table = read_table ("Size,town\n1,Porto\n2,Braga\n");
  g_autoptr(GError) error = NULL;
  g_auto(CamPrepared) prepared = { NULL };

  g_assert_false (cam_preparation_apply (preparation, table, FALSE, &prepared, &error));
  g_assert_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN);
  g_assert_nonnull (strstr (error->message, "“size”"));
  g_assert_null (prepared.x);
}

/* What the network gives, in the units of the target. */
static void
test_invert (void)
{
  g_autoptr(CamPreparation) scaled = fit (HOUSES, "{'columns': {'price': {'role': 'target', 'scaling': 'standard'}}}");
  g_autoptr(CamPreparation) plain = fit (HOUSES, "{'target': ['price']}");
  g_autoptr(CamPreparation) classes = fit (HOUSES, "{'target': ['town']}");
  float outputs[] = { 0.0f, 1.0f, -2.0f };

  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      float same = outputs[i];

      cam_preparation_invert (plain, &same, NULL);
      g_assert_cmpfloat (same, ==, outputs[i]);
      cam_preparation_invert (classes, &same, NULL);
      g_assert_cmpfloat (same, ==, outputs[i]);
      /* Of 1, 2, 3, 4 the mean is 2.5, the deviation √1.25. */
      cam_preparation_invert (scaled, &same, NULL);
      g_assert_cmpfloat_with_epsilon (same, 2.5 + outputs[i] * sqrt (1.25), 1e-6);
    }
}

static void
test_classes (void)
{
  g_autoptr(CamPreparation) binary = fit (HOUSES, "{'target': ['town']}");
  g_autoptr(CamPreparation) plain = fit (HOUSES, "{'target': ['price'], 'columns': {'town': {'role': 'ignored'}}}");

  g_assert_cmpint (cam_preparation_get_task (binary), ==, CAM_TASK_BINARY);
  g_assert_cmpuint (cam_preparation_get_n_classes (binary), ==, 2);
  g_assert_cmpstr (cam_preparation_get_class_name (binary, 0), ==, "Braga");
  g_assert_cmpstr (cam_preparation_get_class_name (binary, 1), ==, "Porto");
  g_assert_cmpuint (cam_preparation_get_n_features (binary), ==, 2);
  g_assert_cmpstr (cam_preparation_get_feature_name (binary, 1), ==, "price");
  g_assert_true (cam_preparation_is_empty (binary));
  g_assert_cmpint (cam_preparation_get_task (plain), ==, CAM_TASK_REGRESSION);
  g_assert_cmpuint (cam_preparation_get_n_classes (plain), ==, 0);
}

typedef struct
{
  const char *name;
  const char *text, *data;
  int         code;
  const char *message;
} FitError;

static const FitError fit_errors[] = {
  { "no-target", HOUSES, "{}", CAM_DATASET_ERROR_SETTINGS, "No column is the target" },
  { "no-feature", HOUSES, "{'target': ['price'], 'columns': {'size': {'role': 'ignored'}, 'town': {'role': 'ignored'}}}", CAM_DATASET_ERROR_SETTINGS, "No column is a feature" },
  { "unknown-target", HOUSES, "{'target': ['Price']}", CAM_DATASET_ERROR_COLUMN, "“Price”" },
  { "unknown-column", HOUSES, "{'target': ['price'], 'columns': {'sizes': {}}}", CAM_DATASET_ERROR_COLUMN, "“sizes”" },
  { "one-class", "a,y\n1,x\n2,x\n3,x\n4,x\n5,x\n6,x\n7,x\n8,x\n", "{'target': ['y']}", CAM_DATASET_ERROR_SETTINGS, "only one value, “x”" },
  { "mixed-targets", HOUSES, "{'target': ['price', 'town']}", CAM_DATASET_ERROR_SETTINGS, "Several targets" },
  { "gaps-everywhere", "a,b,y\n1,,1\n,2,2\n3,,3\n,4,4\n", "{'target': ['y']}", CAM_DATASET_ERROR_ROWS, "Every row has a missing value" },
  { "nothing-in-training", "a,b,y\n1,,1\n2,,2\n3,,3\n4,,4\n5,,5\n6,,6\n7,5,7\n8,5,8\n", "{'target': ['y'], 'preparation': {'missing': 'mean'}}", CAM_DATASET_ERROR_COLUMN,
    "“b” has no number in the training rows" },
  { "two-groups", HOUSES, "{'target': ['price'], 'columns': {'town': {'role': 'group'}, 'size': {'role': 'group'}}}", CAM_DATASET_ERROR_SETTINGS, "“size” and “town”" },
  { "fill-for-numbers", HOUSES, "{'target': ['price'], 'columns': {'size': {'missing': 'constant', 'fill': 'none'}}}", CAM_DATASET_ERROR_COLUMN, "“none”" },
  { "three-for-two", "a,y\n1,x\n2,y\n3,z\n4,x\n5,y\n6,z\n7,x\n8,y\n", "{'target': ['y'], 'task': 'binary'}", CAM_DATASET_ERROR_SETTINGS, "has 3 classes" },
  { "labels-are-words", HOUSES, "{'target': ['town'], 'task': 'multi-label'}", CAM_DATASET_ERROR_SETTINGS, "is 0 or 1" },
  { "regression-of-words", HOUSES, "{'target': ['town'], 'task': 'regression'}", CAM_DATASET_ERROR_SETTINGS, "Only numbers" },
  { "classes-of-two", HOUSES, "{'target': ['town', 'price'], 'task': 'multi-class'}", CAM_DATASET_ERROR_SETTINGS, "one target" },
  { "text-as-feature", HOUSES, "{'target': ['price'], 'columns': {'town': {'kind': 'text', 'role': 'feature'}}}", CAM_DATASET_ERROR_SETTINGS, "text “town”" },
};

static void
test_fit_error (gconstpointer data)
{
  const FitError *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = make_dataset (self->text, self->data, &error);

  g_assert_null (dataset);
  g_assert_error (error, CAM_DATASET_ERROR, self->code);
  g_assert_nonnull (strstr (error->message, self->message));
}

typedef struct
{
  const char *name;
  const char *json;
  int         code;
  const char *message;
} ReadError;

#define TARGET "'targets': [{'name': 'y', 'kind': 'number'}]"
#define FEATURE "'features': [{'name': 'a', 'kind': 'number'}]"

static const ReadError read_errors[] = {
  { "not-an-object", "[]", CAM_JSON_ERROR_VALUE, "an object" },
  { "no-version", "{'task': 'regression', " FEATURE ", " TARGET "}", CAM_JSON_ERROR_KEY, "version" },
  { "newer", "{'version': 3, 'task': 'regression', " FEATURE ", " TARGET "}", CAM_JSON_ERROR_VALUE, "newer Camadas" },
  { "task", "{'version': 1, 'task': 'guessing', " FEATURE ", " TARGET "}", CAM_JSON_ERROR_VALUE, "“guessing”" },
  { "no-features", "{'version': 1, 'task': 'regression', " TARGET "}", CAM_JSON_ERROR_KEY, "features" },
  { "empty-features", "{'version': 1, 'task': 'regression', 'features': [], " TARGET "}", CAM_JSON_ERROR_VALUE, "“features” is empty" },
  { "no-name", "{'version': 1, 'task': 'regression', 'features': [{'kind': 'number'}], " TARGET "}", CAM_JSON_ERROR_KEY, "name" },
  { "kind", "{'version': 1, 'task': 'regression', 'features': [{'name': 'a', 'kind': 'letter'}], " TARGET "}", CAM_JSON_ERROR_VALUE, "“letter”" },
  { "no-words", "{'version': 2, 'task': 'regression', 'features': [{'name': 'a', 'kind': 'text'}], " TARGET "}", CAM_JSON_ERROR_VALUE, "list of words" },
  { "no-levels", "{'version': 1, 'task': 'regression', 'features': [{'name': 'a', 'kind': 'category'}], " TARGET "}", CAM_JSON_ERROR_KEY, "levels" },
  { "empty-levels", "{'version': 1, 'task': 'regression', 'features': [{'name': 'a', 'kind': 'category', 'levels': []}], " TARGET "}", CAM_JSON_ERROR_VALUE, "no levels" },
  { "same-levels", "{'version': 1, 'task': 'regression', 'features': [{'name': 'a', 'kind': 'category', 'levels': ['x', 'x']}], " TARGET "}", CAM_JSON_ERROR_VALUE, "different" },
  { "levels-of-numbers", "{'version': 1, 'task': 'regression', 'features': [{'name': 'a', 'kind': 'category', 'levels': [1]}], " TARGET "}", CAM_JSON_ERROR_VALUE, "different texts" },
  { "no-deviation", "{'version': 1, 'task': 'regression', 'features': [{'name': 'a', 'kind': 'number', 'scaling': 'standard', 'mean': 1}], " TARGET "}", CAM_JSON_ERROR_KEY, "deviation" },
  { "deviation-0", "{'version': 1, 'task': 'regression', 'features': [{'name': 'a', 'kind': 'number', 'scaling': 'standard', 'mean': 1, 'deviation': 0}], " TARGET "}",
    CAM_JSON_ERROR_VALUE, "deviation" },
  { "wrong-target", "{'version': 1, 'task': 'binary', " FEATURE ", " TARGET "}", CAM_JSON_ERROR_VALUE, "“binary”" },
  { "two-classes", "{'version': 1, 'task': 'multiclass', " FEATURE ", 'targets': [{'name': 'y', 'kind': 'category', 'levels': ['a', 'b']}]}", CAM_JSON_ERROR_VALUE, "“multiclass”" },
};

static void
test_read_error (gconstpointer data)
{
  const ReadError *self = data;
  g_autoptr(json_t) json = parse (self->json);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamPreparation) preparation = cam_preparation_from_json (json, &error);

  g_assert_null (preparation);
  g_assert_error (error, CAM_JSON_ERROR, self->code);
  g_assert_nonnull (strstr (error->message, self->message));
}

/* A preparation as Camadas saved it before there were sequences, texts and images. */
static void
test_version_1 (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CAM_TEST_DATA"), "preparation", "version-1.json", NULL);
  static const char *const texts[] = { "Dream", "49.564511", "", "201.5", "4215.104166666667", "female" };
  static const float expected[] = { 0.0f, 1.0f, 0.0f, 1.0f, 0.0f, 0.0f, 0.0f, 1.0f, 0.0f };
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) json = cam_json_load (path, &error);
  g_autoptr(CamPreparation) preparation = NULL;
  float x[G_N_ELEMENTS (expected)];

  g_assert_no_error (error);
  preparation = cam_preparation_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cam_preparation_get_task (preparation), ==, CAM_TASK_MULTICLASS);
  g_assert_cmpuint (cam_preparation_get_n_inputs (preparation), ==, G_N_ELEMENTS (expected));
  g_assert_cmpuint (cam_preparation_get_n_outputs (preparation), ==, 3);
  g_assert_true (cam_preparation_apply_texts (preparation, texts, x));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpfloat_with_epsilon (x[i], expected[i], 1e-6);
}

#define ADD_CASES(folder, cases, function) \
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) \
    { \
      g_autofree char *path = g_strconcat ("/dataset/preparation/" folder "/", cases[i].name, NULL); \
      g_test_add_data_func (path, &cases[i], function); \
    }

/* The training rows tell the range, also through a file; the others do not. */
static void
test_facts (void)
{
  g_autoptr(CamPreparation) preparation = fit ("a,c,b,y\n1,x,0.5,0\n9,y,1.5,1\n3,x,2.5,1\n4,x,,0\n5,x,9,1\n6,y,9,0\n700,z,9,1\n8,y,9,0\n", "{'target': ['y'], 'columns': {'b': {'missing': 'mean'}}}");
  g_autoptr(json_t) json = cam_preparation_to_json (preparation);
  g_autoptr(CamPreparation) back = cam_preparation_from_json (json, NULL);
  CamFeatureFacts a = cam_preparation_get_feature_facts (back, 0), c = cam_preparation_get_feature_facts (back, 1), b = cam_preparation_get_feature_facts (back, 2);
  guint height, width, channels;
  double brightest;

  g_assert_cmpfloat (a.min, ==, 1);
  g_assert_cmpfloat (a.max, ==, 9);
  g_assert_cmpfloat (a.typical, ==, 3);
  g_assert_true (a.is_whole && a.drops_missing && a.levels == NULL);
  g_assert_cmpuint (c.levels->len, ==, 2);
  g_assert_false (c.drops_unseen);
  g_assert_cmpfloat (b.max, ==, 2.5);
  g_assert_false (b.is_whole || b.drops_missing);
  g_assert_false (cam_preparation_get_picture (back, &height, &width, &channels, &brightest));
}

/* A row of numbers is the row of their texts. */
static void
test_apply_numbers (void)
{
  g_autoptr(CamPreparation) preparation = fit ("a,b,y\n1,0.5,0\n9,1.5,1\n3,2.5,1\n4,,0\n5,9,1\n6,9,0\n7,9,1\n8,9,0\n",
                                               "{'target': ['y'], 'preparation': {'scaling': 'standard', 'flag': true}, 'columns': {'b': {'missing': 'mean'}, 'a': {'missing': 'drop'}}}");
  static const double values[][2] = { { 4, 2 }, { 7, NAN }, { NAN, 1 } };
  static const char *const texts[][2] = { { "4", "2" }, { "7", "" }, { "", "1" } };
  float x[8], wanted[8];

  g_assert_cmpuint (cam_preparation_get_n_inputs (preparation), <=, G_N_ELEMENTS (x));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      gboolean has_row = cam_preparation_apply_texts (preparation, texts[i], wanted);

      g_assert_true (cam_preparation_apply_numbers (preparation, values[i], x) == has_row);
      if (has_row)
        g_assert_cmpmem (x, cam_preparation_get_n_inputs (preparation) * sizeof (float), wanted, cam_preparation_get_n_inputs (preparation) * sizeof (float));
    }
}

/* Columns that are the pixels of a picture, by their names or by the settings. */
static void
test_picture (void)
{
  static const char *const settings[] = { "{'target': ['y']}", "{'target': ['y'], 'image': {'height': 4, 'width': 4, 'channels': 1}}" };
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (text, "p%u_%u,", i / 4, i % 4);
  g_string_append (text, "y\n");
  for (guint row = 0; row < 8; row++)
    {
      for (guint i = 0; i < 16; i++)
        g_string_append_printf (text, "%u,", row == 7 ? 255 : (i * (row + 1)) % 17);
      g_string_append_printf (text, "%u\n", row % 2);
    }
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr(CamPreparation) preparation = fit (text->str, settings[i]);
      g_autoptr(json_t) json = cam_preparation_to_json (preparation);
      g_autoptr(CamPreparation) back = cam_preparation_from_json (json, NULL);
      guint height, width, channels;
      double brightest;

      g_assert_true (cam_preparation_get_picture (back, &height, &width, &channels, &brightest));
      g_assert_cmpuint (height, ==, 4);
      g_assert_cmpuint (width, ==, 4);
      g_assert_cmpuint (channels, ==, 1);
      g_assert_cmpfloat (brightest, ==, 16);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_CASES ("apply", apply_cases, test_apply)
  ADD_CASES ("other-table", other_cases, test_other_table)
  ADD_CASES ("fit-error", fit_errors, test_fit_error)
  ADD_CASES ("read-error", read_errors, test_read_error)
  g_test_add_func ("/dataset/preparation/training-only", test_training_only);
  g_test_add_func ("/dataset/preparation/version-1", test_version_1);
  g_test_add_func ("/dataset/preparation/round-trip", test_round_trip);
  g_test_add_func ("/dataset/preparation/facts", test_facts);
  g_test_add_func ("/dataset/preparation/picture", test_picture);
  g_test_add_func ("/dataset/preparation/apply-numbers", test_apply_numbers);
  g_test_add_func ("/dataset/preparation/missing-column", test_missing_column);
  g_test_add_func ("/dataset/preparation/invert", test_invert);
  g_test_add_func ("/dataset/preparation/classes", test_classes);

  return g_test_run ();
}
