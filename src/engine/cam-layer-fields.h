/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries that the field tables of many kinds of layer have alike, with Keras's keys and defaults. */
#pragma once

#include "cam-activation.h"
#include "cam-initializer.h"
#include "cam-regularizer.h"

G_BEGIN_DECLS

/* How a weight starts, what pulls at it, what holds it. */
#define CAM_WEIGHT_FIELDS(prefix, initializer, start_title, start_hint) \
  CAM_F_VARIANT (prefix "_initializer", start_title, start_hint, initializer, cam_initializer_variants, CAM_FIELD_PLAIN), \
  CAM_F_VARIANT (prefix "_regularizer", N_("Penalty"), N_("Pulls these weights towards 0: a remedy for overfitting."), NULL, cam_regularizer_variants, CAM_FIELD_NULLABLE), \
  CAM_F_VARIANT (prefix "_constraint", N_("Limit"), N_("What these weights are held to after each step."), NULL, cam_constraint_variants, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED)

/* The same of a weight beside the main one: rarely touched, and told apart by its titles. */
#define CAM_SECOND_WEIGHT_FIELDS(prefix, initializer, start_title, start_hint, penalty_title, limit_title) \
  CAM_F_VARIANT (prefix "_initializer", start_title, start_hint, initializer, cam_initializer_variants, CAM_FIELD_ADVANCED), \
  CAM_F_VARIANT (prefix "_regularizer", penalty_title, N_("Pulls these weights towards 0."), NULL, cam_regularizer_variants, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED), \
  CAM_F_VARIANT (prefix "_constraint", limit_title, N_("What these weights are held to after each step."), NULL, cam_constraint_variants, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED)

#define CAM_KERNEL_FIELDS CAM_WEIGHT_FIELDS ("kernel", "glorot_uniform", N_("Weights start"), N_("How the weights are drawn before training."))

#define CAM_BIAS_FIELDS \
  CAM_F_VARIANT ("bias_initializer", N_("Bias starts"), N_("What the biases are before training."), "zeros", cam_initializer_variants, CAM_FIELD_ADVANCED), \
  CAM_F_VARIANT ("bias_regularizer", N_("Bias penalty"), N_("Pulls the biases towards 0."), NULL, cam_regularizer_variants, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED), \
  CAM_F_VARIANT ("bias_constraint", N_("Bias limit"), N_("What the biases are held to after each step."), NULL, cam_constraint_variants, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED)

#define CAM_ACTIVITY_FIELD \
  CAM_F_VARIANT ("activity_regularizer", N_("Output penalty"), N_("Pulls what the layer gives out towards 0."), NULL, cam_regularizer_variants, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED)

#define CAM_ACTIVATION_FIELD(hint) CAM_F_CHOICE ("activation", N_("Activation"), hint, "linear", cam_activation_names, CAM_FIELD_PLAIN)
#define CAM_USE_BIAS_FIELD CAM_F_BOOL ("use_bias", N_("Use bias"), N_("Adds a number of its own to each sum."), 1, CAM_FIELD_PLAIN)

/* Of layers that draw random numbers; needs <math.h>. */
#define CAM_SEED_FIELD \
  CAM_F_INT ("seed", N_("Seed"), N_("Kept for Keras; here every layer draws from the experiment's seed."), NAN, 0, 2147483647, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED)

/* The name of a variant in a completed config, for a line that describes a layer: "he_normal"; an object's class name; "none" for null. Borrowed. */
static inline const char *
cam_variant_word (const json_t *config,
                  const char   *key)
{
  const json_t *value = json_object_get (config, key);
  const char *word = json_is_object (value) ? json_string_value (json_object_get (value, "class_name")) : json_string_value (value);

  return word != NULL ? word : "none";
}

G_END_DECLS
