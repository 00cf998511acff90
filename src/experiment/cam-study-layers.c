/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the networks of a study are like inside, layer by layer, as the reports of its runs tell. */
#include "cam-study-figures.h"

#include <math.h>

#include "cam-study-private.h"

static const json_t *
peek_layers (CamStudy *self,
             guint     place)
{
  return json_object_get (cam_study_peek_result (self, place)->report, "layers");
}

static const char *
get_name (const json_t *layer)
{
  const char *name = json_string_value (json_object_get (layer, "name"));

  return name != NULL ? name : "";
}

static double
get_number (const json_t *layer,
            const char   *key)
{
  const json_t *value = json_object_get (layer, key);

  return json_is_number (value) ? json_number_value (value) : NAN;
}

GPtrArray *
cam_study_list_layers (CamStudy *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint place = 0; place < self->results->len; place++)
    {
      gsize i;
      json_t *layer;

      json_array_foreach ((json_t *) peek_layers (self, place), i, layer)
        if (!g_ptr_array_find_with_equal_func (names, get_name (layer), g_str_equal, NULL))
          g_ptr_array_add (names, g_strdup (get_name (layer)));
    }

  return names;
}

void
cam_study_find_layer (CamStudy      *self,
                      guint          setting,
                      const char    *name,
                      CamStudyLayer *found)
{
  static const char *const keys[] = { "gradient", "dead", "saturated" };
  CamSpread *spreads[] = { &found->gradient, &found->dead, &found->saturated };
  g_autoptr(GArray) places = cam_study_list_places (self, setting);
  g_autofree double *values = g_new (double, places->len + 1);

  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      guint n = 0;

      for (guint p = 0; p < places->len; p++)
        {
          gsize i;
          json_t *layer;

          json_array_foreach ((json_t *) peek_layers (self, g_array_index (places, guint, p)), i, layer)
            if (g_str_equal (get_name (layer), name))
              {
                values[n++] = get_number (layer, keys[k]);
                break;
              }
        }
      cam_spread_init (spreads[k], values, n);
    }
}

gboolean
cam_study_find_dead (CamStudy  *self,
                     guint      setting,
                     CamSpread *dead)
{
  g_autoptr(GArray) places = cam_study_list_places (self, setting);
  g_autofree double *values = g_new (double, places->len + 1);

  for (guint p = 0; p < places->len; p++)
    {
      double n_units = 0.0, n_dead = 0.0;
      gsize i;
      json_t *layer;

      json_array_foreach ((json_t *) peek_layers (self, g_array_index (places, guint, p)), i, layer)
        {
          double share = get_number (layer, "dead"), units = get_number (layer, "units");

          if (isfinite (share) && units > 0.0)
            {
              n_units += units;
              n_dead += share * units;
            }
        }
      values[p] = n_units > 0.0 ? n_dead / n_units : NAN;
    }
  cam_spread_init (dead, values, places->len);

  return dead->n > 0;
}
