/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table plus roles, preparation and split: what a network sees. A shared value, built once, read by any thread.
 *
 * Settings are two sections of the experiment document:
 *
 *   "data":  { "file": "x.csv", "dialect": {…}, "target": ["y"],
 *              "task": "regression"|"binary"|"multi-class"|"multi-label"|"autoencoder",
 *              "columns": { "NAME": { "role": "feature"|"target"|"group"|"ignored", "kind": "number"|"category"|"text"|"date"|"yes/no",
 *                                     "scaling": "none"|"standard"|"min-max"|"robust", "coding": "one-hot"|"ordinal",
 *                                     "missing": "drop"|"mean"|"median"|"most_frequent"|"constant"|"previous", "fill": 0, "flag": true } },
 *              "preparation": { "scaling": …, "coding": …, "missing": …, "flag": … },
 *              "sequence": { "length": 24, "stride": 1, "horizon": 1, "order": "date", "past_targets": true, "relative": false },
 *              "text": { "vocabulary": 10000, "length": 50 },
 *              "image": { "height": 28, "width": 28, "channels": 1 },
 *              "ignored_findings": [{ "finding": "outliers", "columns": ["a"] }] }   see cam-doctor.h
 *   "split": { "method": "stratified"|"random"|"grouped"|"ordered"|"column", "train": 0.7, "validation": 0.15, "test": 0.15, "seed": 42, … }   see cam-split.h
 *
 * Columns not named are features (text columns: ignored). A column's setting stands above "preparation", which stands above the defaults: scaling "none",
 * coding "one-hot", missing "drop" (rows with a missing value are left out, and counted), no flag. Target columns are never scaled unless their own entry says so, labels never at all.
 * Preparation is fitted on training rows only.
 *
 * "task" is what the network shall do where that does not follow from the targets: a number column of two values becomes classes, say. An autoencoder gives back what it
 * gets; target columns are left aside. A column with the role "group" is never an input: it says which rows belong together.
 * "min-max" makes the training rows go from 0 to 1, "robust" is (x − median) / (upper − lower quartile). A column that is constant becomes 0.
 * "previous" is the last value seen above, in the order of the table or the sequence and within the group; "constant" is "fill". "flag" adds an input “NAME is missing”, 0 or 1.
 *
 * A sequence has windows of "length" rows, each "stride" rows after the one before, for samples. Targets are those of the "horizon" rows that follow the window, all targets of the
 * first of them first; with horizon 0, of the window's own last row. "past_targets": the targets of the window's rows stand among its inputs, before the features. "relative": past targets and
 * targets are differences from the last target in the window, in scaled units; cam_preparation_invert() adds it again. A window belongs to the part in which its target rows lie; its inputs may
 * reach back into an earlier part, never into a later one. A text is one column of words: Keras's TextVectorization. An image is the features as [height, width, channels]. */
#pragma once

#include "cam-source.h"

#include <cam-shape.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_TASK_REGRESSION,     /* number targets */
  CAM_TASK_BINARY,         /* one category target of two levels (or a number column of two values made a category): y is 0/1 in one column; classes sorted, the second is 1 */
  CAM_TASK_MULTICLASS,     /* one category target of more levels: y is one-hot, classes sorted (numerically where all are numbers) */
  CAM_TASK_MULTILABEL,     /* several targets, all 0/1 */
  CAM_TASK_AUTOENCODER,    /* no targets: y is x */
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
char           *cam_preparation_describe_task    (const CamPreparation *self);            /* as cam_dataset_describe_task() */
gboolean        cam_preparation_is_empty         (const CamPreparation *self);            /* numbers pass through as they stand */
guint           cam_preparation_get_n_inputs     (const CamPreparation *self);            /* numbers the network receives */
const char     *cam_preparation_get_input_name   (const CamPreparation *self, guint i);   /* "age", "type = M" */
guint           cam_preparation_get_n_outputs    (const CamPreparation *self);            /* numbers the network must give */
guint           cam_preparation_get_n_features   (const CamPreparation *self);            /* feature columns */
guint           cam_preparation_get_n_columns    (const CamPreparation *self);            /* columns that inputs are made of: the features, and targets whose past stands among the inputs */
const char     *cam_preparation_get_feature_name (const CamPreparation *self, guint i);

/* What feature @i was in the rows it was fitted on, and what becomes of others: for who meets the model without its data. */
typedef struct
{
  CamColumnKind kind;
  double        min, max, typical;   /* of numbers; NaN: not known, as of a pixel, or in a model of an earlier version */
  gboolean      is_whole;            /* only whole numbers */
  GPtrArray    *levels;              /* of char *, sorted; NULL: a number or a text; borrowed */
  gboolean      drops_missing;       /* a row without a value gets no answer; else it is filled in */
  gboolean      drops_unseen;        /* so does a row with another level; else it counts as none of them */
} CamFeatureFacts;
CamFeatureFacts cam_preparation_get_feature_facts (const CamPreparation *self, guint i);
guint           cam_preparation_get_n_targets    (const CamPreparation *self);
const char     *cam_preparation_get_target_name  (const CamPreparation *self, guint i);
guint           cam_preparation_get_n_classes    (const CamPreparation *self);            /* BINARY 2, MULTICLASS n, else 0 */
const char     *cam_preparation_get_class_name   (const CamPreparation *self, guint i);

/* What the network receives and gives for one sample: [n], of a sequence [length, n], of an image [height, width, channels], of a text [length]. */
CamShape        cam_preparation_get_input_shape  (const CamPreparation *self);
CamShape        cam_preparation_get_output_shape (const CamPreparation *self);
gboolean        cam_preparation_is_sequence      (const CamPreparation *self);
guint           cam_preparation_get_horizon      (const CamPreparation *self);            /* of a sequence; else 0 */
guint           cam_preparation_get_length       (const CamPreparation *self);            /* rows of a window; else 0 */
const char     *cam_preparation_get_order        (const CamPreparation *self);            /* the column that orders the rows; NULL: none */
const char     *cam_preparation_get_group        (const CamPreparation *self);            /* the column that groups them; NULL: none */
/* cam_preparation_get_picture: the features are the pixels of a picture, because the settings or their names say so; FALSE: they are none. @brightest: the largest value that they had in
 * training; NaN: not known. */
gboolean        cam_preparation_get_picture      (const CamPreparation *self, guint *height, guint *width, guint *channels, double *brightest);
gboolean        cam_preparation_takes_one_row    (const CamPreparation *self);            /* FALSE: one row says nothing, as in a sequence */
gboolean        cam_preparation_goes_by_rows     (const CamPreparation *self);            /* FALSE: what becomes of a row hangs on others: a sequence, or “previous” */
guint           cam_preparation_get_vocabulary   (const CamPreparation *self);            /* of a text: the indices there are; else 0 */
const char     *cam_preparation_get_word         (const CamPreparation *self, guint i);   /* 0: "", padding; 1: "[UNK]" */
/* cam_preparation_dup_kinds: what the reader must know of a table that is to be prepared, as cam_source_read() takes it: which columns are dates. New reference. */
json_t         *cam_preparation_dup_kinds        (const CamPreparation *self);

/* Rows ready for the network. */
typedef struct
{
  float *x;         /* [n_rows, n_inputs] */
  float *y;         /* [n_rows, n_outputs]; NULL: not asked for, or not in the table; of an autoencoder it is x */
  float *last;      /* [n_rows, n_targets]: of a forecast of numbers, the window's last target in scaled units, NaN where it is missing; else NULL */
  float *base;      /* of a relative sequence, what cam_preparation_invert() adds: last; else NULL */
  gsize *rows;      /* [n_rows]: which row of the table each is; of a sequence, the last of the window */
  gsize *told;      /* [n_rows, n_steps]: of a sequence, the rows that the steps of the outputs are about; else NULL. From the number of rows of the table on: rows to come,
                     * n_steps for each series, in the order of @ends */
  gsize *ends;      /* [n_series]: of a sequence, the last row of each series (a group, or all rows) */
  gsize  n_rows;
  guint  n_steps, n_series;
} CamPrepared;

/**
 * cam_preparation_apply:
 * @wants_y: only rows whose targets are known
 * @prepared: (out): to be cleared, also when the table lacks the targets and y is %NULL
 *
 * Another table through the fitted steps. Rows that "drop" leaves out, and rows with a category never seen in training where coding is ordinal, are skipped (one-hot gives all zeros);
 * so are windows with such a row. Windows end at every row, whatever the stride, also at the last, where nobody asks for y. A missing feature column is CAM_DATASET_ERROR_COLUMN by name; CAM_DATASET_ERROR_TOO_LARGE where memory is short.
 * Rows whose target alone is missing keep their x without @wants_y.
 */
gboolean        cam_preparation_apply            (const CamPreparation *self, const CamTable *table, gboolean wants_y, CamPrepared *prepared, GError **error);
void            cam_prepared_clear               (CamPrepared *prepared);
/* cam_preparation_apply_texts: one row by hand: @texts a cell for each feature, as it would stand in a table (NULL or "": missing); @x `[n_inputs]`. FALSE: such a row is left out. */
gboolean        cam_preparation_apply_texts      (const CamPreparation *self, const char *const *texts, float *x);
/* cam_preparation_apply_numbers: the same where all features are numbers, as of a picture: a value for each; NaN: missing. */
gboolean        cam_preparation_apply_numbers    (const CamPreparation *self, const double *values, float *x);
/* cam_preparation_invert: one row of network output to target units (numbers: scaling undone), in place. @base: the row of CamPrepared's; NULL where that is. */
void            cam_preparation_invert           (const CamPreparation *self, float *outputs, const float *base);

/* cam_dataset_new: @data and @split as above; @split NULL: defaults. Errors: CAM_DATASET_ERROR_*, CAM_JSON_ERROR_*. */
CamDataset     *cam_dataset_new                  (CamTable *table, const json_t *data, const json_t *split, GError **error);
CamDataset     *cam_dataset_ref                  (CamDataset *self);
void            cam_dataset_unref                (CamDataset *self);
CamTable       *cam_dataset_get_table            (const CamDataset *self);                /* borrowed */
CamPreparation *cam_dataset_get_preparation      (const CamDataset *self);                /* borrowed */
CamTask         cam_dataset_get_task             (const CamDataset *self);
gsize           cam_dataset_get_n_rows           (const CamDataset *self, CamPart part);
const float    *cam_dataset_get_x                (const CamDataset *self, CamPart part);  /* [n_rows, n_inputs] */
const float    *cam_dataset_get_y                (const CamDataset *self, CamPart part);  /* [n_rows, n_outputs]; of an autoencoder it is x */
const float    *cam_dataset_get_base             (const CamDataset *self, CamPart part);  /* as in CamPrepared; the next two likewise */
const float    *cam_dataset_get_last             (const CamDataset *self, CamPart part);
const gsize    *cam_dataset_get_told             (const CamDataset *self, CamPart part);
/* cam_dataset_dup_told_rows: the rows of the table that the part's targets stand in, each once, ascending. g_free(). */
gsize          *cam_dataset_dup_told_rows        (const CamDataset *self, CamPart part, gsize *n_rows);
const gsize    *cam_dataset_get_rows             (const CamDataset *self, CamPart part);  /* rows of the table, in the part's order; of a sequence, the last of each window */
gsize           cam_dataset_get_n_dropped        (const CamDataset *self);
/* Balance: rows of class @c in @part (BINARY, MULTICLASS). */
gsize           cam_dataset_get_n_of_class       (const CamDataset *self, CamPart part, guint c);
/* "Binary classification of diagnosis from 30 columns": translated, g_free(). */
char           *cam_dataset_describe_task        (const CamDataset *self);

/* cam_dataset_propose: a "data" section for a table nobody has set up: the target guessed (last column, or one named class, label, target, y …),
 * identifier-like and text columns ignored, scaling standard. New reference. */
json_t         *cam_dataset_propose              (const CamTable *table);
/* The effective settings of one column under @data (defaults filled in): role, kind, scaling, coding, missing, flag, and fill where missing is "constant". New reference. */
json_t         *cam_dataset_column_settings      (const CamTable *table, const json_t *data, guint column);
/* Those of all columns, in their order: one at a time would take n × n steps. New reference. */
json_t         *cam_dataset_list_settings        (const CamTable *table, const json_t *data);
/* JSON Schemas of the two sections. New references. */
json_t         *cam_dataset_data_schema          (void);
json_t         *cam_dataset_split_schema         (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamPreparation, cam_preparation_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamDataset, cam_dataset_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CamPrepared, cam_prepared_clear)

G_END_DECLS
