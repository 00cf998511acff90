/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-monitor.h"

#include <string.h>

const char *const cam_monitor_modes[] = { "auto", "min", "max", NULL };
const char *const cam_monitor_keys[] = { "val_loss", "loss", "val_accuracy", "accuracy", "val_auc", "val_f1_score", "val_mean_absolute_error", "val_root_mean_squared_error", "val_r2_score", NULL };

void
cam_monitor_init (CamMonitor   *self,
                  const json_t *config)
{
  const char *mode = cam_fields_choice (config, "mode");
  double min_delta = cam_fields_number (config, "min_delta");

  self->key = g_strdup (cam_fields_choice (config, "monitor"));
  self->larger = g_str_equal (mode, "max") || (g_str_equal (mode, "auto") && cam_history_key_larger_is_better (self->key));
  self->min_delta = isnan (min_delta) ? 0.0 : fabs (min_delta);
}

void
cam_monitor_clear (CamMonitor *self)
{
  g_clear_pointer (&self->key, g_free);
}

gboolean
cam_monitor_find (const CamMonitor *self,
                  const CamSite    *site,
                  double           *value)
{
  for (guint i = 0; site->keys[i] != NULL; i++)
    if (g_str_equal (site->keys[i], self->key))
      {
        *value = site->values[i];
        return TRUE;
      }

  return FALSE;
}

gboolean
cam_monitor_improves (const CamMonitor *self,
                      double            value,
                      double            on)
{
  if (isnan (on))
    return !isnan (value);

  return self->larger ? value > on + self->min_delta : value < on - self->min_delta;
}
