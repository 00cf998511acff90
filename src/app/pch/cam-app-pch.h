/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read once for all files of app, instead of two hundred times: GTK's headers take longer to compile than ours. Every file still includes what it uses. */
#include <adwaita.h>
