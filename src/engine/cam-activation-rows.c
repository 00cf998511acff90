/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activations of whole rows: what one number becomes depends on the others. Drawn as what x becomes beside a 0. */
#include <math.h>

#include "cam-activation-private.h"
#include "kernels/cam-activation-kernels.h"
#include "kernels/cam-kernels.h"

static double softmax_value (double x) { return 1.0 / (1.0 + exp (-x)); }
static double softmax_derivative (double x) { return softmax_value (x) * softmax_value (-x); }
static double log_softmax_value (double x) { return fmin (x, 0.0) - log1p (exp (-fabs (x))); }
static double sparsemax_value (double x) { return fmin (fmax (0.5 * (x + 1.0), 0.0), 1.0); }
static double sparsemax_derivative (double x) { return x > -1.0 && x <= 1.0 ? 0.5 : 0.0; }
static double log_softmax_derivative (double x) { return softmax_value (-x); }

const CamActivation cam_softmax = {
  .name = "softmax",
  .note = N_("Turns a whole row into probabilities that add up to 1. For the output of a task with several classes."),
  .value = softmax_value, .derivative = softmax_derivative, .map_rows = cam_map_softmax, .back_rows = cam_back_softmax,
};
const CamActivation cam_log_softmax = {
  .name = "log_softmax",
  .note = N_("The logarithms of softmax's probabilities: for losses that take them."),
  .value = log_softmax_value, .derivative = log_softmax_derivative, .map_rows = cam_map_log_softmax, .back_rows = cam_back_log_softmax,
};
const CamActivation cam_sparsemax = {
  .name = "sparsemax",
  .note = N_("Like softmax, but unlikely classes get exactly 0."),
  .value = sparsemax_value, .derivative = sparsemax_derivative, .map_rows = cam_map_sparsemax, .back_rows = cam_back_sparsemax,
};
