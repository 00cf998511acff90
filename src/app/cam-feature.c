/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns to be set by hand. */

#include "cam-feature.h"

#include <math.h>

#include <cam-number.h>

static void
feature_free (gpointer data)
{
  CamFeature *feature = data;

  g_free (feature->name);
  g_clear_pointer (&feature->levels, g_ptr_array_unref);
  g_free (feature);
}

static void
read_levels (CamFeature   *self,
             const json_t *step)
{
  json_t *level;
  gsize i;

  self->levels = g_ptr_array_new_with_free_func (g_free);
  json_array_foreach (json_object_get (step, "levels"), i, level)
    g_ptr_array_add (self->levels, g_strdup (json_string_value (level)));
}

static gboolean
all_whole (const CamTable *table,
           guint           column)
{
  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      double value = cam_table_get_number (table, column, row);

      if (!isnan (value) && value != floor (value))
        return FALSE;
    }
  return TRUE;
}

static void
read_range (CamFeature     *self,
            const json_t   *step,
            const CamTable *table)
{
  int column = cam_table_find (table, self->name);
  CamColumnSummary summary;
  double mean = json_number_value (json_object_get (step, "mean")), deviation = json_number_value (json_object_get (step, "deviation"));

  if (column >= 0 && cam_column_kind_is_numeric (cam_table_get_kind (table, (guint) column)))
    {
      cam_table_summarise (table, (guint) column, &summary);
      if (summary.n > 0 && isfinite (summary.min) && isfinite (summary.max))
        {
          self->min = summary.min;
          self->max = summary.max;
          self->middle = summary.median;
          self->is_whole = all_whole (table, (guint) column);
          return;
        }
    }
  /* Scaled columns tell where nearly all of their values were. */
  if (!(deviation > 0))
    deviation = 1;
  self->min = mean - 3 * deviation;
  self->max = mean + 3 * deviation;
  self->middle = mean;
}

GPtrArray *
cam_features_new (const CamPreparation *preparation,
                  const CamTable       *table)
{
  GPtrArray *features = g_ptr_array_new_with_free_func (feature_free);
  g_autoptr(json_t) json = cam_preparation_to_json (preparation);
  json_t *step;
  gsize i;

  json_array_foreach (json_object_get (json, "features"), i, step)
    {
      CamFeature *feature = g_new0 (CamFeature, 1);

      feature->name = g_strdup (json_string_value (json_object_get (step, "name")));
      if (json_object_get (step, "levels") != NULL)
        read_levels (feature, step);
      else
        read_range (feature, step, table);
      g_ptr_array_add (features, feature);
    }
  return features;
}

char *
cam_feature_dup_text (const CamFeature *self,
                      double            value)
{
  char buf[CAM_NUMBER_BUF];

  if (self->is_whole)
    value = round (value);
  /* As many digits as a slider can tell apart. */
  return g_strdup (cam_number_format (buf, value, self->is_whole ? 15 : 6));
}
