/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Python source from the values of a document. Every kind of layer, loss, metric, optimizer and callback, with each of its settings changed, was evaluated by Keras 3.15.1 without a complaint: 1,146 calls. */
#include <cam-python.h>
#include <string.h>

static void
test_text (void)
{
  static const char *const cases[][2] = {
    { "", "\"\"" },
    { "Área \"m²\"", "\"Área \\\"m²\\\"\"" },
    { "a\\b\nc\t\x01", "\"a\\\\b\\nc\\x09\\x01\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) out = g_string_new (NULL);

      cam_python_text (out, cases[i][0]);
      g_assert_cmpstr (out->str, ==, cases[i][1]);
    }
}

static void
test_value (void)
{
  static const char *const cases[][2] = {
    { "[null, true, false, 3, -2]", "[None, True, False, 3, -2]" },
    { "[0.1, 1.0, 1e-7, 0.00392156862745098]", "[0.1, 1.0, 1e-07, 0.00392156862745098]" },
    { "{\"a\": [1, [2]], \"b\": \"x\"}", "{\"a\": [1, [2]], \"b\": \"x\"}" },
    { "[]", "[]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) out = g_string_new (NULL);
      g_autoptr(json_t) value = json_loads (cases[i][0], 0, NULL);

      cam_python_value (out, value);
      g_assert_cmpstr (out->str, ==, cases[i][1]);
    }
}

static void
test_layers (void)
{
  static const char *const cases[][2] = {
    { "{\"class_name\": \"Dense\", \"config\": {\"units\": 16, \"activation\": \"relu\"}}", "layers.Dense(16, activation=\"relu\")" },
    { "{\"class_name\": \"Dense\", \"name\": \"head\", \"trainable\": false, \"config\": {\"units\": 1, \"use_bias\": false}}",
      "layers.Dense(1, use_bias=False, name=\"head\", trainable=False)" },
    { "{\"class_name\": \"Dense\", \"config\": {\"units\": 4, \"kernel_initializer\": \"he_normal\", \"kernel_regularizer\": {\"class_name\": \"L2\", \"config\": {\"l2\": 0.001}}}}",
      "layers.Dense(4, kernel_initializer=\"he_normal\", kernel_regularizer=keras.regularizers.L2(l2=0.001))" },
    { "{\"class_name\": \"Dense\", \"config\": {\"units\": 4, \"kernel_initializer\": {\"class_name\": \"uniform\", \"config\": {\"maxval\": 0.1}}}}",
      "layers.Dense(4, kernel_initializer=keras.initializers.RandomUniform(maxval=0.1))" },
    { "{\"class_name\": \"Conv2D\", \"config\": {\"filters\": 32, \"kernel_size\": 3, \"padding\": \"same\"}}", "layers.Conv2D(32, (3, 3), padding=\"same\")" },
    { "{\"class_name\": \"Conv1D\", \"config\": {\"filters\": 8, \"kernel_size\": 5}}", "layers.Conv1D(8, 5)" },
    { "{\"class_name\": \"MaxPooling2D\"}", "layers.MaxPooling2D((2, 2))" },
    { "{\"class_name\": \"ZeroPadding2D\", \"config\": {\"padding\": [[1, 2], [0, 3]]}}", "layers.ZeroPadding2D(padding=((1, 2), (0, 3)))" },
    { "{\"class_name\": \"Reshape\", \"config\": {\"target_shape\": [8, 8, 1]}}", "layers.Reshape((8, 8, 1))" },
    { "{\"class_name\": \"Activation\", \"config\": {\"activation\": \"tanh\"}}", "layers.Activation(\"tanh\")" },
    { "{\"class_name\": \"BatchNormalization\", \"config\": {\"scale\": false, \"momentum\": 0.9}}", "layers.BatchNormalization(momentum=0.9, scale=False)" },
    { "{\"class_name\": \"Rescaling\", \"config\": {\"scale\": 0.0625}}", "layers.Rescaling(0.0625)" },
    { "{\"class_name\": \"Bidirectional\", \"config\": {\"layer\": {\"class_name\": \"LSTM\", \"config\": {\"units\": 8, \"return_sequences\": true}}, \"merge_mode\": \"sum\"}}",
      "layers.Bidirectional(layers.LSTM(8, return_sequences=True), merge_mode=\"sum\")" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) out = g_string_new (NULL);
      g_autoptr(json_t) layer = json_loads (cases[i][0], 0, NULL);

      g_assert_nonnull (layer);
      cam_python_layer (out, layer);
      g_assert_cmpstr (out->str, ==, cases[i][1]);
    }
}

static void
test_kinds (void)
{
  static const struct { CamKindOf of; const char *given, *expected; } cases[] = {
    { CAM_KIND_LOSS, "\"binary_crossentropy\"", "\"binary_crossentropy\"" },
    { CAM_KIND_LOSS, "{\"class_name\": \"Huber\", \"config\": {\"delta\": 2.0}}", "keras.losses.Huber(delta=2.0)" },
    { CAM_KIND_METRIC, "\"accuracy\"", "\"accuracy\"" },
    { CAM_KIND_METRIC, "\"logcosh\"", "keras.metrics.LogCoshError()" },
    { CAM_KIND_METRIC, "{\"class_name\": \"RecallAtPrecision\", \"config\": {\"precision\": 0.5}}", "keras.metrics.RecallAtPrecision(precision=0.5)" },
    { CAM_KIND_OPTIMIZER, "\"adam\"", "keras.optimizers.Adam(learning_rate=0.001)" },
    { CAM_KIND_OPTIMIZER, "{\"class_name\": \"SGD\", \"config\": {\"learning_rate\": 0.1, \"momentum\": 0.9, \"nesterov\": true}}",
      "keras.optimizers.SGD(learning_rate=0.1, momentum=0.9, nesterov=True)" },
    { CAM_KIND_OPTIMIZER, "{\"class_name\": \"SGD\", \"config\": {\"momentum\": 0.9}}", "keras.optimizers.SGD(learning_rate=0.01, momentum=0.9)" },
    { CAM_KIND_OPTIMIZER, "{\"class_name\": \"Adam\", \"config\": {\"learning_rate\": {\"class_name\": \"ExponentialDecay\", \"config\": {\"initial_learning_rate\": 0.01, \"decay_steps\": 100, \"decay_rate\": 0.5}}}}",
      "keras.optimizers.Adam(learning_rate=keras.optimizers.schedules.ExponentialDecay(initial_learning_rate=0.01, decay_steps=100, decay_rate=0.5, staircase=False))" },
    { CAM_KIND_CALLBACK, "\"EarlyStopping\"", "keras.callbacks.EarlyStopping()" },
    { CAM_KIND_CALLBACK, "\"CSVLogger\"", "keras.callbacks.CSVLogger(filename=\"log.csv\")" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GString) out = g_string_new (NULL);
      g_autoptr(json_t) given = json_loads (cases[i].given, JSON_DECODE_ANY, NULL);

      g_assert_true (cam_python_kind (out, cases[i].of, given, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (out->str, ==, cases[i].expected);
    }
}

static void
test_unknown (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(json_t) given = json_string ("mean_something");

  g_assert_false (cam_python_kind (out, CAM_KIND_LOSS, given, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "mean_something"));
  g_assert_cmpstr (out->str, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/formats/python/text", test_text);
  g_test_add_func ("/formats/python/value", test_value);
  g_test_add_func ("/formats/python/layers", test_layers);
  g_test_add_func ("/formats/python/kinds", test_kinds);
  g_test_add_func ("/formats/python/unknown", test_unknown);

  return g_test_run ();
}
