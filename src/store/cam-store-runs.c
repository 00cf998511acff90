/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing runs: begin, epochs, weights, end. Each call is one transaction. */
#include "cam-store-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "cam-store-state.h"

static gboolean
insert_run (CamStore           *self,
            const CamRunStart  *start,
            gint64             *id,
            GError            **error)
{
  g_autofree char *joined = g_strjoinv ("\n", (char **) start->keys);
  sqlite3_stmt *statement =
    cam_store_prepare (self, "INSERT INTO run (name, state, experiment, preparation, data_name, data_sha256, seed, keys, monitor, started_at, study, place)"
                             " VALUES (?1, 'running', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, start->name != NULL ? start->name : "", -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, start->experiment, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, start->preparation, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, start->data_name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 5, start->data_sha256, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 6, (gint64) start->seed);
  sqlite3_bind_text (statement, 7, joined, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 8, start->monitor, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 9, g_get_real_time ());
  if (start->place != NULL)
    {
      sqlite3_bind_int64 (statement, 10, start->place->study);
      sqlite3_bind_int64 (statement, 11, start->place->place);
    }
  if (!cam_store_run (self, statement, error))
    return FALSE;

  *id = sqlite3_last_insert_rowid (self->db);
  return TRUE;
}

gboolean
cam_store_check_found (CamStore  *self,
                       gint64     run,
                       GError   **error)
{
  if (sqlite3_changes (self->db) > 0)
    return TRUE;

  g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND, _("%s: there is no run %" PRId64), self->path, run);
  return FALSE;
}

static gboolean
set_text (CamStore    *self,
          const char  *sql,
          gint64       id,
          const char  *text,
          GError     **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_text (statement, 2, text, -1, SQLITE_STATIC);

  return cam_store_run (self, statement, error) && cam_store_check_found (self, id, error);
}

gint64
cam_store_begin_run (CamStore           *self,
                     const CamRunStart  *start,
                     GError            **error)
{
  gint64 id = 0;
  gboolean ok;

  g_return_val_if_fail (start->experiment != NULL && start->keys != NULL, 0);

  if (!cam_store_begin (self, error))
    return 0;

  ok = insert_run (self, start, &id, error);
  if (ok && start->name == NULL)
    {
      g_autofree char *numbered = g_strdup_printf (_("Run %" PRId64), id);

      ok = set_text (self, "UPDATE run SET name = ?2 WHERE id = ?1", id, numbered, error);
    }

  return cam_store_end (self, ok, error) ? id : 0;
}

static gsize
count_keys (CamStore  *self,
            gint64     run,
            GError   **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "SELECT length(keys) - length(replace(keys, char(10), '')) + 1 FROM run WHERE id = ?1", error);
  gsize n = 0;
  int rc;

  if (statement == NULL)
    return 0;
  sqlite3_bind_int64 (statement, 1, run);
  rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    n = (gsize) sqlite3_column_int64 (statement, 0);
  else if (rc == SQLITE_DONE)
    g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND, _("%s: there is no run %" PRId64), self->path, run);
  else
    cam_store_fail (self, error);
  sqlite3_reset (statement);

  return n;
}

static gboolean
insert_epochs (CamStore      *self,
               gint64         run,
               guint          first,
               guint          n,
               const double  *values,
               gsize          n_keys,
               const double  *seconds,
               GError       **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "INSERT OR REPLACE INTO epoch (run, epoch, vals, seconds) VALUES (?1, ?2, ?3, ?4)", error);

  if (statement == NULL)
    return FALSE;

  for (guint e = 0; e < n; e++)
    {
      sqlite3_bind_int64 (statement, 1, run);
      sqlite3_bind_int64 (statement, 2, (gint64) first + e);
      sqlite3_bind_blob (statement, 3, values + e * n_keys, (int) (n_keys * sizeof (double)), SQLITE_STATIC);
      /* SQLite stores NaN as NULL. */
      sqlite3_bind_double (statement, 4, seconds[e]);
      if (!cam_store_run (self, statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
update_progress (CamStore  *self,
                 gint64     run,
                 guint      best_epoch,
                 double     best_value,
                 double     seconds,
                 GError   **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "UPDATE run SET best_epoch = ?2, best_value = ?3, seconds = IFNULL(?4, seconds) WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run);
  sqlite3_bind_int64 (statement, 2, best_epoch);
  if (isfinite (best_value))
    sqlite3_bind_double (statement, 3, best_value);
  sqlite3_bind_double (statement, 4, seconds);

  return cam_store_run (self, statement, error);
}

gboolean
cam_store_append_epochs (CamStore      *self,
                         gint64         run,
                         guint          first_epoch,
                         guint          n_epochs,
                         const double  *values,
                         const double  *seconds,
                         guint          best_epoch,
                         double         best_value,
                         GError       **error)
{
  gsize n_keys;

  g_return_val_if_fail (n_epochs > 0, FALSE);

  n_keys = count_keys (self, run, error);

  if (n_keys == 0 || !cam_store_begin (self, error))
    return FALSE;

  return cam_store_end (self,
                        insert_epochs (self, run, first_epoch, n_epochs, values, n_keys, seconds, error) &&
                        update_progress (self, run, best_epoch, best_value, seconds[n_epochs - 1], error),
                        error);
}

gboolean
cam_store_set_weights (CamStore    *self,
                       gint64       run,
                       const char  *which,
                       guint        epoch,
                       GBytes      *weights,
                       GError     **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "INSERT OR REPLACE INTO weights (run, which, epoch, data) SELECT id, ?2, ?3, ?4 FROM run WHERE id = ?1", error);
  gsize size;
  const void *data = g_bytes_get_data (weights, &size);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run);
  sqlite3_bind_text (statement, 2, which, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, epoch);
  sqlite3_bind_blob64 (statement, 4, data != NULL ? data : "", size, SQLITE_STATIC);

  return cam_store_run (self, statement, error) && cam_store_check_found (self, run, error);
}

gboolean
cam_store_finish_run (CamStore     *self,
                      gint64        run,
                      CamRunState   state,
                      double        seconds,
                      const char   *report,
                      const char   *message,
                      GError      **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "UPDATE run SET state = ?2, seconds = ?3, report = ?4, message = ?5 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run);
  sqlite3_bind_text (statement, 2, cam_run_state_to_text (state), -1, SQLITE_STATIC);
  sqlite3_bind_double (statement, 3, seconds);
  sqlite3_bind_text (statement, 4, report, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 5, message, -1, SQLITE_STATIC);

  return cam_store_run (self, statement, error) && cam_store_check_found (self, run, error);
}

gboolean
cam_store_rename_run (CamStore    *self,
                      gint64       run,
                      const char  *name,
                      GError     **error)
{
  return set_text (self, "UPDATE run SET name = ?2 WHERE id = ?1", run, name, error);
}

gboolean
cam_store_set_run_tags (CamStore           *self,
                        gint64              run,
                        const char *const  *tags,
                        GError            **error)
{
  g_autofree char *lines = g_strjoinv ("\n", (char **) tags);

  return set_text (self, "UPDATE run SET tags = ?2 WHERE id = ?1", run, lines, error);
}

gboolean
cam_store_set_run_note (CamStore    *self,
                        gint64       run,
                        const char  *note,
                        GError     **error)
{
  return set_text (self, "UPDATE run SET note = ?2 WHERE id = ?1", run, note, error);
}

/* The columns have integer affinity, so that '1' is stored as 1. */
static gboolean
set_flag (CamStore    *self,
          const char  *sql,
          gint64       run,
          gboolean     is_set,
          GError     **error)
{
  return set_text (self, sql, run, is_set ? "1" : "0", error);
}

gboolean
cam_store_set_run_pinned (CamStore  *self,
                          gint64     run,
                          gboolean   is_pinned,
                          GError   **error)
{
  return set_flag (self, "UPDATE run SET is_pinned = ?2 WHERE id = ?1", run, is_pinned, error);
}

gboolean
cam_store_set_run_archived (CamStore  *self,
                            gint64     run,
                            gboolean   is_archived,
                            GError   **error)
{
  return set_flag (self, "UPDATE run SET is_archived = ?2 WHERE id = ?1", run, is_archived, error);
}

gboolean
cam_store_set_run_deleted (CamStore  *self,
                           gint64     run,
                           gboolean   deleted,
                           GError   **error)
{
  return set_flag (self, "UPDATE run SET deleted = ?2 WHERE id = ?1", run, deleted, error);
}
