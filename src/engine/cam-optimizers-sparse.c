/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adagrad, Adadelta, Ftrl and Lion: settings, slots and the pass over a slice of weights. Source of the formulas and defaults: keras.optimizers. */
#include <glib/gi18n-lib.h>

#include "cam-kinds-private.h"
#include "cam-optimizer-fields.h"
#include "kernels/cam-optimizer-kernels.h"

#define EPSILON_FIELD CAM_F_FLOAT ("epsilon", N_("ε"), N_("Keeps the division from exploding."), 1e-7, 0, 1, CAM_FIELD_LOG)
#define START_FIELD CAM_F_FLOAT ("initial_accumulator_value", N_("Sum starts at"), N_("What the sums of squared gradients are before the first step."), 0.1, 0, INFINITY, CAM_FIELD_PLAIN)

static const CamField adagrad_fields[] = { CAM_RATE_FIELD (0.001), START_FIELD, EPSILON_FIELD, CAM_OPTIMIZER_FIELDS (NAN), CAM_F_END };
static const CamField adadelta_fields[] = {
  CAM_RATE_FIELD (0.001),
  CAM_F_FLOAT ("rho", N_("ρ"), N_("How long the mean of the squared gradients remembers."), 0.95, 0, 1, CAM_FIELD_MAX_OPEN),
  EPSILON_FIELD, CAM_OPTIMIZER_FIELDS (NAN), CAM_F_END,
};
static const CamField ftrl_fields[] = {
  CAM_RATE_FIELD (0.001),
  CAM_F_FLOAT ("learning_rate_power", N_("Power of the rate"), N_("How fast the steps shrink as gradients add up: −0.5 is the square root."), -0.5, -INFINITY, 0, CAM_FIELD_PLAIN),
  START_FIELD,
  CAM_F_FLOAT ("l1_regularization_strength", N_("L1"), N_("Sets weights that matter little to 0."), 0.0, 0, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("l2_regularization_strength", N_("L2"), N_("Pulls weights towards 0."), 0.0, 0, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("l2_shrinkage_regularization_strength", N_("L2 on gradients"), N_("Pulls the gradients with the weights."), 0.0, 0, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("beta", N_("β"), N_("Damps the first steps."), 0.0, 0, INFINITY, CAM_FIELD_PLAIN),
  CAM_OPTIMIZER_FIELDS (NAN), CAM_F_END,
};
static const CamField lion_fields[] = {
  CAM_RATE_FIELD (0.001),
  CAM_F_FLOAT ("beta_1", N_("β₁"), N_("Share of the momentum in the direction of a step."), 0.9, 0, 1, CAM_FIELD_MIN_OPEN),
  CAM_F_FLOAT ("beta_2", N_("β₂"), N_("How long the momentum remembers."), 0.99, 0, 1, CAM_FIELD_MAX_OPEN),
  CAM_OPTIMIZER_FIELDS (NAN), CAM_F_END,
};

static float
get (const CamOptimizer *self,
     const char         *key)
{
  return (float) cam_optimizer_number (self, key);
}

static guint
one_slot (const json_t *config)
{
  return 1;
}

static guint
two_slots (const json_t *config)
{
  return 2;
}

/* The first slot is the sum of squares. */
static float
start (const json_t *config,
       guint         slot)
{
  return slot == 0 ? (float) cam_fields_number (config, "initial_accumulator_value") : 0.0f;
}

enum { FIRST, SECOND, THIRD, FOURTH, FIFTH };

static void
adagrad_begin (CamOptimizer *self)
{
  self->shared[FIRST] = get (self, "epsilon");
}

static void
adagrad_step (const CamOptimizer *self,
              float              *w,
              const float        *g,
              float *const       *slots,
              gsize               n)
{
  cam_step_adagrad (w, g, slots[0], n, (float) self->rate, self->shared[FIRST]);
}

static void
adadelta_begin (CamOptimizer *self)
{
  self->shared[FIRST] = get (self, "rho");
  self->shared[SECOND] = get (self, "epsilon");
}

static void
adadelta_step (const CamOptimizer *self,
               float              *w,
               const float        *g,
               float *const       *slots,
               gsize               n)
{
  cam_step_adadelta (w, g, slots[0], slots[1], n, (float) self->rate, self->shared[FIRST], self->shared[SECOND]);
}

static void
ftrl_begin (CamOptimizer *self)
{
  self->shared[FIRST] = get (self, "learning_rate_power");
  self->shared[SECOND] = get (self, "l1_regularization_strength");
  /* A rate of 0 moves nothing: β has no part in it. */
  self->shared[THIRD] = (float) (cam_optimizer_number (self, "l2_regularization_strength") +
                                 (self->rate > 0.0 ? cam_optimizer_number (self, "beta") / (2.0 * self->rate) : 0.0));
  self->shared[FOURTH] = get (self, "l2_shrinkage_regularization_strength");
}

static void
ftrl_step (const CamOptimizer *self,
           float              *w,
           const float        *g,
           float *const       *slots,
           gsize               n)
{
  if (self->rate > 0.0)
    cam_step_ftrl (w, g, slots[0], slots[1], n, (float) self->rate, self->shared[FIRST], self->shared[SECOND], self->shared[THIRD], self->shared[FOURTH]);
}

static void
lion_begin (CamOptimizer *self)
{
  self->shared[FIRST] = get (self, "beta_1");
  self->shared[SECOND] = get (self, "beta_2");
}

static void
lion_step (const CamOptimizer *self,
           float              *w,
           const float        *g,
           float *const       *slots,
           gsize               n)
{
  cam_step_lion (w, g, slots[0], n, (float) self->rate, self->shared[FIRST], self->shared[SECOND]);
}

const CamOptimizerOps cam_adagrad = {
  .kind = { "Adagrad", "adagrad", N_("Adagrad"), N_("Steps shrink as gradients add up: for features that are seldom there."), adagrad_fields, FALSE, FALSE },
  .n_slots = one_slot, .start = start, .begin = adagrad_begin, .step = adagrad_step,
};
const CamOptimizerOps cam_adadelta = {
  .kind = { "Adadelta", "adadelta", N_("Adadelta"), N_("Finds its own step from those before; set the rate to 1 for the method as published."), adadelta_fields, FALSE, FALSE },
  .n_slots = two_slots, .begin = adadelta_begin, .step = adadelta_step,
};
const CamOptimizerOps cam_ftrl = {
  .kind = { "Ftrl", "ftrl", N_("Ftrl"), N_("For wide, shallow networks: can set weights that matter little to 0."), ftrl_fields, FALSE, FALSE },
  .n_slots = two_slots, .start = start, .begin = ftrl_begin, .step = ftrl_step,
};
const CamOptimizerOps cam_lion = {
  .kind = { "Lion", "lion", N_("Lion"), N_("Steps of the same size for all weights, by sign; wants a rate several times smaller than Adam’s."), lion_fields, FALSE, FALSE },
  .n_slots = one_slot, .begin = lion_begin, .step = lion_step,
};
