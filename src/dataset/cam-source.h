/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any file or folder that can be a table, told apart by what is in it: CSV and its kin, prose, IDX, gzip of these, a folder of pictures. */
#pragma once

#include "cam-csv.h"

G_BEGIN_DECLS

/**
 * cam_source_read:
 * @path: a file or a folder
 * @dialect: (nullable): what is known; the rest is guessed
 * @kinds: (nullable): as for cam_csv_read()
 *
 * - Text: cam_csv_read().
 * - IDX (the format of MNIST): a picture a row, its pixels in columns "p{row}_{column}" (of colours "p{row}_{column}_{channel}"), and "label" before them where a file of
 *   labels lies beside it ("images" and "idx3" in its name become "labels" and "idx1").
 * - A folder: each subfolder is a class, each picture in it a row, with "label", "file" and pixels; where subfolders are "train", "test" … their subfolders are
 *   the classes, and "part" says which. Pictures are brought to one size; the dialect's height, width and channels overrule the guess.
 * Pixels are whole numbers from 0 to 255, kept in a byte each. Blocking: call it from a worker thread. Progress over files of a folder counts each as a byte.
 *
 * Returns: (transfer full): free with cam_csv_result_free(); %NULL with CAM_DATASET_ERROR_*, G_FILE_ERROR_* or G_IO_ERROR_CANCELLED
 */
CamCsvResult *cam_source_read      (const char *path, const CamCsvDialect *dialect, const json_t *kinds, CamCsvProgress progress, gpointer user_data,
                                    GCancellable *cancellable, GError **error);
/* cam_source_read_head: as much of it as @most_rows rows, for a preview. */
CamCsvResult *cam_source_read_head (const char *path, const CamCsvDialect *dialect, const json_t *kinds, gsize most_rows, GCancellable *cancellable, GError **error);
/**
 * cam_source_read_picture: one picture file, brought to the size as those of a folder are.
 *
 * Returns: (transfer full): [height, width, channels] bytes, g_free(); %NULL with CAM_DATASET_ERROR_SYNTAX (no picture, damaged) or _TOO_LARGE. Messages begin with the file's name.
 */
guint8       *cam_source_read_picture (const char *path, guint height, guint width, guint channels, GError **error);
/* cam_source_find_labels: the file of labels beside IDX pictures. NULL: none. g_free(). */
char         *cam_source_find_labels (const char *path);
/* cam_source_kinds: the kinds that a document's "data" section asks of the reader: the dates. NULL: none. */
json_t       *cam_source_kinds     (const json_t *data);

G_END_DECLS
