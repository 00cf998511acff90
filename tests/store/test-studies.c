/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies in the workspace: their plans, the places of their runs, and workspaces made before there were any. */
#include <sqlite3.h>

#include "store-fixture.h"

/* A workspace of the fourth version, with a run: it stays, and stands in no study. */
static void
test_migration_to_studies (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(CamStore) store = NULL;
  g_autoptr(CamRunRecord) record = NULL;
  sqlite3 *db;
  gint64 study;

  store = fixture_open (fixture->path);
  fixture_begin_run (store);
  g_clear_pointer (&store, cam_store_close);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "DROP INDEX run_of_study; ALTER TABLE run DROP COLUMN place; ALTER TABLE run DROP COLUMN study; DROP TABLE study;"
                                     "ALTER TABLE run DROP COLUMN tags; ALTER TABLE run DROP COLUMN note; ALTER TABLE run DROP COLUMN is_pinned;"
                                     "ALTER TABLE run DROP COLUMN is_archived; ALTER TABLE epoch DROP COLUMN seconds; DROP TABLE memory;"
                                     "PRAGMA user_version = 4", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  store = fixture_open (fixture->path);
  record = cam_store_get_run (store, 1, NULL);
  g_assert_cmpstr (record->name, ==, "Run 1");
  study = cam_store_add_study (store, "Seeds", "{}", NULL, NULL);
  g_assert_cmpint (study, ==, 1);
}

static gint64
begin_in (CamStore            *store,
          const CamStudyPlace *place)
{
  const CamRunStart start = { .name = "relu", .place = place, .experiment = "{}", .seed = 1, .keys = fixture_keys, .monitor = "loss" };
  g_autoptr(GError) error = NULL;
  gint64 run = cam_store_begin_run (store, &start, &error);

  g_assert_no_error (error);
  return run;
}

static void
test_study (Fixture       *fixture,
            gconstpointer  data)
{
  CamStore *store = fixture_open (fixture->path);
  g_autoptr(CamStudyRecord) record = NULL;
  g_autoptr(GPtrArray) runs = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree gint64 *studies = NULL;
  gint64 first = cam_store_add_study (store, "Seeds", "{\"camadas-plan\":1}", "00ff", &error);
  gint64 second = cam_store_add_study (store, "Folds", "{}", NULL, &error);
  CamStudyPlace places[] = { { first, 1 }, { first, 0 }, { second, 0 } };
  gint64 ids[3];
  guint n;

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    ids[i] = begin_in (store, &places[i]);
  g_assert_no_error (error);
  fixture_begin_run (store);
  g_assert_true (cam_store_finish_run (store, ids[0], CAM_RUN_FINISHED, 1.5, "{\"scores\":{}}", NULL, &error));
  g_assert_true (cam_store_set_study_finished (store, second, TRUE, &error));
  cam_store_close (store);

  store = fixture_open (fixture->path);
  studies = cam_store_list_studies (store, &n, &error);
  g_assert_true (n == 2 && studies[0] == second && studies[1] == first);
  record = cam_store_get_study (store, first, &error);
  g_assert_cmpstr (record->name, ==, "Seeds");
  g_assert_cmpstr (record->plan, ==, "{\"camadas-plan\":1}");
  g_assert_cmpstr (record->data_sha256, ==, "00ff");
  g_assert_false (record->is_finished);
  runs = cam_store_list_study_runs (store, first, &error);
  g_assert_cmpuint (runs->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const CamStudyRun *run = g_ptr_array_index (runs, i);

      g_assert_cmpuint (run->place, ==, i);
      g_assert_cmpint (run->id, ==, ids[1 - i]);
      g_assert_cmpint (run->state, ==, i == 0 ? CAM_RUN_INTERRUPTED : CAM_RUN_FINISHED);
      g_assert_cmpstr (run->report, ==, i == 0 ? NULL : "{\"scores\":{}}");
    }
  g_clear_pointer (&runs, g_ptr_array_unref);
  g_assert_true (cam_store_set_run_deleted (store, ids[0], TRUE, &error));
  runs = cam_store_list_study_runs (store, first, &error);
  g_assert_cmpuint (runs->len, ==, 1);
  g_assert_no_error (error);
  cam_store_close (store);
}

/* Gone with its runs, which belong to it again when it comes back, also where it was looked for in between. */
static void
test_remove_study (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(CamStore) store = fixture_open (fixture->path);
  g_autoptr(CamStudyRecord) record = NULL, again = NULL;
  g_autoptr(GPtrArray) runs = NULL, left = NULL, back = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree gint64 *ids = NULL;
  gint64 study = cam_store_add_study (store, "Seeds", "{}", "00ff", &error);
  guint n;

  for (guint i = 0; i < 3; i++)
    begin_in (store, &(CamStudyPlace) { study, i });
  g_assert_true (cam_store_rename_study (store, study, "Other seeds", &error));
  g_assert_true (cam_store_set_study_finished (store, study, TRUE, &error));
  record = cam_store_get_study (store, study, &error);
  runs = cam_store_list_study_runs (store, study, &error);
  g_assert_cmpstr (record->name, ==, "Other seeds");

  g_assert_true (cam_store_remove_study (store, study, &error));
  ids = cam_store_list_runs (store, &n, &error);
  g_assert_cmpuint (n, ==, 0);
  left = cam_store_list_study_runs (store, study, &error);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_no_error (error);
  g_assert_false (cam_store_remove_study (store, study, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (cam_store_restore_study (store, record, runs, &error));
  again = cam_store_get_study (store, study, &error);
  back = cam_store_list_study_runs (store, study, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->name, ==, "Other seeds");
  g_assert_cmpstr (again->data_sha256, ==, "00ff");
  g_assert_true (again->is_finished && again->started_at == record->started_at);
  g_assert_cmpuint (back->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (((CamStudyRun *) g_ptr_array_index (back, i))->place, ==, i);
}

static void
test_no_such_study (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(CamStore) store = fixture_open (fixture->path);
  g_autoptr(GPtrArray) runs = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree gint64 *studies = NULL;
  const CamStudyPlace nowhere = { 7, 0 };
  const CamRunStart start = { .place = &nowhere, .experiment = "{}", .keys = fixture_keys };
  guint n;

  studies = cam_store_list_studies (store, &n, &error);
  g_assert_true (studies != NULL && n == 0);
  g_assert_null (cam_store_get_study (store, 7, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (cam_store_set_study_finished (store, 7, TRUE, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (cam_store_begin_run (store, &start, &error), ==, 0);
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_FAILED);
  runs = cam_store_list_study_runs (store, 7, NULL);
  g_assert_cmpuint (runs->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("/store/study/migration", test_migration_to_studies);
  ADD ("/store/study/places", test_study);
  ADD ("/store/study/remove", test_remove_study);
  ADD ("/store/study/missing", test_no_such_study);
#undef ADD

  return g_test_run ();
}
