/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers that read sequences: their kernels against plain loops, what they refuse, how they start, what they make of bad numbers. Values and gradients have files of their own. */
#include <cam-fit-private.h>
#include <kernels/cam-path.h>
#include <kernels/cam-recurrent-kernels.h>
#include <math.h>
#include <string.h>

#include "layer-run.h"

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
make_network (const CamShape  *input,
              const char      *layers,
              GError         **error)
{
  g_autoptr(json_t) json = parse (layers);
  CamNetwork *network = cam_network_new (input, json, error);

  if (network != NULL)
    cam_network_initialise (network, 5);
  return network;
}

static float *
draw_floats (CamRng *rng,
             gsize   n)
{
  float *floats = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    floats[i] = (float) cam_rng_normal (rng);
  return floats;
}

#define near(value, expected) G_STMT_START { \
    double n_value = (value), n_expected = (expected); \
    if (!(fabs (n_value - n_expected) <= 2e-6 + 2e-6 * fabs (n_expected))) \
      g_error ("%s:%d: %.9g instead of %.9g", __FILE__, __LINE__, n_value, n_expected); } G_STMT_END

static void
assert_near (const float *values,
             const float *expected,
             gsize        n)
{
  for (gsize i = 0; i < n; i++)
    near (values[i], expected[i]);
}

enum { N = 5 };
static const gsize units_tried[] = { 1, 3, 16, 64, 67 };

/* What a cell leaves on a path of instructions: near to the plain loops, and the same bits on every path. */
typedef void (*CellFunc) (GChecksum *bits);

static void
check_paths (CellFunc func)
{
  g_autofree char *plain = NULL;
  CamPath chosen = cam_path;

  for (CamPath path = CAM_PATH_PLAIN; path < CAM_N_PATHS; path++)
    if (cam_path_is_there (path))
      {
        g_autoptr(GChecksum) bits = g_checksum_new (G_CHECKSUM_SHA256);

        cam_path_set (path);
        func (bits);
        if (plain == NULL)
          plain = g_strdup (g_checksum_get_string (bits));
        g_assert_cmpstr (g_checksum_get_string (bits), ==, plain);
      }
  cam_path_set (chosen);
}

static void
add_bits (GChecksum   *bits,
          const float *values,
          gsize        n)
{
  g_checksum_update (bits, (const guchar *) values, (gssize) (n * sizeof (float)));
}

static void
run_lstm_cell (GChecksum *bits)
{
  static const guint8 mask[] = { 1, 1, 0, 1, 0 };
  CamRng rng;

  cam_rng_init (&rng, 2, 1);
  for (guint u = 0; u < G_N_ELEMENTS (units_tried); u++)
    for (guint masked = 0; masked < 2; masked++)
      {
        gsize units = units_tried[u], stride = units + 4;
        CamCellRows rows = { N, units, masked ? mask : NULL, 1 };
        g_autofree float *z = draw_floats (&rng, N * 4 * units), *bias = draw_floats (&rng, 4 * units), *c_before = draw_floats (&rng, N * units);
        g_autofree float *h_before = draw_floats (&rng, N * stride), *dh = draw_floats (&rng, N * units), *dc = draw_floats (&rng, N * units);
        g_autofree float *c = g_new0 (float, N * units), *tanh_c = g_new0 (float, N * units), *h = g_new0 (float, N * stride);
        g_autofree float *plain_c = g_new0 (float, N * units), *plain_tanh_c = g_new0 (float, N * units), *plain_h = g_new0 (float, N * stride);
        g_autofree float *plain_z = g_memdup2 (z, N * 4 * units * sizeof (float));
        g_autofree float *plain_dh = g_memdup2 (dh, N * units * sizeof (float)), *plain_dc = g_memdup2 (dc, N * units * sizeof (float));

        cam_lstm_cell (&rows, z, bias, c_before, c, tanh_c, h_before, h, stride);
        cam_plain_lstm_cell (&rows, plain_z, bias, c_before, plain_c, plain_tanh_c, h_before, plain_h, stride);
        assert_near (z, plain_z, N * 4 * units);
        assert_near (c, plain_c, N * units);
        assert_near (tanh_c, plain_tanh_c, N * units);
        assert_near (h, plain_h, N * stride);
        add_bits (bits, z, N * 4 * units);
        add_bits (bits, h, N * stride);

        cam_lstm_cell_back (&rows, z, c_before, tanh_c, dh, dc);
        cam_plain_lstm_cell_back (&rows, plain_z, c_before, plain_tanh_c, plain_dh, plain_dc);
        assert_near (z, plain_z, N * 4 * units);
        assert_near (dh, plain_dh, N * units);
        assert_near (dc, plain_dc, N * units);
        add_bits (bits, z, N * 4 * units);
        add_bits (bits, dc, N * units);
      }
}

static void
test_lstm_cell (void)
{
  check_paths (run_lstm_cell);
}

static void
run_gru_cell (GChecksum *bits)
{
  static const guint8 mask[] = { 0, 1, 1, 0, 1 };
  CamRng rng;

  cam_rng_init (&rng, 3, 1);
  for (guint u = 0; u < G_N_ELEMENTS (units_tried); u++)
    for (guint masked = 0; masked < 2; masked++)
      {
        gsize units = units_tried[u], stride = units + 4, sums = 3 * units;
        CamCellRows rows = { N, units, masked ? mask : NULL, 1 };
        g_autofree float *z = draw_floats (&rng, N * sums), *inner = draw_floats (&rng, N * sums), *bias = draw_floats (&rng, 2 * sums);
        g_autofree float *h_before = draw_floats (&rng, N * stride), *dh = draw_floats (&rng, N * units);
        g_autofree float *h = g_new0 (float, N * stride), *plain_h = g_new0 (float, N * stride);
        g_autofree float *plain_z = g_memdup2 (z, N * sums * sizeof (float)), *plain_inner = g_memdup2 (inner, N * sums * sizeof (float));
        g_autofree float *plain_dh = g_memdup2 (dh, N * units * sizeof (float));

        cam_gru_cell (&rows, z, inner, bias, bias + sums, h_before, h, stride);
        cam_plain_gru_cell (&rows, plain_z, plain_inner, bias, bias + sums, h_before, plain_h, stride);
        assert_near (z, plain_z, N * sums);
        assert_near (inner, plain_inner, N * sums);
        assert_near (h, plain_h, N * stride);
        add_bits (bits, z, N * sums);
        add_bits (bits, h, N * stride);

        cam_gru_cell_back (&rows, z, inner, h_before, stride, dh);
        cam_plain_gru_cell_back (&rows, plain_z, plain_inner, h_before, stride, plain_dh);
        assert_near (z, plain_z, N * sums);
        assert_near (inner, plain_inner, N * sums);
        assert_near (dh, plain_dh, N * units);
        add_bits (bits, inner, N * sums);
        add_bits (bits, dh, N * units);
      }
}

static void
test_gru_cell (void)
{
  check_paths (run_gru_cell);
}

/* What a recurrent layer or a wrapper does not take: each is told with what to do. */
static void
test_refused (void)
{
  static const struct { const char *layers, *says; guint n_dims; } cases[] = {
    { "[{'class_name':'LSTM','config':{'stateful':true}}]", "stateful", 2 },
    { "[{'class_name':'LSTM','config':{'return_state':true}}]", "return_state", 2 },
    { "[{'class_name':'LSTM','config':{'unroll':true}}]", "unroll", 2 },
    { "[{'class_name':'LSTM','config':{'units':2}}]", "(None, 4)", 1 },
    { "[{'class_name':'Reshape','config':{'target_shape':[4]}},{'class_name':'RepeatVector','config':{'n':60000}},{'class_name':'GRU','config':{'units':9999}}]", "memory", 1 },
    { "[{'class_name':'LSTM','config':{'units':2}},{'class_name':'LSTM','config':{'units':2}}]", "layer 2", 2 },
    { "[{'class_name':'Embedding','config':{'mask_zero':true}}]", "mask_zero", 2 },
    { "[{'class_name':'GRU'},{'class_name':'Bidirectional'}]", "layer 2 (Bidirectional)", 2 },
    { "[{'class_name':'Bidirectional','config':{'layer':{'class_name':'Dense'}}}]", "kind Dense", 2 },
    { "[{'class_name':'Bidirectional','config':{'layer':{'class_name':'Quantum'}}}]", "the layer within it: the kind of layer “Quantum”", 2 },
    { "[{'class_name':'Bidirectional','config':{'layer':{'class_name':'LSTM','config':{'stateful':true}}}}]", "the layer within it (LSTM): “stateful”", 2 },
    { "[{'class_name':'Bidirectional','config':{'layer':{'class_name':'LSTM'},'backward_layer':{'class_name':'LSTM'}}}]", "same direction", 2 },
    { "[{'class_name':'Bidirectional','config':{'layer':{'class_name':'LSTM'},'backward_layer':{'class_name':'LSTM','config':{'go_backwards':true,'units':3}}}}]", "different shapes", 2 },
    { "[{'class_name':'Bidirectional','config':{'layer':{'class_name':'LSTM','config':{'activity_regularizer':'l2'}}}}]", "ActivityRegularization", 2 },
    { "[{'class_name':'TimeDistributed'}]", "(None, 4)", 1 },
    { "[{'class_name':'TimeDistributed','config':{'layer':{'class_name':'BatchNormalization'}}}]", "whole batch", 2 },
    { "[{'class_name':'TimeDistributed','config':{'layer':{'class_name':'LSTM'}}}]", "the layer within it (LSTM): it reads sequences", 2 },
    { "[{'class_name':'Masking'}]", "(None, 4)", 1 },
    { "[{'class_name':'SpatialDropout1D'}]", "steps × features", 1 },
    { "[{'class_name':'PReLU','config':{'shared_axes':[3]}}]", "shared_axes", 2 },
    { "[{'class_name':'Softmax','config':{'axis':1}}]", "axis", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CamShape shape = { cases[i].n_dims, { 4, cases[i].n_dims > 1 ? 3 : 0 } };
      g_autoptr(GError) error = NULL;
      g_autoptr(CamNetwork) network = make_network (&shape, cases[i].layers, &error);

      g_assert_null (network);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].says);
    }
}

/* Forget gates begin open, and the state's weights as a rotation. */
static void
test_start (void)
{
  CamShape shape = { 2, { 4, 3 } };
  g_autoptr(CamNetwork) network = make_network (&shape, "[{'class_name':'LSTM','config':{'units':5}}]", NULL);
  const float *state = cam_network_peek_weight (network, 1)->data, *bias = cam_network_peek_weight (network, 2)->data;

  for (guint i = 0; i < 20; i++)
    g_assert_cmpfloat (bias[i], ==, i / 5 == 1 ? 1.0 : 0.0);
  for (guint i = 0; i < 5; i++)
    for (guint j = 0; j < 5; j++)
      {
        double dot = 0.0;

        for (guint k = 0; k < 20; k++)
          dot += (double) state[i * 20 + k] * state[j * 20 + k];
        near (dot, i == j ? 1.0 : 0.0);
      }
}

/* A wrapper's settings hold all of those of the layer within it, and its line tells them; without a layer it has a usual one. */
static void
test_within (void)
{
  static const struct { const char *layers, *line, *class_name; guint n_weights, n_outputs; } cases[] = {
    { "[{'class_name':'Bidirectional'}]", "LSTM (32 units · tanh) · concat", "LSTM", 6, 64 },
    { "[{'class_name':'Bidirectional','config':{'merge_mode':'ave','layer':{'class_name':'GRU','name':'reader','config':{'units':5,'return_sequences':true}}}}]",
      "GRU (5 units · tanh · all steps) · ave", "GRU", 6, 20 },
    { "[{'class_name':'TimeDistributed'}]", "Dense (32 units · linear)", "Dense", 2, 128 },
  };
  CamShape shape = { 2, { 4, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CamNetwork) network = make_network (&shape, cases[i].layers, NULL);
      const json_t *config = cam_network_get_layer_config (network, 0), *layer = json_object_get (config, "layer");
      g_autofree char *line = cam_layer_describe (cam_network_get_layer_kind (network, 0), config);
      g_autoptr(CamNetwork) copy = cam_network_copy (network);

      g_assert_cmpstr (line, ==, cases[i].line);
      g_assert_cmpstr (json_string_value (json_object_get (layer, "class_name")), ==, cases[i].class_name);
      g_assert_nonnull (json_object_get (json_object_get (layer, "config"), "kernel_initializer"));
      g_assert_cmpuint (cam_network_get_n_weights (network), ==, cases[i].n_weights);
      g_assert_cmpuint (network->n_out, ==, cases[i].n_outputs);
      g_assert_cmpuint (cam_network_get_n_params (copy), ==, cam_network_get_n_params (network));
    }
}

/* The two ways start with weights of their own. */
static void
test_two_starts (void)
{
  CamShape shape = { 2, { 4, 3 } };
  g_autoptr(CamNetwork) network = make_network (&shape, "[{'class_name':'Bidirectional','config':{'layer':{'class_name':'LSTM','config':{'units':2}}}}]", NULL);
  const CamTensor *forth = cam_network_peek_weight (network, 0), *back = cam_network_peek_weight (network, 3);

  g_assert_cmpstr (cam_network_get_weight_name (network, 0), ==, "forward_kernel");
  g_assert_cmpstr (cam_network_get_weight_name (network, 5), ==, "backward_bias");
  g_assert_cmpuint (forth->n, ==, back->n);
  g_assert_true (memcmp (forth->data, back->data, forth->n * sizeof (float)) != 0);
  g_assert_cmpfloat (cam_network_peek_weight (network, 5)->data[2], ==, 1.0f);
}

/* Padding in front and behind changes nothing of what a masked network says of a sequence. */
static void
test_padding (gconstpointer data)
{
  static const float x[] = { 3, 0, 1, 4, 0, 0, 3, 1, 4, 0, 0, 0, 3, 1, 4 };
  g_autofree char *layers = g_strdup_printf ("[{'class_name':'Embedding','config':{'input_dim':5,'output_dim':3,'mask_zero':true}},{'class_name':'Dropout'},%s,{'class_name':'Dense','config':{'units':2}}]",
                                             (const char *) data);
  CamShape padded = cam_shape_vector (5), whole = cam_shape_vector (3);
  g_autoptr(CamNetwork) network = make_network (&padded, layers, NULL), bare = make_network (&whole, layers, NULL);
  static const float sequence[] = { 3, 1, 4 };
  float y[6], expected[2];

  cam_network_predict (network, x, 3, y);
  cam_network_predict (bare, sequence, 1, expected);
  for (guint row = 0; row < 3; row++)
    assert_near (y + 2 * row, expected, 2);
}

/* The same by a value of the features: Masking. */
/* Recorded from Keras 3.15.1: Masking, then Dense with all weights 0.5 and bias 0.25, evaluated on ten sequences of uneven length. The loss hangs on the batches, as each has a mean
 * over the steps that count; a metric's does not. */
static const struct { gsize batch_size; double loss; } masked_losses[] = {
  { 4, 0.6947916746139526 }, { 3, 0.6628605723381042 }, { 10, 0.7046371102333069 }, { 1, 0.6108593940734863 }, { 32, 0.7046371102333069 },
};

static void
test_masked_evaluation (void)
{
  enum { ROWS = 10, STEPS = 6, FEATURES = 2 };
  static const guint lengths[ROWS] = { 6, 1, 3, 2, 5, 6, 1, 1, 4, 2 };
  g_autoptr(json_t) layers = json_loads ("[{\"class_name\":\"Masking\"},{\"class_name\":\"Dense\",\"config\":{\"units\":1}}]", 0, NULL);
  g_autoptr(json_t) loss = json_string ("mse"), metrics = json_pack ("[s]", "mae");
  const float weights[] = { 0.5f, 0.5f, 0.25f };
  g_autoptr(GBytes) bytes = g_bytes_new_static (weights, sizeof weights);
  float x[ROWS * STEPS * FEATURES] = { 0.0f }, y[ROWS * STEPS];
  CamSamples samples = { x, y, ROWS, STEPS * FEATURES, STEPS, NULL };
  CamShape shape = { 2, { STEPS, FEATURES } };
  g_autoptr(GError) error = NULL;
  g_autoptr(CamNetwork) network = cam_network_new (&shape, layers, &error);

  g_assert_no_error (error);
  g_assert_true (cam_network_set_weights (network, bytes, &error));
  for (guint i = 0; i < ROWS; i++)
    for (guint t = 0; t < STEPS; t++)
      {
        y[i * STEPS + t] = (float) ((i * 7 + t * 3) % 5) / 2.0f - 1.0f;
        for (guint f = 0; f < FEATURES && t < lengths[i]; f++)
          {
            float value = (float) ((i * 5 + t * 3 + f * 2) % 7) / 4.0f - 0.75f;

            x[(i * STEPS + t) * FEATURES + f] = value != 0.0f ? value : 0.5f;
          }
      }

  for (guint i = 0; i < G_N_ELEMENTS (masked_losses); i++)
    {
      g_autofree double *values = NULL;
      g_auto(GStrv) keys = cam_evaluate (network, loss, metrics, NULL, &samples, masked_losses[i].batch_size, &values, &error);

      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (values[0], masked_losses[i].loss, 1e-6);
      g_assert_cmpfloat_with_epsilon (values[1], 0.7096774, 1e-6);
    }
}

static void
test_masking (void)
{
  static const float x[] = { -1, -1, 2, -1, -1, 3, -1, -1 }, kept[] = { 2, -1, -1, 3 };
  CamShape padded = { 2, { 4, 2 } }, whole = { 2, { 2, 2 } };
  const char *layers = "[{'class_name':'Masking','config':{'mask_value':-1.0}},{'class_name':'GRU','config':{'units':3}}]";
  g_autoptr(CamNetwork) network = make_network (&padded, layers, NULL), bare = make_network (&whole, layers, NULL);
  float y[3], expected[3], blanked[8];

  cam_network_predict (network, x, 1, y);
  cam_network_predict (bare, kept, 1, expected);
  assert_near (y, expected, 3);
  cam_network_predict_layer (network, 0, x, 1, blanked);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat (blanked[i], ==, i / 2 == 1 || i / 2 == 2 ? x[i] : 0.0f);
}

/* Within a Bidirectional that gives all steps a masked step gives zeros, as in Keras. */
static void
test_masked_zeros (void)
{
  static const float x[] = { 1, 2, 0 };
  CamShape shape = cam_shape_vector (3);
  g_autoptr(CamNetwork) network = make_network (&shape, "[{'class_name':'Embedding','config':{'input_dim':5,'output_dim':3,'mask_zero':true}},"
                                                        "{'class_name':'Bidirectional','config':{'layer':{'class_name':'LSTM','config':{'units':2,'return_sequences':true}}}}]", NULL);
  float y[12];

  cam_network_predict (network, x, 1, y);
  for (guint i = 0; i < 12; i++)
    g_assert_true ((y[i] == 0.0f) == (i >= 8));
}

/* Mean and variance of what the noise layers make of ones, or of normal numbers. */
static void
test_noise (void)
{
  static const struct { const char *layer; double mean, variance; gboolean of_normals; } cases[] = {
    { "{'class_name':'GaussianNoise','config':{'stddev':0.3}}", 1.0, 0.09, FALSE },
    { "{'class_name':'GaussianDropout','config':{'rate':0.2}}", 1.0, 0.25, FALSE },
    { "{'class_name':'SpatialDropout1D','config':{'rate':0.2}}", 1.0, 0.25, FALSE },
    { "{'class_name':'AlphaDropout','config':{'rate':0.3}}", 0.0, 1.0, TRUE },
  };
  enum { STEPS = 2, CHANNELS = 500, SAMPLES = 60, TOTAL = STEPS * CHANNELS * SAMPLES };
  CamShape shape = { 2, { STEPS, CHANNELS } };
  g_autofree float *ones = g_new (float, TOTAL), *normals = NULL;
  CamRng rng;

  cam_rng_init (&rng, 8, 8);
  normals = draw_floats (&rng, TOTAL);
  for (gsize i = 0; i < TOTAL; i++)
    ones[i] = 1.0f;

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autoptr(json_t) description = parse (cases[c].layer);
      g_autoptr(CamLayer) layer = cam_layer_new (description, 0, &shape, NULL);
      const float *x = cases[c].of_normals ? normals : ones;
      double mean = 0.0, variance = 0.0;
      LayerRun run;

      layer_run (layer, x, NULL, ones, SAMPLES, TRUE, &run);
      for (gsize i = 0; i < TOTAL; i++)
        mean += run.y[i] / TOTAL;
      for (gsize i = 0; i < TOTAL; i++)
        variance += (run.y[i] - mean) * (run.y[i] - mean) / TOTAL;
      g_assert_cmpfloat_with_epsilon (mean, cases[c].mean, 0.02);
      g_assert_cmpfloat_with_epsilon (variance, cases[c].variance, 0.03);
      layer_run_clear (&run);

      layer_run (layer, x, NULL, ones, SAMPLES, FALSE, &run);
      g_assert_cmpmem (run.y, TOTAL * sizeof (float), x, TOTAL * sizeof (float));
      layer_run_clear (&run);
    }
}

#define READER "[{'class_name':'Embedding','config':{'input_dim':9,'output_dim':4}},{'class_name':'LSTM','config':{'units':3}},{'class_name':'Dense','config':{'units':1}}]"

static CamFit *
make_fit (CamNetwork        *network,
          const CamSamples  *training,
          const CamSamples  *validation,
          const char        *optimizer,
          GError           **error)
{
  g_autoptr(json_t) loss = parse ("'mse'"), of = parse (optimizer);
  CamFitSettings settings = { loss, NULL, of, NULL, 4, 40, FALSE, 1, 1, 0, NULL };

  return cam_fit_new (network, &settings, training, validation, error);
}

/* An index that an Embedding does not have is told with its row, the layer and the value, before anything runs. */
static void
test_index (void)
{
  CamShape shape = cam_shape_vector (2);
  g_autoptr(CamNetwork) network = make_network (&shape, READER, NULL);
  float x[] = { 0, 1, 8.9f, 3, -0.5f, 7, 2, 2 }, bad[] = { 0, 1, 2, 9 }, y[4] = { 0 };
  CamSamples good = { x, y, 4, 2, 1, NULL }, worse = { bad, y, 2, 2, 1, NULL };
  g_autoptr(CamFit) fit = make_fit (network, &good, NULL, "'adam'", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (fit);
  g_assert_null (make_fit (network, &good, &worse, "'adam'", &error));
  g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_DATA);
  g_assert_cmpstr (error->message, ==,
                   "Row 2 of the validation rows, layer 1, “embedding” (Embedding): it receives 9, but its indices run from 0 to 8; raise “input_dim”, or leave the column unscaled");
  g_clear_error (&error);
  bad[3] = NAN;
  g_assert_null (make_fit (network, &worse, NULL, "'adam'", &error));
  g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_DATA);
}

/* The same where another layer gives the indices: the fit stops at the batch, and says why. */
static void
test_index_within (void)
{
  CamShape shape = cam_shape_vector (2);
  g_autofree char *layers = g_strconcat ("[{'class_name':'ReLU','name':'first'},", &READER[1], NULL);
  g_autoptr(CamNetwork) network = make_network (&shape, layers, NULL);
  float x[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 11 }, y[8] = { 0 };
  CamSamples samples = { x, y, 8, 2, 1, NULL };
  g_autoptr(CamFit) fit = make_fit (network, &samples, NULL, "'adam'", NULL);
  CamFitOutcome outcome;

  cam_fit_run (fit, NULL, NULL, &outcome);
  g_assert_cmpint (outcome.end, ==, CAM_FIT_DIVERGED);
  g_assert_cmpuint (outcome.bad_batch, ==, 2);
  g_assert_nonnull (strstr (outcome.message, "batch 2, at layer 2, “embedding” (Embedding): it receives 11"));
  cam_fit_outcome_clear (&outcome);
}

/* A number that is not finite does not get lost in gates, candidates or masks: in the inputs, in each weight, or grown from a rate that is too large. */
static void
test_not_finite (gconstpointer data)
{
  g_autofree char *layers = g_strdup_printf ("[%s,{'class_name':'Dense','config':{'units':1}}]", (const char *) data);
  CamShape shape = { 2, { 6, 2 } };
  float x[8 * 12], y[8];
  CamSamples samples = { x, y, 8, 12, 1, NULL };
  g_autoptr(CamNetwork) model = make_network (&shape, layers, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    x[i] = (float) sin (i);
  for (guint i = 0; i < G_N_ELEMENTS (y); i++)
    y[i] = (float) cos (i);

  for (guint w = 0; w <= cam_network_get_n_weights (model); w++)
    {
      g_autoptr(CamNetwork) network = cam_network_copy (model);
      g_autoptr(CamFit) fit = make_fit (network, &samples, NULL, "'sgd'", NULL);
      CamFitOutcome outcome;

      if (w < cam_network_get_n_weights (model))
        cam_network_peek_weight (network, w)->data[0] = NAN;
      else
        x[3 * 12 + 5] = NAN;
      cam_fit_run (fit, NULL, NULL, &outcome);
      g_assert_cmpint (outcome.end, ==, CAM_FIT_DIVERGED);
      g_assert_cmpuint (outcome.bad_batch, ==, 1);
      g_assert_true ((strstr (outcome.message, "data") != NULL) == (w == cam_network_get_n_weights (model)));
      cam_fit_outcome_clear (&outcome);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/sequence/lstm-cell", test_lstm_cell);
  g_test_add_func ("/engine/sequence/gru-cell", test_gru_cell);
  g_test_add_func ("/engine/sequence/refused", test_refused);
  g_test_add_func ("/engine/sequence/within", test_within);
  g_test_add_func ("/engine/sequence/two-starts", test_two_starts);
  g_test_add_data_func ("/engine/sequence/padding/lstm", "{'class_name':'LSTM','config':{'units':3}}", test_padding);
  g_test_add_data_func ("/engine/sequence/padding/gru", "{'class_name':'GRU','config':{'units':3,'reset_after':false}}", test_padding);
  g_test_add_data_func ("/engine/sequence/padding/both-ways", "{'class_name':'Bidirectional','config':{'layer':{'class_name':'SimpleRNN','config':{'units':3}}}}", test_padding);
  g_test_add_func ("/engine/sequence/masked-evaluation", test_masked_evaluation);
  g_test_add_func ("/engine/sequence/masking", test_masking);
  g_test_add_func ("/engine/sequence/masked-zeros", test_masked_zeros);
  g_test_add_func ("/engine/sequence/noise", test_noise);
  g_test_add_func ("/engine/sequence/start", test_start);
  g_test_add_func ("/engine/sequence/index", test_index);
  g_test_add_func ("/engine/sequence/index-within", test_index_within);
  g_test_add_data_func ("/engine/sequence/not-finite/lstm", "{'class_name':'LSTM','config':{'units':3}}", test_not_finite);
  g_test_add_data_func ("/engine/sequence/not-finite/lstm-relu", "{'class_name':'LSTM','config':{'units':3,'activation':'relu','recurrent_activation':'hard_sigmoid'}}", test_not_finite);
  g_test_add_data_func ("/engine/sequence/not-finite/gru", "{'class_name':'GRU','config':{'units':3}}", test_not_finite);
  g_test_add_data_func ("/engine/sequence/not-finite/gru-before", "{'class_name':'GRU','config':{'units':3,'reset_after':false}}", test_not_finite);
  g_test_add_data_func ("/engine/sequence/not-finite/simple-rnn", "{'class_name':'SimpleRNN','config':{'units':3}}", test_not_finite);
  g_test_add_data_func ("/engine/sequence/not-finite/both-ways", "{'class_name':'Bidirectional','config':{'layer':{'class_name':'LSTM','config':{'units':2}}}}", test_not_finite);

  return g_test_run ();
}
