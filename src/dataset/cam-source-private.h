/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of pictures share. */
#pragma once

#include "cam-input.h"
#include "cam-source.h"
#include "cam-table-private.h"

G_BEGIN_DECLS

typedef struct
{
  const char          *path;
  const CamCsvDialect *dialect;
  gsize                most_rows;
  CamCsvProgress       progress;        /* may be NULL */
  gpointer             user_data;
  GCancellable        *cancellable;
  gint64               told;
} CamSourceRead;

/* Tells how far it is, about every 50 ms; FALSE: cancelled. */
gboolean      cam_source_tell   (CamSourceRead *read, goffset done, goffset total, gsize n_rows, GError **error);
/* @n_rows rows of pixels, each of height · width · channels bytes, into columns of bytes. */
GPtrArray    *cam_pixels_new    (guint height, guint width, guint channels);
void          cam_pixels_add    (GPtrArray *columns, gsize row, const guint8 *bytes, gsize n_rows);
/* A result with no columns yet. */
CamCsvResult *cam_source_result (CamCsvForm form, guint height, guint width, guint channels);
void G_GNUC_PRINTF (2, 3)
              cam_source_note   (CamCsvResult *result, const char *format, ...);

CamCsvResult *cam_idx_read      (CamSourceRead *read, GError **error);
/* The first bytes are those of an IDX file: two zeros, a type, a number of dimensions. */
gboolean      cam_idx_is_magic  (const guchar bytes[4]);
CamCsvResult *cam_images_read   (CamSourceRead *read, GError **error);

G_END_DECLS
