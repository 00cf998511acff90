/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>

const char *const fixture_keys[] = { "accuracy", "loss", "val_accuracy", "val_loss", NULL };
const CamRunStart fixture_plain_run = { .experiment = "{}", .seed = 1, .keys = fixture_keys, .monitor = "loss" };

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("camadas-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "work.camadas", NULL);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

CamStore *
fixture_open (const char *path)
{
  g_autoptr(GError) error = NULL;
  CamStore *store = cam_store_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);

  return store;
}

gint64
fixture_begin_run (CamStore *store)
{
  const CamRunStart start = { NULL, NULL, "{\"camadas\":1}", "{}", "iris.csv", "00ff", 42, fixture_keys, "val_loss" };
  g_autoptr(GError) error = NULL;
  gint64 run = cam_store_begin_run (store, &start, &error);

  g_assert_no_error (error);
  g_assert_cmpint (run, >, 0);

  return run;
}

void
fixture_append (CamStore *store,
                gint64    run,
                guint     first,
                guint     n)
{
  g_autoptr(GError) error = NULL;
  g_autofree double *values = g_new (double, n * 4), *seconds = g_new (double, n);

  for (guint i = 0; i < n * 4; i++)
    values[i] = (first * 4 + i) * 0.1;
  for (guint i = 0; i < n; i++)
    seconds[i] = (first + i) * 0.5;
  g_assert_true (cam_store_append_epochs (store, run, first, n, values, seconds, first, 0.5, &error));
  g_assert_no_error (error);
}
