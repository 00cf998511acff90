/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON Schema of the document, put together from the tables that also check it. */
#include "cam-experiment-private.h"

static json_t *
text_schema (const char *description)
{
  return json_pack ("{s:s, s:s}", "type", "string", "description", description);
}

/* { "class_name": one of the names, "config": its settings } */
static json_t *
object_schema (json_t         *names,          /* taken */
               const char     *description,
               const CamField *fields)
{
  return json_pack ("{s:s, s:s*, s:{s:{s:o}, s:o}, s:[s], s:b}", "type", "object", "description", description,
                    "properties", "class_name", "enum", names, "config", cam_fields_schema (fields),
                    "required", "class_name", "additionalProperties", 0);
}

static json_t *
layer_schema (void)
{
  const CamLayerKind *const *kinds = cam_layer_kind_list ();
  json_t *choices = json_array ();

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      json_t *choice = object_schema (json_pack ("[s]", cam_layer_kind_get_name (kinds[i])), cam_layer_kind_get_note (kinds[i]), cam_layer_kind_get_fields (kinds[i]));

      json_object_set_new (json_object_get (choice, "properties"), "name", json_pack ("{s:s, s:i}", "type", "string", "minLength", 1));
      json_object_set_new (json_object_get (choice, "properties"), "trainable",
                           json_pack ("{s:s, s:s, s:b}", "type", "boolean", "description", "False: its weights stay as they are.", "default", 1));
      json_object_set_new (json_object_get (choice, "properties"), "enabled",
                           json_pack ("{s:s, s:s, s:b}", "type", "boolean", "description", "False: it keeps its place, but the network is made without it.", "default", 1));
      json_array_append_new (choices, choice);
    }

  return json_pack ("{s:o}", "anyOf", choices);
}

/* A name, or an object of class name and settings. */
static json_t *
kind_schema (CamKindOf of)
{
  const CamKind *const *kinds = cam_kind_list (of);
  json_t *names = json_array (), *choices = json_array ();

  json_array_append_new (choices, json_pack ("{s:o}", "enum", names));
  for (guint i = 0; kinds[i] != NULL; i++)
    {
      json_array_append_new (names, json_string (kinds[i]->name));
      json_array_append_new (names, json_string (kinds[i]->class_name));
      json_array_append_new (choices, object_schema (json_pack ("[s, s]", kinds[i]->class_name, kinds[i]->name), kinds[i]->note, kinds[i]->fields));
    }

  return json_pack ("{s:o}", "anyOf", choices);
}

static json_t *
list_schema (const char *definition)
{
  return json_pack ("{s:s, s:{s:s}}", "type", "array", "items", "$ref", definition);
}

static json_t *
fit_schema (void)
{
  json_t *schema = cam_fields_schema (cam_experiment_fit_fields);

  json_object_set_new (json_object_get (schema, "properties"), "initial_weights",
                       text_schema ("A .keras model whose weights the fit begins with, seen from the document."));
  json_object_set_new (json_object_get (schema, "properties"), "class_weight",
                       json_pack ("{s:[{s:[s]}, {s:s, s:{s:s, s:i}}], s:s}", "anyOf", "enum", "balanced", "type", "object", "additionalProperties", "type", "number", "minimum", 0,
                                  "description", "What a row counts in training by its class, the number of the class as the key; “balanced”: each class the same in all."));
  json_object_set_new (json_object_get (schema, "properties"), "weighted_metrics", list_schema ("#/$defs/metric"));

  return schema;
}

json_t *
cam_experiment_schema (void)
{
  json_t *properties = json_object ();

  json_object_set_new (properties, "camadas", json_pack ("{s:i, s:s}", "const", CAM_EXPERIMENT_VERSION, "description", "The version of the document."));
  json_object_set_new (properties, "name", text_schema ("What the experiment is called."));
  json_object_set_new (properties, "description", text_schema ("What it is about, in a sentence or two."));
  json_object_set_new (properties, "data", cam_dataset_data_schema ());
  json_object_set_new (properties, "split", cam_dataset_split_schema ());
  json_object_set_new (properties, "network", list_schema ("#/$defs/layer"));
  json_object_set_new (properties, "loss", json_pack ("{s:s}", "$ref", "#/$defs/loss"));
  json_object_set_new (properties, "metrics", list_schema ("#/$defs/metric"));
  json_object_set_new (properties, "optimizer", json_pack ("{s:s}", "$ref", "#/$defs/optimizer"));
  json_object_set_new (properties, "fit", fit_schema ());
  json_object_set_new (properties, "callbacks", list_schema ("#/$defs/callback"));

  return json_pack ("{s:s, s:s, s:s, s:o, s:[s, s, s], s:b, s:{s:o, s:o, s:o, s:o, s:o}}",
                    "$schema", "https://json-schema.org/draft/2020-12/schema", "title", "Camadas experiment", "type", "object",
                    "properties", properties, "required", "camadas", "data", "network", "additionalProperties", 0,
                    "$defs", "layer", layer_schema (), "loss", kind_schema (CAM_KIND_LOSS), "metric", kind_schema (CAM_KIND_METRIC),
                    "optimizer", kind_schema (CAM_KIND_OPTIMIZER), "callback", kind_schema (CAM_KIND_CALLBACK));
}
