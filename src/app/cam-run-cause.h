/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a run has probably diverged, in a sentence with its numbers. Rules of thumb, the surest first, that keep silent when they are not sure. Main thread only. */
#pragma once

#include "cam-run-facts.h"

G_BEGIN_DECLS

/* cam_run_cause_describe: @dataset: (nullable): what it ran on. Returns: (transfer full): "" where nothing is likely. */
char *cam_run_cause_describe (const CamRunFacts *facts, CamDataset *dataset);

G_END_DECLS
