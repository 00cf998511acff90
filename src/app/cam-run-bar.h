/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands above the table of runs at the right: help for the filter, the epoch that figures are told of, the columns to choose, and what can be made of the table. Properties: "table" (CamRunTable) · "narrow": there is
 * little room. */
#pragma once

#include <adwaita.h>

#include "cam-run-table.h"

G_BEGIN_DECLS

#define CAM_TYPE_RUN_BAR (cam_run_bar_get_type ())
G_DECLARE_FINAL_TYPE (CamRunBar, cam_run_bar, CAM, RUN_BAR, AdwBin)

G_END_DECLS
