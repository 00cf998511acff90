/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Losses against values and gradients recorded from Keras 3 (tests/data/golden/losses.json), every recorded row, by the way that a fit takes: with weights of rows, with masks,
 * for sequences, in parts of a batch. Of the reductions only "sum_over_batch_size" is offered, so that "sum" and "mean_with_sample_weight" of a row are not compared. */
#include <cam-fit-private.h>
#include <string.h>

#include "golden.h"

/* Dice has one value for a whole batch: it is no mean over rows, and so no loss of ours. */
static const char *const left_out[] = { "Dice", NULL };

/* What is compared with @size targets a row: the outputs of a network of that shape, which itself does not run. */
static void
init_measure (CamMeasure   *measure,
              const json_t *loss,
              gsize         n_steps,
              gsize         y_size,
              gsize         p_size,
              const char   *activation)
{
  g_autoptr(json_t) layers = json_pack ("[{s:s, s:{s:i, s:s}}]", "class_name", "Dense", "config", "units", (int) p_size, "activation", activation);
  CamShape shape = n_steps > 1 ? (CamShape) { .n_dims = 2, .dims = { n_steps, 1 } } : cam_shape_vector (1);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamNetwork) network = cam_network_new (&shape, layers, &error);

  g_assert_no_error (error);
  *measure = (CamMeasure) { 0 };
  cam_measure_init (measure, network, loss, NULL, NULL, n_steps * y_size, &error);
  g_assert_no_error (error);
}

static json_t *
make_loss (const json_t *row)
{
  return json_pack ("{s:s, s:O}", "class_name", golden_text (row, "loss"), "config", json_object_get (row, "args"));
}

/* Mean and gradient, in two parts as shards take them. */
static double
run (const CamMeasure *measure,
     const CamOutputs *all,
     float            *d)
{
  gsize y_size = measure->n_steps * measure->y_size, p_size = measure->n_steps * measure->p_size, split = all->n / 3;
  double batch[CAM_N_FIRST_SUMS] = { 0 }, mean;
  CamOutputs parts[2];

  for (guint i = 0; i < 2; i++)
    {
      gsize first = i == 0 ? 0 : split;

      parts[i] = (CamOutputs) { all->y + first * y_size, all->p + first * p_size, all->z != NULL ? all->z + first * p_size : NULL,
                                all->weights != NULL ? all->weights + first : NULL, all->mask != NULL ? all->mask + first * measure->n_steps : NULL,
                                i == 0 ? split : all->n - split };
      cam_measure_add (measure, &parts[i], batch);
    }
  for (guint i = 0; i < 2; i++)
    cam_measure_gradient (measure, &parts[i], batch, d + (i == 0 ? 0 : split) * p_size);
  cam_measure_settle (batch);
  cam_measure_means (measure, batch, &mean);

  return mean;
}

static void
compare (const json_t     *row,
         const CamMeasure *measure,
         CamOutputs        outputs,
         const float      *weights)
{
  const char *name = golden_text (row, "loss");
  gsize n = outputs.n * measure->p_size;
  g_autofree float *d = g_new (float, n);

  golden_near (name, 0, run (measure, &outputs, d), json_number_value (json_object_get (row, "mean")), 1e-5);
  for (gsize i = 0; i < n; i++)
    golden_near (name, i, d[i], golden_at (row, "d_pred", i), 1e-5);

  outputs.weights = weights;
  golden_near (name, 1, run (measure, &outputs, d), json_number_value (json_object_get (row, "weighted_mean")), 1e-5);
  for (gsize i = 0; i < n; i++)
    golden_near (name, i, d[i], golden_at (row, "d_pred_weighted", i), 1e-5);
}

static void
test_row (gconstpointer data)
{
  g_autoptr(json_t) json = golden_load ("losses");
  const json_t *row = json_array_get (json_object_get (json, "cases"), GPOINTER_TO_UINT (data));
  g_autoptr(json_t) loss = make_loss (row);
  g_autofree float *y = golden_floats (json_object_get (row, "y_true")), *p = golden_floats (json_object_get (row, "y_pred"));
  g_autofree float *weights = golden_floats (json_object_get (json, "sample_weight"));
  gsize n = (gsize) golden_at (row, "pred_shape", 0), p_size = golden_size (row, "y_pred") / n, y_size = golden_size (row, "y_true") / n;
  CamOutputs outputs = { y, p, NULL, NULL, NULL, n };
  CamMeasure measure;
  CamRows rows;
  double values[8];

  init_measure (&measure, loss, 1, y_size, p_size, "linear");
  g_assert_cmpuint (n, <=, G_N_ELEMENTS (values));
  g_assert_cmpuint (golden_size (row, "per_sample"), ==, n);
  rows = (CamRows) { y, p, NULL, n, y_size, p_size, NULL, NULL };
  measure.loss->values (measure.loss_config, &rows, values);
  for (gsize i = 0; i < n; i++)
    golden_near (golden_text (row, "loss"), i, values[i], golden_at (row, "per_sample", i), 1e-5);
  compare (row, &measure, outputs, weights);
  cam_measure_clear (&measure);
}

/* What is recorded for logits, by a network that ends with the activation: p is known, and z behind it. */
static void
test_logits (gconstpointer data)
{
  g_autoptr(json_t) json = golden_load ("losses");
  const json_t *row = json_array_get (json_object_get (json, "cases"), GPOINTER_TO_UINT (data));
  g_autoptr(json_t) loss = make_loss (row);
  g_autofree float *y = golden_floats (json_object_get (row, "y_true")), *z = golden_floats (json_object_get (row, "y_pred"));
  g_autofree float *weights = golden_floats (json_object_get (json, "sample_weight"));
  gsize n = (gsize) golden_at (row, "pred_shape", 0), p_size = golden_size (row, "y_pred") / n, y_size = golden_size (row, "y_true") / n;
  g_autofree float *p = g_new (float, n * p_size);
  const CamLoss *of = (const CamLoss *) (gconstpointer) cam_kind_find (CAM_KIND_LOSS, golden_text (row, "loss"));
  CamMeasure measure;

  cam_activation_forward (cam_activation_find (of->logits_of), z, p, n, p_size);
  json_object_del (json_object_get (loss, "config"), "from_logits");
  init_measure (&measure, loss, 1, y_size, p_size, of->logits_of);
  g_assert_true (measure.from_logits);
  compare (row, &measure, (CamOutputs) { y, p, z, NULL, NULL, n }, weights);
  cam_measure_clear (&measure);
}

/* Small losses keep their digits: ln (1 + e⁻ᶻ) is about e⁻ᶻ, and 1 − p is lost in a float p. */
static void
test_small (void)
{
  static const float z[] = { 15.0f, -15.0f, 30.0f, 0.0f }, y[] = { 1.0f, 0.0f, 1.0f, 0.0f };
  static const float two[] = { 15.0f, 0.0f }, one_hot[] = { 1.0f, 0.0f };
  const CamLoss *bce = (const CamLoss *) (gconstpointer) cam_kind_find (CAM_KIND_LOSS, "binary_crossentropy");
  const CamLoss *cce = (const CamLoss *) (gconstpointer) cam_kind_find (CAM_KIND_LOSS, "categorical_crossentropy");
  g_autoptr(json_t) bce_config = cam_fields_complete (bce->kind.fields, NULL, "", NULL), cce_config = cam_fields_complete (cce->kind.fields, NULL, "", NULL);
  float p[4];
  double values[4];

  cam_activation_forward (cam_activation_find ("sigmoid"), z, p, 4, 1);
  bce->values (bce_config, &(CamRows) { y, p, z, 4, 1, 1, NULL, NULL }, values);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (values[i] / log1p (exp (-fabs (z[i]))), 1.0, 1e-6);

  cam_activation_forward (cam_activation_find ("softmax"), two, p, 1, 2);
  cce->values (cce_config, &(CamRows) { one_hot, p, two, 1, 2, 2, NULL, NULL }, values);
  g_assert_cmpfloat_with_epsilon (values[0] / log1p (exp (-15.0)), 1.0, 1e-6);
}

/* Sequences of three steps: the mean is over the steps that count, those of rows that weigh more count more, and a masked step may hold anything. */
static void
test_mask (void)
{
  enum { ROWS = 3, STEPS = 3 };
  static const float y[ROWS * STEPS] = { 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  static const float p[ROWS * STEPS] = { 1, 2, 3, 1, 2, NAN, 4, NAN, NAN };
  static const float weights[ROWS] = { 1, 3, 0.5f };
  static const guint8 mask[ROWS * STEPS] = { 1, 1, 1, 1, 1, 0, 1, 0, 0 };
  g_autoptr(json_t) loss = json_string ("mse");
  CamOutputs outputs = { y, p, NULL, weights, mask, ROWS };
  CamMeasure measure;
  float d[ROWS * STEPS];

  init_measure (&measure, loss, STEPS, 1, 1, "linear");
  g_assert_cmpuint (measure.n_steps, ==, STEPS);
  /* 6 of 9 steps count: Σ weight · p² over them, divided by 6. */
  g_assert_cmpfloat_with_epsilon (run (&measure, &outputs, d), (1.0 + 4.0 + 9.0 + 3.0 * (1.0 + 4.0) + 0.5 * 16.0) / 6.0, 1e-6);
  for (guint i = 0; i < ROWS * STEPS; i++)
    g_assert_cmpfloat_with_epsilon (d[i], mask[i] ? 2.0 * weights[i / STEPS] * p[i] / 6.0 : 0.0, 1e-6);
  cam_measure_clear (&measure);
}

/* Data that is not a number is not hidden by any bound. */
static void
test_nan (gconstpointer data)
{
  const CamLoss *loss = data;
  g_autoptr(json_t) config = cam_fields_complete (loss->kind.fields, NULL, "", NULL);
  gsize y_size = loss->fits (3, 3) ? 3 : 1;
  float y[3] = { 0.0f, 1.0f, 0.0f }, p[3] = { 0.2f, NAN, 0.3f };
  double value;

  if (y_size == 1)
    y[0] = 1.0f;
  loss->values (config, &(CamRows) { y, p, NULL, 1, y_size, 3, NULL, NULL }, &value);
  g_assert_true (isnan (value));
  if (loss->logits_of != NULL)
    {
      loss->values (config, &(CamRows) { y, p, p, 1, y_size, 3, NULL, NULL }, &value);
      g_assert_true (isnan (value));
    }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "{\"class_name\": \"MeanSquaredError\", \"config\": {\"reduction\": \"sum\"}}",
    "{\"class_name\": \"Huber\", \"config\": {\"delta\": 0}}",
    "{\"class_name\": \"BinaryCrossentropy\", \"config\": {\"label_smoothing\": 1.5}}",
    "{\"class_name\": \"BinaryCrossentropy\", \"config\": {\"smoothing\": 0.1}}",
    "\"dice\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(json_t) given = json_loads (cases[i], JSON_DECODE_ANY, NULL);
      g_autoptr(GError) error = NULL;
      json_t *config = NULL;

      g_assert_nonnull (given);
      g_assert_null (cam_kind_resolve (CAM_KIND_LOSS, given, "loss", &config, &error));
      g_assert_nonnull (error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(json_t) json = golden_load ("losses");
  const json_t *row;
  guint n = 0, n_logits = 0;
  gsize i;

  g_test_init (&argc, &argv, NULL);
  json_array_foreach (json_object_get (json, "cases"), i, row)
    {
      const char *name = golden_text (row, "loss");
      const CamLoss *loss = (const CamLoss *) (gconstpointer) cam_kind_find (CAM_KIND_LOSS, name);
      g_autofree char *path = g_strdup_printf ("/engine/loss/recorded/%02u-%s", (guint) i, name);
      g_autofree char *logits = g_strdup_printf ("/engine/loss/after-activation/%02u-%s", (guint) i, name);

      if (g_strv_contains (left_out, name))
        continue;
      n++;
      g_test_add_data_func (path, GUINT_TO_POINTER ((guint) i), test_row);
      if (loss == NULL || loss->logits_of == NULL || !json_is_true (json_object_get (json_object_get (row, "args"), "from_logits")))
        continue;
      n_logits++;
      g_test_add_data_func (logits, GUINT_TO_POINTER ((guint) i), test_logits);
    }
  g_assert_cmpuint (json_array_size (json_object_get (json, "cases")), ==, 35);
  g_assert_cmpuint (n, ==, 34);
  g_assert_cmpuint (n_logits, ==, 6);

  for (i = 0; cam_losses[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/engine/loss/nan/", cam_losses[i]->kind.name, NULL);

      g_test_add_data_func (path, cam_losses[i], test_nan);
    }
  g_test_add_func ("/engine/loss/small", test_small);
  g_test_add_func ("/engine/loss/mask", test_mask);
  g_test_add_func ("/engine/loss/refused", test_refused);

  return g_test_run ();
}
