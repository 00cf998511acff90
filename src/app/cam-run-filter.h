/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed above the table of runs. Words that must all be there, in a run's name, tags, note, study, state or settings: “tanh wide”; with a minus those that must not: “-wide”. Conditions on
 * settings and metrics by name: “learning_rate > 0.001”, “val_loss < 0.3”, “accuracy >= 95%”, “activation = relu”, “activation != tanh”; “name:wide” looks into one of them. What has a space stands
 * between quotes. */
#pragma once

#include "cam-run-item.h"

G_BEGIN_DECLS

typedef struct _CamRunFilter CamRunFilter;

/* cam_run_filter_new: NULL where @text asks for nothing. */
CamRunFilter *cam_run_filter_new         (const char *text);
void          cam_run_filter_free        (CamRunFilter *self);
/* Settings and history keys by name, "lr" for learning_rate, and "name", "tag", "note", "study", "data", "state", "best", "epochs", "seconds" or "time", "is" ("pinned", "archived"). Metrics are
 * those of @when. */
gboolean      cam_run_filter_match       (CamRunFilter *self, CamRunItem *run, CamRunWhen when);
/* What is wrong with it, a sentence, after it was asked for all runs; NULL: nothing. A condition that cannot be understood keeps every run. */
const char   *cam_run_filter_get_problem (CamRunFilter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRunFilter, cam_run_filter_free)

G_END_DECLS
