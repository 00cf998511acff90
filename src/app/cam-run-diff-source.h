/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a difference is taken from: runs of a workspace, and the experiment that is open. Main thread only. */
#pragma once

#include "cam-run-diff.h"
#include "cam-session.h"

G_BEGIN_DECLS

/* cam_run_diff_source_compare: @b NULL: the experiment that is open. NULL with the reason where one of the experiments cannot be read, as of a damaged workspace. */
CamRunDiff *cam_run_diff_source_compare (CamSession *session, CamRunItem *a, CamRunItem *b, GError **error);

G_END_DECLS
