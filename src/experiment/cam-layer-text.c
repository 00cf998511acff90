/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers written as text and read from it. */
#include "cam-layer-text.h"

#include <cam-json.h>
#include <cam-keras-config.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-experiment-private.h"

/* A text that holds more is hardly one that somebody copied as layers. */
#define MOST_LAYERS 1000

/* Writing */

static json_t *
shorten (const json_t *layer)
{
  const CamLayerKind *kind = cam_layer_kind_find (json_string_value (json_object_get (layer, "class_name")));
  json_t *copy = json_deep_copy (layer), *config = json_object_get (copy, "config");

  if (kind == NULL)
    return copy;
  for (const CamField *field = cam_layer_kind_get_fields (kind); field->key != NULL; field++)
    {
      g_autoptr(json_t) usual = cam_fields_default (field);

      if (usual != NULL && json_equal (json_object_get (config, field->key), usual))
        json_object_del (config, field->key);
    }

  return copy;
}

char *
cam_layers_to_text (const json_t *layers)
{
  g_autoptr(json_t) shortened = json_array ();

  for (gsize i = 0; i < json_array_size (layers); i++)
    json_array_append_new (shortened, shorten (json_array_get (layers, i)));

  return cam_json_dump (shortened, TRUE);
}

/* Reading */

static gboolean
is_layer (const json_t *json)
{
  return json_is_string (json_object_get (json, "class_name")) && json_object_get (json_object_get (json, "config"), "layers") == NULL;
}

/* Where in a text the layers are. Borrowed; NULL: nowhere. */
static const json_t *
find_layers (const json_t *json)
{
  static const char *const keys[] = { "network", "layers", "config" };

  if (json_is_array (json))
    return json;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const json_t *inside = json_object_get (json, keys[i]);

      if (json_is_array (inside))
        return inside;
      if (json_is_object (inside) && json_is_array (json_object_get (inside, "layers")))
        return json_object_get (inside, "layers");
    }

  return NULL;
}

/* Keras names where a class comes from, and writes name and kind of numbers among the settings. */
static gboolean
is_of_keras (const json_t *layer)
{
  const json_t *config = json_object_get (layer, "config");

  return json_object_get (layer, "module") != NULL || json_object_get (layer, "registered_name") != NULL || json_object_get (config, "name") != NULL
         || json_object_get (config, "dtype") != NULL;
}

static json_t *
read_layer (const json_t  *given,
            gsize          index,
            GError       **error)
{
  g_autofree char *where = g_strdup_printf (_("pasted layer %zu"), index + 1);
  g_autoptr(json_t) parsed = NULL;
  json_t *layer;

  if (!is_layer (given) || !is_of_keras (given))
    return cam_experiment_complete_layer (given, where, error);

  if (json_object_get (json_object_get (given, "config"), "name") == NULL)
    {
      g_autoptr(json_t) named = json_deep_copy (given);

      json_object_set (json_object_get (named, "config"), "name", json_object_get (given, "class_name"));
      parsed = cam_keras_layer_parse (named, error);
      json_object_del (parsed, "name");
    }
  else
    parsed = cam_keras_layer_parse (given, error);
  layer = parsed != NULL ? cam_experiment_complete_layer (parsed, where, error) : NULL;
  if (layer == NULL)
    return NULL;
  if (cam_network_is_off (given))
    json_object_set_new (layer, "enabled", json_false ());

  return layer;
}

static gboolean
is_input (const json_t *layer)
{
  return g_strcmp0 (json_string_value (json_object_get (layer, "class_name")), "InputLayer") == 0;
}

json_t *
cam_layers_from_text (const char  *text,
                      GError     **error)
{
  g_autoptr(json_t) json = NULL;
  g_autoptr(json_t) layers = json_array ();
  g_autoptr(json_t) alone = NULL;
  const json_t *found;

  g_return_val_if_fail (text != NULL, NULL);

  json = cam_json_parse (text, strlen (text), error);
  if (json == NULL)
    return NULL;
  alone = is_layer (json) ? json_pack ("[O]", json) : NULL;
  found = alone != NULL ? alone : find_layers (json);

  for (gsize i = 0; i < MIN (json_array_size (found), MOST_LAYERS + 1); i++)
    {
      const json_t *given = json_array_get (found, i);
      json_t *layer = is_input (given) ? json_null () : read_layer (given, i, error);

      if (layer == NULL)
        return NULL;
      if (!json_is_null (layer))
        json_array_append_new (layers, layer);
    }
  if (json_array_size (layers) == 0 || json_array_size (layers) > MOST_LAYERS)
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT,
                           _("It holds no layers; they are written as in [{\"class_name\": \"Dense\", \"config\": {\"units\": 64}}]"));
      return NULL;
    }

  return g_steal_pointer (&layers);
}
