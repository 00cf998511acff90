/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Field tables as JSON Schema. */
#include "cam-field.h"

#include <math.h>

static json_t *
bound (const CamField *field,
       double          value)
{
  return field->type == CAM_FIELD_INT && fabs (value) < 0x1p53 ? json_integer ((json_int_t) value) : json_real (value);
}

static void
add_bounds (const CamField *field,
            json_t         *schema)
{
  if (isfinite (field->min))
    json_object_set_new (schema, field->flags & CAM_FIELD_MIN_OPEN ? "exclusiveMinimum" : "minimum", bound (field, field->min));
  if (isfinite (field->max))
    json_object_set_new (schema, field->flags & CAM_FIELD_MAX_OPEN ? "exclusiveMaximum" : "maximum", bound (field, field->max));
}

/* One number, or a list of them. */
static json_t *
list_schema (const CamField *field)
{
  json_t *number = json_pack ("{s:s}", "type", field->type == CAM_FIELD_FLOATS ? "number" : "integer");
  json_t *list = json_pack ("{s:s, s:O}", "type", "array", "items", number);

  add_bounds (field, number);
  if (field->default_number > 0)
    {
      json_object_set_new (list, "minItems", json_integer ((json_int_t) field->default_number));
      json_object_set_new (list, "maxItems", json_integer ((json_int_t) field->default_number));
    }

  return json_pack ("[o, o]", number, list);
}

static json_t *
pairs_schema (const CamField *field)
{
  json_t *number = json_pack ("{s:s}", "type", "integer");
  json_t *pair = json_pack ("{s:s, s:O, s:i, s:i}", "type", "array", "items", number, "minItems", 2, "maxItems", 2);
  json_t *either = json_pack ("{s:[O, o]}", "anyOf", number, pair);
  json_t *list = json_pack ("{s:s, s:o}", "type", "array", "items", either);

  add_bounds (field, number);
  return json_pack ("[o, o]", number, list);
}

/* Names, and for those with settings objects. */
static json_t *
variants_schema (const CamField *field)
{
  json_t *names = json_array (), *any = json_array ();

  for (guint i = 0; field->variants[i] != NULL; i++)
    {
      const CamVariant *variant = field->variants[i];

      json_array_append_new (names, json_string (variant->name));
      json_array_append_new (any, json_pack ("{s:s, s:{s:{s:[s, s]}, s:o}, s:[s], s:b}", "type", "object",
                                             "properties", "class_name", "enum", variant->class_name, variant->name,
                                             "config", cam_fields_schema (variant->fields), "required", "class_name", "additionalProperties", 0));
    }
  json_array_insert_new (any, 0, json_pack ("{s:o}", "enum", names));
  if (field->flags & CAM_FIELD_OR_NUMBER)
    {
      json_t *number = json_pack ("{s:s}", "type", "number");

      add_bounds (field, number);
      json_array_insert_new (any, 0, number);
    }

  return any;
}

static json_t *
field_schema (const CamField *field)
{
  static const char *const types[] = { "integer", "number", "boolean", "string", "string", NULL, NULL, NULL, NULL, "object" };
  json_t *schema = json_object (), *any = NULL;
  gboolean nullable = field->flags & CAM_FIELD_NULLABLE;

  if (types[field->type] == NULL)
    {
      any = field->type == CAM_FIELD_VARIANT ? variants_schema (field) : field->type == CAM_FIELD_PAIRS ? pairs_schema (field) : list_schema (field);
      if (nullable)
        json_array_append_new (any, json_pack ("{s:s}", "type", "null"));
      json_object_set_new (schema, "anyOf", any);
    }
  else if (nullable)
    json_object_set_new (schema, "type", json_pack ("[s, s]", types[field->type], "null"));
  else
    json_object_set_new (schema, "type", json_string (types[field->type]));

  if (field->type == CAM_FIELD_INT || field->type == CAM_FIELD_FLOAT)
    add_bounds (field, schema);
  if (field->type == CAM_FIELD_CHOICE)
    {
      json_t *list = json_array ();

      for (guint i = 0; field->choices[i] != NULL; i++)
        json_array_append_new (list, json_string (field->choices[i]));
      if (nullable)
        json_array_append_new (list, json_null ());
      json_object_set_new (schema, "enum", list);
    }
  if (field->hint != NULL)
    json_object_set_new (schema, "description", json_string (field->hint));
  json_object_set_new (schema, "default", cam_fields_default (field));

  return schema;
}

json_t *
cam_fields_schema (const CamField *fields)
{
  json_t *properties = json_object ();

  for (const CamField *field = fields; field->key != NULL; field++)
    json_object_set_new (properties, field->key, field_schema (field));

  return json_pack ("{s:s, s:o, s:b}", "type", "object", "properties", properties, "additionalProperties", 0);
}
