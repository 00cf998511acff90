/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Initialisers: constants, plain distributions, variance scaling, orthogonal matrices. The named scalings (Glorot, He, LeCun) are variance scaling with settled settings. */
#include "cam-initializer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The deviation of a normal distribution cut at two deviations. */
#define TRUNCATED_DEVIATION 0.87962566103423978

static const char *const modes[] = { "fan_in", "fan_out", "fan_avg", NULL };
static const char *const distributions[] = { "truncated_normal", "untruncated_normal", "uniform", NULL };

#define SEED_FIELD CAM_F_INT ("seed", N_("Seed"), N_("Kept for Keras; here every weight draws from the experiment's seed."), NAN, 0, 2147483647, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED)

static const CamField seed_fields[] = { SEED_FIELD, CAM_F_END };
static const CamField no_fields[] = { CAM_F_END };
static const CamField uniform_fields[] = {
  CAM_F_FLOAT ("minval", N_("From"), NULL, -0.05, -INFINITY, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("maxval", N_("To"), NULL, 0.05, -INFINITY, INFINITY, CAM_FIELD_PLAIN),
  SEED_FIELD, CAM_F_END,
};
static const CamField normal_fields[] = {
  CAM_F_FLOAT ("mean", N_("Mean"), NULL, 0.0, -INFINITY, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("stddev", N_("Deviation"), NULL, 0.05, 0, INFINITY, CAM_FIELD_PLAIN),
  SEED_FIELD, CAM_F_END,
};
static const CamField scaling_fields[] = {
  CAM_F_FLOAT ("scale", N_("Scale"), N_("Times the variance that keeps signals at their size."), 1.0, 0, INFINITY, CAM_FIELD_MIN_OPEN),
  CAM_F_CHOICE ("mode", N_("Counted"), N_("Which connections the variance is divided by."), "fan_in", modes, CAM_FIELD_PLAIN),
  CAM_F_CHOICE ("distribution", N_("Distribution"), NULL, "truncated_normal", distributions, CAM_FIELD_PLAIN),
  SEED_FIELD, CAM_F_END,
};
static const CamField constant_fields[] = {
  CAM_F_FLOAT ("value", N_("Value"), NULL, 0.0, -INFINITY, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_END,
};
static const CamField orthogonal_fields[] = {
  CAM_F_FLOAT ("gain", N_("Gain"), N_("Times the orthogonal matrix."), 1.0, -INFINITY, INFINITY, CAM_FIELD_PLAIN),
  SEED_FIELD, CAM_F_END,
};
static const CamField identity_fields[] = {
  CAM_F_FLOAT ("gain", N_("Gain"), N_("Times the identity matrix."), 1.0, -INFINITY, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_END,
};

typedef struct
{
  CamVariant  variant;
  double      scale;          /* of the named scalings; 0: something else */
  const char *mode, *distribution;
} Initializer;

static const Initializer glorot_uniform = { { "GlorotUniform", "glorot_uniform", N_("Glorot uniform"), N_("Keeps signals at their size through tanh and linear layers: Keras's default."), seed_fields }, 1.0, "fan_avg", "uniform" };
static const Initializer glorot_normal = { { "GlorotNormal", "glorot_normal", N_("Glorot normal"), N_("As Glorot uniform, from a bell curve."), seed_fields }, 1.0, "fan_avg", "truncated_normal" };
static const Initializer he_uniform = { { "HeUniform", "he_uniform", N_("He uniform"), N_("Keeps signals at their size through relu layers."), seed_fields }, 2.0, "fan_in", "uniform" };
static const Initializer he_normal = { { "HeNormal", "he_normal", N_("He normal"), N_("As He uniform, from a bell curve."), seed_fields }, 2.0, "fan_in", "truncated_normal" };
static const Initializer lecun_uniform = { { "LecunUniform", "lecun_uniform", N_("LeCun uniform"), N_("For selu layers."), seed_fields }, 1.0, "fan_in", "uniform" };
static const Initializer lecun_normal = { { "LecunNormal", "lecun_normal", N_("LeCun normal"), N_("As LeCun uniform, from a bell curve."), seed_fields }, 1.0, "fan_in", "truncated_normal" };
static const Initializer random_uniform = { { "RandomUniform", "random_uniform", N_("Uniform"), N_("Evenly between two bounds."), uniform_fields }, 0.0, NULL, NULL };
/* Keras's other name for it, kept as it was written. */
static const Initializer uniform = { { "uniform", "uniform", N_("Uniform"), N_("Evenly between two bounds."), uniform_fields }, 0.0, NULL, NULL };
static const Initializer random_normal = { { "RandomNormal", "random_normal", N_("Normal"), N_("From a bell curve."), normal_fields }, 0.0, NULL, NULL };
static const Initializer truncated_normal = { { "TruncatedNormal", "truncated_normal", N_("Truncated normal"), N_("From a bell curve cut at two deviations."), normal_fields }, 0.0, NULL, NULL };
static const Initializer scaling = { { "VarianceScaling", "variance_scaling", N_("Variance scaling"), N_("The rule behind Glorot, He and LeCun, with settings of your own."), scaling_fields }, 0.0, NULL, NULL };
static const Initializer orthogonal = { { "Orthogonal", "orthogonal", N_("Orthogonal"), N_("A rotation: keeps lengths over many steps of a recurrent layer."), orthogonal_fields }, 0.0, NULL, NULL };
static const Initializer identity = { { "Identity", "identity", N_("Identity"), N_("Passes each input to the unit of its number."), identity_fields }, 0.0, NULL, NULL };
static const Initializer zeros = { { "Zeros", "zeros", N_("Zeros"), N_("For biases."), no_fields }, 0.0, NULL, NULL };
static const Initializer ones = { { "Ones", "ones", N_("Ones"), N_("For factors."), no_fields }, 0.0, NULL, NULL };
static const Initializer constant = { { "Constant", "constant", N_("Constant"), N_("The same number everywhere."), constant_fields }, 0.0, NULL, NULL };

const CamVariant *const cam_initializer_variants[] = {
  &glorot_uniform.variant, &glorot_normal.variant, &he_uniform.variant, &he_normal.variant, &lecun_uniform.variant, &lecun_normal.variant,
  &random_uniform.variant, &uniform.variant, &random_normal.variant, &truncated_normal.variant, &orthogonal.variant, &identity.variant,
  &scaling.variant, &zeros.variant, &ones.variant, &constant.variant, NULL,
};

static const CamField field = CAM_F_VARIANT ("initializer", NULL, NULL, NULL, cam_initializer_variants, CAM_FIELD_PLAIN);

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

static double
draw_truncated (CamRng *rng)
{
  double z;

  do
    z = cam_rng_normal (rng);
  while (fabs (z) > 2.0);

  return z;
}

static void
fill_uniform (CamTensor *tensor,
              double     low,
              double     high,
              CamRng    *rng)
{
  for (gsize i = 0; i < tensor->n; i++)
    tensor->data[i] = (float) (low + (high - low) * cam_rng_uniform (rng));
}

static void
fill_normal (CamTensor *tensor,
             double     mean,
             double     deviation,
             gboolean   truncated,
             CamRng    *rng)
{
  for (gsize i = 0; i < tensor->n; i++)
    tensor->data[i] = (float) (mean + deviation * (truncated ? draw_truncated (rng) : cam_rng_normal (rng)));
}

static void
fill_scaled (CamTensor  *tensor,
             double      scale,
             const char *mode,
             const char *distribution,
             CamRng     *rng)
{
  double fan_in, fan_out, fan, variance;

  get_fans (&tensor->shape, &fan_in, &fan_out);
  fan = g_str_equal (mode, "fan_in") ? fan_in : g_str_equal (mode, "fan_out") ? fan_out : (fan_in + fan_out) / 2.0;
  variance = scale / MAX (1.0, fan);

  if (g_str_equal (distribution, "uniform"))
    fill_uniform (tensor, -sqrt (3.0 * variance), sqrt (3.0 * variance), rng);
  else if (g_str_equal (distribution, "truncated_normal"))
    fill_normal (tensor, 0.0, sqrt (variance) / TRUNCATED_DEVIATION, TRUE, rng);
  else
    fill_normal (tensor, 0.0, sqrt (variance), FALSE, rng);
}

/* Four sums at once, so that no addition waits for the one before. */
static double
dot (const double *a,
     const double *b,
     gsize         n)
{
  double sums[4] = { 0.0 };
  gsize i = 0;

  for (; i + 4 <= n; i += 4)
    for (guint k = 0; k < 4; k++)
      sums[k] += a[i + k] * b[i + k];
  for (; i < n; i++)
    sums[0] += a[i] * b[i];

  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/* @count vectors of @length ≥ @count numbers, one after the other, made orthonormal by modified Gram–Schmidt, twice over so that rounding does not count. As the columns of a
 * matrix they are the Q of its QR decomposition with R's diagonal positive, which is what Keras's signs come to. */
static void
orthonormalise (double *vectors,
                gsize   count,
                gsize   length)
{
  for (gsize j = 0; j < count; j++)
    {
      double *of = vectors + j * length, norm;

      for (guint again = 0; again < 2; again++)
        for (gsize k = 0; k < j; k++)
          {
            const double *before = vectors + k * length;
            double share = dot (of, before, length);

            for (gsize i = 0; i < length; i++)
              of[i] -= share * before[i];
          }
      norm = sqrt (dot (of, of, length));
      for (gsize i = 0; i < length; i++)
        of[i] /= norm;
    }
}

static void
fill_orthogonal (CamTensor *tensor,
                 double     gain,
                 CamRng    *rng)
{
  gsize columns = tensor->shape.n_dims > 0 ? tensor->shape.dims[tensor->shape.n_dims - 1] : 1, rows = tensor->n / columns;
  gsize longer = MAX (rows, columns), shorter = MIN (rows, columns);
  g_autofree double *vectors = g_new (double, MAX (longer * shorter, 1));

  for (gsize i = 0; i < longer; i++)
    for (gsize j = 0; j < shorter; j++)
      vectors[j * longer + i] = cam_rng_normal (rng);
  orthonormalise (vectors, shorter, longer);

  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      tensor->data[i * columns + j] = (float) (gain * (rows >= columns ? vectors[j * longer + i] : vectors[i * longer + j]));
}

static void
fill_identity (CamTensor *tensor,
               double     gain)
{
  gsize columns = tensor->shape.n_dims > 0 ? tensor->shape.dims[tensor->shape.n_dims - 1] : 1;

  memset (tensor->data, 0, tensor->n * sizeof (float));
  for (gsize i = 0; i * columns + i < tensor->n && i < columns; i++)
    tensor->data[i * columns + i] = (float) gain;
}

void
cam_initializer_fill (const json_t *value,
                      CamTensor    *tensor,
                      CamRng       *rng)
{
  g_autoptr(json_t) config = NULL;
  const Initializer *self = (const Initializer *) (gconstpointer) cam_field_variant (&field, value, &config);

  g_return_if_fail (self != NULL);

  if (self->scale > 0.0)
    fill_scaled (tensor, self->scale, self->mode, self->distribution, rng);
  else if (self == &scaling)
    fill_scaled (tensor, cam_fields_number (config, "scale"), cam_fields_choice (config, "mode"), cam_fields_choice (config, "distribution"), rng);
  else if (self == &random_uniform || self == &uniform)
    fill_uniform (tensor, cam_fields_number (config, "minval"), cam_fields_number (config, "maxval"), rng);
  else if (self == &random_normal || self == &truncated_normal)
    fill_normal (tensor, cam_fields_number (config, "mean"), cam_fields_number (config, "stddev"), self == &truncated_normal, rng);
  else if (self == &orthogonal)
    fill_orthogonal (tensor, cam_fields_number (config, "gain"), rng);
  else if (self == &identity)
    fill_identity (tensor, cam_fields_number (config, "gain"));
  else
    {
      float number = self == &ones ? 1.0f : self == &constant ? (float) cam_fields_number (config, "value") : 0.0f;

      for (gsize i = 0; i < tensor->n; i++)
        tensor->data[i] = number;
    }
}
