/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-class-weight.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gint64
class_of (const float *y,
          gsize        y_size)
{
  gsize best = 0;

  /* To the even one in the middle, as NumPy rounds. */
  if (y_size == 1)
    return isfinite (y[0]) && fabsf (y[0]) < 1e9f ? (gint64) nearbyint (y[0]) : -1;
  for (gsize j = 1; j < y_size; j++)
    if (y[j] > y[best])
      best = j;

  return (gint64) best;
}

/* A table class → number of double's bits, owned by the table. */
static void
put (GHashTable *table,
     gint64      class,
     double      value)
{
  g_hash_table_insert (table, g_memdup2 (&class, sizeof class), g_memdup2 (&value, sizeof value));
}

static gboolean
read_weights (const json_t  *given,
              GHashTable    *table,
              const char    *where,
              GError       **error)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) given, key, value)
    {
      gint64 class;

      if (!g_ascii_string_to_signed (key, 10, G_MININT64, G_MAXINT64, &class, NULL))
        {
          g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_KEY, _("%s: “%s” is not the number of a class, counted from 0"), where, key);
          return FALSE;
        }
      if (!json_is_number (value) || !(json_number_value (value) >= 0.0) || !isfinite (json_number_value (value)))
        {
          g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: the weight of class “%s” must be a number, and not below 0"), where, key);
          return FALSE;
        }
      put (table, class, json_number_value (value));
    }

  return TRUE;
}

static void
balance (const float *y,
         gsize        n_rows,
         gsize        y_size,
         GHashTable  *table)
{
  GHashTableIter iter;
  double *count;

  for (gsize i = 0; i < n_rows; i++)
    {
      gint64 class = class_of (y + i * y_size, y_size);

      count = g_hash_table_lookup (table, &class);
      if (count != NULL)
        *count += 1.0;
      else
        put (table, class, 1.0);
    }
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &count))
    *count = (double) n_rows / (g_hash_table_size (table) * *count);
}

gboolean
cam_class_weights_fill (const json_t  *given,
                        const float   *y,
                        gsize          n_rows,
                        gsize          y_size,
                        float         *weights,
                        const char    *where,
                        GError       **error)
{
  g_autoptr(GHashTable) table = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  if (json_is_object (given))
    {
      if (!read_weights (given, table, where, error))
        return FALSE;
    }
  else if (g_strcmp0 (json_string_value (given), "balanced") == 0)
    balance (y, n_rows, y_size, table);
  else
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: must be “balanced”, or an object with a weight for each class: {\"0\": 1.0, \"1\": 3.0}"), where);
      return FALSE;
    }

  for (gsize i = 0; i < n_rows; i++)
    {
      gint64 class = class_of (y + i * y_size, y_size);
      const double *weight = g_hash_table_lookup (table, &class);

      weights[i] = weight != NULL ? (float) *weight : 1.0f;
    }

  return TRUE;
}
