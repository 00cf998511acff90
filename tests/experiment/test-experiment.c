/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and writing experiments: defaults, refusals with their place, paths, the ready samples, the schema. */
#include <cam-experiment.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sample-table.h"

#define MINIMAL "{'camadas': 1, 'data': {}, 'network': []}"

static const char *const samples[] = { "breast-cancer", "iris", "digits", "darts", "energy-efficiency",
                                       "asteroid-flyby", "banknotes", "irrigation", "penguins" };

/* What is at @path, as text without spaces; "" for nothing. */
static char *
peek_text (CamExperiment *experiment,
           const char    *path)
{
  const json_t *value = cam_experiment_peek (experiment, path);

  return value != NULL ? g_strdelimit (cam_json_dump (value, FALSE), "\"", '\'') : g_strdup ("");
}

static void
check_peek (CamExperiment *experiment,
            const char    *path,
            const char    *expected)
{
  g_autofree char *text = peek_text (experiment, path);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_defaults (void)
{
  g_autoptr(CamExperiment) experiment = parse_experiment (MINIMAL);

  g_assert_cmpstr (cam_experiment_get_name (experiment), ==, "");
  g_assert_null (cam_experiment_get_file (experiment));
  g_assert_cmpuint (cam_experiment_get_epochs (experiment), ==, 1);
  g_assert_cmpuint (cam_experiment_get_batch_size (experiment), ==, 32);
  g_assert_cmpuint (cam_experiment_get_seed (experiment), ==, 42);
  check_peek (experiment, "name", "");
  check_peek (experiment, "data", "{}");
  check_peek (experiment, "split", "{'method':'stratified','train':0.7,'validation':0.15,'test':0.15,'seed':42}");
  check_peek (experiment, "loss", "'mean_squared_error'");
  check_peek (experiment, "metrics", "[]");
  check_peek (experiment, "optimizer/class_name", "'Adam'");
  check_peek (experiment, "optimizer/config/learning_rate", "0.001");
  check_peek (experiment, "fit", "{'batch_size':32,'epochs':1,'shuffle':true,'seed':42,'remeasure_rows':10000}");
  check_peek (experiment, "callbacks", "[]");
}

/* One form for each meaning. */
static void
test_forms (void)
{
  static const struct { const char *given, *path, *completed; } cases[] = {
    { "'network': [], 'loss': 'mse'", "loss", "'mean_squared_error'" },
    { "'network': [], 'loss': {'class_name': 'BinaryCrossentropy'}", "loss", "'binary_crossentropy'" },
    { "'network': [], 'loss': {'class_name': 'mae', 'config': {}}", "loss", "'mean_absolute_error'" },
    { "'network': [], 'metrics': ['acc', 'MeanAbsoluteError']", "metrics", "['accuracy','mean_absolute_error']" },
    { "'network': [], 'optimizer': 'sgd'", "optimizer/class_name", "'SGD'" },
    { "'network': [], 'optimizer': 'sgd'", "optimizer/config/nesterov", "false" },
    { "'network': [], 'optimizer': {'class_name': 'SGD', 'config': {'momentum': 1}}", "optimizer/config/momentum", "1.0" },
    { "'network': [], 'callbacks': ['TerminateOnNaN']", "callbacks", "[{'class_name':'TerminateOnNaN','config':{}}]" },
    { "'network': [], 'callbacks': [{'class_name': 'EarlyStopping', 'config': {'patience': 3}}]", "callbacks/0/config/monitor", "'val_loss'" },
    { "'network': [{'class_name': 'Dropout'}]", "network/0/config/rate", "0.5" },
    { "'network': [{'config': {'rate': 0}, 'name': 'rest', 'class_name': 'Dropout'}]", "network/0/config/rate", "0.0" },
    { "'network': [{'config': {'rate': 0}, 'name': 'rest', 'class_name': 'Dropout'}]", "network/0/name", "'rest'" },
    { "'network': [], 'split': {'validation': 0.2, 'test': 0.1}", "split/train", "0.7" },
    { "'network': [], 'split': {'validation': 0.2}", "split/test", "0.0" },
    { "'network': [], 'split': {'validation': 0.2, 'test': 0}", "split/train", "0.8" },
    { "'network': [], 'split': {'method': 'ordered'}", "split/validation", "0.15" },
    /* A loss left out follows the last activation. */
    { "'network': [{'class_name': 'Dense', 'config': {'activation': 'sigmoid'}}]", "loss", "'binary_crossentropy'" },
    { "'network': [{'class_name': 'Dense', 'config': {'activation': 'softmax'}}, {'class_name': 'Dropout'}]", "loss", "'categorical_crossentropy'" },
    { "'network': [{'class_name': 'Dense'}, {'class_name': 'Activation', 'config': {'activation': 'softmax'}}]", "loss", "'categorical_crossentropy'" },
    { "'network': [{'class_name': 'Dense', 'config': {'activation': 'relu'}}]", "loss", "'mean_squared_error'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'camadas': 1, 'data': {}, %s}", cases[i].given);
      g_autoptr(CamExperiment) experiment = parse_experiment (text);
      g_autoptr(CamExperiment) again = NULL;
      g_autofree char *written = cam_experiment_to_text (experiment);
      g_autofree char *rewritten = NULL;

      check_peek (experiment, cases[i].path, cases[i].completed);
      again = cam_experiment_new_from_text (written, NULL);
      g_assert_nonnull (again);
      rewritten = cam_experiment_to_text (again);
      g_assert_cmpstr (rewritten, ==, written);
    }
}

/* Each document is refused, and the message says where and what. */
static void
test_refusals (void)
{
  static const struct { const char *text, *fragments[3]; } cases[] = {
    { "[]", { "\"camadas\": 1" } },
    { "3", { "\"camadas\": 1" } },
    { "{}", { "\"camadas\": 1" } },
    { "{'camadas': '1', 'data': {}, 'network': []}", { "\"camadas\": 1" } },
    { "{'camadas': 0, 'data': {}, 'network': []}", { "\"camadas\": 1" } },
    { "{'camadas': 2, 'nonsense': 1}", { "newer version", "2" } },
    { "{'camadas': 1, 'network': []}", { "“data” is missing" } },
    { "{'camadas': 1, 'data': {}}", { "“network” is missing" } },
    { "{'camadas': 1, 'data': {}, 'network': {}}", { "“network” must be a list" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'optimiser': 'adam'}", { "experiment", "“optimiser” is not known", "optimizer" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'name': 3}", { "“name” must be a text" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'description': null}", { "“description” must be a text" } },
    { "{'camadas': 1, 'data': [], 'network': []}", { "data: an object" } },
    { "{'camadas': 1, 'data': {'files': 'x'}, 'network': []}", { "data: the key “files”" } },
    { "{'camadas': 1, 'data': {'file': 3}, 'network': []}", { "data, file: a text" } },
    { "{'camadas': 1, 'data': {'target': 'y'}, 'network': []}", { "data, target: a list" } },
    { "{'camadas': 1, 'data': {'target': ['y', 2]}, 'network': []}", { "data, target, number 2: a text" } },
    { "{'camadas': 1, 'data': {'columns': {'age': {'rolle': 'feature'}}}, 'network': []}", { "data, columns, age: the key “rolle”", "role" } },
    { "{'camadas': 1, 'data': {'columns': {'age': {'role': 'target!'}}}, 'network': []}", { "data, columns, age, role", "“target!”", "feature, target, group, ignored" } },
    { "{'camadas': 1, 'data': {'columns': {'age': 1}}, 'network': []}", { "data, columns, age: an object" } },
    { "{'camadas': 1, 'data': {'preparation': {'scale': 'none'}}, 'network': []}", { "data, preparation: the key “scale”" } },
    { "{'camadas': 1, 'data': {'dialect': {'seperator': ','}}, 'network': []}", { "data, dialect: the key “seperator”" } },
    { "{'camadas': 1, 'data': {'dialect': {'separator': 'xy'}}, 'network': []}", { "separator" } },
    { "{'camadas': 1, 'data': {'dialect': {'skip_lines': -1}}, 'network': []}", { "data, dialect, skip_lines: -1 is too small", "0" } },
    { "{'camadas': 1, 'data': {}, 'split': {'training': 1}, 'network': []}", { "split: the key “training”" } },
    { "{'camadas': 1, 'data': {}, 'split': {'train': 1.5}, 'network': []}", { "split, train: 1.5 is too large", "1" } },
    { "{'camadas': 1, 'data': {}, 'split': {'method': 'by chance'}, 'network': []}", { "split, method: “by chance”", "stratified" } },
    { "{'camadas': 1, 'data': {}, 'split': {'seed': 1.5}, 'network': []}", { "split, seed: a whole number" } },
    { "{'camadas': 1, 'data': {}, 'network': [{'class_name': 'Dense'}, 3]}", { "network, layer 2" } },
    { "{'camadas': 1, 'data': {}, 'network': [{}]}", { "network, layer 1", "“class_name” is missing" } },
    { "{'camadas': 1, 'data': {}, 'network': [{'class_name': 'Dens'}]}", { "network, layer 1", "“Dens” is not known" } },
    { "{'camadas': 1, 'data': {}, 'network': [{'class_name': 'Dense', 'units': 3}]}", { "network, layer 1", "“units” is not known" } },
    { "{'camadas': 1, 'data': {}, 'network': [{'class_name': 'Dense'}, {'class_name': 'Dense', 'config': {'unit': 3}}]}", { "network, layer 2 (Dense)", "“unit” is not known" } },
    { "{'camadas': 1, 'data': {}, 'network': [{'class_name': 'Dense', 'config': {'units': 0}}]}", { "network, layer 1 (Dense)", "“units” is 0" } },
    { "{'camadas': 1, 'data': {}, 'network': [{'class_name': 'Dense', 'config': {'units': 2.5}}]}", { "“units” must be a whole number" } },
    { "{'camadas': 1, 'data': {}, 'network': [{'class_name': 'Dense', 'config': {'activation': 'rely'}}]}", { "“activation” must be one of" } },
    { "{'camadas': 1, 'data': {}, 'network': [{'class_name': 'Dense', 'name': ''}]}", { "network, layer 1 (Dense)", "“name” is empty" } },
    { "{'camadas': 1, 'data': {}, 'network': [{'class_name': 'Dense', 'config': []}]}", { "network, layer 1 (Dense)", "object" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'loss': 'crossentropy'}", { "loss", "“crossentropy” is not known" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'loss': 3}", { "loss" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'loss': null}", { "loss" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'metrics': 'accuracy'}", { "“metrics” must be a list" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'metrics': ['accuracy', 'acurracy']}", { "metrics, number 2", "“acurracy”" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'optimizer': {'class_name': 'Adam', 'settings': {}}}", { "optimizer: the key “settings”" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'optimizer': {'class_name': 'Adam', 'config': {'lr': 1}}}", { "optimizer (Adam)", "“lr”" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'optimizer': {'class_name': 'Adam', 'config': {'learning_rate': {'class_name': 'PiecewiseConstantDecay', "
      "'config': {'boundaries': [20, 10], 'values': [1, 2, 3]}}}}}", { "optimizer, learning_rate", "must rise" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'optimizer': {'class_name': 'Adam', 'config': {'learning_rate': 'fast'}}}", { "optimizer (Adam)", "“learning_rate” must be a number, or one of exponential_decay" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'optimizer': {'config': {}}}", { "optimizer", "“class_name” is missing" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'fit': {'epoch': 1}}", { "fit: the key “epoch”", "initial_weights" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'fit': []}", { "fit: an object" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'fit': {'batch_size': 0}}", { "fit: “batch_size” is 0" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'fit': {'seed': -1}}", { "fit: “seed” is -1" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'fit': {'initial_weights': 1}}", { "fit: “initial_weights” must be a text" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'callbacks': {}}", { "“callbacks” must be a list" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'callbacks': ['EarlyStop']}", { "callbacks, number 1", "“EarlyStop”" } },
    { "{'camadas': 1, 'data': {}, 'network': [], 'callbacks': [{'class_name': 'EarlyStopping', 'config': {'patiense': 1}}]}",
      { "callbacks, number 1 (EarlyStopping)", "“patiense”" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(json_t) json = parse_json (cases[i].text);
      g_autoptr(GError) error = NULL;

      g_assert_null (cam_experiment_new_from_json (json, &error));
      g_assert_nonnull (error);
      for (guint k = 0; k < G_N_ELEMENTS (cases[i].fragments) && cases[i].fragments[k] != NULL; k++)
        if (strstr (error->message, cases[i].fragments[k]) == NULL)
          g_error ("%s: “%s” is not in: %s", cases[i].text, cases[i].fragments[k], error->message);
    }
}

static void
test_error_codes (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (cam_experiment_new_from_text ("{", &error));
  g_assert_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (cam_experiment_new_from_text ("{\"camadas\": 9}", &error));
  g_assert_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT);
  g_clear_error (&error);
  g_assert_null (cam_experiment_new_from_text ("{\"camadas\": 1, \"data\": {}, \"network\": [], \"x\": 1}", &error));
  g_assert_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_KEY);
  g_clear_error (&error);
  g_assert_null (cam_experiment_load ("/nowhere/at/all.json", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* A document in a folder of its own. */
static void
write_file (const char *path,
            const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, quoted, -1, &error);
  g_assert_no_error (error);
}

static void
test_paths (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *root = g_dir_make_tmp ("camadas-test-XXXXXX", &error);
  g_autofree char *inner = g_build_filename (root, "one", "two", NULL);
  g_autofree char *document = g_build_filename (inner, "document.json", NULL);
  g_autofree char *copy = g_build_filename (root, "three", "copy.json", NULL);
  g_autofree char *copy_folder = g_path_get_dirname (copy);
  g_autofree char *data = g_build_filename (root, "one", "data", "x.csv", NULL);
  g_autofree char *model = g_build_filename (inner, "model.keras", NULL);
  g_autofree char *one = g_path_get_dirname (inner);
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(CamExperiment) moved = NULL;
  g_autoptr(CamExperiment) text = NULL;
  g_autoptr(json_t) saved = NULL;
  g_autoptr(json_t) elsewhere = NULL;
  g_autoptr(json_t) as_is = NULL;

  g_assert_no_error (error);
  write_file (document, "{'camadas': 1, 'data': {'file': '../data/x.csv'}, 'network': [], 'fit': {'initial_weights': 'model.keras'}}");
  experiment = cam_experiment_load (document, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cam_experiment_get_file (experiment), ==, data);
  g_assert_cmpstr (json_string_value (cam_experiment_peek (experiment, "fit/initial_weights")), ==, model);

  /* Saved in another folder, seen from there. */
  g_assert_cmpint (g_mkdir_with_parents (copy_folder, 0700), ==, 0);
  g_assert_true (cam_experiment_save (experiment, copy, &error));
  g_assert_no_error (error);
  saved = cam_json_load (copy, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_string_value (json_object_get (json_object_get (saved, "data"), "file")), ==, "../one/data/x.csv");
  g_assert_cmpstr (json_string_value (json_object_get (json_object_get (saved, "fit"), "initial_weights")), ==, "../one/two/model.keras");
  moved = cam_experiment_load (copy, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cam_experiment_get_file (moved), ==, data);

  /* Nothing shared but the root: as it is. No folder: as it is. */
  elsewhere = cam_experiment_to_json (experiment, "/some/where/else");
  g_assert_cmpstr (json_string_value (json_object_get (json_object_get (elsewhere, "data"), "file")), ==, data);
  as_is = cam_experiment_to_json (experiment, NULL);
  g_assert_cmpstr (json_string_value (json_object_get (json_object_get (as_is, "data"), "file")), ==, data);

  /* A text has no place: its paths stay. */
  text = parse_experiment ("{'camadas': 1, 'data': {'file': 'x.csv'}, 'network': []}");
  g_assert_cmpstr (cam_experiment_get_file (text), ==, "x.csv");

  /* A document that is wrong is named. */
  write_file (copy, "{'camadas': 1, 'data': {}, 'network': [], 'fit': {'speed': 1}}");
  g_assert_null (cam_experiment_load (copy, &error));
  g_assert_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_KEY);
  g_assert_true (g_str_has_prefix (error->message, copy));
  g_assert_nonnull (strstr (error->message, "“speed”"));

  g_unlink (copy);
  g_unlink (document);
  g_rmdir (copy_folder);
  g_rmdir (inner);
  g_rmdir (one);
  g_rmdir (root);
}

static void
test_describe (void)
{
  static const struct { const char *network, *optimizer, *description; } cases[] = {
    { "[]", "'adam'", "Adam 0.001" },
    { "[{'class_name': 'Dense', 'config': {'units': 1}}]", "'sgd'", "dense 1 · SGD 0.01" },
    { "[{'class_name': 'Dense', 'config': {'units': 128}}, {'class_name': 'Dense', 'config': {'units': 256}}, {'class_name': 'Dense', 'config': {'units': 3}}]",
      "'adam'", "dense 128 · dense 256 · Adam 0.001" },
    { "[{'class_name': 'Dense'}, {'class_name': 'Activation', 'config': {'activation': 'tanh'}}, {'class_name': 'Dropout', 'config': {'rate': 0.25}}, {'class_name': 'Dense'}]",
      "{'class_name': 'Adam', 'config': {'learning_rate': 0.0005}}", "dense 32 · tanh · dropout 0.25 · Adam 0.0005" },
    { "[{'class_name': 'Flatten'}, {'class_name': 'GlobalAveragePooling1D'}, {'class_name': 'Dense', 'config': {'units': 2}}, {'class_name': 'Dense'}]", "'adam'",
      "flatten · global average pooling1d · dense 2 · Adam 0.001" },
    { "[]", "{'class_name': 'AdamW', 'config': {'learning_rate': {'class_name': 'CosineDecay'}}}", "AdamW, cosine decay" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'camadas': 1, 'data': {}, 'network': %s, 'optimizer': %s}", cases[i].network, cases[i].optimizer);
      g_autoptr(CamExperiment) experiment = parse_experiment (text);
      g_autofree char *description = cam_experiment_describe (experiment);

      g_assert_cmpstr (description, ==, cases[i].description);
    }
}

/* The ready experiments load, can be run on their data, and are the same after being written and read. */
static void
test_sample (gconstpointer name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = sample_path (file);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(CamExperiment) experiment = cam_experiment_load (path, &error);
  g_autoptr(CamExperiment) again = NULL;
  g_autoptr(CamTable) table = NULL;
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(json_t) relative = NULL;
  g_autofree char *csv = g_strconcat (name, ".csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (cam_experiment_get_name (experiment), !=, "");
  g_assert_nonnull (cam_experiment_peek (experiment, "description"));
  table = sample_table (csv);
  dataset = cam_dataset_new (table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), &error);
  g_assert_no_error (error);
  problems = cam_experiment_check (experiment, dataset);
  g_assert_cmpuint (problems->len, ==, 0);

  relative = cam_experiment_to_json (experiment, folder);
  g_assert_cmpstr (json_string_value (json_object_get (json_object_get (relative, "data"), "file")), ==, csv);
  text = cam_experiment_to_text (experiment);
  again = cam_experiment_new_from_text (text, &error);
  g_assert_no_error (error);
  text_again = cam_experiment_to_text (again);
  g_assert_cmpstr (text_again, ==, text);
}

/* The schema has all kinds, and asks of them what the reader asks. */
static void
test_schema (void)
{
  g_autoptr(json_t) schema = cam_experiment_schema ();
  g_autoptr(CamExperiment) minimal = parse_experiment (MINIMAL);
  g_autoptr(json_t) document = cam_experiment_to_json (minimal, NULL);
  const json_t *properties = json_object_get (schema, "properties");
  const json_t *layers = json_object_get (json_object_get (json_object_get (schema, "$defs"), "layer"), "anyOf");
  const CamLayerKind *const *kinds = cam_layer_kind_list ();
  const char *key;
  json_t *value;
  guint n = 0;

  g_assert_cmpstr (json_string_value (json_object_get (schema, "$schema")), ==, "https://json-schema.org/draft/2020-12/schema");
  g_assert_true (json_is_false (json_object_get (schema, "additionalProperties")));
  json_object_foreach (document, key, value)
    g_assert_nonnull (json_object_get (properties, key));
  g_assert_nonnull (json_object_get (json_object_get (json_object_get (properties, "fit"), "properties"), "initial_weights"));

  while (kinds[n] != NULL)
    n++;
  g_assert_cmpuint (json_array_size (layers), ==, n);
  for (guint i = 0; i < n; i++)
    {
      const json_t *layer = json_object_get (json_array_get (layers, i), "properties");

      g_assert_cmpstr (json_string_value (json_array_get (json_object_get (json_object_get (layer, "class_name"), "enum"), 0)), ==, cam_layer_kind_get_name (kinds[i]));
      for (const CamField *field = cam_layer_kind_get_fields (kinds[i]); field->key != NULL; field++)
        g_assert_nonnull (json_object_get (json_object_get (json_object_get (layer, "config"), "properties"), field->key));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment/defaults", test_defaults);
  g_test_add_func ("/experiment/forms", test_forms);
  g_test_add_func ("/experiment/refusals", test_refusals);
  g_test_add_func ("/experiment/error-codes", test_error_codes);
  g_test_add_func ("/experiment/paths", test_paths);
  g_test_add_func ("/experiment/describe", test_describe);
  g_test_add_func ("/experiment/schema", test_schema);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *sample = g_strconcat ("/experiment/sample/", samples[i], NULL);

      g_test_add_data_func (sample, samples[i], test_sample);
    }

  return g_test_run ();
}
