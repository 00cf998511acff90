/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workspace with as many runs as somebody may have after a year: of a sample, in studies that compare activations, with different settings, curves and ends. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MANY_RUNS_EPOCHS 40
/* Every so many runs are a study; every fifth of these belongs to none. */
#define MANY_RUNS_STUDY 100

/* many_runs_make: @sample: a document, "…/iris.json"; @path: the workspace to make. */
void many_runs_make (const char *path, const char *sample, guint n);

/* What run @i, from 0, the oldest, was made with. */
const char *many_runs_activation (guint i);
double      many_runs_rate       (guint i);
guint       many_runs_seed       (guint i);
/* Of key @key (0 … 3: accuracy, loss, val_accuracy, val_loss) after epoch @epoch, from 0. */
double      many_runs_value      (guint i, guint epoch, guint key);
guint       many_runs_best       (guint i);      /* epoch, from 1 */
gboolean    many_runs_in_study   (guint i);

G_END_DECLS
