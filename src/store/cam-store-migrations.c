/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workspace's schema as steps: each is one transaction, and the file's user_version counts the steps taken. A step, once released, is never edited. */
#include "cam-store-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static const char *const steps[CAM_STORE_VERSION] = {
  /* 1: the document being edited; runs, their epochs (a row an epoch, its values end to end as doubles) and weights. */
  "CREATE TABLE draft ("
  "  id INTEGER PRIMARY KEY CHECK (id = 1),"
  "  experiment TEXT NOT NULL);"
  "CREATE TABLE run ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  name TEXT NOT NULL,"
  "  state TEXT NOT NULL,"
  "  experiment TEXT NOT NULL,"
  "  preparation TEXT,"
  "  data_name TEXT,"
  "  data_sha256 TEXT,"
  "  seed INTEGER NOT NULL,"
  "  keys TEXT NOT NULL,"
  "  monitor TEXT,"
  "  best_epoch INTEGER NOT NULL DEFAULT 0,"
  "  best_value REAL,"
  "  started_at INTEGER NOT NULL,"
  "  seconds REAL NOT NULL DEFAULT 0,"
  "  report TEXT,"
  "  message TEXT);"
  "CREATE TABLE epoch ("
  "  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,"
  "  epoch INTEGER NOT NULL,"
  "  vals BLOB NOT NULL,"
  "  PRIMARY KEY (run, epoch)) WITHOUT ROWID;"
  "CREATE TABLE weights ("
  "  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,"
  "  which TEXT NOT NULL,"
  "  epoch INTEGER NOT NULL,"
  "  data BLOB NOT NULL,"
  "  PRIMARY KEY (run, which));",

  /* 2: a deleted run is hidden until the next start, so that deletion can be undone. */
  "ALTER TABLE run ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;",

  /* 3: what was done to a run by hand, in its order. */
  "CREATE TABLE event ("
  "  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,"
  "  place INTEGER NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  epoch INTEGER NOT NULL,"
  "  batch INTEGER NOT NULL,"
  "  value REAL,"
  "  PRIMARY KEY (run, place)) WITHOUT ROWID;",

  /* 4: several documents, of which one is open. */
  "ALTER TABLE draft RENAME TO only_draft;"
  "CREATE TABLE draft ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  experiment TEXT NOT NULL,"
  "  is_open INTEGER NOT NULL DEFAULT 0);"
  "INSERT INTO draft (id, experiment, is_open) SELECT id, experiment, 1 FROM only_draft;"
  "DROP TABLE only_draft;",

  /* 5: studies, and the place of a run in one. */
  "CREATE TABLE study ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  name TEXT NOT NULL,"
  "  plan TEXT NOT NULL,"
  "  data_sha256 TEXT,"
  "  started_at INTEGER NOT NULL,"
  "  is_finished INTEGER NOT NULL DEFAULT 0);"
  "ALTER TABLE run ADD COLUMN study INTEGER REFERENCES study (id) ON DELETE SET NULL;"
  "ALTER TABLE run ADD COLUMN place INTEGER;"
  "CREATE INDEX run_of_study ON run (study, place) WHERE study IS NOT NULL;",

  /* 6: what people note of runs, tags one a line; when each epoch ended, in seconds since the run began; and how the window shows what is here. */
  "ALTER TABLE run ADD COLUMN tags TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE run ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE run ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE epoch ADD COLUMN seconds REAL;"
  "CREATE TABLE memory ("
  "  name TEXT PRIMARY KEY,"
  "  value TEXT NOT NULL) WITHOUT ROWID;",
};

static gboolean
read_pragma (CamStore    *self,
             const char  *sql,
             gint64      *value,
             GError     **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, sql, error);
  gboolean ok;

  if (statement == NULL)
    return FALSE;

  ok = sqlite3_step (statement) == SQLITE_ROW;
  if (ok)
    *value = sqlite3_column_int64 (statement, 0);
  else
    cam_store_fail (self, error);
  sqlite3_reset (statement);

  return ok;
}

static gboolean
take_step (CamStore  *self,
           guint      step,
           GError   **error)
{
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %u; PRAGMA application_id = %d", step + 1, CAM_STORE_APPLICATION_ID);

  return cam_store_begin (self, error) &&
         cam_store_end (self, cam_store_exec (self, steps[step], error) && cam_store_exec (self, version, error), error);
}

gboolean
cam_store_migrate (CamStore  *self,
                   GError   **error)
{
  gint64 application = 0, version = 0, n_tables = 0;

  if (!read_pragma (self, "PRAGMA application_id", &application, error) ||
      !read_pragma (self, "PRAGMA user_version", &version, error) ||
      !read_pragma (self, "SELECT COUNT(*) FROM sqlite_schema", &n_tables, error))
    return FALSE;

  if (application != CAM_STORE_APPLICATION_ID && (application != 0 || n_tables > 0))
    {
      g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_WORKSPACE,
                   _("%s: this database belongs to another program"), self->path);
      return FALSE;
    }
  if (version > CAM_STORE_VERSION || version < 0)
    {
      g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NEWER,
                   _("%s: this workspace was made by a newer Camadas (version %" PRId64 ", this one knows %d); update Camadas to open it"),
                   self->path, version, CAM_STORE_VERSION);
      return FALSE;
    }

  for (guint step = (guint) version; step < CAM_STORE_VERSION; step++)
    if (!take_step (self, step, error))
      return FALSE;

  return TRUE;
}
