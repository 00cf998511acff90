/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keras's snake case, and the numbering of weight groups. */
#include <cam-keras-names.h>

static void
test_snake_case (void)
{
  static const char *const cases[][2] = {
    { "Dense", "dense" }, { "Conv2D", "conv2d" }, { "MaxPooling2D", "max_pooling2d" }, { "ReLU", "re_lu" }, { "LeakyReLU", "leaky_re_lu" },
    { "PReLU", "p_re_lu" }, { "ELU", "elu" }, { "LSTM", "lstm" }, { "GRU", "gru" }, { "SimpleRNN", "simple_rnn" },
    { "BatchNormalization", "batch_normalization" }, { "TimeDistributed", "time_distributed" }, { "InputLayer", "input_layer" },
    { "UpSampling1D", "up_sampling1d" }, { "My Layer", "my_layer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = cam_keras_snake_case (cases[i][0]);

      g_assert_cmpstr (found, ==, cases[i][1]);
    }
}

static void
test_unique_key (void)
{
  static const char *const classes[] = { "Dense", "Dropout", "Dense", "LeakyReLU", "Dense" };
  static const char *const keys[] = { "dense", "dropout", "dense_1", "leaky_re_lu", "dense_2" };
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autofree char *found = cam_keras_unique_key (counts, classes[i]);

      g_assert_cmpstr (found, ==, keys[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/formats/keras-names/snake-case", test_snake_case);
  g_test_add_func ("/formats/keras-names/unique-key", test_unique_key);

  return g_test_run ();
}
