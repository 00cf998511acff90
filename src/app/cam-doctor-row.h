/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the doctor's list: icon, claim over reason, and room for buttons. A box rather than a row of a GtkListBox, which would stand in the keyboard's way to the buttons. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* cam_doctor_row_new: @ink: the icon's class; @word: what the icon means, or NULL; @reason: (nullable). Floating. */
GtkWidget *cam_doctor_row_new         (const char *icon, const char *ink, const char *word, const char *claim, const char *reason);
/* cam_doctor_row_add_button: at its end; @name: for screen readers; @clicked_cb (button, @place). */
void       cam_doctor_row_add_button  (GtkWidget *row, GtkWidget *button, const char *name, GCallback clicked_cb, guint place);
/* cam_doctor_row_find_button: the one that has the class @likeness, else the first; NULL: there is none. Borrowed. */
GtkWidget *cam_doctor_row_find_button (GtkWidget *row, const char *likeness);

G_END_DECLS
