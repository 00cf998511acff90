/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the session share: cam-session.c keeps state and tells of it, cam-session-dataset.c makes the dataset, cam-session-open.c brings data and
 * experiments in, cam-session-experiments.c has those of the workspace, cam-session-runs.c the runs, cam-session-studies.c the studies. */
#pragma once

#include "cam-session.h"

G_BEGIN_DECLS

typedef struct _CamLoad CamLoad;

struct _CamSession
{
  GObject        parent_instance;

  /* owned; constant */
  CamDocument   *document;
  CamRunner     *runner;
  GListStore    *runs;               /* of CamRunItem, newest first */
  GListStore    *experiments;        /* of CamExperimentItem, as they were made */

  /* owned; what is open. The experiment is the document's. */
  CamStore      *store;
  CamTable      *table;
  GPtrArray     *csv_notes;          /* of char * */
  CamCsvDialect *dialect;            /* as the table was read */
  char          *subtitle;
  char          *table_file;         /* what the table was read from … */
  json_t        *table_dialect;      /* … and the document's dialect it was read with; NULL: none given */
  json_t        *table_kinds;        /* … and the kinds that the document asked of the reader (cam_source_kinds()) */
  CamDataset    *dataset;
  json_t        *dataset_data;       /* the settings that the dataset, or its problem, belongs to */
  json_t        *dataset_split;
  char          *data_problem;
  GPtrArray     *problems;           /* of CamProblem */
  char          *train_reason;
  char          *title;

  /* A dataset in the making; its reply counts only while this is its cancellable. */
  GCancellable  *preparing;

  /* Reading. @load counts while it is the current one; @waiting is read and waits for the run to end. */
  CamLoad       *load;
  guint          load_timer;
  double         load_progress;
  char          *load_text;
  CamLoad       *waiting;
  gboolean       is_close_waiting;
  gboolean       is_adopting;        /* the document changes as part of taking data: its handler waits */
  gboolean       is_exchanging;      /* … or because another experiment comes to the front */

  /* Runs */
  CamRunItem    *current_run;        /* owned */
  gboolean       is_busy;
  guint          refresh_timer;
  gint64         refresh_took;       /* µs: what follows the item may be slow with very many epochs */
  guint          draft_timer;

  /* Studies, owned */
  GListStore    *studies;            /* of CamStudyItem, newest first; constant */
  CamStudyItem  *study;              /* the one under way */
  GQueue         waiting_studies;    /* of CamStudyItem, references */
  GHashTable    *removed_studies;    /* CamStudyItem → what brings it back */
  guint          follow_timer;
  gint64         newest_run;         /* that is listed */
};

typedef enum
{
  CAM_SESSION_PROP_0,
  CAM_SESSION_PROP_DOCUMENT,
  CAM_SESSION_PROP_RUNNER,
  CAM_SESSION_PROP_RUNS,
  CAM_SESSION_PROP_HAS_DATA,
  CAM_SESSION_PROP_TABLE,
  CAM_SESSION_PROP_DATASET,
  CAM_SESSION_PROP_DATA_PROBLEM,
  CAM_SESSION_PROP_DATA_SUBTITLE,
  CAM_SESSION_PROP_TITLE,
  CAM_SESSION_PROP_LOADING,
  CAM_SESSION_PROP_LOAD_PROGRESS,
  CAM_SESSION_PROP_LOAD_TEXT,
  CAM_SESSION_PROP_PROBLEMS,
  CAM_SESSION_PROP_CAN_TRAIN,
  CAM_SESSION_PROP_TRAIN_REASON,
  CAM_SESSION_PROP_BUSY,
  CAM_SESSION_PROP_STUDIES,
  CAM_SESSION_PROP_STUDY,
  CAM_SESSION_N_PROPS
} CamSessionProp;

/* cam-session.c */
void     cam_session_notify          (CamSession *self, CamSessionProp prop);
void     cam_session_say             (CamSession *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void     cam_session_fail            (CamSession *self, const char *title, const char *detail);
void     cam_session_tell_opened     (CamSession *self);
void     cam_session_tell_unfinished (CamSession *self, CamStudyItem *item);
gboolean cam_session_is_under_way    (CamSession *self);      /* a run, or a study, also one that is paused: the store is theirs */
void     cam_session_stop_all        (CamSession *self);
void     cam_session_refresh_state   (CamSession *self);      /* problems, can-train and its reason */
void     cam_session_experiment_changed (CamSession *self);
void     cam_session_touch_draft     (CamSession *self);      /* it will be kept soon */
void     cam_session_flush_draft     (CamSession *self);
/* cam_session_take_data: table, dataset and what belongs to them become the open ones; takes all. */
void     cam_session_take_data       (CamSession *self, CamTable *table, GPtrArray *notes, char *subtitle, char *file,
                                      json_t *dialect);
void     cam_session_drop_data       (CamSession *self);
gboolean cam_session_same_json       (const json_t *a, const json_t *b);   /* either may be NULL */

/* cam-session-open.c */
void     cam_session_check_source    (CamSession *self);      /* reads again where the document names another file or dialect */
void     cam_session_adopt_waiting   (CamSession *self);      /* after a run has ended */
void     cam_session_forget_loads    (CamSession *self);

/* cam-session-dataset.c */
/* Takes @dataset and @problem; @data and @split are what they were made from. */
void     cam_session_take_dataset    (CamSession *self, CamDataset *dataset, char *problem, const json_t *data,
                                      const json_t *split);
void     cam_session_prepare_dataset  (CamSession *self, CamExperiment *experiment);   /* of the table as @experiment says; for a large one it is there later */
void     cam_session_forget_preparing (CamSession *self);

/* cam-session-edit.c */
CamExperiment *cam_session_adapt_output (CamSession *self, CamExperiment *experiment);   /* its output layer and loss to what its data section asks for; new reference */

/* cam-session-experiments.c */
void     cam_session_list_experiments (CamSession *self);     /* from the store */
void     cam_session_show_experiment (CamSession *self);      /* the one in front has changed */

/* cam-session-go-on.c */
void     cam_session_place_files     (CamSession *self);      /* where the next run's callbacks write */

/* cam-session-runs.c */
void     cam_session_set_busy        (CamSession *self, gboolean is_busy);
void     cam_session_connect_runner  (CamSession *self);
void     cam_session_list_runs       (CamSession *self);      /* from the store */
void     cam_session_tell_recovered  (CamSession *self);
/* cam_session_drop_runs: before the store is closed. */
void     cam_session_drop_runs       (CamSession *self);
void     cam_session_wait_for_run    (CamSession *self);      /* stops it and lets it end; for dispose */
/* cam_session_make_run_item: of a run in the store; NULL: it cannot be read. New reference. */
CamRunItem *cam_session_make_run_item (CamSession *self, gint64 id);

/* cam-session-studies.c */
void     cam_session_init_studies    (CamSession *self);
void     cam_session_list_studies    (CamSession *self);      /* from the store */
void     cam_session_offer_study     (CamSession *self);      /* the newest that is not done */
void     cam_session_drop_studies    (CamSession *self);      /* before the store is closed; none is under way */
void     cam_session_advance_studies (CamSession *self);      /* the next in turn begins, where it can */
void     cam_session_wait_for_study  (CamSession *self);      /* stops it and lets it end; for dispose */
void     cam_session_clear_studies   (CamSession *self);
/* cam_session_reads_open_table: whether @experiment would read the table that is open, in the same way. */
gboolean cam_session_reads_open_table (CamSession *self, CamExperiment *experiment);

G_END_DECLS
