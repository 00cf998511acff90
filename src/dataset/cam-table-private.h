/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a table keeps its columns, for those who build one. */
#pragma once

#include "cam-date.h"
#include "cam-packed.h"
#include "cam-table.h"

G_BEGIN_DECLS

#define CAM_CHUNK_ROWS 65536

/* A stretch of a number column: 4 bytes a number (cam-packed.h) while that loses nothing, else 8; a byte for pixels. */
typedef struct
{
  gboolean  is_wide;
  guint     capacity;
  float    *narrow;      /* two of the three are NULL */
  double   *wide;
  guint8   *bytes;
} CamChunk;

typedef struct
{
  char          *name;
  CamColumnKind  kind;
  gsize          n_missing;

  /* numbers and dates */
  GArray        *chunks;       /* CamChunk */
  gboolean       is_bytes;     /* whole numbers from 0 to 255, none missing */
  gboolean       is_wide;      /* 8 bytes a number, whatever it is: quicker, where few rows are there at a time */
  CamDateDetail  detail;       /* dates: how much of each is shown */
  /* the others */
  GArray        *codes;        /* gint32; −1: missing */
  GPtrArray     *levels;       /* char * */
  GHashTable    *index;        /* level → its number + 1; only while building */
} CamColumn;

CamTable *cam_table_new         (void);
void      cam_table_add_column  (CamTable *self, CamColumn *column);   /* takes it */
void      cam_table_set_n_rows  (CamTable *self, gsize n_rows);
/* The columns of bytes are pixels, [height][width][channels]. */
void      cam_table_set_image   (CamTable *self, guint height, guint width, guint channels);
const CamColumn *cam_table_peek_column (const CamTable *self, guint column);
/* What the names of the columns say of pixels; cam-image-names.c. */
gboolean  cam_table_guess_image (const CamTable *self, guint *height, guint *width, guint *channels);
/* The same of names alone, all of which must be pixels. */
gboolean  cam_names_guess_image (const char *const *names, guint n, guint *height, guint *width, guint *channels);
/* How much of each date of the column is shown. */
CamDateDetail cam_table_get_detail (const CamTable *self, guint column);

CamColumn *cam_column_new       (const char *name, CamColumnKind kind);
void      cam_column_free       (CamColumn *self);
/* cam_column_add_number: @is_exact: cam_pack() would succeed. @row is the number of rows before. */
void      cam_column_add_number (CamColumn *self, gsize row, double value, gboolean is_exact);
/* cam_column_add_numbers: @n at once; @is_exact: of all of them. */
void      cam_column_add_numbers (CamColumn *self, gsize row, const double *values, gsize n, gboolean is_exact);
/* cam_column_new_bytes: a column of pixels. It is filled with cam_column_add_bytes() alone: @n more rows, one every @stride bytes. */
CamColumn *cam_column_new_bytes (const char *name);
void      cam_column_add_bytes  (CamColumn *self, gsize row, const guint8 *bytes, gsize stride, gsize n);
void      cam_column_add_text   (CamColumn *self, const char *text, gsize length);
void      cam_column_add_missing_text (CamColumn *self);
/* The number of a level, which is added where it is new. */
gint32    cam_column_add_level  (CamColumn *self, const char *text, gsize length);
/* @n texts at once, each as a code of which @map says the level; −1: missing. */
void      cam_column_add_codes  (CamColumn *self, const gint32 *codes, gsize n, const gint32 *map);
void      cam_column_trim       (CamColumn *self, gsize n_rows);

static inline double
cam_column_get_number (const CamColumn *self,
                       gsize            row)
{
  const CamChunk *chunk = &g_array_index (self->chunks, CamChunk, row / CAM_CHUNK_ROWS);
  gsize place = row % CAM_CHUNK_ROWS;

  if (chunk->bytes != NULL)
    return chunk->bytes[place];
  return chunk->is_wide ? chunk->wide[place] : cam_unpack (chunk->narrow[place]);
}

G_END_DECLS
