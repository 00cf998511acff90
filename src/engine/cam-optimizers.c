/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Optimizers: settings, slots and the pass over a slice of weights. Source of the formulas and defaults: keras.optimizers. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-kinds-private.h"
#include "kernels/cam-kernels.h"

static const CamField sgd_fields[] = {
  CAM_F_FLOAT ("learning_rate", N_("Learning rate"), N_("How far each step goes."), 0.01, 0, 1000, CAM_FIELD_LOG),
  CAM_F_FLOAT ("momentum", N_("Momentum"), N_("Share of the last step that is gone again."), 0.0, 0, 1, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("nesterov", N_("Nesterov"), N_("Looks ahead along the momentum before it steps."), 0, CAM_FIELD_PLAIN),
  CAM_F_END,
};

static const CamField adam_fields[] = {
  CAM_F_FLOAT ("learning_rate", N_("Learning rate"), N_("How far each step goes."), 0.001, 0, 1000, CAM_FIELD_LOG),
  CAM_F_FLOAT ("beta_1", N_("β₁"), N_("How long the mean of the gradients remembers."), 0.9, 0, 1, CAM_FIELD_MAX_OPEN),
  CAM_F_FLOAT ("beta_2", N_("β₂"), N_("How long the mean of their squares remembers."), 0.999, 0, 1, CAM_FIELD_MAX_OPEN),
  CAM_F_FLOAT ("epsilon", N_("ε"), N_("Keeps the division from exploding."), 1e-7, 0, 1, CAM_FIELD_LOG),
  CAM_F_BOOL ("amsgrad", N_("AMSGrad"), N_("Never lets the mean of the squares fall."), 0, CAM_FIELD_PLAIN),
  CAM_F_END,
};

enum { MOMENTUM };
enum { ALPHA, ONE_MINUS_BETA_1, ONE_MINUS_BETA_2, EPSILON };

static guint
sgd_n_slots (const json_t *config)
{
  return cam_fields_number (config, "momentum") != 0.0 ? 1 : 0;
}

static void
sgd_begin (CamOptimizer *self)
{
  self->shared[MOMENTUM] = (float) cam_fields_number (self->config, "momentum");
  self->flag = cam_fields_bool (self->config, "nesterov");
}

static void
sgd_step (const CamOptimizer *self,
          float              *w,
          const float        *g,
          float *const       *slots,
          gsize               n)
{
  if (self->shared[MOMENTUM] == 0.0f)
    cam_step_sgd (w, g, n, (float) self->rate);
  else
    cam_step_momentum (w, g, slots[0], n, (float) self->rate, self->shared[MOMENTUM], self->flag);
}

static guint
adam_n_slots (const json_t *config)
{
  return cam_fields_bool (config, "amsgrad") ? 3 : 2;
}

static void
adam_begin (CamOptimizer *self)
{
  double beta_1 = cam_fields_number (self->config, "beta_1"), beta_2 = cam_fields_number (self->config, "beta_2");
  double t = (double) self->t;

  self->shared[ALPHA] = (float) (self->rate * sqrt (1.0 - pow (beta_2, t)) / (1.0 - pow (beta_1, t)));
  self->shared[ONE_MINUS_BETA_1] = (float) (1.0 - beta_1);
  self->shared[ONE_MINUS_BETA_2] = (float) (1.0 - beta_2);
  self->shared[EPSILON] = (float) cam_fields_number (self->config, "epsilon");
  self->flag = cam_fields_bool (self->config, "amsgrad");
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

static const CamOptimizerOps sgd = {
  .kind = { "SGD", "sgd", N_("SGD"), N_("Stochastic gradient descent: a step down the gradient, with momentum where given."), sgd_fields, FALSE, FALSE },
  .n_slots = sgd_n_slots,
  .begin = sgd_begin,
  .step = sgd_step,
};
static const CamOptimizerOps adam = {
  .kind = { "Adam", "adam", N_("Adam"), N_("Gives each weight a step of its own; a good first choice."), adam_fields, FALSE, FALSE },
  .n_slots = adam_n_slots,
  .begin = adam_begin,
  .step = adam_step,
};

const CamOptimizerOps *const cam_optimizers[] = { &adam, &sgd, NULL };
