/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of yes and no, as tables write them in English, German and Portuguese. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cam_yes_no_parse: 1: "yes", "sim", "ja", "true", "on", "1", …; 0: its opposite; −1: neither. Letters in either case. */
int      cam_yes_no_parse (const char *text);

/* cam_yes_no_match: the two are opposites of each other, as "T" and "F" are; "T" and "N" are not. */
gboolean cam_yes_no_match (const char *yes, const char *no);

G_END_DECLS
