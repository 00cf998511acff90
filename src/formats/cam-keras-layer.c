/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One layer between Keras's files and ours, also a layer that holds others. Keys and values are in files of their own. */
#include "cam-keras-config.h"

#include <cam-activation.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-keras-file.h"
#include "cam-keras-keys.h"
#include "cam-keras-names.h"
#include "cam-keras-value.h"

/* Layers within layers are few; a file that nests deeper was made to harm. */
#define MOST_NESTED 8

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

/* The name of a layer within another: "forward_lstm". Keras makes a new one for every copy of a layer. g_free(). */
static char *
dup_inner_name (const json_t *description,
                const char   *prefix)
{
  const char *name = get_text (description, "name");
  g_autofree char *own = name != NULL ? g_strdup (name) : cam_keras_snake_case (get_text (description, "class_name"));

  return g_str_has_prefix (own, prefix) ? g_steal_pointer (&own) : g_strconcat (prefix, own, NULL);
}

/* A name that is made anew all the same says nothing. */
static void
drop_usual_name (json_t     *description,
                 const char *prefix)
{
  g_autofree char *kind = cam_keras_snake_case (get_text (description, "class_name"));
  g_autofree char *usual = g_strconcat (prefix, kind, NULL);

  if (g_strcmp0 (get_text (description, "name"), usual) == 0)
    json_object_del (description, "name");
}

/* [null, …]: the batch in front. */
static json_t *
build_shape (const CamShape *shape)
{
  json_t *list = json_pack ("[n]");

  for (guint d = 0; d < shape->n_dims; d++)
    json_array_append_new (list, json_integer ((json_int_t) shape->dims[d]));

  return list;
}

/* @description: a layer as a document has it; @is_whole: it receives the whole input, not each step by itself. It is told its shape: Keras 3.0 does not find its weights otherwise. */
static json_t *
build_inner (const json_t   *description,
             const char     *prefix,
             gboolean        is_turned,
             const CamShape *input,
             gboolean        is_whole)
{
  CamShape inner_input = { 0 };
  json_t *built;
  const CamLayerKind *kind = cam_layer_kind_find (get_text (description, "class_name"));
  g_autoptr(json_t) full = json_object ();
  g_autofree char *name = NULL;

  if (kind == NULL)
    return json_null ();
  name = dup_inner_name (description, prefix);
  json_object_update (full, (json_t *) description);
  json_object_set_new (full, "config", cam_fields_complete (cam_layer_kind_get_fields (kind), json_object_get (description, "config"), "", NULL));
  json_object_set_new (full, "name", json_string (name));
  if (is_turned)
    json_object_set_new (json_object_get (full, "config"), "go_backwards", json_boolean (!json_is_true (json_object_get (json_object_get (full, "config"), "go_backwards"))));

  for (guint d = is_whole ? 0 : 1; d < input->n_dims; d++)
    inner_input.dims[inner_input.n_dims++] = input->dims[d];
  built = cam_keras_layer_build (full, &inner_input);
  json_object_set_new (built, "build_config", json_pack ("{s:o}", "input_shape", build_shape (&inner_input)));

  return built;
}

/* The layers that this one holds. Of a Bidirectional both are written: the second is the first with its direction turned where none is given. */
static void
build_all_inner (const CamLayerKind *kind,
                 const json_t       *config,
                 const CamShape     *input,
                 json_t             *written)
{
  const CamField *fields = cam_layer_kind_get_fields (kind);
  const json_t *layer = json_object_get (config, "layer"), *back = json_object_get (config, "backward_layer");
  gboolean is_pair = cam_fields_find (fields, "backward_layer") != NULL;

  if (cam_fields_find (fields, "layer") == NULL)
    return;
  json_object_set_new (written, "layer", build_inner (layer, is_pair ? "forward_" : "", FALSE, input, is_pair));
  if (is_pair)
    json_object_set_new (written, "backward_layer", json_is_object (back) ? build_inner (back, "backward_", FALSE, input, TRUE) : build_inner (layer, "backward_", TRUE, input, TRUE));
}

json_t *
cam_keras_layer_build (const json_t   *layer,
                       const CamShape *input)
{
  const CamLayerKind *kind = cam_layer_kind_find (get_text (layer, "class_name"));
  const json_t *config = json_object_get (layer, "config");
  json_t *written = json_object ();
  g_autoptr(json_t) settings = cam_keras_keys_build (kind, config);

  json_object_set (written, "name", json_object_get (layer, "name"));
  if (cam_keras_keys_has_trainable (kind))
    json_object_set_new (written, "trainable", json_boolean (!json_is_false (json_object_get (layer, "trainable"))));
  json_object_set_new (written, "dtype", json_string ("float32"));
  json_object_update (written, settings);
  build_all_inner (kind, config, input, written);

  return json_pack ("{s:s, s:s, s:o, s:n}", "module", "keras.layers", "class_name", cam_layer_kind_get_name (kind), "config", written, "registered_name");
}

/* Reading */

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

static json_t *parse_layer (const json_t *layer, guint depth, GError **error);

/* A Bidirectional gives zeros for masked steps whatever its layers say; Keras writes it down all the same. New reference. */
static json_t *
drop_forced (const json_t *layer,
             const json_t *inner)
{
  json_t *copy = json_copy ((json_t *) inner);

  if (g_strcmp0 (get_text (layer, "class_name"), "Bidirectional") == 0 && json_is_object (json_object_get (inner, "config")))
    {
      json_object_set_new (copy, "config", json_copy (json_object_get (inner, "config")));
      json_object_del (json_object_get (copy, "config"), "zero_output_for_mask");
    }
  return copy;
}

/* @value as @field wants it; NULL with *ok: leave the key to its default. New reference. */
static json_t *
convert_value (const json_t    *layer,
               const CamField  *field,
               const json_t    *value,
               guint            depth,
               gboolean        *ok,
               GError         **error)
{
  g_autoptr(json_t) converted = NULL;

  *ok = TRUE;
  if (field->type == CAM_FIELD_OBJECT && json_is_object (value))
    {
      g_autoptr(json_t) plain = drop_forced (layer, value);
      json_t *inner = parse_layer (plain, depth + 1, error);

      *ok = inner != NULL;
      return inner;
    }

  converted = cam_keras_value_parse (field, value);
  if (cam_field_check (field, converted, "", NULL))
    return g_steal_pointer (&converted);

  *ok = cam_keras_keys_is_for_training (field->key);
  if (!*ok)
    fail_setting (layer, field->key, value, error);

  return NULL;
}

/* A layer of a kind that the engine lacks, as Activation where it is the same; else refused by name. */
static json_t *
parse_unknown (const json_t  *layer,
               const char    *name,
               const json_t  *config,
               GError       **error)
{
  g_autoptr(json_t) object = json_pack ("{s:O, s:O}", "class_name", json_object_get (layer, "class_name"), "config", config);
  g_autofree char *activation = cam_keras_activation_dup (object);
  g_autofree char *title = cam_keras_layer_title (layer);

  if (activation != NULL && cam_activation_find (activation) != NULL && cam_layer_kind_find ("Activation") != NULL)
    return json_pack ("{s:s, s:s, s:{s:s}}", "class_name", "Activation", "name", name, "config", "activation", activation);

  g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_UNSUPPORTED, _("%s is not supported by this version"), title);
  return NULL;
}

/* A Masking of NaN marks nothing, as no number is NaN's equal; the file's NaN is read as null. */
static gboolean
marks_nothing (const char   *class_name,
               const json_t *config)
{
  return g_str_equal (class_name, "Masking") && json_is_null (json_object_get (config, "mask_value"));
}

/* The second layer of a Bidirectional where it is the first one turned: it goes without saying. */
static void
drop_turned (json_t *settings)
{
  const json_t *layer = json_object_get (settings, "layer"), *back = json_object_get (settings, "backward_layer");
  g_autoptr(json_t) turned = NULL;
  g_autoptr(json_t) given = NULL;
  const CamLayerKind *kind;

  if (back == NULL || g_strcmp0 (get_text (layer, "class_name"), get_text (back, "class_name")) != 0)
    return;
  kind = cam_layer_kind_find (get_text (layer, "class_name"));
  turned = cam_fields_complete (cam_layer_kind_get_fields (kind), json_object_get (layer, "config"), "", NULL);
  given = cam_fields_complete (cam_layer_kind_get_fields (kind), json_object_get (back, "config"), "", NULL);
  json_object_set_new (turned, "go_backwards", json_boolean (!json_is_true (json_object_get (turned, "go_backwards"))));
  if (json_equal (turned, given) && json_is_false (json_object_get (layer, "trainable")) == json_is_false (json_object_get (back, "trainable")))
    json_object_del (settings, "backward_layer");
}

static json_t *
parse_settings (const json_t        *layer,
                const CamLayerKind  *kind,
                const json_t        *config,
                guint                depth,
                GError             **error)
{
  static const char *const inner_keys[] = { "layer", "backward_layer" }, *const prefixes[] = { "forward_", "backward_" };
  g_autoptr(json_t) settings = json_object ();
  const char *fault;

  for (const CamField *field = cam_layer_kind_get_fields (kind); field->key != NULL; field++)
    {
      const json_t *value = json_object_get (config, field->key);
      json_t *converted;
      gboolean ok = TRUE;

      if (value == NULL)
        continue;
      converted = convert_value (layer, field, value, depth, &ok, error);
      if (!ok)
        return NULL;
      if (converted != NULL)
        json_object_set_new (settings, field->key, converted);
    }
  drop_turned (settings);
  for (guint i = 0; i < G_N_ELEMENTS (inner_keys); i++)
    {
      json_t *inner = json_object_get (settings, inner_keys[i]);
      gboolean is_pair = cam_fields_find (cam_layer_kind_get_fields (kind), "backward_layer") != NULL;

      if (json_is_object (inner))
        drop_usual_name (inner, is_pair ? prefixes[i] : "");
    }

  fault = cam_keras_keys_find_fault (kind, config);
  if (fault != NULL)
    {
      fail_setting (layer, fault, json_object_get (config, fault), error);
      return NULL;
    }

  return g_steal_pointer (&settings);
}

static json_t *
parse_layer (const json_t  *layer,
             guint          depth,
             GError       **error)
{
  const char *class_name = get_text (layer, "class_name");
  const char *name = get_text (json_object_get (layer, "config"), "name");
  const CamLayerKind *kind;
  g_autoptr(json_t) config = NULL;
  json_t *settings, *parsed;

  if (class_name == NULL || name == NULL || !json_is_object (json_object_get (layer, "config")) || depth > MOST_NESTED)
    {
      g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED, _("A layer in “config.json” has no kind, name or settings"));
      return NULL;
    }

  config = cam_keras_keys_rename (class_name, json_object_get (layer, "config"));
  if (marks_nothing (class_name, config))
    return json_pack ("{s:s, s:s, s:{s:s}}", "class_name", "Activation", "name", name, "config", "activation", "linear");
  kind = cam_layer_kind_find (class_name);
  if (kind == NULL)
    return parse_unknown (layer, name, config, error);
  settings = parse_settings (layer, kind, config, depth, error);
  if (settings == NULL)
    return NULL;

  parsed = json_pack ("{s:s, s:s, s:o}", "class_name", class_name, "name", name, "config", settings);
  if (json_is_false (json_object_get (config, "trainable")))
    json_object_set_new (parsed, "trainable", json_false ());

  return parsed;
}

json_t *
cam_keras_layer_parse (const json_t  *layer,
                       GError       **error)
{
  return parse_layer (layer, 0, error);
}
