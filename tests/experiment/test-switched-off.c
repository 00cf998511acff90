/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers that are switched off: they stay in the document, and all else goes as if they were not there. */
#include <cam-keras-script.h>
#include <cam-model.h>
#include <string.h>

#include "experiment-fixture.h"
#include "run-watch.h"

#define ADAM "{ \"class_name\": \"Adam\", \"config\": { \"learning_rate\": 0.01 } }"

static CamExperiment *
edit (CamExperiment *experiment,   /* taken */
      const char    *path,
      json_t        *value)        /* taken; NULL: removed */
{
  g_autoptr(GError) error = NULL;
  CamExperiment *changed = cam_experiment_with (experiment, path, value, &error);

  g_assert_no_error (error);
  g_clear_pointer (&value, json_decref);
  cam_experiment_unref (experiment);
  return changed;
}

/* Dense 16, Dropout, Dense 8, and the output; @is_off: the second and third are switched off; else they are not there. */
static CamExperiment *
make_experiment (gboolean is_off)
{
  CamExperiment *experiment = fixture_experiment ("iris", "16", ADAM, "\"epochs\": 3", "[]");
  g_autoptr(json_t) layers = json_deep_copy (cam_experiment_get_network (experiment));

  if (!is_off)
    return experiment;
  json_array_insert_new (layers, 1, json_pack ("{s:s, s:{s:f}, s:b}", "class_name", "Dropout", "config", "rate", 0.9, "enabled", 0));
  json_array_insert_new (layers, 2, json_pack ("{s:s, s:{s:i, s:s}, s:b}", "class_name", "Dense", "config", "units", 8, "activation", "tanh", "enabled", 0));
  return edit (experiment, "network", json_incref (layers));
}

static void
test_document (void)
{
  g_autoptr(CamExperiment) experiment = make_experiment (TRUE);
  g_autoptr(json_t) written = cam_experiment_to_json (experiment, NULL);
  g_autoptr(CamExperiment) again = NULL;
  g_autoptr(CamExperiment) other = NULL;
  g_autoptr(json_t) five = json_integer (5);
  g_autoptr(json_t) inner = json_pack ("[{s:s, s:{s:{s:s, s:{}, s:b}}}]", "class_name", "Bidirectional", "config", "layer", "class_name", "LSTM", "config", "enabled", 0);
  g_autoptr(GError) error = NULL;
  g_autofree char *line = cam_experiment_describe (experiment);
  const CamShape series = { 2, { 6, 4 } };
  g_autoptr(GPtrArray) reports = NULL;
  const char *problem;

  again = cam_experiment_new_from_json (written, &error);
  g_assert_no_error (error);
  g_assert_true (json_is_false (cam_experiment_peek (again, "network/1/enabled")));
  g_assert_true (json_equal (cam_experiment_get_network (again), cam_experiment_get_network (experiment)));
  g_assert_cmpstr (line, ==, "dense 16 · Adam 0.01");

  /* What is on says nothing. */
  again = edit (g_steal_pointer (&again), "network/1/enabled", json_true ());
  g_assert_null (cam_experiment_peek (again, "network/1/enabled"));

  other = cam_experiment_with (experiment, "network/1/enabled", five, &error);
  g_assert_null (other);
  g_assert_nonnull (strstr (error->message, "enabled"));
  g_clear_error (&error);
  /* A layer inside another cannot be left out. */
  reports = cam_network_inspect (&series, inner);
  problem = ((const CamLayerReport *) g_ptr_array_index (reports, 0))->problem;
  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, "enabled"));
}

static void
test_inspect (void)
{
  g_autoptr(CamExperiment) experiment = make_experiment (TRUE);
  const CamShape input = { 1, { 4 } };
  g_autoptr(GPtrArray) reports = cam_network_inspect (&input, cam_experiment_get_network (experiment));
  g_autoptr(GError) error = NULL;
  CamNetwork *network = cam_network_new (&input, cam_experiment_get_network (experiment), &error);
  const CamLayerReport *report;

  g_assert_no_error (error);
  g_assert_cmpuint (reports->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      report = g_ptr_array_index (reports, i);
      g_assert_true (report->has_shape);
      g_assert_cmpint (report->is_off, ==, i == 1 || i == 2);
    }
  report = g_ptr_array_index (reports, 2);
  g_assert_cmpuint (report->output.dims[0], ==, 16);
  g_assert_cmpuint (report->n_params, ==, 0);
  g_assert_cmpuint (cam_network_get_n_layers (network), ==, 2);
  g_assert_cmpstr (cam_network_get_layer_name (network, 1), ==, "dense_1");
  g_assert_cmpuint (cam_network_get_n_params (network), ==, 4 * 16 + 16 + 16 * 3 + 3);
  g_assert_cmpint (cam_network_find_first (cam_experiment_get_network (experiment)), ==, 0);
  g_assert_cmpint (cam_network_find_last (cam_experiment_get_network (experiment)), ==, 3);
  cam_network_free (network);
}

static CamRunner *
run (CamExperiment *experiment)
{
  CamRunner *runner = cam_runner_new ();
  Watch watch;

  watch_init (&watch, runner, NULL);
  watch_start (&watch, "iris", experiment, 1);
  watch_wait (&watch);
  watch_clear (&watch);
  return runner;
}

/* To the last bit, and what is kept of the run opens again. */
static void
test_run (void)
{
  g_autoptr(CamExperiment) off = make_experiment (TRUE), gone = make_experiment (FALSE);
  g_autoptr(CamRunner) a = run (off), b = run (gone);
  g_autoptr(GBytes) left = cam_network_dup_weights (cam_runner_get_network (a)), right = cam_network_dup_weights (cam_runner_get_network (b));
  g_autofree char *text = cam_experiment_to_text (off);
  g_autoptr(json_t) preparation = cam_preparation_to_json (cam_dataset_get_preparation (cam_runner_get_dataset (a)));
  g_autofree char *steps = json_dumps (preparation, 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamModel) model = NULL;

  g_assert_true (g_bytes_equal (left, right));
  for (guint k = 0; cam_runner_get_keys (a)[k] != NULL; k++)
    for (guint e = 0; e < 3; e++)
      g_assert_cmpfloat (cam_runner_get_value (a, k, e), ==, cam_runner_get_value (b, k, e));
  model = cam_model_new_from_run (text, steps, left, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cam_network_get_n_layers (cam_model_get_network (model)), ==, 2);
}

/* A comment that would be the layer's line without its "#". */
static void
test_script (void)
{
  g_autoptr(CamExperiment) experiment = make_experiment (TRUE);
  g_autoptr(CamScript) script = cam_keras_script_new (experiment, NULL, NULL, CAM_SCRIPT_NETWORK, NULL);

  g_assert_nonnull (strstr (script->text, "\n    # layers.Dropout(0.9),\n    # layers.Dense(8, activation=\"tanh\"),\n    layers.Dense(3, activation=\"softmax\"),\n"));
}

typedef struct
{
  const char *name;
  guint       off;            /* bits of the layers */
  const char *where, *message, *fix_title;
} Case;

/* Of Dense 16, Dropout, Dense 8 and the output of three classes. */
static const Case cases[] = {
  { "none", 0, NULL, NULL, NULL },
  { "hidden", 1 << 1 | 1 << 2, NULL, NULL, NULL },
  { "output", 1 << 3, "network/2", "gives 8 numbers", "Set 3 units" },
  { "all-but-one", 1 << 1 | 1 << 2 | 1 << 3, "network/0", "gives 16 numbers", "Set 3 units" },
  { "all-but-dropout", 1 << 0 | 1 << 2 | 1 << 3, "network/1", "gives 4 numbers", "Add a Dense layer with 3 units" },
  { "all", 15, "network/3", "All layers are switched off", "Switch this one on" },
};

static void
test_check (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(CamExperiment) experiment = make_experiment (TRUE);
  g_autoptr(CamDataset) dataset = fixture_dataset ("iris", experiment);
  g_autoptr(GPtrArray) problems = NULL;
  const CamProblem *first;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *path = g_strdup_printf ("network/%u/enabled", i);

      experiment = edit (g_steal_pointer (&experiment), path, json_boolean ((test->off & 1u << i) == 0));
    }
  for (guint i = 0; i < 9; i++)
    {
      g_clear_pointer (&problems, g_ptr_array_unref);
      problems = cam_experiment_check (experiment, dataset);
      if (i == 0)
        g_assert_cmpint (problems->len > 0, ==, test->where != NULL);
      if (problems->len == 0)
        return;
      first = g_ptr_array_index (problems, 0);
      if (i == 0)
        {
          g_assert_cmpstr (first->where, ==, test->where);
          g_assert_nonnull (strstr (first->message, test->message));
          g_assert_cmpstr (first->fix_title, ==, test->fix_title);
        }
      experiment = edit (g_steal_pointer (&experiment), first->fix_path, first->fix_value != NULL ? json_incref (first->fix_value) : NULL);
    }
  g_error ("not mended");
}

/* Two layers may have one name while one of them is off. */
static void
test_names (void)
{
  g_autoptr(CamExperiment) experiment = edit (edit (make_experiment (TRUE), "network/0/name", json_string ("a")), "network/2/name", json_string ("a"));
  g_autoptr(CamDataset) dataset = fixture_dataset ("iris", experiment);
  g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, dataset);

  g_assert_cmpuint (problems->len, ==, 0);
  g_ptr_array_unref (problems);
  experiment = edit (g_steal_pointer (&experiment), "network/2/enabled", NULL);
  problems = cam_experiment_check (experiment, dataset);
  g_assert_cmpuint (problems->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment/switched-off/document", test_document);
  g_test_add_func ("/experiment/switched-off/inspect", test_inspect);
  g_test_add_func ("/experiment/switched-off/run", test_run);
  g_test_add_func ("/experiment/switched-off/script", test_script);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/switched-off/check/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_check);
    }
  g_test_add_func ("/experiment/switched-off/names", test_names);

  return g_test_run ();
}
