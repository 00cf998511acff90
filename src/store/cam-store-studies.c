/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies: their plans, and which run stands in which place of which. */
#include "cam-store-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "cam-store-state.h"

static gboolean
fail_missing (CamStore  *self,
              gint64     study,
              GError   **error)
{
  g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND, _("%s: there is no study %" PRId64), self->path, study);
  return FALSE;
}

gint64
cam_store_add_study (CamStore    *self,
                     const char  *name,
                     const char  *plan,
                     const char  *data_sha256,
                     GError     **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "INSERT INTO study (name, plan, data_sha256, started_at) VALUES (?1, ?2, ?3, ?4)", error);

  g_return_val_if_fail (name != NULL && plan != NULL, 0);

  if (statement == NULL)
    return 0;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, plan, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, data_sha256, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, g_get_real_time ());

  return cam_store_run (self, statement, error) ? sqlite3_last_insert_rowid (self->db) : 0;
}

gboolean
cam_store_set_study_finished (CamStore  *self,
                              gint64     study,
                              gboolean   is_finished,
                              GError   **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "UPDATE study SET is_finished = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, study);
  sqlite3_bind_int (statement, 2, is_finished);

  return cam_store_run (self, statement, error) && (sqlite3_changes (self->db) > 0 || fail_missing (self, study, error));
}

gboolean
cam_store_rename_study (CamStore    *self,
                        gint64       study,
                        const char  *name,
                        GError     **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "UPDATE study SET name = ?2 WHERE id = ?1", error);

  g_return_val_if_fail (name != NULL, FALSE);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, study);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);

  return cam_store_run (self, statement, error) && (sqlite3_changes (self->db) > 0 || fail_missing (self, study, error));
}

/* A statement with one number. */
static gboolean
run_with (CamStore    *self,
          const char  *sql,
          gint64       number,
          GError     **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, number);

  return cam_store_run (self, statement, error);
}

gboolean
cam_store_remove_study (CamStore  *self,
                        gint64     study,
                        GError   **error)
{
  gboolean ok;

  if (!cam_store_begin (self, error))
    return FALSE;
  ok = run_with (self, "UPDATE run SET deleted = 1 WHERE study = ?1", study, error) && run_with (self, "DELETE FROM study WHERE id = ?1", study, error) &&
       (sqlite3_changes (self->db) > 0 || fail_missing (self, study, error));

  return cam_store_end (self, ok, error);
}

/* The runs have kept their places, though not whose they are. */
static gboolean
give_back (CamStore   *self,
           gint64      study,
           GPtrArray  *runs,
           GError    **error)
{
  for (guint i = 0; i < runs->len; i++)
    {
      sqlite3_stmt *statement = cam_store_prepare (self, "UPDATE run SET study = ?1, deleted = 0 WHERE id = ?2", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, study);
      sqlite3_bind_int64 (statement, 2, ((CamStudyRun *) g_ptr_array_index (runs, i))->id);
      if (!cam_store_run (self, statement, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cam_store_restore_study (CamStore              *self,
                         const CamStudyRecord  *record,
                         GPtrArray             *runs,
                         GError               **error)
{
  sqlite3_stmt *statement;

  if (!cam_store_begin (self, error))
    return FALSE;
  statement = cam_store_prepare (self, "INSERT INTO study (id, name, plan, data_sha256, started_at, is_finished) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);
  if (statement == NULL)
    return cam_store_end (self, FALSE, error);
  sqlite3_bind_int64 (statement, 1, record->id);
  sqlite3_bind_text (statement, 2, record->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, record->plan, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, record->data_sha256, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 5, record->started_at);
  sqlite3_bind_int (statement, 6, record->is_finished);

  return cam_store_end (self, cam_store_run (self, statement, error) && give_back (self, record->id, runs, error), error);
}

gint64 *
cam_store_list_studies (CamStore  *self,
                        guint     *n,
                        GError   **error)
{
  return cam_store_list_ids (self, "SELECT id FROM study ORDER BY id DESC", n, error);
}

CamStudyRecord *
cam_store_get_study (CamStore  *self,
                     gint64     study,
                     GError   **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "SELECT id, name, plan, data_sha256, started_at, is_finished FROM study WHERE id = ?1", error);
  CamStudyRecord *record = NULL;
  int rc;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, study);
  rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    {
      record = g_new0 (CamStudyRecord, 1);
      record->id = sqlite3_column_int64 (statement, 0);
      record->name = cam_store_dup_column (statement, 1);
      record->plan = cam_store_dup_column (statement, 2);
      record->data_sha256 = cam_store_dup_column (statement, 3);
      record->started_at = sqlite3_column_int64 (statement, 4);
      record->is_finished = sqlite3_column_int (statement, 5) != 0;
    }
  else if (rc == SQLITE_DONE)
    fail_missing (self, study, error);
  else
    cam_store_fail (self, error);
  sqlite3_reset (statement);

  return record;
}

static CamStudyRun *
study_run_from_row (sqlite3_stmt *row)
{
  CamStudyRun *run = g_new0 (CamStudyRun, 1);

  run->id = sqlite3_column_int64 (row, 0);
  run->place = (guint) sqlite3_column_int64 (row, 1);
  run->state = cam_run_state_from_text ((const char *) sqlite3_column_text (row, 2));
  run->seconds = sqlite3_column_double (row, 3);
  run->report = cam_store_dup_column (row, 4);

  return run;
}

GPtrArray *
cam_store_list_study_runs (CamStore  *self,
                           gint64     study,
                           GError   **error)
{
  g_autoptr(GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) cam_study_run_free);
  sqlite3_stmt *statement =
    cam_store_prepare (self, "SELECT id, place, state, seconds, report FROM run WHERE study = ?1 AND deleted = 0 ORDER BY place, id", error);
  int rc;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, study);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (runs, study_run_from_row (statement));
  sqlite3_reset (statement);
  if (rc != SQLITE_DONE)
    {
      cam_store_fail (self, error);
      return NULL;
    }

  return g_steal_pointer (&runs);
}

void
cam_study_record_free (CamStudyRecord *record)
{
  if (record == NULL)
    return;

  g_free (record->name);
  g_free (record->plan);
  g_free (record->data_sha256);
  g_free (record);
}

void
cam_study_run_free (CamStudyRun *run)
{
  if (run == NULL)
    return;

  g_free (run->report);
  g_free (run);
}
