/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Initialisers: constants, plain distributions, and variance scaling. */
#include "cam-initializer.h"

#include <math.h>

/* The deviation of a normal distribution cut at two deviations. */
#define TRUNCATED_DEVIATION 0.87962566103423978

typedef enum { CONSTANT, UNIFORM, NORMAL, TRUNCATED } Shape;
typedef enum { PLAIN, FAN_IN, FAN_AVG } Fan;

typedef struct
{
  const char *name;
  Shape       shape;
  Fan         fan;
  double      scale;   /* CONSTANT: the value; PLAIN: bound or deviation; else the scale of the variance */
} Initializer;

static const Initializer initializers[] = {
  { "glorot_uniform", UNIFORM, FAN_AVG, 1.0 },
  { "glorot_normal", TRUNCATED, FAN_AVG, 1.0 },
  { "he_uniform", UNIFORM, FAN_IN, 2.0 },
  { "he_normal", TRUNCATED, FAN_IN, 2.0 },
  { "lecun_uniform", UNIFORM, FAN_IN, 1.0 },
  { "lecun_normal", TRUNCATED, FAN_IN, 1.0 },
  { "random_uniform", UNIFORM, PLAIN, 0.05 },
  { "random_normal", NORMAL, PLAIN, 0.05 },
  { "truncated_normal", TRUNCATED, PLAIN, 0.05 },
  { "zeros", CONSTANT, PLAIN, 0.0 },
  { "ones", CONSTANT, PLAIN, 1.0 },
};

const char *const cam_initializer_names[] = {
  "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal",
  "random_uniform", "random_normal", "truncated_normal", "zeros", "ones", NULL,
};

static void
get_fans (const CamShape *shape,
          double         *fan_in,
          double         *fan_out)
{
  double receptive = 1.0;

  if (shape->n_dims < 2)
    {
      *fan_in = *fan_out = shape->n_dims == 1 ? (double) shape->dims[0] : 1.0;
      return;
    }

  for (guint i = 0; i + 2 < shape->n_dims; i++)
    receptive *= (double) shape->dims[i];
  *fan_in = receptive * (double) shape->dims[shape->n_dims - 2];
  *fan_out = receptive * (double) shape->dims[shape->n_dims - 1];
}

/* The bound of a uniform, the deviation of a normal distribution. */
static double
get_width (const Initializer *self,
           const CamShape    *shape)
{
  double fan_in, fan_out, fan, variance;

  if (self->fan == PLAIN)
    return self->scale;

  get_fans (shape, &fan_in, &fan_out);
  fan = self->fan == FAN_IN ? fan_in : (fan_in + fan_out) / 2.0;
  variance = self->scale / MAX (1.0, fan);

  return self->shape == UNIFORM ? sqrt (3.0 * variance) : sqrt (variance) / TRUNCATED_DEVIATION;
}

static double
draw (const Initializer *self,
      double             width,
      CamRng            *rng)
{
  double z;

  switch (self->shape)
    {
    case UNIFORM:
      return width * (2.0 * cam_rng_uniform (rng) - 1.0);
    case NORMAL:
      return width * cam_rng_normal (rng);
    case TRUNCATED:
      do
        z = cam_rng_normal (rng);
      while (fabs (z) > 2.0);
      return width * z;
    case CONSTANT:
    default:
      return self->scale;
    }
}

void
cam_initializer_fill (const char *name,
                      CamTensor  *tensor,
                      CamRng     *rng)
{
  const Initializer *self = NULL;
  double width;

  for (guint i = 0; i < G_N_ELEMENTS (initializers); i++)
    if (g_strcmp0 (initializers[i].name, name) == 0)
      self = &initializers[i];
  g_return_if_fail (self != NULL);

  width = get_width (self, &tensor->shape);
  for (gsize i = 0; i < tensor->n; i++)
    tensor->data[i] = (float) draw (self, width, rng);
}
