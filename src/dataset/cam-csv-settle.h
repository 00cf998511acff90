/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column of texts is, and its cells read as that: decided once, from all levels there are, and then done to any stretch of its rows. */
#pragma once

#include "cam-csv-private.h"

G_BEGIN_DECLS

typedef struct
{
  CamColumnKind  kind;
  gboolean       has_codes;    /* country codes and the like: "NA" is one of them */
  CamDateForm    form;         /* of dates; the next one too */
  CamDateDetail  detail;
  char          *words[2];     /* owned: no and yes as they are spelled */
} CamCsvSettled;

/* cam_csv_settled_init: @levels: a column's levels in the order of their first appearance, and nothing else of it; @counts: how often each stands there (of a few levels; else any numbers);
 * @n_rows: all rows that are not missing; @said: the kind the caller asked for, or NULL. */
void       cam_csv_settled_init  (CamCsvSettled *self, CamCsvFound *found, const CamColumn *levels, const gsize *counts, gsize n_rows, const char *said);
void       cam_csv_settled_clear (CamCsvSettled *self);
/* Whether the same comes of any row. */
gboolean   cam_csv_settled_equal (const CamCsvSettled *self, const CamCsvSettled *other);
/* cam_csv_settled_apply: takes @column, of texts. What does not go with what was decided becomes missing. */
CamColumn *cam_csv_settled_apply (const CamCsvSettled *self, CamCsvFound *found, CamColumn *column);

/* cam_csv_find_form: the form in which all levels are dates; CAM_DATE_N_FORMS: none. */
CamDateForm cam_csv_find_form      (CamCsvFound *found, const CamColumn *column);
/* cam_csv_find_best_form: the one that makes most levels dates, where the caller says that they are. */
CamDateForm cam_csv_find_best_form (CamCsvFound *found, const CamColumn *column);

void       cam_csv_found_note      (CamCsvFound *found, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* cam_csv_found_spells_missing: "unknown" among dates or prices is none of them; among words it may be one. */
gboolean   cam_csv_found_spells_missing (const CamCsvFound *found, const char *level);

G_END_DECLS
