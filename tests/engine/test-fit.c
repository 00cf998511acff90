/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit loop: every way that it can end; kernels, dropout and prediction. Gradients and the sameness of bits have files of their own. */
#include <cam-fit-private.h>
#include <kernels/cam-kernels.h>
#include <math.h>
#include <string.h>

enum { ROWS = 203, INPUTS = 7, CLASSES = 3 };

typedef struct
{
  float x[ROWS * INPUTS];
  float y[ROWS * CLASSES];
} Data;

static Data *
make_data (void)
{
  Data *data = g_new0 (Data, 1);
  CamRng rng;

  cam_rng_init (&rng, 1, 2);
  for (guint i = 0; i < ROWS; i++)
    {
      guint c = (guint) cam_rng_below (&rng, CLASSES);

      data->y[i * CLASSES + c] = 1.0f;
      for (guint j = 0; j < INPUTS; j++)
        data->x[i * INPUTS + j] = (float) (cam_rng_normal (&rng) + (j == c ? 1.5 : 0.0));
    }

  return data;
}

static json_t *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return json;
}

static CamNetwork *
make_network (const char *layers)
{
  g_autoptr(json_t) json = parse (layers);
  g_autoptr(GError) error = NULL;
  CamShape input = cam_shape_vector (INPUTS);
  CamNetwork *network = cam_network_new (&input, json, &error);

  g_assert_no_error (error);
  cam_network_initialise (network, 5);
  return network;
}

#define MLP "[{\"class_name\":\"Dense\",\"config\":{\"units\":150,\"activation\":\"tanh\"}}," \
            "{\"class_name\":\"Dropout\",\"config\":{\"rate\":0.3}}," \
            "{\"class_name\":\"Dense\",\"config\":{\"units\":90,\"activation\":\"relu\"}}," \
            "{\"class_name\":\"Dense\",\"config\":{\"units\":3,\"activation\":\"softmax\"}}]"

typedef struct
{
  GCancellable *cancellable;
  CamFit       *fit;
  guint         stop_after;
  guint         n_epochs;      /* atomic */
  gint64        paused_at;
} Watch;

static void
on_epoch (const CamEpoch *epoch,
          CamNetwork     *network,
          gpointer        user_data)
{
  Watch *watch = user_data;

  g_assert_cmpuint (epoch->epoch, ==, watch->n_epochs + 1);
  g_atomic_int_inc (&watch->n_epochs);
  if (watch->stop_after == epoch->epoch)
    g_cancellable_cancel (watch->cancellable);
}

static CamFit *
make_fit (CamNetwork  *network,
          const Data  *data,
          const char  *optimizer,
          const char  *callbacks,
          gsize        batch_size,
          guint        epochs,
          guint        n_threads,
          GError     **error)
{
  g_autoptr(json_t) loss = parse ("\"categorical_crossentropy\""), metrics = parse ("[\"accuracy\"]");
  g_autoptr(json_t) optimizer_json = parse (optimizer), callbacks_json = parse (callbacks);
  CamSamples training = { data->x, data->y, 150, INPUTS, CLASSES, NULL };
  CamSamples validation = { data->x + 150 * INPUTS, data->y + 150 * CLASSES, ROWS - 150, INPUTS, CLASSES, NULL };
  CamFitSettings settings = { loss, metrics, optimizer_json, callbacks_json, batch_size, epochs, TRUE, 9, n_threads, 0, NULL };

  return cam_fit_new (network, &settings, &training, &validation, error);
}

/* A row's prediction is the same in any company. */
static void
test_predict (void)
{
  g_autofree Data *data = make_data ();
  g_autoptr(CamNetwork) network = make_network (MLP);
  float all[ROWS * CLASSES], one[CLASSES];

  cam_network_predict (network, data->x, ROWS, all);
  for (guint i = 0; i < ROWS; i += 11)
    {
      cam_network_predict (network, data->x + i * INPUTS, 1, one);
      g_assert_cmpmem (one, sizeof one, all + i * CLASSES, sizeof one);
    }
}

static void
test_stop (void)
{
  g_autofree Data *data = make_data ();
  g_autoptr(CamNetwork) network = make_network (MLP);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(CamFit) fit = make_fit (network, data, "\"adam\"", "[]", 32, 100000, 2, NULL);
  g_autoptr(GBytes) best = NULL, now = NULL;
  Watch watch = { .cancellable = cancellable, .stop_after = 3 };
  CamFitHooks hooks = { .on_epoch = on_epoch, .user_data = &watch };
  CamFitOutcome outcome;

  cam_fit_run (fit, &hooks, cancellable, &outcome);
  g_assert_cmpint (outcome.end, ==, CAM_FIT_STOPPED);
  g_assert_cmpuint (outcome.n_epochs, ==, 3);
  g_assert_cmpuint (outcome.best_epoch, >=, 1);
  g_assert_cmpuint (outcome.weights_of_epoch, ==, outcome.best_epoch);
  best = cam_fit_dup_best_weights (fit);
  now = cam_network_dup_weights (network);
  g_assert_true (g_bytes_equal (best, now));
}

static gpointer
run_in_thread (gpointer data)
{
  Watch *watch = data;
  CamFitHooks hooks = { .on_epoch = on_epoch, .user_data = watch };
  CamFitOutcome outcome;

  cam_fit_run (watch->fit, &hooks, watch->cancellable, &outcome);
  cam_fit_outcome_clear (&outcome);
  return NULL;
}

static void
test_pause (void)
{
  g_autofree Data *data = make_data ();
  g_autoptr(CamNetwork) network = make_network (MLP);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(CamFit) fit = make_fit (network, data, "\"adam\"", "[]", 32, 10000000, 1, NULL);
  Watch watch = { .cancellable = cancellable, .fit = fit };
  GThread *thread;
  guint seen;

  cam_fit_set_paused (fit, TRUE);
  thread = g_thread_new ("fit", run_in_thread, &watch);
  g_usleep (50000);
  g_assert_cmpuint (g_atomic_int_get (&watch.n_epochs), ==, 0);
  cam_fit_set_paused (fit, FALSE);
  for (guint i = 0; i < 1000 && g_atomic_int_get (&watch.n_epochs) < 2; i++)
    g_usleep (5000);
  g_assert_cmpuint (g_atomic_int_get (&watch.n_epochs), >=, 2);
  cam_fit_set_paused (fit, TRUE);
  g_usleep (100000);
  seen = g_atomic_int_get (&watch.n_epochs);
  g_usleep (50000);
  g_assert_cmpuint (g_atomic_int_get (&watch.n_epochs), ==, seen);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
}

static void
test_diverge (void)
{
  g_autofree Data *data = make_data ();
  g_autoptr(CamNetwork) network = make_network ("[{\"class_name\":\"Dense\",\"config\":{\"units\":9,\"activation\":\"relu\"}},{\"class_name\":\"Dense\",\"config\":{\"units\":3}}]");
  g_autoptr(json_t) loss = parse ("\"mse\""), optimizer = parse ("{\"class_name\":\"SGD\",\"config\":{\"learning_rate\":900.0}}");
  CamSamples samples = { data->x, data->y, ROWS, INPUTS, CLASSES, NULL };
  CamFitSettings settings = { loss, NULL, optimizer, NULL, 32, 50, TRUE, 1, 1, 0, NULL };
  g_autoptr(CamFit) fit = cam_fit_new (network, &settings, &samples, NULL, NULL);
  CamFitOutcome outcome;

  cam_fit_run (fit, NULL, NULL, &outcome);
  g_assert_cmpint (outcome.end, ==, CAM_FIT_DIVERGED);
  g_assert_cmpuint (outcome.bad_epoch, >=, 1);
  g_assert_cmpuint (outcome.bad_batch, >=, 1);
  g_assert_nonnull (outcome.message);
  for (guint w = 0; w < cam_network_get_n_weights (network); w++)
    g_assert_true (cam_is_finite (cam_network_peek_weight (network, w)->data, cam_network_peek_weight (network, w)->n));
  cam_fit_outcome_clear (&outcome);
}

static void
test_diverge_data (void)
{
  g_autofree Data *data = make_data ();
  g_autoptr(CamNetwork) network = make_network (MLP);
  g_autoptr(CamFit) fit = NULL;
  CamFitOutcome outcome;

  data->x[100 * INPUTS] = NAN;
  fit = make_fit (network, data, "\"sgd\"", "[]", 150, 3, 1, NULL);
  cam_fit_run (fit, NULL, NULL, &outcome);
  g_assert_cmpint (outcome.end, ==, CAM_FIT_DIVERGED);
  g_assert_cmpuint (outcome.bad_epoch, ==, 1);
  g_assert_nonnull (strstr (outcome.message, "data"));
  g_assert_null (strstr (outcome.message, "learning rate"));
  cam_fit_outcome_clear (&outcome);
}

static void
test_early (void)
{
  g_autofree Data *data = make_data ();
  g_autoptr(CamNetwork) network = make_network (MLP);
  g_autoptr(CamFit) fit = make_fit (network, data, "{\"class_name\":\"Adam\",\"config\":{\"learning_rate\":0.02}}",
                                    "[{\"class_name\":\"EarlyStopping\",\"config\":{\"patience\":3,\"restore_best_weights\":true}}]", 32, 500, 2, NULL);
  CamFitOutcome outcome;

  g_assert_cmpstr (cam_fit_get_monitor (fit), ==, "val_loss");
  cam_fit_run (fit, NULL, NULL, &outcome);
  g_assert_cmpint (outcome.end, ==, CAM_FIT_EARLY);
  g_assert_cmpuint (outcome.n_epochs, ==, outcome.best_epoch + 3);
  g_assert_cmpuint (outcome.weights_of_epoch, ==, outcome.best_epoch);
  g_assert_nonnull (outcome.message);
  cam_fit_outcome_clear (&outcome);
}

static void
test_errors (void)
{
  g_autofree Data *data = make_data ();
  g_autoptr(CamNetwork) network = make_network ("[{\"class_name\":\"Dense\",\"config\":{\"units\":2}}]");
  g_autoptr(CamNetwork) right = make_network (MLP);
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) layers = parse ("[{\"class_name\":\"Dense\",\"config\":{\"units\":3,\"size\":3}}]"), nothing = json_array ();
  g_autoptr(json_t) unknown = parse ("[{\"class_name\":\"Quantum\"}]");
  CamShape shape = cam_shape_vector (3);

  g_assert_null (make_fit (network, data, "\"adam\"", "[]", 32, 1, 1, &error));
  g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS);
  g_clear_error (&error);
  g_assert_null (make_fit (right, data, "\"adagio\"", "[]", 32, 1, 1, &error));
  g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "adagio"));
  g_clear_error (&error);
  g_assert_null (make_fit (right, data, "{\"class_name\":\"Adam\",\"config\":{\"learning_rate\":-1.0}}", "[]", 32, 1, 1, &error));
  g_assert_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_null (make_fit (right, data, "\"adam\"", "[{\"class_name\":\"EarlyStopping\",\"config\":{\"monitor\":\"val_mean_absolute_error\"}}]", 32, 1, 1, &error));
  g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS);
  g_clear_error (&error);

  g_assert_null (cam_network_new (&shape, layers, &error));
  g_assert_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_KEY);
  g_assert_nonnull (strstr (error->message, "layer 1 (Dense)"));
  g_clear_error (&error);
  g_assert_null (cam_network_new (&shape, unknown, &error));
  g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER);
  g_clear_error (&error);
  g_assert_null (cam_network_new (&shape, nothing, &error));
  g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER);
  g_clear_error (&error);
  {
    g_autoptr(GBytes) few = g_bytes_new_static ("1234", 4);

    g_assert_false (cam_network_set_weights (right, few, &error));
    g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_WEIGHTS);
  }
}

/* Half of a row of ones is dropped, the rest doubled: the mean stays. */
static void
test_dropout (void)
{
  g_autoptr(CamNetwork) network = make_network ("[{\"class_name\":\"Dropout\",\"config\":{\"rate\":0.25}}]");
  const CamLayer *layer = cam_network_layer (network, 0);
  enum { N = 4000 };
  g_autofree float *x = g_new (float, N * INPUTS), *y = g_new (float, N * INPUTS), *again = g_new (float, N * INPUTS), *scratch = g_new (float, N * INPUTS);
  CamRng rng;
  CamPass pass = { .training = TRUE, .rng = &rng };
  double sum = 0.0;

  cam_rng_init (&rng, 3, 4);
  for (guint i = 0; i < N * INPUTS; i++)
    x[i] = 1.0f;
  layer->kind->forward (layer, &pass, x, y, scratch, N);
  for (guint i = 0; i < N * INPUTS; i++)
    {
      g_assert_true (y[i] == 0.0f || fabsf (y[i] - 4.0f / 3.0f) < 1e-6f);
      sum += y[i];
    }
  g_assert_cmpfloat_with_epsilon (sum / (N * INPUTS), 1.0, 0.02);

  /* In two shards: the same draws. */
  layer->kind->forward (layer, &pass, x, again, scratch, 1001);
  pass.first_draw = 1001 * INPUTS;
  layer->kind->forward (layer, &pass, x, again + 1001 * INPUTS, scratch, N - 1001);
  g_assert_cmpmem (again, N * INPUTS * sizeof (float), y, N * INPUTS * sizeof (float));
}

static void
test_inspect (void)
{
  g_autoptr(json_t) layers = parse ("[{\"class_name\":\"Dense\",\"config\":{\"units\":4}},{\"class_name\":\"Dropout\",\"config\":{\"rate\":1.5}},{\"class_name\":\"Dense\"}]");
  CamShape input = cam_shape_vector (3);
  g_autoptr(GPtrArray) reports = cam_network_inspect (&input, layers);
  const CamLayerReport *first = g_ptr_array_index (reports, 0), *second = g_ptr_array_index (reports, 1), *third = g_ptr_array_index (reports, 2);

  g_assert_true (first->has_shape);
  g_assert_cmpuint (first->n_params, ==, 16);
  g_assert_null (first->problem);
  g_assert_false (second->has_shape);
  g_assert_nonnull (strstr (second->problem, "rate"));
  g_assert_false (third->has_shape);
  g_assert_null (third->problem);
}

/* The kernels against their plain references, in shapes that fill no vector. */
static void
test_kernels (void)
{
  static const gsize shapes[][3] = { { 1, 1, 1 }, { 3, 5, 7 }, { 33, 17, 65 }, { 64, 30, 128 } };

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      gsize n = shapes[s][0], in = shapes[s][1], out = shapes[s][2];
      g_autofree float *x = g_new (float, n * in), *k = g_new (float, in * out), *b = g_new (float, out), *d = g_new (float, n * out);
      g_autofree float *fast = g_new0 (float, n * out + n * in + in * out), *plain = g_new0 (float, n * out + n * in + in * out);
      CamRng rng;

      cam_rng_init (&rng, s, 0);
      for (gsize i = 0; i < n * in; i++)
        x[i] = (float) cam_rng_normal (&rng);
      for (gsize i = 0; i < in * out; i++)
        k[i] = (float) cam_rng_normal (&rng);
      for (gsize i = 0; i < out; i++)
        b[i] = (float) cam_rng_normal (&rng);
      for (gsize i = 0; i < n * out; i++)
        d[i] = (float) cam_rng_normal (&rng);

      cam_dense_forward (x, k, b, fast, n, in, out);
      cam_plain_dense_forward (x, k, b, plain, n, in, out);
      cam_dense_input_gradient (d, k, fast + n * out, n, in, out);
      cam_plain_dense_input_gradient (d, k, plain + n * out, n, in, out);
      cam_dense_weight_gradient (x, d, fast + n * out + n * in, n, in, out, in / 2, in - in / 2);
      cam_plain_dense_weight_gradient (x, d, plain + n * out + n * in, n, in, out, in / 2, in - in / 2);
      for (gsize i = 0; i < n * out + n * in + in * out; i++)
        g_assert_cmpfloat_with_epsilon (fast[i], plain[i], 1e-4);
    }

  for (float x = -100.0f; x < 100.0f; x += 0.0371f)
    {
      float y;

      cam_map_exp (&x, &y, 1);
      if (x > -87.0f && x < 88.0f)
        g_assert_cmpfloat_with_epsilon (y / exp (x), 1.0, 3e-7);
      cam_map_tanh (&x, &y, 1);
      g_assert_cmpfloat_with_epsilon (y, tanh (x), 3e-7);
      cam_map_sigmoid (&x, &y, 1);
      g_assert_cmpfloat_with_epsilon (y, 1.0 / (1.0 + exp (-x)), 3e-7);
    }
  {
    float bad = NAN, y = 0.0f;

    cam_map_tanh (&bad, &y, 1);
    g_assert_true (isnan (y));
    cam_map_sigmoid (&bad, &y, 1);
    g_assert_true (isnan (y));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/kernels/plain", test_kernels);
  g_test_add_func ("/engine/dropout/draws", test_dropout);
  g_test_add_func ("/engine/network/inspect", test_inspect);
  g_test_add_func ("/engine/network/predict", test_predict);
  g_test_add_func ("/engine/fit/stop", test_stop);
  g_test_add_func ("/engine/fit/pause", test_pause);
  g_test_add_func ("/engine/fit/diverge", test_diverge);
  g_test_add_func ("/engine/fit/diverge-data", test_diverge_data);
  g_test_add_func ("/engine/fit/early", test_early);
  g_test_add_func ("/engine/fit/errors", test_errors);
  return g_test_run ();
}
