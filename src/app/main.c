/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's main(): the locale first, then the charts, then everything that starts threads. */

#include <locale.h>

#include <adwaita.h>

#include <cam-catalogue.h>
#include <cam-chart.h>

#include "cam-application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr(CamApplication) application = NULL;
  g_autoptr(GError) error = NULL;

  /* Numbers in files and in PLplot have decimal points whatever the user's language is. */
  gtk_disable_setlocale ();
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  cam_catalogue_open ();

  if (!cam_charts_init (&error))
    g_message ("%s", error->message);

  application = cam_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
