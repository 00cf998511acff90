/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done to runs by hand, step by step, so that it can be taken back: names, tags, notes, pins, archiving, deletion. Main thread only. */
#pragma once

#include "cam-session.h"

G_BEGIN_DECLS

typedef struct _CamRunUndo CamRunUndo;

CamRunUndo *cam_run_undo_new       (void);
void        cam_run_undo_free      (CamRunUndo *self);
/* cam_run_undo_add: before a step: what @runs (of CamRunItem) are now is what they are after it was taken back. @are_deleted: the step deletes them. */
void        cam_run_undo_add       (CamRunUndo *self, GPtrArray *runs, gboolean are_deleted);
gboolean    cam_run_undo_can       (CamRunUndo *self);
/* cam_run_undo_take_back: the last step. Returns: (nullable): the first of its runs, a new reference. */
CamRunItem *cam_run_undo_take_back (CamRunUndo *self, CamSession *session);
void        cam_run_undo_clear     (CamRunUndo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRunUndo, cam_run_undo_free)

G_END_DECLS
