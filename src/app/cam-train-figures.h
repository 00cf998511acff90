/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the figure cards beside the curves. */
#pragma once

#include "cam-figure-card.h"
#include "cam-run-facts.h"

G_BEGIN_DECLS

/* cam_train_show_scores: loss and metrics of the best epoch so far, or of the parts of the data once the run has been measured. */
void cam_train_show_scores (CamFigureCard *card, const CamRunFacts *facts);

/* cam_train_show_rows: how many rows each part has. @dataset NULL: not known, the card hides. */
void cam_train_show_rows    (CamFigureCard *card, CamDataset *dataset);
/* cam_train_show_numbers: batches, seed, start. @facts: (nullable): no run yet; @experiment and @dataset are what it runs on, each may be NULL where it is not known. */
void cam_train_show_numbers (CamFigureCard *card, const CamRunFacts *facts, CamExperiment *experiment, CamDataset *dataset);

G_END_DECLS
