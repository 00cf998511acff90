/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Field tables: what is filled in, what is refused and with which words, and the schema that says the same. */
#include <cam-field.h>
#include <math.h>
#include <string.h>

static const char *const modes[] = { "auto", "min", "max", NULL };

static const CamField fields[] = {
  CAM_F_INT ("units", "Units", "How many.", 16, 1, 1000, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("rate", "Rate", NULL, 0.001, 0, INFINITY, CAM_FIELD_MIN_OPEN | CAM_FIELD_LOG),
  CAM_F_FLOAT ("share", "Share", NULL, 0, 0, 1, CAM_FIELD_MAX_OPEN),
  CAM_F_FLOAT ("clip", "Clip", NULL, NAN, 0, INFINITY, CAM_FIELD_NULLABLE),
  CAM_F_BOOL ("bias", "Bias", NULL, 1, CAM_FIELD_PLAIN),
  CAM_F_CHOICE ("mode", "Mode", NULL, "auto", modes, CAM_FIELD_PLAIN),
  CAM_F_CHOICE ("kind", "Kind", NULL, NULL, modes, CAM_FIELD_NULLABLE),
  CAM_F_END,
};

static json_t *
complete (const char  *text,
          GError     **error)
{
  g_autoptr(json_t) given = text != NULL ? cam_json_parse (text, strlen (text), NULL) : NULL;

  g_assert_true (text == NULL || given != NULL);
  return cam_fields_complete (fields, given, "layer 2 (Dense)", error);
}

static void
test_defaults (void)
{
  g_autoptr(json_t) all = complete (NULL, NULL);
  g_autofree char *text = cam_json_dump (all, FALSE);

  g_assert_cmpstr (text, ==, "{\"units\":16,\"rate\":0.001,\"share\":0.0,\"clip\":null,\"bias\":true,\"mode\":\"auto\",\"kind\":null}");
  g_assert_cmpint (cam_fields_int (all, "units"), ==, 16);
  g_assert_cmpfloat (cam_fields_number (all, "rate"), ==, 0.001);
  g_assert_true (isnan (cam_fields_number (all, "clip")));
  g_assert_true (cam_fields_bool (all, "bias"));
  g_assert_cmpstr (cam_fields_choice (all, "mode"), ==, "auto");
  g_assert_null (cam_fields_choice (all, "kind"));
  g_assert_true (cam_fields_find (fields, "clip") == &fields[3]);
  g_assert_null (cam_fields_find (fields, "clips"));
}

static void
test_given (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) all = complete ("{\"kind\": \"max\", \"share\": 0, \"units\": 1000, \"clip\": 2, \"bias\": false}", &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = cam_json_dump (all, FALSE);
  /* In the table's order; a whole number given for a float is written as a float. */
  g_assert_cmpstr (text, ==, "{\"units\":1000,\"rate\":0.001,\"share\":0.0,\"clip\":2.0,\"bias\":false,\"mode\":\"auto\",\"kind\":\"max\"}");
}

typedef struct
{
  const char   *name, *text, *part;
  CamJsonError  code;
} Refused;

static const Refused refused[] = {
  { "unknown-key", "{\"unit\": 3}", "“unit”", CAM_JSON_ERROR_KEY },
  { "not-an-object", "[]", "object", CAM_JSON_ERROR_VALUE },
  { "int/below", "{\"units\": 0}", "“units” is 0; it must be at least 1 and at most 1000", CAM_JSON_ERROR_VALUE },
  { "int/above", "{\"units\": 1001}", "at most 1000", CAM_JSON_ERROR_VALUE },
  { "int/fraction", "{\"units\": 1.5}", "a whole number", CAM_JSON_ERROR_VALUE },
  { "int/text", "{\"units\": \"3\"}", "a whole number", CAM_JSON_ERROR_VALUE },
  { "int/null", "{\"units\": null}", "null", CAM_JSON_ERROR_VALUE },
  { "float/open-minimum", "{\"rate\": 0}", "“rate” is 0; it must be above 0", CAM_JSON_ERROR_VALUE },
  { "float/open-maximum", "{\"share\": 1}", "below 1", CAM_JSON_ERROR_VALUE },
  { "float/text", "{\"rate\": \"fast\"}", "a number", CAM_JSON_ERROR_VALUE },
  { "float/true", "{\"rate\": true}", "a number", CAM_JSON_ERROR_VALUE },
  { "bool/number", "{\"bias\": 1}", "true or false", CAM_JSON_ERROR_VALUE },
  { "choice/other", "{\"mode\": \"maximum\"}", "one of auto, min, max", CAM_JSON_ERROR_VALUE },
  { "choice/number", "{\"mode\": 1}", "one of auto, min, max", CAM_JSON_ERROR_VALUE },
  { "choice/null", "{\"mode\": null}", "null", CAM_JSON_ERROR_VALUE },
};

static void
test_refused (gconstpointer data)
{
  const Refused *c = data;
  g_autoptr(GError) error = NULL;

  g_assert_null (complete (c->text, &error));
  g_assert_error (error, CAM_JSON_ERROR, (int) c->code);
  g_assert_true (g_str_has_prefix (error->message, "layer 2 (Dense): "));
  if (strstr (error->message, c->part) == NULL)
    g_error ("%s", error->message);
}

static void
test_schema (void)
{
  g_autoptr(json_t) schema = cam_fields_schema (fields);
  json_t *properties = json_object_get (schema, "properties");
  g_autofree char *units = cam_json_dump (json_object_get (properties, "units"), FALSE);
  g_autofree char *rate = cam_json_dump (json_object_get (properties, "rate"), FALSE);
  g_autofree char *kind = cam_json_dump (json_object_get (properties, "kind"), FALSE);

  g_assert_true (json_is_false (json_object_get (schema, "additionalProperties")));
  g_assert_cmpuint (json_object_size (properties), ==, 7);
  g_assert_cmpstr (units, ==, "{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000,\"description\":\"How many.\",\"default\":16}");
  g_assert_cmpstr (rate, ==, "{\"type\":\"number\",\"exclusiveMinimum\":0.0,\"default\":0.001}");
  g_assert_cmpstr (kind, ==, "{\"type\":[\"string\",\"null\"],\"enum\":[\"auto\",\"min\",\"max\",null],\"default\":null}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/field/defaults", test_defaults);
  g_test_add_func ("/core/field/given", test_given);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/core/field/refused/", refused[i].name, NULL);

      g_test_add_data_func (path, &refused[i], test_refused);
    }
  g_test_add_func ("/core/field/schema", test_schema);

  return g_test_run ();
}
