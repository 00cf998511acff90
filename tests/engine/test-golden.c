/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results recorded from Keras 3 (tests/data/golden), reproduced: each row whose kinds this engine knows. How many those are is asserted, so that none drops out unseen. */
#include <cam-activation.h>
#include <cam-fit-private.h>
#include <string.h>

#include "golden.h"
#include "layer-run.h"

static void
test_activations (void)
{
  g_autoptr(json_t) json = golden_load ("activations");
  const json_t *xs = json_object_get (json, "x"), *row;
  guint covered = 0;
  gsize i;

  json_array_foreach (json_object_get (json, "cases"), i, row)
    {
      const CamActivation *activation = cam_activation_find (golden_text (row, "activation"));
      const json_t *x = json_object_get (row, "x") != NULL ? json_object_get (row, "x") : xs;
      g_autofree float *values = NULL, *y = NULL, *dy = NULL;
      gsize n = golden_size (row, "y"), columns = 1;
      const json_t *args = json_object_get (row, "args");

      /* Settings belong to layers: test_activation_layers(). Keras's sparsemax adds running sums up where it should take the last of them: of two equal numbers it makes 0 and 0.
       * Ours is the projection itself: test_sparsemax(). */
      if (activation == NULL || json_object_size (args) > 0 || g_str_equal (golden_text (row, "activation"), "sparsemax"))
        continue;
      if (cam_activation_is_row_wise (activation))
        {
          const json_t *shape = json_object_get (row, "shape");

          columns = (gsize) json_integer_value (json_array_get (shape, json_array_size (shape) - 1));
          if (json_array_size (shape) == 0)
            g_error ("softmax: the record has no shape");
        }

      values = golden_floats (x);
      y = g_new (float, n);
      cam_activation_forward (activation, values, y, n / columns, columns);
      for (gsize j = 0; j < n; j++)
        golden_near (golden_text (row, "activation"), j, y[j], golden_at (row, "y", j), 1e-5);

      if (cam_activation_is_row_wise (activation))
        {
          dy = golden_floats (json_object_get (row, "upstream"));
          cam_activation_backward (activation, values, y, dy, dy, n / columns, columns);
          for (gsize j = 0; j < n; j++)
            golden_near (golden_text (row, "activation"), j, dy[j], golden_at (row, "dx", j), 1e-5);
        }
      else
        {
          dy = g_new (float, n);
          for (gsize j = 0; j < n; j++)
            dy[j] = 1.0f;
          cam_activation_backward (activation, values, y, dy, dy, n, 1);
          for (gsize j = 0; j < n; j++)
            {
              golden_near (golden_text (row, "activation"), j, dy[j], golden_at (row, "dy", j), 1e-5);
              golden_near (golden_text (row, "activation"), j, cam_activation_value (activation, values[j]), golden_at (row, "y", j), 1e-5);
            }
        }
      covered++;
    }

  /* All functions by name but sparsemax, and glu, which changes the width. */
  g_assert_cmpuint (covered, ==, 27);
}

/* Rows worked by hand: the numbers kept add up to 1 and have all come down by the same. */
static void
test_sparsemax (void)
{
  static const float x[] = { 10, 10, -10, 3, 1, 2, 3, 3.5f, 0.1f, 0.2f, 0.3f, 0.4f };
  static const float y[] = { 0.5f, 0.5f, 0, 0, 0, 0, 0.25f, 0.75f, 0.1f, 0.2f, 0.3f, 0.4f };
  static const float dy[] = { 1, 3, 5, 7, 1, 1, 2, 6, 1, 2, 3, 6 };
  static const float dx[] = { -1, 1, 0, 0, 0, 0, -2, 2, -2, -1, 0, 3 };
  const CamActivation *sparsemax = cam_activation_find ("sparsemax");
  float values[G_N_ELEMENTS (x)], gradients[G_N_ELEMENTS (x)];

  cam_activation_forward (sparsemax, x, values, 3, 4);
  cam_activation_backward (sparsemax, NULL, values, dy, gradients, 3, 4);
  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    {
      golden_near ("sparsemax", i, values[i], y[i], 1e-6);
      golden_near ("sparsemax", i, gradients[i], dx[i], 1e-6);
    }
}

/* Functions with settings, which are those of layers. Keras's celu with another alpha and gelu's approximation have no layer, and are left out. */
static void
test_activation_layers (void)
{
  static const struct { const char *activation, *layer; } layers[] = { { "relu", "ReLU" }, { "leaky_relu", "LeakyReLU" }, { "elu", "ELU" } };
  g_autoptr(json_t) json = golden_load ("activations");
  g_autofree float *x = golden_floats (json_object_get (json, "x"));
  gsize n = golden_size (json, "x"), i;
  g_autofree float *ones = g_new (float, n);
  CamShape one = cam_shape_vector (1);
  const json_t *row;
  guint covered = 0;

  for (gsize j = 0; j < n; j++)
    ones[j] = 1.0f;
  json_array_foreach (json_object_get (json, "cases"), i, row)
    for (guint k = 0; k < G_N_ELEMENTS (layers) && json_object_size (json_object_get (row, "args")) > 0; k++)
      {
        g_autoptr(json_t) description = NULL;
        g_autoptr(CamLayer) layer = NULL;
        LayerRun run;

        if (!g_str_equal (golden_text (row, "activation"), layers[k].activation))
          continue;
        description = json_pack ("{s:s, s:O}", "class_name", layers[k].layer, "config", json_object_get (row, "args"));
        layer = cam_layer_new (description, 0, &one, NULL);
        layer_run (layer, x, NULL, ones, n, FALSE, &run);
        for (gsize j = 0; j < n; j++)
          {
            golden_near (layers[k].layer, j, run.y[j], golden_at (row, "y", j), 1e-5);
            golden_near (layers[k].layer, j, run.dx[j], golden_at (row, "dy", j), 1e-5);
          }
        layer_run_clear (&run);
        covered++;
      }

  g_assert_cmpuint (covered, ==, 6);
}

static void
set_weights (CamNetwork   *network,
             const json_t *weights)
{
  g_assert_cmpuint (json_array_size (weights), ==, cam_network_get_n_weights (network));
  for (guint i = 0; i < cam_network_get_n_weights (network); i++)
    {
      const json_t *entry = json_array_get (weights, i);
      const json_t *value = json_is_object (entry) ? json_object_get (entry, "value") : entry;
      g_autofree float *floats = golden_floats (value);
      CamTensor *tensor = cam_network_peek_weight (network, i);

      g_assert_cmpuint (json_array_size (value), ==, tensor->n);
      memcpy (tensor->data, floats, tensor->n * sizeof (float));
    }
}

static CamShape
shape_of (const json_t *with_batch)
{
  CamShape shape = { 0 };

  for (gsize i = 1; i < json_array_size (with_batch); i++)
    shape.dims[shape.n_dims++] = (gsize) json_integer_value (json_array_get (with_batch, i));
  return shape;
}

/* Settings that were recorded though they change nothing: the engine does not have them. */
static const struct { const char *layer, *key; } idle_settings[] = {
  { "SimpleRNN", "zero_output_for_mask" }, { "SimpleRNN", "recurrent_activation" }, { "LSTM", "zero_output_for_mask" }, { "GRU", "zero_output_for_mask" },
  { "LayerNormalization", "rms_scaling" }, { "ZeroPadding1D", "data_format" },
};

/* A recorded layer as a document has it; the layer within a wrapper is recorded with its settings beside its name. NULL: this engine does not know it. */
static json_t *
make_description (const json_t *row)
{
  const char *name = golden_text (row, "layer");
  const CamLayerKind *kind = cam_layer_kind_find (name);
  g_autoptr(json_t) config = json_deep_copy (json_object_get (row, "config")), complete = NULL, inner = NULL;

  if (kind == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (idle_settings); i++)
    if (g_str_equal (idle_settings[i].layer, name))
      json_object_del (config, idle_settings[i].key);
  inner = json_incref (json_object_get (config, "inner"));
  if (inner != NULL)
    {
      json_object_set_new (config, "layer", json_pack ("{s:O, s:O}", "class_name", json_object_get (inner, "layer"), "config", inner));
      json_object_del (inner, "layer");
      json_object_del (config, "inner");
    }
  complete = cam_fields_complete (cam_layer_kind_get_fields (kind), config, "", NULL);

  return complete != NULL ? json_pack ("{s:s, s:O}", "class_name", name, "config", config) : NULL;
}

static guint8 *
golden_mask (const json_t *row)
{
  const json_t *mask = json_object_get (row, "mask");
  gsize n = json_array_size (mask);
  guint8 *steps = mask != NULL ? g_new (guint8, n) : NULL;

  for (gsize i = 0; i < n; i++)
    steps[i] = json_number_value (json_array_get (mask, i)) != 0.0;

  return steps;
}

/* The gradients of a layer's weights. */
static void
check_weight_gradients (const char     *name,
                        const CamLayer *layer,
                        const LayerRun *run,
                        const json_t   *recorded)
{
  for (guint w = 0; w < layer->n_weights; w++)
    {
      gsize size = layer->weights[w].value->n;
      const json_t *entry = json_array_get (recorded, w);
      const json_t *values = json_is_object (entry) ? json_object_get (entry, "value") : entry;

      g_assert_cmpuint (json_array_size (values), ==, size);
      for (gsize k = 0; k < size; k++)
        golden_near (name, k, run->gradients[w][k], json_number_value (json_array_get (values, k)), 1e-5);
    }
}

/* A layer's forward pass and, where they were recorded, its gradients with respect to input and weights. */
static void
test_layers (void)
{
  g_autoptr(json_t) json = golden_load ("layers");
  const json_t *row;
  guint covered = 0;
  gsize i;

  json_array_foreach (json_object_get (json, "cases"), i, row)
    {
      g_autoptr(json_t) layers = json_array (), description = make_description (row);
      g_autoptr(CamNetwork) network = NULL;
      g_autofree float *x = NULL, *y = NULL, *dy = NULL;
      g_autofree guint8 *mask = golden_mask (row);
      CamShape shape = shape_of (json_object_get (row, "input_shape"));
      const char *name = golden_text (row, "case");
      gsize n = (gsize) golden_at (row, "input_shape", 0);
      CamLayer *layer;
      LayerRun run;

      /* Rows of training are test-golden-norm's. */
      if (json_is_true (json_object_get (row, "training")))
        continue;
      /* A kind that there is must take every row of its own. */
      g_assert_true (description != NULL || cam_layer_kind_find (golden_text (row, "layer")) == NULL);
      if (description == NULL)
        continue;
      json_array_append (layers, description);
      network = cam_network_new (&shape, layers, NULL);
      g_assert_nonnull (network);
      /* Where a record leaves weights out, they are as they start. */
      if (golden_size (row, "weights") > 0)
        set_weights (network, json_object_get (row, "weights"));
      else
        cam_network_initialise (network, 1);
      layer = cam_network_layer (network, 0);
      g_test_message ("%s", name);

      x = golden_floats (json_object_get (row, "x"));
      y = g_new (float, n * network->n_out);
      dy = json_object_get (row, "upstream") != NULL ? golden_floats (json_object_get (row, "upstream")) : g_new0 (float, n * network->n_out);
      cam_network_predict (network, x, n, y);
      layer_run (layer, x, mask, dy, n, FALSE, &run);
      for (gsize k = 0; k < n * network->n_out; k++)
        {
          golden_near (name, k, run.y[k], golden_at (row, "y", k), 1e-5);
          g_assert_true (mask != NULL || run.y[k] == y[k]);
        }
      /* Indices have no gradient. */
      for (gsize k = 0; k < golden_size (row, "dx"); k++)
        golden_near (name, k, run.dx[k], golden_at (row, "dx", k), 1e-5);
      if (json_object_get (row, "dw") != NULL)
        check_weight_gradients (name, layer, &run, json_object_get (row, "dw"));
      layer_run_clear (&run);
      covered++;
    }

  g_test_message ("%u layers", covered);
  g_assert_cmpuint (covered, ==, 79);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/golden/activations", test_activations);
  g_test_add_func ("/engine/golden/sparsemax", test_sparsemax);
  g_test_add_func ("/engine/golden/activation-layers", test_activation_layers);
  g_test_add_func ("/engine/golden/layers", test_layers);
  return g_test_run ();
}
