/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workspace's connection: opening, the lock that keeps a second program out, prepared statements, errors in words. */
#include "cam-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

G_DEFINE_QUARK (cam-store-error-quark, cam_store_error)

/* What a fresh SQLite file begins with; a file of ours is either empty or has it. */
#define MAGIC "SQLite format 3"

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static CamStoreError
code_of (int rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_NOTADB:
      return CAM_STORE_ERROR_NOT_WORKSPACE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return CAM_STORE_ERROR_BUSY;
    default:
      return CAM_STORE_ERROR_FAILED;
    }
}

static const char *
reason_of (CamStore *self)
{
  switch (sqlite3_errcode (self->db) & 0xff)
    {
    case SQLITE_FULL:
      return _("the disk is full; free some space and try again");
    case SQLITE_READONLY:
      return _("the file or its folder cannot be written");
    case SQLITE_CORRUPT:
      return _("the file is damaged");
    case SQLITE_NOTADB:
      return _("this is not a Camadas workspace");
    case SQLITE_CANTOPEN:
      return _("the file cannot be opened");
    default:
      return sqlite3_errmsg (self->db);
    }
}

gboolean
cam_store_fail (CamStore  *self,
                GError   **error)
{
  g_set_error (error, CAM_STORE_ERROR, code_of (sqlite3_errcode (self->db)), "%s: %s", self->path, reason_of (self));
  return FALSE;
}

sqlite3_stmt *
cam_store_prepare (CamStore    *self,
                   const char  *sql,
                   GError     **error)
{
  sqlite3_stmt *statement;

  g_assert (self->thread == g_thread_self ());

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
      return statement;
    }

  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      cam_store_fail (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);

  return statement;
}

gboolean
cam_store_run (CamStore      *self,
               sqlite3_stmt  *statement,
               GError       **error)
{
  gboolean ok = sqlite3_step (statement) == SQLITE_DONE;

  if (!ok)
    cam_store_fail (self, error);
  sqlite3_reset (statement);

  return ok;
}

gboolean
cam_store_exec (CamStore    *self,
                const char  *sql,
                GError     **error)
{
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    return cam_store_fail (self, error);

  return TRUE;
}

gboolean
cam_store_begin (CamStore  *self,
                 GError   **error)
{
  return cam_store_exec (self, "BEGIN IMMEDIATE", error);
}

gboolean
cam_store_end (CamStore  *self,
               gboolean   ok,
               GError   **error)
{
  if (ok && cam_store_exec (self, "COMMIT", error))
    return TRUE;

  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* Looks at the first bytes, so that a picture or a CSV by mistake is told as such and never written to. */
static gboolean
check_head (CamStore  *self,
            GError   **error)
{
  char head[16];
  ssize_t n = pread (self->lock_fd, head, sizeof head, 0);

  if (n == 0 || (n == sizeof head && memcmp (head, MAGIC, sizeof MAGIC) == 0))
    return TRUE;

  g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_WORKSPACE, _("%s: this is not a Camadas workspace"), self->path);
  return FALSE;
}

/* flock() is another kind of lock than SQLite's own, and goes with the process however that ends. */
static gboolean
take_lock (CamStore  *self,
           GError   **error)
{
  int saved;

  self->lock_fd = open (self->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (self->lock_fd < 0)
    {
      saved = errno;
      g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_FAILED, "%s: %s", self->path, g_strerror (saved));
      return FALSE;
    }

  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) < 0)
    {
      saved = errno;
      if (saved == EWOULDBLOCK)
        g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_BUSY,
                     _("%s: this workspace is open in another Camadas; close it there first"), self->path);
      else
        /* translators: the file, then the system's reason */
        g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_FAILED,
                     _("%s: the workspace cannot be locked here (%s); keep it on a local disk"), self->path, g_strerror (saved));
      return FALSE;
    }

  return check_head (self, error);
}

static gboolean
connect_database (CamStore  *self,
                  GError   **error)
{
  if (sqlite3_open_v2 (self->path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    return cam_store_fail (self, error);

  sqlite3_extended_result_codes (self->db, 1);
  /* A file from somebody else must not make SQLite run what its schema says. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_busy_timeout (self->db, 2000);

  return cam_store_exec (self, "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", error);
}

/* Runs that were under way when the program ended are marked so; deleted ones are gone for good. */
static gboolean
tidy (CamStore  *self,
      GError   **error)
{
  sqlite3_stmt *find = cam_store_prepare (self, "SELECT id FROM run WHERE state = 'running' AND deleted = 0 ORDER BY id", error);
  int rc;

  if (find == NULL)
    return FALSE;
  while ((rc = sqlite3_step (find)) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (find, 0);

      g_array_append_val (self->recovered, id);
    }
  sqlite3_reset (find);
  if (rc != SQLITE_DONE)
    return cam_store_fail (self, error);

  return cam_store_begin (self, error) &&
         cam_store_end (self,
                        cam_store_exec (self, "UPDATE run SET state = 'interrupted' WHERE state = 'running';"
                                              "DELETE FROM run WHERE deleted = 1", error),
                        error);
}

CamStore *
cam_store_open (const char  *path,
                GError     **error)
{
  g_autoptr(CamStore) self = g_new0 (CamStore, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->lock_fd = -1;
  self->thread = g_thread_self ();
  self->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, finalize_statement);
  self->recovered = g_array_new (TRUE, TRUE, sizeof (gint64));

  if (!take_lock (self, error) ||
      !connect_database (self, error) ||
      !cam_store_migrate (self, error) ||
      !tidy (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
cam_store_close (CamStore *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->statements);
  sqlite3_close (self->db);
  /* Only now: closing any descriptor of the file drops the locks that SQLite holds on it. */
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_array_unref (self->recovered);
  g_free (self->path);
  g_free (self);
}

const char *
cam_store_get_path (const CamStore *self)
{
  return self->path;
}

const gint64 *
cam_store_get_recovered (const CamStore *self,
                         guint          *n)
{
  if (n != NULL)
    *n = self->recovered->len;

  return (const gint64 *) (gpointer) self->recovered->data;
}
