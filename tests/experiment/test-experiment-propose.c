/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is proposed for a table that nobody has set up. */
#include <cam-experiment.h>

#include "sample-table.h"

static const char *const samples[] = { "breast-cancer", "iris", "digits", "darts", "energy-efficiency", "irrigation", "sunspots", "co2", "sentiment" };

/* What is proposed for the samples' tables can be run, and suits the task. */
static void
test_proposal (gconstpointer name)
{
  static const struct { const char *name; CamTask task; guint units; const char *activation, *loss, *metric, *method; } expected[] = {
    { "breast-cancer", CAM_TASK_BINARY, 1, "sigmoid", "binary_crossentropy", "accuracy", "stratified" },
    { "iris", CAM_TASK_MULTICLASS, 3, "softmax", "categorical_crossentropy", "accuracy", "stratified" },
    { "digits", CAM_TASK_MULTICLASS, 10, "softmax", "categorical_crossentropy", "accuracy", "stratified" },
    { "darts", CAM_TASK_MULTICLASS, 4, "softmax", "categorical_crossentropy", "accuracy", "stratified" },
    { "energy-efficiency", CAM_TASK_REGRESSION, 1, "linear", "mean_squared_error", "mean_absolute_error", "random" },
    { "irrigation", CAM_TASK_MULTILABEL, 3, "sigmoid", "binary_crossentropy", "accuracy", "stratified" },
    { "sunspots", CAM_TASK_REGRESSION, 1, "linear", "mean_squared_error", "mean_absolute_error", "ordered" },
    { "co2", CAM_TASK_REGRESSION, 1, "linear", "mean_squared_error", "mean_absolute_error", "ordered" },
    { "sentiment", CAM_TASK_BINARY, 1, "sigmoid", "binary_crossentropy", "accuracy", "stratified" },
  };
  g_autoptr(GError) error = NULL;
  g_autofree char *csv = g_strconcat (name, ".csv", NULL);
  g_autoptr(CamTable) table = sample_table (csv);
  g_autoptr(CamExperiment) experiment = cam_experiment_new_for_table (table, "/data/x.csv", name, &error);
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(GPtrArray) problems = NULL;
  const json_t *last;
  guint i = 0;

  while (!g_str_equal (expected[i].name, name))
    i++;
  g_assert_no_error (error);
  g_assert_cmpstr (cam_experiment_get_name (experiment), ==, name);
  g_assert_cmpstr (cam_experiment_get_file (experiment), ==, "/data/x.csv");
  dataset = cam_dataset_new (table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), &error);
  g_assert_no_error (error);
  problems = cam_experiment_check (experiment, dataset);
  g_assert_cmpuint (problems->len, ==, 0);

  g_assert_cmpint (cam_dataset_get_task (dataset), ==, expected[i].task);
  last = json_array_get (cam_experiment_get_network (experiment), json_array_size (cam_experiment_get_network (experiment)) - 1);
  g_assert_cmpint (cam_fields_int (json_object_get (last, "config"), "units"), ==, expected[i].units);
  g_assert_cmpstr (cam_fields_choice (json_object_get (last, "config"), "activation"), ==, expected[i].activation);
  g_assert_cmpstr (json_string_value (cam_experiment_get_loss (experiment)), ==, expected[i].loss);
  g_assert_cmpstr (json_string_value (json_array_get (cam_experiment_get_metrics (experiment), 0)), ==, expected[i].metric);
  g_assert_cmpstr (json_string_value (cam_experiment_peek (experiment, "split/method")), ==, expected[i].method);
  g_assert_cmpstr (json_string_value (cam_experiment_peek (experiment, "callbacks/0/class_name")), ==, "EarlyStopping");
  g_assert_true (json_is_true (cam_experiment_peek (experiment, "callbacks/0/config/restore_best_weights")));
}

/* Tables that leave little to propose still get an experiment to set up. */
static void
test_proposal_of_odd_tables (void)
{
  static const struct { const char *csv; gboolean is_possible; } cases[] = {
    { "x\n1\n2\n3\n", FALSE },
    { "a,b\n1,\n,2\n3,\n", FALSE },
    { "a,b\n1,2\n2,3\n3,4\n4,5\n5,6\n6,7\n7,8\n8,9\n", TRUE },
    { "a,y\n1,u\n2,v\n3,w\n4,u\n5,v\n6,x\n7,u\n8,u\n9,v\n10,w\n11,u\n12,u\n13,u\n14,u\n", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CamTable) table = csv_table (cases[i].csv);
      g_autoptr(CamExperiment) experiment = cam_experiment_new_for_table (table, NULL, NULL, &error);
      g_autoptr(CamDataset) dataset = NULL;
      g_autoptr(GPtrArray) problems = NULL;

      g_assert_no_error (error);
      dataset = cam_dataset_new (table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), NULL);
      g_assert_cmpint (dataset != NULL, ==, cases[i].is_possible);
      problems = cam_experiment_check (experiment, dataset);
      g_assert_cmpuint (problems->len, ==, 0);
    }
}

/* The first layer suits what the rows are; a table of nothing but pixels is given back. */
static void
test_first_layers (void)
{
  static const struct { const char *sample, *pattern, *layers; } cases[] = {
    { "digits.csv", NULL, "Rescaling Conv2D Conv2D MaxPooling2D Flatten Dropout Dense" },
    { "sunspots.csv", NULL, "LSTM Dense" },
    { "sentiment.csv", NULL, "Embedding GRU Dropout Dense" },
    { "iris.csv", NULL, "Dense Dense Dense" },
    { NULL, "p0_0,p0_1,p0_2,p0_3,p1_0,p1_1,p1_2,p1_3,p2_0,p2_1,p2_2,p2_3,p3_0,p3_1,p3_2,p3_3\n", "Flatten Dense Dense Dense Dense Reshape" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GString) text = g_string_new (cases[i].pattern), names = g_string_new (NULL);
      g_autoptr(CamTable) table = NULL;
      g_autoptr(CamExperiment) experiment = NULL;
      g_autoptr(CamDataset) dataset = NULL;
      g_autoptr(GPtrArray) problems = NULL;
      json_t *layer;
      gsize k;

      for (guint row = 0; row < 40; row++)
        for (guint c = 0; c < 16; c++)
          g_string_append_printf (text, "%u%c", row * (c + 1) % 17, c == 15 ? '\n' : ',');
      table = cases[i].sample != NULL ? sample_table (cases[i].sample) : csv_table (text->str);
      experiment = cam_experiment_new_for_table (table, NULL, NULL, &error);
      g_assert_no_error (error);
      json_array_foreach (cam_experiment_get_network (experiment), k, layer)
        g_string_append_printf (names, "%s%s", k > 0 ? " " : "", json_string_value (json_object_get (layer, "class_name")));
      g_assert_cmpstr (names->str, ==, cases[i].layers);
      dataset = cam_dataset_new (table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), &error);
      g_assert_no_error (error);
      problems = cam_experiment_check (experiment, dataset);
      g_assert_cmpuint (problems->len, ==, 0);
    }
}

/* A recurrent network is as wide as its steps and what it tells ask for, and as the windows allow; its end tells every row of the horizon. */
static void
test_sequences (void)
{
  static const struct { const char *sample; int length, horizon, units, n_outputs; } cases[] = {
    { "sunspots.csv", 24, 1, 32, 1 },
    { "co2.csv", 52, 1, 32, 1 },
    { "co2.csv", 52, 26, 64, 26 },
    { "co2.csv", 12, 60, 64, 60 },             /* 128 were too many for the windows */
    { "sunspots.csv", 24, 30, 32, 30 },        /* as 64 were here */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CamTable) table = sample_table (cases[i].sample);
      g_autoptr(CamExperiment) experiment = cam_experiment_new_for_table (table, NULL, NULL, &error);
      g_autoptr(json_t) data = json_deep_copy (cam_experiment_get_data (experiment)), network = NULL;
      g_autoptr(CamDataset) dataset = NULL;

      json_object_set_new (json_object_get (data, "sequence"), "length", json_integer (cases[i].length));
      json_object_set_new (json_object_get (data, "sequence"), "horizon", json_integer (cases[i].horizon));
      dataset = cam_dataset_new (table, data, cam_experiment_get_split (experiment), &error);
      g_assert_no_error (error);
      network = cam_task_make_network (dataset, 0);
      g_assert_cmpuint (json_array_size (network), ==, 2);
      g_assert_cmpint (cam_fields_int (json_object_get (json_array_get (network, 0), "config"), "units"), ==, cases[i].units);
      g_assert_cmpint (cam_fields_int (json_object_get (json_array_get (network, 1), "config"), "units"), ==, cases[i].n_outputs);
    }
}

static void
test_proposal_with_bad_names (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamTable) table = small_table (TABLE_YES_NO);
  g_autoptr(CamExperiment) experiment = cam_experiment_new_for_table (table, "x.csv", "caf\xe9", &error);

  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (cam_experiment_get_name (experiment), -1, NULL));
  g_assert_null (cam_experiment_new_for_table (table, "caf\xe9.csv", "x", &error));
  g_assert_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT);
}

/* Labels are never scaled, however rare they are. */
static void
test_rare_labels (void)
{
  g_autoptr(GString) csv = g_string_new ("a,b,c,label_1,label_2,label_3,label_4\n");
  g_autoptr(CamTable) table = NULL;
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (csv, "%u.5,%u.25,%u.75,%u,%u,%u,%u\n", i, i * 7 % 101, i * 3 % 53, i % 2, i % 50 == 3, i % 40 == 1, i % 3 == 0);
  table = csv_table (csv->str);
  experiment = cam_experiment_new_for_table (table, NULL, NULL, &error);
  g_assert_no_error (error);
  dataset = cam_dataset_new (table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), &error);
  g_assert_no_error (error);
  g_assert_cmpint (cam_dataset_get_task (dataset), ==, CAM_TASK_MULTILABEL);
  for (CamPart part = 0; part < CAM_N_PARTS; part++)
    for (gsize i = 0; i < 4 * cam_dataset_get_n_rows (dataset, part); i++)
      g_assert_true (cam_dataset_get_y (dataset, part)[i] == 0.0f || cam_dataset_get_y (dataset, part)[i] == 1.0f);
  g_assert_null (cam_experiment_peek (experiment, "data/columns/label_2/scaling"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/propose/", samples[i], NULL);

      g_test_add_data_func (path, samples[i], test_proposal);
    }
  g_test_add_func ("/experiment/propose/odd-tables", test_proposal_of_odd_tables);
  g_test_add_func ("/experiment/propose/first-layers", test_first_layers);
  g_test_add_func ("/experiment/propose/sequences", test_sequences);
  g_test_add_func ("/experiment/propose/bad-names", test_proposal_with_bad_names);

  g_test_add_func ("/experiment/propose/rare-labels", test_rare_labels);

  return g_test_run ();
}
