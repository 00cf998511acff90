/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a file of any size for a preparation in which rows hang on those before them: of each series as many stay as its windows need. */
#pragma once

#include "cam-csv-stream.h"
#include "cam-dataset.h"

G_BEGIN_DECLS

/**
 * cam_series_stream:
 * @preparation: a sequence that looks at most one row ahead, or single rows of which some take a missing value from the row before
 * @sink: as for cam_source_stream(), but its keep is of no use
 * @is_disordered: (out): rows do not stand in the order of the preparation's column: nothing of what the sink got counts, and the file must be read whole
 *
 * Memory grows with the number of groups, each of which keeps as many rows as a window has and a few more.
 */
gboolean cam_series_stream         (const CamPreparation *preparation, const char *path, gsize n_rows, const CamRowSink *sink, CamCsvProgress progress, gpointer user_data,
                                    GCancellable *cancellable, gboolean *is_disordered, GError **error);
/* cam_preparation_can_stream: FALSE: it needs all rows at once. */
gboolean cam_preparation_can_stream (const CamPreparation *self);

G_END_DECLS
