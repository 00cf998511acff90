/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of the Compare page share: what can be done with runs stands in cam-compare-actions.c. */
#pragma once

#include "cam-compare-page.h"

G_BEGIN_DECLS

CamSession *cam_compare_page_get_session    (CamComparePage *self);
/* Runs deleted last, of CamRunItem, to be brought back by runs.restore; borrowed, empty: none. */
GPtrArray  *cam_compare_page_get_deleted    (CamComparePage *self);
void        cam_compare_install_actions     (GtkWidgetClass *widget_class);
void        cam_compare_update_actions      (CamComparePage *self);

G_END_DECLS
