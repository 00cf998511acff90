/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the translated texts of the program lie. */
#include "cam-catalogue.h"

#include <libintl.h>

/* The catalogues of the build that the running program lies in: BUILD/src/FLOOR/PROGRAM has them in BUILD/resources/po. NULL: it is installed. */
static char *
dup_build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *place = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *folder = place != NULL ? g_build_filename (place, "..", "..", "resources", "po", NULL) : NULL;

  return folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&folder) : NULL;
}

void
cam_catalogue_open (void)
{
  g_autofree char *build = dup_build_folder ();

  bindtextdomain (GETTEXT_PACKAGE, build != NULL ? build : CAM_INSTALLED_CATALOGUES);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  /* The default one as well: templates look there, and GLib translates nothing where it finds no catalogue in it. */
  textdomain (GETTEXT_PACKAGE);
}
