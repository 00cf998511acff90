/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fit that is paused, stopped and gone on with, or given more epochs, has the very numbers of one that was not; rates set from outside; where a divergence began; files. */
#include <cam-fit-private.h>
#include <math.h>
#include <string.h>

enum { ROWS = 101, INPUTS = 4, EPOCHS = 9 };

#define LAYERS "[{'class_name': 'Dense', 'config': {'units': 12, 'activation': 'relu'}}, {'class_name': 'Dropout', 'config': {'rate': 0.25}}," \
               " {'class_name': 'Dense', 'name': 'last', 'config': {'units': 1, 'activation': 'sigmoid'}}]"

typedef struct
{
  float       x[ROWS * INPUTS], y[ROWS];
  CamNetwork *network;
  CamFit     *fit;
  GArray     *history;      /* double */
  GCancellable *cancellable;   /* is used after the run's first batch where there is one */
} Going;

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
going_init (Going      *self,
            const char *optimizer,
            const char *callbacks,
            guint       epochs)
{
  g_autoptr(json_t) layers = parse (LAYERS), loss = json_string ("binary_crossentropy"), metrics = parse ("['accuracy', 'AUC']");
  g_autoptr(json_t) optimizer_json = parse (optimizer), callbacks_json = parse (callbacks);
  CamFitSettings settings = {
    .loss = loss, .metrics = metrics, .optimizer = optimizer_json, .callbacks = callbacks_json, .batch_size = 16, .epochs = epochs, .shuffle = TRUE, .seed = 3,
    .n_threads = 2, .remeasure_rows = 50,
  };
  CamSamples samples = { self->x, self->y, ROWS, INPUTS, 1, NULL };
  CamShape shape = cam_shape_vector (INPUTS);
  g_autoptr(GError) error = NULL;
  CamRng rng;

  cam_rng_init (&rng, 8, 8);
  for (guint i = 0; i < ROWS * INPUTS; i++)
    self->x[i] = (float) cam_rng_normal (&rng);
  for (guint i = 0; i < ROWS; i++)
    self->y[i] = self->x[i * INPUTS] + self->x[i * INPUTS + 1] * self->x[i * INPUTS + 2] > 0.0f;
  self->network = cam_network_new (&shape, layers, &error);
  g_assert_no_error (error);
  cam_network_initialise (self->network, 4);
  self->fit = cam_fit_new (self->network, &settings, &samples, NULL, &error);
  g_assert_no_error (error);
  self->history = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
going_clear (Going *self)
{
  g_clear_pointer (&self->fit, cam_fit_free);
  g_clear_pointer (&self->network, cam_network_free);
  g_clear_pointer (&self->history, g_array_unref);
  g_clear_object (&self->cancellable);
}

static void
on_epoch (const CamEpoch *epoch,
          CamNetwork     *network,
          gpointer        user_data)
{
  Going *self = user_data;

  g_array_append_vals (self->history, epoch->values, g_strv_length ((char **) cam_fit_get_keys (self->fit)));
}

/* The first batch of a run is always told of. */
static void
on_batch (const CamBatchProgress *progress,
          gpointer                user_data)
{
  Going *self = user_data;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static CamFitEnd
run (Going *self)
{
  CamFitHooks hooks = { .on_epoch = on_epoch, .on_batch = on_batch, .user_data = self };
  CamFitOutcome outcome;

  cam_fit_run (self->fit, &hooks, self->cancellable, &outcome);
  g_assert_cmpuint (outcome.n_epochs, ==, self->history->len / g_strv_length ((char **) cam_fit_get_keys (self->fit)));
  cam_fit_outcome_clear (&outcome);
  return outcome.end;
}

static void
assert_same (const Going *a,
             const Going *b)
{
  g_autoptr(GBytes) weights = cam_network_dup_weights (a->network), others = cam_network_dup_weights (b->network);

  g_assert_cmpmem (a->history->data, a->history->len * sizeof (double), b->history->data, b->history->len * sizeof (double));
  g_assert_true (g_bytes_equal (weights, others));
}

static const struct
{
  const char *name, *optimizer, *callbacks;
} cases[] = {
  { "sgd", "{'class_name': 'SGD', 'config': {'momentum': 0.9}}", "[]" },
  { "adam", "'adam'", "[]" },
  { "nadam-average", "{'class_name': 'Nadam', 'config': {'use_ema': true, 'ema_momentum': 0.9}}", "[]" },
  { "accumulating", "{'class_name': 'Adam', 'config': {'gradient_accumulation_steps': 3}}", "[]" },
  { "schedule", "{'class_name': 'Adam', 'config': {'learning_rate': {'class_name': 'ExponentialDecay', 'config': {'decay_steps': 5}}}}", "[]" },
  { "callbacks", "{'class_name': 'Adam', 'config': {'learning_rate': 0.05}}",
    "[{'class_name': 'ReduceLROnPlateau', 'config': {'monitor': 'train_loss', 'patience': 1, 'min_delta': 0.05}},"
    " {'class_name': 'EarlyStopping', 'config': {'monitor': 'loss', 'patience': 50, 'restore_best_weights': true}},"
    " {'class_name': 'LearningRateScheduler', 'config': {'schedule': {'class_name': 'EpochDecay', 'config': {'start_epoch': 3}}}}]" },
};

static void
test_more (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  Going whole = { 0 }, parts = { 0 };

  going_init (&whole, cases[i].optimizer, cases[i].callbacks, EPOCHS);
  g_assert_cmpint (run (&whole), ==, CAM_FIT_FINISHED);

  going_init (&parts, cases[i].optimizer, cases[i].callbacks, 4);
  g_assert_cmpint (run (&parts), ==, CAM_FIT_FINISHED);
  cam_fit_add_epochs (parts.fit, 1);
  g_assert_cmpint (run (&parts), ==, CAM_FIT_FINISHED);
  cam_fit_add_epochs (parts.fit, EPOCHS - 5);
  g_assert_cmpint (run (&parts), ==, CAM_FIT_FINISHED);

  assert_same (&whole, &parts);
  going_clear (&whole);
  going_clear (&parts);
}

/* Stopped after each batch, within epochs and between them; the next run takes up there. */
static void
test_stop (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), n_stops = 0;
  Going whole = { 0 }, parts = { 0 };

  going_init (&whole, cases[i].optimizer, cases[i].callbacks, EPOCHS);
  g_assert_cmpint (run (&whole), ==, CAM_FIT_FINISHED);
  going_init (&parts, cases[i].optimizer, cases[i].callbacks, EPOCHS);
  for (;;)
    {
      CamFitEnd end;

      parts.cancellable = g_cancellable_new ();
      end = run (&parts);
      g_clear_object (&parts.cancellable);
      if (end == CAM_FIT_FINISHED)
        break;
      g_assert_cmpint (end, ==, CAM_FIT_STOPPED);
      n_stops++;
    }

  g_assert_cmpuint (n_stops, ==, EPOCHS * 7 - 1);
  assert_same (&whole, &parts);
  going_clear (&whole);
  going_clear (&parts);
}

/* The fit is freed and another takes up its state, after each batch and at the end of the epochs first asked for. */
static void
test_state (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), n_states = 0;
  Going whole = { 0 }, parts = { 0 };
  g_autoptr(GBytes) state = NULL;

  going_init (&whole, cases[i].optimizer, cases[i].callbacks, EPOCHS);
  g_assert_cmpint (run (&whole), ==, CAM_FIT_FINISHED);
  going_init (&parts, cases[i].optimizer, cases[i].callbacks, 4);
  for (;;)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GArray) history = NULL;
      gboolean is_over;

      parts.cancellable = g_cancellable_new ();
      is_over = run (&parts) == CAM_FIT_FINISHED && cam_fit_get_epochs (parts.fit) == EPOCHS;
      if (is_over)
        break;
      g_clear_pointer (&state, g_bytes_unref);
      state = cam_fit_dup_state (parts.fit);
      history = g_array_ref (parts.history);
      going_clear (&parts);

      going_init (&parts, cases[i].optimizer, cases[i].callbacks, 4);
      g_array_unref (parts.history);
      parts.history = g_steal_pointer (&history);
      g_assert_true (cam_fit_set_state (parts.fit, state, &error));
      g_assert_no_error (error);
      if (parts.history->len / g_strv_length ((char **) cam_fit_get_keys (parts.fit)) == 4)
        cam_fit_add_epochs (parts.fit, EPOCHS - 4);
      n_states++;
    }

  g_assert_cmpuint (n_states, >=, EPOCHS * 7 - 1);
  assert_same (&whole, &parts);
  going_clear (&whole);
  going_clear (&parts);
}

/* Cut anywhere, lengthened, or of another network: refused, and nothing is read that is not there. */
static void
test_damaged_state (void)
{
  static const char *const callbacks = "[{'class_name': 'EarlyStopping', 'config': {'monitor': 'loss', 'restore_best_weights': true}}]";
  Going going = { 0 };
  g_autoptr(GBytes) state = NULL;
  gsize size;
  const char *data;

  going_init (&going, "'adam'", callbacks, 2);
  run (&going);
  state = cam_fit_dup_state (going.fit);
  data = g_bytes_get_data (state, &size);
  going_clear (&going);

  for (gsize length = 0; length <= size + 1; length += length > 200 && length + 200 < size ? 97 : 1)
    {
      g_autofree char *bytes = g_malloc0 (size + 1);
      g_autoptr(GBytes) cut = NULL;
      g_autoptr(GError) error = NULL;
      gboolean is_whole = length == size;

      memcpy (bytes, data, MIN (length, size));
      cut = g_bytes_new_take (g_steal_pointer (&bytes), length);
      going_init (&going, "'adam'", callbacks, 2);
      g_assert_true (cam_fit_set_state (going.fit, cut, &error) == is_whole);
      if (!is_whole)
        g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_WEIGHTS);
      going_clear (&going);
    }
  going_init (&going, "'sgd'", callbacks, 2);
  g_assert_false (cam_fit_set_state (going.fit, state, NULL));
  going_clear (&going);
}

/* Stopped within an epoch and asked for one more: that one is finished, and it is the last. */
static void
test_one_more_after_stop (void)
{
  Going going = { 0 };

  going_init (&going, "'adam'", "[]", 50);
  going.cancellable = g_cancellable_new ();
  g_assert_cmpint (run (&going), ==, CAM_FIT_STOPPED);
  g_assert_cmpuint (going.history->len, ==, 0);
  g_clear_object (&going.cancellable);
  cam_fit_add_epochs (going.fit, 1);
  g_assert_cmpuint (cam_fit_get_epochs (going.fit), ==, 1);
  g_assert_cmpint (run (&going), ==, CAM_FIT_FINISHED);
  g_assert_cmpuint (going.history->len / g_strv_length ((char **) cam_fit_get_keys (going.fit)), ==, 1);
  going_clear (&going);
}

typedef struct
{
  gint   n_told;      /* atomic */
  guint  epoch;
  gsize  batch;
  double rate;
} Told;

static void
on_rate (double   rate,
         guint    epoch,
         gsize    batch,
         gpointer user_data)
{
  Told *told = user_data;

  told->rate = rate;
  told->epoch = epoch;
  told->batch = batch;
  g_atomic_int_inc (&told->n_told);
}

typedef struct
{
  Going going;
  Told  told;
} Paused;

static gpointer
run_told (gpointer data)
{
  Paused *paused = data;
  CamFitHooks hooks = { .on_rate = on_rate, .user_data = &paused->told };
  CamFitOutcome outcome;

  cam_fit_run (paused->going.fit, &hooks, NULL, &outcome);
  cam_fit_outcome_clear (&outcome);
  return NULL;
}

/* A rate set during a pause is taken at once, and told with the place where it begins. */
static void
test_rate_while_paused (void)
{
  Paused paused = { 0 };
  GThread *thread;

  going_init (&paused.going, "'adam'", "[]", 3);
  cam_fit_set_paused (paused.going.fit, TRUE);
  thread = g_thread_new ("fit", run_told, &paused);
  cam_fit_set_rate (paused.going.fit, 0.25);
  while (g_atomic_int_get (&paused.told.n_told) < 1)
    g_usleep (100);
  cam_fit_set_rate (paused.going.fit, 0.125);
  while (g_atomic_int_get (&paused.told.n_told) < 2)
    g_usleep (100);
  g_assert_cmpfloat (paused.told.rate, ==, 0.125);
  g_assert_cmpuint (paused.told.epoch, ==, 1);
  g_assert_cmpuint (paused.told.batch, ==, 1);
  cam_fit_set_paused (paused.going.fit, FALSE);
  g_thread_join (thread);
  g_assert_cmpint (paused.told.n_told, ==, 2);
  going_clear (&paused.going);
}

static gpointer
run_thread (gpointer data)
{
  run (data);
  return NULL;
}

static void
test_pause (void)
{
  Going whole = { 0 }, paused = { 0 };
  GThread *thread;

  going_init (&whole, "'adam'", "[]", 60);
  run (&whole);
  going_init (&paused, "'adam'", "[]", 60);
  thread = g_thread_new ("fit", run_thread, &paused);
  for (guint i = 0; i < 20; i++)
    {
      g_usleep (200);
      cam_fit_set_paused (paused.fit, TRUE);
      g_usleep (500);
      cam_fit_set_paused (paused.fit, FALSE);
    }
  g_thread_join (thread);

  assert_same (&whole, &paused);
  going_clear (&whole);
  going_clear (&paused);
}

/* A rate set before the first batch is the rate of the settings. */
static void
test_set_rate (void)
{
  Going given = { 0 }, set = { 0 };

  going_init (&given, "{'class_name': 'Adam', 'config': {'learning_rate': 0.02}}", "[]", 5);
  run (&given);
  going_init (&set, "{'class_name': 'Adam', 'config': {'learning_rate': {'class_name': 'CosineDecay', 'config': {'decay_steps': 9}}}}", "[]", 5);
  cam_fit_set_rate (set.fit, 0.02);
  run (&set);

  assert_same (&given, &set);
  going_clear (&given);
  going_clear (&set);
}

/* Stopped early, then gone on with all the same: as many epochs of patience again. */
static void
test_early (void)
{
  Going going = { 0 };
  guint n_keys, first;

  going_init (&going, "{'class_name': 'SGD', 'config': {'learning_rate': 0.0}}", "[{'class_name': 'EarlyStopping', 'config': {'monitor': 'train_loss', 'patience': 3}}]", 50);
  g_assert_cmpint (run (&going), ==, CAM_FIT_EARLY);
  n_keys = g_strv_length ((char **) cam_fit_get_keys (going.fit));
  first = going.history->len / n_keys;
  g_assert_cmpuint (first, ==, 4);
  g_assert_cmpint (run (&going), ==, CAM_FIT_EARLY);
  g_assert_cmpuint (going.history->len / n_keys, ==, first + 3);
  going_clear (&going);
}

static void
test_keys (void)
{
  static const char *const expected[] = { "AUC", "accuracy", "loss", "learning_rate", "train_AUC", "train_accuracy", "train_loss", NULL };
  Going going = { 0 };

  going_init (&going, "'adam'", "[{'class_name': 'ReduceLROnPlateau', 'config': {'monitor': 'train_AUC'}}]", 1);
  g_assert_cmpstrv (cam_fit_get_keys (going.fit), expected);
  run (&going);
  g_assert_cmpfloat_with_epsilon (g_array_index (going.history, double, 3), 0.001, 1e-9);
  going_clear (&going);
}

/* A schedule belongs to the optimizer; no callback sets what it gives. */
static void
test_two_masters (void)
{
  g_autoptr(json_t) layers = parse (LAYERS), loss = json_string ("mse");
  g_autoptr(json_t) optimizer = parse ("{'class_name': 'SGD', 'config': {'learning_rate': 'exponential_decay'}}"), callbacks = parse ("[{'class_name': 'LearningRateScheduler'}]");
  CamFitSettings settings = { .loss = loss, .optimizer = optimizer, .callbacks = callbacks, .batch_size = 2, .epochs = 1 };
  float x[2 * INPUTS] = { 0 }, y[2] = { 0 };
  CamSamples samples = { x, y, 2, INPUTS, 1, NULL };
  CamShape shape = cam_shape_vector (INPUTS);
  g_autoptr(CamNetwork) network = cam_network_new (&shape, layers, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (cam_fit_new (network, &settings, &samples, NULL, &error));
  g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "LearningRateScheduler"));
}

typedef struct
{
  const char *name, *optimizer;
  int         bad_x;        /* where value is put; −1: nowhere */
  float       value;
  float       weight;       /* of the first layer; 0: as they are */
  CamBad      bad;
  const char *layer;
  gsize       row;
} BadCase;

static const BadCase bad_cases[] = {
  { "data", "'sgd'", 37 * INPUTS + 1, NAN, 0.0f, CAM_BAD_DATA, NULL, 38 },
  { "loss", "'sgd'", 12 * INPUTS, 3e38f, 2.0f, CAM_BAD_LOSS, "dense", 13 },
  { "weight", "{'class_name': 'SGD', 'config': {'learning_rate': 1000.0, 'weight_decay': 1.0}}", -1, 0.0f, 3e36f, CAM_BAD_WEIGHT, "dense", 0 },
};

static void
test_bad (gconstpointer data)
{
  const BadCase *test = data;
  g_autoptr(json_t) layers = parse (LAYERS), loss = json_string ("mse"), optimizer = parse (test->optimizer);
  CamFitSettings settings = { .loss = loss, .optimizer = optimizer, .batch_size = 16, .epochs = 30, .shuffle = TRUE };
  Going *going = g_new0 (Going, 1);
  CamSamples samples = { going->x, going->y, ROWS, INPUTS, 1, NULL };
  CamShape shape = cam_shape_vector (INPUTS);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamFit) fit = NULL;
  CamFitOutcome outcome;
  CamRng rng;

  cam_rng_init (&rng, 8, 8);
  for (guint i = 0; i < ROWS * INPUTS; i++)
    going->x[i] = (float) cam_rng_normal (&rng);
  if (test->bad_x >= 0)
    going->x[test->bad_x] = test->value;
  going->network = cam_network_new (&shape, layers, NULL);
  cam_network_initialise (going->network, 4);
  for (guint i = 0; test->weight != 0.0f && i < cam_network_peek_weight (going->network, 0)->n; i++)
    cam_network_peek_weight (going->network, 0)->data[i] = test->weight;
  fit = cam_fit_new (going->network, &settings, &samples, NULL, &error);
  g_assert_no_error (error);
  cam_fit_run (fit, NULL, NULL, &outcome);

  g_assert_cmpint (outcome.end, ==, CAM_FIT_DIVERGED);
  g_assert_cmpint (outcome.bad, ==, test->bad);
  g_assert_cmpstr (outcome.bad_layer, ==, test->layer);
  g_assert_cmpuint (outcome.bad_row, ==, test->row);
  g_assert_cmpuint (outcome.bad_epoch, ==, 1);
  g_test_message ("%s", outcome.message);
  if (test->layer != NULL)
    g_assert_nonnull (strstr (outcome.message, test->layer));
  cam_fit_outcome_clear (&outcome);
  g_clear_pointer (&fit, cam_fit_free);
  going_clear (going);
  g_free (going);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *more = g_strconcat ("/engine/fit/more-epochs/", cases[i].name, NULL), *stop = g_strconcat ("/engine/fit/stopped-and-on/", cases[i].name, NULL);
      g_autofree char *state = g_strconcat ("/engine/fit/state/", cases[i].name, NULL);

      g_test_add_data_func (more, GUINT_TO_POINTER (i), test_more);
      g_test_add_data_func (stop, GUINT_TO_POINTER (i), test_stop);
      g_test_add_data_func (state, GUINT_TO_POINTER (i), test_state);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/fit/bad/", bad_cases[i].name, NULL);

      g_test_add_data_func (path, &bad_cases[i], test_bad);
    }
  g_test_add_func ("/engine/fit/paused-and-on", test_pause);
  g_test_add_func ("/engine/fit/set-rate", test_set_rate);
  g_test_add_func ("/engine/fit/damaged-state", test_damaged_state);
  g_test_add_func ("/engine/fit/one-more-after-stop", test_one_more_after_stop);
  g_test_add_func ("/engine/fit/rate-while-paused", test_rate_while_paused);
  g_test_add_func ("/engine/fit/early-and-on", test_early);
  g_test_add_func ("/engine/fit/keys", test_keys);
  g_test_add_func ("/engine/fit/two-masters", test_two_masters);

  return g_test_run ();
}
