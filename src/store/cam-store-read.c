/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading runs back: records, histories, weights. */
#include "cam-store-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "cam-store-state.h"

static const char *const state_words[] = {
  [CAM_RUN_RUNNING] = "running",
  [CAM_RUN_FINISHED] = "finished",
  [CAM_RUN_EARLY] = "early",
  [CAM_RUN_STOPPED] = "stopped",
  [CAM_RUN_DIVERGED] = "diverged",
  [CAM_RUN_FAILED] = "failed",
  [CAM_RUN_INTERRUPTED] = "interrupted",
};

const char *
cam_run_state_to_text (CamRunState state)
{
  return state_words[state];
}

CamRunState
cam_run_state_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_words); i++)
    if (g_strcmp0 (text, state_words[i]) == 0)
      return (CamRunState) i;

  return CAM_RUN_INTERRUPTED;
}

gint64 *
cam_store_list_ids (CamStore    *self,
                    const char  *sql,
                    guint       *n,
                    GError     **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = cam_store_prepare (self, sql, error);
  int rc;

  *n = 0;
  if (statement == NULL)
    return NULL;
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  sqlite3_reset (statement);
  if (rc != SQLITE_DONE)
    {
      cam_store_fail (self, error);
      return NULL;
    }

  *n = ids->len;
  /* Never NULL without an error, also where there are none. */
  g_array_set_size (ids, ids->len + 1);
  return (gint64 *) (gpointer) g_array_free (g_steal_pointer (&ids), FALSE);
}

gint64 *
cam_store_list_runs (CamStore  *self,
                     guint     *n,
                     GError   **error)
{
  return cam_store_list_ids (self, "SELECT id FROM run WHERE deleted = 0 ORDER BY id DESC", n, error);
}

char *
cam_store_dup_column (sqlite3_stmt *statement,
                      int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

static char *
dup_given_column (sqlite3_stmt *statement,
                  int           column)
{
  char *text = cam_store_dup_column (statement, column);

  return text != NULL ? text : g_strdup ("");
}

/* What was measured after one epoch; NULL where there is none, or a damaged one. */
static double *
dup_values (sqlite3_stmt *row,
            int           column,
            guint         n_keys)
{
  if (n_keys == 0 || (gsize) sqlite3_column_bytes (row, column) != n_keys * sizeof (double))
    return NULL;
  return g_memdup2 (sqlite3_column_blob (row, column), n_keys * sizeof (double));
}

/* The statements that give records differ in what they leave out. */
#define RECORD(experiment, report, n_epochs) \
  "SELECT r.id, r.name, r.state, " experiment ", r.data_name, r.data_sha256, r.seed, r.keys, r.monitor, r.best_epoch, r.best_value, r.started_at, r.seconds, " report ", r.message, " \
  n_epochs ", r.study, r.place, r.tags, r.note, r.is_pinned, r.is_archived, s.name, b.vals, l.vals" \
  " FROM run r LEFT JOIN study s ON s.id = r.study LEFT JOIN epoch b ON b.run = r.id AND b.epoch = r.best_epoch" \
  " LEFT JOIN epoch l ON l.run = r.id AND l.epoch = (SELECT MAX(e.epoch) FROM epoch e WHERE e.run = r.id) "

static CamRunRecord *
record_from_row (sqlite3_stmt *row)
{
  CamRunRecord *record = g_new0 (CamRunRecord, 1);
  g_autofree char *keys = dup_given_column (row, 7), *tags = NULL;
  guint n_keys;

  record->id = sqlite3_column_int64 (row, 0);
  record->name = dup_given_column (row, 1);
  record->state = cam_run_state_from_text ((const char *) sqlite3_column_text (row, 2));
  record->experiment = cam_store_dup_column (row, 3);
  record->data_name = cam_store_dup_column (row, 4);
  record->data_sha256 = cam_store_dup_column (row, 5);
  record->seed = (guint64) sqlite3_column_int64 (row, 6);
  record->keys = g_strsplit (keys, "\n", -1);
  record->monitor = cam_store_dup_column (row, 8);
  record->best_epoch = (guint) sqlite3_column_int64 (row, 9);
  record->best_value = sqlite3_column_type (row, 10) == SQLITE_NULL ? NAN : sqlite3_column_double (row, 10);
  record->started_at = sqlite3_column_int64 (row, 11);
  record->seconds = sqlite3_column_double (row, 12);
  record->report = cam_store_dup_column (row, 13);
  record->message = cam_store_dup_column (row, 14);
  record->n_epochs = (guint) sqlite3_column_int64 (row, 15);
  record->study = sqlite3_column_int64 (row, 16);
  record->place = (guint) sqlite3_column_int64 (row, 17);
  tags = dup_given_column (row, 18);
  record->tags = g_strsplit (tags, "\n", -1);
  record->note = dup_given_column (row, 19);
  record->is_pinned = sqlite3_column_int (row, 20) != 0;
  record->is_archived = sqlite3_column_int (row, 21) != 0;
  record->study_name = cam_store_dup_column (row, 22);
  n_keys = g_strv_length (record->keys);
  record->best_values = dup_values (row, 23, n_keys);
  record->last_values = dup_values (row, 24, n_keys);

  return record;
}

/* Steps @statement, bound to @run, to its one row. */
static gboolean
step_to_row (CamStore      *self,
             sqlite3_stmt  *statement,
             gint64         run,
             GError       **error)
{
  int rc;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run);
  rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    return TRUE;

  if (rc == SQLITE_DONE)
    g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND, _("%s: there is no run %" PRId64), self->path, run);
  else
    cam_store_fail (self, error);
  sqlite3_reset (statement);

  return FALSE;
}

CamRunRecord *
cam_store_get_run (CamStore  *self,
                   gint64     run,
                   GError   **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, RECORD ("IFNULL(r.experiment, '')", "r.report", "(SELECT COUNT(*) FROM epoch e WHERE e.run = r.id)") "WHERE r.id = ?1", error);
  CamRunRecord *record;

  if (!step_to_row (self, statement, run, error))
    return NULL;
  record = record_from_row (statement);
  sqlite3_reset (statement);

  return record;
}

GPtrArray *
cam_store_list_records (CamStore  *self,
                        GError   **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) cam_run_record_free);
  sqlite3_stmt *statement = cam_store_prepare (self, RECORD ("NULL", "NULL", "l.epoch") "WHERE r.deleted = 0 ORDER BY r.id DESC", error);
  int rc;

  if (statement == NULL)
    return NULL;
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (records, record_from_row (statement));
  sqlite3_reset (statement);
  if (rc != SQLITE_DONE)
    {
      cam_store_fail (self, error);
      return NULL;
    }

  return g_steal_pointer (&records);
}

gboolean
cam_store_foreach_at (CamStore      *self,
                      guint          epoch,
                      CamStoreAtFunc func,
                      gpointer       user_data,
                      GError       **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "SELECT r.id, e.vals FROM run r CROSS JOIN epoch e ON e.run = r.id AND e.epoch = ?1 WHERE r.deleted = 0", error);
  int rc;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, epoch);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gsize size = (gsize) sqlite3_column_bytes (statement, 1);
      /* SQLite's bytes lie anywhere, doubles may not. */
      g_autofree double *values = g_memdup2 (sqlite3_column_blob (statement, 1), size);

      func (sqlite3_column_int64 (statement, 0), values, (guint) (size / sizeof (double)), user_data);
    }
  sqlite3_reset (statement);

  return rc == SQLITE_DONE || cam_store_fail (self, error);
}

double *
cam_store_dup_history (CamStore  *self,
                       gint64     run,
                       guint     *n_epochs,
                       guint     *n_keys,
                       GError   **error)
{
  g_autoptr(CamRunRecord) record = cam_store_get_run (self, run, error);
  g_autofree double *values = NULL;
  sqlite3_stmt *statement;
  gsize size;
  int rc;

  if (record == NULL)
    return NULL;
  statement = cam_store_prepare (self, "SELECT epoch, vals FROM epoch WHERE run = ?1 ORDER BY epoch", error);
  if (statement == NULL)
    return NULL;

  *n_keys = g_strv_length (record->keys);
  *n_epochs = record->n_epochs;
  size = *n_keys * sizeof (double);
  /* Epochs are written without gaps. One that is missing or has another size, in a damaged file, reads as NaN. */
  values = g_new (double, (gsize) *n_epochs * *n_keys + 1);
  for (gsize i = 0; i < (gsize) *n_epochs * *n_keys; i++)
    values[i] = NAN;

  sqlite3_bind_int64 (statement, 1, run);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 epoch = sqlite3_column_int64 (statement, 0);

      if (epoch >= 1 && epoch <= *n_epochs && (gsize) sqlite3_column_bytes (statement, 1) == size)
        memcpy (values + (epoch - 1) * *n_keys, sqlite3_column_blob (statement, 1), size);
    }
  sqlite3_reset (statement);
  if (rc != SQLITE_DONE)
    {
      cam_store_fail (self, error);
      return NULL;
    }

  return g_steal_pointer (&values);
}

double *
cam_store_dup_epoch_seconds (CamStore  *self,
                             gint64     run,
                             guint     *n_epochs,
                             GError   **error)
{
  g_autoptr(CamRunRecord) record = cam_store_get_run (self, run, error);
  sqlite3_stmt *statement = record != NULL ? cam_store_prepare (self, "SELECT epoch, seconds FROM epoch WHERE run = ?1", error) : NULL;
  g_autofree double *seconds = NULL;
  int rc;

  if (statement == NULL)
    return NULL;

  *n_epochs = record->n_epochs;
  seconds = g_new (double, (gsize) *n_epochs + 1);
  for (guint i = 0; i < *n_epochs; i++)
    seconds[i] = NAN;

  sqlite3_bind_int64 (statement, 1, run);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 epoch = sqlite3_column_int64 (statement, 0);

      if (epoch >= 1 && epoch <= *n_epochs && sqlite3_column_type (statement, 1) != SQLITE_NULL)
        seconds[epoch - 1] = sqlite3_column_double (statement, 1);
    }
  sqlite3_reset (statement);
  if (rc != SQLITE_DONE)
    {
      cam_store_fail (self, error);
      return NULL;
    }

  return g_steal_pointer (&seconds);
}

GBytes *
cam_store_dup_weights (CamStore    *self,
                       gint64       run,
                       const char  *which,
                       guint       *epoch,
                       GError     **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "SELECT epoch, data FROM weights WHERE run = ?1 AND which = ?2", error);
  GBytes *weights = NULL;
  int rc;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, run);
  sqlite3_bind_text (statement, 2, which, -1, SQLITE_STATIC);
  rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    {
      if (epoch != NULL)
        *epoch = (guint) sqlite3_column_int64 (statement, 0);
      weights = g_bytes_new (sqlite3_column_blob (statement, 1), (gsize) sqlite3_column_bytes (statement, 1));
    }
  else if (rc != SQLITE_DONE)
    cam_store_fail (self, error);
  sqlite3_reset (statement);

  return weights;
}

gboolean
cam_store_has_weights (CamStore   *self,
                       gint64      run,
                       const char *which,
                       guint      *epoch)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "SELECT epoch FROM weights WHERE run = ?1 AND which = ?2", NULL);
  gboolean has_some;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run);
  sqlite3_bind_text (statement, 2, which, -1, SQLITE_STATIC);
  has_some = sqlite3_step (statement) == SQLITE_ROW;
  if (has_some && epoch != NULL)
    *epoch = (guint) sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);

  return has_some;
}

/* @sql gives one text of the run. */
static char *
dup_text (CamStore    *self,
          const char  *sql,
          gint64       run,
          GError     **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, sql, error);
  char *text;

  if (!step_to_row (self, statement, run, error))
    return NULL;
  text = cam_store_dup_column (statement, 0);
  sqlite3_reset (statement);

  return text;
}

char *
cam_store_dup_preparation (CamStore  *self,
                           gint64     run,
                           GError   **error)
{
  return dup_text (self, "SELECT preparation FROM run WHERE id = ?1", run, error);
}

char *
cam_store_dup_experiment (CamStore  *self,
                          gint64     run,
                          GError   **error)
{
  return dup_text (self, "SELECT IFNULL(experiment, '') FROM run WHERE id = ?1", run, error);
}

char *
cam_store_dup_report (CamStore  *self,
                      gint64     run,
                      GError   **error)
{
  return dup_text (self, "SELECT report FROM run WHERE id = ?1", run, error);
}

void
cam_run_record_free (CamRunRecord *record)
{
  if (record == NULL)
    return;

  g_free (record->name);
  g_free (record->experiment);
  g_free (record->data_name);
  g_free (record->data_sha256);
  g_strfreev (record->keys);
  g_free (record->monitor);
  g_free (record->report);
  g_free (record->message);
  g_strfreev (record->tags);
  g_free (record->note);
  g_free (record->study_name);
  g_free (record->best_values);
  g_free (record->last_values);
  g_free (record);
}
