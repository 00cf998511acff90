/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run leaves in its folder: model.keras, history.csv, report.json, predictions.csv, loss.svg and a chart for each metric. */
#pragma once

#include <cam-runner.h>

G_BEGIN_DECLS

/* cam_cli_results_prepare: makes the folder @dir and sees that it can be written to, before hours are spent on the run. */
gboolean cam_cli_results_prepare    (const char *dir, GError **error);

/**
 * cam_cli_results_write:
 * @runner: after "ended"
 *
 * Each file under a temporary name first. What cannot be written is told on standard error, and does not keep the others from it.
 *
 * Returns: %TRUE if all is there. Without a usable weight (a run that diverged in its first epoch) model and predictions are not part of it.
 */
gboolean cam_cli_results_write      (CamRunner *runner, const char *dir);

/* cam_cli_results_have_model: does the run leave weights worth keeping? */
gboolean cam_cli_results_have_model (CamRunner *runner);

G_END_DECLS
