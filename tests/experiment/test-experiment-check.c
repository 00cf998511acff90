/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps an experiment from being run: each case is told at its place, and mended by the edit that is offered. */
#include <cam-activation.h>
#include <cam-experiment.h>
#include <cam-fit.h>
#include <string.h>

#include "sample-table.h"

#define DENSE(units, activation) "{'class_name': 'Dense', 'config': {'units': " units ", 'activation': '" activation "'}}"
#define MOST_FIXES 8

/* What goes with each table. */
static const char *const sound[N_TABLES] = {
  [TABLE_NUMBER] = "'data': {'target': ['y']}, 'network': [" DENSE ("8", "relu") ", " DENSE ("1", "linear") "], 'loss': 'mse', 'metrics': ['mae']",
  [TABLE_TWO] = "'data': {'target': ['y', 'z']}, 'network': [" DENSE ("8", "relu") ", " DENSE ("2", "linear") "], 'loss': 'mse', 'metrics': ['mae']",
  [TABLE_YES_NO] = "'data': {'target': ['y']}, 'network': [" DENSE ("8", "relu") ", " DENSE ("1", "sigmoid") "], 'loss': 'bce', 'metrics': ['accuracy']",
  [TABLE_THREE] = "'data': {'target': ['y']}, 'network': [" DENSE ("8", "relu") ", " DENSE ("3", "softmax") "], 'loss': 'categorical_crossentropy', 'metrics': ['accuracy']",
  [TABLE_LABELS] = "'data': {'target': ['y', 'z']}, 'network': [" DENSE ("8", "relu") ", " DENSE ("2", "sigmoid") "], 'loss': 'bce', 'metrics': ['accuracy']",
};

static CamExperiment *
sound_experiment (TableKind kind)
{
  g_autofree char *text = g_strdup_printf ("{'camadas': 1, %s}", sound[kind]);

  return parse_experiment (text);
}

/* @edits: path and value by turns. */
static CamExperiment *
edited (TableKind          kind,
        const char *const *edits)
{
  CamExperiment *experiment = sound_experiment (kind);

  for (guint i = 0; edits[i] != NULL; i += 2)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) value = edits[i + 1] != NULL ? parse_json (edits[i + 1]) : NULL;
      CamExperiment *changed = cam_experiment_with (experiment, edits[i], value, &error);

      g_assert_no_error (error);
      cam_experiment_unref (experiment);
      experiment = changed;
    }

  return experiment;
}

static char *
list_problems (GPtrArray *problems)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const CamProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (list, "%s: %s [%s]\n", problem->where, problem->message, problem->fix_title);
    }

  return g_string_free (list, FALSE);
}

/* The first offered edit after the other, until nothing is left. Takes @experiment. */
static CamExperiment *
mend (CamExperiment *experiment,
      CamDataset    *dataset)
{
  for (guint i = 0;; i++)
    {
      g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, dataset);
      g_autofree char *list = list_problems (problems);
      g_autoptr(GError) error = NULL;
      const CamProblem *first;
      CamExperiment *changed;

      if (problems->len == 0)
        return experiment;
      first = g_ptr_array_index (problems, 0);
      if (first->fix_path == NULL || i == MOST_FIXES)
        g_error ("not mended: %s", list);
      changed = cam_experiment_with (experiment, first->fix_path, first->fix_value, &error);
      if (changed == NULL)
        g_error ("%s: %s", first->fix_path, error->message);
      cam_experiment_unref (experiment);
      experiment = changed;
    }
}

/* Whether the engine takes it too. */
static gboolean
can_fit (CamExperiment  *experiment,
         CamDataset     *dataset,
         GError        **error)
{
  CamShape input = cam_shape_vector (cam_preparation_get_n_inputs (cam_dataset_get_preparation (dataset)));
  guint n_outputs = cam_preparation_get_n_outputs (cam_dataset_get_preparation (dataset));
  CamSamples samples[CAM_N_PARTS];
  CamFitSettings settings = {
    .loss = cam_experiment_get_loss (experiment), .metrics = cam_experiment_get_metrics (experiment), .optimizer = cam_experiment_get_optimizer (experiment),
    .callbacks = cam_experiment_get_callbacks (experiment), .batch_size = 32, .epochs = 1, .n_threads = 1,
  };
  g_autoptr(CamNetwork) network = cam_network_new (&input, cam_experiment_get_network (experiment), error);
  g_autoptr(CamFit) fit = NULL;

  for (guint p = 0; p < CAM_N_PARTS; p++)
    samples[p] = (CamSamples) { .x = cam_dataset_get_x (dataset, p), .y = cam_dataset_get_y (dataset, p), .n_rows = cam_dataset_get_n_rows (dataset, p),
                                .x_size = input.dims[0], .y_size = n_outputs };
  if (network != NULL)
    fit = cam_fit_new (network, &settings, &samples[CAM_PART_TRAIN], samples[CAM_PART_VALIDATION].n_rows > 0 ? &samples[CAM_PART_VALIDATION] : NULL, error);

  return fit != NULL;
}

static void
test_sound (void)
{
  for (TableKind kind = 0; kind < N_TABLES; kind++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CamExperiment) experiment = sound_experiment (kind);
      g_autoptr(CamDataset) dataset = small_dataset (kind);
      g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, dataset);
      g_autoptr(GPtrArray) without_data = cam_experiment_check (experiment, NULL);
      g_autofree char *list = list_problems (problems);

      g_assert_cmpstr (list, ==, "");
      g_assert_cmpuint (without_data->len, ==, 0);
      g_assert_true (can_fit (experiment, dataset, &error));
      g_assert_no_error (error);
    }
}

typedef struct
{
  const char *name;
  TableKind   kind;
  const char *edits[9];
  const char *where, *message, *fix_title;   /* of the first problem */
} Case;

static const Case cases[] = {
  { "units/classes", TABLE_THREE, { "network/1/config/units", "4" }, "network/1", "gives 4 numbers, but y has 3 classes", "Set 3 units" },
  { "units/yes-no", TABLE_YES_NO, { "network/1/config/units", "2" }, "network/1", "either “no” or “yes”", "Set 1 unit" },
  { "units/number", TABLE_NUMBER, { "network/1/config/units", "2" }, "network/1", "only y is to be predicted", "Set 1 unit" },
  { "units/numbers", TABLE_TWO, { "network/1/config/units", "1" }, "network/1", "gives 1 number, but 2 columns", "Set 2 units" },
  { "units/labels", TABLE_LABELS, { "network/1/config/units", "3" }, "network/1", "2 columns are to be predicted", "Set 2 units" },
  { "shape/series", TABLE_NUMBER, { "network", "[{'class_name': 'LSTM', 'config': {'units': 4}}, " DENSE ("1", "linear") "]" }, "network/0", "it reads sequences", "Insert Reshape (2, 1)" },
  { "shape/steps", TABLE_NUMBER, { "network", "[{'class_name': 'Reshape', 'config': {'target_shape': [2, 1]}}, {'class_name': 'LSTM', 'config': {'units': 4, 'return_sequences': true}}, "
    DENSE ("1", "linear") "]" }, "network/2", "for each step or pixel", "Give the last step only" },
  { "shape/image", TABLE_NUMBER, { "network", "[{'class_name': 'Reshape', 'config': {'target_shape': [2, 1, 1]}}, {'class_name': 'Conv2D', 'config': {'filters': 2, 'kernel_size': 1}}, "
    DENSE ("1", "linear") "]" }, "network/2", "for each step or pixel", "Insert Flatten" },
  { "clipping", TABLE_NUMBER, { "optimizer", "{'class_name': 'Adam', 'config': {'clipnorm': 1.0, 'clipvalue': 0.5}}" }, "optimizer", "Only one way of clipping",
    "Unset “clipvalue”" },
  { "units/behind", TABLE_THREE,
    { "network", "[" DENSE ("5", "linear") ", {'class_name': 'Activation', 'config': {'activation': 'softmax'}}]" }, "network/0", "3 classes", "Set 3 units" },
  { "units/none", TABLE_THREE, { "network", "[{'class_name': 'Activation', 'config': {'activation': 'softmax'}}]" }, "network/0", "3 classes", "Add a Dense layer with 3 units" },
  { "empty", TABLE_YES_NO, { "network", "[]" }, "network", "no layers yet", "Add an output layer" },
  { "names", TABLE_NUMBER, { "network/0/name", "'a'", "network/1/name", "'a'" }, "network/1", "both called “a”", "Remove the name" },

  { "loss/bce-softmax", TABLE_THREE, { "loss", "'bce'" }, "loss", "exactly one of the 3 classes", "Use categorical cross-entropy" },
  { "loss/sparse", TABLE_THREE, { "loss", "'sparse_categorical_crossentropy'" }, "loss", "one-hot", "Use categorical cross-entropy" },
  { "loss/categorical-one-sigmoid", TABLE_YES_NO, { "loss", "'categorical_crossentropy'" }, "loss", "need only one output", "Use binary cross-entropy" },
  { "loss/categorical-labels", TABLE_LABELS, { "loss", "'categorical_crossentropy'" }, "loss", "yes or no by itself", "Use binary cross-entropy" },
  { "loss/bce-number", TABLE_NUMBER, { "loss", "'bce'" }, "loss", "number of any size", "Use mean squared error" },
  { "loss/categorical-number", TABLE_NUMBER, { "loss", "'categorical_crossentropy'" }, "loss", "compares classes", "Use mean squared error" },

  { "activation/one-softmax", TABLE_YES_NO, { "network/1/config/activation", "'softmax'" }, "network/1", "sigmoid", "Use sigmoid" },
  { "activation/one-softmax-mse", TABLE_YES_NO, { "network/1/config/activation", "'softmax'", "loss", "'mse'" }, "network/1", "always gives 1", "Use sigmoid" },
  { "activation/bce-linear", TABLE_YES_NO, { "network/1/config/activation", "'linear'" }, "network/1", "between 0 and 1", "Use sigmoid" },
  { "activation/bce-tanh", TABLE_LABELS, { "network/1/config/activation", "'tanh'" }, "network/1", "between 0 and 1", "Use sigmoid" },
  { "activation/bce-softmax", TABLE_LABELS, { "network/1/config/activation", "'softmax'" }, "network/1", "add up to 1", "Use sigmoid" },
  { "activation/mse-softmax-labels", TABLE_LABELS, { "network/1/config/activation", "'softmax'", "loss", "'mse'" }, "network/1", "add up to 1", "Use sigmoid" },
  { "activation/cce-sigmoid", TABLE_THREE, { "network/1/config/activation", "'sigmoid'" }, "network/1", "use softmax", "Use softmax" },
  { "activation/cce-relu", TABLE_THREE, { "network/1/config/activation", "'relu'" }, "network/1", "use softmax", "Use softmax" },
  { "activation/number-sigmoid", TABLE_NUMBER, { "network/1/config/activation", "'sigmoid'" }, "network/1", "only from 0 to 1, but y", "Use linear" },
  { "activation/number-relu", TABLE_NUMBER, { "network/1/config/activation", "'relu'" }, "network/1", "nothing below 0, but y", "Use linear" },
  { "activation/number-softmax", TABLE_NUMBER, { "network/1/config/activation", "'softmax'" }, "network/1", "always gives 1", "Use linear" },
  { "activation/own-layer", TABLE_THREE,
    { "network", "[" DENSE ("3", "linear") ", {'class_name': 'Activation', 'config': {'activation': 'relu'}}, {'class_name': 'Dropout'}]" }, "network/1", "use softmax", "Use softmax" },
  { "activation/none", TABLE_THREE, { "network", "[{'class_name': 'Dropout'}]" }, "network/0", "3 classes", "Add a Dense layer with 3 units" },

  { "metric/accuracy-number", TABLE_NUMBER, { "metrics", "['accuracy']" }, "metrics/0", "never quite right", "Use mean absolute error" },
  { "metric/accuracy-number-too", TABLE_NUMBER, { "metrics", "['mae', 'accuracy']" }, "metrics/1", "never quite right", "Remove accuracy" },
  { "metric/sparse", TABLE_THREE, { "metrics", "['sparse_categorical_accuracy']" }, "metrics/0", "number of the class", "Use accuracy" },
  { "metric/categorical-one", TABLE_YES_NO, { "metrics", "['categorical_accuracy']" }, "metrics/0", "there is only one", "Use accuracy" },

  { "callback/not-measured", TABLE_NUMBER, { "callbacks/0", "{'class_name': 'EarlyStopping', 'config': {'monitor': 'val_accuracy'}}" }, "callbacks/0",
    "“val_accuracy”, which is not measured", "Watch “val_loss”" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamExperiment) experiment = edited (test->kind, test->edits);
  g_autoptr(CamDataset) dataset = small_dataset (test->kind);
  g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, dataset);
  g_autoptr(CamExperiment) mended = NULL;
  const CamProblem *first;

  g_assert_cmpuint (problems->len, >, 0);
  first = g_ptr_array_index (problems, 0);
  g_assert_cmpstr (first->where, ==, test->where);
  g_assert_cmpstr (first->fix_title, ==, test->fix_title);
  if (strstr (first->message, test->message) == NULL)
    g_error ("“%s” is not in: %s", test->message, first->message);

  mended = mend (g_steal_pointer (&experiment), dataset);
  g_assert_true (can_fit (mended, dataset, &error));
  g_assert_no_error (error);
}

/* Unusual, but somebody's choice. */
static void
test_unusual (void)
{
  static const struct { TableKind kind; const char *edits[9]; } choices[] = {
    { TABLE_YES_NO, { "loss", "'mse'" } },
    { TABLE_THREE, { "loss", "'mae'" } },
    { TABLE_THREE, { "loss", "'mse'", "network/1/config/activation", "'sigmoid'" } },
    { TABLE_YES_NO, { "metrics", "['mae', 'binary_accuracy']" } },
    { TABLE_NUMBER, { "network/1/config/activation", "'leaky_relu'" } },
    { TABLE_NUMBER, { "fit/batch_size", "100000" } },
    { TABLE_NUMBER, { "metrics", "[]" } },
    { TABLE_THREE, { "metrics", "['categorical_accuracy', 'mse']" } },
    { TABLE_YES_NO, { "callbacks/0", "{'class_name': 'EarlyStopping', 'config': {'monitor': 'val_accuracy'}}" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CamExperiment) experiment = edited (choices[i].kind, choices[i].edits);
      g_autoptr(CamDataset) dataset = small_dataset (choices[i].kind);
      g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, dataset);
      g_autofree char *list = list_problems (problems);

      g_assert_cmpstr (list, ==, "");
      g_assert_true (can_fit (experiment, dataset, &error));
      g_assert_no_error (error);
    }
}

/* Without data only what no data could mend. */
static void
test_without_data (void)
{
  static const struct { TableKind kind; const char *edits[9], *where; } places[] = {
    { TABLE_YES_NO, { "network/1/config/units", "7" }, NULL },
    { TABLE_YES_NO, { "loss", "'mse'" }, NULL },
    { TABLE_YES_NO, { "network/1/config/activation", "'softmax'" }, "network/1" },
    { TABLE_THREE, { "network/1/config/activation", "'relu'" }, "network/1" },
    { TABLE_YES_NO, { "data/target", NULL }, "data/target" },
    { TABLE_YES_NO, { "data/target", "[]" }, "data/target" },
    { TABLE_YES_NO, { "data/target", NULL, "data/columns/y/role", "'target'" }, NULL },
    { TABLE_YES_NO, { "network", "[]" }, "network" },
    { TABLE_YES_NO, { "metrics", "[]", "callbacks/0", "{'class_name': 'EarlyStopping', 'config': {'monitor': 'val_accuracy'}}" }, "callbacks/0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr(CamExperiment) experiment = edited (places[i].kind, places[i].edits);
      g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, NULL);

      g_assert_cmpuint (problems->len, ==, places[i].where != NULL);
      if (places[i].where != NULL)
        g_assert_cmpstr (((const CamProblem *) g_ptr_array_index (problems, 0))->where, ==, places[i].where);
    }
}

static void
test_no_validation (void)
{
  const char *edits[] = { "callbacks/0", "{'class_name': 'EarlyStopping', 'config': {'monitor': 'val_mean_absolute_error'}}", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(CamTable) table = small_table (TABLE_NUMBER);
  g_autoptr(CamExperiment) experiment = edited (TABLE_NUMBER, edits);
  g_autoptr(json_t) split = parse_json ("{'train': 0.8, 'validation': 0, 'test': 0.2}");
  g_autoptr(CamDataset) dataset = cam_dataset_new (table, cam_experiment_get_data (experiment), split, &error);
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(CamExperiment) mended = NULL;

  g_assert_no_error (error);
  problems = cam_experiment_check (experiment, dataset);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (((const CamProblem *) g_ptr_array_index (problems, 0))->message, "no validation rows"));
  mended = mend (g_steal_pointer (&experiment), dataset);
  g_assert_cmpstr (json_string_value (cam_experiment_peek (mended, "callbacks/0/config/monitor")), ==, "mean_absolute_error");
  g_assert_true (can_fit (mended, dataset, &error));
}

/* A shape that does not fit, and a batch that does not fit into memory. */
static void
test_large (void)
{
  const char *weights[] = { "network", "[" DENSE ("65536", "relu") ", " DENSE ("65536", "relu") ", " DENSE ("1", "linear") "]", NULL };
  g_autoptr(CamExperiment) experiment = edited (TABLE_NUMBER, weights);
  g_autoptr(CamDataset) dataset = small_dataset (TABLE_NUMBER);
  g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, dataset);

  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (((const CamProblem *) g_ptr_array_index (problems, 0))->where, ==, "network/1");
}

static void
test_large_batch (void)
{
  g_autoptr(GString) csv = g_string_new ("a,y\n");
  g_autoptr(GString) layers = g_string_new ("[");
  g_autoptr(GError) error = NULL;
  g_autoptr(CamTable) table = NULL;
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(CamExperiment) mended = NULL;
  g_autoptr(GPtrArray) problems = NULL;
  const char *edits[] = { "network", NULL, "fit/batch_size", "40000", NULL };

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (csv, "%u,%u\n", i % 100, (i * 7) % 100);
  g_string_append (layers, DENSE ("20000", "linear"));
  for (guint i = 0; i < 5; i++)
    g_string_append (layers, ", {'class_name': 'Dropout'}");
  g_string_append (layers, ", " DENSE ("1", "linear") "]");
  edits[1] = layers->str;

  table = csv_table (csv->str);
  experiment = edited (TABLE_NUMBER, edits);
  dataset = cam_dataset_new (table, cam_experiment_get_data (experiment), NULL, &error);
  g_assert_no_error (error);
  problems = cam_experiment_check (experiment, dataset);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (((const CamProblem *) g_ptr_array_index (problems, 0))->where, ==, "fit/batch_size");
  mended = mend (g_steal_pointer (&experiment), dataset);
  g_assert_cmpuint (cam_experiment_get_batch_size (mended), ==, 16384);
}

/* Another target: what was sound for one task is mended for any other by the offered edits, to what that task usually has. */
static void
test_every_task_to_every_other (void)
{
  for (TableKind from = 0; from < N_TABLES; from++)
    for (TableKind to = 0; to < N_TABLES; to++)
      {
        g_autoptr(GError) error = NULL;
        g_autoptr(CamDataset) dataset = small_dataset (to);
        g_autoptr(CamExperiment) usual = sound_experiment (to);
        g_autoptr(CamExperiment) mended = mend (sound_experiment (from), dataset);

        g_assert_true (json_equal (cam_experiment_get_network (mended), cam_experiment_get_network (usual)));
        g_assert_true (json_equal (cam_experiment_get_loss (mended), cam_experiment_get_loss (usual)));
        g_assert_true (json_equal (cam_experiment_get_metrics (mended), cam_experiment_get_metrics (usual)));
        g_assert_true (can_fit (mended, dataset, &error));
        g_assert_no_error (error);
      }
}

/* What is passed the engine takes; what is not can be mended, and is then taken. Returns whether it was passed. */
static gboolean
check_choice (TableKind   kind,
              CamDataset *dataset,
              const char *activation,
              const char *loss,
              const char *metric)
{
  g_autofree char *activation_text = g_strdup_printf ("'%s'", activation);
  g_autofree char *loss_text = g_strdup_printf ("'%s'", loss);
  g_autofree char *metric_text = g_strdup_printf ("['%s']", metric);
  const char *edits[] = { "network/1/config/activation", activation_text, "loss", loss_text, "metrics", metric_text, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(CamExperiment) experiment = edited (kind, edits);
  g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, dataset);

  if (problems->len > 0)
    experiment = mend (experiment, dataset);
  if (!can_fit (experiment, dataset, &error))
    g_error ("table %u, %s, %s, %s: %s", kind, activation, loss, metric, error->message);

  return problems->len == 0;
}

/* Every last activation with every loss, and every metric, on every task. */
static void
test_all_together (void)
{
  const CamKind *const *losses = cam_kind_list (CAM_KIND_LOSS), *const *metrics = cam_kind_list (CAM_KIND_METRIC);
  guint n = 0, n_sound = 0;

  for (TableKind kind = 0; kind < N_TABLES; kind++)
    {
      g_autoptr(CamDataset) dataset = small_dataset (kind);
      g_autoptr(CamExperiment) usual = sound_experiment (kind);
      const char *loss = json_string_value (cam_experiment_get_loss (usual));
      const char *metric = json_string_value (cam_experiment_peek (usual, "metrics/0"));
      const char *activation = json_string_value (cam_experiment_peek (usual, "network/1/config/activation"));

      for (guint a = 0; cam_activation_names[a] != NULL; a++)
        for (guint l = 0; losses[l] != NULL; l++, n++)
          n_sound += check_choice (kind, dataset, cam_activation_names[a], losses[l]->name, metric);
      for (guint m = 0; metrics[m] != NULL; m++, n++)
        n_sound += check_choice (kind, dataset, activation, loss, metrics[m]->name);
    }
  g_assert_cmpuint (n_sound, >, 0);
  g_assert_cmpuint (n_sound, <, n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment/check/sound", test_sound);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/check/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/experiment/check/unusual", test_unusual);
  g_test_add_func ("/experiment/check/without-data", test_without_data);
  g_test_add_func ("/experiment/check/no-validation", test_no_validation);
  g_test_add_func ("/experiment/check/large", test_large);
  g_test_add_func ("/experiment/check/large-batch", test_large_batch);
  g_test_add_func ("/experiment/check/every-task-to-every-other", test_every_task_to_every_other);
  g_test_add_func ("/experiment/check/all-together", test_all_together);

  return g_test_run ();
}
