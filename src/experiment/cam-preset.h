/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Networks to begin with, by what the rows are and what is to be told of them. */
#pragma once

#include "cam-experiment.h"

G_BEGIN_DECLS

typedef struct
{
  const char    *id;            /* "logistic", "small-cnn": for actions and tests */
  const char    *title;         /* translated: "Small CNN" */
  const char    *note;          /* translated: what it is good for, a sentence */
  gboolean       is_proposed;   /* the one that a new experiment on these data begins with */
  CamExperiment *experiment;    /* the given one with this network, and what had to follow: loss, metrics, what callbacks watch */
  guint64        n_params;
} CamPreset;

/**
 * cam_preset_list:
 * @experiment: to be given a network
 * @dataset: its data
 *
 * Whatever can be trained on these data, the simplest first; what cannot be is not among them. Loss and metrics stay the given ones where these go with task and output. Any thread.
 *
 * Returns: (transfer full): of CamPreset
 */
GPtrArray *cam_preset_list (const CamExperiment *experiment, const CamDataset *dataset);
void       cam_preset_free (CamPreset *self);

G_END_DECLS
