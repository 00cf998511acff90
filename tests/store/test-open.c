/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are opened: busy, foreign, newer, older, damaged, and where they cannot be written. */
#include <cam-store.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store-fixture.h"

static void
test_busy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(CamStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;

  g_assert_null (cam_store_open (fixture->path, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, fixture->path));
}

static void
test_foreign (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  sqlite3 *db;

  g_assert_true (g_file_set_contents (fixture->path, "a,b,c\n1,2,3\n4,5,6\n", -1, NULL));
  g_assert_null (cam_store_open (fixture->path, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_WORKSPACE);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "a,b,c\n1,2,3\n4,5,6\n");

  g_unlink (fixture->path);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, "CREATE TABLE cookies (a)", NULL, NULL, NULL);
  sqlite3_close (db);
  g_assert_null (cam_store_open (fixture->path, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_WORKSPACE);
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  sqlite3 *db;

  cam_store_close (fixture_open (fixture->path));
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, "PRAGMA user_version = 99", NULL, NULL, NULL);
  sqlite3_close (db);
  g_assert_null (cam_store_open (fixture->path, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NEWER);
}

/* A workspace as an older version wrote it: tests/data/store has the statements that it ran. */
static void
make_old (const char *path,
          const char *name)
{
  g_autofree char *script = g_build_filename (g_getenv ("CAM_TEST_DATA"), "store", name, NULL);
  g_autofree char *sql = NULL;
  sqlite3 *db;

  g_assert_true (g_file_get_contents (script, &sql, NULL, NULL));
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_migration (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(CamStore) store = NULL;
  g_autoptr(CamRunRecord) record = NULL;
  g_autofree double *history = NULL;
  guint n_epochs, n_keys;

  make_old (fixture->path, "version-1.sql");
  store = fixture_open (fixture->path);
  record = cam_store_get_run (store, 1, NULL);
  g_assert_cmpstr (record->name, ==, "Run 1");
  g_assert_cmpint (record->state, ==, CAM_RUN_FINISHED);
  history = cam_store_dup_history (store, 1, &n_epochs, &n_keys, NULL);
  g_assert_cmpuint (n_epochs, ==, 1);
  g_assert_cmpfloat (history[0], ==, 0.5);
  g_assert_true (cam_store_set_run_deleted (store, 1, TRUE, NULL));
}

/* The fifth version knew nothing of tags and notes, and not when an epoch had ended. */
static void
test_migration_to_notes (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(CamStore) store = NULL;
  g_autoptr(CamRunRecord) record = NULL, second = NULL;
  g_autofree double *history = NULL, *seconds = NULL, *later = NULL;
  const double values[] = { 0.125, 0.375 }, end = 2.5;
  guint n_epochs, n_keys;

  make_old (fixture->path, "version-5.sql");
  store = fixture_open (fixture->path);
  record = cam_store_get_run (store, 1, NULL);
  g_assert_cmpstr (record->name, ==, "relu");
  g_assert_cmpstr (record->note, ==, "");
  g_assert_true (g_strv_length (record->tags) == 0 && record->study == 0 && !record->is_pinned && !record->is_archived);
  second = cam_store_get_run (store, 2, NULL);
  g_assert_true (second->study == 1 && second->place == 0);
  history = cam_store_dup_history (store, 1, &n_epochs, &n_keys, NULL);
  g_assert_true (n_epochs == 2 && history[3] == 0.5);
  seconds = cam_store_dup_epoch_seconds (store, 1, &n_epochs, NULL);
  g_assert_true (n_epochs == 2 && isnan (seconds[0]) && isnan (seconds[1]));

  g_assert_true (cam_store_append_epochs (store, 1, 3, 1, values, &end, 3, 0.375, NULL));
  later = cam_store_dup_epoch_seconds (store, 1, &n_epochs, NULL);
  g_assert_true (n_epochs == 3 && isnan (later[1]) && later[2] == 2.5);
}

/* The disk "fills" while a run goes on: the call says so, and what was there before stays. */
static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  int status;
  pid_t child = fork ();

  if (child == 0)
    {
      CamStore *store = cam_store_open (fixture->path, NULL);
      gint64 run = cam_store_begin_run (store, &fixture_plain_run, NULL);
      const double values[4] = { 1, 2, 3, 4 };
      const struct rlimit limit = { 300000, 300000 };
      g_autofree char *big = g_malloc0 (1 << 20);
      g_autoptr(GBytes) weights = g_bytes_new (big, 1 << 20);
      GError *error = NULL;

      if (!cam_store_append_epochs (store, run, 1, 1, values, values, 1, 2, NULL))
        _exit (2);
      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
      if (cam_store_set_weights (store, run, "best", 1, weights, &error) || !g_error_matches (error, CAM_STORE_ERROR, CAM_STORE_ERROR_FAILED))
        _exit (3);
      _exit (0);
    }

  waitpid (child, &status, 0);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);

  {
    g_autoptr(CamStore) store = fixture_open (fixture->path);
    g_autoptr(CamRunRecord) record = cam_store_get_run (store, 1, NULL);

    g_assert_cmpuint (record->n_epochs, ==, 1);
  }
}

/* Whatever bytes are flipped or cut off: an answer or an error, never a crash. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (7);
  g_autofree char *whole = NULL;
  gsize length;
  CamStore *store = fixture_open (fixture->path);
  guint n_refused = 0;

  fixture_append (store, fixture_begin_run (store), 1, 50);
  cam_store_close (store);
  g_assert_true (g_file_get_contents (fixture->path, &whole, &length, NULL));
  g_assert_cmpuint (length, >, 8192);

  for (guint round = 0; round < 150; round++)
    {
      g_autofree char *bytes = g_memdup2 (whole, length);
      g_autoptr(GError) error = NULL;
      gsize size = round % 3 == 0 ? (gsize) g_rand_int_range (random, 0, (int) length) : length;

      for (guint i = 0; i < 8 && size > 0; i++)
        bytes[g_rand_int_range (random, 0, (int) size)] = (char) g_rand_int (random);
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));

      store = cam_store_open (fixture->path, &error);
      if (store == NULL)
        {
          g_assert_nonnull (error);
          n_refused++;
          continue;
        }
      {
        guint n, n_epochs, n_keys;
        g_autofree gint64 *runs = cam_store_list_runs (store, &n, &error);
        g_autofree double *history = n > 0 ? cam_store_dup_history (store, runs[0], &n_epochs, &n_keys, &error) : NULL;

        g_autoptr(GBytes) weights = n > 0 ? cam_store_dup_weights (store, runs[0], "best", NULL, NULL) : NULL;
        g_autofree char *draft = cam_store_dup_draft (store);

        g_assert_true (runs != NULL || error != NULL);
      }
      cam_store_close (store);
    }
  g_assert_cmpuint (n_refused, >, 0);
}

/* The superuser may write anything: the child that opens becomes nobody first. */
static void
test_read_only (Fixture       *fixture,
                gconstpointer  data)
{
  int status;
  pid_t child;

  cam_store_close (fixture_open (fixture->path));
  g_assert_cmpint (g_chmod (fixture->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autoptr(GError) error = NULL;

      if (geteuid () == 0 && seteuid (65534) != 0)
        _exit (2);
      if (cam_store_open (fixture->path, &error) != NULL)
        _exit (3);
      _exit (g_error_matches (error, CAM_STORE_ERROR, CAM_STORE_ERROR_FAILED) && strstr (error->message, fixture->path) != NULL ? 0 : 4);
    }
  waitpid (child, &status, 0);
  g_chmod (fixture->folder, 0755);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "no", "such", "folder.camadas", NULL);

  g_assert_null (cam_store_open (path, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, path));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("/store/open/busy", test_busy);
  ADD ("/store/open/foreign", test_foreign);
  ADD ("/store/open/newer", test_newer);
  ADD ("/store/open/migration", test_migration);
  ADD ("/store/open/migration-to-notes", test_migration_to_notes);
  ADD ("/store/open/read-only", test_read_only);
  ADD ("/store/open/unwritable", test_unwritable);
  ADD ("/store/open/damaged", test_damaged);
  ADD ("/store/write/full-disk", test_full_disk);
#undef ADD

  return g_test_run ();
}
