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

static CamTable *
wait_for_table (CamWindow *window)
{
  CamSession *session = cam_window_get_session (window);

  ui_wait (cam_session_get_table (session) != NULL && cam_session_get_dataset (session) != NULL);
  ui_settle ();
  return cam_session_get_table (session);
}

/* Cells of a spreadsheet, by the action that menu and Ctrl+V share; what was pasted is kept as a file. */
static void
test_paste (void)
{
  CamWindow *window = cam_window_new (NULL, NULL);
  g_autoptr(GString) cells = g_string_new ("size\tprice\tkind\n");
  g_autofree char *folder = NULL;
  const char *file;
  CamTable *table;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (cells, "%u\t%u,50\t%s\n", i, 3 * i % 7, i % 2 == 0 ? "yes" : "no");
  gtk_window_present (GTK_WINDOW (window));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), cells->str);
  g_action_group_activate_action (G_ACTION_GROUP (window), "paste-data", NULL);
  table = wait_for_table (window);
  g_assert_cmpuint (cam_table_get_n_rows (table), ==, 40);
  g_assert_cmpfloat (cam_table_get_number (table, 1, 1), ==, 3.5);
  g_assert_cmpint (cam_table_get_kind (table, 2), ==, CAM_COLUMN_YES_NO);

  file = cam_experiment_get_file (cam_document_get_experiment (cam_session_get_document (cam_window_get_session (window))));
  g_assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
  folder = g_path_get_dirname (file);
  g_assert_cmpint (g_remove (file), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
}

static GtkDropTarget *
find_drop_target (CamWindow *window)
{
  g_autoptr(GListModel) all = gtk_widget_observe_controllers (GTK_WIDGET (window));

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (all, i);

      /* The window keeps it alive. */
      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  g_error ("nothing can be dropped onto the window");
}

/* A folder of pictures dropped onto the window. */
static void
test_drop_folder (void)
{
  CamWindow *window = cam_window_new (NULL, NULL);
  g_autofree char *folder = g_dir_make_tmp ("camadas-XXXXXX", NULL);
  g_autoptr(GFile) dropped = g_file_new_for_path (folder);
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;
  CamTable *table;

  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s/%s", folder, i % 2 == 0 ? "a" : "b"), *path = g_strdup_printf ("%s/%u.pgm", inner, i);
      g_autofree char *picture = g_strdup_printf ("P5 2 2 255\n%c%c%c%c", 'A' + i, 'Z' - i, '0' + i % 9, '7');

      g_mkdir_with_parents (inner, 0700);
      g_assert_true (g_file_set_contents (path, picture, -1, NULL));
    }
  gtk_window_present (GTK_WINDOW (window));
  g_value_init (&value, G_TYPE_FILE);
  g_value_set_object (&value, dropped);
  g_signal_emit_by_name (find_drop_target (window), "drop", &value, 1.0, 1.0, &taken);
  g_assert_true (taken);
  table = wait_for_table (window);
  g_assert_cmpuint (cam_table_get_n_rows (table), ==, 24);
  g_assert_cmpint (cam_table_find (table, "label"), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();

  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s/%u.pgm", folder, i % 2 == 0 ? "a" : "b", i), *inner = g_path_get_dirname (path);

      g_remove (path);
      g_rmdir (inner);
    }
  g_rmdir (folder);
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
  g_test_add_func ("/app/window/paste", test_paste);
  g_test_add_func ("/app/window/drop-folder", test_drop_folder);
  status = g_test_run ();
  session_test_clear ();

  return status;
}
