/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of activation functions, and the calls through it. Each tells its slope from its output where it can, so that a layer keeps nothing else.
 *
 * Of Keras's functions glu is left out: it halves the width of what it is given, so that it is no function of a layer's own units. */
#include "cam-activation.h"

#include "cam-activation-private.h"

/* Those that most networks use first. */
static const CamActivation *const list[] = {
  &cam_relu, &cam_leaky_relu, &cam_elu, &cam_selu, &cam_gelu, &cam_silu, &cam_mish, &cam_tanh, &cam_sigmoid, &cam_softmax, &cam_linear, &cam_softplus,
  &cam_softsign, &cam_exponential, &cam_relu6, &cam_celu, &cam_hard_sigmoid, &cam_hard_silu, &cam_hard_tanh, &cam_log_sigmoid, &cam_log_softmax,
  &cam_sparsemax, &cam_sparse_plus, &cam_sparse_sigmoid, &cam_squareplus, &cam_tanh_shrink, &cam_hard_shrink, &cam_soft_shrink, NULL,
};
const char *const cam_activation_names[] = {
  "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "tanh", "sigmoid", "softmax", "linear", "softplus", "softsign", "exponential", "relu6", "celu",
  "hard_sigmoid", "hard_silu", "hard_tanh", "log_sigmoid", "log_softmax", "sparsemax", "sparse_plus", "sparse_sigmoid", "squareplus", "tanh_shrink",
  "hard_shrink", "soft_shrink", NULL,
};

const CamActivation *
cam_activation_find (const char *name)
{
  /* Other names that Keras understands. */
  if (g_strcmp0 (name, "swish") == 0)
    return &cam_silu;
  if (g_strcmp0 (name, "hard_swish") == 0)
    return &cam_hard_silu;

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
  return self->map_rows != NULL;
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
  if (self->map_rows != NULL)
    self->map_rows (x, y, rows, columns);
  else
    self->map (x, y, rows * columns);
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
  if (self->back_rows != NULL)
    self->back_rows (y, dy, dx, rows, columns);
  else
    self->back (self->needs_input ? x : y, dy, dx, rows * columns);
}
