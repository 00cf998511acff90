/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that defines a fit, as one versioned JSON document. A shared value: never changed, read by any thread; an edit makes a new one.
 *
 *   {
 *     "camadas": 1,                                    the document's version; required
 *     "name": "Breast cancer", "description": "…",
 *     "data":  { … }, "split": { … },                  see cam-dataset.h; "file" is relative to the document
 *     "network": [ { "class_name": "Dense", "config": { "units": 16, "activation": "relu" } }, … ],
                                                      beside these may stand "name": "…", "trainable": false (its weights stay), "enabled": false (switched off: passed over)
 *     "loss": "binary_crossentropy",
 *     "metrics": ["accuracy"],
 *     "optimizer": { "class_name": "Adam", "config": { "learning_rate": 0.001 } },
 *     "fit": { "batch_size": 32, "epochs": 100, "shuffle": true, "seed": 42, "initial_weights": "model.keras",
 *              "class_weight": { "0": 1, "1": 3 }  or "balanced", "weighted_metrics": ["accuracy"], "remeasure_rows": 10000 },
 *     "callbacks": [ { "class_name": "EarlyStopping", "config": { "monitor": "val_loss", "patience": 15, "restore_best_weights": true } } ]
 *   }
 *
 * Everything but "camadas", "data" and "network" may be left out. Unknown keys are refused by name, everywhere. */
#pragma once

#include <cam-dataset.h>
#include <cam-network.h>

G_BEGIN_DECLS

#define CAM_EXPERIMENT_ERROR (cam_experiment_error_quark ())
GQuark cam_experiment_error_quark (void);
typedef enum
{
  CAM_EXPERIMENT_ERROR_DOCUMENT,   /* not an experiment, or a newer version */
  CAM_EXPERIMENT_ERROR_IMPOSSIBLE, /* network, loss and data do not go together */
  CAM_EXPERIMENT_ERROR_BUSY,       /* a run is already under way */
  CAM_EXPERIMENT_ERROR_CANNOT_GO_ON, /* a run that ended has nothing left to do, or lacks what it needs for it */
} CamExperimentError;

typedef struct _CamExperiment CamExperiment;
#define CAM_TYPE_EXPERIMENT (cam_experiment_get_type ())
GType          cam_experiment_get_type       (void);
CamExperiment *cam_experiment_ref            (CamExperiment *self);
void           cam_experiment_unref          (CamExperiment *self);

CamExperiment *cam_experiment_new_from_json  (const json_t *json, GError **error);
CamExperiment *cam_experiment_new_from_text  (const char *text, GError **error);
/* cam_experiment_load: "file" and "initial_weights" become absolute, seen from the document. */
CamExperiment *cam_experiment_load           (const char *path, GError **error);
/* cam_experiment_new_for_table: what we propose for a table nobody has set up: target, preparation, split, a network that suits what the rows are, loss, metrics, Adam, early stopping. */
CamExperiment *cam_experiment_new_for_table  (CamTable *table, const char *file, const char *name, GError **error);
/* cam_task_make_network: the layers that are proposed for a dataset (NULL: for a table of @n_columns of which no more is known): Dense, Conv2D for images, LSTM for sequences, Embedding and GRU
 * for texts, an autoencoder. New reference. */
json_t        *cam_task_make_network         (const CamDataset *dataset, guint n_columns);
/* The document with its defaults filled in; paths relative to @folder (NULL: as they are). New reference. */
json_t        *cam_experiment_to_json        (const CamExperiment *self, const char *folder);
char          *cam_experiment_to_text        (const CamExperiment *self);
gboolean       cam_experiment_save           (const CamExperiment *self, const char *path, GError **error);

/* cam_experiment_with: a copy in which the value at @path ("fit/epochs", "network/2/config/units", "optimizer", "data/columns/age/role") is @value (borrowed; NULL removes).
 * Missing objects on the way are made. NULL with the reason where the result is not a valid document. Names with "/" in a path are written with "~1", "~" with "~0" (RFC 6901). */
CamExperiment *cam_experiment_with           (const CamExperiment *self, const char *path, const json_t *value, GError **error);
/* cam_experiment_with_all: @edits is an object of path → value (null removes), made in their order: the cure of a finding, say. */
CamExperiment *cam_experiment_with_all       (const CamExperiment *self, const json_t *edits, GError **error);
/* Borrowed, defaults filled in; NULL where there is nothing at @path. */
const json_t  *cam_experiment_peek           (const CamExperiment *self, const char *path);

const char    *cam_experiment_get_name       (const CamExperiment *self);
const char    *cam_experiment_get_file       (const CamExperiment *self);       /* the data file; NULL: none set */
const json_t  *cam_experiment_get_data       (const CamExperiment *self);
const json_t  *cam_experiment_get_split      (const CamExperiment *self);
const json_t  *cam_experiment_get_network    (const CamExperiment *self);
const json_t  *cam_experiment_get_loss       (const CamExperiment *self);
const json_t  *cam_experiment_get_metrics    (const CamExperiment *self);
const json_t  *cam_experiment_get_optimizer  (const CamExperiment *self);
const json_t  *cam_experiment_get_callbacks  (const CamExperiment *self);
guint          cam_experiment_get_epochs     (const CamExperiment *self);
gsize          cam_experiment_get_batch_size (const CamExperiment *self);
guint64        cam_experiment_get_seed       (const CamExperiment *self);

/* "dense 128 · dense 256 · Adam 0.001": a line for a run. g_free(). */
char          *cam_experiment_describe       (const CamExperiment *self);

typedef struct
{
  char       *where;      /* a path as above: "network/3", "loss" */
  char       *message;    /* what is wrong and what to do: a sentence */
  char       *fix_path;   /* an edit that would mend it, or NULL … */
  json_t     *fix_value;  /* … its value … */
  char       *fix_title;  /* … and its button: "Set 3 units" */
} CamProblem;

/* cam_experiment_check: what keeps this experiment from being run on this data (shapes, output size against task, loss against last activation and task). Element type CamProblem; empty: it can be run.
 * @dataset may be NULL: then only what needs no data. */
GPtrArray     *cam_experiment_check          (const CamExperiment *self, const CamDataset *dataset);
void           cam_problem_free              (CamProblem *problem);

/* The JSON Schema of the document. New reference. */
json_t        *cam_experiment_schema         (void);
/* cam_experiment_fit_fields: what the document's "fit" takes that a form can show; ends with key NULL. */
extern const CamField cam_experiment_fit_fields[];

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamExperiment, cam_experiment_unref)

G_END_DECLS
