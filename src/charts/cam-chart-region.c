/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The description of a plane on which classes prevail. */
#include "cam-chart-private.h"

CamChartRegion *
cam_chart_region_copy (const CamChartRegion *self)
{
  CamChartRegion *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->shares = g_bytes_ref (self->shares);
  copy->colours = g_memdup2 (self->colours, self->n_classes * sizeof *self->colours);
  return copy;
}

void
cam_chart_region_free (CamChartRegion *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->shares);
  g_free (self->colours);
  g_free (self);
}

void
cam_chart_set_region (CamChart    *self,
                      const float *shares,
                      guint        width,
                      guint        height,
                      guint        n_classes,
                      double       x_min,
                      double       x_max,
                      double       y_min,
                      double       y_max,
                      const guint *colours)
{
  CamChartRegion *region;

  g_return_if_fail (self != NULL && shares != NULL && colours != NULL);
  g_return_if_fail (width > 1 && height > 1 && n_classes > 1 && x_min < x_max && y_min < y_max);

  region = g_new0 (CamChartRegion, 1);
  region->shares = g_bytes_new (shares, (gsize) width * height * n_classes * sizeof *shares);
  region->width = width;
  region->height = height;
  region->n_classes = n_classes;
  region->x_min = x_min;
  region->x_max = x_max;
  region->y_min = y_min;
  region->y_max = y_max;
  region->colours = g_new (guint, n_classes);
  for (guint i = 0; i < n_classes; i++)
    region->colours[i] = colours[i] % G_N_ELEMENTS (((CamChartTheme *) NULL)->series);
  cam_chart_region_free (self->region);
  self->region = region;
  self->x_min = x_min;
  self->x_max = x_max;
  self->y_min = y_min;
  self->y_max = y_max;
}
