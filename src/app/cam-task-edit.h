/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the task is, and what a sample is: one step of the document each, in which split and network follow so that the result can be trained. */
#pragma once

#include "cam-session.h"
#include "cam-task-words.h"

G_BEGIN_DECLS

/* @word: of "data/task"; NULL: as the targets say. */
gboolean cam_task_edit_task    (CamSession *session, const char *word);
gboolean cam_task_edit_samples (CamSession *session, CamUnit samples);

G_END_DECLS
