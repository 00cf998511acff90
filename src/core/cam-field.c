/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Field tables: checks, defaults, JSON Schema and typed look-ups from one description. */
#include "cam-field.h"

#include <glib/gi18n-lib.h>
#include <math.h>

const CamField *
cam_fields_find (const CamField *fields,
                 const char     *key)
{
  for (const CamField *field = fields; field->key != NULL; field++)
    if (g_str_equal (field->key, key))
      return field;

  return NULL;
}

json_t *
cam_fields_default (const CamField *field)
{
  switch (field->type)
    {
    case CAM_FIELD_BOOL:
      return json_boolean (field->default_number != 0.0);
    case CAM_FIELD_CHOICE:
      return field->default_text != NULL ? json_string (field->default_text) : json_null ();
    case CAM_FIELD_INT:
      return isnan (field->default_number) ? json_null () : json_integer ((json_int_t) field->default_number);
    case CAM_FIELD_FLOAT:
    default:
      return isnan (field->default_number) ? json_null () : json_real (field->default_number);
    }
}

static gboolean
check_number (const CamField  *field,
              double           number,
              const char      *where,
              GError         **error)
{
  gboolean low_ok = field->flags & CAM_FIELD_MIN_OPEN ? number > field->min : number >= field->min;
  gboolean high_ok = field->flags & CAM_FIELD_MAX_OPEN ? number < field->max : number <= field->max;

  if (low_ok && high_ok && isfinite (number))
    return TRUE;

  if (isinf (field->max))
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE,
                 field->flags & CAM_FIELD_MIN_OPEN ? _("%s: “%s” is %g; it must be above %g") : _("%s: “%s” is %g; it must be at least %g"),
                 where, field->key, number, field->min);
  else
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE,
                 /* translators: the two words say whether the bounds belong to the range */
                 _("%s: “%s” is %g; it must be %s %g and %s %g"), where, field->key, number,
                 field->flags & CAM_FIELD_MIN_OPEN ? _("above") : _("at least"), field->min,
                 field->flags & CAM_FIELD_MAX_OPEN ? _("below") : _("at most"), field->max);

  return FALSE;
}

static gboolean
fail (const CamField  *field,
      const char      *where,
      const char      *wanted,
      GError         **error)
{
  g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: “%s” must be %s"), where, field->key, wanted);
  return FALSE;
}

gboolean
cam_field_check (const CamField  *field,
                 const json_t    *value,
                 const char      *where,
                 GError         **error)
{
  if (json_is_null (value))
    return field->flags & CAM_FIELD_NULLABLE ? TRUE : fail (field, where, _("given; null is not allowed"), error);

  switch (field->type)
    {
    case CAM_FIELD_BOOL:
      return json_is_boolean (value) ? TRUE : fail (field, where, _("true or false"), error);

    case CAM_FIELD_INT:
      if (!json_is_integer (value))
        return fail (field, where, _("a whole number"), error);
      return check_number (field, (double) json_integer_value (value), where, error);

    case CAM_FIELD_FLOAT:
      if (!json_is_number (value))
        return fail (field, where, _("a number"), error);
      return check_number (field, json_number_value (value), where, error);

    case CAM_FIELD_CHOICE:
    default:
      if (!json_is_string (value) || !g_strv_contains (field->choices, json_string_value (value)))
        {
          g_autofree char *list = g_strjoinv (", ", (char **) field->choices);
          g_autofree char *wanted = g_strdup_printf (_("one of %s"), list);

          return fail (field, where, wanted, error);
        }
      return TRUE;
    }
}

static gboolean
check_known (const CamField  *fields,
             const json_t    *given,
             const char      *where,
             GError         **error)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();

  for (const CamField *field = fields; field->key != NULL; field++)
    g_ptr_array_add (keys, (gpointer) field->key);
  g_ptr_array_add (keys, NULL);

  return cam_json_check_keys (given, (const char *const *) keys->pdata, where, error);
}

json_t *
cam_fields_complete (const CamField  *fields,
                     const json_t    *given,
                     const char      *where,
                     GError         **error)
{
  g_autoptr(json_t) complete = json_object ();

  if (given != NULL && !check_known (fields, given, where, error))
    return NULL;

  for (const CamField *field = fields; field->key != NULL; field++)
    {
      json_t *value = json_object_get (given, field->key);

      if (value == NULL)
        {
          json_object_set_new (complete, field->key, cam_fields_default (field));
          continue;
        }
      if (!cam_field_check (field, value, where, error))
        return NULL;
      /* Kept as a float, so that it is written as one: Keras tells 0 from 0.0. */
      if (field->type == CAM_FIELD_FLOAT && json_is_number (value))
        json_object_set_new (complete, field->key, json_real (json_number_value (value)));
      else
        json_object_set_new (complete, field->key, json_deep_copy (value));
    }

  return g_steal_pointer (&complete);
}

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

static json_t *
field_schema (const CamField *field)
{
  static const char *const types[] = { "integer", "number", "boolean", "string" };
  json_t *schema = json_object ();
  gboolean nullable = field->flags & CAM_FIELD_NULLABLE;

  if (nullable)
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

double
cam_fields_number (const json_t *complete,
                   const char   *key)
{
  const json_t *value = json_object_get (complete, key);

  return json_is_number (value) ? json_number_value (value) : NAN;
}

gint64
cam_fields_int (const json_t *complete,
                const char   *key)
{
  return json_integer_value (json_object_get (complete, key));
}

gboolean
cam_fields_bool (const json_t *complete,
                 const char   *key)
{
  return json_is_true (json_object_get (complete, key));
}

const char *
cam_fields_choice (const json_t *complete,
                   const char   *key)
{
  return json_string_value (json_object_get (complete, key));
}
