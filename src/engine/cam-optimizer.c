/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all optimizers share around their own step: rate and schedule, weight decay, averages of the weights, gradients added up over batches. Source of the rules and of their
 * order: keras.optimizers.Optimizer. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-kinds-private.h"
#include "cam-schedule.h"
#include "kernels/cam-kernels.h"

static gboolean
check_clipping (const CamOptimizer  *self,
                GError             **error)
{
  guint n = !isnan (self->clip_norm) + !isnan (self->global_clip_norm) + !isnan (self->clip_value);

  if (n <= 1)
    return TRUE;

  g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS,
               _("optimizer (%s): only one of “clipnorm”, “global_clipnorm” and “clipvalue” can be set; set the others to none"), self->ops->kind.class_name);
  return FALSE;
}

static void
read_numbers (CamOptimizer *self)
{
  const CamField *fields = self->ops->kind.fields;

  for (guint i = 0; fields[i].key != NULL; i++)
    {
      g_assert (i < CAM_MOST_NUMBERS);
      self->numbers[i] = json_is_boolean (json_object_get (self->config, fields[i].key)) ? cam_fields_bool (self->config, fields[i].key)
                                                                                         : cam_fields_number (self->config, fields[i].key);
    }
}

double
cam_optimizer_number (const CamOptimizer *self,
                      const char         *key)
{
  const CamField *fields = self->ops->kind.fields;

  /* Keys written in one file are one string, as a rule. */
  for (guint i = 0; fields[i].key != NULL; i++)
    if (fields[i].key == key)
      return self->numbers[i];
  for (guint i = 0; fields[i].key != NULL; i++)
    if (g_str_equal (fields[i].key, key))
      return self->numbers[i];

  return NAN;
}

gboolean
cam_optimizer_init (CamOptimizer  *self,
                    const json_t  *given,
                    GError       **error)
{
  double number;

  *self = (CamOptimizer) { .given_rate = NAN, .product = 1.0, .accumulate = 1, .is_due = TRUE };
  self->ops = (const CamOptimizerOps *) (gconstpointer) cam_kind_resolve (CAM_KIND_OPTIMIZER, given, _("optimizer"), &self->config, error);
  if (self->ops == NULL || !cam_schedule_check (json_object_get (self->config, "learning_rate"), _("optimizer, learning_rate"), error))
    return FALSE;

  read_numbers (self);
  self->fixed_rate = cam_optimizer_number (self, "learning_rate");
  self->schedule = cam_schedule_find (json_object_get (self->config, "learning_rate"), &self->schedule_config);
  self->weight_decay = cam_fields_number (self->config, "weight_decay");
  self->clip_norm = cam_fields_number (self->config, "clipnorm");
  self->global_clip_norm = cam_fields_number (self->config, "global_clipnorm");
  self->clip_value = cam_fields_number (self->config, "clipvalue");
  self->use_ema = cam_fields_bool (self->config, "use_ema");
  self->ema_momentum = cam_fields_number (self->config, "ema_momentum");
  number = cam_fields_number (self->config, "ema_overwrite_frequency");
  self->ema_overwrite = isnan (number) ? 0 : (guint) number;
  number = cam_fields_number (self->config, "gradient_accumulation_steps");
  self->accumulate = isnan (number) ? 1 : (guint) number;

  return check_clipping (self, error);
}

void
cam_optimizer_clear (CamOptimizer *self)
{
  g_clear_pointer (&self->config, json_decref);
  g_clear_pointer (&self->schedule_config, json_decref);
}

static guint
own_slots (const CamOptimizer *self)
{
  return self->ops->n_slots (self->config);
}

guint
cam_optimizer_n_slots (const CamOptimizer *self)
{
  return own_slots (self) + (self->use_ema ? 1 : 0) + (self->accumulate > 1 ? 1 : 0);
}

float
cam_optimizer_slot_start (const CamOptimizer *self,
                          guint               slot)
{
  return self->ops->start != NULL && slot < own_slots (self) ? self->ops->start (self->config, slot) : 0.0f;
}

gboolean
cam_optimizer_has_schedule (const CamOptimizer *self)
{
  return !json_is_number (json_object_get (self->config, "learning_rate"));
}

double
cam_optimizer_get_rate (const CamOptimizer *self,
                        guint64             step)
{
  if (!isnan (self->given_rate))
    return (float) self->given_rate;

  return self->schedule != NULL ? cam_schedule_get_rate (self->schedule, self->schedule_config, (double) step) : (float) self->fixed_rate;
}

void
cam_optimizer_begin (CamOptimizer *self,
                     guint64       step)
{
  self->is_due = (step + 1) % self->accumulate == 0;
  self->t = (step + 1) / self->accumulate;
  self->rate = cam_optimizer_get_rate (self, step);
  if (self->is_due)
    self->ops->begin (self);
}

void
cam_optimizer_accumulate (const CamOptimizer *self,
                          float              *gradient,
                          float *const       *slots,
                          gsize               n)
{
  float *sums;

  if (self->accumulate < 2)
    return;

  sums = slots[cam_optimizer_n_slots (self) - 1];
  cam_add (gradient, sums, n);
  if (!self->is_due)
    return;
  for (gsize i = 0; i < n; i++)
    gradient[i] = sums[i] / (float) self->accumulate;
  memset (sums, 0, n * sizeof (float));
}

gboolean
cam_optimizer_clips (const CamOptimizer *self)
{
  return !isnan (self->clip_norm) || !isnan (self->global_clip_norm) || !isnan (self->clip_value);
}

float
cam_optimizer_get_factor (const CamOptimizer *self,
                          double              squares,
                          double              all_squares)
{
  double most = !isnan (self->global_clip_norm) ? self->global_clip_norm : self->clip_norm;
  double norm = sqrt (!isnan (self->global_clip_norm) ? all_squares : squares);

  return !isnan (most) && norm > most ? (float) (most / norm) : 1.0f;
}

void
cam_optimizer_clip (const CamOptimizer *self,
                    float              *gradient,
                    float               factor,
                    gsize               n)
{
  float most = (float) self->clip_value;

  if (factor != 1.0f)
    for (gsize i = 0; i < n; i++)
      gradient[i] *= factor;
  if (!isnan (most))
    for (gsize i = 0; i < n; i++)
      gradient[i] = gradient[i] > most ? most : gradient[i] < -most ? -most : gradient[i];
}

static float *
get_average (const CamOptimizer *self,
             float *const       *slots)
{
  return slots[own_slots (self)];
}

void
cam_optimizer_update (const CamOptimizer *self,
                      float              *w,
                      const float        *g,
                      float *const       *slots,
                      gsize               n)
{
  if (!isnan (self->weight_decay))
    {
      float kept = (float) (self->weight_decay * self->rate);

      for (gsize i = 0; i < n; i++)
        w[i] -= w[i] * kept;
    }

  self->ops->step (self, w, g, slots, n);

  if (self->use_ema)
    {
      float *average = get_average (self, slots);
      float old = self->t == 1 ? 0.0f : (float) self->ema_momentum;

      for (gsize i = 0; i < n; i++)
        average[i] = old * average[i] + (1.0f - old) * w[i];
      if (self->ema_overwrite > 0 && self->t % self->ema_overwrite == 0)
        memcpy (w, average, n * sizeof (float));
    }
}

void
cam_optimizer_finish (const CamOptimizer *self,
                      float              *w,
                      float *const       *slots,
                      gsize               n)
{
  if (self->use_ema && self->t > 0)
    memcpy (w, get_average (self, slots), n * sizeof (float));
}
