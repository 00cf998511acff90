/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file is there whole or not at all. */
#include <cam-whole-file.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder, *path;
} Place;

static void
set_up (Place         *self,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("camadas-whole-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "x.csv", NULL);
}

static guint
count_files (const Place *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
tear_down (Place         *self,
           gconstpointer  data)
{
  g_remove (self->path);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static void
test_committed (Place         *self,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(CamWholeFile) file = cam_whole_file_new (self->path, &error);

      g_assert_no_error (error);
      g_assert_true (cam_whole_file_write (file, "not this", 8, &error));
      g_assert_true (cam_whole_file_restart (file, &error));
      g_assert_true (cam_whole_file_write (file, i == 0 ? "first" : "sec", i == 0 ? 5 : 3, &error));
      g_assert_true (cam_whole_file_write (file, "ond", i == 0 ? 0 : 3, &error));
      g_assert_true (cam_whole_file_commit (file, &error));
      g_assert_no_error (error);
    }
  g_assert_true (g_file_get_contents (self->path, &text, NULL, &error));
  g_assert_cmpstr (text, ==, "second");
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
test_given_up (Place         *self,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  CamWholeFile *file;

  g_assert_true (g_file_set_contents (self->path, "old", -1, NULL));
  file = cam_whole_file_new (self->path, &error);
  g_assert_true (cam_whole_file_write (file, "new", 3, &error));
  cam_whole_file_free (file);
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
test_copied (Place         *self,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamWholeFile) file = cam_whole_file_new (NULL, &error);
  g_autofree char *block = g_strnfill (300000, 'x'), *text = NULL;
  int fd = g_open (self->path, O_CREAT | O_RDWR, 0600);
  gsize length;

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    g_assert_true (cam_whole_file_write (file, block, 300000, &error));
  g_assert_true (cam_whole_file_copy (file, fd, &error));
  g_close (fd, NULL);
  g_assert_true (g_file_get_contents (self->path, &text, &length, NULL));
  g_assert_cmpuint (length, ==, 900000);
  g_assert_cmpuint (strspn (text, "x"), ==, length);
}

static void
test_nowhere (Place         *self,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "missing", "x.csv", NULL);

  g_assert_null (cam_whole_file_new (path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);
  g_assert_null (cam_whole_file_new (self->folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/core/whole-file/committed", Place, NULL, set_up, test_committed, tear_down);
  g_test_add ("/core/whole-file/given-up", Place, NULL, set_up, test_given_up, tear_down);
  g_test_add ("/core/whole-file/copied", Place, NULL, set_up, test_copied, tear_down);
  g_test_add ("/core/whole-file/nowhere", Place, NULL, set_up, test_nowhere, tear_down);

  return g_test_run ();
}
