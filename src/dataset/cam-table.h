/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a CSV file holds: named columns of numbers or categories, as read. A shared value: complete once built, read by any thread, atomically counted.
 * Numbers are kept in 4 bytes where that loses nothing of what the file says, else in 8; callers see doubles. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CAM_DATASET_ERROR (cam_dataset_error_quark ())
GQuark cam_dataset_error_quark (void);
typedef enum
{
  CAM_DATASET_ERROR_EMPTY,      /* no rows, or no columns */
  CAM_DATASET_ERROR_SYNTAX,     /* quoting, ragged rows: message names line and column */
  CAM_DATASET_ERROR_ENCODING,   /* bytes that are not of the encoding: line */
  CAM_DATASET_ERROR_TOO_LARGE,  /* a field, row or file beyond a limit: line and column */
  CAM_DATASET_ERROR_COLUMN,     /* a column is missing, unknown or of the wrong kind: its name */
  CAM_DATASET_ERROR_SETTINGS,   /* roles, split or preparation that cannot work */
  CAM_DATASET_ERROR_ROWS,       /* too few rows for what is asked */
} CamDatasetError;

typedef enum
{
  CAM_COLUMN_NUMBER,
  CAM_COLUMN_CATEGORY,          /* a few different texts */
  CAM_COLUMN_TEXT,              /* texts that hardly repeat: shown, not used as a feature */
  CAM_COLUMN_DATE,              /* kept as numbers: days since 1970-01-01 in UTC, the time of day as fraction; shown as ISO text */
  CAM_COLUMN_YES_NO,            /* a category of two levels, the first of which says "no" */
} CamColumnKind;

/* Numbers with statistics and an order: what holds for a number holds for a date. */
static inline gboolean
cam_column_kind_is_numeric (CamColumnKind kind)
{
  return kind == CAM_COLUMN_NUMBER || kind == CAM_COLUMN_DATE;
}

/* Levels that repeat: what holds for a category holds for yes/no. */
static inline gboolean
cam_column_kind_is_category (CamColumnKind kind)
{
  return kind == CAM_COLUMN_CATEGORY || kind == CAM_COLUMN_YES_NO;
}

typedef struct _CamTable CamTable;

#define CAM_TYPE_TABLE (cam_table_get_type ())
GType          cam_table_get_type       (void);
CamTable      *cam_table_ref            (CamTable *self);
void           cam_table_unref          (CamTable *self);

/* cam_table_new_from_rows: a table of @rows, in their order, with all columns; each below n_rows. Any thread. */
CamTable      *cam_table_new_from_rows  (const CamTable *table, const gsize *rows, gsize n);

gsize          cam_table_get_n_rows     (const CamTable *self);
guint          cam_table_get_n_columns  (const CamTable *self);
const char    *cam_table_get_name       (const CamTable *self, guint column);
CamColumnKind  cam_table_get_kind       (const CamTable *self, guint column);
/* cam_table_find: -1: no such column. */
int            cam_table_find           (const CamTable *self, const char *name);
/* cam_table_rename: by who has just read it and has the only reference; no column may be called @name. */
void           cam_table_rename         (CamTable *self, guint column, const char *name);
gsize          cam_table_get_n_missing  (const CamTable *self, guint column);

/* The value of a number or date; NaN: missing. Yes: 1, no: 0. Of a category or text column: the text read as a number, NaN where it is none. */
double         cam_table_get_number     (const CamTable *self, guint column, gsize row);
void           cam_table_copy_numbers   (const CamTable *self, guint column, gsize first, gsize n, double *values);
/* Categories: the level's index, -1: missing. Number columns: -1. Levels are in the order of their first appearance; of yes/no: no, yes. */
int            cam_table_get_code       (const CamTable *self, guint column, gsize row);
guint          cam_table_get_n_levels   (const CamTable *self, guint column);
const char    *cam_table_get_level      (const CamTable *self, guint column, guint level);
/* The cell as text, as near to the file as kept: shortest digits for numbers, ISO 8601 for dates, "" for missing. g_free(). */
char          *cam_table_dup_text       (const CamTable *self, guint column, gsize row);
/* A value of the column, such as a mean, as its cells are shown. g_free(). */
char          *cam_table_dup_value      (const CamTable *self, guint column, double value);
gsize          cam_table_get_size_bytes (const CamTable *self);
/* cam_table_get_image: the rows are pictures: the numbers of "p0_0" … or such names are pixels, [height][width][channels]. Known from where the table was read,
 * or guessed from names that are a whole grid in order. FALSE: they are none. */
gboolean       cam_table_get_image      (const CamTable *self, guint *height, guint *width, guint *channels);

typedef struct
{
  gsize  n, n_missing, n_different;     /* n: values present; n_different: counted up to 10,000 */
  double min, max, mean, deviation, median;   /* numbers and dates, else NaN; population deviation */
} CamColumnSummary;
void           cam_table_summarise      (const CamTable *self, guint column, CamColumnSummary *summary);
/* cam_table_histogram: @n_bins counts between min and max for numbers and dates; for categories the first @n_bins levels, most frequent first. Returns bins used. */
guint          cam_table_histogram      (const CamTable *self, guint column, guint n_bins, gsize *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamTable, cam_table_unref)

G_END_DECLS
