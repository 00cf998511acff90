/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading CSV files (RFC 4180 and its dialects) into a table, in one streaming pass of bounded memory. */
#pragma once

#include "cam-table.h"

#include <cam-json.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_CSV_FORM_GUESS,
  CAM_CSV_TABLE,
  CAM_CSV_LINES,            /* prose: one column of texts, a row a line */
  CAM_CSV_CHARACTERS,       /* prose: one column of categories, a row a character */
  CAM_CSV_IDX,              /* how a result was read; not to be asked for: the file's first bytes tell */
  CAM_CSV_PICTURES,         /* the same of a folder */
} CamCsvForm;

typedef struct
{
  char     encoding[24];    /* "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252", "ISO-8859-1"; "" = guess */
  char     separator;       /* ',', ';', '\t', '|', ' ' (runs of blanks); 0 = guess */
  char     quote;           /* '"'; 0 = guess; '\1' = none */
  char     decimal;         /* '.' or ','; 0 = guess */
  char     thousands;       /* 0 = none, '.', ',', ' ', '\'' */
  char     comment;         /* lines that begin with it are passed over; 0 = none */
  int      has_header;      /* 1, 0; −1 = guess */
  guint    skip_lines;      /* before header or data */
  gboolean allow_ragged;    /* short rows are filled with missing, long ones cut, and counted; else an error that names the line */
  char   **missing;         /* spellings of "missing" besides the empty field; NULL = the usual ones (NA, N/A, NaN, null, ?, -, …) and those that look it in this file */
  char     dates;           /* CAM_CSV_DAY_FIRST, …; 0 = guess for each column */
  CamCsvForm form;
  guint    height, width, channels;   /* of pictures from a folder; 0 = guess */
  char   **unusual;         /* guessed spellings of "missing" among numbers and dates, besides the usual ones; no part of a document */
} CamCsvDialect;

/* "01/02/2024" is the first of February, the second of January, a text. */
enum { CAM_CSV_DAY_FIRST = 'd', CAM_CSV_MONTH_FIRST = 'm', CAM_CSV_NO_DATES = 'n' };

CamCsvDialect *cam_csv_dialect_new       (void);                       /* everything to be guessed */
CamCsvDialect *cam_csv_dialect_copy      (const CamCsvDialect *self);
void           cam_csv_dialect_free      (CamCsvDialect *self);
json_t        *cam_csv_dialect_to_json   (const CamCsvDialect *self);  /* the "dialect" of a document; guessed fields left out */
CamCsvDialect *cam_csv_dialect_from_json (const json_t *json, GError **error);
/* "comma, UTF-8, decimal point": for a subtitle; translated. g_free(). */
char          *cam_csv_dialect_describe  (const CamCsvDialect *self);

/* In the reader's thread, about every 50 ms. */
typedef void (*CamCsvProgress) (goffset bytes_read, goffset bytes_total, gsize n_rows, gpointer user_data);

typedef struct
{
  CamTable      *table;
  CamCsvDialect *dialect;      /* as it was read: nothing left to guess */
  GPtrArray     *notes;        /* of char *: what was odd but mended ("Line 14 has 7 fields instead of 6; the last was left out"), at most 100 */
  gsize          n_odd_rows;   /* short or long rows mended */
  char         **missing;      /* the spellings of "missing" that the file has, besides the empty field; at most 20 */
} CamCsvResult;

/* Pixels of a picture's side, at most. */
#define CAM_CSV_MOST_SIDE 4096

/* The "dialect" part of a document's JSON Schema. */
json_t        *cam_csv_dialect_schema    (void);

/**
 * cam_csv_read:
 * @path: a file
 * @dialect: (nullable): what is known; the rest is guessed from the head of the file
 * @kinds: (nullable): object of column name → "number", "category", "yes/no", "date" or "text" that overrides the guess
 *
 * Reads the whole file, or what a gzip file holds. Blocking: call it from a worker thread. A header name that is empty or repeated is made unique ("x_2") and noted.
 * cam_source_read() (cam-source.h) does the same for any file that can be a table.
 *
 * Returns: (transfer full): free with cam_csv_result_free(); %NULL with CAM_DATASET_ERROR_*, G_FILE_ERROR_* or G_IO_ERROR_CANCELLED
 */
CamCsvResult  *cam_csv_read              (const char *path, const CamCsvDialect *dialect, const json_t *kinds, CamCsvProgress progress, gpointer user_data,
                                          GCancellable *cancellable, GError **error);
/* cam_csv_read_head: the first @most_rows rows, with kinds guessed from these; the encoding is guessed from the whole file. For a preview. */
CamCsvResult  *cam_csv_read_head         (const char *path, const CamCsvDialect *dialect, const json_t *kinds, gsize most_rows, GCancellable *cancellable, GError **error);
/* cam_csv_read_bytes: text that is in memory, such as the clipboard's. */
CamCsvResult  *cam_csv_read_bytes        (const char *bytes, gsize length, const CamCsvDialect *dialect, const json_t *kinds, GError **error);
void           cam_csv_result_free       (CamCsvResult *result);

/* cam_csv_write_field: @text with quotes where RFC 4180 needs them, appended to @out. */
void           cam_csv_write_field       (GString *out, const char *text, char separator);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamCsvDialect, cam_csv_dialect_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamCsvResult, cam_csv_result_free)

G_END_DECLS
