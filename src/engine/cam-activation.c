/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activation functions as a table: a new one is a few functions and one line in the list. Each gets its derivative from its output y, so that a layer keeps nothing else. */
#include "cam-activation.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "kernels/cam-kernels.h"

struct _CamActivation
{
  const char *name;
  const char *note;
  gboolean    row_wise;
  gboolean    needs_input;   /* backward() reads x */
  double    (*value)      (double x);
  double    (*derivative) (double x);
  void      (*forward)    (const float *x, float *y, gsize rows, gsize columns);
  void      (*backward)   (const float *x, const float *y, const float *dy, float *dx, gsize rows, gsize columns);
};

/* As a function Keras's leaky_relu has slope 0.2; the LeakyReLU layer has another. */
#define LEAKY_SLOPE 0.2

static double linear_value (double x) { return x; }
static double linear_derivative (double x) { return 1.0; }
static double relu_value (double x) { return x > 0.0 ? x : 0.0 * x; }
static double relu_derivative (double x) { return x > 0.0 ? 1.0 : 0.0; }
static double leaky_relu_value (double x) { return x > 0.0 ? x : LEAKY_SLOPE * x; }
static double leaky_relu_derivative (double x) { return x > 0.0 ? 1.0 : LEAKY_SLOPE; }
static double elu_value (double x) { return x > 0.0 ? x : expm1 (x); }
static double elu_derivative (double x) { return x > 0.0 ? 1.0 : exp (x); }
static double sigmoid_value (double x) { return 1.0 / (1.0 + exp (-x)); }
static double sigmoid_derivative (double x) { return sigmoid_value (x) * (1.0 - sigmoid_value (x)); }
static double tanh_derivative (double x) { return 1.0 - tanh (x) * tanh (x); }

static void
linear_forward (const float *x,
                float       *y,
                gsize        rows,
                gsize        columns)
{
  if (x != y)
    memcpy (y, x, rows * columns * sizeof (float));
}

static void
linear_backward (const float *x,
                 const float *y,
                 const float *dy,
                 float       *dx,
                 gsize        rows,
                 gsize        columns)
{
  if (dx != dy)
    memcpy (dx, dy, rows * columns * sizeof (float));
}

/* x ≤ 0 is asked, not x > 0, so that NaN passes through and is found. */
static void
relu_forward (const float *x,
              float       *y,
              gsize        rows,
              gsize        columns)
{
  for (gsize i = 0; i < rows * columns; i++)
    y[i] = x[i] <= 0.0f ? 0.0f : x[i];
}

static void
relu_backward (const float *x,
               const float *y,
               const float *dy,
               float       *dx,
               gsize        rows,
               gsize        columns)
{
  for (gsize i = 0; i < rows * columns; i++)
    dx[i] = y[i] > 0.0f ? dy[i] : 0.0f;
}

static void
leaky_relu_forward (const float *x,
                    float       *y,
                    gsize        rows,
                    gsize        columns)
{
  for (gsize i = 0; i < rows * columns; i++)
    y[i] = x[i] > 0.0f ? x[i] : (float) LEAKY_SLOPE * x[i];
}

static void
leaky_relu_backward (const float *x,
                     const float *y,
                     const float *dy,
                     float       *dx,
                     gsize        rows,
                     gsize        columns)
{
  for (gsize i = 0; i < rows * columns; i++)
    dx[i] = y[i] > 0.0f ? dy[i] : (float) LEAKY_SLOPE * dy[i];
}

static void
elu_forward (const float *x,
             float       *y,
             gsize        rows,
             gsize        columns)
{
  for (gsize i = 0; i < rows * columns; i++)
    y[i] = x[i] > 0.0f ? x[i] : expm1f (x[i]);
}

static void
elu_backward (const float *x,
              const float *y,
              const float *dy,
              float       *dx,
              gsize        rows,
              gsize        columns)
{
  /* For x < 0: eˣ = y + 1. */
  for (gsize i = 0; i < rows * columns; i++)
    dx[i] = y[i] > 0.0f ? dy[i] : dy[i] * (y[i] + 1.0f);
}

static void
sigmoid_forward (const float *x,
                 float       *y,
                 gsize        rows,
                 gsize        columns)
{
  cam_map_sigmoid (x, y, rows * columns);
}

static void
sigmoid_backward (const float *x,
                  const float *y,
                  const float *dy,
                  float       *dx,
                  gsize        rows,
                  gsize        columns)
{
  for (gsize i = 0; i < rows * columns; i++)
    dx[i] = dy[i] * y[i] * (1.0f - y[i]);
}

static void
tanh_forward (const float *x,
              float       *y,
              gsize        rows,
              gsize        columns)
{
  cam_map_tanh (x, y, rows * columns);
}

static void
tanh_backward (const float *x,
               const float *y,
               const float *dy,
               float       *dx,
               gsize        rows,
               gsize        columns)
{
  for (gsize i = 0; i < rows * columns; i++)
    dx[i] = dy[i] * (1.0f - y[i] * y[i]);
}

/* dx = y ⊙ (dy − ⟨dy, y⟩), row by row. */
static void
softmax_backward (const float *x,
                  const float *y,
                  const float *dy,
                  float       *dx,
                  gsize        rows,
                  gsize        columns)
{
  for (gsize row = 0; row < rows; row++, y += columns, dy += columns, dx += columns)
    {
      double dot = 0.0;

      for (gsize j = 0; j < columns; j++)
        dot += (double) dy[j] * y[j];
      for (gsize j = 0; j < columns; j++)
        dx[j] = (float) (y[j] * (dy[j] - dot));
    }
}

static const CamActivation relu = {
  "relu", N_("Cheap, and never saturates above 0. Units that stay below 0 die: watch for a loss that stops falling."),
  FALSE, FALSE, relu_value, relu_derivative, relu_forward, relu_backward,
};
static const CamActivation leaky_relu = {
  "leaky_relu", N_("Like relu, with a slope of 0.2 below 0, so that no unit can die."),
  FALSE, FALSE, leaky_relu_value, leaky_relu_derivative, leaky_relu_forward, leaky_relu_backward,
};
static const CamActivation elu = {
  "elu", N_("Smooth below 0 and bounded by −1; keeps the mean of a layer's outputs near 0."),
  FALSE, FALSE, elu_value, elu_derivative, elu_forward, elu_backward,
};
static const CamActivation tanh_kind = {
  "tanh", N_("Between −1 and 1, centred at 0. Saturates on both sides: deep stacks of it learn slowly."),
  FALSE, FALSE, tanh, tanh_derivative, tanh_forward, tanh_backward,
};
static const CamActivation sigmoid = {
  "sigmoid", N_("Between 0 and 1: a probability. For the output of a yes/no task; in hidden layers it saturates."),
  FALSE, FALSE, sigmoid_value, sigmoid_derivative, sigmoid_forward, sigmoid_backward,
};
static const CamActivation softmax = {
  "softmax", N_("Turns a whole row into probabilities that add up to 1. For the output of a task with several classes."),
  TRUE, FALSE, sigmoid_value, sigmoid_derivative, cam_map_softmax, softmax_backward,
};
static const CamActivation linear = {
  "linear", N_("Passes its input through. For the output of a regression."),
  FALSE, FALSE, linear_value, linear_derivative, linear_forward, linear_backward,
};

static const CamActivation *const list[] = { &relu, &leaky_relu, &elu, &tanh_kind, &sigmoid, &softmax, &linear, NULL };
const char *const cam_activation_names[] = { "relu", "leaky_relu", "elu", "tanh", "sigmoid", "softmax", "linear", NULL };

const CamActivation *
cam_activation_find (const char *name)
{
  for (guint i = 0; list[i] != NULL; i++)
    if (g_strcmp0 (list[i]->name, name) == 0)
      return list[i];

  return NULL;
}

const CamActivation *const *
cam_activation_list (void)
{
  return list;
}

const char *
cam_activation_get_name (const CamActivation *self)
{
  return self->name;
}

const char *
cam_activation_get_note (const CamActivation *self)
{
  return _(self->note);
}

gboolean
cam_activation_is_row_wise (const CamActivation *self)
{
  return self->row_wise;
}

gboolean
cam_activation_needs_input (const CamActivation *self)
{
  return self->needs_input;
}

double
cam_activation_value (const CamActivation *self,
                      double               x)
{
  return self->value (x);
}

double
cam_activation_derivative (const CamActivation *self,
                           double               x)
{
  return self->derivative (x);
}

void
cam_activation_forward (const CamActivation *self,
                        const float         *x,
                        float               *y,
                        gsize                rows,
                        gsize                columns)
{
  self->forward (x, y, rows, columns);
}

void
cam_activation_backward (const CamActivation *self,
                         const float         *x,
                         const float         *y,
                         const float         *dy,
                         float               *dx,
                         gsize                rows,
                         gsize                columns)
{
  self->backward (x, y, dy, dx, rows, columns);
}
