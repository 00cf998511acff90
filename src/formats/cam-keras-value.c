/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One setting between a document and Keras's files. */
#include "cam-keras-value.h"

#include <cam-initializer.h>
#include <cam-number.h>
#include <cam-regularizer.h>
#include <cam-schedule.h>
#include <math.h>
#include <string.h>

#include "cam-keras-names.h"

/* Names of classes that Keras 3 did not always know under the name of today. */
static const struct
{
  const char *ours;
  const char *portable;
} class_names[] = {
  { "uniform", "RandomUniform" },
  { "Orthogonal", "OrthogonalInitializer" },
  { "Identity", "IdentityInitializer" },
};

/* Activation layers that are one of the activation functions when set so; with the settings that a file may leave out. */
static const struct
{
  const char *class_name;
  const char *activation;
  const char *settings;
  const char *usual;
} same_as_activation[] = {
  { "ReLU", "relu", "{\"max_value\": null, \"negative_slope\": 0.0, \"threshold\": 0.0}", "{\"max_value\": null, \"negative_slope\": 0.0, \"threshold\": 0.0}" },
  { "LeakyReLU", "leaky_relu", "{\"negative_slope\": 0.2}", "{\"negative_slope\": 0.3}" },
  { "ELU", "elu", "{\"alpha\": 1.0}", "{\"alpha\": 1.0}" },
  { "Softmax", "softmax", "{\"axis\": -1}", "{\"axis\": -1}" },
};

gboolean
cam_keras_same_value (const json_t *a,
                      const json_t *b)
{
  if (json_is_number (a) && json_is_number (b))
    return fabs (json_number_value (a) - json_number_value (b)) <= 1e-9;

  return json_equal (a, b);
}

json_t *
cam_keras_round_float (const json_t *value)
{
  char buf[CAM_NUMBER_BUF];
  double number = json_number_value (value);

  if (!json_is_real (value) || (double) (float) number != number)
    return json_deep_copy (value);

  cam_number_shortest (buf, number, TRUE);
  if (!cam_number_parse (buf, strlen (buf), &number))
    return json_deep_copy (value);

  return json_real (number);
}

static const char *
get_text (const json_t *object,
          const char   *key)
{
  return json_string_value (json_object_get (object, key));
}

/* Building */

static const char *
get_module (const CamField *field)
{
  if (field->variants == cam_initializer_variants)
    return "keras.initializers";
  if (field->variants == cam_regularizer_variants)
    return "keras.regularizers";
  if (field->variants == cam_constraint_variants)
    return "keras.constraints";

  return "keras.optimizers.schedules";
}

static gboolean
is_usual (const CamVariant *variant,
          const json_t     *config)
{
  g_autoptr(json_t) usual = cam_fields_complete (variant->fields, NULL, "", NULL);

  return json_equal (usual, config);
}

static json_t *
build_config (const CamField *fields,
              const json_t   *config)
{
  json_t *built = json_object ();

  for (const CamField *field = fields; field->key != NULL; field++)
    json_object_set_new (built, field->key, cam_keras_value_build (field, json_object_get (config, field->key)));

  return built;
}

/* Initialisers by name where it says everything; the others as objects, as Keras itself writes them. */
static json_t *
build_variant (const CamField *field,
               const json_t   *value)
{
  g_autoptr(json_t) config = NULL;
  const CamVariant *variant = cam_field_variant (field, value, &config);
  const char *class_name;

  if (variant == NULL)
    return json_deep_copy (value);
  if (field->variants == cam_initializer_variants && is_usual (variant, config))
    return json_string (variant->name);

  class_name = variant->class_name;
  for (guint i = 0; i < G_N_ELEMENTS (class_names); i++)
    if (g_str_equal (class_names[i].ours, class_name))
      class_name = class_names[i].portable;

  return json_pack ("{s:s, s:s, s:o, s:n}", "module", get_module (field), "class_name", class_name, "config", build_config (variant->fields, config),
                    "registered_name");
}

json_t *
cam_keras_value_build (const CamField *field,
                       const json_t   *value)
{
  if (value == NULL)
    return cam_fields_default (field);
  if (field->type == CAM_FIELD_VARIANT)
    return build_variant (field, value);
  /* One pair stands alone. */
  if (field->type == CAM_FIELD_PAIRS && field->default_number == 1 && json_is_array (value))
    return json_deep_copy (json_array_get (value, 0));

  return json_deep_copy (value);
}

/* Parsing */

/* Whether an activation layer with @given settings is what @i says. */
static gboolean
is_same_activation (guint         i,
                    const json_t *given)
{
  g_autoptr(json_t) wanted = json_loads (same_as_activation[i].settings, 0, NULL);
  g_autoptr(json_t) settings = json_loads (same_as_activation[i].usual, 0, NULL);
  const char *key;
  json_t *setting;

  json_object_update_existing (settings, (json_t *) given);
  json_object_foreach (wanted, key, setting)
    if (!cam_keras_same_value (json_object_get (settings, key), setting))
      return FALSE;

  return TRUE;
}

char *
cam_keras_activation_dup (const json_t *value)
{
  const char *name = json_string_value (value);
  const char *class_name = get_text (value, "class_name");
  const json_t *config = json_object_get (value, "config");

  if (json_is_null (value))
    name = "linear";
  else if (json_is_object (value) && json_is_string (config))
    name = json_string_value (config);

  for (guint i = 0; name == NULL && class_name != NULL && i < G_N_ELEMENTS (same_as_activation); i++)
    if (g_str_equal (same_as_activation[i].class_name, class_name) && is_same_activation (i, config))
      name = same_as_activation[i].activation;

  if (g_strcmp0 (name, "swish") == 0)
    name = "silu";
  else if (g_strcmp0 (name, "hard_swish") == 0)
    name = "hard_silu";

  return g_strdup (name);
}

static const CamVariant *
find_variant (const CamField *field,
              const char     *given)
{
  const CamVariant *variant = cam_variant_find (field->variants, given);
  g_autofree char *name = NULL;

  if (variant != NULL || given == NULL)
    return variant;

  /* Files of Keras 2 and of the first 3.x: OrthogonalInitializer, and names in capitals. */
  name = cam_keras_snake_case (given);
  if (g_str_has_suffix (name, "_initializer"))
    name[strlen (name) - strlen ("_initializer")] = '\0';
  if (g_str_equal (given, "PiecewiseConstant"))
    return cam_variant_find (field->variants, "piecewise_constant_decay");

  return cam_variant_find (field->variants, name);
}

/* The rule behind the named initialisers, by the name where it amounts to one. */
static const char *
find_scaled (const json_t *config)
{
  static const struct { const char *mode; double scale; const char *uniform, *normal; } named[] = {
    { "fan_avg", 1.0, "glorot_uniform", "glorot_normal" },
    { "fan_in", 2.0, "he_uniform", "he_normal" },
    { "fan_in", 1.0, "lecun_uniform", "lecun_normal" },
  };
  const char *mode = get_text (config, "mode"), *distribution = get_text (config, "distribution");
  double scale = json_number_value (json_object_get (config, "scale"));

  /* “normal” is what Keras 2 wrote for the truncated one. */
  if (distribution == NULL || !(g_str_equal (distribution, "uniform") || g_str_equal (distribution, "truncated_normal") || g_str_equal (distribution, "normal")))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (g_strcmp0 (mode, named[i].mode) == 0 && scale == named[i].scale)
      return g_str_equal (distribution, "uniform") ? named[i].uniform : named[i].normal;

  return NULL;
}

/* Settings that the variant does not have change how weights are drawn, at most. */
static json_t *
parse_config (const CamField *fields,
              const json_t   *config)
{
  json_t *parsed = json_object ();

  for (const CamField *field = fields; field->key != NULL; field++)
    {
      const json_t *given = json_object_get (config, field->key);
      json_t *value = given != NULL ? cam_keras_value_parse (field, given) : NULL;

      if (value != NULL && cam_field_check (field, value, "", NULL))
        json_object_set (parsed, field->key, value);
      json_decref (value);
    }

  return parsed;
}

static json_t *
parse_variant (const CamField *field,
               const json_t   *value)
{
  const json_t *given = json_object_get (value, "config");
  const char *name = json_is_string (given) ? json_string_value (given) : get_text (value, "class_name");
  const CamVariant *variant;
  g_autoptr(json_t) config = NULL;
  g_autoptr(json_t) complete = NULL;

  if (json_is_string (value))
    name = json_string_value (value);
  variant = find_variant (field, name);
  if (variant != NULL && g_str_equal (variant->class_name, "VarianceScaling") && find_scaled (given) != NULL)
    return json_string (find_scaled (given));
  if (variant == NULL)
    return json_deep_copy (value);
  if (!json_is_object (given))
    return json_string (variant->name);

  config = parse_config (variant->fields, given);
  complete = cam_fields_complete (variant->fields, config, "", NULL);
  if (field->variants != cam_schedule_variants && is_usual (variant, complete))
    return json_string (variant->name);

  return json_pack ("{s:s, s:O}", "class_name", variant->class_name, "config", config);
}

json_t *
cam_keras_value_parse (const CamField *field,
                       const json_t   *value)
{
  if (field->type == CAM_FIELD_CHOICE && g_str_has_suffix (field->key, "activation"))
    {
      g_autofree char *name = cam_keras_activation_dup (value);

      return name != NULL ? json_string (name) : json_deep_copy (value);
    }
  if (field->type == CAM_FIELD_VARIANT && !json_is_null (value) && !json_is_number (value))
    return parse_variant (field, value);
  /* An axis comes as a list of one where there could be several. */
  if (field->type == CAM_FIELD_INT && json_array_size (value) == 1)
    return json_deep_copy (json_array_get (value, 0));

  return cam_keras_round_float (value);
}
