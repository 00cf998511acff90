/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of the workspace, shared by the files of this floor. */
#pragma once

#include <sqlite3.h>

#include "cam-store.h"

struct _CamStore
{
  /* owned */
  char       *path;
  sqlite3    *db;
  GHashTable *statements;    /* SQL text (static) → sqlite3_stmt */
  GArray     *recovered;     /* gint64, ends with 0 */

  int         lock_fd;       /* holds the flock() that keeps a second program out; closed after the database */
  GThread    *thread;        /* the only one that may call */
};

/* cam_store_prepare: the cached statement for @sql, reset and unbound. @sql must live as long as the program. NULL with the error set. */
sqlite3_stmt *cam_store_prepare  (CamStore *self, const char *sql, GError **error);
/* cam_store_run: steps a statement that gives no rows, and resets it. */
gboolean      cam_store_run      (CamStore *self, sqlite3_stmt *statement, GError **error);
/* cam_store_exec: SQL without parameters or rows. */
gboolean      cam_store_exec     (CamStore *self, const char *sql, GError **error);
gboolean      cam_store_begin    (CamStore *self, GError **error);
/* cam_store_end: commits where @ok, else rolls back; an error of the commit is reported, one of the roll-back is not. */
gboolean      cam_store_end      (CamStore *self, gboolean ok, GError **error);
/* cam_store_check_found: after a statement that changes one run's row; CAM_STORE_ERROR_NOT_FOUND where it changed none. */
gboolean      cam_store_check_found (CamStore *self, gint64 run, GError **error);
/* cam_store_fail: @error from what the connection says last. Returns FALSE. */
gboolean      cam_store_fail     (CamStore *self, GError **error);

/* cam_store_dup_column: a text of the row the statement stands at, made valid UTF-8, as a damaged file's need not be; NULL where it is NULL. g_free(). */
char         *cam_store_dup_column (sqlite3_stmt *statement, int column);
/* cam_store_list_ids: the numbers that a query without parameters gives; @sql as for cam_store_prepare(). g_free(); never NULL without an error. */
gint64       *cam_store_list_ids (CamStore *self, const char *sql, guint *n, GError **error);

gboolean      cam_store_migrate  (CamStore *self, GError **error);

#define CAM_STORE_APPLICATION_ID 0x43414d44   /* "CAMD" */
#define CAM_STORE_VERSION        6
