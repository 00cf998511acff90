/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first rows of a table as it would be read, without anything that can be set. */
#pragma once

#include <adwaita.h>

#include <cam-table.h>

G_BEGIN_DECLS

#define CAM_TYPE_IMPORT_PREVIEW (cam_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (CamImportPreview, cam_import_preview, CAM, IMPORT_PREVIEW, AdwBin)

/* cam_import_preview_set_table: takes the place of what was shown; references @table. NULL: nothing. */
void cam_import_preview_set_table (CamImportPreview *self, CamTable *table);

G_END_DECLS
