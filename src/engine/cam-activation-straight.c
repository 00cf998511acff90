/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activations that are a straight line above a point: relu and its kin. */
#include <math.h>

#include "cam-activation-private.h"
#include "kernels/cam-activation-kernels.h"

/* As a function Keras's leaky_relu has slope 0.2; the LeakyReLU layer has another. */
#define LEAKY_SLOPE 0.2
#define SELU_SCALE 1.0507009873554805
#define SELU_ALPHA 1.6732632423543772

static double linear_value (double x) { return x; }
static double linear_derivative (double x) { return 1.0; }
static double relu_value (double x) { return x > 0.0 ? x : 0.0 * x; }
static double relu_derivative (double x) { return x > 0.0 ? 1.0 : 0.0; }
static double leaky_relu_value (double x) { return x > 0.0 ? x : LEAKY_SLOPE * x; }
static double leaky_relu_derivative (double x) { return x > 0.0 ? 1.0 : LEAKY_SLOPE; }
static double relu6_value (double x) { return x > 0.0 ? fmin (x, 6.0) : 0.0 * x; }
static double relu6_derivative (double x) { return x > 0.0 && x <= 6.0 ? 1.0 : 0.0; }
static double elu_value (double x) { return x > 0.0 ? x : expm1 (x); }
static double elu_derivative (double x) { return x > 0.0 ? 1.0 : exp (x); }
static double selu_value (double x) { return SELU_SCALE * (x > 0.0 ? x : SELU_ALPHA * expm1 (x)); }
static double selu_derivative (double x) { return SELU_SCALE * (x > 0.0 ? 1.0 : SELU_ALPHA * exp (x)); }
static double hard_shrink_value (double x) { return fabs (x) > 0.5 ? x : 0.0; }
static double hard_shrink_derivative (double x) { return x <= -0.5 || x > 0.5 ? 1.0 : 0.0; }
static double soft_shrink_value (double x) { return fabs (x) > 0.5 ? x - copysign (0.5, x) : 0.0; }
static double sparse_plus_value (double x) { return x >= 1.0 ? x : x <= -1.0 ? 0.0 : 0.25 * (x + 1.0) * (x + 1.0); }
static double sparse_plus_derivative (double x) { return x >= 1.0 ? 1.0 : x <= -1.0 ? 0.0 : 0.5 * (x + 1.0); }

const CamActivation cam_relu = {
  .name = "relu",
  .note = N_("Cheap, and never saturates above 0. Units that stay below 0 die: watch for a loss that stops falling."),
  .value = relu_value, .derivative = relu_derivative, .map = cam_map_relu, .back = cam_back_relu,
};
const CamActivation cam_leaky_relu = {
  .name = "leaky_relu",
  .note = N_("Like relu, with a slope of 0.2 below 0, so that no unit can die."),
  .value = leaky_relu_value, .derivative = leaky_relu_derivative, .map = cam_map_leaky_relu, .back = cam_back_leaky_relu,
};
const CamActivation cam_relu6 = {
  .name = "relu6",
  .note = N_("Relu that stops at 6: outputs stay small enough for arithmetic of few digits."),
  .value = relu6_value, .derivative = relu6_derivative, .map = cam_map_relu6, .back = cam_back_relu6,
};
const CamActivation cam_elu = {
  .name = "elu",
  .note = N_("Smooth below 0 and bounded by −1; keeps the mean of a layer's outputs near 0."),
  .value = elu_value, .derivative = elu_derivative, .map = cam_map_elu, .back = cam_back_elu,
};
const CamActivation cam_selu = {
  .name = "selu",
  .note = N_("Elu scaled so that a deep stack keeps mean 0 and variance 1 by itself; wants LeCun normal weights and AlphaDropout."),
  .value = selu_value, .derivative = selu_derivative, .map = cam_map_selu, .back = cam_back_selu,
};
/* With Keras's alpha of 1 it is elu. */
const CamActivation cam_celu = {
  .name = "celu",
  .note = N_("With the usual setting the same as elu."),
  .value = elu_value, .derivative = elu_derivative, .map = cam_map_elu, .back = cam_back_elu,
};
const CamActivation cam_hard_shrink = {
  .name = "hard_shrink",
  .note = N_("Sets what lies within 0.5 of 0 to 0 and leaves the rest: for sparse codes."),
  .value = hard_shrink_value, .derivative = hard_shrink_derivative, .map = cam_map_hard_shrink, .back = cam_back_shrink,
};
const CamActivation cam_soft_shrink = {
  .name = "soft_shrink",
  .note = N_("Pulls everything 0.5 towards 0: for sparse codes and for taking noise away."),
  .value = soft_shrink_value, .derivative = hard_shrink_derivative, .map = cam_map_soft_shrink, .back = cam_back_shrink,
};
const CamActivation cam_sparse_plus = {
  .name = "sparse_plus",
  .note = N_("Relu with its corner rounded between −1 and 1: smooth, and exactly 0 below."),
  .value = sparse_plus_value, .derivative = sparse_plus_derivative, .map = cam_map_sparse_plus, .back = cam_back_sparse_plus,
};
const CamActivation cam_linear = {
  .name = "linear",
  .note = N_("Passes its input through. For the output of a regression."),
  .value = linear_value, .derivative = linear_derivative, .map = cam_map_linear, .back = cam_back_linear,
};
