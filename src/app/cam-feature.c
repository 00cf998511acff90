/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns to be set by hand. */

#include "cam-feature.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include <cam-chart.h>
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
copy_levels (CamFeature      *self,
             const GPtrArray *levels)
{
  self->levels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < levels->len; i++)
    g_ptr_array_add (self->levels, g_strdup (levels->pdata[i]));
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

static gboolean
measure_table (CamFeature     *self,
               const CamTable *table)
{
  int column = table != NULL ? cam_table_find (table, self->name) : -1;
  CamColumnSummary summary;

  if (column < 0 || !cam_column_kind_is_numeric (cam_table_get_kind (table, (guint) column)))
    return FALSE;
  cam_table_summarise (table, (guint) column, &summary);
  if (summary.n == 0 || !isfinite (summary.min) || !isfinite (summary.max))
    return FALSE;
  self->min = summary.min;
  self->max = summary.max;
  self->middle = summary.median;
  self->is_whole = all_whole (table, (guint) column);
  return TRUE;
}

/* Scaled columns tell where nearly all of their values were. */
static void
guess_range (CamFeature           *self,
             const CamPreparation *preparation,
             guint                 i)
{
  g_autoptr(json_t) json = cam_preparation_to_json (preparation);
  const json_t *step = json_array_get (json_object_get (json, "features"), i);
  double mean = json_number_value (json_object_get (step, "mean")), deviation = json_number_value (json_object_get (step, "deviation"));

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

  for (guint i = 0; i < cam_preparation_get_n_features (preparation); i++)
    {
      CamFeatureFacts facts = cam_preparation_get_feature_facts (preparation, i);
      CamFeature *feature = g_new0 (CamFeature, 1);

      feature->name = g_strdup (cam_preparation_get_feature_name (preparation, i));
      feature->is_text = facts.kind == CAM_COLUMN_TEXT;
      feature->is_date = facts.kind == CAM_COLUMN_DATE;
      if (facts.levels != NULL)
        copy_levels (feature, facts.levels);
      else if (!isnan (facts.typical))
        {
          feature->min = facts.min;
          feature->max = facts.max;
          feature->middle = facts.typical;
          feature->is_whole = facts.is_whole;
        }
      else if (!feature->is_text && !measure_table (feature, table))
        guess_range (feature, preparation, i);
      g_ptr_array_add (features, feature);
    }
  return features;
}

GPtrArray *
cam_features_new_unnamed (guint n)
{
  GPtrArray *features = g_ptr_array_new_with_free_func (feature_free);

  for (guint i = 0; i < n; i++)
    {
      CamFeature *feature = g_new0 (CamFeature, 1);

      /* translators: a number that a model takes and does not name; %u counts from 1 */
      feature->name = g_strdup_printf (_("input %u"), i + 1);
      feature->min = -3;
      feature->max = 3;
      g_ptr_array_add (features, feature);
    }
  return features;
}

char *
cam_feature_dup_text (const CamFeature *self,
                      double            value)
{
  char buf[CAM_NUMBER_BUF];

  if (self->is_date)
    return cam_chart_dup_date (self->is_whole ? round (value) : value);
  if (self->is_whole)
    value = round (value);
  /* As many digits as a slider can tell apart. */
  return g_strdup (cam_number_format (buf, value, self->is_whole ? 15 : 6));
}
