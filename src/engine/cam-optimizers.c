/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SGD, RMSprop and the family of Adam: settings, slots and the pass over a slice of weights. Source of the formulas and defaults: keras.optimizers. */
#include <glib/gi18n-lib.h>

#include "cam-kinds-private.h"
#include "cam-optimizer-fields.h"
#include "kernels/cam-optimizer-kernels.h"

#define BETA_FIELDS(beta_2) \
  CAM_F_FLOAT ("beta_1", N_("β₁"), N_("How long the mean of the gradients remembers."), 0.9, 0, 1, CAM_FIELD_MAX_OPEN), \
  CAM_F_FLOAT ("beta_2", N_("β₂"), N_("How long the mean of their squares remembers."), beta_2, 0, 1, CAM_FIELD_MAX_OPEN)
#define EPSILON_FIELD CAM_F_FLOAT ("epsilon", N_("ε"), N_("Keeps the division from exploding."), 1e-7, 0, 1, CAM_FIELD_LOG)

static const CamField sgd_fields[] = {
  CAM_RATE_FIELD (0.01),
  CAM_F_FLOAT ("momentum", N_("Momentum"), N_("Share of the last step that is gone again."), 0.0, 0, 1, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("nesterov", N_("Nesterov"), N_("Looks ahead along the momentum before it steps."), 0, CAM_FIELD_PLAIN),
  CAM_OPTIMIZER_FIELDS (NAN), CAM_F_END,
};
static const CamField rmsprop_fields[] = {
  CAM_RATE_FIELD (0.001),
  CAM_F_FLOAT ("rho", N_("ρ"), N_("How long the mean of the squared gradients remembers."), 0.9, 0, 1, CAM_FIELD_MAX_OPEN),
  CAM_F_FLOAT ("momentum", N_("Momentum"), N_("Share of the last step that is gone again."), 0.0, 0, 1, CAM_FIELD_PLAIN),
  EPSILON_FIELD,
  CAM_F_BOOL ("centered", N_("Centred"), N_("Divides by the spread of the gradients instead of their size."), 0, CAM_FIELD_PLAIN),
  CAM_OPTIMIZER_FIELDS (NAN), CAM_F_END,
};
#define AMSGRAD_FIELD CAM_F_BOOL ("amsgrad", N_("AMSGrad"), N_("Never lets the mean of the squares fall."), 0, CAM_FIELD_PLAIN)
static const CamField adam_fields[] = { CAM_RATE_FIELD (0.001), BETA_FIELDS (0.999), EPSILON_FIELD, AMSGRAD_FIELD, CAM_OPTIMIZER_FIELDS (NAN), CAM_F_END };
static const CamField adamw_fields[] = { CAM_RATE_FIELD (0.001), BETA_FIELDS (0.999), EPSILON_FIELD, AMSGRAD_FIELD, CAM_OPTIMIZER_FIELDS (0.004), CAM_F_END };
static const CamField plain_adam_fields[] = { CAM_RATE_FIELD (0.001), BETA_FIELDS (0.999), EPSILON_FIELD, CAM_OPTIMIZER_FIELDS (NAN), CAM_F_END };

static float
get (const CamOptimizer *self,
     const char         *key)
{
  return (float) cam_optimizer_number (self, key);
}

/* SGD */

enum { SGD_MOMENTUM };

static guint
sgd_n_slots (const json_t *config)
{
  return cam_fields_number (config, "momentum") != 0.0 ? 1 : 0;
}

static void
sgd_begin (CamOptimizer *self)
{
  self->shared[SGD_MOMENTUM] = get (self, "momentum");
  self->flag = cam_optimizer_number (self, "nesterov") != 0.0;
}

static void
sgd_step (const CamOptimizer *self,
          float              *w,
          const float        *g,
          float *const       *slots,
          gsize               n)
{
  if (self->shared[SGD_MOMENTUM] == 0.0f)
    cam_step_sgd (w, g, n, (float) self->rate);
  else
    cam_step_momentum (w, g, slots[0], n, (float) self->rate, self->shared[SGD_MOMENTUM], self->flag);
}

/* RMSprop: velocity; then, where they are wanted, momentum and mean gradient. */

enum { RMS_RHO, RMS_MOMENTUM, RMS_EPSILON };

static guint
rmsprop_n_slots (const json_t *config)
{
  return 1 + (cam_fields_number (config, "momentum") > 0.0 ? 1 : 0) + (cam_fields_bool (config, "centered") ? 1 : 0);
}

static void
rmsprop_begin (CamOptimizer *self)
{
  self->shared[RMS_RHO] = get (self, "rho");
  self->shared[RMS_MOMENTUM] = get (self, "momentum");
  self->shared[RMS_EPSILON] = get (self, "epsilon");
  self->flag = cam_optimizer_number (self, "centered") != 0.0;
}

static void
rmsprop_step (const CamOptimizer *self,
              float              *w,
              const float        *g,
              float *const       *slots,
              gsize               n)
{
  gboolean has_momentum = self->shared[RMS_MOMENTUM] > 0.0f;

  cam_step_rmsprop (w, g, slots[0], has_momentum ? slots[1] : NULL, self->flag ? slots[has_momentum ? 2 : 1] : NULL, n,
                    (float) self->rate, self->shared[RMS_RHO], self->shared[RMS_MOMENTUM], self->shared[RMS_EPSILON]);
}

/* Adam, AdamW (which differs by its default of weight_decay alone) */

enum { ALPHA, ONE_MINUS_BETA_1, ONE_MINUS_BETA_2, EPSILON, BETA_2, FACTOR_M, FACTOR_G, FACTOR_V };

static guint
adam_n_slots (const json_t *config)
{
  return cam_fields_bool (config, "amsgrad") ? 3 : 2;
}

static guint
two_slots (const json_t *config)
{
  return 2;
}

static void
start_powers (CamPowers *self,
              double     x)
{
  *self = (CamPowers) { .x = x, .of_start = 1.0 };
  for (guint i = 0; i < CAM_N_POWERS; i++)
    self->list[i] = pow (x, i);
}

static double
get_power (CamPowers *self,
           guint64    t)
{
  guint64 start = t - t % CAM_N_POWERS;

  if (start != self->start)
    {
      self->start = start;
      self->of_start = pow (self->x, (double) start);
    }

  return self->of_start * self->list[t % CAM_N_POWERS];
}

/* What all the family has, once a fit. */
static void
share_betas (CamOptimizer *self)
{
  if (self->has_shared)
    return;

  self->has_shared = TRUE;
  self->shared[ONE_MINUS_BETA_1] = (float) (1.0 - cam_optimizer_number (self, "beta_1"));
  self->shared[ONE_MINUS_BETA_2] = (float) (1.0 - cam_optimizer_number (self, "beta_2"));
  self->shared[EPSILON] = get (self, "epsilon");
  start_powers (&self->powers[0], cam_optimizer_number (self, "beta_1"));
  start_powers (&self->powers[1], cam_optimizer_number (self, "beta_2"));
  self->flag = cam_optimizer_number (self, "amsgrad") == 1.0;
}

static double
beta_power (CamOptimizer *self,
            gboolean      second)
{
  return get_power (&self->powers[second], self->t);
}

static void
adam_begin (CamOptimizer *self)
{
  share_betas (self);
  self->shared[ALPHA] = (float) (self->rate * sqrt (1.0 - beta_power (self, TRUE)) / (1.0 - beta_power (self, FALSE)));
}

static void
adam_step (const CamOptimizer *self,
           float              *w,
           const float        *g,
           float *const       *slots,
           gsize               n)
{
  cam_step_adam (w, g, slots[0], slots[1], self->flag ? slots[2] : NULL, n,
                 self->shared[ALPHA], self->shared[ONE_MINUS_BETA_1], self->shared[ONE_MINUS_BETA_2], self->shared[EPSILON]);
}

/* Adamax */

static void
adamax_begin (CamOptimizer *self)
{
  share_betas (self);
  self->shared[BETA_2] = get (self, "beta_2");
  self->shared[ALPHA] = (float) (self->rate / (1.0 - beta_power (self, FALSE)));
}

static void
adamax_step (const CamOptimizer *self,
             float              *w,
             const float        *g,
             float *const       *slots,
             gsize               n)
{
  cam_step_adamax (w, g, slots[0], slots[1], n, self->shared[ALPHA], self->shared[ONE_MINUS_BETA_1], self->shared[BETA_2], self->shared[EPSILON]);
}

/* Nadam. @product is Π μ over the steps so far. */

static double
nadam_mu (const CamOptimizer *self,
          double              t)
{
  return cam_optimizer_number (self, "beta_1") * (1.0 - 0.5 * pow (0.96, t));
}

static void
nadam_begin (CamOptimizer *self)
{
  double t = (double) self->t, mu = nadam_mu (self, t), next = nadam_mu (self, t + 1.0);

  share_betas (self);
  self->product *= mu;
  self->shared[ALPHA] = (float) self->rate;
  self->shared[FACTOR_M] = (float) (next / (1.0 - self->product * next));
  self->shared[FACTOR_G] = (float) ((1.0 - mu) / (1.0 - self->product));
  self->shared[FACTOR_V] = (float) (1.0 / (1.0 - beta_power (self, TRUE)));
}

static void
nadam_step (const CamOptimizer *self,
            float              *w,
            const float        *g,
            float *const       *slots,
            gsize               n)
{
  const float *s = self->shared;

  cam_step_nadam (w, g, slots[0], slots[1], n, s[ALPHA], s[ONE_MINUS_BETA_1], s[ONE_MINUS_BETA_2], s[FACTOR_M], s[FACTOR_G], s[FACTOR_V], s[EPSILON]);
}

/* Lamb: Adam's direction, at the length of the weights. */

static void
lamb_begin (CamOptimizer *self)
{
  share_betas (self);
  self->shared[ALPHA] = (float) self->rate;
  self->shared[FACTOR_M] = (float) (1.0 / (1.0 - beta_power (self, FALSE)));
  self->shared[FACTOR_V] = (float) (1.0 / (1.0 - beta_power (self, TRUE)));
}

static void
lamb_step (const CamOptimizer *self,
           float              *w,
           const float        *g,
           float *const       *slots,
           gsize               n)
{
  const float *s = self->shared;

  cam_step_lamb (w, g, slots[0], slots[1], n, s[ALPHA], s[ONE_MINUS_BETA_1], s[ONE_MINUS_BETA_2], s[FACTOR_M], s[FACTOR_V], s[EPSILON]);
}

const CamOptimizerOps cam_sgd = {
  .kind = { "SGD", "sgd", N_("SGD"), N_("Stochastic gradient descent: a step down the gradient, with momentum where given."), sgd_fields, FALSE, FALSE },
  .n_slots = sgd_n_slots, .begin = sgd_begin, .step = sgd_step,
};
const CamOptimizerOps cam_rmsprop = {
  .kind = { "RMSprop", "rmsprop", N_("RMSprop"), N_("Divides each weight’s step by how large its gradients were lately; the classic for recurrent layers."), rmsprop_fields, FALSE, FALSE },
  .n_slots = rmsprop_n_slots, .begin = rmsprop_begin, .step = rmsprop_step,
};
const CamOptimizerOps cam_adam = {
  .kind = { "Adam", "adam", N_("Adam"), N_("Gives each weight a step of its own; a good first choice."), adam_fields, FALSE, FALSE },
  .n_slots = adam_n_slots, .begin = adam_begin, .step = adam_step,
};
const CamOptimizerOps cam_adamw = {
  .kind = { "AdamW", "adamw", N_("AdamW"), N_("Adam with weights that shrink a little in each step."), adamw_fields, FALSE, FALSE },
  .n_slots = adam_n_slots, .begin = adam_begin, .step = adam_step,
};
const CamOptimizerOps cam_adamax = {
  .kind = { "Adamax", "adamax", N_("Adamax"), N_("Adam that looks at the largest gradient instead of their mean size."), plain_adam_fields, FALSE, FALSE },
  .n_slots = two_slots, .begin = adamax_begin, .step = adamax_step,
};
const CamOptimizerOps cam_nadam = {
  .kind = { "Nadam", "nadam", N_("Nadam"), N_("Adam that looks ahead along its momentum."), plain_adam_fields, FALSE, FALSE },
  .n_slots = two_slots, .begin = nadam_begin, .step = nadam_step,
};
const CamOptimizerOps cam_lamb = {
  .kind = { "Lamb", "lamb", N_("LAMB"), N_("Adam’s direction at the length of the weights: for very large batches."), plain_adam_fields, FALSE, FALSE },
  .n_slots = two_slots, .begin = lamb_begin, .step = lamb_step, .is_whole = TRUE,
};

const CamOptimizerOps *const cam_optimizers[] = {
  &cam_adam, &cam_sgd, &cam_rmsprop, &cam_adamw, &cam_adamax, &cam_nadam, &cam_adagrad, &cam_adadelta, &cam_ftrl, &cam_lion, &cam_lamb, NULL,
};
