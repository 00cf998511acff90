/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole lines of numbers, parsed apart from the rest of the file. Where each line has a number or nothing for each column, and all columns are numbers so far, a stretch of text
 * can be parsed by another thread before it is known what comes before it. A block in which anything else stands is left to the ordinary parser, so what comes out is the same. */
#pragma once

#include "cam-csv-private.h"

G_BEGIN_DECLS

#define CAM_CSV_BLOCK_SIZE  (256 * 1024)
/* Spellings of "missing" a block may have and still be taken. */
#define CAM_CSV_BLOCK_WORDS 8

typedef struct
{
  const CamCsvDialect *dialect;       /* borrowed */
  guint                n_columns;
} CamCsvBlockPlan;

typedef struct
{
  GString  *text;                     /* whole lines */
  gboolean  is_clean;                 /* it was parsed; else the ordinary parser must do it */
  gsize     n_rows, capacity;
  gsize     n_allocated;              /* doubles in @values */
  double   *values;                   /* [n_columns][capacity] */
  gboolean *is_exact;                 /* for each column: four bytes hold all of its values */
  guint     n_words;
  struct { const char *text; gsize length; } words[CAM_CSV_BLOCK_WORDS];      /* of @text: other spellings of "missing" than the empty field */
} CamCsvBlock;

void cam_csv_block_init  (CamCsvBlock *self, guint n_columns);
void cam_csv_block_clear (CamCsvBlock *self);
/* Parses @self->text. Any thread. */
void cam_csv_block_parse (CamCsvBlock *self, const CamCsvBlockPlan *plan);

/* The rows of a block that was parsed. */
void cam_csv_builder_add_block (CamCsvBuilder *self, const CamCsvBlock *block);

/* Whether what comes can be read by blocks, as far as can be told from what was read. */
gboolean cam_csv_blocks_can_read (const CamCsvParser *parser, const CamCsvBuilder *builder);
/* Reads @rest, then all that is left of the source; what was read before stands in the builder. */
gboolean cam_csv_blocks_read (CamCsvSource *source, CamCsvParser *parser, CamCsvBuilder *builder, const CamCsvDialect *dialect, const char *rest, gsize n_rest,
                              gboolean (*tell) (gpointer user_data, GError **error), gpointer user_data, GError **error);

G_END_DECLS
