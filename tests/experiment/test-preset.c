/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The presets on every sample: the ones that suit its rows are offered, each passes the check and trains. */
#include <cam-fit.h>
#include <cam-preset.h>
#include <cam-source.h>
#include <math.h>
#include <string.h>

#include "sample-table.h"

/* @presets: ids in their order, the proposed one with a star. */
static const struct { const char *document, *presets; } samples[] = {
  { "asteroid-flyby.json", "linear small medium* deep" },
  { "banknotes.json", "linear small medium* deep" },
  { "breast-cancer.json", "linear small medium* deep" },
  { "energy-efficiency.json", "linear small medium* deep" },
  { "iris.json", "linear small medium* deep" },
  { "irrigation.json", "linear small medium* deep" },
  { "penguins.json", "linear small medium* deep" },
  { "digits-cnn.json", "pixels small-cnn* deep-cnn" },
  { "co2.json", "conv1d gru lstm* two-lstms" },
  { "sunspots.json", "conv1d gru lstm* two-lstms" },
  { "sentiment.json", "embedding-pooling embedding-conv1d embedding-gru*" },
  { "digits-autoencoder.json", "shallow-autoencoder deep-autoencoder*" },
};

static CamExperiment *
open_sample (const char  *document,
             CamDataset **dataset)
{
  g_autofree char *path = g_build_filename (g_getenv ("CAM_SAMPLES"), document, NULL);
  g_autoptr(GError) error = NULL;
  CamExperiment *experiment = cam_experiment_load (path, &error);
  g_autoptr(json_t) kinds = NULL;
  CamCsvResult *file;

  g_assert_no_error (error);
  kinds = cam_source_kinds (cam_experiment_get_data (experiment));
  file = cam_source_read (cam_experiment_get_file (experiment), NULL, kinds, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  *dataset = cam_dataset_new (file->table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), &error);
  g_assert_no_error (error);
  cam_csv_result_free (file);
  return experiment;
}

static CamExperiment *
edit (CamExperiment *experiment,    /* taken */
      const char    *path,
      const char    *value)
{
  g_autoptr(json_t) json = parse_json (value);
  g_autoptr(GError) error = NULL;
  CamExperiment *changed = cam_experiment_with (experiment, path, json, &error);

  g_assert_no_error (error);
  cam_experiment_unref (experiment);
  return changed;
}

/* One epoch, of a few batches: its loss is a number. */
static void
train (const CamPreset *preset,
       CamDataset      *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamExperiment *experiment = preset->experiment;
  CamShape input = cam_preparation_get_input_shape (preparation);
  CamSamples rows = {
    .x = cam_dataset_get_x (dataset, CAM_PART_TRAIN), .y = cam_dataset_get_y (dataset, CAM_PART_TRAIN), .n_rows = MIN (cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN), 128),
    .x_size = cam_preparation_get_n_inputs (preparation), .y_size = cam_preparation_get_n_outputs (preparation),
  };
  CamFitSettings settings = {
    .loss = cam_experiment_get_loss (experiment), .metrics = cam_experiment_get_metrics (experiment), .optimizer = cam_experiment_get_optimizer (experiment),
    .callbacks = cam_experiment_get_callbacks (experiment), .batch_size = 32, .epochs = 1, .n_threads = 1,
  };
  g_autoptr(GError) error = NULL;
  CamNetwork *network = cam_network_new (&input, cam_experiment_get_network (experiment), &error);
  CamFitHooks hooks = { NULL };
  CamFitOutcome outcome = { 0 };
  CamFit *fit;

  g_assert_no_error (error);
  g_assert_cmpuint (cam_network_get_n_params (network), ==, preset->n_params);
  cam_network_initialise (network, 1);
  fit = cam_fit_new (network, &settings, &rows, &rows, &error);
  g_assert_no_error (error);
  cam_fit_run (fit, &hooks, NULL, &outcome);
  if (outcome.end == CAM_FIT_DIVERGED)
    g_error ("%s diverged: %s", preset->id, outcome.message);
  cam_fit_outcome_clear (&outcome);
  cam_fit_free (fit);
  cam_network_free (network);
}

static char *
list_ids (GPtrArray *presets)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < presets->len; i++)
    {
      const CamPreset *preset = g_ptr_array_index (presets, i);

      g_string_append_printf (ids, "%s%s%s", i > 0 ? " " : "", preset->id, preset->is_proposed ? "*" : "");
    }
  return g_string_free (ids, FALSE);
}

static void
test_sample (gconstpointer data)
{
  guint s = GPOINTER_TO_UINT (data);
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(CamExperiment) experiment = open_sample (samples[s].document, &dataset);
  g_autoptr(GPtrArray) presets = cam_preset_list (experiment, dataset);
  g_autofree char *ids = list_ids (presets);

  g_assert_cmpstr (ids, ==, samples[s].presets);
  for (guint i = 0; i < presets->len; i++)
    {
      const CamPreset *preset = g_ptr_array_index (presets, i);
      g_autoptr(GPtrArray) problems = cam_experiment_check (preset->experiment, dataset);

      g_assert_cmpuint (problems->len, ==, 0);
      g_assert_cmpuint (preset->n_params, >, 0);
      g_assert_true (*preset->title != '\0' && *preset->note != '\0');
      /* What goes with the network stays. */
      g_assert_true (json_equal (cam_experiment_get_loss (preset->experiment), cam_experiment_get_loss (experiment)));
      g_assert_true (json_equal (cam_experiment_get_metrics (preset->experiment), cam_experiment_get_metrics (experiment)));
      g_assert_true (json_equal (cam_experiment_get_data (preset->experiment), cam_experiment_get_data (experiment)));
      train (preset, dataset);
    }
}

/* Images given back in their shape; no convolution where the sizes do not come out again. */
static void
test_given_back (void)
{
  static const struct { const char *document, *image, *presets; } backs[] = {
    { "digits-cnn.json", NULL, "shallow-autoencoder conv-autoencoder deep-autoencoder*" },
    { "digits-cnn.json", "{'height': 2, 'width': 32, 'channels': 1}", "shallow-autoencoder deep-autoencoder*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (backs); i++)
    {
      g_autoptr(CamDataset) dataset = NULL;
      g_autoptr(CamDataset) images = NULL;
      g_autoptr(CamExperiment) experiment = open_sample (backs[i].document, &images);
      g_autoptr(GPtrArray) presets = NULL;
      g_autofree char *ids = NULL;
      g_autoptr(GError) error = NULL;
      CamCsvResult *file = cam_source_read (cam_experiment_get_file (experiment), NULL, NULL, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      experiment = edit (g_steal_pointer (&experiment), "data/task", "'autoencoder'");
      if (backs[i].image != NULL)
        experiment = edit (g_steal_pointer (&experiment), "data/image", backs[i].image);
      dataset = cam_dataset_new (file->table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), &error);
      g_assert_no_error (error);
      cam_csv_result_free (file);
      presets = cam_preset_list (experiment, dataset);
      ids = list_ids (presets);
      g_assert_cmpstr (ids, ==, backs[i].presets);
      for (guint p = 0; p < presets->len; p++)
        train (g_ptr_array_index (presets, p), dataset);
    }
}

/* From the experiment of another task: loss, metrics and what callbacks watch follow. */
static void
test_other_task (void)
{
  static const struct { const char *loss, *metrics, *callbacks; } odd[] = {
    { "'mse'", "['mae']", "[{'class_name': 'EarlyStopping', 'config': {'monitor': 'val_mean_absolute_error'}}]" },
    { "'bce'", "['auc']", "[{'class_name': 'EarlyStopping', 'config': {'monitor': 'val_auc'}}]" },
    { "'categorical_crossentropy'", "['accuracy']", "[{'class_name': 'EarlyStopping', 'config': {'monitor': 'val_accuracy'}}]" },
    { "'sparse_categorical_crossentropy'", "['sparse_categorical_accuracy']", "[]" },
  };

  for (TableKind kind = 0; kind < N_TABLES; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
      {
        const char *data = kind == TABLE_TWO || kind == TABLE_LABELS ? "{'target': ['y', 'z']}" : "{'target': ['y']}";
        g_autoptr(CamDataset) dataset = small_dataset (kind);
        g_autoptr(CamExperiment) experiment = parse_experiment ("{'camadas': 1, 'data': {}, 'network': []}");
        g_autoptr(GPtrArray) presets = NULL;
        g_autofree char *ids = NULL;

        experiment = edit (g_steal_pointer (&experiment), "data", data);
        experiment = edit (g_steal_pointer (&experiment), "loss", odd[i].loss);
        experiment = edit (g_steal_pointer (&experiment), "metrics", odd[i].metrics);
        experiment = edit (g_steal_pointer (&experiment), "callbacks", odd[i].callbacks);
        presets = cam_preset_list (experiment, dataset);
        ids = list_ids (presets);
        g_assert_cmpstr (ids, ==, "linear small medium* deep");
        for (guint p = 0; p < presets->len; p++)
          train (g_ptr_array_index (presets, p), dataset);
      }
}

/* A line for numbers, a probability for classes. */
static void
test_titles (void)
{
  static const char *const titles[] = { [TABLE_NUMBER] = "Linear model", [TABLE_TWO] = "Linear model", [TABLE_YES_NO] = "Logistic model", [TABLE_THREE] = "Logistic model",
                                        [TABLE_LABELS] = "Logistic model" };

  for (TableKind kind = 0; kind < N_TABLES; kind++)
    {
      g_autoptr(CamDataset) dataset = small_dataset (kind);
      g_autoptr(CamExperiment) experiment = parse_experiment ("{'camadas': 1, 'data': {'target': ['y']}, 'network': []}");
      g_autoptr(GPtrArray) presets = cam_preset_list (experiment, dataset);

      g_assert_cmpstr (((const CamPreset *) g_ptr_array_index (presets, 0))->title, ==, titles[kind]);
    }
}

/* What is wrong elsewhere neither hides the presets nor is changed by them. */
static void
test_other_problems (void)
{
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(CamExperiment) experiment = open_sample ("co2.json", &dataset);
  g_autoptr(GPtrArray) presets = NULL;

  experiment = edit (g_steal_pointer (&experiment), "split/method", "'random'");
  presets = cam_preset_list (experiment, dataset);
  g_assert_cmpuint (presets->len, ==, 4);
  for (guint i = 0; i < presets->len; i++)
    g_assert_true (json_equal (cam_experiment_get_split (((const CamPreset *) g_ptr_array_index (presets, i))->experiment), cam_experiment_get_split (experiment)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/preset/", samples[i].document, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_sample);
    }
  g_test_add_func ("/experiment/preset/given-back", test_given_back);
  g_test_add_func ("/experiment/preset/other-task", test_other_task);
  g_test_add_func ("/experiment/preset/titles", test_titles);
  g_test_add_func ("/experiment/preset/other-problems", test_other_problems);

  return g_test_run ();
}
