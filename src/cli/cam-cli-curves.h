/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curve charts of histories, as the window draws them, and the files they come from and go to. */
#pragma once

#include <cam-chart.h>

G_BEGIN_DECLS

/* How large a chart is that nobody has given a size, in logical pixels, and its resolution where that counts. */
#define CAM_CLI_CHART_WIDTH 760
#define CAM_CLI_CHART_HEIGHT 460
#define CAM_CLI_CHART_DPI 192

/* "Accuracy" for "accuracy" and "val_accuracy"; the key itself where we have no word. */
const char *cam_cli_curve_title    (const char *key);
gboolean    cam_cli_curve_is_share (const char *key);
/* The colour that the Train page gives it. @metric: which of the metrics it is, from 0; does not count for the loss. */
guint       cam_cli_curve_colour   (const char *key, guint metric);

/* One file's history: keys and what they were, epoch by epoch. */
typedef struct
{
  char     *label;        /* names the file among others: the file name, or its folder where it is history.csv */
  char    **keys;
  double  **values;       /* one array for each key, n_epochs long; NaN: no value */
  guint     n_epochs;
} CamCliHistory;

/* cam_cli_history_read: our history.csv, Keras's CSVLogger files, or any table with a column a key. */
CamCliHistory *cam_cli_history_read (const char *path, GError **error);
void           cam_cli_history_free (CamCliHistory *self);
/* NULL: there is no such key. */
const double  *cam_cli_history_find (const CamCliHistory *self, const char *key);

/* Epoch from 1 of the best finite value of @key; 0: none. */
guint          cam_cli_curve_best   (const char *key, const double *values, guint n_epochs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamCliHistory, cam_cli_history_free)

G_END_DECLS
