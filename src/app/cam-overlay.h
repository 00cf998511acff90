/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves of several runs in one chart, and the names of what can be drawn. */
#pragma once

#include <cam-chart.h>

#include "cam-run-item.h"

G_BEGIN_DECLS

/**
 * cam_overlay_new:
 * @runs: of CamRunItem; those without @key are left out
 * @key: a history key: "val_loss"
 * @chosen: of CamRunItem: drawn on top, the others pale; none: all alike. The best epoch of a single one is marked
 */
CamChart  *cam_overlay_new       (GPtrArray *runs, const char *key, GPtrArray *chosen);

/* cam_overlay_list_keys: history keys that any of @runs has, validation first: "val_loss", "val_accuracy", "loss", "accuracy". Interned; free the array. */
GPtrArray *cam_overlay_list_keys (GPtrArray *runs);

/* cam_overlay_dup_title: "Validation loss", "Training accuracy". g_free(). */
char      *cam_overlay_dup_title (const char *key);

G_END_DECLS
