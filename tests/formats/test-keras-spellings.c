/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Keras 2 and the versions of Keras 3 wrote in different words, layer by layer and setting by setting. */
#include <cam-json.h>
#include <cam-keras-config.h>
#include <string.h>

#include "keras-fixture.h"

static json_t *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

static void
assert_same (const json_t *found,
             const char   *wanted)
{
  g_autoptr(json_t) expected = parse (wanted);
  g_autofree char *found_text = cam_json_dump (found, FALSE);
  g_autofree char *expected_text = cam_json_dump (expected, FALSE);

  if (!json_equal (found, expected))
    g_assert_cmpstr (found_text, ==, expected_text);
}

/* A layer of a file, and what becomes of it: the settings that are said. NULL: refused with this part of the message. */
static const struct { const char *layer, *parsed, *fault; } layers[] = {
  { "{'class_name': 'LeakyReLU', 'config': {'name': 'l', 'alpha': 0.2}}",
    "{'class_name': 'LeakyReLU', 'name': 'l', 'config': {'negative_slope': 0.2}}", NULL },
  { "{'class_name': 'LeakyReLU', 'config': {'name': 'l', 'alpha': 0.30000001192092896}}",
    "{'class_name': 'LeakyReLU', 'name': 'l', 'config': {'negative_slope': 0.3}}", NULL },
  { "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 3, 'kernel_initializer': {'class_name': 'OrthogonalInitializer', 'config': {'gain': 1.0, 'seed': null}}}}",
    "{'class_name': 'Dense', 'name': 'd', 'config': {'units': 3, 'kernel_initializer': 'orthogonal'}}", NULL },
  { "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 3, 'kernel_initializer': {'class_name': 'Orthogonal', 'config': {'gain': 2.0}}}}",
    "{'class_name': 'Dense', 'name': 'd', 'config': {'units': 3, 'kernel_initializer': {'class_name': 'Orthogonal', 'config': {'gain': 2.0}}}}", NULL },
  { "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 3, 'kernel_initializer': {'class_name': 'GlorotUniform', 'config': {'seed': null, 'input_axes': null}}, "
    "'kernel_regularizer': {'class_name': 'L1L2', 'config': {'l1': 0.0, 'l2': 0.009999999776482582}}, 'kernel_constraint': {'class_name': 'MaxNorm', 'config': {'max_value': 2, 'axis': 0}}}}",
    "{'class_name': 'Dense', 'name': 'd', 'config': {'units': 3, 'kernel_initializer': 'glorot_uniform', "
    "'kernel_regularizer': {'class_name': 'L1L2', 'config': {'l1': 0.0, 'l2': 0.01}}, 'kernel_constraint': 'max_norm'}}", NULL },
  { "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 3, 'trainable': false}}",
    "{'class_name': 'Dense', 'name': 'd', 'config': {'units': 3}, 'trainable': false}", NULL },
  { "{'class_name': 'BatchNormalization', 'config': {'name': 'b', 'axis': [3], 'fused': null, 'renorm': false}}",
    "{'class_name': 'BatchNormalization', 'name': 'b', 'config': {'axis': 3}}", NULL },
  { "{'class_name': 'BatchNormalization', 'config': {'name': 'b', 'renorm': true}}", NULL, "layer “b” (BatchNormalization): “renorm” set to true is not supported" },
  { "{'class_name': 'LSTM', 'config': {'name': 'l', 'units': 2, 'time_major': false, 'implementation': 2, 'zero_output_for_mask': false}}",
    "{'class_name': 'LSTM', 'name': 'l', 'config': {'units': 2}}", NULL },
  { "{'class_name': 'LSTM', 'config': {'name': 'l', 'units': 2, 'time_major': true}}", NULL, "“time_major” set to true" },
  { "{'class_name': 'Conv2DTranspose', 'config': {'name': 'c', 'filters': 2, 'kernel_size': [3, 3], 'output_padding': [1, 1]}}", NULL, "“output_padding” set to [1,1]" },
  { "{'class_name': 'Conv2D', 'config': {'name': 'c', 'filters': 2, 'kernel_size': 3, 'strides': [2, 2]}}",
    "{'class_name': 'Conv2D', 'name': 'c', 'config': {'filters': 2, 'kernel_size': 3, 'strides': [2, 2]}}", NULL },
  { "{'class_name': 'LayerNormalization', 'config': {'name': 'n', 'rms_scaling': true}}", NULL, "“rms_scaling” set to true" },
  { "{'class_name': 'ZeroPadding1D', 'config': {'name': 'z', 'padding': [1, 2]}}",
    "{'class_name': 'ZeroPadding1D', 'name': 'z', 'config': {'padding': [1, 2]}}", NULL },
  /* No number is NaN's equal, so that this marks nothing. */
  { "{'class_name': 'Masking', 'config': {'name': 'm', 'mask_value': NaN}}",
    "{'class_name': 'Activation', 'name': 'm', 'config': {'activation': 'linear'}}", NULL },
  { "{'class_name': 'Activation', 'config': {'name': 'a', 'activation': 'swish'}}",
    "{'class_name': 'Activation', 'name': 'a', 'config': {'activation': 'silu'}}", NULL },
  { "{'class_name': 'Bidirectional', 'config': {'name': 'b', 'merge_mode': 'sum', "
    "'layer': {'class_name': 'GRU', 'config': {'name': 'gru', 'units': 2, 'go_backwards': false}}, "
    "'backward_layer': {'class_name': 'GRU', 'config': {'name': 'backward_gru', 'units': 2, 'go_backwards': true}}}}",
    "{'class_name': 'Bidirectional', 'name': 'b', 'config': {'merge_mode': 'sum', "
    "'layer': {'class_name': 'GRU', 'name': 'gru', 'config': {'units': 2, 'go_backwards': false}}}}", NULL },
  { "{'class_name': 'Bidirectional', 'config': {'name': 'b', 'layer': {'class_name': 'ConvLSTM1D', 'config': {'name': 'inside'}}}}", NULL,
    "layer “inside” (ConvLSTM1D) is not supported" },
};

static void
test_layers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      g_autoptr(json_t) layer = parse (layers[i].layer);
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) parsed = cam_keras_layer_parse (layer, &error);

      g_test_message ("%s", layers[i].layer);
      if (layers[i].parsed == NULL)
        {
          g_assert_null (parsed);
          g_assert_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_UNSUPPORTED);
          g_assert_nonnull (strstr (error->message, layers[i].fault));
          continue;
        }
      g_assert_no_error (error);
      assert_same (parsed, layers[i].parsed);
    }
}

/* Layers within layers within layers …: refused before they fill the stack. */
static void
test_deep_layers (void)
{
  g_autoptr(json_t) layer = parse ("{'class_name': 'Dense', 'config': {'name': 'd', 'units': 1}}");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 2000; i++)
    layer = json_pack ("{s:s, s:{s:s, s:o}}", "class_name", "TimeDistributed", "config", "name", "t", "layer", layer);
  g_assert_null (cam_keras_layer_parse (layer, &error));
  g_assert_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED);
}

static const struct { const char *optimizer, *parsed; } optimizers[] = {
  { "{'class_name': 'Adam', 'config': {'name': 'Adam', 'lr': 0.0010000000474974513, 'decay': 0.0, 'beta_1': 0.9}}",
    "{'class_name': 'Adam', 'config': {'learning_rate': 0.001, 'beta_1': 0.9}}" },
  { "{'class_name': 'SGD', 'config': {'lr': 0.1, 'decay': 0.01, 'momentum': 0.9}}",
    "{'class_name': 'SGD', 'config': {'learning_rate': {'class_name': 'InverseTimeDecay', 'config': {'initial_learning_rate': 0.1, 'decay_steps': 1, 'decay_rate': 0.01}}, 'momentum': 0.9}}" },
  { "{'module': 'keras.optimizers', 'class_name': 'RMSprop', 'config': {'name': 'rmsprop', 'learning_rate': {'module': 'keras.optimizers.schedules', "
    "'class_name': 'ExponentialDecay', 'config': {'initial_learning_rate': 0.01, 'decay_steps': 100, 'decay_rate': 0.5, 'staircase': true, 'name': 'ExponentialDecay'}, 'registered_name': null}, "
    "'clipnorm': 1.0}}",
    "{'class_name': 'RMSprop', 'config': {'learning_rate': {'class_name': 'ExponentialDecay', 'config': {'initial_learning_rate': 0.01, 'decay_steps': 100, 'decay_rate': 0.5, 'staircase': true}}, "
    "'clipnorm': 1.0}}" },
};

static void
test_optimizers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (optimizers); i++)
    {
      g_autoptr(json_t) given = parse (optimizers[i].optimizer);
      g_autoptr(json_t) compile = json_pack ("{s:O, s:s}", "optimizer", given, "loss", "mse");
      g_autoptr(json_t) loss = NULL;
      g_autoptr(json_t) metrics = NULL;
      g_autoptr(json_t) optimizer = NULL;

      g_test_message ("%s", optimizers[i].optimizer);
      cam_keras_compile_parse (compile, &loss, &metrics, &optimizer);
      assert_same (optimizer, optimizers[i].parsed);
    }
}

/* A schedule goes out as the object that Keras makes, and comes back as it was. */
static void
test_schedule (void)
{
  g_autoptr(json_t) optimizer = parse ("{'class_name': 'AdamW', 'config': {'learning_rate': {'class_name': 'PiecewiseConstantDecay', "
                                       "'config': {'boundaries': [10, 20], 'values': [0.1, 0.01, 0.001]}}, 'global_clipnorm': 2.0}}");
  g_autoptr(json_t) loss_given = json_string ("mean_squared_error");
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) compile = cam_keras_compile_build (loss_given, NULL, optimizer, &error);
  g_autoptr(json_t) loss = NULL;
  g_autoptr(json_t) metrics = NULL;
  g_autoptr(json_t) back = NULL;

  g_assert_no_error (error);
  assert_same (json_object_get (json_object_get (compile, "optimizer"), "config"),
               "{'name': 'adamw', 'learning_rate': {'module': 'keras.optimizers.schedules', 'class_name': 'PiecewiseConstantDecay', "
               "'config': {'boundaries': [10, 20], 'values': [0.1, 0.01, 0.001]}, 'registered_name': null}, 'weight_decay': 0.004, 'clipnorm': null, "
               "'global_clipnorm': 2.0, 'clipvalue': null, 'use_ema': false, 'ema_momentum': 0.99, 'ema_overwrite_frequency': null, 'loss_scale_factor': null, "
               "'beta_1': 0.9, 'beta_2': 0.999, 'epsilon': 1e-7, 'amsgrad': false}");
  cam_keras_compile_parse (compile, &loss, &metrics, &back);
  assert_same (json_object_get (json_object_get (back, "config"), "learning_rate"),
               "{'class_name': 'PiecewiseConstantDecay', 'config': {'boundaries': [10, 20], 'values': [0.1, 0.01, 0.001]}}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/formats/keras-spellings/layers", test_layers);
  g_test_add_func ("/formats/keras-spellings/deep-layers", test_deep_layers);
  g_test_add_func ("/formats/keras-spellings/optimizers", test_optimizers);
  g_test_add_func ("/formats/keras-spellings/schedule", test_schedule);

  return g_test_run ();
}
