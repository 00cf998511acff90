/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gradients of every layer, activation and loss against differences, in batches of odd sizes. Kinds come from the engine's own lists: one without a line here fails. */
#include <cam-fit-private.h>
#include <math.h>
#include <string.h>

#include "difference.h"
#include "layer-run.h"

/* A layer to check, alone. Where its kind has a setting “activation” that is not given here, each one there is takes its turn. Recurrent layers are given smooth ones: after
 * a few steps no place is far from a kink of the others, whose gradients the records hold. */
typedef struct
{
  const char *name;
  const char *input;     /* its shape */
  const char *layer;     /* class name */
  const char *config;    /* JSON with single quotes */
} LayerCase;

static const LayerCase layer_cases[] = {
  { "dense", "7", "Dense", "{'units': 5}" },
  { "dense-to-one", "3", "Dense", "{'units': 1}" },
  { "dense-of-one", "1", "Dense", "{'units': 4}" },
  { "dense-without-bias", "6", "Dense", "{'units': 9, 'use_bias': false}" },
  { "dense-at-each-step", "4 3", "Dense", "{'units': 2}" },
  { "activation", "9", "Activation", "{}" },
  { "activation-of-rows", "3 5", "Activation", "{}" },
  { "dropout", "17", "Dropout", "{'rate': 0.4}" },
  { "dropout-of-nothing", "5", "Dropout", "{'rate': 0.0}" },
  { "batch-normalization", "4", "BatchNormalization", "{}" },
  { "batch-normalization-of-images", "3 2 5", "BatchNormalization", "{'epsilon': 0.1, 'momentum': 0.5}" },
  { "batch-normalization-alone", "6 2", "BatchNormalization", "{'center': false, 'scale': false}" },
  { "conv-1d", "7 3", "Conv1D", "{'filters': 4, 'kernel_size': 3, 'activation': 'tanh'}" },
  { "conv-1d-causal", "6 2", "Conv1D", "{'filters': 3, 'kernel_size': 3, 'padding': 'causal', 'dilation_rate': 2, 'use_bias': false, 'activation': 'sigmoid'}" },
  { "conv-1d-same-uneven", "10 2", "Conv1D", "{'filters': 2, 'kernel_size': 4, 'strides': 3, 'padding': 'same', 'activation': 'leaky_relu'}" },
  { "conv-1d-of-one-step", "1 3", "Conv1D", "{'filters': 2, 'kernel_size': 3, 'padding': 'same', 'activation': 'softmax'}" },
  { "conv-2d", "5 4 2", "Conv2D", "{'filters': 3, 'kernel_size': [3, 2], 'activation': 'mish'}" },
  { "conv-2d-pointwise", "3 4 3", "Conv2D", "{'filters': 5, 'kernel_size': 1, 'activation': 'elu'}" },
  { "conv-2d-of-all", "3 4 2", "Conv2D", "{'filters': 3, 'kernel_size': [3, 4], 'use_bias': false, 'activation': 'tanh'}" },
  { "conv-2d-strides-over-window", "7 8 2", "Conv2D", "{'filters': 2, 'kernel_size': 2, 'strides': 3, 'activation': 'relu'}" },
  { "conv-2d-same-uneven", "6 5 1", "Conv2D", "{'filters': 2, 'kernel_size': [4, 3], 'strides': [2, 3], 'padding': 'same', 'activation': 'softmax'}" },
  { "conv-2d-of-one-row", "1 6 2", "Conv2D", "{'filters': 3, 'kernel_size': 3, 'padding': 'same', 'activation': 'sigmoid'}" },
  { "conv-2d-groups", "5 4 4", "Conv2D", "{'filters': 6, 'kernel_size': 3, 'groups': 2, 'padding': 'same', 'activation': 'tanh'}" },
  { "conv-2d-dilated", "7 6 2", "Conv2D", "{'filters': 2, 'kernel_size': 3, 'dilation_rate': [2, 1], 'padding': 'same', 'activation': 'linear'}" },
  { "max-pooling-1d", "7 3", "MaxPooling1D", "{}" },
  { "max-pooling-1d-overlapping", "9 2", "MaxPooling1D", "{'pool_size': 3, 'strides': 2, 'padding': 'same'}" },
  { "max-pooling-2d", "4 6 3", "MaxPooling2D", "{}" },
  { "max-pooling-2d-of-odd", "5 7 2", "MaxPooling2D", "{'padding': 'same'}" },
  { "max-pooling-2d-cut", "5 7 17", "MaxPooling2D", "{}" },
  { "max-pooling-2d-strides-over-window", "8 7 2", "MaxPooling2D", "{'pool_size': 2, 'strides': 3}" },
  { "average-pooling-1d", "10 2", "AveragePooling1D", "{'pool_size': 4, 'strides': 3, 'padding': 'same'}" },
  { "average-pooling-2d", "5 4 3", "AveragePooling2D", "{'pool_size': [2, 3], 'strides': [2, 1], 'padding': 'same'}" },
  { "conv-1d-transpose", "5 3", "Conv1DTranspose", "{'filters': 2, 'kernel_size': 3, 'strides': 2, 'activation': 'tanh'}" },
  { "conv-1d-transpose-same-uneven", "4 2", "Conv1DTranspose", "{'filters': 3, 'kernel_size': 4, 'strides': 3, 'padding': 'same', 'activation': 'linear'}" },
  { "conv-2d-transpose", "3 2 2", "Conv2DTranspose", "{'filters': 3, 'kernel_size': [3, 2], 'strides': 2, 'padding': 'same', 'activation': 'sigmoid'}" },
  { "conv-2d-transpose-strides-over-window", "2 3 2", "Conv2DTranspose", "{'filters': 2, 'kernel_size': 2, 'strides': 3, 'use_bias': false, 'activation': 'softmax'}" },
  { "conv-2d-transpose-dilated", "3 3 1", "Conv2DTranspose", "{'filters': 2, 'kernel_size': 2, 'dilation_rate': 2, 'activation': 'relu'}" },
  { "depthwise-conv-2d", "5 4 3", "DepthwiseConv2D", "{'kernel_size': [3, 2], 'activation': 'elu'}" },
  { "depthwise-conv-2d-multiplied", "4 5 2", "DepthwiseConv2D", "{'kernel_size': 3, 'depth_multiplier': 3, 'strides': 2, 'padding': 'same', 'activation': 'softmax'}" },
  { "depthwise-conv-2d-dilated", "6 5 2", "DepthwiseConv2D", "{'kernel_size': 2, 'dilation_rate': [2, 3], 'use_bias': false, 'activation': 'linear'}" },
  { "separable-conv-2d", "4 5 2", "SeparableConv2D", "{'filters': 4, 'kernel_size': 3, 'padding': 'same', 'activation': 'tanh'}" },
  { "separable-conv-2d-multiplied", "5 4 3", "SeparableConv2D", "{'filters': 2, 'kernel_size': 2, 'depth_multiplier': 2, 'strides': 3, 'use_bias': false, 'activation': 'sigmoid'}" },
  { "global-max-pooling-1d", "6 3", "GlobalMaxPooling1D", "{}" },
  { "global-max-pooling-2d", "3 4 70", "GlobalMaxPooling2D", "{'keepdims': true}" },
  { "global-average-pooling-1d", "5 2", "GlobalAveragePooling1D", "{'keepdims': true}" },
  { "global-average-pooling-2d", "4 3 3", "GlobalAveragePooling2D", "{}" },
  { "zero-padding-1d", "4 3", "ZeroPadding1D", "{'padding': [2, 0]}" },
  { "zero-padding-2d", "3 2 2", "ZeroPadding2D", "{'padding': [[1, 0], [2, 3]]}" },
  { "cropping-1d", "6 2", "Cropping1D", "{'cropping': [1, 3]}" },
  { "cropping-2d", "5 6 2", "Cropping2D", "{'cropping': [[0, 2], [3, 1]]}" },
  { "up-sampling-1d", "3 2", "UpSampling1D", "{'size': 3}" },
  { "up-sampling-2d", "2 3 2", "UpSampling2D", "{'size': [3, 2]}" },
  { "up-sampling-2d-bilinear", "3 4 2", "UpSampling2D", "{'size': [2, 3], 'interpolation': 'bilinear'}" },
  { "up-sampling-2d-of-one-pixel", "1 1 3", "UpSampling2D", "{'interpolation': 'bilinear'}" },
  { "layer-normalization", "5", "LayerNormalization", "{}" },
  { "layer-normalization-of-steps", "4 19", "LayerNormalization", "{'epsilon': 0.1}" },
  { "layer-normalization-of-images", "3 2 4", "LayerNormalization", "{'axis': [1, 2, 3], 'center': false}" },
  { "group-normalization", "3 2 6", "GroupNormalization", "{'groups': 2}" },
  { "group-normalization-of-channels", "5 70", "GroupNormalization", "{'groups': -1, 'scale': false}" },
  { "group-normalization-of-rows", "8", "GroupNormalization", "{'groups': 1}" },
  { "unit-normalization", "3 4", "UnitNormalization", "{}" },
  { "unit-normalization-of-images", "2 3 2", "UnitNormalization", "{'axis': [-1, -2]}" },
  { "rescaling", "4 2", "Rescaling", "{'scale': -0.5, 'offset': 2.0}" },
  { "flatten", "3 2 2", "Flatten", "{}" },
  { "reshape", "12", "Reshape", "{'target_shape': [2, -1, 3]}" },
  { "permute", "2 3 4", "Permute", "{'dims': [3, 1, 2]}" },
  { "permute-steps", "5 2", "Permute", "{'dims': [2, 1]}" },
  { "repeat-vector", "4", "RepeatVector", "{'n': 3}" },
  { "relu", "9", "ReLU", "{'negative_slope': 0.25, 'threshold': 0.5, 'max_value': 1.0}" },
  { "leaky-relu", "9", "LeakyReLU", "{}" },
  { "elu", "9", "ELU", "{'alpha': 0.5}" },
  { "prelu", "3 4", "PReLU", "{'alpha_initializer': 'ones'}" },
  { "prelu-shared", "3 2 4", "PReLU", "{'shared_axes': [1, 2]}" },
  { "prelu-shared-between", "3 2 4", "PReLU", "{'shared_axes': 2}" },
  { "softmax", "2 5", "Softmax", "{}" },
  { "embedding", "4", "Embedding", "{'input_dim': 6, 'output_dim': 3}" },
  { "embedding-of-tables", "2 3", "Embedding", "{'input_dim': 4, 'output_dim': 1}" },
  { "lstm", "5 3", "LSTM", "{'units': 4, 'activation': 'tanh'}" },
  { "lstm-one-step", "1 3", "LSTM", "{'units': 2, 'activation': 'gelu', 'recurrent_activation': 'softsign'}" },
  { "lstm-sequences", "4 2", "LSTM", "{'units': 3, 'activation': 'softmax', 'return_sequences': true, 'recurrent_activation': 'silu', 'use_bias': false}" },
  { "lstm-backwards", "4 2", "LSTM", "{'units': 3, 'activation': 'mish', 'return_sequences': true, 'go_backwards': true}" },
  { "lstm-dropout", "3 4", "LSTM", "{'units': 3, 'activation': 'tanh', 'return_sequences': true, 'dropout': 0.4, 'recurrent_dropout': 0.3}" },
  { "lstm-masked", "4 2", "LSTM", "{'units': 3, 'activation': 'softplus', 'recurrent_dropout': 0.3}" },
  { "lstm-masked-sequences", "4 2", "LSTM", "{'units': 3, 'activation': 'tanh', 'return_sequences': true, 'go_backwards': true}" },
  { "gru", "5 3", "GRU", "{'units': 4, 'activation': 'tanh'}" },
  { "gru-one-step", "1 3", "GRU", "{'units': 2, 'activation': 'gelu', 'recurrent_activation': 'softsign'}" },
  { "gru-sequences", "4 2", "GRU", "{'units': 3, 'activation': 'softmax', 'return_sequences': true, 'recurrent_activation': 'silu', 'use_bias': false}" },
  { "gru-backwards", "4 2", "GRU", "{'units': 3, 'activation': 'tanh', 'return_sequences': true, 'go_backwards': true}" },
  { "gru-dropout", "3 4", "GRU", "{'units': 3, 'activation': 'tanh', 'return_sequences': true, 'dropout': 0.4, 'recurrent_dropout': 0.3}" },
  { "gru-masked", "4 2", "GRU", "{'units': 3, 'activation': 'softplus', 'recurrent_dropout': 0.3}" },
  { "gru-masked-sequences", "4 2", "GRU", "{'units': 3, 'activation': 'tanh', 'return_sequences': true, 'go_backwards': true}" },
  { "gru-before", "5 3", "GRU", "{'units': 4, 'activation': 'tanh', 'reset_after': false}" },
  { "gru-before-one-step", "1 2", "GRU", "{'units': 3, 'activation': 'gelu', 'recurrent_activation': 'sigmoid', 'reset_after': false, 'use_bias': false}" },
  { "gru-before-dropout", "3 4", "GRU", "{'units': 3, 'activation': 'tanh', 'reset_after': false, 'dropout': 0.4, 'recurrent_dropout': 0.3}" },
  { "gru-before-masked", "4 2", "GRU", "{'units': 3, 'activation': 'tanh', 'reset_after': false, 'return_sequences': true, 'recurrent_dropout': 0.3}" },
  { "simple-rnn", "5 3", "SimpleRNN", "{'units': 4, 'activation': 'tanh'}" },
  { "simple-rnn-one-step", "1 3", "SimpleRNN", "{'units': 2, 'activation': 'silu', 'use_bias': false}" },
  { "simple-rnn-sequences", "4 2", "SimpleRNN", "{'units': 3, 'activation': 'softmax', 'return_sequences': true, 'go_backwards': true}" },
  { "simple-rnn-dropout", "3 4", "SimpleRNN", "{'units': 3, 'activation': 'softsign', 'dropout': 0.4, 'recurrent_dropout': 0.3}" },
  { "simple-rnn-masked", "4 2", "SimpleRNN", "{'units': 3, 'activation': 'gelu', 'return_sequences': true, 'recurrent_dropout': 0.3}" },
  { "bidirectional", "3 2", "Bidirectional", "{'layer': {'class_name': 'LSTM', 'config': {'units': 2}}}" },
  { "bidirectional-sum", "3 2", "Bidirectional", "{'merge_mode': 'sum', 'layer': {'class_name': 'GRU', 'config': {'units': 2, 'return_sequences': true}}}" },
  { "bidirectional-mul", "3 2", "Bidirectional", "{'merge_mode': 'mul', 'layer': {'class_name': 'SimpleRNN', 'config': {'units': 3, 'return_sequences': true}}}" },
  { "bidirectional-ave", "1 2", "Bidirectional", "{'merge_mode': 'ave', 'layer': {'class_name': 'LSTM', 'config': {'units': 3, 'go_backwards': true}}}" },
  { "bidirectional-masked", "4 2", "Bidirectional", "{'layer': {'class_name': 'LSTM', 'config': {'units': 2, 'return_sequences': true}}}" },
  { "bidirectional-dropout", "3 3", "Bidirectional", "{'layer': {'class_name': 'LSTM', 'config': {'units': 2, 'dropout': 0.3, 'recurrent_dropout': 0.4}}}" },
  { "bidirectional-of-two", "3 2", "Bidirectional", "{'layer': {'class_name': 'LSTM', 'config': {'units': 2, 'dropout': 0.3}},"
                                                    " 'backward_layer': {'class_name': 'GRU', 'config': {'units': 2, 'go_backwards': true, 'recurrent_dropout': 0.5}}}" },
  { "time-distributed", "3 4", "TimeDistributed", "{'layer': {'class_name': 'Dense', 'config': {'units': 2, 'activation': 'gelu'}}}" },
  { "time-distributed-lstm", "2 3 2", "TimeDistributed", "{'layer': {'class_name': 'LSTM', 'config': {'units': 2, 'dropout': 0.3}}}" },
  { "time-distributed-conv", "2 4 3 2", "TimeDistributed", "{'layer': {'class_name': 'Conv2D', 'config': {'filters': 2, 'kernel_size': 2, 'activation': 'silu'}}}" },
  { "masking", "4 1", "Masking", "{'mask_value': 1.0}" },
  { "gaussian-noise", "7", "GaussianNoise", "{'stddev': 0.5}" },
  { "gaussian-dropout", "7", "GaussianDropout", "{'rate': 0.4}" },
  { "alpha-dropout", "17", "AlphaDropout", "{'rate': 0.4}" },
  { "spatial-dropout-1d", "3 7", "SpatialDropout1D", "{'rate': 0.4}" },
  { "spatial-dropout-2d", "2 3 5", "SpatialDropout2D", "{'rate': 0.4}" },
  { "activity-regularization", "5", "ActivityRegularization", "{'l1': 0.1, 'l2': 0.1}" },
};

/* What some of them read. */
static const struct
{
  const char *name;
  guint       indices;   /* whole numbers below this, without a gradient; 0: any numbers */
  gboolean    masked;    /* some steps do not count */
} special_inputs[] = {
  { "embedding", 6, FALSE },
  { "embedding-of-tables", 4, FALSE },
  { "lstm-masked", 0, TRUE },
  { "lstm-masked-sequences", 0, TRUE },
  { "gru-masked", 0, TRUE },
  { "gru-masked-sequences", 0, TRUE },
  { "gru-before-masked", 0, TRUE },
  { "simple-rnn-masked", 0, TRUE },
  { "bidirectional-masked", 0, TRUE },
};

/* What a gradient may differ by, as a share of the largest in its tensor; that of a tensor with none to speak of counts as SMALLEST. */
#define TOLERANCE 1e-3
#define SMALLEST  5e-3

/* A point where the differences themselves do not settle says nothing: next to a kink, say. There may be this share of them. */
#define UNSETTLED 0.05

typedef struct
{
  const char *name;
  guint       n, n_unsettled;
  double      smallest;      /* 0: SMALLEST */
} Tally;

/* The @n numbers at @at moved one by one, against the gradient computed. */
static void
check_tensor (Tally          *tally,
              const char     *what,
              float          *at,
              const float    *gradient,
              gsize           n,
              DifferenceFunc  func,
              gpointer        user_data)
{
  double largest = tally->smallest > 0.0 ? tally->smallest : SMALLEST;
  gsize stride = MAX (1, n / 29);

  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, fabs ((double) gradient[i]));
  for (gsize i = 0; i < n; i += stride)
    {
      double error, expected = difference_at (func, user_data, &at[i], &error);

      tally->n++;
      if (error > TOLERANCE * largest)
        tally->n_unsettled++;
      else if (!(fabs (expected - gradient[i]) <= TOLERANCE * largest + error))
        g_error ("%s, %s, number %u: %.6g by differences (± %.1g), %.6g computed", tally->name, what, (guint) i, expected, error, (double) gradient[i]);
    }
}

static void
check_tally (const Tally *tally)
{
  g_test_message ("%s: %u derivatives, %u unsettled", tally->name, tally->n, tally->n_unsettled);
  g_assert_cmpuint (tally->n, >, 0);
  g_assert_cmpfloat (tally->n_unsettled, <=, MAX (1.0, UNSETTLED * tally->n));
}

static json_t *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

static CamShape
parse_shape (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  CamShape shape = { 0 };

  for (guint i = 0; words[i] != NULL; i++)
    shape.dims[shape.n_dims++] = (gsize) g_ascii_strtoull (words[i], NULL, 10);
  return shape;
}

static CamNetwork *
make_network (const char *input,
              json_t     *layers,
              CamRng     *rng)
{
  CamShape shape = parse_shape (input);
  g_autoptr(GError) error = NULL;
  CamNetwork *network = cam_network_new (&shape, layers, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < cam_network_get_n_weights (network); i++)
    {
      CamTensor *weight = cam_network_peek_weight (network, i);

      for (gsize j = 0; j < weight->n; j++)
        weight->data[j] = (float) (0.5 * cam_rng_normal (rng));
    }
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

/* One layer: the sum of its outputs, each weighed by the gradient that comes from above. */
typedef struct
{
  CamLayer     *layer;
  const float  *upstream;
  float        *x;
  const guint8 *mask;
  gsize         n;
} LayerProbe;

static double
run_layer (gpointer user_data)
{
  LayerProbe *probe = user_data;
  LayerRun run;
  double sum = 0.0;

  layer_run (probe->layer, probe->x, probe->mask, probe->upstream, probe->n, TRUE, &run);
  for (gsize i = 0; i < probe->n * probe->layer->n_out; i++)
    sum += (double) probe->upstream[i] * run.y[i];
  layer_run_clear (&run);

  return sum;
}

static void
check_layer (Tally           *tally,
             const LayerCase *of,
             json_t          *layers,
             gsize            n)
{
  CamRng rng;
  g_autoptr(CamNetwork) network = NULL;
  g_autofree float *x = NULL, *upstream = NULL;
  g_autofree guint8 *mask = NULL;
  CamLayer *layer;
  LayerProbe probe;
  LayerRun run;
  guint indices = 0;
  gboolean masked = FALSE;

  cam_rng_init (&rng, n, 1);
  network = make_network (of->input, layers, &rng);
  layer = cam_network_layer (network, 0);
  x = draw_floats (&rng, n * layer->n_in);
  for (guint s = 0; s < G_N_ELEMENTS (special_inputs); s++)
    if (g_str_equal (special_inputs[s].name, of->name))
      {
        indices = special_inputs[s].indices;
        masked = special_inputs[s].masked;
      }
  for (gsize i = 0; indices > 0 && i < n * layer->n_in; i++)
    x[i] = (float) cam_rng_below (&rng, indices);
  upstream = draw_floats (&rng, n * layer->n_out);
  if (masked)
    {
      mask = g_new (guint8, n * layer->input.dims[0]);
      for (gsize i = 0; i < n * layer->input.dims[0]; i++)
        mask[i] = i % 3 != 1;
    }
  probe = (LayerProbe) { layer, upstream, x, mask, n };

  layer_run (layer, x, mask, upstream, n, TRUE, &run);
  if (indices == 0)
    check_tensor (tally, "input", x, run.dx, n * layer->n_in, run_layer, &probe);
  for (guint i = 0; i < layer->n_weights; i++)
    if (layer->weights[i].trainable)
      check_tensor (tally, layer->weights[i].name, layer->weights[i].value->data, run.gradients[i], layer->weights[i].value->n, run_layer, &probe);
  layer_run_clear (&run);
}

typedef struct
{
  const LayerCase *layer;
  const char      *activation;   /* NULL: the kind has none to choose */
} LayerTest;

static void
test_layer (gconstpointer data)
{
  const LayerTest *test = data;
  g_autoptr(json_t) layers = json_array ();
  json_t *config = parse (test->layer->config);
  Tally tally = { .name = test->layer->name };

  if (test->activation != NULL)
    json_object_set_new (config, "activation", json_string (test->activation));
  json_array_append_new (layers, json_pack ("{s:s, s:o}", "class_name", test->layer->layer, "config", config));
  check_layer (&tally, test->layer, layers, 1);
  check_layer (&tally, test->layer, layers, 3);
  check_tally (&tally);
}

/* A loss above a stack: the mean over the rows of a batch, which is the rows from @first on. */
typedef struct
{
  CamFit     *fit;
  CamSamples  batch;
} StackRun;

static double
run_stack (gpointer user_data)
{
  const StackRun *run = user_data;
  double mean;

  cam_measure_run (&run->fit->measure, run->fit->network, &run->batch, run->batch.n_rows, NULL, &mean);
  return mean;
}

/* The stack reads INPUTS numbers; see make_stack(). */
enum { INPUTS = 5, OUTPUTS = 3, ROWS = 21, BATCH = 16 };

static void
spread (CamTensor *tensor,
        float      factor,
        float      offset,
        float      step)
{
  for (gsize i = 0; i < tensor->n; i++)
    tensor->data[i] = factor * tensor->data[i] + offset + step * (float) (i % 2);
}

/* The sum for which an activation gives what is nearest to 0.7: a probability, and away from all kinks. Rows do not mind what is added to all of their numbers. */
static float
find_sum (const char *activation)
{
  const CamActivation *of = cam_activation_find (activation);
  double best = 0.0;

  for (int i = -200; i <= 200 && !cam_activation_is_row_wise (of); i++)
    if (fabs (cam_activation_value (of, i / 100.0) - 0.7) < fabs (cam_activation_value (of, best) - 0.7))
      best = i / 100.0;

  return (float) best;
}

/* Two dense layers. What the first one's units are applied to lies around −0.75 and 0.75, away from all kinks; the second one's outputs lie inside the domain of every loss,
 * where their activation can do that. */
static CamNetwork *
make_stack (const char *hidden,
            const char *output,
            CamRng     *rng)
{
  g_autoptr(json_t) layers = json_pack ("[{s:s, s:{s:i, s:s}}, {s:s, s:{s:f}}, {s:s, s:{s:i, s:s}}]",
                                        "class_name", "Dense", "config", "units", 6, "activation", hidden,
                                        "class_name", "Dropout", "config", "rate", 0.0,
                                        "class_name", "Dense", "config", "units", OUTPUTS, "activation", output);
  CamNetwork *network = make_network ("5", layers, rng);

  spread (cam_network_peek_weight (network, 0), 0.06f, 0.0f, 0.0f);
  spread (cam_network_peek_weight (network, 1), 0.0f, -0.75f, 1.5f);
  spread (cam_network_peek_weight (network, 2), 0.06f, 0.0f, 0.0f);
  spread (cam_network_peek_weight (network, 3), 0.0f, find_sum (output) - 0.025f, 0.05f);
  return network;
}

typedef struct
{
  const CamLoss *loss;
  const char    *hidden, *output;
} LossTest;

/* Batches of 16 and 5 rows, then of a single one: a step's gradient is that of its batch alone. */
static void
test_loss (gconstpointer data)
{
  const LossTest *test = data;
  gsize y_size = test->loss->fits (OUTPUTS, OUTPUTS) ? OUTPUTS : 1;
  static const struct { gsize first, n; } steps[] = { { 0, BATCH }, { BATCH, ROWS - BATCH }, { 7, 1 } };
  g_autoptr(json_t) loss = json_string (test->loss->kind.name), optimizer = parse ("{'class_name': 'SGD', 'config': {'learning_rate': 0.0}}");
  CamFitSettings settings = { loss, NULL, optimizer, NULL, BATCH, 1, FALSE, 1, 1, 0, NULL };
  g_autoptr(CamNetwork) network = NULL;
  g_autoptr(CamFit) fit = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree float *x = NULL, *y = g_new0 (float, ROWS * OUTPUTS);
  CamSamples samples;
  gboolean is_per_cent = g_str_equal (test->loss->kind.name, "mean_absolute_percentage_error");
  /* Per cent are a hundred times as large, and so is the rounding of what differences are taken of. */
  Tally tally = { .name = test->output, .smallest = is_per_cent ? 100.0 * SMALLEST : 0.0 };
  CamRng rng;

  g_assert_true (test->loss->fits (y_size, OUTPUTS));
  cam_rng_init (&rng, 3, 4);
  network = make_stack (test->hidden, test->output, &rng);
  x = draw_floats (&rng, ROWS * INPUTS);
  for (guint i = 0; i < ROWS; i++)
    {
      guint c = (guint) cam_rng_below (&rng, OUTPUTS);

      y[i * y_size + (y_size > 1 ? c : 0)] = y_size > 1 ? 1.0f : (float) c;
      /* Per cent of 0 is a number so large that differences say nothing. */
      for (guint j = 0; is_per_cent && j < OUTPUTS; j++)
        y[i * OUTPUTS + j] += 1.0f;
    }
  samples = (CamSamples) { x, y, ROWS, INPUTS, y_size, NULL };
  fit = cam_fit_new (network, &settings, &samples, NULL, &error);
  g_assert_no_error (error);

  for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
    {
      StackRun run = { fit, { x + steps[s].first * INPUTS, y + steps[s].first * y_size, steps[s].n, INPUTS, y_size, NULL } };
      double sums[CAM_N_FIRST_SUMS] = { 0 };

      g_assert_cmpint (cam_fit_step (fit, steps[s].first, steps[s].n, sums), ==, CAM_BAD_NOTHING);
      g_assert_cmpfloat (sums[CAM_SUM_ROWS], ==, steps[s].n);
      g_assert_cmpfloat_with_epsilon (sums[CAM_SUM_LOSS] / sums[CAM_SUM_ROWS], run_stack (&run), 1e-6);
      for (guint w = 0; w < cam_network_get_n_weights (network); w++)
        check_tensor (&tally, cam_network_get_weight_name (network, w), cam_network_peek_weight (network, w)->data, fit->weight_gradients[w],
                      cam_network_peek_weight (network, w)->n, run_stack, &run);
    }
  check_tally (&tally);
}

/* Every kind of layer that the engine offers has a line above. */
static void
test_all_kinds (void)
{
  const CamLayerKind *const *kinds = cam_layer_kind_list ();

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      gboolean is_covered = FALSE;

      for (guint c = 0; c < G_N_ELEMENTS (layer_cases); c++)
        is_covered = is_covered || g_str_equal (layer_cases[c].layer, kinds[i]->name);
      if (!is_covered)
        g_error ("%s has no gradient check", kinds[i]->name);
    }
}

static void
add_layer_tests (void)
{
  for (guint c = 0; c < G_N_ELEMENTS (layer_cases); c++)
    {
      const CamLayerKind *kind = cam_layer_kind_find (layer_cases[c].layer);
      gboolean chooses = cam_fields_find (kind->fields, "activation") != NULL && strstr (layer_cases[c].config, "'activation'") == NULL;

      for (guint a = 0; chooses ? cam_activation_names[a] != NULL : a == 0; a++)
        {
          LayerTest *test = g_new (LayerTest, 1);
          g_autofree char *path = NULL;

          *test = (LayerTest) { &layer_cases[c], chooses ? cam_activation_names[a] : NULL };
          path = g_strjoin ("/", "/engine/gradient/layer", layer_cases[c].name, test->activation, NULL);
          g_test_add_data_func_full (path, test, test_layer, g_free);
        }
    }
}

/* A loss of probabilities says nothing of outputs that are none. */
static gboolean
fits_output (const CamLoss *loss,
             const char    *activation)
{
  double value = cam_activation_value (cam_activation_find (activation), (double) find_sum (activation));

  return loss->logits_of == NULL || (value > 0.0 && value < 1.0);
}

/* Some losses are not for all outputs: logarithms want positive ones. Margins have a kink that shifts with the activation; their derivatives are recorded (test-loss.c), and are
 * checked here above the usual activations, whose outputs stay away from it. */
static gboolean
goes_with (const CamLoss *loss,
           const char    *activation)
{
  static const char *const negative[] = { "log_sigmoid", "log_softmax", NULL }, *const usual[] = { "linear", "tanh", "sigmoid", "softmax", NULL };

  if (g_str_equal (loss->kind.name, "poisson") || g_str_equal (loss->kind.name, "kl_divergence"))
    return !g_strv_contains (negative, activation);

  return strstr (loss->kind.name, "hinge") == NULL || g_strv_contains (usual, activation);
}

/* Every loss above every activation; the hidden layer takes them in turn. */
static void
add_loss_tests (void)
{
  guint n_names = g_strv_length ((char **) cam_activation_names);

  for (guint l = 0; cam_losses[l] != NULL; l++)
    for (guint a = 0; a < n_names; a++)
      {
        LossTest *test;
        g_autofree char *path = g_strjoin ("/", "/engine/gradient/loss", cam_losses[l]->kind.name, cam_activation_names[a], NULL);

        if (!fits_output (cam_losses[l], cam_activation_names[a]) || !goes_with (cam_losses[l], cam_activation_names[a]))
          continue;
        test = g_new (LossTest, 1);
        *test = (LossTest) { cam_losses[l], cam_activation_names[(a + l + 1) % n_names], cam_activation_names[a] };
        g_test_add_data_func_full (path, test, test_loss, g_free);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_layer_tests ();
  add_loss_tests ();
  g_test_add_func ("/engine/gradient/all-kinds", test_all_kinds);

  return g_test_run ();
}
