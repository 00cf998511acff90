/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activations that level off on both sides (or, with a logarithm, on one): sigmoid and its kin. */
#include <math.h>

#include "cam-activation-private.h"
#include "kernels/cam-activation-kernels.h"
#include "kernels/cam-kernels.h"

static double sigmoid_value (double x) { return 1.0 / (1.0 + exp (-x)); }
static double sigmoid_derivative (double x) { return sigmoid_value (x) * (1.0 - sigmoid_value (x)); }
static double tanh_derivative (double x) { return 1.0 - tanh (x) * tanh (x); }
static double softsign_value (double x) { return x / (1.0 + fabs (x)); }
static double softsign_derivative (double x) { return 1.0 / ((1.0 + fabs (x)) * (1.0 + fabs (x))); }
static double hard_sigmoid_value (double x) { return fmin (fmax (x / 6.0 + 0.5, 0.0), 1.0); }
static double hard_sigmoid_derivative (double x) { return x > -3.0 && x <= 3.0 ? 1.0 / 6.0 : 0.0; }
static double hard_tanh_value (double x) { return fmin (fmax (x, -1.0), 1.0); }
static double hard_tanh_derivative (double x) { return x > -1.0 && x <= 1.0 ? 1.0 : 0.0; }
static double sparse_sigmoid_value (double x) { return fmin (fmax (0.5 * (x + 1.0), 0.0), 1.0); }
static double sparse_sigmoid_derivative (double x) { return x > -1.0 && x <= 1.0 ? 0.5 : 0.0; }
static double log_sigmoid_value (double x) { return fmin (x, 0.0) - log1p (exp (-fabs (x))); }
static double log_sigmoid_derivative (double x) { return sigmoid_value (-x); }

const CamActivation cam_sigmoid = {
  .name = "sigmoid",
  .note = N_("Between 0 and 1: a probability. For the output of a yes/no task; in hidden layers it saturates."),
  .value = sigmoid_value, .derivative = sigmoid_derivative, .map = cam_map_sigmoid, .back = cam_back_sigmoid,
};
const CamActivation cam_tanh = {
  .name = "tanh",
  .note = N_("Between −1 and 1, centred at 0. Saturates on both sides: deep stacks of it learn slowly."),
  .value = tanh, .derivative = tanh_derivative, .map = cam_map_tanh, .back = cam_back_tanh,
};
const CamActivation cam_softsign = {
  .name = "softsign",
  .note = N_("Like tanh, but levels off slowly: far from 0 there is still something to learn from."),
  .value = softsign_value, .derivative = softsign_derivative, .map = cam_map_softsign, .back = cam_back_softsign,
};
const CamActivation cam_hard_sigmoid = {
  .name = "hard_sigmoid",
  .note = N_("Sigmoid from three straight pieces: cheap, but beyond −3 and 3 nothing is learnt."),
  .value = hard_sigmoid_value, .derivative = hard_sigmoid_derivative, .map = cam_map_hard_sigmoid, .back = cam_back_hard_sigmoid,
};
const CamActivation cam_hard_tanh = {
  .name = "hard_tanh",
  .note = N_("Tanh from three straight pieces: cheap, but beyond −1 and 1 nothing is learnt."),
  .value = hard_tanh_value, .derivative = hard_tanh_derivative, .map = cam_map_hard_tanh, .back = cam_back_hard_tanh,
};
const CamActivation cam_sparse_sigmoid = {
  .name = "sparse_sigmoid",
  .note = N_("A straight line from 0 at −1 to 1 at 1: gives true zeros and ones."),
  .value = sparse_sigmoid_value, .derivative = sparse_sigmoid_derivative, .map = cam_map_sparse_sigmoid, .back = cam_back_sparse_sigmoid,
};
const CamActivation cam_log_sigmoid = {
  .name = "log_sigmoid",
  .note = N_("The logarithm of a probability: for losses that take one."),
  .value = log_sigmoid_value, .derivative = log_sigmoid_derivative, .map = cam_map_log_sigmoid, .back = cam_back_log_sigmoid,
};
