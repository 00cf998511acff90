/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A way through a CSV file, whatever is made of its rows. */
#pragma once

#include "cam-csv-private.h"

G_BEGIN_DECLS

typedef struct
{
  const char     *path;                 /* one of the two is NULL */
  GBytes         *bytes;
  CamCsvDialect  *dialect;
  const json_t   *kinds;
  gsize           most_rows;
  CamCsvProgress  progress;
  gpointer        user_data;
  GCancellable   *cancellable;
  gboolean        guessed_encoding, guessed_skip;
  gint64          told;
} CamCsvPass;

/* What is made of the file once the dialect is complete. */
typedef CamCsvResult *(*CamCsvReadPass) (CamCsvPass *self, GError **error);

/* The file as text of the dialect's encoding; @chunk_size 0: the usual one. */
CamCsvSource *cam_csv_pass_open     (const CamCsvPass *self, gsize chunk_size, GError **error);
/* FALSE: cancelled. @always: the progress is told though it was told a moment ago. */
gboolean      cam_csv_pass_tell     (CamCsvPass *self, const CamCsvSource *source, gsize n_rows, gboolean always, GError **error);
/* All of the file into the builder: by blocks, once the first rows have shown which columns are numbers and which are texts. */
gboolean      cam_csv_pass_read_all (CamCsvPass *self, CamCsvBuilder *builder, GError **error);
/* All of the file as prose. */
CamCsvResult *cam_csv_pass_read_prose (CamCsvPass *self, GError **error);
/* What @read makes of the file; it is called again with an older encoding where the text is not UTF-8 after all. Takes the dialect. Messages name the file. */
CamCsvResult *cam_csv_pass_read     (CamCsvPass *self, CamCsvReadPass read, GError **error);

G_END_DECLS
