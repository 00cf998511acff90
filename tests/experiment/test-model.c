/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model through a file and back, its predictions beside a table's rows, and how far they are from the truth. */
#include <cam-model.h>
#include <math.h>
#include <string.h>

#include "experiment-fixture.h"

#define ADAM "{ \"class_name\": \"Adam\", \"config\": { \"learning_rate\": 0.01 } }"

static const char *const all_samples[] = { "iris", "breast-cancer", "energy-efficiency" };

typedef struct
{
  char          *folder;
  CamTable      *table;
  CamExperiment *experiment;
  CamDataset    *dataset;
  CamModel      *model;
} Fixture;

static CamNetwork *
make_network (const CamExperiment *experiment,
              CamPreparation      *preparation)
{
  CamShape input = cam_shape_vector (cam_preparation_get_n_inputs (preparation));
  g_autoptr(GError) error = NULL;
  CamNetwork *network = cam_network_new (&input, cam_experiment_get_network (experiment), &error);

  g_assert_no_error (error);
  cam_network_initialise (network, 11);

  return network;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *sample = data;
  g_autoptr(CamNetwork) network = NULL;

  fixture->folder = fixture_make_folder ();
  fixture->table = fixture_table (sample);
  fixture->experiment = fixture_experiment (sample, "9", ADAM, "\"epochs\": 1, \"batch_size\": 16", "[]");
  if (g_str_equal (sample, "energy-efficiency"))
    {
      g_autoptr(CamExperiment) plain = g_steal_pointer (&fixture->experiment);
      g_autoptr(json_t) standard = json_string ("standard");
      g_autoptr(GError) error = NULL;

      fixture->experiment = cam_experiment_with (plain, "data/columns/heating_load/scaling", standard, &error);
      g_assert_no_error (error);
    }
  fixture->dataset = fixture_dataset (sample, fixture->experiment);
  network = make_network (fixture->experiment, cam_dataset_get_preparation (fixture->dataset));
  fixture->model = cam_model_new (network, cam_dataset_get_preparation (fixture->dataset), fixture->experiment);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  cam_model_free (fixture->model);
  cam_dataset_unref (fixture->dataset);
  cam_experiment_unref (fixture->experiment);
  cam_table_unref (fixture->table);
  fixture_drop_folder (fixture->folder);
}

static CamPredictions *
predict (const CamModel *model,
         const CamTable *table)
{
  g_autoptr(GError) error = NULL;
  CamPredictions *predictions = cam_model_predict (model, table, &error);

  g_assert_no_error (error);

  return predictions;
}

static char *
put_file (Fixture    *fixture,
          const char *name,
          const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static CamTable *
read_table (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return cam_table_ref (result->table);
}

static CamTable *
table_of (Fixture    *fixture,
          const char *text)
{
  g_autofree char *path = put_file (fixture, "table.csv", text);

  return read_table (path);
}

static void
assert_same (const CamPredictions *a,
             const CamPredictions *b)
{
  g_assert_cmpuint (a->n_rows, ==, b->n_rows);
  g_assert_cmpmem (a->outputs, a->n_rows * a->n_outputs * sizeof (float), b->outputs, b->n_rows * b->n_outputs * sizeof (float));
  g_assert_true (g_strv_equal ((const char *const *) a->output_names, (const char *const *) b->output_names));
  g_assert_cmpstr (a->target_name, ==, b->target_name);
  g_assert_cmpint (a->is_share, ==, b->is_share);
  g_assert_true ((a->classes == NULL) == (b->classes == NULL));
  if (a->classes == NULL)
    return;
  g_assert_cmpmem (a->classes, a->n_rows * sizeof (int), b->classes, b->n_rows * sizeof (int));
  g_assert_true (g_strv_equal ((const char *const *) a->class_names, (const char *const *) b->class_names));
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "model.keras", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamModel) back = NULL;
  g_autoptr(CamPredictions) before = predict (fixture->model, fixture->table), after = NULL;
  g_autoptr(json_t) steps = cam_preparation_to_json (cam_model_get_preparation (fixture->model)), steps_back = NULL;

  g_assert_true (cam_model_save (fixture->model, path, &error));
  g_assert_no_error (error);
  back = cam_model_load (path, &error);
  g_assert_no_error (error);

  after = predict (back, fixture->table);
  assert_same (before, after);
  g_assert_cmpuint (before->n_skipped, ==, 0);
  steps_back = cam_preparation_to_json (cam_model_get_preparation (back));
  g_assert_true (json_equal (steps, steps_back));
  g_assert_true (json_equal ((json_t *) cam_model_get_loss (back), (json_t *) cam_experiment_get_loss (fixture->experiment)));
  g_assert_true (json_equal ((json_t *) cam_model_get_metrics (back), (json_t *) cam_experiment_get_metrics (fixture->experiment)));
  g_assert_nonnull (cam_model_get_optimizer (back));
}

/* The preparation is that of training, and target units come back. */
static void
test_predict (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(CamPredictions) predictions = predict (fixture->model, fixture->table);
  guint n = predictions->n_outputs;

  for (guint part = 0; part < CAM_N_PARTS; part++)
    {
      gsize n_rows = cam_dataset_get_n_rows (fixture->dataset, (CamPart) part);
      const gsize *rows = cam_dataset_get_rows (fixture->dataset, (CamPart) part);
      g_autofree float *y = g_new (float, n_rows * n);

      cam_network_predict (cam_model_get_network (fixture->model), cam_dataset_get_x (fixture->dataset, (CamPart) part), n_rows, y);
      for (gsize i = 0; i < n_rows; i++)
        {
          cam_preparation_invert (cam_model_get_preparation (fixture->model), y + i * n, NULL);
          g_assert_cmpmem (y + i * n, n * sizeof (float), predictions->outputs + rows[i] * n, n * sizeof (float));
        }
    }
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(CamPredictions) predictions = predict (fixture->model, fixture->table);
  g_autofree char *outputs = g_strjoinv (", ", predictions->output_names);
  g_autofree char *classes = predictions->class_names != NULL ? g_strjoinv (", ", predictions->class_names) : NULL;

  if (g_str_equal (data, "iris"))
    {
      g_assert_cmpstr (outputs, ==, "p(setosa), p(versicolor), p(virginica)");
      g_assert_cmpstr (classes, ==, "setosa, versicolor, virginica");
    }
  else if (g_str_equal (data, "breast-cancer"))
    {
      g_assert_cmpstr (outputs, ==, "p(malignant)");
      g_assert_cmpstr (classes, ==, "benign, malignant");
    }
  else
    {
      g_assert_cmpstr (outputs, ==, "heating_load, cooling_load");
      g_assert_null (classes);
      g_assert_null (predictions->classes);
    }
  g_assert_cmpint (predictions->is_share, ==, !g_str_equal (data, "energy-efficiency"));
  for (gsize row = 0; predictions->classes != NULL && row < predictions->n_rows; row++)
    {
      const float *p = predictions->outputs + row * predictions->n_outputs;
      int wanted = predictions->n_outputs == 1 ? p[0] > 0.5f : p[1] > p[0] ? (p[2] > p[1] ? 2 : 1) : p[2] > p[0] ? 2 : 0;

      g_assert_cmpint (predictions->classes[row], ==, wanted);
    }
}

/* Accuracy and mean absolute error by hand, from the table's own texts and numbers. */
static void
test_truth (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(CamPredictions) predictions = predict (fixture->model, fixture->table);
  g_autoptr(CamTruth) truth = cam_model_compare (fixture->model, fixture->table, predictions);
  gsize n = predictions->n_rows, n_wrong = 0;
  double error = 0.0;

  g_assert_nonnull (truth);
  g_assert_cmpuint (truth->n_known, ==, n);
  if (predictions->classes != NULL)
    {
      int column = cam_table_find (fixture->table, predictions->target_name);

      for (gsize row = 0; row < n; row++)
        {
          g_autofree char *text = cam_table_dup_text (fixture->table, (guint) column, row);

          g_assert_cmpstr (predictions->class_names[truth->classes[row]], ==, text);
          n_wrong += !g_str_equal (predictions->class_names[predictions->classes[row]], text);
        }
      g_assert_cmpuint (truth->n_wrong, ==, n_wrong);
      g_assert_cmpfloat_with_epsilon (truth->accuracy, 1.0 - (double) n_wrong / (double) n, 1e-12);
      g_assert_true (isnan (truth->error));
      return;
    }

  for (gsize row = 0; row < n; row++)
    for (guint i = 0; i < 2; i++)
      {
        int column = cam_table_find (fixture->table, predictions->output_names[i]);
        double real = cam_table_get_number (fixture->table, (guint) column, row);

        g_assert_cmpfloat_with_epsilon (truth->values[row * 2 + i], real, 1e-4);
        error += fabs (real - (double) predictions->outputs[row * 2 + i]) / (2.0 * (double) n);
      }
  g_assert_cmpuint (truth->n_wrong, ==, 0);
  g_assert_cmpfloat_with_epsilon (truth->error, error, 1e-5 * error);
  g_assert_true (isnan (truth->accuracy));
}

/* The file read again: the table's columns as they were, and the same numbers to the last bit. */
static void
test_save_predictions (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "predictions.csv", NULL);
  g_autoptr(CamPredictions) predictions = predict (fixture->model, fixture->table);
  g_autoptr(CamTable) back = NULL;
  g_autoptr(GError) error = NULL;
  guint n_columns = cam_table_get_n_columns (fixture->table), first = n_columns;

  g_assert_true (cam_predictions_save (predictions, fixture->table, path, &error));
  g_assert_no_error (error);
  back = read_table (path);

  g_assert_cmpuint (cam_table_get_n_rows (back), ==, predictions->n_rows);
  for (guint c = 0; c < n_columns; c++)
    g_assert_cmpstr (cam_table_get_name (back, c), ==, cam_table_get_name (fixture->table, c));
  if (predictions->classes != NULL)
    {
      g_autofree char *name = g_strconcat ("predicted ", predictions->target_name, NULL);

      g_assert_cmpstr (cam_table_get_name (back, first), ==, name);
      first++;
    }
  g_assert_cmpuint (cam_table_get_n_columns (back), ==, first + predictions->n_outputs);
  for (gsize row = 0; row < predictions->n_rows; row++)
    {
      if (predictions->classes != NULL)
        {
          g_autofree char *text = cam_table_dup_text (back, n_columns, row);

          g_assert_cmpstr (text, ==, predictions->class_names[predictions->classes[row]]);
        }
      for (guint i = 0; i < predictions->n_outputs; i++)
        g_assert_true ((float) cam_table_get_number (back, first + i, row) == predictions->outputs[row * predictions->n_outputs + i]);
    }
}

#define IRIS_HEAD "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm"

static void
test_missing_column (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(CamTable) table = table_of (fixture, "sepal_length_cm,sepal_width_cm,petal_width_cm,species\n5.1,3.5,0.2,setosa\n4.9,3,0.2,setosa\n");
  g_autoptr(GError) error = NULL;

  g_assert_null (cam_model_predict (fixture->model, table, &error));
  g_assert_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN);
  g_assert_nonnull (strstr (error->message, "“petal_length_cm”"));
}

/* Columns in another order, one too many, no target: all that matters is their names. */
static void
test_other_columns (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(CamTable) table = table_of (fixture, "petal_width_cm,note,sepal_length_cm,petal_length_cm,sepal_width_cm\n0.2,a,5.1,1.4,3.5\n0.2,b,4.9,1.4,3\n");
  g_autoptr(CamPredictions) all = predict (fixture->model, fixture->table), two = predict (fixture->model, table);

  g_assert_cmpmem (two->outputs, 6 * sizeof (float), all->outputs, 6 * sizeof (float));
  g_assert_null (cam_model_compare (fixture->model, table, two));
}

static void
test_missing_values (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(CamTable) table = table_of (fixture, IRIS_HEAD ",species\n5.1,3.5,1.4,0.2,setosa\n4.9,,1.4,0.2,setosa\n4.9,3,1.4,0.2,\n");
  g_autoptr(CamTable) empty = table_of (fixture, IRIS_HEAD "\n5.1,,1.4,0.2\n4.9,,1.4,0.2\n");
  g_autoptr(CamPredictions) all = predict (fixture->model, fixture->table), some = predict (fixture->model, table);
  g_autoptr(CamTruth) truth = cam_model_compare (fixture->model, table, some);
  g_autoptr(GString) text = cam_predictions_to_csv (some, table, NULL, 0);
  g_auto(GStrv) lines = g_strsplit (text->str, "\n", -1);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (some->n_rows, ==, 3);
  g_assert_cmpuint (some->n_skipped, ==, 1);
  g_assert_cmpmem (some->outputs, 3 * sizeof (float), all->outputs, 3 * sizeof (float));
  g_assert_true (isnan (some->outputs[3]) && isnan (some->outputs[4]) && isnan (some->outputs[5]));
  g_assert_cmpint (some->classes[1], ==, -1);
  g_assert_cmpmem (some->outputs + 6, 3 * sizeof (float), all->outputs + 3, 3 * sizeof (float));
  g_assert_cmpstr (lines[2], ==, "4.9,,1.4,0.2,setosa,,,,");

  /* A row without its truth is predicted all the same. */
  g_assert_cmpuint (truth->n_known, ==, 1);
  g_assert_cmpint (truth->classes[0], ==, 0);
  g_assert_cmpint (truth->classes[1], ==, -1);
  g_assert_cmpint (truth->classes[2], ==, -1);

  g_assert_null (cam_model_predict (fixture->model, empty, &error));
  g_assert_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS);
}

static void
test_other_classes (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(CamTable) table = table_of (fixture, IRIS_HEAD ",species\n5.1,3.5,1.4,0.2,oak\n4.9,3,1.4,0.2,elm\n4.8,3,1.4,0.2,oak\n");
  g_autoptr(CamPredictions) predictions = predict (fixture->model, table);

  g_assert_null (cam_model_compare (fixture->model, table, predictions));
}

static void
test_quoting (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(CamTable) table = table_of (fixture, IRIS_HEAD ",\"note, or \"\"not\"\"\"\n5.1,3.5,1.4,0.2,\"a,b\"\n4.9,3,1.4,0.2,c\n5,3,1.4,0.2,\"a,b\"\n5.5,3,1.4,0.2,c\n");
  g_autoptr(CamPredictions) predictions = predict (fixture->model, table);
  g_autoptr(GString) text = cam_predictions_to_csv (predictions, table, NULL, 0);
  g_autofree char *path = put_file (fixture, "again.csv", text->str);
  g_autoptr(CamTable) back = read_table (path);
  g_autofree char *cell = cam_table_dup_text (back, 4, 0);

  g_assert_cmpstr (cam_table_get_name (back, 4), ==, "note, or \"not\"");
  g_assert_cmpstr (cell, ==, "a,b");
  g_assert_cmpuint (cam_table_get_n_columns (back), ==, 9);
}

/* A file of somebody else's: number columns in their order. */
static void
test_foreign (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "foreign.keras", NULL);
  g_autoptr(CamModel) foreign = NULL;
  g_autoptr(CamTable) right = table_of (fixture, "a,b,c,d,name\n5.1,3.5,1.4,0.2,x\n4.9,3,1.4,0.2,y\n");
  g_autoptr(CamTable) wrong = table_of (fixture, "a,b,c\n5.1,3.5,1.4\n4.9,3,1.4\n");
  g_autoptr(CamPredictions) predictions = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *outputs = NULL;
  const float x[] = { 5.1f, 3.5f, 1.4f, 0.2f };
  float y[3];

  g_assert_true (cam_keras_save (cam_model_get_network (fixture->model), NULL, NULL, NULL, NULL, path, &error));
  foreign = cam_model_load (path, &error);
  g_assert_no_error (error);
  g_assert_null (cam_model_get_preparation (foreign));
  g_assert_null (cam_model_get_loss (foreign));

  predictions = predict (foreign, right);
  outputs = g_strjoinv (", ", predictions->output_names);
  g_assert_cmpstr (outputs, ==, "p(0), p(1), p(2)");
  cam_network_predict (cam_model_get_network (foreign), x, 1, y);
  g_assert_cmpmem (predictions->outputs, sizeof y, y, sizeof y);
  g_assert_null (cam_model_compare (foreign, right, predictions));

  g_assert_null (cam_model_predict (foreign, wrong, &error));
  g_assert_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN);
  g_assert_nonnull (strstr (error->message, "4 numbers"));
  g_assert_nonnull (strstr (error->message, "3 columns"));
}

static void
refuse (Fixture    *fixture,
        json_t     *own,
        GQuark      domain,
        int         code)
{
  g_autofree char *path = g_build_filename (fixture->folder, "odd.keras", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (cam_keras_save (cam_model_get_network (fixture->model), NULL, NULL, NULL, own, path, &error));
  g_assert_null (cam_model_load (path, &error));
  if (!g_error_matches (error, domain, code))
    g_error ("%s, %d: %s", g_quark_to_string (error->domain), error->code, error->message);
  g_assert_true (g_str_has_prefix (error->message, "odd.keras: "));
  json_decref (own);
}

static void
test_odd_files (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(CamExperiment) other = fixture_experiment ("energy-efficiency", "9", ADAM, "\"epochs\": 1, \"batch_size\": 16", "[]");
  g_autoptr(CamDataset) dataset = fixture_dataset ("energy-efficiency", other);
  json_t *steps = cam_preparation_to_json (cam_dataset_get_preparation (dataset));

  refuse (fixture, json_pack ("{s:i}", "format", 2), CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT);
  refuse (fixture, json_pack ("{s:s}", "format", "1"), CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED);
  refuse (fixture, json_pack ("{s:i, s:o}", "format", 1, "preparation", steps), CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED);
}

/* As the store keeps it: texts and a block of bytes. */
static void
test_from_run (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *experiment = cam_experiment_to_text (fixture->experiment), *preparation = NULL;
  g_autoptr(json_t) steps = cam_preparation_to_json (cam_model_get_preparation (fixture->model));
  g_autoptr(GBytes) weights = cam_network_dup_weights (cam_model_get_network (fixture->model)), few = g_bytes_new_from_bytes (weights, 0, 8);
  g_autoptr(CamModel) model = NULL;
  g_autoptr(CamPredictions) before = predict (fixture->model, fixture->table), after = NULL;
  g_autoptr(GError) error = NULL;

  preparation = cam_json_dump (steps, FALSE);
  model = cam_model_new_from_run (experiment, preparation, weights, &error);
  g_assert_no_error (error);
  after = predict (model, fixture->table);
  assert_same (before, after);

  g_assert_null (cam_model_new_from_run (experiment, preparation, few, &error));
  g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_WEIGHTS);
  g_clear_error (&error);
  g_assert_null (cam_model_new_from_run ("{}", preparation, weights, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (cam_model_new_from_run (experiment, "[", weights, &error));
  g_assert_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_SYNTAX);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *name; void (*test) (Fixture *, gconstpointer); } of_all[] = {
    { "round-trip", test_round_trip }, { "predict", test_predict }, { "names", test_names }, { "truth", test_truth },
    { "save-predictions", test_save_predictions }, { "from-run", test_from_run },
  };
  static const struct { const char *name; void (*test) (Fixture *, gconstpointer); } of_iris[] = {
    { "missing-column", test_missing_column }, { "other-columns", test_other_columns }, { "missing-values", test_missing_values },
    { "other-classes", test_other_classes }, { "quoting", test_quoting }, { "foreign", test_foreign }, { "odd-files", test_odd_files },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint t = 0; t < G_N_ELEMENTS (of_all); t++)
    for (guint s = 0; s < G_N_ELEMENTS (all_samples); s++)
      {
        g_autofree char *path = g_strdup_printf ("/experiment/model/%s/%s", of_all[t].name, all_samples[s]);

        g_test_add (path, Fixture, all_samples[s], set_up, of_all[t].test, tear_down);
      }
  for (guint t = 0; t < G_N_ELEMENTS (of_iris); t++)
    {
      g_autofree char *path = g_strdup_printf ("/experiment/model/%s", of_iris[t].name);

      g_test_add (path, Fixture, "iris", set_up, of_iris[t].test, tear_down);
    }
  return g_test_run ();
}
