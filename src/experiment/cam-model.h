/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trained network with the preparation that belongs to it: what is saved as .keras, and what predicts. */
#pragma once

#include <cam-keras-file.h>

#include "cam-experiment.h"

G_BEGIN_DECLS

typedef struct _CamModel CamModel;

/**
 * cam_model_new:
 * @network: copied, weights too
 * @preparation: (nullable): referenced; what turns a table's columns into the network's inputs
 * @experiment: (nullable): gives loss, metrics, optimizer and name; not kept
 */
CamModel         *cam_model_new              (const CamNetwork *network, CamPreparation *preparation, const CamExperiment *experiment);

/**
 * cam_model_new_from_run:
 * @experiment, @preparation: JSON text, as the store keeps it with a run
 * @weights: cam_network_dup_weights() of the run's network
 *
 * Errors: CAM_EXPERIMENT_ERROR_DOCUMENT, CAM_JSON_ERROR_*, CAM_DATASET_ERROR_*, CAM_ENGINE_ERROR_*.
 */
CamModel         *cam_model_new_from_run     (const char *experiment, const char *preparation, GBytes *weights, GError **error);

/**
 * cam_model_load:
 *
 * A .keras file of ours or of Keras. Blocking; any thread. Messages begin with the file's name.
 * Errors: those of cam_keras_load(); CAM_FORMATS_ERROR_DAMAGED where preparation and network do not fit together;
 *   CAM_EXPERIMENT_ERROR_DOCUMENT where a newer Camadas has made it.
 */
CamModel         *cam_model_load             (const char *path, GError **error);
/* cam_model_save: temporary name, then renamed. Errors: those of cam_keras_save(). */
gboolean          cam_model_save             (const CamModel *self, const char *path, GError **error);
void              cam_model_free             (CamModel *self);

const CamNetwork *cam_model_get_network      (const CamModel *self);
CamPreparation   *cam_model_get_preparation  (const CamModel *self);   /* NULL: a file of somebody else's; then features are the table's number columns in order */
const json_t     *cam_model_get_loss         (const CamModel *self);   /* as in a document; NULL: not known. The next two likewise. */
const json_t     *cam_model_get_metrics      (const CamModel *self);
const json_t     *cam_model_get_optimizer    (const CamModel *self);

/* cam_model_get_threshold: the probability above which an answer is the second of two classes, or label @output; one half unless another was set, which goes with the model into its file. */
double            cam_model_get_threshold    (const CamModel *self, guint output);
void              cam_model_set_threshold    (CamModel *self, guint output, double threshold);   /* before others read it */

/* Predictions of a table, columns beside its rows. */
typedef struct
{
  gsize     n_rows;        /* of the table */
  gsize     n_to_come;     /* rows behind them: of a forecast, those that follow the table's end (or that of each group); else 0 */
  guint     n_outputs;     /* numbers per row */
  float    *outputs;       /* [n_rows + n_to_come, n_outputs]: probabilities or target units; NaN where a row could not be used. A forecast stands in the row that it is about;
                            * its outputs are one after the other what the window before that row said, the window one row earlier, and so on */
  int      *classes;       /* [n_rows + n_to_come]: class index, −1 where not; NULL where there are no classes, and for multi-label */
  float    *errors;        /* [n_rows]: of an autoencoder, the mean squared difference between a row and what came back, as prepared; NaN where not used; else NULL */
  gsize    *came_before;   /* [n_to_come]: the last row of the table before each; NULL where there are none */
  guint    *steps;         /* [n_to_come]: how many rows after it, from 1 */
  char     *order_name;    /* the columns that rows to come go on in, and their group's; NULL: none */
  char     *group_name;
  char    **output_names;  /* "p(malignant)", "heating_load", "co2, 2 rows ahead" */
  char    **class_names;   /* NULL where classes is */
  char     *target_name;
  gboolean  is_share;      /* outputs are probabilities */
  gsize     n_skipped;     /* rows of the table without an answer */
} CamPredictions;

/**
 * cam_model_predict:
 *
 * Blocking; any thread, also several on one model. Errors: CAM_DATASET_ERROR_COLUMN where a column is missing, or where a model without preparation takes
 * another count of number columns; CAM_DATASET_ERROR_ROWS where no row can be used.
 */
CamPredictions   *cam_model_predict          (const CamModel *self, const CamTable *table, GError **error);
/* cam_model_describe_answers: what its answers would be called, with no rows yet. */
CamPredictions   *cam_model_describe_answers (const CamModel *self);
CamTask           cam_model_get_task         (const CamModel *self);   /* of a file of somebody else's: as its last layer tells */
void              cam_predictions_free       (CamPredictions *predictions);
/**
 * cam_predictions_to_csv:
 * @rows: (nullable): which rows of the table, in this order; %NULL: all, and @n_rows does not count
 *
 * The table's columns, then "predicted TARGET" and one column per output; decimal points in every locale. Without @rows, rows to come follow: their group, and their place in the order
 * where its last steps are equal.
 */
GString          *cam_predictions_to_csv     (const CamPredictions *self, const CamTable *table, const gsize *rows, gsize n_rows);
/* cam_predictions_save: that of all rows as a file: temporary name, then renamed. */
gboolean          cam_predictions_save       (const CamPredictions *self, const CamTable *table, const char *path, GError **error);

/* What the rows really are, where the table says so, and how far the predictions are from it. */
typedef struct
{
  gsize   n_known;         /* rows with prediction and truth */
  gsize   n_wrong;         /* of those, by class; 0 for regression */
  int    *classes;         /* [n_rows], −1: not known; NULL where the predictions have no classes */
  float  *values;          /* [n_rows, n_outputs], target units, NaN: not known */
  double  accuracy;        /* share of right rows; multi-label: of right labels; NaN for regression */
  double  error;           /* mean absolute error in target units, of an autoencoder in those of its columns; NaN for classes */
} CamTruth;

/* cam_model_compare: NULL where the table does not have the target, has it in other classes, or the model does not know its target. */
CamTruth         *cam_model_compare          (const CamModel *self, const CamTable *table, const CamPredictions *predictions);
void              cam_truth_free             (CamTruth *truth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamModel, cam_model_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamPredictions, cam_predictions_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamTruth, cam_truth_free)

G_END_DECLS
