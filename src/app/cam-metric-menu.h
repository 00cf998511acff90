/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All metrics in groups, with a field to search them; those that are measured are checked.
 *
 * Signal: "toggled" (CamKind *metric, gboolean is_on): the person checked or unchecked one. */
#pragma once

#include <adwaita.h>
#include <cam-kinds.h>

G_BEGIN_DECLS

#define CAM_TYPE_METRIC_MENU (cam_metric_menu_get_type ())
G_DECLARE_FINAL_TYPE (CamMetricMenu, cam_metric_menu, CAM, METRIC_MENU, GtkBox)

GtkWidget  *cam_metric_menu_new   (void);
/* cam_metric_menu_check: without a signal. */
void        cam_metric_menu_check (CamMetricMenu *self, const CamKind *metric, gboolean is_on);

/* cam_metric_group_title: translated, the group that a metric stands in: "Right and wrong", "Distances". NULL: it stands in none. */
const char *cam_metric_group_title (const CamKind *metric);

G_END_DECLS
