/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Callbacks that have files of their own. */
#pragma once

#include "cam-kinds-private.h"

G_BEGIN_DECLS

extern const CamCallbackOps cam_early_stopping;                          /* cam-early-stopping.c */
extern const CamCallbackOps cam_reduce_on_plateau, cam_rate_scheduler;   /* cam-rate-callbacks.c */
extern const CamCallbackOps cam_model_checkpoint, cam_csv_logger;        /* cam-file-callbacks.c */

/* cam_file_name_fill: "{epoch:02d}-{val_loss:.2f}.keras" as Python fills it in: epoch counted from 1, values by their keys; NULL: it cannot be. */
char *cam_file_name_fill (const char *pattern, const char *const *keys, const double *values, guint epoch, const char *where, GError **error);

G_END_DECLS
