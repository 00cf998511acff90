/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a study, the same in the window and on the command line. Each shows what is done so far, so that it is right at any moment; made anew when more is done. A small library above
 * experiment and charts. */
#pragma once

#include <cam-study.h>

#include "cam-chart.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;       /* also the stem of a file's name: "val_loss", "scores" */
  char *title;    /* translated: "Validation loss" */
} CamStudyPicture;

/**
 * cam_study_list_pictures:
 *
 * What there is to see of a study, the most telling first; never empty. Before its first run is done the list is that of what will be there as far as that is known.
 *
 *   every kind          "KEY" for loss and each metric as validated, by epoch: "val_loss"; "scores": the final ones
 *   compare             "time" to a score; "dead-units" and "gradients" by layer; "activations": the functions, where they are compared; "probabilities" of one being better
 *   learning-curve      "learning-curve" and one for each metric, "learning-curve-accuracy": over training rows
 *   search              "parallel", "slice-NAME" of each setting, "importance", "best" so far, "stages" of halving
 *
 * Returns: (transfer full) (element-type CamStudyPicture)
 */
GPtrArray *cam_study_list_pictures  (CamStudy *study);
/* cam_study_picture_new: the chart; NULL where the list has no such @id. "time=0.95" is the picture "time" for that score (a share: 0 … 1). Main thread only. */
CamChart  *cam_study_picture_new    (CamStudy *study, const char *id);

G_END_DECLS
