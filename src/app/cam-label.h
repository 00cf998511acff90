/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A label that stands at the left of its place and is cut at the end where there is no room. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* cam_label_new: @text, @class_name: (nullable). */
GtkWidget *cam_label_new (const char *text, const char *class_name);

G_END_DECLS
