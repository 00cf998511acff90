/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves of two runs in one chart: validation solid, training dashed. */
#pragma once

#include <cam-chart.h>

#include "cam-run-item.h"

G_BEGIN_DECLS

/* cam_run_diff_chart_new: @runs: two, of which the second may be NULL; @names: what they are called; @key: "loss", "accuracy". Training rows as they were measured after each epoch, where they were. */
CamChart *cam_run_diff_chart_new (CamRunItem *const runs[2], const char *const names[2], const char *key);

G_END_DECLS
