/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole window with a sample open: how small it can be made. */
#include "session-test.h"

#include "cam-settings.h"
#include "cam-window.h"

/* The smallest screen we promise. */
#define LEAST_WIDTH  1024
#define LEAST_HEIGHT 700

static const char *const samples[] = { "breast-cancer.json", "iris.json", "digits.json", "darts.json", "energy-efficiency.json",
                                       "asteroid-flyby.json", "banknotes.json", "irrigation.json", "penguins.json" };

static CamWindow *
open_window (const char *sample)
{
  g_autofree char *path = g_build_filename (g_getenv ("CAM_SAMPLES"), sample, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  CamWindow *window = cam_window_new (NULL, NULL);

  gtk_window_present (GTK_WINDOW (window));
  cam_window_open_file (window, file);
  ui_wait (cam_session_get_dataset (cam_window_get_session (window)) != NULL);
  ui_settle ();

  return window;
}

/* @widget and, where it is too wide, what in it asks for that. */
static void
tell_widths (GtkWidget *widget,
             guint      depth,
             int        most)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_printerr ("%*s%s asks for %d\n", (int) (2 * depth), "", G_OBJECT_TYPE_NAME (widget), width);
  if (width <= most)
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    tell_widths (child, depth + 1, most);
}

/* Every page: a stack asks for the widest of them. */
static void
test_fits (gconstpointer sample)
{
  CamWindow *window = open_window (sample);
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));   /* without frame and shadow */
  int width, height;

  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, LEAST_WIDTH, &height, NULL, NULL, NULL);
  if (width > LEAST_WIDTH)
    tell_widths (content, 0, LEAST_WIDTH);
  g_assert_cmpint (width, <=, LEAST_WIDTH);
  g_assert_cmpint (height, <=, LEAST_HEIGHT);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
}

int
main (int    argc,
      char **argv)
{
  int status;

  session_test_init (&argc, &argv);
  /* GNOME's font on Debian 12; others are narrower. */
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Cantarell 11", "gtk-decoration-layout", "icon:minimize,maximize,close", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/app/window/fits/", samples[i], NULL);

      g_test_add_data_func (path, samples[i], test_fits);
    }
  status = g_test_run ();
  session_test_clear ();

  return status;
}
