/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config.json as a whole: the Sequential frame around the layers when writing, and finding input, layers and weight groups when reading. */
#include "cam-keras-config.h"

#include <glib/gi18n-lib.h>

#include "cam-keras-file.h"
#include "cam-keras-names.h"

#define MAX_LAYERS 10000
#define MAX_DIM G_GINT64_CONSTANT (0x7fffffff)

/* Writing */

/* [null, …]: the batch in front. */
static json_t *
build_shape (CamShape shape)
{
  json_t *list = json_array ();

  json_array_append_new (list, json_null ());
  for (guint d = 0; d < shape.n_dims; d++)
    json_array_append_new (list, json_integer ((json_int_t) shape.dims[d]));

  return list;
}

static json_t *
build_layer (const CamNetwork *network,
             const json_t     *description,
             guint             i)
{
  CamShape input = i > 0 ? cam_network_get_layer_shape (network, i - 1) : cam_network_get_input_shape (network);
  json_t *layer = cam_keras_layer_build (description, &input);

  if (cam_network_get_layer_params (network, i) > 0)
    json_object_set_new (layer, "build_config", json_pack ("{s:o}", "input_shape", build_shape (input)));

  return layer;
}

/* A name for the input layer that no layer has. */
static char *
dup_input_name (const CamNetwork *network)
{
  g_autoptr(GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  char *name = g_strdup ("input_layer");

  for (guint i = 0; i < cam_network_get_n_layers (network); i++)
    g_hash_table_add (taken, (gpointer) cam_network_get_layer_name (network, i));

  for (guint n = 1; g_hash_table_contains (taken, name); n++)
    {
      g_free (name);
      name = g_strdup_printf ("input_layer_%u", n);
    }

  return name;
}

json_t *
cam_keras_config_build (const CamNetwork  *network,
                        const json_t      *loss,
                        const json_t      *metrics,
                        const json_t      *optimizer,
                        GError           **error)
{
  CamShape input = cam_network_get_input_shape (network);
  g_autofree char *input_name = dup_input_name (network);
  g_autoptr(json_t) compile = NULL;
  g_autoptr(json_t) descriptions = NULL;
  json_t *layers, *config;

  if (loss != NULL && !json_is_null (loss))
    {
      compile = cam_keras_compile_build (loss, metrics, optimizer, error);
      if (compile == NULL)
        return NULL;
    }

  layers = json_array ();
  json_array_append_new (layers, json_pack ("{s:s, s:s, s:{s:o, s:s, s:b, s:s}, s:n}", "module", "keras.layers", "class_name", "InputLayer",
                                            "config", "batch_shape", build_shape (input), "dtype", "float32", "sparse", 0, "name", input_name,
                                            "registered_name"));
  descriptions = cam_network_to_json (network);
  for (guint i = 0; i < cam_network_get_n_layers (network); i++)
    json_array_append_new (layers, build_layer (network, json_array_get (descriptions, i), i));

  config = json_pack ("{s:s, s:s, s:{s:s, s:b, s:s, s:o, s:o}, s:n, s:{s:o}}", "module", "keras", "class_name", "Sequential",
                      "config", "name", "sequential", "trainable", 1, "dtype", "float32", "layers", layers, "build_input_shape", build_shape (input),
                      "registered_name", "build_config", "input_shape", build_shape (input));
  if (compile != NULL)
    json_object_set (config, "compile_config", compile);

  return config;
}

/* Reading */

static gboolean
fail_damaged (const char  *message,
              GError     **error)
{
  g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED, message);
  return FALSE;
}

/* [null, 4] → 4. */
static gboolean
parse_shape (const json_t  *list,
             CamShape      *shape,
             GError       **error)
{
  gsize n = json_array_size (list);

  if (n < 1 || n - 1 > CAM_SHAPE_MAX_DIMS)
    return fail_damaged (_("The input shape in “config.json” cannot be used"), error);

  *shape = (CamShape) { .n_dims = (guint) n - 1 };
  for (guint d = 0; d < shape->n_dims; d++)
    {
      const json_t *size = json_array_get (list, d + 1);

      if (json_is_null (size))
        {
          g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_UNSUPPORTED,
                               _("The model takes inputs of any length (None in its input shape); this version needs a fixed size"));
          return FALSE;
        }
      if (!json_is_integer (size) || json_integer_value (size) < 1 || json_integer_value (size) > MAX_DIM)
        return fail_damaged (_("The input shape in “config.json” has a size that cannot be used"), error);
      shape->dims[d] = (gsize) json_integer_value (size);
    }

  return TRUE;
}

/* The input shape where it is said: with the input layer, in the first layer, or with the model. */
static const json_t *
find_input_shape (const json_t *model,
                  const json_t *first)
{
  const json_t *config = json_object_get (model, "config");
  const json_t *first_config = json_object_get (first, "config");
  const json_t *candidates[] = {
    json_object_get (first_config, "batch_shape"),
    json_object_get (first_config, "batch_input_shape"),
    json_object_get (config, "build_input_shape"),
    json_object_get (json_object_get (model, "build_config"), "input_shape"),
    json_object_get (json_object_get (first, "build_config"), "input_shape"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (json_is_array (candidates[i]))
      return candidates[i];

  return NULL;
}

static gboolean
is_input (const json_t *layer)
{
  return g_strcmp0 (json_string_value (json_object_get (layer, "class_name")), "InputLayer") == 0;
}

/* Which group of the weights file each layer object has: counted in the order of the model's list, whatever the order of calls. */
static GHashTable *
find_keys (const json_t *layers,
           gboolean      with_inputs)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTable *keys = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  json_t *layer;
  gsize i;

  json_array_foreach ((json_t *) layers, i, layer)
    {
      const char *class_name = json_string_value (json_object_get (layer, "class_name"));

      if (class_name != NULL && (with_inputs || !is_input (layer)))
        g_hash_table_insert (keys, layer, cam_keras_unique_key (counts, class_name));
    }

  return keys;
}

static gboolean
parse_layers (CamKerasConfig  *self,
              GPtrArray       *chain,
              GHashTable      *keys,
              GError         **error)
{
  for (guint i = 0; i < chain->len; i++)
    {
      const json_t *layer = g_ptr_array_index (chain, i);
      json_t *parsed;

      if (i == 0 && is_input (layer))
        continue;
      parsed = cam_keras_layer_parse (layer, error);
      if (parsed == NULL)
        return FALSE;
      json_array_append_new (self->layers, parsed);
      g_ptr_array_add (self->weight_keys, g_strdup (g_hash_table_lookup (keys, layer)));
    }

  return json_array_size (self->layers) > 0 ? TRUE : fail_damaged (_("The model has no layers"), error);
}

/* The layers in the order of the calls; borrowed. */
static GPtrArray *
find_chain (const json_t  *model,
            gboolean      *is_functional,
            GError       **error)
{
  const char *class_name = json_string_value (json_object_get (model, "class_name"));
  const json_t *config = json_object_get (model, "config");
  const json_t *layers = json_is_array (config) ? config : json_object_get (config, "layers");
  GPtrArray *chain;
  json_t *layer;
  gsize i;

  *is_functional = g_strcmp0 (class_name, "Functional") == 0 || g_strcmp0 (class_name, "Model") == 0;
  if (class_name == NULL || (!*is_functional && !g_str_equal (class_name, "Sequential")))
    {
      g_set_error (error, CAM_FORMATS_ERROR, class_name == NULL ? CAM_FORMATS_ERROR_DAMAGED : CAM_FORMATS_ERROR_UNSUPPORTED,
                   _("“config.json” holds no Sequential or Functional model, but “%s”"), class_name != NULL ? class_name : "?");
      return NULL;
    }
  if (json_array_size (layers) == 0 || json_array_size (layers) > MAX_LAYERS)
    {
      fail_damaged (_("The model has no layers, or more than this program reads"), error);
      return NULL;
    }
  if (*is_functional)
    return cam_keras_chain_parse (config, error);

  chain = g_ptr_array_new ();
  json_array_foreach ((json_t *) layers, i, layer)
    g_ptr_array_add (chain, layer);

  return chain;
}

/* A layer that we lack is the plainer reason than a graph that branches. */
static gboolean
check_kinds (const json_t  *layers,
             GError       **error)
{
  json_t *layer;
  gsize i;

  json_array_foreach ((json_t *) layers, i, layer)
    {
      g_autoptr(json_t) parsed = is_input (layer) ? json_null () : cam_keras_layer_parse (layer, error);

      if (parsed == NULL)
        return FALSE;
    }

  return TRUE;
}

CamKerasConfig *
cam_keras_config_parse (const json_t  *model,
                        const json_t  *compile,
                        GError       **error)
{
  g_autoptr(CamKerasConfig) self = g_new0 (CamKerasConfig, 1);
  g_autoptr(GPtrArray) chain = NULL;
  g_autoptr(GHashTable) keys = NULL;
  const json_t *config = json_object_get (model, "config");
  const json_t *layers = json_is_array (config) ? config : json_object_get (config, "layers");
  const json_t *shape;
  gboolean is_functional;

  if (!check_kinds (layers, error))
    return NULL;
  chain = find_chain (model, &is_functional, error);
  if (chain == NULL)
    return NULL;

  shape = find_input_shape (model, g_ptr_array_index (chain, 0));
  if (shape == NULL)
    {
      g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_UNSUPPORTED,
                           _("The model was saved without its input shape: build it or fit it before saving"));
      return NULL;
    }
  if (!parse_shape (shape, &self->input, error))
    return NULL;

  self->layers = json_array ();
  self->weight_keys = g_ptr_array_new_with_free_func (g_free);
  keys = find_keys (layers, is_functional);
  if (!parse_layers (self, chain, keys, error))
    return NULL;

  cam_keras_compile_parse (compile, &self->loss, &self->metrics, &self->optimizer);

  return g_steal_pointer (&self);
}

void
cam_keras_config_free (CamKerasConfig *self)
{
  if (self == NULL)
    return;

  json_decref (self->layers);
  g_clear_pointer (&self->weight_keys, g_ptr_array_unref);
  json_decref (self->loss);
  json_decref (self->metrics);
  json_decref (self->optimizer);
  g_free (self);
}
