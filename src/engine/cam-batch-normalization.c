/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BatchNormalization: each channel to mean 0 and variance 1 over the whole batch while training, by moving averages of both afterwards, or where the layer is frozen;
 * then y = x̂·γ + β. Steps that a mask leaves out do not count in mean and variance. Source: keras.layers.BatchNormalization. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-layer-fields.h"
#include "cam-layer-private.h"
#include "cam-network.h"
#include "kernels/cam-norm-kernels.h"

/* Keras's, in the mean over the steps that a mask leaves. */
#define MASK_EPSILON 1e-7

static const CamField fields[] = {
  CAM_F_FLOAT ("momentum", N_("Momentum"), N_("Share of the moving averages that is kept in each step."), 0.99, 0, 1, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("epsilon", N_("Epsilon"), N_("Added to the variance, so that nothing is divided by 0."), 0.001, 0, 1, CAM_FIELD_MIN_OPEN),
  CAM_F_BOOL ("center", N_("Learn offset"), N_("Adds a number of its own to each channel."), 1, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("scale", N_("Learn scale"), N_("Multiplies each channel with a number of its own."), 1, CAM_FIELD_PLAIN),
  CAM_F_INT ("axis", N_("Axis"), N_("The axis that is kept: −1, the last."), -1, -CAM_SHAPE_MAX_DIMS, CAM_SHAPE_MAX_DIMS, CAM_FIELD_ADVANCED),
  CAM_SECOND_WEIGHT_FIELDS ("gamma", "ones", N_("Scale starts"), N_("What the channels are multiplied with before training."), N_("Scale penalty"), N_("Scale limit")),
  CAM_SECOND_WEIGHT_FIELDS ("beta", "zeros", N_("Offset starts"), N_("What is added to the channels before training."), N_("Offset penalty"), N_("Offset limit")),
  CAM_F_VARIANT ("moving_mean_initializer", N_("Mean starts"), NULL, "zeros", cam_initializer_variants, CAM_FIELD_ADVANCED),
  CAM_F_VARIANT ("moving_variance_initializer", N_("Variance starts"), NULL, "ones", cam_initializer_variants, CAM_FIELD_ADVANCED),
  CAM_F_END,
};

static char *
describe (const json_t *config)
{
  return g_strdup_printf (_("momentum %g"), cam_fields_number (config, "momentum"));
}

static gsize
get_channels (const CamLayer *self)
{
  return self->input.dims[self->input.n_dims - 1];
}

static const CamTensor *
find_weight (const CamLayer *self,
             const char     *name)
{
  for (guint i = 0; i < self->n_weights; i++)
    if (g_str_equal (self->weights[i].name, name))
      return self->weights[i].value;

  return NULL;
}

/* Mean, 1 / √(variance + ε) of each channel: of the batch where there are @sums, else the moving averages. */
static void
get_moments (const CamLayer *self,
             const CamPass  *pass,
             float          *mean,
             float          *inverse)
{
  gsize channels = get_channels (self);
  const CamTensor *moving_mean = find_weight (self, "moving_mean"), *moving_variance = find_weight (self, "moving_variance");
  double epsilon = cam_fields_number (self->config, "epsilon");

  for (gsize j = 0; j < channels; j++)
    {
      mean[j] = pass->sums != NULL ? (float) pass->sums[j] : moving_mean->data[j];
      inverse[j] = (float) (pass->sums != NULL ? pass->sums[channels + j] : 1.0 / sqrt ((double) moving_variance->data[j] + epsilon));
    }
}

static gsize
get_n_sums (const CamLayer *self)
{
  return 2 * get_channels (self) + 1;
}

/* Steps that a mask leaves in, or out, in a row. */
typedef struct
{
  gsize    first, count;   /* rows of channels */
  gboolean counts;
} Stretch;

/* The stretch that begins with row @first of the n rows of a shard. */
static Stretch
get_stretch (const CamLayer *self,
             const CamPass  *pass,
             gsize           first,
             gsize           n)
{
  gsize steps = n * self->input.dims[0], per_step = n * self->n_in / get_channels (self) / steps;
  Stretch stretch = { first, n * self->n_in / get_channels (self), TRUE };

  if (pass->mask != NULL)
    {
      gsize step = first / per_step, end = step + 1;

      stretch.counts = pass->mask[step];
      while (end < steps && !pass->mask[end] == !pass->mask[step])
        end++;
      stretch.count = (end - step) * per_step;
    }

  return stretch;
}

static void
collect (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         double         *sums,
         gsize           n)
{
  gsize channels = get_channels (self), rows = n * self->n_in / channels;

  for (gsize row = 0; row < rows;)
    {
      Stretch stretch = get_stretch (self, pass, row, n);

      if (stretch.counts)
        {
          cam_channel_moments (x + row * channels, sums, sums + channels, stretch.count, channels);
          sums[2 * channels] += (double) stretch.count;
        }
      row += stretch.count;
    }
}

static void
settle (CamLayer *self,
        double   *sums,
        gsize     n_batch)
{
  gsize channels = get_channels (self);
  double rows = sums[2 * channels], all = (double) n_batch * (double) (self->n_in / channels);
  double divisor = rows < all ? rows + MASK_EPSILON : rows, epsilon = cam_fields_number (self->config, "epsilon");
  float momentum = (float) cam_fields_number (self->config, "momentum");
  float *moving_mean = find_weight (self, "moving_mean")->data, *moving_variance = find_weight (self, "moving_variance")->data;

  for (gsize j = 0; j < channels; j++)
    {
      double mean = sums[j] / divisor;
      double variance = MAX (0.0, (sums[channels + j] - 2.0 * mean * sums[j] + rows * mean * mean) / divisor);

      moving_mean[j] = moving_mean[j] * momentum + (float) mean * (1.0f - momentum);
      moving_variance[j] = moving_variance[j] * momentum + (float) variance * (1.0f - momentum);
      sums[j] = mean;
      sums[channels + j] = 1.0 / sqrt (variance + epsilon);
    }
}

static void
collect_back (const CamLayer *self,
              const CamPass  *pass,
              const float    *x,
              const float    *y,
              const float    *dy,
              double         *sums,
              gsize           n)
{
  gsize channels = get_channels (self);
  float *mean = pass->temp, *inverse = mean + channels;

  get_moments (self, pass, mean, inverse);
  cam_channel_products (x, dy, mean, inverse, sums, sums + channels, n * self->n_in / channels, channels);
}

static void
settle_back (CamLayer *self,
             double   *sums,
             gsize     n_batch)
{
}

static const CamBatchOps batch_ops = { get_n_sums, collect, settle, collect_back, settle_back };

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  gint64 axis = cam_fields_int (self->config, "axis");
  CamShape shape = cam_shape_vector (get_channels (self));

  /* Keras counts the batch as axis 0. */
  if (axis != -1 && axis != (gint64) self->input.n_dims)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("it can keep the last axis only; set axis to −1"));
      return FALSE;
    }

  self->output = self->input;
  self->mask_way = CAM_MASK_PASSES;
  self->batch_ops = self->trainable ? &batch_ops : NULL;
  self->n_temp = 5 * shape.dims[0];

  return (!cam_fields_bool (self->config, "scale") || cam_layer_add_weight (self, "gamma", "gamma", &shape, TRUE, error)) &&
         (!cam_fields_bool (self->config, "center") || cam_layer_add_weight (self, "beta", "beta", &shape, TRUE, error)) &&
         cam_layer_add_weight (self, "moving_mean", "moving_mean", &shape, FALSE, error) &&
         cam_layer_add_weight (self, "moving_variance", "moving_variance", &shape, FALSE, error);
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  gsize channels = get_channels (self);
  const CamTensor *gamma = find_weight (self, "gamma"), *beta = find_weight (self, "beta");
  float *mean = pass->temp, *factor = mean + channels, *offset = factor + channels;

  get_moments (self, pass, mean, factor);
  for (gsize j = 0; j < channels; j++)
    {
      factor[j] *= gamma != NULL ? gamma->data[j] : 1.0f;
      offset[j] = beta != NULL ? beta->data[j] : 0.0f;
    }
  cam_channel_scale (x, mean, factor, offset, y, n * self->n_in / channels, channels);
}

/* With x̂ = (x − μ)·s over m rows: dx = γ·s·(dy − Σdy / m − x̂·Σ(dy·x̂) / m). Where μ and s do not depend on x, that is by moving averages or in steps left out, γ·s·dy. */
static void
backward (const CamLayer *self,
          const CamPass  *pass,
          const float    *x,
          const float    *y,
          float          *dy,
          float          *dx,
          float          *scratch,
          gsize           n)
{
  gsize channels = get_channels (self), rows = n * self->n_in / channels;
  const CamTensor *gamma = find_weight (self, "gamma");
  float *mean = pass->temp, *factor = mean + channels, *slope = factor + channels, *offset = slope + channels, *zero = offset + channels;
  double m = pass->sums != NULL ? MAX (pass->sums[2 * channels], 1.0) : 1.0;

  if (dx == NULL)
    return;

  get_moments (self, pass, mean, factor);
  for (gsize j = 0; j < channels; j++)
    {
      double inverse = factor[j], scaled = inverse * (gamma != NULL ? gamma->data[j] : 1.0f);

      factor[j] = (float) scaled;
      slope[j] = pass->back_sums != NULL ? (float) (-scaled * inverse * pass->back_sums[channels + j] / m) : 0.0f;
      offset[j] = pass->back_sums != NULL ? (float) (-scaled * pass->back_sums[j] / m) : 0.0f;
      zero[j] = 0.0f;
    }
  for (gsize row = 0; row < rows;)
    {
      Stretch stretch = get_stretch (self, pass, row, n);
      gsize at = row * channels;

      cam_channel_scale_back (x + at, dy + at, mean, factor, stretch.counts ? slope : zero, stretch.counts ? offset : zero, dx + at, stretch.count, channels);
      row += stretch.count;
    }
}

static void
gradient (const CamLayer *self,
          const CamPass  *pass,
          guint           i,
          const float    *x,
          const float    *dz,
          const float    *scratch,
          float          *result,
          gsize           n,
          gsize           first,
          gsize           count)
{
  gsize channels = get_channels (self), rows = n * self->n_in / channels;
  gboolean of_gamma = self->weights[i].value == find_weight (self, "gamma");
  float *mean = pass->temp, *inverse = mean + channels;

  if (pass->back_sums != NULL)
    {
      for (gsize j = 0; j < channels; j++)
        result[j] = (float) pass->back_sums[of_gamma ? channels + j : j];
      return;
    }

  get_moments (self, pass, mean, inverse);
  for (gsize j = 0; j < channels; j++)
    {
      double sum = 0.0;

      for (gsize row = 0; row < rows; row++)
        sum += dz[row * channels + j] * (of_gamma ? (x[row * channels + j] - mean[j]) * inverse[j] : 1.0f);
      result[j] = (float) sum;
    }
}

const CamLayerKind cam_batch_normalization_kind = {
  .name = "BatchNormalization",
  .icon = "camadas-norm-symbolic",
  .note = N_("Brings each channel to mean 0 and variance 1 over the batch: deep networks learn faster and depend less on how their weights start."),
  .category = CAM_LAYER_NORMALISATION,
  .fields = fields,
  .describe = describe,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
  .gradient = gradient,
};
