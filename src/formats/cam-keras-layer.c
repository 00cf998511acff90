/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One layer's settings between Keras's files and ours. The keys are the same; what differs is how values are dressed (initialisers as objects,
 * functions as objects, dtype policies), which keys each version of Keras knows, and what it did with older ones. */
#include "cam-keras-config.h"

#include <cam-activation.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-keras-file.h"
#include "cam-keras-names.h"

/* Keys that Keras 3 knows, with Keras's defaults, in its order. A kind that is not listed is written with the keys of its own field table. */
typedef struct
{
  const char *class_name;
  const char *defaults;
  gboolean    is_recent;   /* the first versions do not know these keys: written only where they are not at their defaults */
} KnownLayer;

static const KnownLayer known_layers[] = {
  { "Dense", "{\"units\": null, \"activation\": \"linear\", \"use_bias\": true, \"kernel_initializer\": \"glorot_uniform\", "
             "\"bias_initializer\": \"zeros\", \"kernel_regularizer\": null, \"bias_regularizer\": null, "
             "\"kernel_constraint\": null, \"bias_constraint\": null}", FALSE },
  { "Activation", "{\"activation\": \"linear\"}", FALSE },
  { "ReLU", "{\"max_value\": null, \"negative_slope\": 0.0, \"threshold\": 0.0}", FALSE },
  { "LeakyReLU", "{\"negative_slope\": 0.3}", FALSE },
  { "ELU", "{\"alpha\": 1.0}", TRUE },
  { "Softmax", "{\"axis\": -1}", FALSE },
  { "Dropout", "{\"rate\": 0.5, \"seed\": null, \"noise_shape\": null}", FALSE },
};

/* Activation layers that are one of the activation functions when set so. */
static const struct
{
  const char *class_name;
  const char *activation;
  const char *settings;
} same_as_activation[] = {
  { "ReLU", "relu", "{\"max_value\": null, \"negative_slope\": 0.0, \"threshold\": 0.0}" },
  { "LeakyReLU", "leaky_relu", "{\"negative_slope\": 0.2}" },
  { "ELU", "elu", "{\"alpha\": 1.0}" },
  { "Softmax", "softmax", "{\"axis\": -1}" },
};

static const struct
{
  const char *class_name;
  const char *old_key;
  const char *key;
} renamed_keys[] = {
  { "LeakyReLU", "alpha", "negative_slope" },
};

static const KnownLayer *
find_known (const char *class_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_layers); i++)
    if (g_str_equal (known_layers[i].class_name, class_name))
      return &known_layers[i];

  return NULL;
}

/* New reference; NULL for a kind that is not listed. */
static json_t *
find_defaults (const char *class_name)
{
  const KnownLayer *known = find_known (class_name);

  return known != NULL ? json_loads (known->defaults, 0, NULL) : NULL;
}

/* Whether the key says something about training alone, so that predictions do not depend on it. */
static gboolean
is_for_training (const char *key)
{
  return g_str_has_suffix (key, "_initializer") || g_str_has_suffix (key, "_regularizer") || g_str_has_suffix (key, "_constraint")
         || g_str_equal (key, "seed") || g_str_equal (key, "noise_shape");
}

/* Equal values; numbers by value, as 0 and 0.0 are. */
static gboolean
same_value (const json_t *a,
            const json_t *b)
{
  if (json_is_number (a) && json_is_number (b))
    return fabs (json_number_value (a) - json_number_value (b)) <= 1e-9;

  return json_equal (a, b);
}

static const char *
get_text (const json_t *object,
          const char   *key)
{
  return json_string_value (json_object_get (object, key));
}

char *
cam_keras_layer_title (const json_t *layer)
{
  const char *class_name = get_text (layer, "class_name");
  const char *name = get_text (json_object_get (layer, "config"), "name");

  if (name == NULL)
    name = get_text (layer, "name");
  /* translators: a layer's name and its kind */
  return g_strdup_printf (_("layer “%s” (%s)"), name != NULL ? name : _("without a name"), class_name != NULL ? class_name : "?");
}

/* Writing */

json_t *
cam_keras_layer_build (const char   *class_name,
                       const char   *name,
                       const json_t *config)
{
  json_t *written = json_object ();
  g_autoptr(json_t) defaults = find_defaults (class_name);
  const char *key;
  json_t *value;

  json_object_set_new (written, "name", json_string (name));
  json_object_set_new (written, "trainable", json_true ());
  json_object_set_new (written, "dtype", json_string ("float32"));

  if (defaults == NULL)
    {
      json_object_update (written, (json_t *) config);
      return written;
    }

  json_object_foreach (defaults, key, value)
    {
      json_t *ours = json_object_get (config, key);

      if (find_known (class_name)->is_recent && (ours == NULL || same_value (ours, value)))
        continue;
      json_object_set (written, key, ours != NULL ? ours : value);
    }

  return written;
}

/* Reading */

/* "glorot_uniform" out of {"class_name": "GlorotUniform", …}; VarianceScaling by what it amounts to. NULL: no name for it. g_free(). */
static char *
dup_initializer (const json_t *value)
{
  const char *class_name = get_text (value, "class_name");
  const json_t *config = json_object_get (value, "config");
  g_autofree char *name = NULL;

  if (json_is_string (value))
    return g_strdup (json_string_value (value));
  if (class_name == NULL)
    return NULL;

  if (g_str_equal (class_name, "VarianceScaling"))
    {
      const char *mode = get_text (config, "mode");
      const char *distribution = get_text (config, "distribution");
      double scale = json_number_value (json_object_get (config, "scale"));
      const char *kind = distribution != NULL && g_str_equal (distribution, "uniform") ? "uniform" : "normal";
      const char *family = g_strcmp0 (mode, "fan_avg") == 0 && scale == 1.0 ? "glorot"
                           : g_strcmp0 (mode, "fan_in") == 0 && scale == 2.0 ? "he"
                           : g_strcmp0 (mode, "fan_in") == 0 && scale == 1.0 ? "lecun" : NULL;

      return family != NULL ? g_strconcat (family, "_", kind, NULL) : NULL;
    }

  name = cam_keras_snake_case (class_name);
  if (g_str_has_suffix (name, "_initializer"))
    name[strlen (name) - strlen ("_initializer")] = '\0';

  return g_steal_pointer (&name);
}

/* "relu" out of "relu", null, a function object or an activation layer of default settings. NULL: no name for it. g_free(). */
static char *
dup_activation (const json_t *value)
{
  const char *name = json_string_value (value);
  const char *class_name = get_text (value, "class_name");
  const json_t *config = json_object_get (value, "config");

  if (json_is_null (value))
    name = "linear";
  else if (json_is_object (value) && json_is_string (config))
    name = json_string_value (config);
  else if (json_is_object (value) && class_name != NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (same_as_activation); i++)
        if (g_str_equal (same_as_activation[i].class_name, class_name))
          {
            g_autoptr(json_t) settings = json_loads (same_as_activation[i].settings, 0, NULL);
            g_autoptr(json_t) given = find_defaults (class_name);
            const char *key;
            json_t *setting;
            gboolean same = TRUE;

            json_object_update_existing (given, (json_t *) config);
            json_object_foreach (settings, key, setting)
              same = same && same_value (json_object_get (given, key), setting);
            if (same)
              name = same_as_activation[i].activation;
          }
    }

  if (g_strcmp0 (name, "swish") == 0)
    name = "silu";
  else if (g_strcmp0 (name, "hard_swish") == 0)
    name = "hard_silu";

  return g_strdup (name);
}

static gboolean
fail_setting (const json_t  *layer,
              const char    *key,
              const json_t  *value,
              GError       **error)
{
  g_autofree char *title = cam_keras_layer_title (layer);
  g_autofree char *text = cam_json_dump (value, FALSE);

  g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_UNSUPPORTED,
               /* translators: a layer, then one of its settings and the setting's value */
               _("%s: “%s” set to %s is not supported by this version"), title, key, text);
  return FALSE;
}

/* @value as @field wants it; NULL with *ok: leave the key to its default. New reference. */
static json_t *
convert_value (const json_t    *layer,
               const CamField  *field,
               const json_t    *value,
               gboolean        *ok,
               GError         **error)
{
  g_autoptr(json_t) converted = NULL;
  g_autofree char *name = NULL;

  if (g_str_has_suffix (field->key, "_initializer"))
    name = dup_initializer (value);
  else if (g_str_has_suffix (field->key, "activation"))
    name = dup_activation (value);

  converted = name != NULL ? json_string (name) : json_deep_copy (value);
  *ok = TRUE;
  if (cam_field_check (field, converted, "", NULL))
    return g_steal_pointer (&converted);

  *ok = is_for_training (field->key);
  if (!*ok)
    fail_setting (layer, field->key, value, error);

  return NULL;
}

/* Keys that our kind does not have must not change what the layer gives. */
static gboolean
check_rest (const json_t    *layer,
            const CamField  *fields,
            const json_t    *config,
            const json_t    *defaults,
            GError         **error)
{
  const char *key;
  json_t *usual;

  json_object_foreach ((json_t *) defaults, key, usual)
    {
      const json_t *value = json_object_get (config, key);

      if (value != NULL && cam_fields_find (fields, key) == NULL && !is_for_training (key) && !same_value (value, usual))
        return fail_setting (layer, key, value, error);
    }

  return TRUE;
}

/* A copy of the file's settings under the names of today. */
static json_t *
rename_keys (const char   *class_name,
             const json_t *config)
{
  json_t *copy = json_copy ((json_t *) config);

  for (guint i = 0; i < G_N_ELEMENTS (renamed_keys); i++)
    {
      json_t *value = json_object_get (copy, renamed_keys[i].old_key);

      if (g_str_equal (renamed_keys[i].class_name, class_name) && value != NULL && json_object_get (copy, renamed_keys[i].key) == NULL)
        json_object_set (copy, renamed_keys[i].key, value);
    }

  return copy;
}

/* A layer of a kind that the engine lacks, as Activation where it is the same; else refused by name. */
static json_t *
parse_unknown (const json_t  *layer,
               const char    *name,
               const json_t  *config,
               GError       **error)
{
  g_autoptr(json_t) object = json_pack ("{s:O, s:O}", "class_name", json_object_get (layer, "class_name"), "config", config);
  g_autofree char *activation = dup_activation (object);
  g_autofree char *title = cam_keras_layer_title (layer);

  if (activation != NULL && cam_activation_find (activation) != NULL && cam_layer_kind_find ("Activation") != NULL)
    return json_pack ("{s:s, s:s, s:{s:s}}", "class_name", "Activation", "name", name, "config", "activation", activation);

  g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_UNSUPPORTED, _("%s is not supported by this version"), title);
  return NULL;
}

json_t *
cam_keras_layer_parse (const json_t  *layer,
                       GError       **error)
{
  const char *class_name = get_text (layer, "class_name");
  const char *name = get_text (json_object_get (layer, "config"), "name");
  const CamLayerKind *kind;
  g_autoptr(json_t) config = NULL;
  g_autoptr(json_t) settings = NULL;
  g_autoptr(json_t) defaults = NULL;

  if (class_name == NULL || name == NULL || !json_is_object (json_object_get (layer, "config")))
    {
      g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED, _("A layer in “config.json” has no kind, name or settings"));
      return NULL;
    }

  config = rename_keys (class_name, json_object_get (layer, "config"));
  kind = cam_layer_kind_find (class_name);
  if (kind == NULL)
    return parse_unknown (layer, name, config, error);

  settings = json_object ();
  for (const CamField *field = cam_layer_kind_get_fields (kind); field->key != NULL; field++)
    {
      const json_t *value = json_object_get (config, field->key);
      json_t *converted;
      gboolean ok = TRUE;

      if (value == NULL)
        continue;
      converted = convert_value (layer, field, value, &ok, error);
      if (!ok)
        return NULL;
      if (converted != NULL)
        json_object_set_new (settings, field->key, converted);
    }

  defaults = find_defaults (class_name);
  if (defaults != NULL && !check_rest (layer, cam_layer_kind_get_fields (kind), config, defaults, error))
    return NULL;

  return json_pack ("{s:s, s:s, s:O}", "class_name", class_name, "name", name, "config", settings);
}
