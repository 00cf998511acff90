/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of what a run is made of besides data and network: optimizer, loss, metrics, fit and early stopping. Each is one named step that can be undone;
 * FALSE: refused (the session says why), nothing open, or no change. Main thread only. */
#pragma once

#include "cam-session.h"

G_BEGIN_DECLS

/* cam_train_peek_kind: loss or optimizer of the experiment, with its completed settings. @config: (out) (transfer full) (nullable). NULL: nothing open. */
const CamKind *cam_train_peek_kind          (CamExperiment *experiment, CamKindOf of, json_t **config);
/* cam_train_dup_early_stopping: the completed settings of the first EarlyStopping; NULL: none. New reference. */
json_t        *cam_train_dup_early_stopping (CamExperiment *experiment);

/* cam_train_set_kind: another loss or optimizer. An optimizer of another kind starts from its own defaults. */
gboolean       cam_train_set_kind           (CamSession *session, CamKindOf of, const CamKind *kind);
gboolean       cam_train_set_optimizer      (CamSession *session, const CamField *field, const json_t *value);
gboolean       cam_train_set_metric         (CamSession *session, const CamKind *metric, gboolean is_on);
gboolean       cam_train_has_metric         (CamExperiment *experiment, const CamKind *metric);
gboolean       cam_train_set_fit            (CamSession *session, const CamField *field, const json_t *value);

/* cam_train_set_early_stopping: @config: settings of EarlyStopping, NULL: none at all. */
gboolean       cam_train_set_early_stopping (CamSession *session, const json_t *config, const char *name);

/* cam_train_get_rate: the learning rate of an experiment; NaN: its optimizer has none, or a schedule. */
double         cam_train_get_rate           (CamExperiment *experiment);
gboolean       cam_train_set_rate           (CamSession *session, double rate, const char *name);
/* cam_train_scale_rate: a number, or all rates of a schedule, times @factor. */
gboolean       cam_train_scale_rate         (CamSession *session, double factor, const char *name);
/* cam_train_count_steps: batches of a whole run, 1 while there are no data. */
double         cam_train_count_steps        (CamSession *session);

G_END_DECLS
