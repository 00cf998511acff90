/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of the reader: a file made of a text, and a table as one line of text. */
#pragma once

#include <cam-csv.h>

G_BEGIN_DECLS

/* A temporary file with these bytes; free the path with csv_text_remove(). */
char         *csv_text_file     (const char *text, gssize length);
void          csv_text_remove   (char *path);
CamCsvResult *csv_text_read     (const char *text, gssize length, const CamCsvDialect *dialect, const json_t *kinds, GError **error);

/* "a#,b@,c$: 1,x,word; 2,_,other": names with # for numbers, @ for categories, $ for texts, % for dates, ! for yes/no; cells, _ for a missing one. */
char         *csv_text_describe (const CamTable *table);
/* What the reader took the file for: "UTF-8 ; decimal , thousands . header". */
char         *csv_text_dialect  (const CamCsvDialect *dialect);

G_END_DECLS
