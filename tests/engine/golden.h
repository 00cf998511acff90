/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading tests/data/golden: results recorded from Keras 3 in double precision. */
#pragma once

#include <cam-json.h>
#include <math.h>

static inline json_t *
golden_load (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("CAM_TEST_DATA"), "golden", file, NULL);
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_load (path, &error);

  g_assert_no_error (error);
  return json;
}

static inline const char *
golden_text (const json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static inline gsize
golden_size (const json_t *object, const char *key)
{
  return json_array_size (json_object_get (object, key));
}

static inline double
golden_at (const json_t *object, const char *key, gsize i)
{
  return json_number_value (json_array_get (json_object_get (object, key), i));
}

/* As floats; free with g_free(). */
static inline float *
golden_floats (const json_t *array)
{
  gsize n = json_array_size (array);
  float *values = g_new (float, n + 1);

  for (gsize i = 0; i < n; i++)
    values[i] = (float) json_number_value (json_array_get (array, i));
  return values;
}

/* 1e-5 relative and 1e-6 absolute is what the records promise for single precision. */
#define golden_near(where, i, value, expected, relative) G_STMT_START { \
    double gn_value = (value), gn_expected = (expected); \
    if (!(fabs (gn_value - gn_expected) <= 1e-6 + (relative) * fabs (gn_expected))) \
      g_error ("%s: number %u is %.9g, recorded is %.9g", (where), (guint) (i), gn_value, gn_expected); } G_STMT_END
