/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activations without corners that grow on one side: gelu, silu and their kin. Several of them turn back below 0, so that their slope cannot be told from what they give. */
#include <math.h>

#include "cam-activation-private.h"
#include "kernels/cam-activation-kernels.h"
#include "kernels/cam-kernels.h"

static double sigmoid_of (double x) { return 1.0 / (1.0 + exp (-x)); }
static double softplus_value (double x) { return fmax (x, 0.0) + log1p (exp (-fabs (x))); }
static double normal_share (double x) { return 0.5 * erfc (-x * G_SQRT2 / 2.0); }
static double gelu_value (double x) { return x * normal_share (x); }
static double gelu_derivative (double x) { return normal_share (x) + x * exp (-0.5 * x * x) / sqrt (2.0 * G_PI); }
static double silu_value (double x) { return x * sigmoid_of (x); }
static double silu_derivative (double x) { return sigmoid_of (x) * (1.0 + x * sigmoid_of (-x)); }
static double hard_silu_value (double x) { return x * fmin (fmax (x / 6.0 + 0.5, 0.0), 1.0); }
static double hard_silu_derivative (double x) { return x <= -3.0 ? 0.0 : x > 3.0 ? 1.0 : x / 3.0 + 0.5; }
static double mish_value (double x) { return x * tanh (softplus_value (x)); }
static double tanh_shrink_value (double x) { return x - tanh (x); }
static double tanh_shrink_derivative (double x) { return tanh (x) * tanh (x); }
static double squareplus_value (double x) { return 0.5 * (x + sqrt (x * x + 4.0)); }
static double squareplus_derivative (double x) { return 0.5 * (1.0 + x / sqrt (x * x + 4.0)); }

static double
mish_derivative (double x)
{
  double t = tanh (softplus_value (x));

  return t + x * (1.0 - t * t) * sigmoid_of (x);
}

const CamActivation cam_gelu = {
  .name = "gelu",
  .note = N_("Relu with a smooth corner, the choice of most large networks of today; costs more to compute."),
  .value = gelu_value, .derivative = gelu_derivative, .needs_input = TRUE, .map = cam_map_gelu, .back = cam_back_gelu_x,
};
const CamActivation cam_silu = {
  .name = "silu",
  .note = N_("Also called swish: like relu, smooth, with a shallow dip below 0. Good in deep stacks."),
  .value = silu_value, .derivative = silu_derivative, .needs_input = TRUE, .map = cam_map_silu, .back = cam_back_silu_x,
};
const CamActivation cam_hard_silu = {
  .name = "hard_silu",
  .note = N_("Also called hard swish: silu from cheap pieces."),
  .value = hard_silu_value, .derivative = hard_silu_derivative, .needs_input = TRUE, .map = cam_map_hard_silu, .back = cam_back_hard_silu_x,
};
const CamActivation cam_mish = {
  .name = "mish",
  .note = N_("Close to silu, a little steeper; smooth everywhere."),
  .value = mish_value, .derivative = mish_derivative, .needs_input = TRUE, .map = cam_map_mish, .back = cam_back_mish_x,
};
const CamActivation cam_softplus = {
  .name = "softplus",
  .note = N_("Always above 0 and smooth: for an output that must be positive, such as a rate or a deviation."),
  .value = softplus_value, .derivative = sigmoid_of, .map = cam_map_softplus, .back = cam_back_softplus,
};
const CamActivation cam_squareplus = {
  .name = "squareplus",
  .note = N_("Like softplus, from a square root: cheaper, and slower to reach 0."),
  .value = squareplus_value, .derivative = squareplus_derivative, .map = cam_map_squareplus, .back = cam_back_squareplus,
};
const CamActivation cam_exponential = {
  .name = "exponential",
  .note = N_("Always above 0: for counts and rates. Grows fast: large inputs make the loss diverge."),
  .value = exp, .derivative = exp, .map = cam_map_exp, .back = cam_back_exponential,
};
const CamActivation cam_tanh_shrink = {
  .name = "tanh_shrink",
  .note = N_("Flat around 0, a straight line far from it: for sparse codes."),
  .value = tanh_shrink_value, .derivative = tanh_shrink_derivative, .needs_input = TRUE, .map = cam_map_tanh_shrink, .back = cam_back_tanh_shrink_x,
};
