/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trained network with the preparation that belongs to it: what is saved as .keras, and what predicts. */
#pragma once

#include <cam-keras-file.h>

#include "cam-experiment.h"

G_BEGIN_DECLS

typedef struct _CamModel CamModel;

/* cam_model_new: @network and @preparation are referenced or copied; @experiment gives loss, metrics, optimizer. */
CamModel       *cam_model_new              (const CamNetwork *network, CamPreparation *preparation, const CamExperiment *experiment);
/* cam_model_new_from_run: a run out of the store, @which is "best" or "last". */
CamModel       *cam_model_new_from_run     (const char *experiment, const char *preparation, GBytes *weights, GError **error);
CamModel       *cam_model_load             (const char *path, GError **error);
gboolean        cam_model_save             (const CamModel *self, const char *path, GError **error);
void            cam_model_free             (CamModel *self);
const CamNetwork *cam_model_get_network    (const CamModel *self);
CamPreparation *cam_model_get_preparation  (const CamModel *self);   /* NULL: a file of somebody else's; then features are the table's number columns in order */

/* Predictions of a table, columns beside its rows. */
typedef struct
{
  gsize     n_rows;        /* of the table */
  guint     n_outputs;     /* numbers per row */
  float    *outputs;       /* [n_rows, n_outputs]: probabilities or, for regression, target units; NaN where a row could not be used */
  int      *classes;       /* [n_rows]: class index, −1 where not; NULL for regression */
  char    **output_names;  /* "p(malignant)", "heating_load" */
  char    **class_names;   /* NULL for regression */
  char     *target_name;
  gsize     n_skipped;
} CamPredictions;

CamPredictions *cam_model_predict          (const CamModel *self, const CamTable *table, GError **error);
void            cam_predictions_free       (CamPredictions *predictions);
/* cam_predictions_save: the table's columns, then "predicted TARGET" and one column per output; .csv, decimal points, temporary name then renamed. */
gboolean        cam_predictions_save       (const CamPredictions *self, const CamTable *table, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamModel, cam_model_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamPredictions, cam_predictions_free)

G_END_DECLS
