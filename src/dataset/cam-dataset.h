/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table plus roles, preparation and split: what a network sees. A shared value, built once, read by any thread.
 *
 * Settings are two sections of the experiment document:
 *
 *   "data":  { "file": "x.csv", "dialect": {…}, "target": ["y"],
 *              "columns": { "NAME": { "role": "feature"|"target"|"group"|"ignored", "kind": "number"|"category"|"text",
 *                                     "scaling": "none"|"standard", "coding": "one-hot"|"ordinal", "missing": "drop"|"mean"|"most_frequent" } },
 *              "preparation": { "scaling": …, "coding": …, "missing": … } }
 *   "split": { "method": "stratified"|"random"|"grouped"|"ordered"|"column", "train": 0.7, "validation": 0.15, "test": 0.15, "seed": 42, … }   see cam-split.h
 *
 * Columns not named are features (text columns: ignored). A column's setting stands above "preparation", which stands above the defaults: scaling "none",
 * coding "one-hot", missing "drop" (rows with a missing value are left out, and counted). Target columns are never scaled unless their own entry says so.
 * A group is never an input: it tells a split which rows belong together.
 * Preparation is fitted on training rows only. */
#pragma once

#include "cam-csv.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_TASK_REGRESSION,     /* number targets */
  CAM_TASK_BINARY,         /* one category target of two levels (or a number column of two values made a category): y is 0/1 in one column; classes sorted, the second is 1 */
  CAM_TASK_MULTICLASS,     /* one category target of more levels: y is one-hot, classes sorted (numerically where all are numbers) */
  CAM_TASK_MULTILABEL,     /* several targets, all 0/1 */
} CamTask;

typedef enum { CAM_PART_TRAIN, CAM_PART_VALIDATION, CAM_PART_TEST, CAM_N_PARTS } CamPart;

typedef struct _CamPreparation CamPreparation;
typedef struct _CamDataset     CamDataset;

/* The fitted steps from a table's columns to the network's numbers and back: a shared value, carried inside the saved model. */
CamPreparation *cam_preparation_ref              (CamPreparation *self);
void            cam_preparation_unref            (CamPreparation *self);
json_t         *cam_preparation_to_json          (const CamPreparation *self);            /* exact: numbers read back to the same bits */
CamPreparation *cam_preparation_from_json        (const json_t *json, GError **error);
CamTask         cam_preparation_get_task         (const CamPreparation *self);
gboolean        cam_preparation_is_empty         (const CamPreparation *self);            /* numbers pass through as they stand */
guint           cam_preparation_get_n_inputs     (const CamPreparation *self);            /* numbers the network receives */
const char     *cam_preparation_get_input_name   (const CamPreparation *self, guint i);   /* "age", "type = M" */
guint           cam_preparation_get_n_outputs    (const CamPreparation *self);            /* numbers the network must give */
guint           cam_preparation_get_n_features   (const CamPreparation *self);            /* feature columns */
const char     *cam_preparation_get_feature_name (const CamPreparation *self, guint i);
guint           cam_preparation_get_n_targets    (const CamPreparation *self);
const char     *cam_preparation_get_target_name  (const CamPreparation *self, guint i);
guint           cam_preparation_get_n_classes    (const CamPreparation *self);            /* BINARY 2, MULTICLASS n, else 0 */
const char     *cam_preparation_get_class_name   (const CamPreparation *self, guint i);

/**
 * cam_preparation_apply:
 * @x: (out) (transfer full): `[*n_rows, n_inputs]`, cam_floats_free()
 * @rows: (out) (transfer full) (optional): which row of the table each is; g_free()
 * @y: (out) (optional) (transfer full): targets, where the table has them, else %NULL
 *
 * Another table through the fitted steps. Rows that "drop" leaves out, and rows with a category never seen in training where coding is ordinal, are skipped (one-hot gives all zeros);
 * a missing feature column is CAM_DATASET_ERROR_COLUMN by name. Rows whose target alone is missing keep their x when @y is not asked for.
 */
gboolean        cam_preparation_apply            (const CamPreparation *self, const CamTable *table, float **x, float **y, gsize **rows, gsize *n_rows, GError **error);
/* cam_preparation_apply_texts: one row by hand: @texts a cell for each feature, as it would stand in a table (NULL or "": missing); @x `[n_inputs]`. FALSE: such a row is left out. */
gboolean        cam_preparation_apply_texts      (const CamPreparation *self, const char *const *texts, float *x);
/* cam_preparation_invert: one row of network output to target units (regression: scaling undone), in place. */
void            cam_preparation_invert           (const CamPreparation *self, float *outputs);

/* cam_dataset_new: @data and @split as above; @split NULL: defaults. Errors: CAM_DATASET_ERROR_*, CAM_JSON_ERROR_*. */
CamDataset     *cam_dataset_new                  (CamTable *table, const json_t *data, const json_t *split, GError **error);
CamDataset     *cam_dataset_ref                  (CamDataset *self);
void            cam_dataset_unref                (CamDataset *self);
CamTable       *cam_dataset_get_table            (const CamDataset *self);                /* borrowed */
CamPreparation *cam_dataset_get_preparation      (const CamDataset *self);                /* borrowed */
CamTask         cam_dataset_get_task             (const CamDataset *self);
gsize           cam_dataset_get_n_rows           (const CamDataset *self, CamPart part);
const float    *cam_dataset_get_x                (const CamDataset *self, CamPart part);  /* [n_rows, n_inputs] */
const float    *cam_dataset_get_y                (const CamDataset *self, CamPart part);  /* [n_rows, n_outputs] */
const gsize    *cam_dataset_get_rows             (const CamDataset *self, CamPart part);  /* rows of the table, in the part's order */
gsize           cam_dataset_get_n_dropped        (const CamDataset *self);
/* Balance: rows of class @c in @part (BINARY, MULTICLASS). */
gsize           cam_dataset_get_n_of_class       (const CamDataset *self, CamPart part, guint c);
/* "Binary classification of diagnosis from 30 columns": translated, g_free(). */
char           *cam_dataset_describe_task        (const CamDataset *self);

/* cam_dataset_propose: a "data" section for a table nobody has set up: the target guessed (last column, or one named class, label, target, y …),
 * identifier-like and text columns ignored, scaling standard. New reference. */
json_t         *cam_dataset_propose              (const CamTable *table);
/* The effective settings of one column under @data (defaults filled in): role, kind, scaling, coding, missing. New reference. */
json_t         *cam_dataset_column_settings      (const CamTable *table, const json_t *data, guint column);
/* Those of all columns, in their order: one at a time would take n × n steps. New reference. */
json_t         *cam_dataset_list_settings        (const CamTable *table, const json_t *data);
/* JSON Schemas of the two sections. New references. */
json_t         *cam_dataset_data_schema          (void);
json_t         *cam_dataset_split_schema         (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamPreparation, cam_preparation_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamDataset, cam_dataset_unref)

G_END_DECLS
