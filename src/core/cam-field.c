/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Field tables: checks, defaults and typed look-ups from one description. */
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

const CamVariant *
cam_variant_find (const CamVariant *const *variants,
                  const char              *name)
{
  for (guint i = 0; name != NULL && variants != NULL && variants[i] != NULL; i++)
    if (g_str_equal (variants[i]->name, name) || g_str_equal (variants[i]->class_name, name))
      return variants[i];

  return NULL;
}

/* "3, 3" as a list. */
static json_t *
parse_list (const CamField *field)
{
  g_auto(GStrv) parts = g_strsplit (field->default_text, ",", -1);
  json_t *list = json_array ();

  for (guint i = 0; parts[i] != NULL; i++)
    json_array_append_new (list, field->type == CAM_FIELD_FLOATS ? json_real (g_ascii_strtod (parts[i], NULL))
                                                                 : json_integer (g_ascii_strtoll (parts[i], NULL, 10)));

  return list;
}

/* A flat list of numbers, two for each pair, as a list of pairs. */
static json_t *
make_pairs (const json_t *flat)
{
  json_t *pairs = json_array ();

  for (gsize i = 0; i + 1 < json_array_size (flat); i += 2)
    json_array_append_new (pairs, json_pack ("[O, O]", json_array_get (flat, i), json_array_get (flat, i + 1)));

  return pairs;
}

json_t *
cam_fields_default (const CamField *field)
{
  switch (field->type)
    {
    case CAM_FIELD_OBJECT:
      return json_null ();
    case CAM_FIELD_TEXT:
      return field->default_text != NULL ? json_string (field->default_text) : json_null ();
    case CAM_FIELD_INTS:
    case CAM_FIELD_FLOATS:
      return field->default_text != NULL ? parse_list (field) : json_null ();
    case CAM_FIELD_PAIRS:
      {
        g_autoptr(json_t) flat = field->default_text != NULL ? parse_list (field) : NULL;

        return flat != NULL ? make_pairs (flat) : json_null ();
      }
    case CAM_FIELD_VARIANT:
      if (field->flags & CAM_FIELD_OR_NUMBER)
        return json_real (field->default_number);
      return field->default_text != NULL ? json_string (field->default_text) : json_null ();
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

  if (isinf (field->max) && isinf (field->min))
    g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: “%s” is %g; it must be a finite number"), where, field->key, number);
  else if (isinf (field->max))
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

static gboolean
check_list (const CamField  *field,
            const json_t    *list,
            guint            wanted,
            const char      *where,
            GError         **error)
{
  gsize n = json_array_size (list);

  if (n == 0 || (wanted > 0 && n != wanted))
    {
      g_autofree char *text = wanted > 0 ? g_strdup_printf (ngettext ("a list of %u number", "a list of %u numbers", wanted), wanted) : g_strdup (_("a list of numbers"));

      return fail (field, where, text, error);
    }

  for (gsize i = 0; i < n; i++)
    {
      const json_t *value = json_array_get (list, i);

      if (field->type == CAM_FIELD_FLOATS ? !json_is_number (value) : !json_is_integer (value))
        return fail (field, where, field->type == CAM_FIELD_FLOATS ? _("a list of numbers") : _("a list of whole numbers"), error);
      if (!check_number (field, json_number_value (value), where, error))
        return FALSE;
    }

  return TRUE;
}

/* One number for all of a list's places, one for each pair, or the pairs: as a flat list; NULL: none of these. */
static json_t *
flatten_pairs (const CamField *field,
               const json_t   *value)
{
  guint n = (guint) field->default_number;
  g_autoptr(json_t) flat = json_array ();

  for (guint i = 0; i < n; i++)
    {
      json_t *pair = json_is_array (value) ? json_array_get (value, i) : (json_t *) value;

      /* [1, 2] is the pair itself where there is one only. */
      if (n == 1 && json_is_array (value) && json_array_size (value) == 2)
        pair = (json_t *) value;
      if (json_is_integer (pair))
        {
          json_array_append (flat, pair);
          json_array_append (flat, pair);
        }
      else if (json_array_size (pair) == 2)
        json_array_extend (flat, pair);
      else
        return NULL;
    }

  if (json_is_array (value) && json_array_size (value) != n && !(n == 1 && json_array_size (value) == 2))
    return NULL;

  return g_steal_pointer (&flat);
}

static gboolean
check_pairs (const CamField  *field,
             const json_t    *value,
             const char      *where,
             GError         **error)
{
  guint n = (guint) field->default_number;
  g_autoptr(json_t) flat = flatten_pairs (field, value);
  g_autofree char *wanted = NULL;

  if (flat != NULL)
    return check_list (field, flat, 2 * n, where, error);

  wanted = g_strdup_printf (ngettext ("a number, or %u pair of them", "a number, or %u pairs of them", n), n);
  return fail (field, where, wanted, error);
}

static char *
list_variants (const CamField *field)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; field->variants[i] != NULL; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", field->variants[i]->name);

  return g_string_free (list, FALSE);
}

/* @value as the document keeps it: a name stays a name, an object gets all its settings. NULL: it is not allowed. */
static json_t *
complete_variant (const CamField  *field,
                  const json_t    *value,
                  const char      *where,
                  GError         **error)
{
  static const char *const keys[] = { "class_name", "config", NULL };
  g_autofree char *place = g_strdup_printf ("%s, %s", where, field->key);
  const char *name = json_string_value (value);
  const CamVariant *variant;
  json_t *config;

  if (json_is_number (value) && (field->flags & CAM_FIELD_OR_NUMBER))
    return check_number (field, json_number_value (value), where, error) ? json_real (json_number_value (value)) : NULL;

  if (json_is_object (value) &&
      (!cam_json_check_keys (value, keys, place, error) || !cam_json_get_string (value, "class_name", place, TRUE, &name, error)))
    return NULL;

  variant = cam_variant_find (field->variants, name);
  if (variant == NULL)
    {
      g_autofree char *list = list_variants (field);
      g_autofree char *wanted = g_strdup_printf (field->flags & CAM_FIELD_OR_NUMBER ? _("a number, or one of %s") : _("one of %s"), list);

      fail (field, where, wanted, error);
      return NULL;
    }
  if (json_is_string (value))
    return json_string (variant->name);

  config = cam_fields_complete (variant->fields, json_object_get (value, "config"), place, error);
  return config != NULL ? json_pack ("{s:s, s:o}", "class_name", variant->class_name, "config", config) : NULL;
}

const CamVariant *
cam_field_variant (const CamField  *field,
                   const json_t    *value,
                   json_t         **config)
{
  const char *name = json_is_object (value) ? json_string_value (json_object_get (value, "class_name")) : json_string_value (value);
  const CamVariant *variant = cam_variant_find (field->variants, name);

  *config = variant != NULL ? cam_fields_complete (variant->fields, json_object_get (value, "config"), "", NULL) : NULL;
  return *config != NULL ? variant : NULL;
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
    case CAM_FIELD_OBJECT:
      return json_is_object (value) ? TRUE : fail (field, where, _("an object"), error);

    case CAM_FIELD_TEXT:
      return json_is_string (value) ? TRUE : fail (field, where, _("a text"), error);

    case CAM_FIELD_INTS:
    case CAM_FIELD_FLOATS:
      if (json_is_number (value))
        {
          if (field->type == CAM_FIELD_INTS && !json_is_integer (value))
            return fail (field, where, _("a whole number, or a list of them"), error);
          return check_number (field, json_number_value (value), where, error);
        }
      return check_list (field, value, (guint) field->default_number, where, error);

    case CAM_FIELD_PAIRS:
      return check_pairs (field, value, where, error);

    case CAM_FIELD_VARIANT:
      {
        g_autoptr(json_t) complete = complete_variant (field, value, where, error);

        return complete != NULL;
      }

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

/* A checked value as the document keeps it. */
static json_t *
complete_value (const CamField *field,
                const json_t   *value)
{
  /* Kept as a float, so that it is written as one: Keras tells 0 from 0.0. */
  if (field->type == CAM_FIELD_FLOAT && json_is_number (value))
    return json_real (json_number_value (value));

  if ((field->type == CAM_FIELD_INTS || field->type == CAM_FIELD_FLOATS) && !json_is_null (value))
    {
      json_t *list = json_array ();
      gsize n = json_is_array (value) ? json_array_size (value) : (gsize) MAX (field->default_number, 1);

      for (gsize i = 0; i < n; i++)
        {
          const json_t *number = json_is_array (value) ? json_array_get (value, i) : value;

          json_array_append_new (list, field->type == CAM_FIELD_INTS ? json_integer (json_integer_value (number)) : json_real (json_number_value (number)));
        }
      return list;
    }

  if (field->type == CAM_FIELD_PAIRS && !json_is_null (value))
    {
      g_autoptr(json_t) flat = flatten_pairs (field, value);

      return make_pairs (flat);
    }

  if (field->type == CAM_FIELD_VARIANT && !json_is_null (value))
    return complete_variant (field, value, "", NULL);

  return json_deep_copy (value);
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
      json_object_set_new (complete, field->key, complete_value (field, value));
    }

  return g_steal_pointer (&complete);
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

/* The numbers of a list, or of a list of pairs. */
static guint
read_list (const json_t *list,
           double       *values,
           guint         most)
{
  guint n = 0;

  for (gsize i = 0; i < json_array_size (list) && n < most; i++)
    {
      const json_t *value = json_array_get (list, i);

      if (json_is_array (value))
        n += read_list (value, values + n, most - n);
      else
        values[n++] = json_number_value (value);
    }

  return n;
}

guint
cam_fields_floats (const json_t *complete,
                   const char   *key,
                   double       *values,
                   guint         most)
{
  return read_list (json_object_get (complete, key), values, most);
}

guint
cam_fields_ints (const json_t *complete,
                 const char   *key,
                 gint64       *values,
                 guint         most)
{
  g_autofree double *numbers = g_new (double, MAX (most, 1));
  guint n = read_list (json_object_get (complete, key), numbers, most);

  for (guint i = 0; i < n; i++)
    values[i] = (gint64) numbers[i];

  return n;
}

const char *
cam_fields_choice (const json_t *complete,
                   const char   *key)
{
  return json_string_value (json_object_get (complete, key));
}
