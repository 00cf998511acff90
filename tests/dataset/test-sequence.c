/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Windows over ordered rows, images and autoencoders: worked out by hand, and never with the future in what a network learns from. */
#include "csv-text.h"

#include <cam-dataset-private.h>
#include <math.h>
#include <string.h>

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
              const char  *split,
              GError     **error)
{
  g_autoptr(CamTable) table = read_table (text);
  g_autoptr(json_t) data_json = parse (data), split_json = parse (split);

  return cam_dataset_new (table, data_json, split_json, error);
}

/* Samples with a semicolon, numbers with a blank between two. */
static char *
print_numbers (const float *numbers,
               gsize        n_rows,
               gsize        width)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; numbers != NULL && i < n_rows * width; i++)
    g_string_append_printf (text, "%s%g", i == 0 ? "" : i % width == 0 ? "; " : " ", (double) numbers[i]);
  return g_string_free (text, FALSE);
}

static char *
print_rows (const gsize *rows,
            gsize        n)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; rows != NULL && i < n; i++)
    g_string_append_printf (text, "%s%zu", i == 0 ? "" : " ", rows[i]);
  return g_string_free (text, FALSE);
}

static char *
print_shape (CamShape shape)
{
  return cam_shape_to_string (&shape);
}

typedef struct
{
  const char *name;
  const char *text, *data, *split;
  const char *input, *output;           /* shapes */
  const char *x[CAM_N_PARTS], *y[CAM_N_PARTS];
  const char *rows[CAM_N_PARTS];        /* the last of each window */
  gsize       n_dropped;
} WindowCase;

#define SERIES "t,a,y\n1,10,1\n2,20,2\n3,30,3\n4,40,4\n5,50,5\n6,60,6\n7,70,7\n8,80,8\n"
#define HALF "{'method': 'ordered', 'train': 0.5, 'validation': 0.25, 'test': 0.25}"
#define IGNORE_T "'t': {'role': 'ignored'}"

static const WindowCase window_cases[] = {
  /* Past targets stand before the features; inputs reach back over the border, targets do not. */
  { "past-and-feature", SERIES, "{'target': ['y'], 'columns': {" IGNORE_T "}, 'sequence': {'length': 2}}", HALF, "(None, 2, 2)", "(None, 1)",
    { "1 10 2 20; 2 20 3 30", "3 30 4 40; 4 40 5 50", "5 50 6 60; 6 60 7 70" }, { "3; 4", "5; 6", "7; 8" }, { "1 2", "3 4", "5 6" }, 0 },
  { "features-only", SERIES, "{'target': ['y'], 'columns': {" IGNORE_T "}, 'sequence': {'length': 2, 'past_targets': false}}", HALF, "(None, 2, 1)", "(None, 1)",
    { "10 20; 20 30", "30 40; 40 50", "50 60; 60 70" }, { "3; 4", "5; 6", "7; 8" }, { "1 2", "3 4", "5 6" }, 0 },
  /* Two steps at once: windows whose targets straddle a border belong to no part. */
  { "two-steps", SERIES, "{'target': ['y'], 'columns': {" IGNORE_T ", 'a': {'role': 'ignored'}}, 'sequence': {'length': 2, 'horizon': 2}}", HALF, "(None, 2, 1)", "(None, 2)",
    { "1 2", "3 4", "5 6" }, { "3 4", "5 6", "7 8" }, { "1", "3", "5" }, 0 },
  { "two-targets-two-steps", SERIES, "{'target': ['a', 'y'], 'columns': {" IGNORE_T "}, 'sequence': {'length': 1, 'horizon': 2}}", HALF, "(None, 1, 2)", "(None, 4)",
    { "10 1; 20 2", "40 4", "60 6" }, { "20 2 30 3; 30 3 40 4", "50 5 60 6", "70 7 80 8" }, { "0 1", "3", "5" }, 0 },
  /* The window's own last row: then its target is no input. */
  { "own-row", SERIES, "{'target': ['y'], 'columns': {" IGNORE_T "}, 'sequence': {'length': 2, 'horizon': 0}}", HALF, "(None, 2, 1)", "(None, 1)",
    { "10 20; 20 30; 30 40", "40 50; 50 60", "60 70; 70 80" }, { "2; 3; 4", "5; 6", "7; 8" }, { "1 2 3", "4 5", "6 7" }, 0 },
  { "stride", SERIES, "{'target': ['y'], 'columns': {" IGNORE_T ", 'a': {'role': 'ignored'}}, 'sequence': {'length': 2, 'stride': 2}}", HALF, "(None, 2, 1)", "(None, 1)",
    { "1 2", "3 4", "5 6" }, { "3", "5", "7" }, { "1", "3", "5" }, 0 },
  { "relative", "y\n1\n3\n6\n10\n15\n21\n28\n36\n", "{'target': ['y'], 'sequence': {'length': 2, 'relative': true}}", HALF, "(None, 2, 1)", "(None, 1)",
    { "-2 0; -3 0", "-4 0; -5 0", "-6 0; -7 0" }, { "3; 4", "5; 6", "7; 8" }, { "1 2", "3 4", "5 6" }, 0 },
  /* Rows that stand in disorder, sorted by a column; the split follows it too. */
  { "order", "t,y\n8,8\n1,1\n3,3\n2,2\n5,5\n4,4\n7,7\n6,6\n", "{'target': ['y'], 'columns': {" IGNORE_T "}, 'sequence': {'length': 2, 'order': 't'}}", HALF, "(None, 2, 1)", "(None, 1)",
    { "1 2; 2 3", "3 4; 4 5", "5 6; 6 7" }, { "3; 4", "5; 6", "7; 8" }, { "3 2", "5 4", "7 6" }, 0 },
  /* No window goes from one group to another, however the rows stand. */
  { "groups", "g,s,y\np,train,1\nq,train,10\np,train,2\nq,train,20\np,train,3\nq,valid,30\np,valid,4\nq,test,40\n",
    "{'target': ['y'], 'columns': {'g': {'role': 'group'}, 's': {'role': 'ignored'}}, 'sequence': {'length': 2}}", "{'method': 'column', 'column': 's'}", "(None, 2, 1)", "(None, 1)",
    { "1 2", "2 3; 10 20", "20 30" }, { "3", "4; 30", "40" }, { "2", "4 3", "5" }, 0 },
  /* Of the windows that hold or tell the gap none is left. */
  { "gap-dropped", "y\n1\n2\n\"\"\n4\n5\n6\n7\n8\n", "{'target': ['y'], 'sequence': {'length': 1}}", HALF, "(None, 1, 1)", "(None, 1)",
    { "1", "4; 5", "6; 7" }, { "2", "5; 6", "7; 8" }, { "0", "3 4", "5 6" }, 2 },
  /* Filled as an input; as an answer it stays unknown. */
  { "gap-filled", "y\n1\n2\n\"\"\n4\n5\n6\n7\n8\n", "{'target': ['y'], 'columns': {'y': {'missing': 'previous'}}, 'sequence': {'length': 1}}", HALF, "(None, 1, 1)", "(None, 1)",
    { "1; 2", "4; 5", "6; 7" }, { "2; 4", "5; 6", "7; 8" }, { "0 2", "3 4", "5 6" }, 1 },
  { "classes", "a,y\n1,no\n2,yes\n3,no\n4,yes\n5,no\n6,yes\n7,no\n8,yes\n", "{'target': ['y'], 'sequence': {'length': 2}}", HALF, "(None, 2, 2)", "(None, 1)",
    { "0 1 1 2; 1 2 0 3", "0 3 1 4; 1 4 0 5", "0 5 1 6; 1 6 0 7" }, { "0; 1", "0; 1", "0; 1" }, { "1 2", "3 4", "5 6" }, 0 },
  /* A window given back: none of it may lie in another part. */
  { "autoencoder", "y\n1\n2\n3\n4\n5\n6\n7\n8\n", "{'task': 'autoencoder', 'sequence': {'length': 2}}", HALF, "(None, 2, 1)", "(None, 2, 1)",
    { "1 2; 2 3; 3 4", "5 6", "7 8" }, { "1 2; 2 3; 3 4", "5 6", "7 8" }, { "1 2 3", "5", "7" }, 0 },
  { "image", "p,q,r,s,y\n1,2,3,4,0\n5,6,7,8,1\n1,2,3,4,0\n5,6,7,8,1\n1,2,3,4,0\n5,6,7,8,1\n1,2,3,4,0\n5,6,7,8,1\n",
    "{'target': ['y'], 'task': 'binary', 'image': {'height': 2, 'width': 2, 'channels': 1}}", HALF, "(None, 2, 2, 1)", "(None, 1)",
    { "1 2 3 4; 5 6 7 8; 1 2 3 4; 5 6 7 8", "1 2 3 4; 5 6 7 8", "1 2 3 4; 5 6 7 8" }, { "0; 1; 0; 1", "0; 1", "0; 1" }, { "0 1 2 3", "4 5", "6 7" }, 0 },
  { "image-given-back", "p,q\n1,2\n3,4\n5,6\n7,8\n1,2\n3,4\n5,6\n7,8\n", "{'task': 'autoencoder', 'image': {'height': 1, 'width': 2}}", HALF, "(None, 1, 2, 1)", "(None, 1, 2, 1)",
    { "1 2; 3 4; 5 6; 7 8", "1 2; 3 4", "5 6; 7 8" }, { "1 2; 3 4; 5 6; 7 8", "1 2; 3 4", "5 6; 7 8" }, { "0 1 2 3", "4 5", "6 7" }, 0 },
  /* “the” is known from two training rows, “dog” and “cat” from one each, the last in order first; “bird” is not known. */
  { "text", "s,y\nthe Dog!,0\n\"the cat, the\",1\ncat the,0\n\"dog, the dog\",1\na bird,0\nthe,1\nbird the cat,0\ndog,1\n",
    "{'target': ['y'], 'task': 'binary', 'columns': {'s': {'kind': 'text', 'role': 'feature'}}, 'text': {'vocabulary': 10, 'length': 3}}", HALF, "(None, 3)", "(None, 1)",
    { "2 3 0; 2 4 2; 4 2 0; 3 2 3", "1 1 0; 2 0 0", "1 2 4; 3 0 0" }, { "0; 1; 0; 1", "0; 1", "0; 1" }, { "0 1 2 3", "4 5", "6 7" }, 0 },
};

static void
test_windows (gconstpointer data)
{
  const WindowCase *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = make_dataset (self->text, self->data, self->split, &error);
  CamPreparation *preparation;
  CamShape shape;
  g_autofree char *input = NULL, *output = NULL;

  g_assert_no_error (error);
  preparation = cam_dataset_get_preparation (dataset);
  shape = cam_preparation_get_input_shape (preparation);
  input = print_shape (shape);
  output = print_shape (cam_preparation_get_output_shape (preparation));
  g_assert_cmpstr (input, ==, self->input);
  /* These windows are of numbers: each column is one of every step. */
  if (shape.n_dims == 2)
    g_assert_cmpuint (cam_preparation_get_n_columns (preparation), ==, shape.dims[1]);
  g_assert_cmpstr (output, ==, self->output);
  g_assert_cmpuint (cam_dataset_get_n_dropped (dataset), ==, self->n_dropped);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      gsize n = cam_dataset_get_n_rows (dataset, p);
      g_autofree char *x = print_numbers (cam_dataset_get_x (dataset, p), n, cam_preparation_get_n_inputs (preparation));
      g_autofree char *y = print_numbers (cam_dataset_get_y (dataset, p), n, cam_preparation_get_n_outputs (preparation));
      g_autofree char *rows = print_rows (cam_dataset_get_rows (dataset, p), n);

      g_assert_cmpstr (x, ==, self->x[p]);
      g_assert_cmpstr (y, ==, self->y[p]);
      g_assert_cmpstr (rows, ==, self->rows[p]);
    }
}

/* Saved and read back, it does the same. */
static void
test_round_trip (gconstpointer data)
{
  const WindowCase *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = make_dataset (self->text, self->data, self->split, &error);
  g_autoptr(CamPreparation) back = NULL;
  g_autoptr(json_t) json = NULL, again = NULL;
  g_auto(CamPrepared) first = { NULL }, second = { NULL };
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  json = cam_preparation_to_json (cam_dataset_get_preparation (dataset));
  text = cam_json_dump (json, TRUE);
  again = cam_json_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  back = cam_preparation_from_json (again, &error);
  g_assert_no_error (error);
  json_decref (again);
  again = cam_preparation_to_json (back);
  g_assert_true (json_equal (json, again));

  g_assert_true (cam_preparation_apply (cam_dataset_get_preparation (dataset), cam_dataset_get_table (dataset), TRUE, &first, &error));
  g_assert_true (cam_preparation_apply (back, cam_dataset_get_table (dataset), TRUE, &second, &error));
  g_assert_cmpuint (first.n_rows, ==, second.n_rows);
  g_assert_cmpmem (first.x, first.n_rows * cam_preparation_get_n_inputs (back) * sizeof (float), second.x, second.n_rows * cam_preparation_get_n_inputs (back) * sizeof (float));
  g_assert_cmpmem (first.y, first.n_rows * cam_preparation_get_n_outputs (back) * sizeof (float), second.y, second.n_rows * cam_preparation_get_n_outputs (back) * sizeof (float));
}

/* Past the table's end there are windows but no answers, and what is told of which row is said. */
static void
test_to_come (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = make_dataset ("g,y\np,1\nq,10\np,2\nq,20\np,3\nq,30\np,4\nq,40\n", "{'target': ['y'], 'columns': {'g': {'role': 'group'}}, 'sequence': {'length': 2, 'horizon': 2}}",
                                                "{'method': 'ordered', 'train': 1}", &error);
  g_auto(CamPrepared) prepared = { NULL };
  g_autofree char *rows = NULL, *told = NULL, *ends = NULL;

  g_assert_no_error (error);
  g_assert_true (cam_preparation_apply (cam_dataset_get_preparation (dataset), cam_dataset_get_table (dataset), FALSE, &prepared, &error));
  rows = print_rows (prepared.rows, prepared.n_rows);
  told = print_rows (prepared.told, prepared.n_rows * prepared.n_steps);
  ends = print_rows (prepared.ends, prepared.n_series);
  g_assert_cmpstr (rows, ==, "2 4 6 3 5 7");
  /* Rows 8 and 9 follow p's last one, 10 and 11 q's. */
  g_assert_cmpstr (told, ==, "4 6 6 8 8 9 5 7 7 10 10 11");
  g_assert_cmpstr (ends, ==, "6 7");
  g_assert_null (prepared.y);
}

/* Scaled and relative, it comes back in the target's units. */
static void
test_invert (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = make_dataset ("y\n2\n4\n4\n6\n15\n21\n28\n36\n", "{'columns': {'y': {'role': 'target', 'scaling': 'standard'}}, 'sequence': {'length': 2, 'relative': true}}", HALF, &error);
  static const float expected[] = { 28, 36 };

  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      float y = cam_dataset_get_y (dataset, CAM_PART_TEST)[i];

      cam_preparation_invert (cam_dataset_get_preparation (dataset), &y, cam_dataset_get_base (dataset, CAM_PART_TEST) + i);
      g_assert_cmpfloat_with_epsilon (y, expected[i], 1e-4);
    }
  /* Mean 4 and deviation √2 are those of the four training rows. */
  g_assert_cmpfloat_with_epsilon (cam_dataset_get_base (dataset, CAM_PART_TEST)[0], (21 - 4) / sqrt (2), 1e-5);
}

/* One value of a saved preparation at a time put wrong: it is refused, or does something harmless. */
static void
try_damaged (const json_t   *whole,
             const CamTable *table,
             guint          *n_read)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamPreparation) preparation = cam_preparation_from_json (whole, &error);
  g_auto(CamPrepared) prepared = { NULL };

  g_assert_true ((preparation == NULL) == (error != NULL));
  if (preparation == NULL || cam_preparation_get_n_inputs (preparation) > 100000 || cam_preparation_get_n_outputs (preparation) > 100000)
    return;
  (*n_read)++;
  cam_preparation_apply (preparation, table, TRUE, &prepared, NULL);
}

static void
damage (json_t         *whole,
        json_t         *at,
        const CamTable *table,
        guint          *n_read)
{
  static const char *const values[] = { "null", "-1", "0", "2", "1e9", "100000", "1e300", "\"x\"", "\"previous\"", "\"category\"", "\"text\"", "true", "[]", "{}" };
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  gsize n = json_is_array (at) ? json_array_size (at) : json_object_size (at);
  const char *key;
  json_t *value;

  json_object_foreach (at, key, value)
    g_ptr_array_add (keys, g_strdup (key));
  for (gsize i = 0; i < n; i++)
    {
      json_t *own = json_incref (json_is_array (at) ? json_array_get (at, i) : json_object_get (at, keys->pdata[i]));

      for (guint v = 0; v < G_N_ELEMENTS (values); v++)
        {
          json_t *other = json_loads (values[v], JSON_DECODE_ANY, NULL);

          if (json_is_array (at))
            json_array_set_new (at, i, other);
          else
            json_object_set_new (at, keys->pdata[i], other);
          try_damaged (whole, table, n_read);
        }
      if (json_is_array (at))
        json_array_set (at, i, own);
      else
        {
          json_object_del (at, keys->pdata[i]);
          try_damaged (whole, table, n_read);
          json_object_set (at, keys->pdata[i], own);
        }
      damage (whole, own, table, n_read);
      json_decref (own);
    }
}

static void
test_damage (gconstpointer data)
{
  const WindowCase *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = make_dataset (self->text, self->data, self->split, &error);
  g_autoptr(json_t) json = NULL;
  guint n_read = 0;

  g_assert_no_error (error);
  json = cam_preparation_to_json (cam_dataset_get_preparation (dataset));
  damage (json, json, cam_dataset_get_table (dataset), &n_read);
  g_assert_cmpuint (n_read, >, 10);
}

typedef struct
{
  const char *name;
  const char *text, *data, *split;
  int         code;
  const char *message;
} FormError;

#define WORDS "s,a,y\nthe dog,1,0\nthe cat,2,1\na dog,3,0\na cat,4,1\nthe,5,0\na,6,1\ndog,7,0\ncat,8,1\n"

static const FormError form_errors[] = {
  { "random", SERIES, "{'target': ['y'], 'sequence': {'length': 2}}", "{'method': 'random'}", CAM_DATASET_ERROR_SETTINGS, "“ordered”" },
  { "unknown-order", SERIES, "{'target': ['y'], 'sequence': {'order': 'time'}}", HALF, CAM_DATASET_ERROR_COLUMN, "“time”" },
  { "too-long", SERIES, "{'target': ['y'], 'sequence': {'length': 5}}", HALF, CAM_DATASET_ERROR_ROWS, "No window of 5 rows is left for the training part" },
  { "two-steps-of-classes", "a,y\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n", "{'target': ['y'], 'sequence': {'length': 1, 'horizon': 2}}", HALF, CAM_DATASET_ERROR_SETTINGS, "horizon" },
  { "relative-classes", "a,y\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n", "{'target': ['y'], 'sequence': {'length': 1, 'relative': true}}", HALF, CAM_DATASET_ERROR_SETTINGS, "“relative”" },
  { "relative-own-row", SERIES, "{'target': ['y'], 'sequence': {'length': 1, 'horizon': 0, 'relative': true}}", HALF, CAM_DATASET_ERROR_SETTINGS, "“relative”" },
  { "image-size", SERIES, "{'target': ['y'], 'image': {'height': 2, 'width': 2}}", HALF, CAM_DATASET_ERROR_SETTINGS, "2 × 2 × 1 needs 4 numbers, but the features give 2" },
  { "text-beside", WORDS, "{'target': ['y'], 'columns': {'s': {'kind': 'text', 'role': 'feature'}}}", HALF, CAM_DATASET_ERROR_SETTINGS, "The text “s”" },
  { "text-in-sequence", WORDS, "{'target': ['y'], 'columns': {'a': {'role': 'ignored'}, 's': {'kind': 'text', 'role': 'feature'}}, 'sequence': {'length': 2}}", HALF, CAM_DATASET_ERROR_SETTINGS, "remove the sequence" },
  { "text-given-back", WORDS, "{'task': 'autoencoder', 'columns': {'a': {'role': 'ignored'}, 'y': {'role': 'ignored'}, 's': {'kind': 'text', 'role': 'feature'}}}", HALF, CAM_DATASET_ERROR_SETTINGS, "choose a target" },
  { "nothing-but-the-target", "y\n1\n2\n3\n4\n5\n6\n7\n8\n", "{'target': ['y'], 'sequence': {'length': 2, 'past_targets': false}}", HALF, CAM_DATASET_ERROR_SETTINGS, "No column is a feature" },
};

static void
test_form_error (gconstpointer data)
{
  const FormError *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = make_dataset (self->text, self->data, self->split, &error);

  g_assert_null (dataset);
  g_assert_error (error, CAM_DATASET_ERROR, self->code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, self->message));
}

#define ADD_CASES(folder, cases, function) \
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) \
    { \
      g_autofree char *path = g_strconcat ("/dataset/sequence/" folder "/", cases[i].name, NULL); \
      g_test_add_data_func (path, &cases[i], function); \
    }

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_CASES ("windows", window_cases, test_windows)
  ADD_CASES ("round-trip", window_cases, test_round_trip)
  ADD_CASES ("damage", window_cases, test_damage)
  ADD_CASES ("error", form_errors, test_form_error)
  g_test_add_func ("/dataset/sequence/to-come", test_to_come);
  g_test_add_func ("/dataset/sequence/invert", test_invert);

  return g_test_run ();
}
