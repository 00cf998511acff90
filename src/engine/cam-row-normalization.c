/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LayerNormalization, GroupNormalization and UnitNormalization: within each row alone, the same while training and afterwards.
 *
 * The first two bring sets of numbers to mean 0 and variance 1: a row is [blocks, positions, groups, size], and a set is one group of one block, at all positions. Of
 * LayerNormalization positions and groups are 1; of GroupNormalization there is one block, and groups · size are the channels. Then y = x̂·γ + β for each of groups · size.
 * Source: keras.layers, the same names. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-layer-fields.h"
#include "cam-layer-private.h"
#include "cam-network.h"
#include "kernels/cam-norm-kernels.h"

#define SCALE_FIELDS \
  CAM_F_FLOAT ("epsilon", N_("Epsilon"), N_("Added to the variance, so that nothing is divided by 0."), 0.001, 0, 1, CAM_FIELD_MIN_OPEN | CAM_FIELD_ADVANCED), \
  CAM_F_BOOL ("center", N_("Learn offset"), N_("Adds a number of its own to each place."), 1, CAM_FIELD_PLAIN), \
  CAM_F_BOOL ("scale", N_("Learn scale"), N_("Multiplies each place with a number of its own."), 1, CAM_FIELD_PLAIN), \
  CAM_SECOND_WEIGHT_FIELDS ("gamma", "ones", N_("Scale starts"), N_("What the numbers are multiplied with before training."), N_("Scale penalty"), N_("Scale limit")), \
  CAM_SECOND_WEIGHT_FIELDS ("beta", "zeros", N_("Offset starts"), N_("What is added to the numbers before training."), N_("Offset penalty"), N_("Offset limit"))

#define AXES_FIELD CAM_F_INTS ("axis", N_("Axes"), N_("The axes that are brought together, the last ones: −1 is the last."), 0, "-1", -CAM_SHAPE_MAX_DIMS, CAM_SHAPE_MAX_DIMS, CAM_FIELD_ADVANCED)

static const CamField layer_fields[] = {
  AXES_FIELD,
  SCALE_FIELDS,
  CAM_F_END,
};

static const CamField group_fields[] = {
  CAM_F_INT ("groups", N_("Groups"), N_("Sets that the channels are split into; −1: each channel for itself."), 32, -1, 65536, CAM_FIELD_PLAIN),
  CAM_F_INT ("axis", N_("Axis"), N_("The axis of the channels: −1, the last."), -1, -CAM_SHAPE_MAX_DIMS, CAM_SHAPE_MAX_DIMS, CAM_FIELD_ADVANCED),
  SCALE_FIELDS,
  CAM_F_END,
};

static const CamField unit_fields[] = {
  AXES_FIELD,
  CAM_F_END,
};

typedef struct
{
  gsize blocks, positions, groups, size;
} Sets;

static char *
layer_describe (const json_t *config)
{
  return g_strdup (_("each row by itself"));
}

static char *
group_describe (const json_t *config)
{
  gint groups = (gint) cam_fields_int (config, "groups");

  return groups < 0 ? g_strdup (_("each channel by itself")) : g_strdup_printf (ngettext ("%d group", "%d groups", (gulong) groups), groups);
}

static char *
unit_describe (const json_t *config)
{
  return g_strdup (_("length 1"));
}

/* The axes of the setting must be the last ones; their shape. */
static gboolean
take_axes (const CamLayer  *self,
           CamShape        *shape,
           GError         **error)
{
  gint64 axes[CAM_SHAPE_MAX_DIMS] = { 0 };
  guint n = cam_fields_ints (self->config, "axis", axes, CAM_SHAPE_MAX_DIMS), seen = 0, n_dims = self->input.n_dims;

  /* Keras counts the batch as axis 0. */
  for (guint i = 0; i < n; i++)
    {
      gint64 axis = axes[i] < 0 ? axes[i] + n_dims : axes[i] - 1;

      seen |= axis >= 0 && axis < n_dims ? 1u << axis : 1u << 31;
    }
  if (n == 0 || n > n_dims || seen != ((1u << n_dims) - (1u << (n_dims - n))))
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("its axes must be the last ones of the %u that it receives; set axis to −1"), n_dims);
      return FALSE;
    }
  *shape = cam_shape_make (n, self->input.dims + n_dims - n);

  return TRUE;
}

/* Weights of shape @shape, and room for what the ways forward and back have in common: mean and 1 / deviation of each set. */
static gboolean
prepare_sets (CamLayer        *self,
              const CamShape  *shape,
              GError         **error)
{
  const Sets *sets = self->own;
  gsize width = sets->groups * sets->size;

  self->output = self->input;
  self->mask_way = CAM_MASK_PASSES;
  self->n_scratch = 2 * sets->blocks * sets->groups;
  /* Five blocks of floats, or two of doubles. */
  self->n_temp = 5 * width + 4 * width;

  return (!cam_fields_bool (self->config, "scale") || cam_layer_add_weight (self, "gamma", "gamma", shape, TRUE, error)) &&
         (!cam_fields_bool (self->config, "center") || cam_layer_add_weight (self, "beta", "beta", shape, TRUE, error));
}

static gboolean
layer_prepare (CamLayer  *self,
               GError   **error)
{
  Sets *sets = self->own = g_new0 (Sets, 1);
  CamShape shape;
  gsize size = 1;

  self->free_own = g_free;
  if (!take_axes (self, &shape, error))
    return FALSE;
  cam_shape_get_size (&shape, &size);
  *sets = (Sets) { self->n_in / size, 1, 1, size };

  return prepare_sets (self, &shape, error);
}

static gboolean
group_prepare (CamLayer  *self,
               GError   **error)
{
  Sets *sets = self->own = g_new0 (Sets, 1);
  gint64 axis = cam_fields_int (self->config, "axis"), groups = cam_fields_int (self->config, "groups");
  gsize channels = self->input.dims[self->input.n_dims - 1];
  CamShape shape = cam_shape_vector (channels);

  self->free_own = g_free;
  if (axis != -1 && axis != (gint64) self->input.n_dims)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("its channels must be the last axis; set axis to −1"));
      return FALSE;
    }
  if (groups == -1)
    groups = (gint64) channels;
  if (groups < 1 || channels % (gsize) groups != 0)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE,
                   _("%d groups do not divide the %zu channels that it receives; choose a number that does"), (int) groups, channels);
      return FALSE;
    }
  *sets = (Sets) { 1, self->n_in / channels, (gsize) groups, channels / (gsize) groups };

  return prepare_sets (self, &shape, error);
}

static const float *
find_weight (const CamLayer *self,
             const char     *name)
{
  for (guint i = 0; i < self->n_weights; i++)
    if (g_str_equal (self->weights[i].name, name))
      return self->weights[i].value->data;

  return NULL;
}

/* The parts of the room that a call has for itself, each for groups · size numbers. */
typedef struct
{
  float  *mean, *factor, *slope, *offset, *inverse;
  double *sums, *products;
} Room;

static Room
get_room (const CamLayer *self,
          const CamPass  *pass)
{
  const Sets *sets = self->own;
  gsize width = sets->groups * sets->size;
  double *doubles = (double *) (gpointer) pass->temp;
  float *floats = (float *) (doubles + 2 * width);

  return (Room) { floats, floats + width, floats + 2 * width, floats + 3 * width, floats + 4 * width, doubles, doubles + width };
}

/* Mean and 1 / deviation of a block's groups from scratch to each place. */
static void
spread_moments (const Sets  *sets,
                const float *scratch,
                float       *mean,
                float       *inverse)
{
  for (gsize group = 0; group < sets->groups; group++)
    for (gsize i = 0; i < sets->size; i++)
      {
        mean[group * sets->size + i] = scratch[2 * group];
        inverse[group * sets->size + i] = scratch[2 * group + 1];
      }
}

static void
clear (double *sums,
       double *products,
       gsize   n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] = products[i] = 0.0;
}

static void
sets_forward (const CamLayer *self,
              const CamPass  *pass,
              const float    *x,
              float          *y,
              float          *scratch,
              gsize           n)
{
  const Sets *sets = self->own;
  gsize width = sets->groups * sets->size, block_size = width * sets->positions;
  double epsilon = cam_fields_number (self->config, "epsilon"), m = (double) (sets->positions * sets->size);
  const float *gamma = find_weight (self, "gamma"), *beta = find_weight (self, "beta");
  Room room = get_room (self, pass);

  for (gsize i = 0; i < width; i++)
    room.offset[i] = beta != NULL ? beta[i] : 0.0f;
  for (gsize block = 0; block < n * sets->blocks; block++, x += block_size, y += block_size, scratch += 2 * sets->groups)
    {
      clear (room.sums, room.products, width);
      cam_channel_moments (x, room.sums, room.products, sets->positions, width);
      for (gsize group = 0; group < sets->groups; group++)
        {
          double mean = cam_sum_doubles (room.sums + group * sets->size, sets->size) / m;
          double variance = MAX (0.0, cam_sum_doubles (room.products + group * sets->size, sets->size) / m - mean * mean);

          scratch[2 * group] = (float) mean;
          scratch[2 * group + 1] = (float) (1.0 / sqrt (variance + epsilon));
        }
      spread_moments (sets, scratch, room.mean, room.factor);
      for (gsize i = 0; i < width && gamma != NULL; i++)
        room.factor[i] *= gamma[i];
      cam_channel_scale (x, room.mean, room.factor, room.offset, y, sets->positions, width);
    }
}

/* With g = dy·γ and x̂ = (x − μ)·s over the m numbers of a set: dx = s·(g − Σg / m − x̂·Σ(g·x̂) / m). */
static void
sets_backward (const CamLayer *self,
               const CamPass  *pass,
               const float    *x,
               const float    *y,
               float          *dy,
               float          *dx,
               float          *scratch,
               gsize           n)
{
  const Sets *sets = self->own;
  gsize width = sets->groups * sets->size, block_size = width * sets->positions;
  double m = (double) (sets->positions * sets->size);
  const float *gamma = find_weight (self, "gamma");
  Room room = get_room (self, pass);

  for (gsize block = 0; block < n * sets->blocks && dx != NULL; block++, x += block_size, dy += block_size, dx += block_size, scratch += 2 * sets->groups)
    {
      spread_moments (sets, scratch, room.mean, room.inverse);
      clear (room.sums, room.products, width);
      cam_channel_products (x, dy, room.mean, room.inverse, room.sums, room.products, sets->positions, width);
      for (gsize i = 0; i < width && gamma != NULL; i++)
        {
          room.sums[i] *= gamma[i];
          room.products[i] *= gamma[i];
        }
      for (gsize group = 0; group < sets->groups; group++)
        {
          gsize first = group * sets->size;
          double inverse = scratch[2 * group + 1];
          float offset = (float) (-inverse * cam_sum_doubles (room.sums + first, sets->size) / m);
          float slope = (float) (-inverse * inverse * cam_sum_doubles (room.products + first, sets->size) / m);

          for (gsize i = first; i < first + sets->size; i++)
            {
              room.factor[i] = room.inverse[i] * (gamma != NULL ? gamma[i] : 1.0f);
              room.slope[i] = slope;
              room.offset[i] = offset;
            }
        }
      cam_channel_scale_back (x, dy, room.mean, room.factor, room.slope, room.offset, dx, sets->positions, width);
    }
}

enum { COLUMNS = 64 };

static void
sets_gradient (const CamLayer *self,
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
  const Sets *sets = self->own;
  const CamShape *shape = &self->weights[i].value->shape;
  gsize width = sets->groups * sets->size, block_size = width * sets->positions, row_size = shape->n_dims > 1 ? width / shape->dims[0] : 1;
  gsize from = shape->n_dims > 1 ? first * row_size : 0, end = shape->n_dims > 1 ? from + count * row_size : width;
  gboolean of_gamma = g_str_equal (self->weights[i].name, "gamma");

  /* Some columns at a time, so that the sums stay in the nearest cache. */
  for (gsize k = from; k < end; k += COLUMNS)
    {
      gsize columns = MIN (COLUMNS, end - k);
      double sums[COLUMNS] = { 0 };

      for (gsize block = 0; block < n * sets->blocks; block++)
        {
          const float *moments = scratch + 2 * block * sets->groups;
          float mean[COLUMNS], inverse[COLUMNS];

          for (gsize j = 0; j < columns; j++)
            {
              mean[j] = of_gamma ? moments[2 * ((k + j) / sets->size)] : 0.0f;
              inverse[j] = of_gamma ? moments[2 * ((k + j) / sets->size) + 1] : 0.0f;
            }
          for (gsize at = block * block_size + k; at < (block + 1) * block_size; at += width)
            if (of_gamma)
              for (gsize j = 0; j < columns; j++)
                sums[j] += (double) dz[at + j] * ((x[at + j] - mean[j]) * inverse[j]);
            else
              for (gsize j = 0; j < columns; j++)
                sums[j] += dz[at + j];
        }
      for (gsize j = 0; j < columns; j++)
        result[k + j] = (float) sums[j];
    }
}

static gboolean
unit_prepare (CamLayer  *self,
              GError   **error)
{
  Sets *sets = self->own = g_new0 (Sets, 1);
  CamShape shape;
  gsize size = 1;

  self->free_own = g_free;
  if (!take_axes (self, &shape, error))
    return FALSE;
  cam_shape_get_size (&shape, &size);
  *sets = (Sets) { self->n_in / size, 1, 1, size };
  self->output = self->input;
  self->mask_way = CAM_MASK_PASSES;

  return TRUE;
}

/* 1 / length; 0 where there is no direction to keep. */
static float
get_inverse_length (const float *x,
                    gsize        n)
{
  double squares = 0.0;

  for (gsize i = 0; i < n; i++)
    squares += (double) x[i] * x[i];

  return squares > 0.0 ? (float) (1.0 / sqrt (squares)) : (float) squares;
}

static void
unit_forward (const CamLayer *self,
              const CamPass  *pass,
              const float    *x,
              float          *y,
              float          *scratch,
              gsize           n)
{
  const Sets *sets = self->own;

  for (gsize block = 0; block < n * sets->blocks; block++, x += sets->size, y += sets->size)
    {
      float inverse = get_inverse_length (x, sets->size);

      for (gsize i = 0; i < sets->size; i++)
        y[i] = x[i] * inverse;
    }
}

/* dx = (dy − y·⟨dy, y⟩) / length. */
static void
unit_backward (const CamLayer *self,
               const CamPass  *pass,
               const float    *x,
               const float    *y,
               float          *dy,
               float          *dx,
               float          *scratch,
               gsize           n)
{
  const Sets *sets = self->own;

  for (gsize block = 0; block < n * sets->blocks && dx != NULL; block++, x += sets->size, y += sets->size, dy += sets->size, dx += sets->size)
    {
      float inverse = get_inverse_length (x, sets->size);
      double dot = 0.0;

      for (gsize i = 0; i < sets->size; i++)
        dot += (double) dy[i] * y[i];
      for (gsize i = 0; i < sets->size; i++)
        dx[i] = (dy[i] - y[i] * (float) dot) * inverse;
    }
}

const CamLayerKind cam_layer_normalization_kind = {
  .name = "LayerNormalization",
  .icon = "camadas-norm-symbolic",
  .note = N_("Brings each row to mean 0 and variance 1, whatever the batch: for sequences and small batches."),
  .category = CAM_LAYER_NORMALISATION,
  .fields = layer_fields,
  .describe = layer_describe,
  .prepare = layer_prepare,
  .forward = sets_forward,
  .backward = sets_backward,
  .gradient = sets_gradient,
};

const CamLayerKind cam_group_normalization_kind = {
  .name = "GroupNormalization",
  .icon = "camadas-norm-symbolic",
  .note = N_("Brings groups of channels to mean 0 and variance 1 within each image: for batches too small for BatchNormalization."),
  .category = CAM_LAYER_NORMALISATION,
  .fields = group_fields,
  .describe = group_describe,
  .prepare = group_prepare,
  .forward = sets_forward,
  .backward = sets_backward,
  .gradient = sets_gradient,
};

const CamLayerKind cam_unit_normalization_kind = {
  .name = "UnitNormalization",
  .icon = "camadas-norm-symbolic",
  .note = N_("Divides each row by its length, so that only its direction is left."),
  .category = CAM_LAYER_NORMALISATION,
  .fields = unit_fields,
  .describe = unit_describe,
  .prepare = unit_prepare,
  .forward = unit_forward,
  .backward = unit_backward,
};
