/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Switches of a chart, and the table in which they are kept. */
#include "cam-chart-look.h"

#include <math.h>

CamChartLook *
cam_chart_look_new (void)
{
  CamChartLook *self = g_new0 (CamChartLook, 1);

  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->zoom = CAM_CHART_ZOOM_NONE;
  return self;
}

void
cam_chart_look_free (CamChartLook *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->hidden);
  g_free (self);
}

CamChartLook *
cam_chart_look_get (const char *name)
{
  static GHashTable *looks;
  CamChartLook *look;

  g_return_val_if_fail (name != NULL, NULL);

  if (looks == NULL)
    looks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cam_chart_look_free);
  look = g_hash_table_lookup (looks, name);
  if (look == NULL)
    {
      look = cam_chart_look_new ();
      g_hash_table_insert (looks, g_strdup (name), look);
    }
  return look;
}

CamChart *
cam_chart_look_apply (const CamChartLook *self,
                      CamChart           *chart)
{
  CamChart *shown;

  g_return_val_if_fail (self != NULL && chart != NULL, NULL);

  if (!self->is_x_log && !self->is_y_log && self->smoothing <= 0 && g_hash_table_size (self->hidden) == 0)
    return cam_chart_ref (chart);
  shown = cam_chart_copy (chart);
  if (self->is_x_log)
    cam_chart_set_x_format (shown, CAM_AXIS_LOG);
  if (self->is_y_log)
    cam_chart_set_y_format (shown, CAM_AXIS_LOG);
  for (guint s = 0; s < cam_chart_get_n_series (shown); s++)
    if (g_hash_table_contains (self->hidden, cam_chart_get_name (shown, s)))
      cam_chart_set_visible (shown, s, FALSE);
  if (self->smoothing > 0)
    cam_chart_set_smoothing (shown, self->smoothing);
  return shown;
}
