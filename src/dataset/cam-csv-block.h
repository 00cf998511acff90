/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole lines, parsed apart from the rest of the file. Once it is known which columns are numbers and which are texts, a stretch of text can be parsed by another thread
 * before it is known what comes before it: numbers as such, texts as codes of the levels that the block has. A block in which anything else stands, such as a word among
 * numbers or a row too short, is left to the ordinary parser, so what comes out is the same. */
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
  const char *text;                   /* of the block; not terminated */
  guint       length, hash;
} CamCsvLevel;

/* The different texts of a column, in the order in which the block has them. */
typedef struct
{
  CamCsvLevel *levels;
  guint        n_levels, n_allocated;
  guint32     *index;                 /* open addressing: a level's number from 1; 0: free */
  guint        n_places;              /* a power of two, or 0: nothing yet */
} CamCsvTexts;

typedef struct
{
  GString       *text;                /* whole lines */
  CamCsvReading *readings;            /* [n_columns], as the builder had them when @text was cut */
  gboolean       is_clean;            /* it was parsed; else the ordinary parser must do it */
  gsize          n_rows, capacity;
  gsize          n_lines;             /* more than rows where a line breaks within quotes */
  gsize          n_allocated;         /* doubles in @values */
  double        *values;              /* [n_columns][capacity]; of a column of texts gint32 codes, −1: missing; of one that is not decided nothing */
  gboolean      *is_exact;            /* for each column: four bytes hold all of its values */
  CamCsvTexts   *texts;               /* for each column */
  GString       *unquoted;            /* fields that had a doubled quote; its memory stays in place */
  guint          n_words;
  struct { const char *text; gsize length; } words[CAM_CSV_BLOCK_WORDS];      /* spellings of "missing" among numbers, other than the empty field */
} CamCsvBlock;

void cam_csv_block_init  (CamCsvBlock *self, guint n_columns);
void cam_csv_block_clear (CamCsvBlock *self, guint n_columns);
/* Parses @self->text. Any thread. */
void cam_csv_block_parse (CamCsvBlock *self, const CamCsvBlockPlan *plan);

/* Where blocks can be read at all: each row has a field for each column, and no number spells "missing". */
gboolean cam_csv_builder_takes_blocks (const CamCsvBuilder *self, guint n_columns);
void     cam_csv_builder_get_readings (const CamCsvBuilder *self, CamCsvReading *readings);
/* The rows of a block that was parsed; FALSE: the columns are not what they were when it was cut. */
gboolean cam_csv_builder_add_block    (CamCsvBuilder *self, const CamCsvBlock *block);

/* Whether what comes can be read by blocks, as far as can be told from what was read. */
gboolean cam_csv_blocks_can_read (const CamCsvParser *parser, const CamCsvBuilder *builder);
/* Reads @rest, then all that is left of the source; what was read before stands in the builder. */
gboolean cam_csv_blocks_read (CamCsvSource *source, CamCsvParser *parser, CamCsvBuilder *builder, const CamCsvDialect *dialect, const char *rest, gsize n_rest,
                              gboolean (*tell) (gpointer user_data, GError **error), gpointer user_data, GError **error);

G_END_DECLS
