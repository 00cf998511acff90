/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the translated texts of the program lie. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cam_catalogue_open: main thread, once, after setlocale() and before the first text. From here on _() speaks the language of LC_MESSAGES: out of the
 * catalogues beside the build when the program runs there, else out of the installed ones. With no catalogue for that language it stays with English.
 */
void cam_catalogue_open (void);

G_END_DECLS
