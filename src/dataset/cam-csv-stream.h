/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a file of any size, one stretch after the other, in memory that does not grow with the file. What comes out is, cell by cell, what cam_source_read() makes of the whole. */
#pragma once

#include "cam-source.h"

G_BEGIN_DECLS

/* Who gets the rows; in the thread of the call. FALSE, with the error set, ends it. */
typedef struct
{
  /* What was taken before does not count any more: the rows come from the first on. Always called before the first. */
  gboolean (*begin) (gpointer user_data, GError **error);
  /* @table: borrowed; its first @n_before rows were there before, and stand here again because they were kept. @is_last: nothing follows; then there may be no new row. */
  gboolean (*take)  (gpointer user_data, CamTable *table, gsize n_before, gboolean is_last, GError **error);
  /* May be NULL. Which rows of the table that was just taken shall stand before the next ones, in this order; g_malloc(). */
  gsize   *(*keep)  (gpointer user_data, const CamTable *table, gsize *n_kept);
  /* May be NULL. After the last row, where some had too few or too many fields and were mended: the first in words. */
  void     (*odd)   (gpointer user_data, gsize n_rows, const char *first);
  gpointer user_data;
} CamRowSink;

/**
 * cam_source_stream:
 * @path, @kinds: as for cam_source_read()
 * @n_rows: about how many new rows come at a time
 *
 * Kinds are guessed from the first stretch and held against all that comes. Where they turn out to be others (a word among the numbers of the last row, a date with a time of day), the sink
 * begins again: the second way through the file knows. So a file is read once as a rule, seldom twice. Of a column of texts up to 65,536 different ones are remembered; what comes
 * beyond these is still held against what was guessed, but does not count in what order the day and the month of a date stand.
 * What is no CSV file (pictures, prose) is read whole and comes as one table.
 *
 * Blocking. Errors: those of cam_source_read(), and the sink's.
 */
gboolean cam_source_stream (const char *path, const json_t *kinds, gsize n_rows, const CamRowSink *sink, CamCsvProgress progress, gpointer user_data, GCancellable *cancellable,
                            GError **error);

/* The same of a text file. */
gboolean cam_csv_stream    (const char *path, const json_t *kinds, gsize n_rows, const CamRowSink *sink, CamCsvProgress progress, gpointer user_data, GCancellable *cancellable,
                            GError **error);

G_END_DECLS
