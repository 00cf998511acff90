/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags of runs: their colours, and which are in use. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* cam_run_tag_colour: "green" for “best”, and for any other word always the same: a class of chips in the style sheet. */
const char *cam_run_tag_colour  (const char *tag);
/* cam_run_tags_in_use: of char *, free with the array: those of @runs (of CamRunItem) by how often they are there, then those that are proposed. */
GPtrArray  *cam_run_tags_in_use (GListModel *runs);
/* cam_run_tag_clean: without spaces around it, commas and line breaks; NULL where nothing is left. g_free(). */
char       *cam_run_tag_clean   (const char *text);

G_END_DECLS
