/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is predicted and evaluated in stretches, of any length, has the answers and the scores of the file as a whole: rows on their own, and rows that hang on others. */
#include <cam-evaluate-file.h>
#include <cam-predict-file.h>
#include <cam-rng.h>
#include <cam-series-stream.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *data;        /* the settings of the dataset; ' for " */
  const char *loss, *metrics, *activation;
  gboolean    has_groups, is_shuffled, has_gaps;
  gboolean    is_whole;    /* it cannot be streamed */
} Case;

static const Case cases[] = {
  { "rows", "{'target': ['y'], 'columns': {'t': {'role': 'ignored'}, 'shop': {'role': 'feature'}}, 'preparation': {'scaling': 'standard'}}", "mse", "['mae']", NULL, TRUE, TRUE, TRUE, FALSE },
  { "classes", "{'target': ['kind'], 'columns': {'t': {'role': 'ignored'}, 'shop': {'role': 'ignored'}}}", "categorical_crossentropy", "['accuracy']", "softmax", TRUE, FALSE, TRUE, FALSE },
  { "previous", "{'target': ['y'], 'columns': {'t': {'role': 'ignored'}, 'shop': {'role': 'group'}, 'kind': {'role': 'ignored'}}, 'preparation': {'missing': 'previous'}}", "mse", "[]", NULL, TRUE, FALSE, TRUE, FALSE },
  { "sequence", "{'target': ['y'], 'columns': {'shop': {'role': 'ignored'}, 't': {'role': 'ignored'}, 'kind': {'role': 'ignored'}}, 'sequence': {'length': 4, 'horizon': 1, 'order': 't'}}", "mse", "['mae']", NULL,
    FALSE, FALSE, FALSE, FALSE },
  { "sequence-gaps", "{'target': ['y'], 'columns': {'shop': {'role': 'ignored'}, 't': {'role': 'ignored'}, 'kind': {'role': 'ignored'}}, 'sequence': {'length': 3, 'horizon': 1}}", "mse", "['mae']", NULL,
    FALSE, FALSE, TRUE, FALSE },
  { "groups", "{'target': ['y'], 'columns': {'shop': {'role': 'group'}, 't': {'role': 'ignored'}, 'kind': {'role': 'ignored'}}, 'sequence': {'length': 3, 'horizon': 1, 'order': 't'}}", "mse", "[]", NULL,
    TRUE, FALSE, TRUE, FALSE },
  { "groups-now", "{'target': ['y'], 'columns': {'shop': {'role': 'group'}, 't': {'role': 'ignored'}, 'kind': {'role': 'ignored'}}, 'sequence': {'length': 3, 'horizon': 0, 'order': 't', 'past_targets': false}}",
    "mse", "[]", NULL, TRUE, FALSE, TRUE, FALSE },
  { "relative", "{'target': ['y'], 'columns': {'shop': {'role': 'group'}, 't': {'role': 'ignored'}, 'kind': {'role': 'ignored'}}, 'sequence': {'length': 3, 'horizon': 1, 'order': 't', 'relative': true}}",
    "mse", "[]", NULL, TRUE, FALSE, FALSE, FALSE },
  { "disordered", "{'target': ['y'], 'columns': {'shop': {'role': 'group'}, 't': {'role': 'ignored'}, 'kind': {'role': 'ignored'}}, 'sequence': {'length': 3, 'horizon': 1, 'order': 't'}}", "mse", "[]", NULL,
    TRUE, TRUE, FALSE, TRUE },
  { "far-ahead", "{'target': ['y'], 'columns': {'shop': {'role': 'ignored'}, 't': {'role': 'ignored'}, 'kind': {'role': 'ignored'}}, 'sequence': {'length': 3, 'horizon': 3, 'order': 't'}}", "mse", "[]", NULL,
    FALSE, FALSE, FALSE, TRUE },
};

enum { ROWS = 90 };

static json_t *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

static char *
make_table (const Case *of)
{
  static const char *const shops[] = { "north", "south", "west" }, *const kinds[] = { "a", "b", "c" };
  GString *text = g_string_new ("t,shop,a,b,kind,y\n");
  CamRng rng;

  cam_rng_init (&rng, 3, 3);
  for (guint row = 0; row < ROWS; row++)
    {
      guint t = of->is_shuffled ? (row * 37) % ROWS : row;
      /* A shop that comes late, and one that ends early. */
      guint shop = !of->has_groups ? 0 : row < 30 ? (guint) cam_rng_below (&rng, 2) : row < 60 ? (guint) cam_rng_below (&rng, 3) : 1 + (guint) cam_rng_below (&rng, 2);

      g_string_append_printf (text, "%u,%s,%.3f,", t, shops[shop], cam_rng_normal (&rng));
      if (!of->has_gaps || cam_rng_below (&rng, 6) > 0)
        g_string_append_printf (text, "%.2f", cam_rng_normal (&rng));
      g_string_append_printf (text, ",%s,", kinds[cam_rng_below (&rng, 3)]);
      if (!of->has_gaps || cam_rng_below (&rng, 9) > 0)
        g_string_append_printf (text, "%.3f", 5.0 + cam_rng_normal (&rng));
      g_string_append (text, "\n");
    }

  return g_string_free (text, FALSE);
}

static CamModel *
make_model (const Case     *of,
            CamTable       *table)
{
  g_autoptr(json_t) data = parse (of->data), loss = json_string (of->loss), metrics = parse (of->metrics), layers = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = cam_dataset_new (table, data, NULL, &error);
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(CamNetwork) network = NULL;
  g_autofree char *text = NULL;
  CamPreparation *preparation;
  CamShape shape;
  json_t *document;

  g_assert_no_error (error);
  preparation = cam_dataset_get_preparation (dataset);
  shape = cam_preparation_get_input_shape (preparation);
  text = g_strdup_printf ("[%s{'class_name':'Dense','config':{'units':5,'activation':'tanh'}},{'class_name':'Dense','config':{'units':%u%s%s%s}}]",
                          cam_preparation_is_sequence (preparation) ? "{'class_name':'Flatten'}," : "", cam_preparation_get_n_outputs (preparation),
                          of->activation != NULL ? ",'activation':'" : "", of->activation != NULL ? of->activation : "", of->activation != NULL ? "'" : "");
  layers = parse (text);
  network = cam_network_new (&shape, layers, &error);
  g_assert_no_error (error);
  cam_network_initialise (network, 7);
  document = json_pack ("{s:i, s:s, s:O, s:O, s:O, s:O, s:s}", "camadas", 1, "name", of->name, "data", data, "network", layers, "loss", loss, "metrics", metrics, "optimizer", "adam");
  experiment = cam_experiment_new_from_json (document, &error);
  json_decref (document);
  g_assert_no_error (error);

  return cam_model_new (network, preparation, experiment);
}

static void
compare_json (const json_t *a,
              const json_t *b)
{
  const char *key;
  json_t *value;
  gsize i;

  g_assert_cmpint (json_typeof (a), ==, json_typeof (b));
  g_assert_cmpuint (json_object_size (a), ==, json_object_size (b));
  g_assert_cmpuint (json_array_size (a), ==, json_array_size (b));
  json_object_foreach ((json_t *) a, key, value)
    compare_json (value, json_object_get (b, key));
  json_array_foreach ((json_t *) a, i, value)
    compare_json (value, json_array_get (b, i));
  if (json_is_number (a))
    g_assert_cmpfloat_with_epsilon (json_number_value (a), json_number_value (b), 1e-6);
  else if (json_is_string (a))
    g_assert_cmpstr (json_string_value (a), ==, json_string_value (b));
}

static void
test_case (gconstpointer data)
{
  static const gsize lengths[] = { 1000, 1, 2, 3, 7, 40 };
  const Case *of = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("camadas-stretch-XXXXXX", &error), *path = g_build_filename (folder, "x.csv", NULL), *out = g_build_filename (folder, "out.csv", NULL);
  g_autofree char *text = make_table (of);
  g_autoptr(CamCsvResult) whole = NULL;
  g_autoptr(CamModel) model = NULL;
  g_autoptr(CamPredictions) predictions = NULL;
  g_autoptr(CamTruth) truth = NULL;
  g_autoptr(GString) expected = NULL;
  CamFileScores scores[G_N_ELEMENTS (lengths)];

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  whole = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  model = make_model (of, whole->table);
  if (cam_preparation_is_sequence (cam_model_get_preparation (model)) || !cam_preparation_goes_by_rows (cam_model_get_preparation (model)))
    g_assert_cmpint (cam_preparation_can_stream (cam_model_get_preparation (model)), ==, !of->is_whole || of->is_shuffled);
  predictions = cam_model_predict (model, whole->table, &error);
  g_assert_no_error (error);
  truth = cam_model_compare (model, whole->table, predictions);
  expected = cam_predictions_to_csv (predictions, whole->table, NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr(CamWholeFile) file = cam_whole_file_new (out, &error);
      g_autofree char *written = NULL;
      CamPredictedFile told;

      cam_predict_stretch = lengths[i];
      g_assert_true (cam_model_predict_file (model, path, file, NULL, NULL, NULL, &told, &error));
      g_assert_no_error (error);
      g_assert_true (cam_whole_file_commit (file, &error));
      g_assert_true (g_file_get_contents (out, &written, NULL, &error));
      g_assert_cmpstr (written, ==, expected->str);
      g_assert_cmpuint (told.n_rows, ==, ROWS);
      g_assert_cmpuint (told.n_skipped, ==, predictions->n_skipped);
      g_assert_cmpuint (told.n_to_come, ==, predictions->n_to_come);
      g_assert_cmpuint (told.n_known, ==, truth->n_known);
      if (isfinite (truth->accuracy))
        g_assert_cmpfloat_with_epsilon (told.accuracy, truth->accuracy, 1e-9);
      else
        g_assert_cmpfloat_with_epsilon (told.error, truth->error, 1e-9);
      cam_file_remarks_clear (&told.remarks);

      g_assert_true (cam_model_evaluate_file (model, path, NULL, NULL, NULL, &scores[i], &error));
      g_assert_no_error (error);
      g_assert_cmpuint (scores[i].n_rows, ==, scores[0].n_rows);
      g_assert_cmpuint (scores[i].n_rows + scores[i].n_skipped, ==, ROWS);
      for (guint k = 0; scores[0].keys[k] != NULL; k++)
        {
          g_assert_cmpstr (scores[i].keys[k], ==, scores[0].keys[k]);
          g_assert_cmpfloat_with_epsilon (scores[i].values[k], scores[0].values[k], 1e-6);
        }
      compare_json (scores[i].by_task, scores[0].by_task);
    }
  cam_predict_stretch = 0;
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    cam_file_scores_clear (&scores[i]);
  g_remove (path);
  g_remove (out);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/predict-file/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
