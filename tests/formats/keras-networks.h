/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Networks that use every setting which Keras's files dress in a way of their own. '…' stands for "…". */
#pragma once

#include <cam-shape.h>

typedef struct
{
  const char *name;
  CamShape    input;
  gboolean    is_index;   /* inputs are whole numbers from 0 to 9 */
  const char *layers;
} KerasNetwork;

#define L2 "{'class_name': 'L2', 'config': {'l2': 0.02}}"
#define L1L2 "{'class_name': 'L1L2', 'config': {'l1': 0.001, 'l2': 0.02}}"
#define MAX_NORM "{'class_name': 'MaxNorm', 'config': {'max_value': 3.0}}"
#define MIN_MAX_NORM "{'class_name': 'MinMaxNorm', 'config': {'min_value': 0.1, 'max_value': 3.0, 'rate': 0.5}}"

static const KerasNetwork keras_networks[] = {
  { "dense", { 1, { 5 } }, FALSE,
    "[{'class_name': 'Dense', 'config': {'units': 4, 'activation': 'gelu', 'kernel_initializer': {'class_name': 'RandomNormal', 'config': {'stddev': 0.3, 'seed': 5}}, "
    "'kernel_regularizer': " L2 ", 'kernel_constraint': " MAX_NORM ", 'bias_initializer': {'class_name': 'Constant', 'config': {'value': 0.25}}, 'bias_regularizer': 'l1', "
    "'bias_constraint': 'non_neg'}}, "
    "{'class_name': 'Dense', 'trainable': false, 'config': {'units': 4, 'use_bias': false, 'kernel_initializer': {'class_name': 'Orthogonal', 'config': {'gain': 2.0}}, "
    "'kernel_regularizer': " L1L2 ", 'kernel_constraint': " MIN_MAX_NORM "}}, "
    "{'class_name': 'Dense', 'config': {'units': 4, 'kernel_initializer': {'class_name': 'Identity', 'config': {'gain': 0.5}}, 'kernel_constraint': 'unit_norm'}}, "
    "{'class_name': 'Dense', 'config': {'units': 2, 'kernel_initializer': {'class_name': 'VarianceScaling', 'config': {'scale': 3.0, 'mode': 'fan_out', 'distribution': 'uniform'}}, "
    "'activation': 'softmax'}}]" },
  { "activations", { 1, { 6 } }, FALSE,
    "[{'class_name': 'ReLU', 'config': {'max_value': 2.5, 'negative_slope': 0.1, 'threshold': 0.25}}, {'class_name': 'LeakyReLU', 'config': {'negative_slope': 0.4}}, "
    "{'class_name': 'PReLU', 'config': {'alpha_initializer': {'class_name': 'Constant', 'config': {'value': 0.3}}, 'alpha_regularizer': " L2 "}}, "
    "{'class_name': 'ELU'}, {'class_name': 'Activation', 'config': {'activation': 'mish'}}, {'class_name': 'Softmax'}]" },
  { "conv", { 3, { 9, 8, 3 } }, FALSE,
    "[{'class_name': 'Conv2D', 'config': {'filters': 6, 'kernel_size': [3, 2], 'strides': [2, 1], 'padding': 'same', 'activation': 'relu', 'groups': 3, 'kernel_regularizer': " L2 ", "
    "'activity_regularizer': " L1L2 "}}, "
    "{'class_name': 'BatchNormalization', 'config': {'momentum': 0.9, 'epsilon': 0.01, 'gamma_regularizer': " L2 ", 'beta_constraint': " MAX_NORM "}}, "
    "{'class_name': 'PReLU', 'config': {'shared_axes': [1, 2]}}, "
    "{'class_name': 'Conv2D', 'config': {'filters': 4, 'kernel_size': 2, 'dilation_rate': 2, 'use_bias': false}}, "
    "{'class_name': 'BatchNormalization', 'trainable': false, 'config': {'scale': false}}, "
    "{'class_name': 'MaxPooling2D', 'config': {'pool_size': [2, 1], 'strides': [1, 2], 'padding': 'same'}}, "
    "{'class_name': 'AveragePooling2D', 'config': {'pool_size': 2}}, {'class_name': 'Flatten'}, {'class_name': 'Dense', 'config': {'units': 3}}]" },
  { "series", { 2, { 12, 3 } }, FALSE,
    "[{'class_name': 'Conv1D', 'config': {'filters': 4, 'kernel_size': 3, 'padding': 'causal', 'dilation_rate': 2, 'activation': 'tanh'}}, "
    "{'class_name': 'MaxPooling1D', 'config': {'pool_size': 3, 'strides': 2}}, {'class_name': 'AveragePooling1D', 'config': {'padding': 'same'}}, "
    "{'class_name': 'Permute', 'config': {'dims': [2, 1]}}, {'class_name': 'Reshape', 'config': {'target_shape': [-1]}}, {'class_name': 'RepeatVector', 'config': {'n': 3}}]" },
  { "words", { 1, { 7 } }, TRUE,
    "[{'class_name': 'Embedding', 'config': {'input_dim': 10, 'output_dim': 4, 'mask_zero': true, 'embeddings_regularizer': " L2 "}}, "
    "{'class_name': 'LSTM', 'config': {'units': 5, 'return_sequences': true, 'dropout': 0.1, 'recurrent_dropout': 0.2, 'recurrent_regularizer': " L2 "}}, "
    "{'class_name': 'LSTM', 'config': {'units': 3, 'go_backwards': true, 'use_bias': false, 'unit_forget_bias': false, 'recurrent_activation': 'hard_sigmoid'}}, "
    "{'class_name': 'Dense', 'config': {'units': 2}}]" },
  { "pairs", { 2, { 6, 3 } }, FALSE,
    "[{'class_name': 'Masking', 'config': {'mask_value': -1.0}}, "
    "{'class_name': 'Bidirectional', 'config': {'layer': {'class_name': 'GRU', 'config': {'units': 4, 'return_sequences': true, 'reset_after': false, "
    "'kernel_regularizer': " L2 "}}, 'merge_mode': 'sum'}}, "
    "{'class_name': 'TimeDistributed', 'config': {'layer': {'class_name': 'Dense', 'name': 'each', 'config': {'units': 5, 'activation': 'relu'}}}}, "
    "{'class_name': 'Bidirectional', 'trainable': false, 'config': {'layer': {'class_name': 'LSTM', 'config': {'units': 3, 'return_sequences': true}}, "
    "'backward_layer': {'class_name': 'SimpleRNN', 'config': {'units': 3, 'return_sequences': true, 'go_backwards': true, 'use_bias': false}}}}, "
    "{'class_name': 'GRU', 'config': {'units': 4, 'return_sequences': true, 'dropout': 0.1}}, "
    "{'class_name': 'SimpleRNN', 'config': {'units': 3, 'activation': 'relu', 'recurrent_constraint': 'unit_norm'}}]" },
  { "frames", { 4, { 4, 6, 6, 2 } }, FALSE,
    "[{'class_name': 'TimeDistributed', 'config': {'layer': {'class_name': 'Conv2D', 'config': {'filters': 3, 'kernel_size': 3}}}}, "
    "{'class_name': 'TimeDistributed', 'config': {'layer': {'class_name': 'GlobalAveragePooling2D'}}}, "
    "{'class_name': 'Bidirectional', 'config': {'layer': {'class_name': 'LSTM', 'config': {'units': 2, 'use_bias': false}}, 'merge_mode': 'mul'}}]" },
  { "edges", { 3, { 8, 7, 4 } }, FALSE,
    "[{'class_name': 'ZeroPadding2D', 'config': {'padding': [[1, 2], [0, 3]]}}, {'class_name': 'Cropping2D', 'config': {'cropping': [[1, 0], [2, 1]]}}, "
    "{'class_name': 'DepthwiseConv2D', 'config': {'kernel_size': 3, 'depth_multiplier': 2, 'padding': 'same', 'depthwise_regularizer': " L2 "}}, "
    "{'class_name': 'SeparableConv2D', 'config': {'filters': 4, 'kernel_size': 2, 'pointwise_constraint': " MAX_NORM "}}, "
    "{'class_name': 'Conv2DTranspose', 'config': {'filters': 4, 'kernel_size': 3, 'strides': 2, 'padding': 'same', 'use_bias': false}}, "
    "{'class_name': 'UpSampling2D', 'config': {'size': [1, 2], 'interpolation': 'bilinear'}}, {'class_name': 'LayerNormalization', 'config': {'epsilon': 0.01, 'center': false}}, "
    "{'class_name': 'GroupNormalization', 'config': {'groups': 2}}, {'class_name': 'UnitNormalization'}, {'class_name': 'Rescaling', 'config': {'scale': 0.5, 'offset': -1.0}}, "
    "{'class_name': 'SpatialDropout2D', 'config': {'rate': 0.25}}, {'class_name': 'GlobalMaxPooling2D', 'config': {'keepdims': true}}, {'class_name': 'Flatten'}, "
    "{'class_name': 'GaussianNoise', 'config': {'stddev': 0.25}}, {'class_name': 'GaussianDropout', 'config': {'rate': 0.25}}]" },
  { "steps", { 2, { 9, 2 } }, FALSE,
    "[{'class_name': 'ZeroPadding1D', 'config': {'padding': [2, 1]}}, {'class_name': 'Cropping1D', 'config': {'cropping': [1, 0]}}, "
    "{'class_name': 'Conv1DTranspose', 'config': {'filters': 3, 'kernel_size': 3, 'strides': 2}}, {'class_name': 'UpSampling1D', 'config': {'size': 2}}, "
    "{'class_name': 'SpatialDropout1D', 'config': {'rate': 0.25}}, {'class_name': 'GlobalAveragePooling1D'}]" },
};
