/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a CSV file in three steps, each with bounded memory: the source gives UTF-8 text in pieces, the parser cuts it into fields, the builder makes columns of them. */
#pragma once

#include "cam-csv.h"
#include "cam-input.h"
#include "cam-packed.h"
#include "cam-table-private.h"

G_BEGIN_DECLS

#define CAM_CSV_MOST_FIELD   (1 << 20)     /* bytes of one field */
#define CAM_CSV_MOST_COLUMNS 65536

/* ---- source ---- */
typedef struct _CamCsvSource CamCsvSource;

/* Takes @input, also where it fails. */
CamCsvSource *cam_csv_source_new       (CamInput *input, const char *encoding, gsize chunk_size, GError **error);
void          cam_csv_source_free      (CamCsvSource *self);
/* The next piece of text, borrowed until the next call; 0: the end; −1: error (CAM_DATASET_ERROR_ENCODING, _SYNTAX for a zero byte), after all text before it was given. */
gssize        cam_csv_source_read      (CamCsvSource *self, const char **text, GError **error);
goffset       cam_csv_source_get_read  (const CamCsvSource *self);     /* bytes of the file */
goffset       cam_csv_source_get_total (const CamCsvSource *self);
gboolean      cam_csv_source_at_end    (const CamCsvSource *self);     /* all of the file was given; may be told late */
/* "UTF-8", "UTF-16LE", … from a byte order mark or the pattern of the first bytes; "" where only the whole text tells. */
const char   *cam_csv_guess_encoding   (const char *bytes, gsize length);
/* The encoding of a text that is not UTF-8; NULL only where it is cancelled or cannot be read. */
char         *cam_csv_detect_legacy    (CamInput *input, GCancellable *cancellable, GError **error);

/* ---- parser ---- */
typedef struct
{
  /* @text is not terminated; @line: where the field begins; @is_quoted: it stood in quotes. FALSE stops the parser with *error set. */
  gboolean (*on_field)  (gpointer user_data, guint column, guint64 line, const char *text, gsize length, gboolean is_quoted, GError **error);
  gboolean (*on_row)    (gpointer user_data, guint n_fields, guint64 line, GError **error);
  /* May be NULL. Asked first where a field is a plain number; FALSE: the field is wanted as text. */
  gboolean (*on_number) (gpointer user_data, guint column, double value, gboolean is_exact);
  gpointer   user_data;
} CamCsvEvents;

typedef struct _CamCsvParser CamCsvParser;

CamCsvParser *cam_csv_parser_new  (const CamCsvDialect *dialect, const CamCsvEvents *events);   /* dialect: nothing left to guess */
void          cam_csv_parser_free (CamCsvParser *self);
gboolean      cam_csv_parser_feed (CamCsvParser *self, const char *text, gsize length, GError **error);
gboolean      cam_csv_parser_end  (CamCsvParser *self, GError **error);
/* Line and column, both from 1, of what comes next. */
guint64       cam_csv_parser_get_position (const CamCsvParser *self, guint *column);
/* Puts the line and the column before the message of an error that came from the source. */
void          cam_csv_parser_prefix_position (const CamCsvParser *self, GError **error);
/* Nothing of a row has been read yet; what comes is one. */
gboolean      cam_csv_parser_is_between_rows (const CamCsvParser *self);
/* So many lines, a row each, were parsed elsewhere. */
void          cam_csv_parser_pass_lines   (CamCsvParser *self, gsize n_lines);
/* A field ends where a separator stands, no number has one in it, and what looks like a plain number is one. */
gboolean      cam_csv_parser_takes_blocks (const CamCsvParser *self);

/* ---- numbers as people write them ---- */
/* @is_exact: four bytes hold it (cam-packed.h). Leading zeros ("007"), whole numbers beyond 2⁵³ and words are no numbers here. */
gboolean      cam_csv_number      (const char *text, gsize length, char decimal, char thousands, double *value, gboolean *is_exact);
/* Bytes that must be readable for cam_csv_number_scan(). */
#define CAM_CSV_NUMBER_ROOM 40
/* The number at the beginning of @text, in its usual form: sign, digits, mark, digits. Returns what follows it; NULL: something else, or a number that takes more care. */
const char   *cam_csv_number_scan (const char *text, char decimal, double *value, gboolean *is_exact);

/* ---- guessing ---- */
/* Fills in what @dialect leaves open, from the first @length bytes of text. @is_whole: that is all of it. @may_be_prose: its name says so. */
void          cam_csv_sniff       (CamCsvDialect *dialect, const char *text, gsize length, gboolean is_whole, gboolean may_be_prose);
/* @in_texts: in a column of texts, where "none" is a word. */
gboolean      cam_csv_is_missing  (const CamCsvDialect *dialect, const char *text, gsize length, gboolean in_texts);

/* ---- what is found on the way ---- */
#define CAM_CSV_MOST_NOTES     100
#define CAM_CSV_MOST_SPELLINGS 20

typedef struct
{
  const CamCsvDialect *dialect;     /* borrowed */
  GPtrArray           *notes;       /* char * */
  GHashTable          *missing;     /* set of char *: spellings of "missing" that were met */
  char                 dates;       /* the order of day and month that was met: CAM_CSV_DAY_FIRST or CAM_CSV_MONTH_FIRST; 0: neither */
} CamCsvFound;

void           cam_csv_found_missing  (CamCsvFound *found, const char *text, gsize length);
/* The kind of a column of texts, and its missing values, now that it is whole. Takes @column. @said: the kind the caller asked for, or NULL. */
CamColumn     *cam_csv_settle_column  (CamCsvFound *found, CamColumn *column, gsize n_rows, const char *said);
/* A number with a sign of percent or currency, and thousands marks even where the dialect has none. */
gboolean       cam_csv_number_signed  (const CamCsvDialect *dialect, const char *text, double *value, int *sign);

/* ---- prose ---- */
typedef struct _CamProse CamProse;

CamProse      *cam_prose_new      (CamCsvForm form, gsize most_rows);     /* CAM_CSV_LINES or CAM_CSV_CHARACTERS */
void           cam_prose_free     (CamProse *self);
gboolean       cam_prose_feed     (CamProse *self, const char *text, gsize length, GError **error);
/* The table of one column; the last line may lack its break. */
CamTable      *cam_prose_finish   (CamProse *self, GError **error);
gsize          cam_prose_get_n_rows (const CamProse *self);
guint64        cam_prose_get_line (const CamProse *self);
gboolean       cam_prose_is_full  (const CamProse *self);

/* ---- builder ---- */
/* What a column is read as. */
typedef enum { CAM_CSV_UNDECIDED, CAM_CSV_NUMBERS, CAM_CSV_TEXTS } CamCsvReading;

typedef struct _CamCsvBuilder CamCsvBuilder;

CamCsvBuilder *cam_csv_builder_new    (const char *path, const CamCsvDialect *dialect, const json_t *kinds, GHashTable *known_texts);
void           cam_csv_builder_free   (CamCsvBuilder *self);
extern const CamCsvEvents cam_csv_builder_events;     /* user_data to be set to a builder */
gsize          cam_csv_builder_get_n_rows (const CamCsvBuilder *self);
/* Rows after which it stops the parser. */
void           cam_csv_builder_set_most_rows (CamCsvBuilder *self, gsize most_rows);
gboolean       cam_csv_builder_is_full       (const CamCsvBuilder *self);
/* Takes @text. */
void           cam_csv_builder_add_note      (CamCsvBuilder *self, char *text);
/* Names of columns that turned out to be texts after numbers had been read: then the file must be read again with these known. */
gboolean       cam_csv_builder_must_reread (const CamCsvBuilder *self, GHashTable *known_texts);
gboolean       cam_csv_builder_finish (CamCsvBuilder *self, CamCsvResult *result, GError **error);

guint          cam_csv_builder_get_n_columns (const CamCsvBuilder *self);
/* The columns that count: without those at the end that have neither a name nor, so far, a cell. */
guint          cam_csv_builder_count_used    (const CamCsvBuilder *self);
/* FALSE: the rows, now that all are read, are none, or most of them odd. */
gboolean       cam_csv_builder_check_end     (CamCsvBuilder *self, GError **error);

/* Rows with too few or too many fields, and the first in words. g_free(); NULL: none. */
gsize          cam_csv_builder_get_n_odd     (const CamCsvBuilder *self);
char          *cam_csv_builder_describe_odd  (const CamCsvBuilder *self);

/* Rows taken out in stretches: @offered is called between two rows, once so many new ones have come. */
typedef gboolean (*CamCsvOffered) (gpointer user_data, GError **error);
void           cam_csv_builder_set_offered   (CamCsvBuilder *self, gsize n_rows, CamCsvOffered offered, gpointer user_data);
gboolean       cam_csv_builder_offer         (CamCsvBuilder *self, GError **error);
/* The first @n_columns columns as they are read, numbers or texts, without their rows from now on. Element type CamColumn; free_func is NULL. *n_kept: the first rows that had been put back. */
GPtrArray     *cam_csv_builder_take          (CamCsvBuilder *self, guint n_columns, gsize *n_rows, gsize *n_kept);
/* After a taking: rows of what was taken, in this order, stand before what comes. */
void           cam_csv_builder_put_back      (CamCsvBuilder *self, const GPtrArray *columns, const gsize *rows, gsize n_rows);
const char    *cam_csv_builder_get_name      (const CamCsvBuilder *self, guint column);

/* For tests: threads besides the calling one that parse lines; −1: as many as there are processors; −2: not even the calling one parses apart. */
extern int     cam_csv_helpers;
/* For tests: pieces of this many bytes, 0: the usual size. */
extern gsize   cam_csv_chunk_size;

G_END_DECLS
