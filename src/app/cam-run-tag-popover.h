/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tags of some runs: those in use, each to tick, and an entry for a new one. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* cam_run_tag_popover_new: @tags: of char *, what can be ticked; @runs: of CamRunItem, what they have is ticked, and what some of them have is in between. For each tag that is given or taken away
 * @func is called. Both arrays are referenced. A floating reference. */
typedef void (*CamRunTagFunc) (GtkWidget *popover, const char *tag, gboolean is_given, gpointer user_data);
GtkWidget *cam_run_tag_popover_new (GPtrArray *tags, GPtrArray *runs, CamRunTagFunc func, gpointer user_data);

G_END_DECLS
