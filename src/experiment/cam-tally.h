/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model is worth by its task, counted as rows go by: the confusion of classes, areas under curves, misses of numbers. */
#pragma once

#include "cam-model.h"

G_BEGIN_DECLS

typedef struct _CamTally CamTally;

/* cam_tally_new: @model: borrowed; has a preparation. */
CamTally *cam_tally_new     (const CamModel *model);
void      cam_tally_free    (CamTally *self);
/* cam_tally_restart: no row has gone by. */
void      cam_tally_restart (CamTally *self);
/* cam_tally_add: @y, @p: what the network should have given and what it gave, `[n_rows, its outputs]`; @base: as in CamPrepared, of these rows, or NULL. */
void      cam_tally_add     (CamTally *self, const float *y, const float *p, const float *base, gsize n_rows);

/**
 * cam_tally_to_json:
 *
 * An object: "task"; "details": an object of score → number, null where there is nothing to divide by; and, by task,
 * - binary, multi-class: "confusion": { "classes": […], "counts": [[…]] }, the truth by row; multi-class: "classes": […], an object each.
 * - multi-label: "labels", regression with several outputs: "targets", an object each.
 * Classes are told apart as in CamPredictions: above the model's threshold, or the first of the highest. Regression is in the units of the targets; of several, the details are their plain means.
 * Areas under curves need every score: five bytes of memory a row and label, and some thirty more while they are sorted. Beyond 2,000 classes there is no confusion: details are empty.
 *
 * New reference.
 */
json_t   *cam_tally_to_json (const CamTally *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamTally, cam_tally_free)

G_END_DECLS
