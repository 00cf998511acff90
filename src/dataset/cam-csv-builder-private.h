/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the builder's files share: its columns under way. */
#pragma once

#include "cam-csv-block.h"
#include "cam-csv-private.h"

G_BEGIN_DECLS

typedef struct
{
  CamColumn     *column;
  CamCsvReading  reading;
  gboolean       forced;          /* the caller said the kind */
  gboolean       is_unnamed;      /* the header has no name for it */
  gboolean       found_missing;   /* before it was decided, in a word that may be one of a category */
  gboolean       found_word;      /* such a word that is missing among numbers only */
  gsize          n_leading;       /* missing fields before the column was decided */
} CamCsvSlot;

struct _CamCsvBuilder
{
  char          *path;
  CamCsvDialect *dialect;
  json_t        *kinds;
  GHashTable    *known_texts;   /* borrowed: names of columns to read as texts from the start → why, in words, or NULL */

  GPtrArray     *names;         /* char * */
  GHashTable    *taken;         /* the same names → the last number that a repetition of it was given */
  GArray        *slots;         /* CamCsvSlot */
  guint          n_named;       /* columns up to the last that the header names; separators may end its line */
  gsize          n_rows, most_rows;
  gsize          n_given, n_kept;   /* rows taken from it; of those in it now, the first that were */
  gsize          offered_rows;      /* new rows after which it is offered what there is */
  CamCsvOffered  offered;
  gpointer       offered_to;
  gboolean       has_codes;     /* a number, such as −999, was said to spell "missing" */
  gboolean       has_names;
  gboolean       in_header;
  gboolean       has_more;      /* the row under way has texts beyond the last column */
  gsize          n_odd;
  guint64        odd_line;      /* of the first odd row */
  guint          odd_fields;
  CamCsvFound    found;
};

G_END_DECLS
