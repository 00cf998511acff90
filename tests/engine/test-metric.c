/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metrics against values recorded from Keras 3 (tests/data/golden/metrics.json): every recorded row, fed in two parts, without and with weights of rows. */
#include <cam-fit-private.h>
#include <string.h>

#include "golden.h"

/* Keras's class Accuracy compares numbers for equality, which no output of a network meets; here it is another spelling of the name "accuracy", which stands for one of three others. */
static const char *const left_out[] = { "Accuracy", NULL };

typedef struct
{
  const json_t *row;
  float        *y, *p, *weights;
  gsize         n, y_size, p_size;
} Recorded;

static void
recorded_init (Recorded     *self,
               const json_t *json,
               const json_t *row)
{
  self->row = row;
  self->y = golden_floats (json_object_get (row, "y_true"));
  self->p = golden_floats (json_object_get (row, "y_pred"));
  self->weights = golden_floats (json_object_get (json, "sample_weight"));
  self->n = (gsize) golden_at (row, "pred_shape", 0);
  self->y_size = golden_size (row, "y_true") / self->n;
  self->p_size = golden_size (row, "y_pred") / self->n;
}

static void
recorded_clear (Recorded *self)
{
  g_free (self->y);
  g_free (self->p);
  g_free (self->weights);
}

/* The metric over the first five rows and the others, as a fit takes them. */
static double
run (const Recorded *self,
     const json_t   *config,
     gboolean        is_weighted)
{
  g_autoptr(json_t) metrics = json_pack ("[{s:s, s:O}]", "class_name", golden_text (self->row, "metric"), "config", config);
  g_autoptr(json_t) loss = json_string (self->y_size == self->p_size ? "mse" : "sparse_categorical_crossentropy");
  g_autoptr(json_t) layers = json_pack ("[{s:s, s:{s:i}}]", "class_name", "Dense", "config", "units", (int) self->p_size);
  CamShape shape = cam_shape_vector (1);
  g_autoptr(CamNetwork) network = cam_network_new (&shape, layers, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree double *sums = NULL;
  CamMeasure measure = { 0 };
  double means[2];

  cam_measure_init (&measure, network, loss, is_weighted ? NULL : metrics, is_weighted ? metrics : NULL, self->y_size, &error);
  g_assert_no_error (error);
  sums = g_new0 (double, measure.n_sums);
  cam_measure_add (&measure, &(CamOutputs) { self->y, self->p, NULL, self->weights, NULL, 5 }, sums);
  cam_measure_add (&measure, &(CamOutputs) { self->y + 5 * self->y_size, self->p + 5 * self->p_size, NULL, self->weights + 5, NULL, self->n - 5 }, sums);
  cam_measure_means (&measure, sums, means);
  cam_measure_clear (&measure);

  return means[1];
}

static double
mean_of (const json_t *list)
{
  double sum = 0.0;

  for (gsize i = 0; i < json_array_size (list); i++)
    sum += json_number_value (json_array_get (list, i));

  return sum / (double) json_array_size (list);
}

static void
test_row (gconstpointer data)
{
  g_autoptr(json_t) json = golden_load ("metrics");
  const json_t *row = json_array_get (json_object_get (json, "cases"), GPOINTER_TO_UINT (data));
  const json_t *args = json_object_get (row, "args"), *thresholds = json_object_get (args, "thresholds");
  const char *name = golden_text (row, "metric");
  gboolean is_list = json_array_size (json_object_get (row, "result")) > 1;
  Recorded recorded;

  recorded_init (&recorded, json, row);
  if (is_list && thresholds != NULL)
    /* One metric of Keras with a list of thresholds is one metric for each of them here: a history keeps single numbers. */
    for (gsize i = 0; i < json_array_size (thresholds); i++)
      {
        g_autoptr(json_t) config = json_copy ((json_t *) args);

        json_object_set (config, "thresholds", json_array_get (thresholds, i));
        golden_near (name, i, run (&recorded, config, FALSE), golden_at (row, "result", i), 1e-5);
        golden_near (name, i, run (&recorded, config, TRUE), golden_at (row, "weighted_result", i), 1e-5);
      }
  else
    {
      /* An F-score without an average is a list in Keras, and the mean of that list here. */
      g_assert_true (!is_list || json_object_get (args, "average") == NULL);
      golden_near (name, 0, run (&recorded, args, FALSE), mean_of (json_object_get (row, "result")), 1e-5);
      golden_near (name, 1, run (&recorded, args, TRUE), mean_of (json_object_get (row, "weighted_result")), 1e-5);
    }
  recorded_clear (&recorded);
}

static void
test_keys (void)
{
  static const struct { const char *key; gboolean larger; } cases[] = {
    { "loss", FALSE }, { "val_loss", FALSE }, { "train_loss", FALSE }, { "val_accuracy", TRUE }, { "acc", TRUE }, { "train_auc", TRUE }, { "val_auc_1", TRUE },
    { "weighted_binary_accuracy", TRUE }, { "mean_absolute_error", FALSE }, { "val_r2_score", TRUE }, { "false_positives", FALSE }, { "f1_score", TRUE },
    { "kl_divergence", FALSE }, { "my_pr_auc", TRUE }, { "something", FALSE }, { "logcosh", FALSE }, { "", FALSE }, { "_1", FALSE }, { "12", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cam_history_key_larger_is_better (cases[i].key) != cases[i].larger)
      g_error ("%s", cases[i].key);
}

/* Keys of two metrics with one name, of weighted ones, and of one with a name of its own, as Keras has them. */
static void
test_names (void)
{
  g_autoptr(json_t) metrics = json_pack ("[s, s, {s:s, s:{s:s}}, {s:s, s:{s:s, s:s}}]", "acc", "mse", "class_name", "AUC", "config", "curve", "ROC",
                                         "class_name", "AUC", "config", "curve", "PR", "name", "pr");
  g_autoptr(json_t) weighted = json_pack ("[s, s, s]", "mse", "mse", "mae");
  g_autoptr(json_t) loss = json_string ("mse"), layers = json_pack ("[{s:s, s:{s:i}}]", "class_name", "Dense", "config", "units", 1);
  static const char *const expected[] = { "acc", "mse", "auc", "pr", "weighted_mse", "weighted_mse_1", "mae" };
  CamShape shape = cam_shape_vector (1);
  g_autoptr(CamNetwork) network = cam_network_new (&shape, layers, NULL);
  g_autoptr(GError) error = NULL;
  CamMeasure measure = { 0 };

  cam_measure_init (&measure, network, loss, metrics, weighted, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (measure.names->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (g_ptr_array_index (measure.names, i), ==, expected[i]);
  cam_measure_clear (&measure);
}

/* Predictions outside 0 … 1 and ties with thresholds put nothing outside the sums. */
static void
test_thresholds (void)
{
  static const float y[] = { 1, 0, 1, 0, 1, 0 }, p[] = { 1.5f, -0.5f, 0.0f, 1.0f, 0.5f, NAN };

  for (gsize i = 0; cam_metrics[i] != NULL; i++)
    {
      const CamMetric *metric = cam_metrics[i];
      g_autoptr(json_t) config = cam_fields_complete (metric->kind.fields, NULL, "", NULL);
      g_autofree double *sums = NULL;

      if (metric->values != NULL)
        continue;
      sums = g_new0 (double, metric->n_sums (config, 1) + 1);
      sums[metric->n_sums (config, 1)] = 7.0;
      metric->add (config, &(CamRows) { y, p, NULL, G_N_ELEMENTS (y), 1, 1, NULL, NULL }, sums);
      g_assert_cmpfloat (sums[metric->n_sums (config, 1)], ==, 7.0);
      metric->result (config, 1, sums);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(json_t) json = golden_load ("metrics");
  const json_t *row;
  guint n = 0;
  gsize i;

  g_test_init (&argc, &argv, NULL);
  json_array_foreach (json_object_get (json, "cases"), i, row)
    {
      g_autofree char *path = g_strdup_printf ("/engine/metric/recorded/%02u-%s", (guint) i, golden_text (row, "metric"));

      if (g_strv_contains (left_out, golden_text (row, "metric")))
        continue;
      n++;
      g_test_add_data_func (path, GUINT_TO_POINTER ((guint) i), test_row);
    }
  g_assert_cmpuint (json_array_size (json_object_get (json, "cases")), ==, 57);
  g_assert_cmpuint (n, ==, 56);
  g_test_add_func ("/engine/metric/keys", test_keys);
  g_test_add_func ("/engine/metric/names", test_names);
  g_test_add_func ("/engine/metric/thresholds", test_thresholds);

  return g_test_run ();
}
