/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window remembers of a workspace. */
#include "cam-store-private.h"

gboolean
cam_store_set_memory (CamStore    *self,
                      const char  *name,
                      const char  *value,
                      GError     **error)
{
  sqlite3_stmt *statement = cam_store_prepare (self, value != NULL ? "INSERT OR REPLACE INTO memory (name, value) VALUES (?1, ?2)"
                                                                   : "DELETE FROM memory WHERE name = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  if (value != NULL)
    sqlite3_bind_text (statement, 2, value, -1, SQLITE_STATIC);

  return cam_store_run (self, statement, error);
}

char *
cam_store_dup_memory (CamStore   *self,
                      const char *name)
{
  sqlite3_stmt *statement = cam_store_prepare (self, "SELECT value FROM memory WHERE name = ?1", NULL);
  char *value = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    value = cam_store_dup_column (statement, 0);
  sqlite3_reset (statement);

  return value;
}
