/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole short runs recorded from Keras 3 (tests/data/golden/training.json): histories, final weights, evaluation and predictions of every row. None is left out. */
#include <cam-class-weight.h>
#include <cam-fit-private.h>
#include <string.h>

#include "golden.h"

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

typedef struct
{
  const json_t       *history;
  const char *const  *keys;
  guint               n;
  const char         *name;
} Watch;

static void
watch_epoch (const CamEpoch *epoch,
             CamNetwork     *network,
             gpointer        user_data)
{
  Watch *watch = user_data;

  for (guint i = 0; watch->keys[i] != NULL; i++)
    {
      const json_t *column = json_object_get (watch->history, watch->keys[i]);

      g_assert_nonnull (column);
      golden_near (watch->name, epoch->epoch, epoch->values[i], json_number_value (json_array_get (column, epoch->epoch - 1)), 1e-4);
    }
  watch->n++;
}

/* Data kept back as "validation_split" does: the last rows. */
static gsize
count_training (const json_t *fit,
                gsize         n)
{
  const json_t *share = json_object_get (fit, "validation_split");

  return share != NULL ? (gsize) floor ((double) n * (1.0 - json_number_value (share))) : n;
}

/* The record names the class beside its settings. An average of weights that is switched off is no setting. */
static json_t *
kind_json (const json_t *given)
{
  json_t *config;
  const char *name;

  if (!json_is_object (given))
    return json_deep_copy (given);

  config = json_deep_copy (given);
  name = golden_text (given, "class");
  json_object_del (config, "class");
  if (!json_is_true (json_object_get (given, "use_ema")))
    {
      json_object_del (config, "use_ema");
      json_object_del (config, "ema_momentum");
    }

  return json_pack ("{s:s, s:o}", "class_name", name, "config", config);
}

/* The record keeps regularisers and constraints beside the other settings of a layer, by their classes, and the settings of these beside them. */
static json_t *
layer_json (const json_t *layer)
{
  json_t *config = json_deep_copy (json_object_get (layer, "config"));
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) layer, key, value)
    {
      g_autofree char *settings = g_strconcat (key, "_config", NULL);

      if (g_str_equal (key, "layer") || g_str_equal (key, "config") || g_str_has_suffix (key, "_config"))
        continue;
      json_object_set_new (config, key, json_pack ("{s:O, s:O}", "class_name", value, "config", json_object_get (layer, settings)));
    }

  return json_pack ("{s:s, s:o}", "class_name", golden_text (layer, "layer"), "config", config);
}

/* What rows weigh, by their classes or each by itself; NULL: one each. */
static float *
dup_weights (const json_t *fitting,
             const float  *y,
             gsize         n,
             gsize         y_size)
{
  const json_t *classes = json_object_get (fitting, "class_weight");
  g_autoptr(GError) error = NULL;
  float *weights;

  if (json_object_get (fitting, "sample_weight") != NULL)
    return golden_floats (json_object_get (fitting, "sample_weight"));
  if (classes == NULL)
    return NULL;

  weights = g_new (float, n);
  cam_class_weights_fill (classes, y, n, y_size, weights, "class_weight", &error);
  g_assert_no_error (error);
  return weights;
}

static CamNetwork *
make_network (const json_t *row)
{
  g_autoptr(json_t) layers = json_array ();
  CamShape shape = shape_of (json_object_get (row, "input_shape"));
  g_autoptr(GError) error = NULL;
  CamNetwork *network;
  const json_t *layer;
  gsize i;

  json_array_foreach (json_object_get (row, "layers"), i, layer)
    json_array_append_new (layers, layer_json (layer));
  network = cam_network_new (&shape, layers, &error);
  g_assert_no_error (error);
  set_weights (network, json_object_get (row, "weights0"));
  return network;
}

static void
check_after (const json_t     *row,
             CamNetwork       *network,
             const json_t     *loss,
             const CamSamples *samples)
{
  const json_t *compile = json_object_get (row, "compile"), *evaluated = json_object_get (row, "evaluate_after"), *predicted = json_object_get (row, "predict_first");
  const char *name = golden_text (row, "case");
  g_autofree float *p = g_new (float, samples->n_rows * network->n_out);
  g_autofree double *values = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) keys = cam_evaluate (network, loss, json_object_get (compile, "metrics"), json_object_get (compile, "weighted_metrics"), samples, 32, &values, &error);

  g_assert_no_error (error);
  for (guint w = 0; w < cam_network_get_n_weights (network); w++)
    {
      const json_t *entry = json_array_get (json_object_get (row, "final_weights"), w);
      const json_t *value = json_is_object (entry) ? json_object_get (entry, "value") : entry;

      g_assert_cmpuint (json_array_size (value), ==, cam_network_peek_weight (network, w)->n);
      for (gsize j = 0; j < json_array_size (value); j++)
        golden_near (name, j, cam_network_peek_weight (network, w)->data[j], json_number_value (json_array_get (value, j)), 1e-4);
    }
  for (guint k = 0; keys[k] != NULL; k++)
    {
      g_assert_nonnull (json_object_get (evaluated, keys[k]));
      golden_near (keys[k], k, values[k], json_number_value (json_object_get (evaluated, keys[k])), 1e-4);
    }
  g_assert_cmpuint (g_strv_length (keys), ==, json_object_size (evaluated));

  cam_network_predict (network, samples->x, samples->n_rows, p);
  for (gsize i = 0; i < json_array_size (predicted); i++)
    golden_near ("predict", i, p[i], json_number_value (json_array_get (predicted, i)), 1e-4);
}

static void
test_row (gconstpointer data)
{
  static const char *const fit_keys[] = { "epochs", "batch_size", "validation_split", "class_weight", "sample_weight", NULL };
  g_autoptr(json_t) json = golden_load ("training");
  const json_t *row = json_array_get (json_object_get (json, "cases"), GPOINTER_TO_UINT (data));
  const json_t *compile = json_object_get (row, "compile"), *fitting = json_object_get (row, "fit");
  g_autoptr(json_t) optimizer = kind_json (json_object_get (compile, "optimizer")), loss = kind_json (json_object_get (compile, "loss"));
  g_autoptr(CamNetwork) network = make_network (row);
  g_autofree float *x = golden_floats (json_object_get (row, "x")), *y = golden_floats (json_object_get (row, "y"));
  gsize n = (gsize) golden_at (row, "input_shape", 0), n_train = count_training (fitting, n), y_size = golden_size (row, "y") / n;
  g_autofree float *weights = dup_weights (fitting, y, n, y_size);
  CamSamples training = { x, y, n_train, network->n_in, y_size, weights }, validation = { x + n_train * network->n_in, y + n_train * y_size, n - n_train, network->n_in, y_size, NULL };
  CamSamples all = { x, y, n, network->n_in, y_size, NULL };
  CamFitSettings settings = {
    .loss = loss, .metrics = json_object_get (compile, "metrics"), .weighted_metrics = json_object_get (compile, "weighted_metrics"), .optimizer = optimizer,
    .batch_size = (gsize) json_integer_value (json_object_get (fitting, "batch_size")), .epochs = (guint) json_integer_value (json_object_get (fitting, "epochs")),
    .n_threads = 2,
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(CamFit) fit = NULL;
  CamFitOutcome outcome;
  CamFitHooks hooks;
  Watch watch;

  cam_json_check_keys (fitting, fit_keys, "fit", &error);
  g_assert_no_error (error);
  fit = cam_fit_new (network, &settings, &training, n > n_train ? &validation : NULL, &error);
  g_assert_no_error (error);
  watch = (Watch) { json_object_get (row, "history"), cam_fit_get_keys (fit), 0, golden_text (row, "case") };
  hooks = (CamFitHooks) { .on_epoch = watch_epoch, .user_data = &watch };
  cam_fit_run (fit, &hooks, NULL, &outcome);
  g_assert_cmpint (outcome.end, ==, CAM_FIT_FINISHED);
  g_assert_cmpuint (watch.n, ==, settings.epochs);
  g_assert_cmpuint (g_strv_length ((char **) watch.keys), ==, json_object_size (watch.history));

  check_after (row, network, loss, &all);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(json_t) json = golden_load ("training");
  const json_t *row;
  gsize i;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpuint (json_array_size (json_object_get (json, "cases")), ==, 15);
  json_array_foreach (json_object_get (json, "cases"), i, row)
    {
      g_autofree char *path = g_strconcat ("/engine/training/", golden_text (row, "case"), NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER ((guint) i), test_row);
    }

  return g_test_run ();
}
