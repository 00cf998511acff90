/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workspace that each data file has in the user's data folder, so that its runs and its draft are there again when it is opened. */
#pragma once

#include <cam-experiment.h>
#include <cam-store.h>

G_BEGIN_DECLS

/* cam_workspace_dup_path: where it is; @attempt: 0, and more for those after it. g_free(). */
char          *cam_workspace_dup_path    (const char *file, guint attempt);
/* cam_workspace_open: the one of a data file; where another Camadas works in it, the next by number. */
CamStore      *cam_workspace_open        (const char *file, GError **error);
/* What a workspace has to go on with: its draft, and the experiment of its newest run. NULL: none that can be read. */
CamExperiment *cam_workspace_read_draft  (CamStore *store);
CamExperiment *cam_workspace_read_newest (CamStore *store);

G_END_DECLS
