/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of columns that are likely the same. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cam_name_match_score: from 0 (nothing alike) to 1 (the same but for case, blanks and marks). */
double cam_name_match_score (const char *a, const char *b);
/* cam_name_match_find: the place of the name among @names (char *) that is most like @name, if any is like it; −1: none. */
int    cam_name_match_find  (const char *name, GPtrArray *names);

G_END_DECLS
