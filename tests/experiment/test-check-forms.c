/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps sequences, texts, images and autoencoders from being run: told in a sentence, with a cure after which they can. */
#include <cam-fit.h>
#include <string.h>

#include "sample-table.h"

#define DENSE(units, activation) "{'class_name': 'Dense', 'config': {'units': " units ", 'activation': '" activation "'}}"

typedef struct
{
  const char *name;
  const char *row;                 /* of sixty: %u stands for its number, %s for one of two sentences */
  const char *header;
  const char *data, *split, *network, *loss, *metrics;
  const char *where, *message, *fix_title;
} Case;

static const Case cases[] = {
  { "random-sequence", "%u", "y", "{'target': ['y'], 'sequence': {'length': 3}}", "{'method': 'random'}", "[{'class_name': 'LSTM', 'config': {'units': 2}}, " DENSE ("1", "linear") "]", "mse", "[]",
    "split/method", "learn from the future", "Split in order" },
  { "steps-of-sequence", "%u", "y", "{'target': ['y'], 'sequence': {'length': 3, 'horizon': 2}}", "{'method': 'ordered'}", "[{'class_name': 'LSTM', 'config': {'units': 2}}, " DENSE ("1", "linear") "]", "mse", "[]",
    "network/1", "2 columns are to be predicted", "Set 2 units" },
  { "small-embedding", "%s,%u", "s,y", "{'target': ['y'], 'columns': {'s': {'kind': 'text', 'role': 'feature'}}, 'text': {'length': 4}}", "{'method': 'random'}",
    "[{'class_name': 'Embedding', 'config': {'input_dim': 3, 'output_dim': 2}}, {'class_name': 'Flatten'}, " DENSE ("1", "linear") "]", "mse", "[]",
    "network/0", "has 3 indices, but the text has 7 words", "Set 7 indices" },
  { "autoencoder-units", "%u,%u,%u,%u", "a,b,c,d", "{'task': 'autoencoder', 'preparation': {'scaling': 'standard'}}", "{'method': 'random'}", "[" DENSE ("2", "relu") ", " DENSE ("3", "linear") "]", "mse", "[]",
    "network/1", "gives back the 4 numbers", "Set 4 units" },
  { "autoencoder-shape", "%u,%u,%u,%u", "a,b,c,d", "{'task': 'autoencoder', 'preparation': {'scaling': 'standard'}, 'image': {'height': 2, 'width': 2}}", "{'method': 'random'}",
    "[{'class_name': 'Flatten'}, " DENSE ("2", "relu") ", " DENSE ("4", "linear") "]", "mse", "[]", "network/2", "gives back what it gets, (None, 2, 2, 1)", "Add a Reshape layer" },
  { "autoencoder-loss", "%u,%u", "a,b", "{'task': 'autoencoder', 'preparation': {'scaling': 'standard'}}", "{'method': 'random'}", "[" DENSE ("2", "linear") "]", "categorical_crossentropy", "[]",
    "loss", "the input is a number", "Use mean squared error" },
  { "autoencoder-range", "%u,%u", "a,b", "{'task': 'autoencoder', 'preparation': {'scaling': 'standard'}}", "{'method': 'random'}", "[" DENSE ("2", "sigmoid") "]", "mse", "[]",
    "network/0", "only from 0 to 1, but the input", "Use linear" },
  { "autoencoder-metric", "%u,%u", "a,b", "{'task': 'autoencoder', 'preparation': {'scaling': 'standard'}}", "{'method': 'random'}", "[" DENSE ("2", "linear") "]", "mse", "['accuracy']",
    "metrics/0", "never quite right", "Use mean absolute error" },
};

static CamTable *
make_table (const Case *self)
{
  g_autoptr(GString) text = g_string_new (self->header);

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr(GString) row = g_string_new (self->row);
      g_autofree char *number = g_strdup_printf ("%u", i * 7 % 60);

      g_string_replace (row, "%u", number, 0);
      g_string_replace (row, "%s", i % 2 == 0 ? "one two three" : "three four five", 0);
      g_string_append_printf (text, "\n%s", row->str);
    }

  return csv_table (text->str);
}

static CamExperiment *
make_experiment (const Case *self)
{
  g_autofree char *text = g_strdup_printf ("{'camadas': 1, 'data': %s, 'split': %s, 'network': %s, 'loss': '%s', 'metrics': %s}", self->data, self->split, self->network, self->loss, self->metrics);

  return parse_experiment (text);
}

static CamDataset *
make_dataset (CamTable            *table,
              const CamExperiment *experiment)
{
  return cam_dataset_new (table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), NULL);
}

/* The engine takes it too. */
static void
check_fit (const CamExperiment *experiment,
           const CamDataset    *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamShape input = cam_preparation_get_input_shape (preparation);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamNetwork) network = cam_network_new (&input, cam_experiment_get_network (experiment), &error);
  CamFitSettings settings = { .loss = cam_experiment_get_loss (experiment), .metrics = cam_experiment_get_metrics (experiment), .optimizer = cam_experiment_get_optimizer (experiment),
                              .batch_size = 16, .epochs = 1, .n_threads = 1 };
  CamSamples samples = { .x = cam_dataset_get_x (dataset, CAM_PART_TRAIN), .y = cam_dataset_get_y (dataset, CAM_PART_TRAIN), .n_rows = cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN),
                         .x_size = cam_preparation_get_n_inputs (preparation), .y_size = cam_preparation_get_n_outputs (preparation) };
  g_autoptr(CamFit) fit = NULL;
  CamFitOutcome outcome = { 0 };

  g_assert_no_error (error);
  cam_network_initialise (network, 1);
  fit = cam_fit_new (network, &settings, &samples, NULL, &error);
  g_assert_no_error (error);
  cam_fit_run (fit, NULL, NULL, &outcome);
  g_assert_cmpint (outcome.end, ==, CAM_FIT_FINISHED);
  cam_fit_outcome_clear (&outcome);
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_autoptr(CamTable) table = make_table (self);
  g_autoptr(CamExperiment) experiment = make_experiment (self);
  g_autoptr(CamDataset) dataset = NULL;

  for (guint round = 0; round < 4; round++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) problems = NULL;
      CamExperiment *mended;
      const CamProblem *first;

      g_clear_pointer (&dataset, cam_dataset_unref);
      dataset = make_dataset (table, experiment);
      problems = cam_experiment_check (experiment, dataset);
      if (problems->len == 0)
        break;
      first = g_ptr_array_index (problems, 0);
      g_test_message ("%s: %s [%s]", first->where, first->message, first->fix_title);
      if (round == 0)
        {
          g_assert_cmpstr (first->where, ==, self->where);
          g_assert_nonnull (strstr (first->message, self->message));
          g_assert_cmpstr (first->fix_title, ==, self->fix_title);
        }
      mended = cam_experiment_with (experiment, first->fix_path, first->fix_value, &error);
      g_assert_no_error (error);
      cam_experiment_unref (experiment);
      experiment = mended;
      g_assert_cmpuint (round, <, 3);
    }
  g_assert_nonnull (dataset);
  check_fit (experiment, dataset);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/check-forms/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
