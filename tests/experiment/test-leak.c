/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No preparation step lets anything of the rows kept back into what a network learns from: statistics, levels and words are those of the training rows alone, and targets dealt out by
 * chance are told no better than by chance. */
#include <cam-fit.h>
#include <cam-rng.h>
#include <math.h>
#include <string.h>

#include "sample-table.h"

#define N_ROWS 1200

/* A table in which a, b, the colour and the flag tell y, with gaps, outliers and ties; dealt anew where @is_shuffled, so that nothing tells it. */
static CamTable *
make_table (gboolean is_shuffled,
            guint64  seed)
{
  static const char *const colours[] = { "red", "green", "blue" };
  g_autoptr(GString) text = g_string_new ("a,b,colour,sure,level,y\n");
  g_autofree guint32 *order = g_new (guint32, N_ROWS);
  g_autofree gboolean *answers = g_new (gboolean, N_ROWS);
  g_auto(GStrv) rows = g_new0 (char *, N_ROWS + 1);
  CamRng rng;

  cam_rng_init (&rng, seed, 1);
  for (guint i = 0; i < N_ROWS; i++)
    {
      double a = cam_rng_normal (&rng), b = cam_rng_normal (&rng);
      guint colour = (guint) (cam_rng_uniform (&rng) * 3.0);
      g_autofree char *gap = i % 11 == 3 ? g_strdup ("") : g_strdup_printf ("%.3f", a);

      answers[i] = a + 0.7 * b + (double) colour - 1.0 > 0.0;
      order[i] = i;
      rows[i] = g_strdup_printf ("%s,%.3f,%s,%s,%u", gap, i % 97 == 5 ? 1000.0 * b : b, i % 13 == 6 ? "" : colours[colour], i % 2 == 0 ? "yes" : "no", i % 7);
    }
  if (is_shuffled)
    cam_rng_shuffle (&rng, order, N_ROWS);
  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (text, "%s,%s\n", rows[i], answers[order[i]] ? "good" : "bad");

  return csv_table (text->str);
}

/* The accuracy on the test part, after some epochs of a small network. */
static double
learn (const CamDataset *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamShape input = cam_preparation_get_input_shape (preparation);
  g_autoptr(json_t) layers = parse_json ("[{'class_name': 'Dense', 'config': {'units': 16, 'activation': 'relu'}}, {'class_name': 'Dense', 'config': {'units': 1, 'activation': 'sigmoid'}}]");
  g_autoptr(json_t) loss = json_string ("binary_crossentropy"), metrics = parse_json ("['accuracy']"), optimizer = parse_json ("{'class_name': 'Adam', 'config': {'learning_rate': 0.01}}");
  g_autoptr(GError) error = NULL;
  g_autoptr(CamNetwork) network = cam_network_new (&input, layers, &error);
  CamFitSettings settings = { .loss = loss, .metrics = metrics, .optimizer = optimizer, .batch_size = 32, .epochs = 12, .shuffle = TRUE, .seed = 42, .n_threads = 1 };
  CamSamples samples[CAM_N_PARTS];
  CamFitOutcome outcome = { 0 };
  g_autoptr(CamFit) fit = NULL;
  g_auto(GStrv) keys = NULL;
  g_autofree double *values = NULL;

  g_assert_no_error (error);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    samples[p] = (CamSamples) { .x = cam_dataset_get_x (dataset, p), .y = cam_dataset_get_y (dataset, p), .n_rows = cam_dataset_get_n_rows (dataset, p),
                                .x_size = cam_preparation_get_n_inputs (preparation), .y_size = cam_preparation_get_n_outputs (preparation) };
  cam_network_initialise (network, 42);
  fit = cam_fit_new (network, &settings, &samples[CAM_PART_TRAIN], NULL, &error);
  g_assert_no_error (error);
  cam_fit_run (fit, NULL, NULL, &outcome);
  g_assert_cmpint (outcome.end, ==, CAM_FIT_FINISHED);
  keys = cam_evaluate (network, loss, metrics, NULL, &samples[CAM_PART_TEST], 32, &values, &error);
  g_assert_no_error (error);
  cam_fit_outcome_clear (&outcome);

  return values[1];
}

typedef struct { const char *scaling, *missing, *coding; } Steps;

static const Steps steps[] = {
  { "none", "drop", "one-hot" },        { "standard", "mean", "ordinal" },       { "min-max", "median", "one-hot" },  { "robust", "most_frequent", "ordinal" },
  { "standard", "constant", "one-hot" }, { "min-max", "previous", "ordinal" },   { "robust", "mean", "one-hot" },     { "standard", "previous", "one-hot" },
};

static json_t *
make_data (const Steps *self)
{
  return json_pack ("{s:[s], s:{s:s, s:s, s:s, s:b}, s:{s:{s:s}}}", "target", "y", "preparation", "scaling", self->scaling, "missing", self->missing, "coding", self->coding, "flag", 1,
                    "columns", "level", "kind", "category");
}

/* What can be learnt is learnt; dealt out by chance it is not: half of 300 test rows, give or take four deviations of 2.9 per cent. */
static void
test_chance (gconstpointer data)
{
  g_autoptr(json_t) section = make_data (data), split = parse_json ("{'method': 'stratified', 'train': 0.5, 'validation': 0.25, 'test': 0.25, 'seed': 7}");

  for (guint is_shuffled = 0; is_shuffled < 2; is_shuffled++)
    {
      g_autoptr(CamTable) table = make_table (is_shuffled != 0, 3);
      g_autoptr(GError) error = NULL;
      g_autoptr(CamDataset) dataset = cam_dataset_new (table, section, split, &error);
      double accuracy;

      g_assert_no_error (error);
      accuracy = learn (dataset);
      g_test_message ("%s: %.3f", is_shuffled ? "shuffled" : "as it is", accuracy);
      if (is_shuffled)
        g_assert_cmpfloat (fabs (accuracy - 0.5), <, 4 * 0.029);
      else
        g_assert_cmpfloat (accuracy, >, 0.75);
    }
}

/* Fitted on a table that has the training rows alone, a preparation is the same to the last digit. */
static void
check_alone (CamTable     *table,
             const json_t *data,
             const json_t *split)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = cam_dataset_new (table, data, split, &error);
  g_autoptr(CamTable) own = NULL;
  g_autoptr(CamDataset) alone = NULL;
  g_autoptr(json_t) all_train = parse_json ("{'method': 'ordered', 'train': 1}");
  g_autoptr(json_t) expected = NULL, given = NULL;
  g_autofree char *expected_text = NULL, *given_text = NULL;

  g_assert_no_error (error);
  own = cam_table_new_from_rows (table, cam_dataset_get_rows (dataset, CAM_PART_TRAIN), cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN));
  alone = cam_dataset_new (own, data, all_train, &error);
  g_assert_no_error (error);
  expected = cam_preparation_to_json (cam_dataset_get_preparation (alone));
  given = cam_preparation_to_json (cam_dataset_get_preparation (dataset));
  expected_text = cam_json_dump (expected, FALSE);
  given_text = cam_json_dump (given, FALSE);
  g_assert_cmpstr (given_text, ==, expected_text);
}

static void
test_alone (gconstpointer data)
{
  g_autoptr(CamTable) table = make_table (FALSE, 5);
  g_autoptr(json_t) section = make_data (data), split = parse_json ("{'method': 'stratified', 'train': 0.5, 'validation': 0.25, 'test': 0.25, 'seed': 7}");

  check_alone (table, section, split);
}

static void
test_words_alone (void)
{
  g_autoptr(CamTable) table = sample_table ("sentiment.csv");
  g_autoptr(json_t) data = parse_json ("{'target': ['positive'], 'task': 'binary', 'columns': {'source': {'role': 'ignored'}, 'sentence': {'role': 'feature', 'kind': 'text'}},"
                                       " 'text': {'vocabulary': 1000, 'length': 20}}");
  g_autoptr(json_t) split = parse_json ("{'method': 'stratified', 'train': 0.7, 'validation': 0.15, 'test': 0.15}");

  check_alone (table, data, split);
}

/* Whatever comes after the training rows of a series changes neither the preparation nor the windows to learn from. */
static void
test_future (void)
{
  g_autoptr(json_t) data = parse_json ("{'columns': {'y': {'role': 'target', 'scaling': 'standard', 'missing': 'previous'}}, 'preparation': {'scaling': 'robust', 'missing': 'mean', 'flag': true},"
                                       " 'sequence': {'length': 4, 'horizon': 2}}");
  g_autoptr(json_t) split = parse_json ("{'method': 'ordered', 'train': 0.5, 'validation': 0.25, 'test': 0.25}");
  g_auto(GStrv) printed = g_new0 (char *, 3);
  g_autoptr(CamDataset) first = NULL, second = NULL;
  gsize n;

  for (guint k = 0; k < 2; k++)
    {
      g_autoptr(GString) text = g_string_new ("a,y\n");
      g_autoptr(CamTable) table = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) json = NULL;
      CamDataset *dataset;

      for (guint i = 0; i < 80; i++)
        g_string_append_printf (text, "%s,%s\n", i % 9 == 4 ? "" : i >= 40 && k == 1 ? "1e6" : i % 2 == 0 ? "1.5" : "2", i % 17 == 8 ? "" : i >= 40 && k == 1 ? "-77" : i % 3 == 0 ? "4" : "6.5");
      table = csv_table (text->str);
      dataset = cam_dataset_new (table, data, split, &error);
      g_assert_no_error (error);
      json = cam_preparation_to_json (cam_dataset_get_preparation (dataset));
      printed[k] = cam_json_dump (json, FALSE);
      *(k == 0 ? &first : &second) = dataset;
    }

  g_assert_cmpstr (printed[0], ==, printed[1]);
  n = cam_dataset_get_n_rows (first, CAM_PART_TRAIN);
  g_assert_cmpuint (n, >, 20);
  g_assert_cmpmem (cam_dataset_get_x (first, CAM_PART_TRAIN), n * 12 * sizeof (float), cam_dataset_get_x (second, CAM_PART_TRAIN), cam_dataset_get_n_rows (second, CAM_PART_TRAIN) * 12 * sizeof (float));
  g_assert_cmpmem (cam_dataset_get_y (first, CAM_PART_TRAIN), n * 2 * sizeof (float), cam_dataset_get_y (second, CAM_PART_TRAIN), n * 2 * sizeof (float));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *chance = g_strdup_printf ("/experiment/leak/chance/%s-%s-%s", steps[i].scaling, steps[i].missing, steps[i].coding);
      g_autofree char *alone = g_strdup_printf ("/experiment/leak/alone/%s-%s-%s", steps[i].scaling, steps[i].missing, steps[i].coding);

      g_test_add_data_func (chance, &steps[i], test_chance);
      g_test_add_data_func (alone, &steps[i], test_alone);
    }
  g_test_add_func ("/experiment/leak/words", test_words_alone);
  g_test_add_func ("/experiment/leak/future", test_future);

  return g_test_run ();
}
