/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window works on: workspace, data, document, runner and runs, and how they hang together. Pages ask it and call it; they open no file themselves. Main thread only.
 *
 * Properties, all notify: "document" (CamDocument, constant) · "runner" (CamRunner, constant) · "runs" (GListModel of CamRunItem, constant, newest first) ·
 *   "has-data" · "table" (CamTable) · "dataset" (CamDataset; NULL while the settings cannot work: then "data-problem" is the sentence) · "data-problem" ·
 *   "data-subtitle" ("569 rows × 31 columns · comma, UTF-8, decimal point") · "title" (data or experiment name) · "loading" · "load-progress" (0 … 1) · "load-text" ·
 *   "problems" (notify only; see getter) · "can-train" · "train-reason" (why not: a sentence) · "busy" (a run is under way) · "studies" (GListModel of CamStudyItem, constant, newest first) ·
 *   "study" (CamStudyItem: the one under way; NULL: none)
 * Signals: "message" (text: for a toast) · "unfinished" (CamStudyItem: found at opening, to be offered) · "failed" (title, detail: for an inline message or dialog) · "opened" (data and experiment are there) */
#pragma once

#include <cam-document.h>
#include <cam-model.h>
#include <cam-runner.h>

#include "cam-experiment-item.h"
#include "cam-run-item.h"
#include "cam-study-item.h"

G_BEGIN_DECLS

#define CAM_TYPE_SESSION (cam_session_get_type ())
G_DECLARE_FINAL_TYPE (CamSession, cam_session, CAM, SESSION, GObject)

CamSession    *cam_session_new               (void);

/* Opening: asynchronous, cancellable by cam_session_cancel_loading(); ends with "opened" or "failed". What was open stays until the new data are there. */
void           cam_session_open_csv          (CamSession *self, const char *path);          /* proposes an experiment */
void           cam_session_open_experiment   (CamSession *self, const char *path);          /* a .json document, samples too */
void           cam_session_open_workspace    (CamSession *self, const char *path);          /* .camadas: its draft, data and runs */
gboolean       cam_session_save_workspace_as (CamSession *self, const char *path, GError **error);
void           cam_session_cancel_loading    (CamSession *self);
void           cam_session_close             (CamSession *self);                            /* back to Welcome; stops a run, keeping its best */
/* cam_session_reload: read the data file again with another dialect (document path "data/dialect"). */
void           cam_session_reload            (CamSession *self);
/* cam_session_open_with: as cam_session_open_csv(), read as @dialect says (borrowed), which is remembered with the file; the file that is open is read again. */
void           cam_session_open_with         (CamSession *self, const char *path, const json_t *dialect);
/* cam_session_recall_dialect: what was last chosen for @path. NULL: nothing. New reference. */
json_t        *cam_session_recall_dialect    (CamSession *self, const char *path);
/* cam_session_read_as: read the data file as @dialect (the document's "data/dialect"; borrowed) says. Where it can be read that is one step of the document that can be undone; roles and network
 * are proposed anew where the columns are others. Where it cannot, "failed" tells why and nothing changes. */
void           cam_session_read_as           (CamSession *self, const json_t *dialect);

CamDocument   *cam_session_get_document      (CamSession *self);
CamRunner     *cam_session_get_runner        (CamSession *self);
CamStore      *cam_session_get_store         (CamSession *self);                            /* the workspace in use: a default one in the user's data folder unless another was opened */
GListModel    *cam_session_get_runs          (CamSession *self);
CamTable      *cam_session_get_table         (CamSession *self);
CamDataset    *cam_session_get_dataset       (CamSession *self);
GPtrArray     *cam_session_get_problems      (CamSession *self);                            /* of CamProblem; borrowed; never NULL */
const char    *cam_session_get_train_reason  (CamSession *self);
const CamCsvDialect *cam_session_get_dialect (CamSession *self);                            /* the table's, as it was read: nothing left to guess; borrowed; NULL: no table */
GPtrArray     *cam_session_get_csv_notes     (CamSession *self);                            /* of char *; borrowed */

/* Editing goes through here: cam_document_set() plus a toast where the change is refused. */
gboolean       cam_session_edit              (CamSession *self, const char *path, const json_t *value, const char *name);

/* cam_session_edit_all: @edits is an object of path → value (null removes), as one step; output layer and loss follow as below. */
gboolean       cam_session_edit_all          (CamSession *self, const json_t *edits, const char *name);

/* Edits of columns, by name. Where they change what the network must give, its output layer and the loss follow in the same step. FALSE: refused (a "message" says why) or no change. */
gboolean       cam_session_choose_target     (CamSession *self, const char *column);        /* the only target */
/* Of several columns, NULL-terminated, in one step called @name. Roles: "feature", "target" (beside others), "group", "ignored". @changes: key → value, null takes the key out. */
gboolean       cam_session_set_roles         (CamSession *self, const char *const *columns, const char *role, const char *name);
gboolean       cam_session_set_columns       (CamSession *self, const char *const *columns, const json_t *changes, const char *name);

/* The experiments of the workspace, on one data set: a GListModel of CamExperimentItem, constant, as they were made. One is open: the document's. Each of these says what went wrong through
 * "message" or "failed"; while a file is read they do nothing. */
GListModel    *cam_session_get_experiments    (CamSession *self);
gboolean       cam_session_choose_experiment  (CamSession *self, CamExperimentItem *item);
/* cam_session_add_experiment: a copy of the open one, or, on its data as they are prepared and split, what is proposed for them; it is open from now on. */
gboolean       cam_session_add_experiment     (CamSession *self, gboolean is_copy);
gboolean       cam_session_remove_experiment  (CamSession *self, CamExperimentItem *item);   /* not the open one; its runs stay; undone by cam_session_restore_experiment() */
gboolean       cam_session_restore_experiment (CamSession *self, CamExperimentItem *item);

/* Runs. Each says what went wrong through "failed". */
gboolean       cam_session_train             (CamSession *self);
void           cam_session_pause             (CamSession *self, gboolean paused);
void           cam_session_stop              (CamSession *self);
void           cam_session_step              (CamSession *self);                            /* to the end of the epoch under way, and pauses there */
void           cam_session_set_rate          (CamSession *self, double rate);               /* of the run under way, from the next batch on; the document stays */
/* cam_session_go_on: a run that has ended, or was cut short, is under way again, with @n_more epochs or, 0, up to those asked for before. cam_session_can_go_on(): whether enough of it is
 * kept, and no other is under way; @epoch (out) (nullable): the one after which it begins. */
gboolean       cam_session_can_go_on         (CamSession *self, CamRunItem *run, guint *epoch);
gboolean       cam_session_go_on             (CamSession *self, CamRunItem *run, guint n_more);
/* cam_session_go_back: a run that diverged is under way again after its best epoch, with the weights of that and @rate. cam_session_can_go_back(): whether there is such an epoch, its weights
 * are kept, and no other run is under way. */
gboolean       cam_session_can_go_back       (CamSession *self, CamRunItem *run);
gboolean       cam_session_go_back           (CamSession *self, CamRunItem *run, double rate);
CamRunItem    *cam_session_get_current_run   (CamSession *self);                            /* the run under way or the latest of this session; NULL: none */
CamModel      *cam_session_load_model        (CamSession *self, CamRunItem *run, GError **error);   /* with the weights that it was measured with */
CamModel      *cam_session_load_weights      (CamSession *self, CamRunItem *run, const char *which, GError **error);   /* with its "best" or "last" weights */
/* cam_session_find_data_of: the experiment of a run whose file is the one that is open. @dataset (out) (transfer full): as the run saw it, where it is known; else NULL: to be made of
 * cam_session_get_table() by the experiment's settings. NULL: other data are open, or none: a sentence says so. New reference. */
CamExperiment *cam_session_find_data_of      (CamSession *self, CamRunItem *run, CamDataset **dataset, GError **error);
/* cam_session_set_threshold: kept with a run that has ended: models loaded from it from now on answer by it. */
gboolean       cam_session_set_threshold     (CamSession *self, CamRunItem *run, guint output, double threshold);
gboolean       cam_session_delete_run        (CamSession *self, CamRunItem *run);           /* undone by cam_session_restore_run() */
gboolean       cam_session_restore_run       (CamSession *self, CamRunItem *run);
gboolean       cam_session_rename_run        (CamSession *self, CamRunItem *run, const char *name);

/* What people say of a run. */
typedef struct
{
  const char        *name;
  const char *const *tags;
  const char        *note;           /* "": none */
  gboolean           is_pinned, is_archived;
} CamRunNotes;

/* cam_session_note_run: what is another in @notes is kept. */
gboolean       cam_session_note_run          (CamSession *self, CamRunItem *run, const CamRunNotes *notes);

/* Studies: one at a time, the others wait for their turn. While one is under way there is no single run, unless it is paused; a study waits for a run to end. Each of these says what went wrong
 * through "failed". */
GListModel    *cam_session_get_studies       (CamSession *self);
CamStudyItem  *cam_session_get_study         (CamSession *self);                            /* the one under way; NULL: none */
/* cam_session_add_study: begins as soon as its data are made, and those before it are done. @seconds: an estimate, or NaN. Borrowed. */
CamStudyItem  *cam_session_add_study         (CamSession *self, CamPlan *plan, double seconds);
void           cam_session_pause_study       (CamSession *self, CamStudyItem *item);
/* cam_session_resume_study: one that is paused, was cancelled, or was cut short, here or in another program. */
void           cam_session_resume_study      (CamSession *self, CamStudyItem *item);
/* cam_session_cancel_study: what is done stays, and it can be taken up again. */
void           cam_session_cancel_study      (CamSession *self, CamStudyItem *item);
gboolean       cam_session_rename_study      (CamSession *self, CamStudyItem *item, const char *name);
gboolean       cam_session_delete_study      (CamSession *self, CamStudyItem *item);        /* with its runs; undone by cam_session_restore_study() until the session is closed */
gboolean       cam_session_restore_study     (CamSession *self, CamStudyItem *item);
/* cam_session_peek_study: its results, read from the workspace where it is not under way; NULL: they cannot be read, and cam_study_item_get_message() says why. Borrowed until the item has others. */
CamStudy      *cam_session_peek_study        (CamSession *self, CamStudyItem *item);

G_END_DECLS
