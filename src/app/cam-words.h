/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and times as people read them on the screen; never for files. LC_NUMERIC is "C" in this program, so the
 * marks come from the translation. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cam_words_count: "1,348". g_free(). */
char *cam_words_count  (guint64 n);

/* cam_words_rows, cam_words_columns: "1 row", "1,348 rows"; "1 column", "31 columns". g_free(). */
char *cam_words_rows    (guint64 n);
char *cam_words_columns (guint64 n);

/* cam_words_number: about four significant digits, for reading: "42.2", "0.00312", "1.5e+09"; "–" for NaN. g_free(). */
char *cam_words_number (double value);

/* cam_words_share: "25.8 %", "0 %", "< 0.1 %". g_free(). */
char *cam_words_share  (double share);

/* cam_words_duration: "3 s", "12 min", "1 h 05 min": of what is estimated. g_free(). */
char *cam_words_duration (double seconds);

/* cam_words_when: "today at 09:12", "yesterday", "18 November"; @seconds since 1970 UTC. g_free(). */
char *cam_words_when   (gint64 seconds);

G_END_DECLS
