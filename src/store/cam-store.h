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
  CAM_STORE_ERROR_NOT_FOUND,       /* no such run, draft or study */
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

/* What was done to a run by hand. */
typedef enum
{
  CAM_RUN_EVENT_RATE,      /* value: the learning rate from there on */
  CAM_RUN_EVENT_EPOCHS,    /* it had ended after @epoch, and went on; value: epochs asked for in all */
  CAM_RUN_EVENT_RESUMED,   /* it was cut short by the program's end, and taken up after @epoch */
  CAM_RUN_EVENT_BACK,      /* it had diverged, and went back to its best epoch, @epoch; value: the epoch in which it diverged */
  CAM_RUN_EVENT_THRESHOLD, /* another was chosen for its answers; batch: of which output, from 0; value: the threshold */
  CAM_N_RUN_EVENTS
} CamRunEventKind;

typedef struct
{
  CamRunEventKind kind;
  guint           epoch;   /* from 1 */
  gsize           batch;   /* RATE: the first with it, from 1; THRESHOLD: the output; else 0 */
  double          value;   /* NaN: none */
} CamRunEvent;

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
  gint64      study;         /* 0: it belongs to none */
  guint       place;         /* in the study, from 0 */
  char       *study_name;    /* NULL: it belongs to none */
  double     *best_values;   /* for each key, after the best epoch … */
  double     *last_values;   /* … and after the last; NULL: there is none */
  char      **tags;          /* never NULL */
  char       *note;          /* "": none */
  gboolean    is_pinned;
  gboolean    is_archived;
} CamRunRecord;

typedef struct
{
  gint64   id;
  char    *name;
  char    *plan;             /* the document, JSON text */
  char    *data_sha256;      /* hex, or NULL */
  gint64   started_at;       /* µs since 1970 UTC */
  gboolean is_finished;      /* all its runs are there */
} CamStudyRecord;

/* What a study wants to know of one of its runs. */
typedef struct
{
  gint64      id;
  guint       place;         /* in the study, from 0 */
  CamRunState state;
  double      seconds;
  char       *report;        /* NULL until finished */
} CamStudyRun;

/* Where a run stands. */
typedef struct
{
  gint64 study;
  guint  place;              /* from 0 */
} CamStudyPlace;

/**
 * cam_store_open:
 * @path: the file; made where there is none, its folder must be there
 *
 * Takes the file for this process: a second opener gets CAM_STORE_ERROR_BUSY until the first closes it or ends, however
 * it ends. Brings an older file up to date step by step, removes runs deleted before, and marks those that were cut
 * short as CAM_RUN_INTERRUPTED.
 *
 * Errors: CAM_STORE_ERROR_NOT_WORKSPACE (nothing is written to such a file), _NEWER, _BUSY, _FAILED.
 */
CamStore     *cam_store_open            (const char *path, GError **error);
void          cam_store_close           (CamStore *self);
const char   *cam_store_get_path        (const CamStore *self);

/* cam_store_get_recovered: the @n runs that open found cut short, oldest first. Borrowed; never NULL. */
const gint64 *cam_store_get_recovered   (const CamStore *self, guint *n);

/* The documents being edited, so that the window comes back as it was left: the experiments of the workspace, by numbers from 1, of which one is open. Text is JSON.
 * Each call is one transaction. Errors: CAM_STORE_ERROR_FAILED, and _NOT_FOUND for a number that is not there. */

/* cam_store_set_draft: of the open one; where there is none it is made. */
gboolean      cam_store_set_draft       (CamStore *self, const char *experiment, GError **error);
char         *cam_store_dup_draft       (CamStore *self);                       /* of the open one; NULL: none */
/* cam_store_list_drafts: in the order they were made; @open: the open one's number, 0: none. g_free(); never NULL without an error. */
gint64       *cam_store_list_drafts     (CamStore *self, guint *n, gint64 *open, GError **error);
char         *cam_store_dup_draft_of    (CamStore *self, gint64 draft, GError **error);
/* cam_store_add_draft: another one, open from now on. Returns: its number; 0 with the error set. */
gint64        cam_store_add_draft       (CamStore *self, const char *experiment, GError **error);
gboolean      cam_store_open_draft      (CamStore *self, gint64 draft, GError **error);
/* cam_store_remove_draft: any but the open one (that is _NOT_FOUND). cam_store_restore_draft(): back under its number, not open. */
gboolean      cam_store_remove_draft    (CamStore *self, gint64 draft, GError **error);
gboolean      cam_store_restore_draft   (CamStore *self, gint64 draft, const char *experiment, GError **error);

/* A run: begin → append (many) → finish. Each call is one transaction: it has happened whole once it returned TRUE, and
 * not at all otherwise. Errors of all that follow: CAM_STORE_ERROR_FAILED, and _NOT_FOUND for a run that is not there. */

/* What a run is when it begins. */
typedef struct
{
  const char           *name;         /* NULL: "Run N" */
  const CamStudyPlace  *place;        /* NULL: it belongs to no study */
  const char           *experiment;   /* JSON text */
  const char           *preparation;  /* JSON text, or NULL */
  const char           *data_name;    /* may be NULL … */
  const char           *data_sha256;  /* … and so may this; hex */
  guint64               seed;
  const char *const    *keys;         /* of its history; their order is that of the values appended; none has a line break */
  const char           *monitor;      /* may be NULL */
} CamRunStart;

/* cam_store_begin_run: a run of a study is never there without its place. Returns: the run's number, from 1; 0 with the error set. */
gint64        cam_store_begin_run       (CamStore *self, const CamRunStart *start, GError **error);

/**
 * cam_store_append_epochs:
 * @first_epoch: from 1; the one after the last appended: epochs have no gaps
 * @values: `[n_epochs, n_keys]`, row-major; any double, NaN too
 * @seconds: `[n_epochs]`, when each of them ended, since the run began; NaN: not known. The last is how long the run has taken so far
 * @best_epoch: 0: none yet
 */
gboolean      cam_store_append_epochs   (CamStore *self, gint64 run, guint first_epoch, guint n_epochs, const double *values, const double *seconds,
                                         guint best_epoch, double best_value, GError **error);

/* cam_store_set_weights: @which is "best", "last" or, for what a fit needs to go on, "state"; what was there under this name is replaced. */
gboolean      cam_store_set_weights     (CamStore *self, gint64 run, const char *which, guint epoch, GBytes *weights, GError **error);

/* cam_store_finish_run: @report (JSON text) and @message (why it ended) may be NULL. */
gboolean      cam_store_finish_run      (CamStore *self, gint64 run, CamRunState state, double seconds, const char *report, const char *message, GError **error);

/* cam_store_add_event: after those that the run has; a rate takes the place of the one before it where both begin with the same batch. */
gboolean      cam_store_add_event       (CamStore *self, gint64 run, const CamRunEvent *event, GError **error);
/* cam_store_resume_run: a run that has ended is under way again, with its first @n_epochs and @n_events: later ones are gone, and so are report and message. */
gboolean      cam_store_resume_run      (CamStore *self, gint64 run, guint n_epochs, guint n_events, GError **error);
/* cam_store_drop_states: the "state" of all ended runs but the newest @n_kept. Those of runs cut short stay. */
gboolean      cam_store_drop_states     (CamStore *self, guint n_kept, GError **error);

/* cam_store_list_runs: numbers of the runs not deleted, newest first. g_free(); never NULL without an error. */
gint64       *cam_store_list_runs       (CamStore *self, guint *n, GError **error);
/* cam_store_list_records: of CamRunRecord, those of the same runs in the same order, in one go; without experiment and report, which may be long: they are NULL. */
GPtrArray    *cam_store_list_records    (CamStore *self, GError **error);
/* cam_store_foreach_at: what each run that came so far measured after epoch @epoch, from 1; @values are borrowed for the call. */
typedef void (*CamStoreAtFunc)          (gint64 run, const double *values, guint n_values, gpointer user_data);
gboolean      cam_store_foreach_at      (CamStore *self, guint epoch, CamStoreAtFunc func, gpointer user_data, GError **error);
/* cam_store_get_run: texts are valid UTF-8, name and experiment never NULL, also from a damaged file. */
CamRunRecord *cam_store_get_run         (CamStore *self, gint64 run, GError **error);

/* cam_store_dup_history: `[n_epochs, n_keys]`, row-major; row e is epoch e + 1. An epoch lost in a damaged file is NaN. g_free(). */
double       *cam_store_dup_history     (CamStore *self, gint64 run, guint *n_epochs, guint *n_keys, GError **error);
/* cam_store_dup_epoch_seconds: `[n_epochs]`, when each epoch of the history ended, since the run began; NaN: not known, as in workspaces of older versions. g_free(). */
double       *cam_store_dup_epoch_seconds (CamStore *self, gint64 run, guint *n_epochs, GError **error);
/* cam_store_dup_weights: NULL without an error: none kept. @epoch may be NULL. */
GBytes       *cam_store_dup_weights     (CamStore *self, gint64 run, const char *which, guint *epoch, GError **error);
/* cam_store_dup_events: in their order; g_free(); never NULL without an error. */
CamRunEvent  *cam_store_dup_events      (CamStore *self, gint64 run, guint *n, GError **error);
/* cam_store_has_weights: without reading them. @epoch: (out) (nullable). */
gboolean      cam_store_has_weights     (CamStore *self, gint64 run, const char *which, guint *epoch);
char         *cam_store_dup_preparation (CamStore *self, gint64 run, GError **error);
char         *cam_store_dup_experiment  (CamStore *self, gint64 run, GError **error);
char         *cam_store_dup_report      (CamStore *self, gint64 run, GError **error);   /* NULL without an error: none */
gboolean      cam_store_rename_run      (CamStore *self, gint64 run, const char *name, GError **error);
/* What people note of a run. A tag is a word or some, without line breaks. */
gboolean      cam_store_set_run_tags    (CamStore *self, gint64 run, const char *const *tags, GError **error);
gboolean      cam_store_set_run_note    (CamStore *self, gint64 run, const char *note, GError **error);
gboolean      cam_store_set_run_pinned  (CamStore *self, gint64 run, gboolean is_pinned, GError **error);
gboolean      cam_store_set_run_archived (CamStore *self, gint64 run, gboolean is_archived, GError **error);
/* cam_store_set_run_deleted: a deleted run is hidden, and gone for good at the next open: so that deletion can be undone. */
gboolean      cam_store_set_run_deleted (CamStore *self, gint64 run, gboolean deleted, GError **error);

/* How the window shows what is in the workspace, text by a name, so that it comes back as it was left. @value NULL: nothing any more. */
gboolean      cam_store_set_memory      (CamStore *self, const char *name, const char *value, GError **error);
char         *cam_store_dup_memory      (CamStore *self, const char *name);             /* NULL: nothing */

/* Studies. Each call is one transaction. Errors: CAM_STORE_ERROR_FAILED, and _NOT_FOUND for a study that is not there. */

/* cam_store_add_study: @plan: JSON text; @data_sha256: (nullable): hex. Returns: its number, from 1; 0 with the error set. */
gint64          cam_store_add_study          (CamStore *self, const char *name, const char *plan, const char *data_sha256, GError **error);
gboolean        cam_store_set_study_finished (CamStore *self, gint64 study, gboolean is_finished, GError **error);
gboolean        cam_store_rename_study       (CamStore *self, gint64 study, const char *name, GError **error);
/* cam_store_remove_study: its runs are deleted with it, which can be undone until the next open: @runs, as cam_store_list_study_runs() had them before. */
gboolean        cam_store_remove_study       (CamStore *self, gint64 study, GError **error);
/* cam_store_restore_study: back under its number with @runs. */
gboolean        cam_store_restore_study      (CamStore *self, const CamStudyRecord *record, GPtrArray *runs, GError **error);
/* cam_store_list_studies: newest first. g_free(); never NULL without an error. */
gint64         *cam_store_list_studies       (CamStore *self, guint *n, GError **error);
/* cam_store_get_study: name and plan are valid UTF-8. */
CamStudyRecord *cam_store_get_study          (CamStore *self, gint64 study, GError **error);
/* cam_store_list_study_runs: of CamStudyRun, by place, two in one place by number; without those deleted. Histories and weights are not touched, so that it is quick. */
GPtrArray      *cam_store_list_study_runs    (CamStore *self, gint64 study, GError **error);

void          cam_run_record_free       (CamRunRecord *record);
void          cam_study_record_free     (CamStudyRecord *record);
void          cam_study_run_free        (CamStudyRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamStore, cam_store_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRunRecord, cam_run_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamStudyRecord, cam_study_record_free)

G_END_DECLS
