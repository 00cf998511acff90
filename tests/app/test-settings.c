/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window remembers survives a new start; what is gone or damaged is passed over. */

#include <glib/gstdio.h>

#include "cam-settings.h"

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->folder = g_dir_make_tmp ("camadas-settings-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "deep", "window.ini", NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *deep = g_path_get_dirname (f->path);

  g_unlink (f->path);
  g_rmdir (deep);
  g_rmdir (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static void
test_size (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(CamSettings) first = cam_settings_new (f->path);
  g_autoptr(CamSettings) second = NULL;
  int width = 1, height = 2;
  gboolean is_maximized = FALSE;

  g_assert_false (cam_settings_get_window_size (first, &width, &height, &is_maximized));
  g_assert_cmpint (width, ==, 1);
  cam_settings_set_window_size (first, 1234, 777, TRUE);
  second = cam_settings_new (f->path);
  g_assert_true (cam_settings_get_window_size (second, &width, &height, &is_maximized));
  g_assert_cmpint (width, ==, 1234);
  g_assert_cmpint (height, ==, 777);
  g_assert_true (is_maximized);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_recent (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(CamSettings) settings = cam_settings_new (f->path);
  g_autoptr(CamSettings) again = NULL;
  g_autoptr(GPtrArray) recent = NULL, none = NULL;
  guint n_changes = 0;
  const char *paths[] = { f->folder, "/", f->folder };

  g_signal_connect_swapped (settings, "recent-changed", G_CALLBACK (count_cb), &n_changes);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    cam_settings_add_recent (settings, &(CamRecent) { .path = (char *) paths[i], .title = (char *) "Título; [x]=\n1",
                                                      .task = (int) i, .n_runs = 5, .opened_at = 1700000000 });
  cam_settings_add_recent (settings, &(CamRecent) { .path = (char *) "/no/such/file.camadas", .title = (char *) "gone" });
  g_assert_cmpuint (n_changes, ==, 4);

  again = cam_settings_new (f->path);
  recent = cam_settings_dup_recent (again);
  g_assert_cmpuint (recent->len, ==, 2);
  g_assert_cmpstr (((CamRecent *) recent->pdata[0])->path, ==, f->folder);
  g_assert_cmpstr (((CamRecent *) recent->pdata[0])->title, ==, "Título; [x]=\n1");
  g_assert_cmpint (((CamRecent *) recent->pdata[0])->task, ==, 2);
  g_assert_cmpuint (((CamRecent *) recent->pdata[0])->n_runs, ==, 5);
  g_assert_cmpint (((CamRecent *) recent->pdata[0])->opened_at, ==, 1700000000);
  g_assert_cmpstr (((CamRecent *) recent->pdata[1])->path, ==, "/");

  cam_settings_clear_recent (again);
  none = cam_settings_dup_recent (again);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_open (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(CamSettings) settings = cam_settings_new (f->path);
  g_autoptr(CamSettings) again = NULL;
  g_autofree char *open = NULL;

  g_assert_null (cam_settings_dup_open (settings));
  cam_settings_set_open (settings, "/a b/ç.camadas");
  again = cam_settings_new (f->path);
  open = cam_settings_dup_open (again);
  g_assert_cmpstr (open, ==, "/a b/ç.camadas");
  cam_settings_set_open (again, NULL);
  g_assert_null (cam_settings_dup_open (again));
}

static void
test_choice (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(CamSettings) first = cam_settings_new (f->path);
  g_autoptr(CamSettings) second = NULL;
  g_autofree char *band = NULL, *other = NULL;

  g_assert_null (cam_settings_dup_choice (first, "compare", "band"));
  cam_settings_set_choice (first, "compare", "band", "none = [no]\n");
  second = cam_settings_new (f->path);
  band = cam_settings_dup_choice (second, "compare", "band");
  other = cam_settings_dup_choice (second, "train", "band");
  g_assert_cmpstr (band, ==, "none = [no]\n");
  g_assert_null (other);
}

static void
test_damaged (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *deep = g_path_get_dirname (f->path);
  g_autoptr(CamSettings) settings = NULL;
  g_autoptr(GPtrArray) recent = NULL;
  int width, height;
  gboolean is_maximized;

  g_assert_cmpint (g_mkdir_with_parents (deep, 0700), ==, 0);
  g_assert_true (g_file_set_contents (f->path, "[window]\nwidth=-4\nheight=many\n[recent 0\0\xff", -1, NULL));
  settings = cam_settings_new (f->path);
  g_assert_false (cam_settings_get_window_size (settings, &width, &height, &is_maximized));
  recent = cam_settings_dup_recent (settings);
  g_assert_cmpuint (recent->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/settings/window-size", Fixture, NULL, set_up, test_size, tear_down);
  g_test_add ("/app/settings/recent", Fixture, NULL, set_up, test_recent, tear_down);
  g_test_add ("/app/settings/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/app/settings/choice", Fixture, NULL, set_up, test_choice, tear_down);
  g_test_add ("/app/settings/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  return g_test_run ();
}
