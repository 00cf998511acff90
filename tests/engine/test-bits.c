/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same seed gives the same bits, at one, two and four threads: history and weights, for every architecture, optimizer and loss in the tables. */
#include <cam-fit-private.h>
#include <string.h>

/* A network large enough that a step is shared among threads. */
typedef struct
{
  const char *name;
  const char *input;     /* its shape; the numbers of a row come from noise */
  const char *layers;    /* JSON with single quotes; three outputs of a softmax */
} Architecture;

static const Architecture architectures[] = {
  { "mlp", "7", "[{'class_name': 'Dense', 'config': {'units': 150, 'activation': 'tanh'}},"
                " {'class_name': 'Dropout', 'config': {'rate': 0.3}},"
                " {'class_name': 'Dense', 'config': {'units': 90, 'activation': 'relu'}},"
                " {'class_name': 'Dense', 'config': {'units': 3, 'activation': 'softmax'}}]" },
  { "deep", "7", "[{'class_name': 'Dense', 'config': {'units': 64, 'activation': 'elu'}},"
                 " {'class_name': 'Activation', 'config': {'activation': 'sigmoid'}},"
                 " {'class_name': 'Dense', 'config': {'units': 65, 'activation': 'leaky_relu', 'use_bias': false}},"
                 " {'class_name': 'Dense', 'config': {'units': 33, 'activation': 'softmax'}},"
                 " {'class_name': 'Dense', 'config': {'units': 3, 'activation': 'softmax'}}]" },
  /* Much work a row: shards are smaller than usual. */
  { "cnn", "12 11 3", "[{'class_name': 'Conv2D', 'config': {'filters': 24, 'kernel_size': 3, 'padding': 'same', 'use_bias': false}},"
                    " {'class_name': 'BatchNormalization'},"
                    " {'class_name': 'Activation', 'config': {'activation': 'relu'}},"
                    " {'class_name': 'MaxPooling2D'},"
                    " {'class_name': 'Conv2D', 'config': {'filters': 32, 'kernel_size': 3, 'padding': 'same', 'activation': 'elu'}},"
                    " {'class_name': 'AveragePooling2D', 'config': {'pool_size': 3, 'strides': 2, 'padding': 'same'}},"
                    " {'class_name': 'Flatten'},"
                    " {'class_name': 'BatchNormalization'},"
                    " {'class_name': 'Dropout', 'config': {'rate': 0.2}},"
                    " {'class_name': 'Dense', 'config': {'units': 3, 'activation': 'softmax'}}]" },
  { "gru", "6 7", "[{'class_name': 'Bidirectional', 'config': {'layer': {'class_name': 'GRU', 'config': {'units': 24, 'return_sequences': true, 'dropout': 0.2, 'recurrent_dropout': 0.3}}}},"
                  " {'class_name': 'SpatialDropout1D', 'config': {'rate': 0.2}},"
                  " {'class_name': 'TimeDistributed', 'config': {'layer': {'class_name': 'Dense', 'config': {'units': 20, 'activation': 'selu'}}}},"
                  " {'class_name': 'AlphaDropout', 'config': {'rate': 0.1}},"
                  " {'class_name': 'SimpleRNN', 'config': {'units': 17}},"
                  " {'class_name': 'GaussianNoise', 'config': {'stddev': 0.1}},"
                  " {'class_name': 'Dense', 'config': {'units': 3, 'activation': 'softmax'}}]" },
  { "lstm", "9 5", "[{'class_name': 'LSTM', 'config': {'units': 33, 'return_sequences': true, 'dropout': 0.2, 'recurrent_dropout': 0.3}},"
                   " {'class_name': 'LSTM', 'config': {'units': 20, 'activation': 'gelu', 'go_backwards': true}},"
                   " {'class_name': 'Dense', 'config': {'units': 3, 'activation': 'softmax'}}]" },
};

/* Settings beside the defaults of every optimizer there is. */
static const char *const optimizers[] = {
  "{'class_name': 'SGD', 'config': {'learning_rate': 0.05, 'momentum': 0.9}}",
  "{'class_name': 'SGD', 'config': {'learning_rate': 0.05, 'momentum': 0.9, 'nesterov': true}}",
  "{'class_name': 'Adam', 'config': {'amsgrad': true}}",
  "{'class_name': 'Adam', 'config': {'clipnorm': 0.1, 'weight_decay': 0.01, 'use_ema': true, 'ema_overwrite_frequency': 2}}",
  "{'class_name': 'SGD', 'config': {'global_clipnorm': 0.1, 'gradient_accumulation_steps': 2, 'learning_rate': {'class_name': 'CosineDecay'}}}",
  "{'class_name': 'RMSprop', 'config': {'momentum': 0.5, 'centered': true, 'clipvalue': 0.01}}",
};

enum { ROWS = 203, TRAINING = 150, BATCH = 37, EPOCHS = 3, CLASSES = 3 };

typedef struct
{
  const Architecture *architecture;
  json_t             *optimizer, *loss;
} BitsTest;

static json_t *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

static CamNetwork *
make_network (const Architecture *architecture)
{
  g_auto(GStrv) words = g_strsplit (architecture->input, " ", -1);
  g_autoptr(json_t) layers = parse (architecture->layers);
  g_autoptr(GError) error = NULL;
  CamShape shape = { 0 };
  CamNetwork *network;

  for (guint i = 0; words[i] != NULL; i++)
    shape.dims[shape.n_dims++] = (gsize) g_ascii_strtoull (words[i], NULL, 10);
  network = cam_network_new (&shape, layers, &error);
  g_assert_no_error (error);
  cam_network_initialise (network, 5);
  return network;
}

static void
on_epoch (const CamEpoch *epoch,
          CamNetwork     *network,
          gpointer        user_data)
{
  /* Loss and accuracy, of training and of validation. */
  g_checksum_update (user_data, (const guchar *) epoch->values, 4 * sizeof (double));
}

/* What a fit with this seed and so many threads leaves, to the last bit. */
static char *
fingerprint (const BitsTest *test,
             guint64         seed,
             guint           n_threads)
{
  g_autoptr(CamNetwork) network = make_network (test->architecture);
  gsize x_size = network->n_in, y_size = CLASSES;
  g_autofree float *x = g_new (float, ROWS * x_size), *y = g_new0 (float, ROWS * CLASSES);
  g_autoptr(json_t) metrics = parse ("['accuracy']");
  CamFitSettings settings = { test->loss, metrics, test->optimizer, NULL, BATCH, EPOCHS, TRUE, seed, n_threads, 0, NULL };
  g_autoptr(GChecksum) bits = g_checksum_new (G_CHECKSUM_SHA256);
  CamFitHooks hooks = { .on_epoch = on_epoch, .user_data = bits };
  CamSamples training, validation;
  g_autoptr(GBytes) weights = NULL;
  g_autoptr(CamFit) fit = NULL;
  g_autoptr(GError) error = NULL;
  CamFitOutcome outcome;
  CamRng rng;

  if (g_str_has_prefix (json_string_value (test->loss), "sparse"))
    y_size = 1;
  cam_rng_init (&rng, 1, 2);
  for (gsize i = 0; i < ROWS * x_size; i++)
    x[i] = (float) cam_rng_normal (&rng);
  for (gsize i = 0; i < ROWS; i++)
    {
      guint c = (guint) cam_rng_below (&rng, CLASSES);

      y[i * y_size + (y_size > 1 ? c : 0)] = y_size > 1 ? 1.0f : (float) c;
    }
  training = (CamSamples) { x, y, TRAINING, x_size, y_size, NULL };
  validation = (CamSamples) { x + TRAINING * x_size, y + TRAINING * y_size, ROWS - TRAINING, x_size, y_size, NULL };

  fit = cam_fit_new (network, &settings, &training, &validation, &error);
  g_assert_no_error (error);
  g_assert_true (fit->shared);
  cam_fit_run (fit, &hooks, NULL, &outcome);
  g_assert_cmpint (outcome.end, ==, CAM_FIT_FINISHED);
  weights = cam_network_dup_weights (network);
  g_checksum_update (bits, g_bytes_get_data (weights, NULL), (gssize) g_bytes_get_size (weights));

  return g_strdup (g_checksum_get_string (bits));
}

static void
test_threads (gconstpointer data)
{
  static const guint n_threads[] = { 1, 2, 3, 4 };
  g_autofree char *one = fingerprint (data, 9, 1);
  g_autofree char *other_seed = fingerprint (data, 10, 1);

  for (guint i = 0; i < G_N_ELEMENTS (n_threads); i++)
    {
      g_autofree char *other = fingerprint (data, 9, n_threads[i]);

      g_assert_cmpstr (other, ==, one);
    }
  g_assert_cmpstr (other_seed, !=, one);
}

/* A tile of weights may end anywhere: the optimizer gives each weight the same bits. */
static void
test_tiles (gconstpointer data)
{
  enum { N = 77, STEPS = 3 };
  const CamOptimizerOps *ops = data;
  g_autoptr(json_t) given = json_string (ops->kind.name);
  CamOptimizer optimizer;
  static const gsize ends[] = { 1, 8, 9, 32, 63, N };
  float whole[5][N] = { 0 }, tiles[5][N] = { 0 }, g[N];
  CamRng rng;

  cam_rng_init (&rng, 4, 4);
  g_assert_true (cam_optimizer_init (&optimizer, given, NULL));
  g_assert_cmpuint (cam_optimizer_n_slots (&optimizer), <=, 4);
  for (guint i = 0; i < N; i++)
    whole[0][i] = tiles[0][i] = (float) cam_rng_normal (&rng);
  for (guint step = 1; step <= STEPS; step++)
    {
      float *const slots[] = { whole[1], whole[2], whole[3], whole[4] };
      gsize first = 0;

      for (guint i = 0; i < N; i++)
        g[i] = (float) cam_rng_normal (&rng);
      cam_optimizer_begin (&optimizer, step - 1);
      ops->step (&optimizer, whole[0], g, slots, N);
      for (guint e = 0; e < G_N_ELEMENTS (ends); first = ends[e++])
        {
          float *const parts[] = { tiles[1] + first, tiles[2] + first, tiles[3] + first, tiles[4] + first };

          ops->step (&optimizer, tiles[0] + first, g + first, parts, ends[e] - first);
        }
      g_assert_cmpmem (tiles, sizeof tiles, whole, sizeof whole);
    }
  cam_optimizer_clear (&optimizer);
}

static void
free_test (gpointer data)
{
  BitsTest *test = data;

  json_decref (test->optimizer);
  json_decref (test->loss);
  g_free (test);
}

static void
add_test (const Architecture *architecture,
          const char         *what,
          json_t             *optimizer,
          const char         *loss)
{
  BitsTest *test = g_new (BitsTest, 1);
  g_autofree char *path = g_strjoin ("/", "/engine/bits", architecture->name, what, NULL);

  *test = (BitsTest) { architecture, optimizer, json_string (loss) };
  g_test_add_data_func_full (path, test, test_threads, free_test);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint a = 0; a < G_N_ELEMENTS (architectures); a++)
    {
      for (guint o = 0; cam_optimizers[o] != NULL; o++)
        add_test (&architectures[a], cam_optimizers[o]->kind.name, json_string (cam_optimizers[o]->kind.name), "categorical_crossentropy");
      for (guint o = 0; o < G_N_ELEMENTS (optimizers); o++)
        {
          g_autofree char *name = g_strdup_printf ("settings-%u", o + 1);

          add_test (&architectures[a], name, parse (optimizers[o]), "categorical_crossentropy");
        }
    }
  /* A loss sees the last layer alone. */
  for (guint l = 0; cam_losses[l] != NULL; l++)
    add_test (&architectures[0], cam_losses[l]->kind.name, json_string ("adam"), cam_losses[l]->kind.name);
  for (guint o = 0; cam_optimizers[o] != NULL; o++)
    {
      g_autofree char *path = g_strconcat ("/engine/bits/tiles/", cam_optimizers[o]->kind.name, NULL);

      /* One that needs a weight's norm is given whole weights. */
      if (cam_optimizers[o]->is_whole)
        continue;
      g_test_add_data_func (path, cam_optimizers[o], test_tiles);
    }

  return g_test_run ();
}
