/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as it is at one moment, wherever it is known from: the runner while it goes, the workspace afterwards. Built, read and freed; main thread only. */
#pragma once

#include "cam-session.h"

G_BEGIN_DECLS

typedef struct
{
  /* owned */
  char           *name;
  CamExperiment  *experiment;      /* the run's own, which the document may have left behind; NULL: damaged */
  json_t         *report;          /* NULL: none */
  char           *message;         /* why it ended; NULL: nothing more to say */
  char           *summary;         /* "dense 16 · dense 8 · Adam 0.001" */
  char           *monitor;
  char          **keys;
  double        **values;          /* a column of n_epochs for each key */
  CamRunEvent    *events;          /* what was done to it by hand */
  json_t         *rate;            /* the optimizer's completed learning rate; NULL: not known */

  CamRunState     state;
  gboolean        is_live;         /* under way in this session: the next two mean something */
  gboolean        is_paused;
  gboolean        is_stopping;
  guint           n_epochs;        /* rows of history */
  guint           n_planned;       /* asked for in all, by now */
  guint           n_events;
  gsize           n_batches;       /* of an epoch */
  guint           patience;        /* of early stopping; 0: none */
  guint           best_epoch;      /* 0: none */
  double          best_value;
  double          seconds;
  double          rows_per_s;      /* NaN: not known */
  double          live_rate;       /* of the next batch; NaN: not under way, or not known */
  gsize           live_batch;      /* done in the epoch under way … */
  double          live_loss;       /* … and the running loss by then; NaN: not under way */
  gboolean        can_go_on;       /* it has ended, and enough of it is kept … */
  guint           go_on_epoch;     /* … to begin after this epoch */
  gboolean        can_go_back;     /* it has diverged, and the weights of its best epoch are kept */
  guint64         seed;
  gint64          started_at;      /* µs since 1970 UTC */
} CamRunFacts;

/* cam_run_facts_new: @experiment: (nullable): what this run's experiment was parsed to before, so that it need not be again. */
CamRunFacts  *cam_run_facts_new       (CamSession *session, CamRunItem *run, CamExperiment *experiment);
void          cam_run_facts_free      (CamRunFacts *self);

const double *cam_run_facts_find      (const CamRunFacts *self, const char *key);              /* NULL: no such key */
/* cam_run_facts_dup_train_key: "train_loss" for "loss" where the training rows were measured again, as the validation rows were; else the key itself. */
char         *cam_run_facts_dup_train_key (const CamRunFacts *self, const char *key);
double        cam_run_facts_get_value (const CamRunFacts *self, const char *key, guint epoch); /* epoch from 1; NaN: none */

/* cam_run_facts_get_score: out of the report; @part "train", "validation", "test". NaN: none. */
double        cam_run_facts_get_score (const CamRunFacts *self, const char *part, const char *key);
gboolean      cam_run_facts_has_part  (const CamRunFacts *self, const char *part);
/* cam_run_facts_get_count: a whole number of the report: "weights_of_epoch", "bad_epoch", "bad_batch". 0: none. */
guint         cam_run_facts_get_count (const CamRunFacts *self, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRunFacts, cam_run_facts_free)

G_END_DECLS
