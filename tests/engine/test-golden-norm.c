/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BatchNormalization as Keras 3 recorded it (tests/data/golden/layers.json): training over a batch, the moving averages after it, and what these give in evaluation. */
#include <cam-network-private.h>
#include <string.h>

#include "golden.h"
#include "layer-run.h"

/* Settings that were recorded though they change nothing where they are off; the engine does not have them. */
static const char *const idle_settings[] = { "synchronized", "renorm", "renorm_momentum" };

static CamLayer *
make_layer (const json_t *row)
{
  g_autoptr(json_t) config = json_deep_copy (json_object_get (row, "config"));
  g_autoptr(json_t) description = NULL;
  const json_t *sizes = json_object_get (row, "input_shape"), *weights = json_object_get (row, "weights");
  g_autoptr(GError) error = NULL;
  CamShape shape = { 0 };
  CamLayer *layer;

  for (guint i = 0; i < G_N_ELEMENTS (idle_settings); i++)
    {
      g_assert_false (json_is_true (json_object_get (config, idle_settings[i])));
      json_object_del (config, idle_settings[i]);
    }
  for (gsize i = 1; i < json_array_size (sizes); i++)
    shape.dims[shape.n_dims++] = (gsize) json_integer_value (json_array_get (sizes, i));
  description = json_pack ("{s:s, s:O}", "class_name", golden_text (row, "layer"), "config", config);
  layer = cam_layer_new (description, 0, &shape, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (json_array_size (weights), ==, layer->n_weights);
  for (guint i = 0; i < layer->n_weights; i++)
    for (gsize j = 0; j < layer->weights[i].value->n; j++)
      layer->weights[i].value->data[j] = (float) golden_at (json_array_get (weights, i), "value", j);

  return layer;
}

static void
check (const char   *name,
       const float  *values,
       const json_t *recorded,
       gsize         n)
{
  g_assert_cmpuint (json_array_size (recorded), ==, n);
  for (gsize i = 0; i < n; i++)
    golden_near (name, i, values[i], json_number_value (json_array_get (recorded, i)), 1e-5);
}

/* The input's gradient while training is what is left of terms of the size of γ·s·dy, each of which Keras rounded to single precision: the record is as exact as these are. */
static void
check_input_gradient (const char     *name,
                      const CamLayer *layer,
                      const float    *x,
                      const float    *dy,
                      const float    *dx,
                      const json_t   *recorded,
                      gsize           n)
{
  gsize channels = layer->input.dims[layer->input.n_dims - 1], rows = n * layer->n_in / channels;
  const CamTensor *gamma = g_str_equal (layer->weights[0].name, "gamma") ? layer->weights[0].value : NULL;

  g_assert_cmpuint (json_array_size (recorded), ==, rows * channels);
  for (gsize j = 0; j < channels; j++)
    {
      double sum = 0.0, squares = 0.0, largest = 0.0, term;

      for (gsize i = j; i < rows * channels; i += channels)
        {
          sum += x[i];
          squares += (double) x[i] * x[i];
          largest = MAX (largest, fabs ((double) dy[i]));
        }
      term = largest * (gamma != NULL ? fabs ((double) gamma->data[j]) : 1.0) /
             sqrt (squares / (double) rows - sum * sum / (double) (rows * rows) + cam_fields_number (layer->config, "epsilon"));
      for (gsize i = j; i < rows * channels; i += channels)
        {
          double expected = json_number_value (json_array_get (recorded, i));

          if (!(fabs (dx[i] - expected) <= 1e-6 + 1e-5 * MAX (fabs (expected), term)))
            g_error ("%s: gradient %u is %.9g, recorded is %.9g", name, (guint) i, dx[i], expected);
        }
    }
}

static void
check_row (const json_t *row)
{
  g_autoptr(CamLayer) layer = make_layer (row);
  g_autofree float *x = golden_floats (json_object_get (row, "x")), *dy = NULL;
  const json_t *after = json_object_get (row, "weights_after"), *gradients = json_object_get (row, "dw");
  const char *name = golden_text (row, "case");
  gsize n = (gsize) golden_at (row, "input_shape", 0), recorded = 0;
  LayerRun run;

  dy = golden_floats (json_object_get (row, "upstream"));
  layer_run (layer, x, NULL, dy, n, TRUE, &run);
  check (name, run.y, json_object_get (row, "y"), n * layer->n_out);
  check_input_gradient (name, layer, x, dy, run.dx, json_object_get (row, "dx"), n);
  for (guint i = 0; i < layer->n_weights; i++)
    if (layer->weights[i].trainable)
      check (name, run.gradients[i], json_array_get (gradients, recorded++), layer->weights[i].value->n);
  g_assert_cmpuint (recorded, ==, json_array_size (gradients));
  layer_run_clear (&run);

  g_assert_cmpuint (json_array_size (after), ==, layer->n_weights);
  for (guint i = 0; i < layer->n_weights; i++)
    check (name, layer->weights[i].value->data, json_array_get (after, i), layer->weights[i].value->n);
  layer_run (layer, x, NULL, dy, n, FALSE, &run);
  check (name, run.y, json_object_get (row, "y_inference_after"), n * layer->n_out);
  layer_run_clear (&run);
}

static void
test_batch_normalization (void)
{
  g_autoptr(json_t) json = golden_load ("layers");
  const json_t *row;
  guint covered = 0;
  gsize i;

  json_array_foreach (json_object_get (json, "cases"), i, row)
    if (json_is_true (json_object_get (row, "training")))
      {
        check_row (row);
        covered++;
      }
  g_assert_cmpuint (covered, ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/golden/batch-normalization", test_batch_normalization);
  return g_test_run ();
}
