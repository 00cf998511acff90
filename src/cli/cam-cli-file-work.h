/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work on a file that may take long: in a thread of its own, with a bar on a terminal or lines of JSON, until it is done or a signal stops it. */
#pragma once

#include <cam-csv.h>
#include <cam-file-remarks.h>

G_BEGIN_DECLS

/* In the thread. @progress is to be called with @tell_to. FALSE, with the error set: it failed, or was stopped. */
typedef gboolean (*CamCliFileWork) (gpointer work, CamCsvProgress progress, gpointer tell_to, GCancellable *cancellable, GError **error);

/**
 * cam_cli_file_work:
 * @path: the file; messages about its contents name it
 * @place: what is done, as it stands before the bar: "Predicting x.csv"
 * @wants_json: “progress” events on standard output instead of the bar where both would go on one screen
 *
 * Main thread. G_IO_ERROR_CANCELLED after a signal.
 */
gboolean cam_cli_file_work (const char *path, const char *place, gboolean wants_json, CamCliFileWork run, gpointer work, GError **error);

/* cam_cli_tell_remarks: what was odd in the file @path, on standard error. */
void     cam_cli_tell_remarks (const char *path, const CamFileRemarks *remarks);
/* cam_cli_list_remarks: the same for JSON. New reference. */
json_t  *cam_cli_list_remarks (const CamFileRemarks *remarks);

G_END_DECLS
