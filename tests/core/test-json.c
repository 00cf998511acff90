/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what Python writes, look-ups that say where they failed, writing that a person can read and that is whole. */
#include <cam-json.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "../comma-locale.h"

static json_t *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (json);
  return json;
}

static void
check_dump (const char *text,
            const char *expected)
{
  g_autoptr(json_t) json = parse (text);
  g_autofree char *dumped = cam_json_dump (json, FALSE);

  g_assert_cmpstr (dumped, ==, expected);
}

static void
test_special_numbers (void)
{
  check_dump ("[NaN, -Infinity, Infinity,1]", "[null,null,null,1]");
  check_dump ("{\"NaN\": NaN}", "{\"NaN\":null}");
  check_dump ("NaN", "null");
  /* Strings are left alone, behind escaped quotes and backslashes too. */
  check_dump ("[\"NaN, Infinity\", \"\\\"NaN\", \"\\\\\", NaN]", "[\"NaN, Infinity\",\"\\\"NaN\",\"\\\\\",null]");
}

static void
test_syntax_errors (void)
{
  static const struct { const char *text, *place; } cases[] = {
    { "{\n  \"a\": 1,\n  \"b\" 2\n}", "line 3, column 7" },
    { "[1, 2", "line 1, column 5" },
    { "", "line 1, column 0" },
    { "[NaN, NaNo]", "line 1" },
    { "[+Infinity]", "line 1" },
    { "{\"a\": 1, \"a\": 2}", "duplicate" },
    { "[1] x", "line 1, column 5" },
    { "\"\\", "line 1" },
    { "\xff\xfe", "line 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (cam_json_parse (cases[i].text, strlen (cases[i].text), &error));
      g_assert_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_SYNTAX);
      if (strstr (error->message, cases[i].place) == NULL)
        g_error ("“%s”: %s", cases[i].text, error->message);
    }
}

/* A file of somebody else's may be nested beyond any stack. */
static void
test_deep_nesting (void)
{
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autoptr(GError) error = NULL;

  g_assert_null (cam_json_parse (deep, strlen (deep), &error));
  g_assert_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_SYNTAX);
}

static void
check_numbers (void)
{
  check_dump ("[0.1, 0.30000000000000004, 1e-7, 2.0, -0.0, 1e300, 3, -9223372036854775808]",
              "[0.1,0.30000000000000004,1e-07,2.0,-0.0,1e+300,3,-9223372036854775808]");
}

static void
test_comma_locale (void)
{
  if (!comma_locale_enter ())
    return;
  check_numbers ();
  comma_locale_leave ();
}

static void
test_dump (void)
{
  g_autoptr(json_t) json = parse ("{\"z\": [], \"a\": {\"b\": [1, true, null], \"c\": {}}, \"t\": \"\\u0001\\n\\t\\\"\\\\é/\"}");
  g_autofree char *compact = cam_json_dump (json, FALSE);
  g_autofree char *indented = cam_json_dump (json, TRUE);
  g_autoptr(json_t) back = parse (indented);

  g_assert_cmpstr (compact, ==, "{\"z\":[],\"a\":{\"b\":[1,true,null],\"c\":{}},\"t\":\"\\u0001\\n\\t\\\"\\\\é/\"}");
  g_assert_cmpstr (indented, ==, "{\n  \"z\": [],\n  \"a\": {\n    \"b\": [\n      1,\n      true,\n      null\n    ],\n    \"c\": {}\n  },\n"
                                 "  \"t\": \"\\u0001\\n\\t\\\"\\\\é/\"\n}");
  g_assert_true (json_equal (json, back));
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("camadas-json-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.json", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "a.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(json_t) json = parse ("{\"rate\": 0.001}");
  g_autoptr(json_t) back = NULL;
  g_autoptr(GError) error = NULL;
  struct stat before, after;

  g_assert_true (cam_json_save (json, path, &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{\n  \"rate\": 0.001\n}\n");
  g_assert_cmpint (stat (path, &before), ==, 0);
  g_assert_true (cam_json_save (json, path, &error));
  g_assert_cmpint (stat (path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, !=, after.st_ino);      /* another file took its name: never a half-written one */
  back = cam_json_load (path, &error);
  g_assert_true (json_equal (json, back));

  g_assert_false (cam_json_save (json, nowhere, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_null (cam_json_load (nowhere, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "{\n\"a\"", -1, NULL));
  g_assert_null (cam_json_load (path, &error));
  g_assert_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_SYNTAX);
  g_assert_true (g_str_has_prefix (error->message, path));
  g_assert_nonnull (strstr (error->message, "line 2"));
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_look_ups (void)
{
  g_autoptr(json_t) json = parse ("{\"s\": \"text\", \"n\": 1.5, \"i\": 3, \"b\": true, \"o\": {}, \"a\": [], \"x\": null}");
  g_autoptr(GError) error = NULL;
  const char *text = "kept";
  double number = 7;
  gint64 integer = 7;
  gboolean flag = FALSE;
  json_t *value = NULL;

  g_assert_true (cam_json_get_string (json, "s", "fit", TRUE, &text, &error));
  g_assert_cmpstr (text, ==, "text");
  g_assert_true (cam_json_get_number (json, "i", "fit", TRUE, 0, 3, &number, &error));
  g_assert_cmpfloat (number, ==, 3);
  g_assert_true (cam_json_get_int (json, "i", "fit", TRUE, 3, 3, &integer, &error));
  g_assert_true (cam_json_get_bool (json, "b", "fit", TRUE, &flag, &error));
  g_assert_true (flag);
  g_assert_true (cam_json_get_object (json, "o", "fit", TRUE, &value, &error) && json_is_object (value));
  g_assert_true (cam_json_get_array (json, "a", "fit", TRUE, &value, &error) && json_is_array (value));

  /* Absent and optional: left as it was. */
  g_assert_true (cam_json_get_string (json, "none", "fit", FALSE, &text, &error));
  g_assert_cmpstr (text, ==, "text");
  g_assert_no_error (error);

#define REFUSED(call, code, part) G_STMT_START { \
    g_assert_false (call); \
    g_assert_error (error, CAM_JSON_ERROR, code); \
    g_assert_nonnull (strstr (error->message, "fit: ")); \
    g_assert_nonnull (strstr (error->message, part)); \
    g_clear_error (&error); } G_STMT_END
  REFUSED (cam_json_get_string (json, "none", "fit", TRUE, &text, &error), CAM_JSON_ERROR_KEY, "“none”");
  REFUSED (cam_json_get_string (json, "n", "fit", TRUE, &text, &error), CAM_JSON_ERROR_VALUE, "“n”");
  REFUSED (cam_json_get_number (json, "s", "fit", TRUE, 0, 1, &number, &error), CAM_JSON_ERROR_VALUE, "number");
  REFUSED (cam_json_get_number (json, "n", "fit", TRUE, 0, 1, &number, &error), CAM_JSON_ERROR_VALUE, "between 0 and 1");
  REFUSED (cam_json_get_int (json, "n", "fit", TRUE, 0, 9, &integer, &error), CAM_JSON_ERROR_VALUE, "whole");
  REFUSED (cam_json_get_int (json, "i", "fit", TRUE, 4, 9, &integer, &error), CAM_JSON_ERROR_VALUE, "between 4 and 9");
  REFUSED (cam_json_get_bool (json, "i", "fit", TRUE, &flag, &error), CAM_JSON_ERROR_VALUE, "true or false");
  REFUSED (cam_json_get_object (json, "a", "fit", TRUE, &value, &error), CAM_JSON_ERROR_VALUE, "object");
  REFUSED (cam_json_get_array (json, "x", "fit", TRUE, &value, &error), CAM_JSON_ERROR_VALUE, "list");
  REFUSED (cam_json_check_keys (json, (const char *const[]) { "s", "n", NULL }, "fit", &error), CAM_JSON_ERROR_KEY, "known are s, n");
  REFUSED (cam_json_check_keys (value, (const char *const[]) { NULL }, "fit", &error), CAM_JSON_ERROR_VALUE, "object");
#undef REFUSED
  g_assert_cmpfloat (number, ==, 3);
  g_assert_cmpint (integer, ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/json/special-numbers", test_special_numbers);
  g_test_add_func ("/core/json/syntax-errors", test_syntax_errors);
  g_test_add_func ("/core/json/deep-nesting", test_deep_nesting);
  g_test_add_func ("/core/json/numbers", check_numbers);
  g_test_add_func ("/core/json/comma-locale", test_comma_locale);
  g_test_add_func ("/core/json/dump", test_dump);
  g_test_add_func ("/core/json/files", test_files);
  g_test_add_func ("/core/json/look-ups", test_look_ups);

  return g_test_run ();
}
