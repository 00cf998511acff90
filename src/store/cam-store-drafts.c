/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents being edited: the experiments of the workspace. */
#include "cam-store-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* A statement with a number and, where it has a second parameter, a text. */
static gboolean
change (CamStore    *self,
        const char  *sql,
        gint64       draft,
        const char  *experiment,
        GError     **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, draft);
  if (experiment != NULL)
    sqlite3_bind_text (statement, 2, experiment, -1, SQLITE_STATIC);

  return cam_store_run (self, statement, error);
}

static gboolean
fail_missing (CamStore  *self,
              gint64     draft,
              GError   **error)
{
  g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND, _("%s: there is no experiment %" PRId64), self->path, draft);
  return FALSE;
}

/* After a statement that must have changed a row. */
static gboolean
check_changed (CamStore  *self,
               gint64     draft,
               GError   **error)
{
  return sqlite3_changes (self->db) > 0 || fail_missing (self, draft, error);
}

static char *
dup_text (CamStore      *self,
          sqlite3_stmt  *statement,
          GError       **error)
{
  char *text = NULL;
  int rc = sqlite3_step (statement);

  if (rc == SQLITE_ROW)
    text = cam_store_dup_column (statement, 0);
  else if (rc != SQLITE_DONE)
    cam_store_fail (self, error);
  sqlite3_reset (statement);

  return text;
}

gboolean
cam_store_set_draft (CamStore    *self,
                     const char  *experiment,
                     GError     **error)
{
  sqlite3_stmt *statement =
    cam_store_prepare (self, "INSERT OR REPLACE INTO draft (id, experiment, is_open) VALUES ((SELECT id FROM draft WHERE is_open), ?1, 1)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, experiment, -1, SQLITE_STATIC);

  return cam_store_run (self, statement, error);
}

char *
cam_store_dup_draft (CamStore *self)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "SELECT experiment FROM draft WHERE is_open", NULL);

  return statement != NULL ? dup_text (self, statement, NULL) : NULL;
}

gint64 *
cam_store_list_drafts (CamStore  *self,
                       guint     *n,
                       gint64    *open,
                       GError   **error)
{
  g_autofree gint64 *opened = cam_store_list_ids (self, "SELECT id FROM draft WHERE is_open", n, error);

  *open = opened != NULL && *n > 0 ? opened[0] : 0;

  return opened != NULL ? cam_store_list_ids (self, "SELECT id FROM draft ORDER BY id", n, error) : NULL;
}

char *
cam_store_dup_draft_of (CamStore  *self,
                        gint64     draft,
                        GError   **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "SELECT experiment FROM draft WHERE id = ?1", error);
  g_autoptr(GError) problem = NULL;
  char *text;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, draft);
  text = dup_text (self, statement, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (text == NULL)
    fail_missing (self, draft, error);

  return text;
}

/* Within a transaction. */
static gboolean
open_draft (CamStore  *self,
            gint64     draft,
            GError   **error)
{
  return change (self, "UPDATE draft SET is_open = 0 WHERE is_open AND id <> ?1", draft, NULL, error) &&
         change (self, "UPDATE draft SET is_open = 1 WHERE id = ?1", draft, NULL, error) &&
         check_changed (self, draft, error);
}

gint64
cam_store_add_draft (CamStore    *self,
                     const char  *experiment,
                     GError     **error)
{
  gint64 draft = 0;
  gboolean ok;

  if (!cam_store_begin (self, error))
    return 0;
  ok = change (self, "INSERT INTO draft (experiment, is_open) SELECT ?2, ?1", 0, experiment, error);
  draft = sqlite3_last_insert_rowid (self->db);
  ok = ok && open_draft (self, draft, error);

  return cam_store_end (self, ok, error) ? draft : 0;
}

gboolean
cam_store_open_draft (CamStore  *self,
                      gint64     draft,
                      GError   **error)
{
  return cam_store_begin (self, error) && cam_store_end (self, open_draft (self, draft, error), error);
}

gboolean
cam_store_remove_draft (CamStore  *self,
                        gint64     draft,
                        GError   **error)
{
  return change (self, "DELETE FROM draft WHERE id = ?1 AND NOT is_open", draft, NULL, error) && check_changed (self, draft, error);
}

gboolean
cam_store_restore_draft (CamStore    *self,
                         gint64       draft,
                         const char  *experiment,
                         GError     **error)
{
  return change (self, "INSERT OR REPLACE INTO draft (id, experiment, is_open) SELECT ?1, ?2, IFNULL((SELECT is_open FROM draft WHERE id = ?1), 0)", draft, experiment, error);
}
