/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads histories of runs for rows that came into sight, a few milliseconds a turn, so that a table of thousands of runs opens at once. What is read is told by the item's
 * "has-history". Counted like the cells that use it; main thread only. */
#pragma once

#include "cam-run-item.h"

G_BEGIN_DECLS

typedef struct _CamRunReader CamRunReader;

CamRunReader *cam_run_reader_new   (void);
CamRunReader *cam_run_reader_ref   (CamRunReader *self);
void          cam_run_reader_unref (CamRunReader *self);
void          cam_run_reader_want  (CamRunReader *self, CamRunItem *run);
/* cam_run_reader_clear: nothing is wanted any more; for dispose. */
void          cam_run_reader_clear (CamRunReader *self);

G_END_DECLS
