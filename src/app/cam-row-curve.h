/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the answer to a row would be with other values in one of its columns: a card with the choice of the column and the curve, which follows the row. */
#pragma once

#include <adwaita.h>

#include <cam-chart.h>

#include "cam-asker.h"
#include "cam-feature.h"

G_BEGIN_DECLS

#define CAM_TYPE_ROW_CURVE (cam_row_curve_get_type ())
G_DECLARE_FINAL_TYPE (CamRowCurve, cam_row_curve, CAM, ROW_CURVE, AdwBin)

/* cam_row_curve_set_asker: both borrowed as long as they are set; @asker NULL: none. Hidden where no feature is a number. */
void        cam_row_curve_set_asker  (CamRowCurve *self, CamAsker *asker, GPtrArray *features);
/* cam_row_curve_update: the row is this now; @texts borrowed as long as the asker is set. */
void        cam_row_curve_update     (CamRowCurve *self, const char *const *texts);
CamChart   *cam_row_curve_get_chart  (CamRowCurve *self);     /* borrowed; NULL: none */

G_END_DECLS
