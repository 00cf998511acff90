/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the layers for images and sequences make of their input: shapes and numbers of weights as Keras has them, the line on a card, and what is said where they do not fit. */
#include <cam-network-private.h>
#include <math.h>
#include <string.h>

#include "layer-run.h"

typedef struct
{
  const char *layer, *input, *config;
  const char *output;      /* Keras's way; NULL: the layer is refused */
  gsize       n_weights;
  const char *words;       /* the line that describes it; or a part of the message */
} ShapeCase;

static const ShapeCase cases[] = {
  { "Conv2D", "28 28 1", "{'filters': 32, 'activation': 'relu'}", "(None, 26, 26, 32)", 320, "32 filters · 3 × 3 · relu" },
  { "Conv2D", "7 8 3", "{'filters': 1, 'kernel_size': [3, 2], 'strides': [2, 1], 'padding': 'same'}", "(None, 4, 8, 1)", 19, "1 filter · 3 × 2 · stride 2 × 1 · same · linear" },
  { "Conv2D", "9 9 4", "{'filters': 8, 'kernel_size': 3, 'dilation_rate': 2, 'groups': 4, 'use_bias': false}", "(None, 5, 5, 8)", 72,
    "8 filters · 3 × 3 · dilation 2 × 2 · linear" },
  { "Conv2D", "30", "{}", NULL, 0, "it needs an image of height × width × channels, but receives 30 numbers; add a Reshape before it" },
  { "Conv2D", "28 28", "{}", NULL, 0, "it needs an image of height × width × channels, but receives 28 × 28; add a Reshape before it" },
  { "Conv2D", "4 9 2", "{'kernel_size': 5}", NULL, 0, "its window of 5 × 5 pixels is larger than the 4 × 9 pixels it receives; make it smaller, or choose the padding “same”" },
  { "Conv2D", "4 9 2", "{'strides': 2, 'dilation_rate': [1, 2]}", NULL, 0, "strides and dilation cannot both be above 1; set one of them to 1" },
  { "Conv2D", "4 9 2", "{'groups': 3}", NULL, 0, "its 3 groups must divide both the 2 channels it receives and its 32 filters; set the groups to 1" },
  { "Conv2D", "4 9 2", "{'data_format': 'channels_first'}", NULL, 0, "“data_format” must be one of channels_last" },
  { "Conv1D", "10 3", "{'filters': 4, 'kernel_size': [3], 'padding': 'causal'}", "(None, 10, 4)", 40, "4 filters · 3 · causal · linear" },
  { "Conv1D", "10", "{}", NULL, 0, "it needs a sequence of steps × features, but receives 10 numbers; add a Reshape before it" },
  { "Conv1D", "28 28 1", "{}", NULL, 0, "it needs a sequence of steps × features, but receives 28 × 28 × 1; add a Reshape before it, or use the layer for images" },
  { "Conv1D", "2 5", "{}", NULL, 0, "its window of 3 steps is longer than the 2 steps it receives" },
  { "Conv2DTranspose", "5 6 2", "{'filters': 3, 'kernel_size': 3, 'strides': 2}", "(None, 11, 13, 3)", 57, "3 filters · 3 × 3 · stride 2 × 2 · linear" },
  { "Conv2DTranspose", "5 6 2", "{'filters': 3, 'kernel_size': 3, 'strides': 2, 'padding': 'same'}", "(None, 10, 12, 3)", 57, "3 filters · 3 × 3 · stride 2 × 2 · same · linear" },
  { "Conv1DTranspose", "6 2", "{'filters': 3, 'kernel_size': 2, 'strides': 3}", "(None, 18, 3)", 15, "3 filters · 2 · stride 3 · linear" },
  { "DepthwiseConv2D", "7 8 3", "{'depth_multiplier': 2, 'activation': 'elu'}", "(None, 5, 6, 6)", 60, "3 × 3 · elu" },
  { "SeparableConv2D", "7 8 3", "{'filters': 4, 'depth_multiplier': 2}", "(None, 5, 6, 4)", 82, "4 filters · 3 × 3 · linear" },
  { "MaxPooling2D", "7 8 2", "{}", "(None, 3, 4, 2)", 0, "2 × 2" },
  { "MaxPooling2D", "7 8 2", "{'padding': 'same'}", "(None, 4, 4, 2)", 0, "2 × 2 · same" },
  { "MaxPooling2D", "7 8 2", "{'strides': [2, 2]}", "(None, 3, 4, 2)", 0, "2 × 2" },
  { "AveragePooling2D", "7 8 2", "{'pool_size': 3, 'strides': 1}", "(None, 5, 6, 2)", 0, "3 × 3 · stride 1 × 1" },
  { "MaxPooling1D", "10 2", "{'pool_size': 4}", "(None, 2, 2)", 0, "4" },
  { "AveragePooling1D", "3 2", "{'pool_size': 4}", NULL, 0, "its window of 4 steps is longer than the 3 steps it receives" },
  { "GlobalAveragePooling2D", "7 8 2", "{}", "(None, 2)", 0, "one number a channel" },
  { "GlobalMaxPooling2D", "7 8 2", "{'keepdims': true}", "(None, 1, 1, 2)", 0, "one number a channel, axes kept" },
  { "GlobalAveragePooling1D", "7 2", "{'keepdims': true}", "(None, 1, 2)", 0, "one number a channel, axes kept" },
  { "GlobalMaxPooling1D", "7", "{}", NULL, 0, "it needs a sequence" },
  { "Flatten", "7 8 2", "{}", "(None, 112)", 0, "one row of numbers" },
  { "Reshape", "784", "{'target_shape': [28, 28, 1]}", "(None, 28, 28, 1)", 0, "28 × 28 × 1" },
  { "Reshape", "12", "{'target_shape': [2, -1]}", "(None, 2, 6)", 0, "2 × -1" },
  { "Reshape", "18", "{'target_shape': [4, 5]}", NULL, 0, "the 18 numbers it receives do not fill a shape of 4 × 5; choose sizes that multiply to 18" },
  { "Reshape", "18", "{'target_shape': [-1, -1]}", NULL, 0, "its shape -1 × -1 is not settled" },
  { "Reshape", "18", "{'target_shape': [0, 18]}", NULL, 0, "its shape 0 × 18 is not settled" },
  { "Reshape", "1", "{'target_shape': [1, 1, 1, 1, 1, 1, 1]}", NULL, 0, "its shape has more than 6 sizes" },
  { "Permute", "2 3 4", "{'dims': [3, 1, 2]}", "(None, 4, 2, 3)", 0, "axes 3, 1, 2" },
  { "Permute", "2 3", "{'dims': [1, 1]}", NULL, 0, "its order must name each of the 2 axes that it receives once" },
  { "Permute", "2 3", "{'dims': [3, 1, 2]}", NULL, 0, "its order must name each of the 2 axes that it receives once" },
  { "RepeatVector", "4", "{'n': 3}", "(None, 3, 4)", 0, "3 times" },
  { "RepeatVector", "4 2", "{}", NULL, 0, "it needs one row of numbers to repeat, but receives the shape (None, 4, 2); add a Flatten before it" },
  { "ZeroPadding2D", "3 4 2", "{'padding': [1, 2]}", "(None, 5, 8, 2)", 0, "top 1, bottom 1, left 2, right 2" },
  { "ZeroPadding2D", "3 4 2", "{}", "(None, 5, 6, 2)", 0, "1 on each side" },
  { "ZeroPadding1D", "3 2", "{'padding': [0, 2]}", "(None, 5, 2)", 0, "0 before, 2 after" },
  { "Cropping2D", "5 6 2", "{'cropping': 1}", "(None, 3, 4, 2)", 0, "1 on each side" },
  { "Cropping2D", "5 6 2", "{'cropping': [[3, 2], [0, 0]]}", NULL, 0, "nothing is left of the 5 × 6 pixels it receives; cut off less" },
  { "Cropping1D", "2 3", "{}", NULL, 0, "nothing is left of the 2 steps it receives; cut off less" },
  { "UpSampling2D", "3 4 2", "{'size': [2, 3], 'interpolation': 'bilinear'}", "(None, 6, 12, 2)", 0, "2 × 3 · bilinear" },
  { "UpSampling1D", "3 2", "{}", "(None, 6, 2)", 0, "2 times" },
  { "BatchNormalization", "3 4 2", "{}", "(None, 3, 4, 2)", 8, "momentum 0.99" },
  { "BatchNormalization", "3 4 2", "{'axis': 3, 'scale': false}", "(None, 3, 4, 2)", 6, "momentum 0.99" },
  { "BatchNormalization", "3 4 2", "{'axis': 1}", NULL, 0, "it can keep the last axis only; set axis to −1" },
  { "LayerNormalization", "3 4", "{'axis': [1, 2]}", "(None, 3, 4)", 24, "each row by itself" },
  { "LayerNormalization", "3 4", "{'axis': 1}", NULL, 0, "its axes must be the last ones of the 2 that it receives; set axis to −1" },
  { "LayerNormalization", "3 4", "{'axis': [-1, 2]}", NULL, 0, "its axes must be the last ones" },
  { "GroupNormalization", "3 64", "{}", "(None, 3, 64)", 128, "32 groups" },
  { "GroupNormalization", "3 4", "{}", NULL, 0, "32 groups do not divide the 4 channels that it receives; choose a number that does" },
  { "GroupNormalization", "3 4", "{'groups': 0}", NULL, 0, "0 groups do not divide the 4 channels" },
  { "UnitNormalization", "3 4", "{}", "(None, 3, 4)", 0, "length 1" },
  { "Rescaling", "3 4", "{'scale': 0.5, 'offset': -1}", "(None, 3, 4)", 0, "× 0.5 - 1" },
};

static CamLayer *
make_layer (const char  *name,
            const char  *input,
            const char  *config,
            GError     **error)
{
  g_auto(GStrv) words = g_strsplit (input, " ", -1);
  g_autofree char *quoted = g_strdelimit (g_strdup (config), "'", '"');
  g_autoptr(json_t) description = json_pack ("{s:s, s:o}", "class_name", name, "config", json_loads (quoted, 0, NULL));
  CamShape shape = { 0 };

  for (guint i = 0; words[i] != NULL; i++)
    shape.dims[shape.n_dims++] = (gsize) g_ascii_strtoull (words[i], NULL, 10);

  return cam_layer_new (description, 0, &shape, error);
}

static void
test_shape (gconstpointer data)
{
  const ShapeCase *test = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamLayer) layer = make_layer (test->layer, test->input, test->config, &error);
  g_autofree char *output = NULL, *words = NULL;
  gsize n = 0;

  if (test->output == NULL)
    {
      g_assert_null (layer);
      g_assert_true (g_str_has_prefix (error->message, "network, layer 1 ("));
      if (strstr (error->message, test->words) == NULL)
        g_error ("“%s” does not say “%s”", error->message, test->words);
      return;
    }

  g_assert_no_error (error);
  output = cam_shape_to_string (&layer->output);
  words = cam_layer_describe (layer->kind, layer->config);
  for (guint i = 0; i < layer->n_weights; i++)
    n += layer->weights[i].value->n;
  g_assert_cmpstr (output, ==, test->output);
  g_assert_cmpuint (n, ==, test->n_weights);
  g_assert_cmpstr (words, ==, test->words);
}

/* Sizes beyond all memory are refused, not tried. */
static void
test_absurd (void)
{
  static const char *const layers[][3] = {
    { "Conv2D", "1000000 1000000 64", "{}" }, { "Conv2DTranspose", "30000 30000 1", "{'filters': 65536, 'strides': 4096}" }, { "UpSampling2D", "30000 30000 1", "{'size': 4096}" },
    { "DepthwiseConv2D", "4 4 65536", "{'kernel_size': 4096, 'depth_multiplier': 1024, 'padding': 'same'}" }, { "RepeatVector", "4611686018427387904", "{'n': 65536}" },
    { "ZeroPadding1D", "18446744073709551615 1", "{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CamLayer) layer = make_layer (layers[i][0], layers[i][1], layers[i][2], &error);

      /* What is merely large may be there until somebody asks for a batch of it. */
      if (layer != NULL)
        g_assert_cmpuint (layer->n_out, >, (gsize) 1 << 34);
      else
        g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_MEMORY);
    }
}

/* Steps that a mask leaves out do not count in mean and variance of a BatchNormalization, nor in a global mean; where it leaves out all, that is 0. */
static void
test_masks (void)
{
  enum { ROWS = 3, STEPS = 3 };
  static const guint8 mask[ROWS * STEPS] = { 1, 0, 1, 0, 0, 0, 1, 1, 1 };
  const float x[ROWS * STEPS] = { 1, 50, 3, 70, 80, 90, 2, 6, 8 }, dy[ROWS * STEPS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
  g_autoptr(CamLayer) normalization = make_layer ("BatchNormalization", "3 1", "{'momentum': 0.5}", NULL);
  g_autoptr(CamLayer) pooling = make_layer ("GlobalAveragePooling1D", "3 1", "{}", NULL);
  static const float means[] = { 2.0f, 0.0f, 16.0f / 3.0f }, shares[] = { 0.5f, 0.0f, 0.5f, 0.0f, 0.0f, 0.0f, 1.0f, 1.0f, 1.0f };
  double mean = (1 + 3 + 2 + 6 + 8) / 5.0, variance = (1 + 9 + 4 + 36 + 64) / 5.0 - mean * mean;
  LayerRun run;

  normalization->weights[0].value->data[0] = 1.0f;
  normalization->weights[3].value->data[0] = 1.0f;
  layer_run (normalization, x, mask, dy, ROWS, TRUE, &run);
  for (guint i = 0; i < ROWS * STEPS; i++)
    g_assert_cmpfloat_with_epsilon (run.y[i], (x[i] - mean) / sqrt (variance + 0.001), 1e-5);
  g_assert_cmpfloat_with_epsilon (normalization->weights[2].value->data[0], 0.5 * mean, 1e-5);
  g_assert_cmpfloat_with_epsilon (normalization->weights[3].value->data[0], 0.5 + 0.5 * variance, 1e-5);
  layer_run_clear (&run);

  layer_run (pooling, x, mask, (const float[]) { 1, 2, 3 }, ROWS, TRUE, &run);
  for (guint i = 0; i < ROWS; i++)
    g_assert_cmpfloat_with_epsilon (run.y[i], means[i], 1e-6);
  for (guint i = 0; i < ROWS * STEPS; i++)
    g_assert_cmpfloat_with_epsilon (run.dx[i], shares[i], 1e-6);
  layer_run_clear (&run);
}

/* A frozen layer keeps its moving averages, and goes by them while training too. */
static void
test_frozen (void)
{
  static const float x[] = { 3, 5, 4, 9 }, dy[] = { 1, 2, 3, 4 };
  CamShape shape = cam_shape_vector (1);
  g_autoptr(json_t) description = json_pack ("{s:s, s:b}", "class_name", "BatchNormalization", "trainable", 0);
  g_autoptr(CamLayer) layer = cam_layer_new (description, 0, &shape, NULL);
  LayerRun run;

  layer->weights[0].value->data[0] = 2.0f;
  layer->weights[2].value->data[0] = 1.0f;
  layer->weights[3].value->data[0] = 4.0f;
  g_assert_null (layer->batch_ops);
  layer_run (layer, x, NULL, dy, 4, TRUE, &run);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat_with_epsilon (run.y[i], 2.0 * (x[i] - 1.0) / sqrt (4.001), 1e-5);
      g_assert_cmpfloat_with_epsilon (run.dx[i], 2.0 * dy[i] / sqrt (4.001), 1e-5);
    }
  g_assert_cmpfloat (layer->weights[2].value->data[0], ==, 1.0f);
  g_assert_cmpfloat (layer->weights[3].value->data[0], ==, 4.0f);
  layer_run_clear (&run);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/image-layers/%s/%u", cases[i].layer, i);

      g_test_add_data_func (path, &cases[i], test_shape);
    }
  g_test_add_func ("/engine/image-layers/absurd", test_absurd);
  g_test_add_func ("/engine/image-layers/masks", test_masks);
  g_test_add_func ("/engine/image-layers/frozen", test_frozen);

  return g_test_run ();
}
