/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done to a run by hand, and runs that go on after their end. */
#include "cam-store-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *const kind_words[CAM_N_RUN_EVENTS] = {
  [CAM_RUN_EVENT_RATE] = "rate",
  [CAM_RUN_EVENT_EPOCHS] = "epochs",
  [CAM_RUN_EVENT_RESUMED] = "resumed",
  [CAM_RUN_EVENT_BACK] = "back",
  [CAM_RUN_EVENT_THRESHOLD] = "threshold",
};

gboolean
cam_store_add_event (CamStore           *self,
                     gint64              run,
                     const CamRunEvent  *event,
                     GError            **error)
{
  sqlite3_stmt *statement =
    cam_store_prepare (self, "INSERT OR REPLACE INTO event (run, place, kind, epoch, batch, value)"
                             " SELECT id, IFNULL((SELECT MAX(place) + (kind <> 'rate' OR kind <> ?2 OR epoch <> ?3 OR batch <> ?4) FROM event WHERE run = ?1), 0),"
                             " ?2, ?3, ?4, ?5 FROM run WHERE id = ?1", error);

  g_return_val_if_fail (event->kind < CAM_N_RUN_EVENTS, FALSE);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run);
  sqlite3_bind_text (statement, 2, kind_words[event->kind], -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, event->epoch);
  sqlite3_bind_int64 (statement, 4, (gint64) event->batch);
  if (isfinite (event->value))
    sqlite3_bind_double (statement, 5, event->value);

  return cam_store_run (self, statement, error) && cam_store_check_found (self, run, error);
}

/* FALSE: a kind that this version does not know. */
static gboolean
event_from_row (sqlite3_stmt *row,
                CamRunEvent  *event)
{
  const char *word = (const char *) sqlite3_column_text (row, 0);

  for (guint kind = 0; kind < CAM_N_RUN_EVENTS; kind++)
    if (g_strcmp0 (word, kind_words[kind]) == 0)
      {
        *event = (CamRunEvent) { kind, (guint) sqlite3_column_int64 (row, 1), (gsize) sqlite3_column_int64 (row, 2),
                                 sqlite3_column_type (row, 3) == SQLITE_NULL ? NAN : sqlite3_column_double (row, 3) };
        return TRUE;
      }

  return FALSE;
}

CamRunEvent *
cam_store_dup_events (CamStore  *self,
                      gint64     run,
                      guint     *n,
                      GError   **error)
{
  g_autoptr(GArray) events = g_array_new (FALSE, TRUE, sizeof (CamRunEvent));
  sqlite3_stmt *statement = cam_store_prepare (self, "SELECT kind, epoch, batch, value FROM event WHERE run = ?1 ORDER BY place", error);
  int rc;

  *n = 0;
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, run);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    {
      CamRunEvent event;

      if (event_from_row (statement, &event))
        g_array_append_val (events, event);
    }
  sqlite3_reset (statement);
  if (rc != SQLITE_DONE)
    {
      cam_store_fail (self, error);
      return NULL;
    }

  *n = events->len;
  /* Never NULL without an error, also where there are none. */
  g_array_set_size (events, events->len + 1);
  return (CamRunEvent *) (gpointer) g_array_free (g_steal_pointer (&events), FALSE);
}

/* A statement with a run and a number. */
static gboolean
run_with (CamStore    *self,
          const char  *sql,
          gint64       run,
          gint64       number,
          GError     **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run);
  sqlite3_bind_int64 (statement, 2, number);

  return cam_store_run (self, statement, error);
}

gboolean
cam_store_resume_run (CamStore  *self,
                      gint64     run,
                      guint      n_epochs,
                      guint      n_events,
                      GError   **error)
{
  if (!cam_store_begin (self, error))
    return FALSE;

  return cam_store_end (self,
                        run_with (self, "DELETE FROM epoch WHERE run = ?1 AND epoch > ?2", run, n_epochs, error) &&
                        run_with (self, "DELETE FROM event WHERE run = ?1 AND place IN"
                                        " (SELECT place FROM event WHERE run = ?1 ORDER BY place LIMIT -1 OFFSET ?2)", run, n_events, error) &&
                        run_with (self, "UPDATE run SET state = 'running', report = NULL, message = NULL WHERE id = ?1 AND ?2 >= 0", run, n_epochs, error) &&
                        cam_store_check_found (self, run, error),
                        error);
}

gboolean
cam_store_drop_states (CamStore  *self,
                       guint      n_kept,
                       GError   **error)
{
  sqlite3_stmt *statement =
    cam_store_prepare (self, "DELETE FROM weights WHERE which = 'state' AND run IN"
                             " (SELECT id FROM run WHERE state NOT IN ('running', 'interrupted') ORDER BY id DESC LIMIT -1 OFFSET ?1)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, n_kept);

  return cam_store_run (self, statement, error);
}
