/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries that the field tables of all optimizers have, with Keras's keys and defaults. */
#pragma once

#include <math.h>

#include <cam-field.h>

#include "cam-schedule.h"

G_BEGIN_DECLS

#define CAM_RATE_FIELD(rate) \
  CAM_F_NUMBER_OR ("learning_rate", N_("Learning rate"), N_("How far each step goes."), rate, 0, 1000, cam_schedule_variants, CAM_FIELD_LOG)

#define CAM_OPTIMIZER_FIELDS(decay) \
  CAM_F_FLOAT ("weight_decay", N_("Weight decay"), N_("Share by which all weights shrink, times the rate, in each step."), decay, 0, 1000, CAM_FIELD_NULLABLE | CAM_FIELD_LOG | CAM_FIELD_ADVANCED), \
  CAM_F_FLOAT ("clipnorm", N_("Clip each norm"), N_("The gradient of each weight tensor is shrunk to this length."), NAN, 0, INFINITY, CAM_FIELD_NULLABLE | CAM_FIELD_MIN_OPEN | CAM_FIELD_ADVANCED), \
  CAM_F_FLOAT ("global_clipnorm", N_("Clip norm"), N_("All gradients together are shrunk to this length."), NAN, 0, INFINITY, CAM_FIELD_NULLABLE | CAM_FIELD_MIN_OPEN | CAM_FIELD_ADVANCED), \
  CAM_F_FLOAT ("clipvalue", N_("Clip value"), N_("No number of a gradient goes beyond this."), NAN, 0, INFINITY, CAM_FIELD_NULLABLE | CAM_FIELD_MIN_OPEN | CAM_FIELD_ADVANCED), \
  CAM_F_BOOL ("use_ema", N_("Average weights"), N_("The network ends with a running average of its weights."), 0, CAM_FIELD_ADVANCED), \
  CAM_F_FLOAT ("ema_momentum", N_("Average’s memory"), N_("Share of the old average in each step."), 0.99, 0, 1, CAM_FIELD_ADVANCED), \
  CAM_F_INT ("ema_overwrite_frequency", N_("Take the average every"), N_("Steps after which the weights become their average; none: at the end only."), NAN, 1, 0x1p31, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED), \
  CAM_F_INT ("gradient_accumulation_steps", N_("Accumulate"), N_("Batches whose gradients are averaged before each step; none: each batch makes a step."), NAN, 2, 0x1p20, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED)

G_END_DECLS
