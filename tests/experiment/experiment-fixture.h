/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of this floor share: sample data, experiments on it, and a folder that goes away. */
#pragma once

#include <cam-experiment.h>

G_BEGIN_DECLS

/* The table of data/NAME.csv. */
CamTable      *fixture_table       (const char *name);

/**
 * fixture_experiment:
 * @sample: "iris", "breast-cancer" or "energy-efficiency"
 * @units: of the hidden layers, "16" or "64, 32"
 * @optimizer, @fit, @callbacks: JSON; "fit" without its braces
 */
CamExperiment *fixture_experiment  (const char *sample, const char *units, const char *optimizer, const char *fit, const char *callbacks);

/* The sample's rows under the experiment's settings. */
CamDataset    *fixture_dataset     (const char *sample, const CamExperiment *experiment);

/* A folder for one test, removed with what is in it by fixture_drop_folder(). */
char          *fixture_make_folder (void);
void           fixture_drop_folder (char *folder);

G_END_DECLS
