/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed above the table of runs: words that must all be found in a run's name, state or settings, and conditions such as “learning_rate > 0.001” or “activation = relu”. */
#pragma once

#include "cam-run-item.h"

G_BEGIN_DECLS

typedef struct _CamRunFilter CamRunFilter;

/* cam_run_filter_new: NULL where @text asks for nothing. */
CamRunFilter *cam_run_filter_new   (const char *text);
void          cam_run_filter_free  (CamRunFilter *self);
/* Settings by name, "lr" for learning_rate, and "best", "epochs", "seconds", "state", "name". */
gboolean      cam_run_filter_match (const CamRunFilter *self, CamRunItem *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRunFilter, cam_run_filter_free)

G_END_DECLS
