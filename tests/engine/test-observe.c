/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is seen inside a network: histograms, gradients of the last batch, dead and saturated units, filters. */
#include <cam-observe.h>
#include <math.h>
#include <string.h>

enum { ROWS = 12, INPUTS = 3 };

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
make_network (const char     *layers,
              const CamShape *shape)
{
  g_autoptr(json_t) json = parse (layers);
  g_autoptr(GError) error = NULL;
  CamNetwork *network = cam_network_new (shape, json, &error);

  g_assert_no_error (error);
  cam_network_initialise (network, 3);
  return network;
}

static void
test_histogram (void)
{
  static const float values[] = { -1.0f, 0.0f, 0.0f, 3.0f, NAN, INFINITY };
  CamHistogram histogram;
  guint sum = 0;

  cam_histogram_init (&histogram, values, G_N_ELEMENTS (values));
  g_assert_cmpuint (histogram.n, ==, 4);
  g_assert_cmpuint (histogram.n_bad, ==, 2);
  g_assert_cmpfloat (histogram.low, ==, -1.0);
  g_assert_cmpfloat (histogram.high, ==, 3.0);
  g_assert_cmpfloat (histogram.mean, ==, 0.5);
  g_assert_cmpfloat_with_epsilon (histogram.deviation, 1.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (histogram.norm, sqrt (10.0), 1e-12);
  for (guint i = 0; i < CAM_HISTOGRAM_BINS; i++)
    sum += histogram.counts[i];
  g_assert_cmpuint (sum, ==, 4);
  g_assert_cmpuint (histogram.counts[0], ==, 1);
  g_assert_cmpuint (histogram.counts[10], ==, 2);
  g_assert_cmpuint (histogram.counts[CAM_HISTOGRAM_BINS - 1], ==, 1);

  cam_histogram_init (&histogram, values + 1, 2);
  g_assert_cmpuint (histogram.counts[0], ==, 2);
  cam_histogram_init (&histogram, values, 0);
  g_assert_cmpuint (histogram.n, ==, 0);
}

static void
fill (float *x)
{
  for (guint i = 0; i < ROWS * INPUTS; i++)
    x[i] = 0.25f * (float) (1 + i % 7);
}

static void
test_units (void)
{
  CamShape shape = cam_shape_vector (INPUTS);
  g_autoptr(CamNetwork) network = make_network ("[{'class_name': 'Dense', 'config': {'units': 4, 'activation': 'relu'}}, {'class_name': 'Dropout', 'config': {'rate': 0.1}},"
                                                " {'class_name': 'Dense', 'config': {'units': 2, 'activation': 'tanh'}}, {'class_name': 'Dense', 'config': {'units': 2}}]", &shape);
  float x[ROWS * INPUTS];
  g_autoptr(GArray) views = NULL;
  const CamLayerView *view;

  fill (x);
  /* Inputs are positive: the first three units see a sum below nothing, the last one above. Then each of the two sees ±100 of it. */
  for (guint i = 0; i < INPUTS * 4; i++)
    cam_network_peek_weight (network, 0)->data[i] = i % 4 < 3 ? -1.0f : 1.0f;
  for (guint i = 0; i < 4 * 2; i++)
    cam_network_peek_weight (network, 2)->data[i] = i % 2 == 0 ? 100.0f : 0.0f;
  views = cam_observe (network, NULL, x, ROWS);

  g_assert_cmpuint (views->len, ==, 4);
  view = &g_array_index (views, CamLayerView, 0);
  g_assert_cmpfloat (view->dead_share, ==, 0.75);
  g_assert_true (isnan (view->saturated_share));
  g_assert_true (view->has_weights && !view->has_gradients);
  g_assert_cmpuint (view->weights.n, ==, INPUTS * 4 + 4);
  view++;
  g_assert_true (!view->has_weights && isnan (view->dead_share) && isnan (view->saturated_share));
  view++;
  g_assert_true (isnan (view->dead_share));
  g_assert_cmpfloat (view->saturated_share, ==, 0.5);
  view++;
  g_assert_true (isnan (view->dead_share) && isnan (view->saturated_share));
}

typedef struct
{
  const CamFit *fit;
  const float  *x;
  double        norms[2];
  guint         n;
} Seen;

static void
on_epoch (const CamEpoch *epoch,
          CamNetwork     *network,
          gpointer        user_data)
{
  Seen *seen = user_data;
  g_autoptr(GArray) views = cam_observe (network, seen->fit, seen->x, ROWS);

  for (guint i = 0; i < 2; i++)
    {
      const CamLayerView *view = &g_array_index (views, CamLayerView, i);

      g_assert_true (view->has_gradients);
      g_assert_cmpuint (view->gradients.n, ==, view->weights.n);
      g_assert_cmpfloat (view->gradients.norm, >, 0.0);
      seen->norms[i] = view->gradients.norm;
    }
  seen->n++;
}

/* One batch of all rows and a rate of 1: the gradient is what the weights have lost. Looking changes nothing. */
static void
test_gradients (void)
{
  CamShape shape = cam_shape_vector (INPUTS);
  g_autoptr(CamNetwork) network = make_network ("[{'class_name': 'Dense', 'config': {'units': 4, 'activation': 'tanh'}}, {'class_name': 'Dense', 'config': {'units': 1}}]", &shape);
  g_autoptr(CamNetwork) before = cam_network_copy (network);
  g_autoptr(json_t) loss = json_string ("mse"), optimizer = parse ("{'class_name': 'SGD', 'config': {'learning_rate': 1.0}}");
  float x[ROWS * INPUTS], y[ROWS];
  CamSamples samples = { x, y, ROWS, INPUTS, 1, NULL };
  CamFitSettings settings = { .loss = loss, .optimizer = optimizer, .batch_size = ROWS, .epochs = 1, .n_threads = 1 };
  g_autoptr(CamFit) fit = NULL;
  Seen seen = { .x = x };
  CamFitHooks hooks = { .on_epoch = on_epoch, .user_data = &seen };
  CamFitOutcome outcome;

  fill (x);
  for (guint i = 0; i < ROWS; i++)
    y[i] = (float) (i % 3);
  fit = cam_fit_new (network, &settings, &samples, NULL, NULL);
  seen.fit = fit;
  cam_fit_run (fit, &hooks, NULL, &outcome);

  g_assert_cmpuint (seen.n, ==, 1);
  for (guint layer = 0; layer < 2; layer++)
    {
      double squares = 0.0;

      for (guint w = 2 * layer; w < 2 * layer + 2; w++)
        for (gsize i = 0; i < cam_network_peek_weight (network, w)->n; i++)
          squares += pow ((double) cam_network_peek_weight (network, w)->data[i] - cam_network_peek_weight (before, w)->data[i], 2);
      g_assert_cmpfloat_with_epsilon (seen.norms[layer], sqrt (squares), 1e-5);
    }
}

static void
test_filters (void)
{
  CamShape image = { .n_dims = 3, .dims = { 5, 5, 2 } }, shape;
  g_autoptr(CamNetwork) network = make_network ("[{'class_name': 'Conv2D', 'config': {'filters': 4, 'kernel_size': 3}}, {'class_name': 'Flatten'}]", &image);
  g_autoptr(CamNetwork) without = make_network ("[{'class_name': 'Flatten'}]", &image);
  const CamTensor *kernel = cam_network_peek_weight (network, 0);
  gsize n;
  g_autofree float *filters = cam_observe_filters (network, &n, &shape);

  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpuint (shape.n_dims, ==, 3);
  g_assert_cmpuint (shape.dims[0] * shape.dims[1] * shape.dims[2], ==, 18);
  for (gsize f = 0; f < 4; f++)
    for (gsize i = 0; i < 18; i++)
      g_assert_cmpfloat (filters[f * 18 + i], ==, kernel->data[i * 4 + f]);
  g_assert_null (cam_observe_filters (without, &n, &shape));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/observe/histogram", test_histogram);
  g_test_add_func ("/engine/observe/units", test_units);
  g_test_add_func ("/engine/observe/gradients", test_gradients);
  g_test_add_func ("/engine/observe/filters", test_filters);

  return g_test_run ();
}
