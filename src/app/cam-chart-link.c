/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signal with a name. */
#include "cam-chart-link.h"

struct _CamChartLink
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (CamChartLink, cam_chart_link, G_TYPE_OBJECT)

static guint moved_signal;

static void
cam_chart_link_class_init (CamChartLinkClass *klass)
{
  moved_signal = g_signal_new ("moved", CAM_TYPE_CHART_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_DOUBLE);
}

static void
cam_chart_link_init (CamChartLink *self)
{
}

CamChartLink *
cam_chart_link_new (void)
{
  return g_object_new (CAM_TYPE_CHART_LINK, NULL);
}

void
cam_chart_link_move (CamChartLink *self,
                     gpointer      source,
                     double        x)
{
  g_return_if_fail (CAM_IS_CHART_LINK (self));

  g_signal_emit (self, moved_signal, 0, source, x);
}
