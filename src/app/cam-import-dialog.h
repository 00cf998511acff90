/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import options: what was found in a file, its first rows read this way, and each finding to be corrected. */
#pragma once

#include <adwaita.h>

#include <cam-source.h>

G_BEGIN_DECLS

#define CAM_TYPE_IMPORT_DIALOG (cam_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CamImportDialog, cam_import_dialog, CAM, IMPORT_DIALOG, AdwWindow)

/**
 * cam_import_dialog_new:
 * @parent: the window it stands before
 * @path: a file or a folder
 * @dialect: (nullable): the document's "data/dialect"; borrowed
 * @is_open: the file is open already: it is read again
 *
 * Signal "accepted" (JsonT dialect as a pointer, borrowed): what was chosen, an empty object where nothing was; the dialog closes afterwards.
 */
CamImportDialog *cam_import_dialog_new      (GtkWindow *parent, const char *path, const json_t *dialect, gboolean is_open);
const char      *cam_import_dialog_get_path (CamImportDialog *self);

G_END_DECLS
