/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workspace: a SQLite file (.camadas) that keeps experiments and runs. One connection, one thread: all calls from the thread that opened it.
 * WAL, so that a finished call survives kill −9; a run is marked while it goes, and one cut short is found at the next open. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CAM_STORE_ERROR (cam_store_error_quark ())
GQuark cam_store_error_quark (void);
typedef enum
{
  CAM_STORE_ERROR_NOT_WORKSPACE,   /* another program's file, or not SQLite */
  CAM_STORE_ERROR_NEWER,           /* made by a newer Camadas: message says so */
  CAM_STORE_ERROR_BUSY,            /* another Camadas has it open for writing */
  CAM_STORE_ERROR_FAILED,          /* disk full, damaged, read-only: SQLite's reason in the message */
  CAM_STORE_ERROR_NOT_FOUND,       /* no such run */
} CamStoreError;

typedef struct _CamStore CamStore;

typedef enum
{
  CAM_RUN_RUNNING,       /* under way, in this process */
  CAM_RUN_FINISHED,
  CAM_RUN_EARLY,         /* ended by early stopping */
  CAM_RUN_STOPPED,
  CAM_RUN_DIVERGED,
  CAM_RUN_FAILED,
  CAM_RUN_INTERRUPTED,   /* the program ended while it ran; found at the next start */
} CamRunState;

typedef struct
{
  gint64      id;
  char       *name;          /* "Run 13" */
  CamRunState state;
  char       *experiment;    /* the document, JSON text */
  char       *data_name;     /* file name of the table */
  char       *data_sha256;   /* hex, or NULL */
  guint64     seed;
  char      **keys;          /* history keys */
  guint       n_epochs;      /* rows in the history */
  guint       best_epoch;    /* 0: none */
  double      best_value;    /* of monitor */
  char       *monitor;
  gint64      started_at;    /* µs since 1970 UTC */
  double      seconds;
  char       *report;        /* scores and the like, JSON text; NULL until finished */
  char       *message;       /* why it ended, or NULL */
} CamRunRecord;

/* cam_store_open: creates the file where there is none, migrates older ones step by step, marks runs that were cut short as CAM_RUN_INTERRUPTED. */
CamStore     *cam_store_open            (const char *path, GError **error);
void          cam_store_close           (CamStore *self);
const char   *cam_store_get_path        (const CamStore *self);
/* What open found cut short: run names with the epochs kept of each; NULL-terminated, empty if none. Borrowed. */
const gint64 *cam_store_get_recovered   (const CamStore *self, guint *n);

/* The document being edited, so that the window comes back as it was left. Text is JSON. */
gboolean      cam_store_set_draft       (CamStore *self, const char *experiment, GError **error);
char         *cam_store_dup_draft       (CamStore *self);                       /* NULL: none */
/* The data file the draft uses: absolute path, sha256. */

/* A run: begin → append (many) → finish. Each call is one transaction; append takes several epochs at once. */
gint64        cam_store_begin_run       (CamStore *self, const char *name, const char *experiment, const char *data_name, const char *data_sha256, guint64 seed,
                                         const char *const *keys, const char *monitor, const char *preparation, GError **error);   /* 0 on error; @name NULL: "Run N" */
gboolean      cam_store_append_epochs   (CamStore *self, gint64 run, guint first_epoch, guint n_epochs, const double *values /* [n_epochs][n_keys], NaN allowed */,
                                         guint best_epoch, double best_value, double seconds, GError **error);
gboolean      cam_store_set_weights     (CamStore *self, gint64 run, const char *which /* "best", "last" */, guint epoch, GBytes *weights, GError **error);
gboolean      cam_store_finish_run      (CamStore *self, gint64 run, CamRunState state, double seconds, const char *report, const char *message, GError **error);

gint64       *cam_store_list_runs       (CamStore *self, guint *n, GError **error);             /* newest first; g_free() */
CamRunRecord *cam_store_get_run         (CamStore *self, gint64 run, GError **error);
/* [n_epochs][n_keys], row e is epoch e + 1; g_free(). */
double       *cam_store_dup_history     (CamStore *self, gint64 run, guint *n_epochs, guint *n_keys, GError **error);
GBytes       *cam_store_dup_weights     (CamStore *self, gint64 run, const char *which, guint *epoch, GError **error);   /* NULL without error: none kept */
char         *cam_store_dup_preparation (CamStore *self, gint64 run, GError **error);
gboolean      cam_store_rename_run      (CamStore *self, gint64 run, const char *name, GError **error);
/* A deleted run is hidden, and gone for good at the next open: so that deletion can be undone. */
gboolean      cam_store_set_run_deleted (CamStore *self, gint64 run, gboolean deleted, GError **error);

void          cam_run_record_free       (CamRunRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamStore, cam_store_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRunRecord, cam_run_record_free)

G_END_DECLS
