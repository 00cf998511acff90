/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables and experiments as the commands take them: read from the files that the call names. */
#pragma once

#include <cam-dataset.h>
#include <cam-experiment.h>

G_BEGIN_DECLS

/* cam_cli_read_source: shows on a terminal how far it is. @dialect and @kinds may be NULL. Messages name the file. */
CamCsvResult  *cam_cli_read_source     (const char *path, const CamCsvDialect *dialect, const json_t *kinds, GError **error);

/**
 * cam_cli_load_experiment:
 * @data: (nullable): a file instead of the document's
 * @seed: (nullable): text of a number, instead of the fit's seed
 */
CamExperiment *cam_cli_load_experiment (const char *path, const char *data, const char *seed, GError **error);

/* cam_cli_read_table: the experiment's table, read as the document @document says. */
CamCsvResult  *cam_cli_read_table      (const CamExperiment *experiment, const char *document, GError **error);

/* cam_cli_load_dataset: the experiment's table, prepared and split. Messages name the file that is to be mended. */
CamDataset    *cam_cli_load_dataset    (const CamExperiment *experiment, const char *document, GError **error);

G_END_DECLS
