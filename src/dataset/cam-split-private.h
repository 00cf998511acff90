/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the split share: the section read, what is known of the rows, and the places they are dealt to.
 *
 * Every method deals rows to places. Without folds these are the three parts; with k folds, places 0 … k − 1 are the folds, k is test, k + 1 is always training. */
#pragma once

#include "cam-dataset-private.h"
#include "cam-split.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_SPLIT_STRATIFIED,
  CAM_SPLIT_RANDOM,
  CAM_SPLIT_GROUPED,
  CAM_SPLIT_ORDERED,
  CAM_SPLIT_COLUMN,
} CamSplitMethod;

typedef struct
{
  CamSplitMethod  method;
  double          fractions[CAM_N_PARTS];
  guint64         seed;
  const char     *column;      /* borrowed; NULL: none named */
  const json_t   *values;      /* borrowed */
  guint           n_folds;     /* 0: no folds */
  guint           fold;        /* from 0 */
  guint           n_bins;      /* 0: numbers are not stratified */
  double          train_rows;  /* up to 1: a share of the training rows, above: so many; the others are left out */
  guint64         train_seed;  /* of their choice */
} CamSplit;

/* What is known of the usable rows. Arrays have @n entries. */
typedef struct
{
  const CamTable *table;
  const gsize    *rows;          /* of the table, ascending */
  gsize           n;
  int             group_column;  /* with the role group; −1: none */
  const int      *classes;       /* NULL, or from 0 */
  const guint8   *labels;        /* NULL, or [n, n_labels] of 0 and 1 */
  guint           n_labels;
  const double   *values;        /* NULL, or a number to be predicted */
} CamSplitRows;

extern const char *const cam_split_words[];

/* Places beside the parts or folds; @self has folds. */
#define CAM_SPLIT_TEST(self) ((self)->n_folds)
#define CAM_SPLIT_ALWAYS_TRAIN(self) ((self)->n_folds + 1)

/* cam_split_get_shares: how much of the rows each place is to have; @shares has room for CAM_SPLIT_MAX_PLACES. Returns how many places there are. */
#define CAM_SPLIT_MAX_FOLDS 1000
#define CAM_SPLIT_MAX_PLACES (CAM_SPLIT_MAX_FOLDS + 2)
guint    cam_split_get_shares  (const CamSplit *self, double *shares);

/* The methods: @places has an entry for each row. */
void     cam_split_by_class    (const CamSplit *self, const int *classes, gsize n, guint *places);             /* @classes NULL: one class */
void     cam_split_by_labels   (const CamSplit *self, const guint8 *labels, guint n_labels, gsize n, guint *places);
gboolean cam_split_by_group    (const CamSplit *self, const CamSplitRows *input, guint *places, GError **error);
gboolean cam_split_by_order    (const CamSplit *self, const CamSplitRows *input, guint *places, GError **error);
gboolean cam_split_by_column   (const CamSplit *self, const CamSplitRows *input, guint *places, GError **error);
/* cam_split_limit: leaves of the training rows, places in @input, as many as are wanted, in ascending order. */
void     cam_split_limit       (const CamSplit *self, const CamSplitRows *input, GArray *rows);
/* cam_split_bin: the class of each number: @n_bins of equal counts as far as equal numbers allow, which stay together. */
int     *cam_split_bin         (const double *values, gsize n, guint n_bins);

/* cam_split_rows: @json a "split" section (NULL: defaults); into three lists in ascending order. */
gboolean cam_split_rows        (const json_t *json, const CamSplitRows *input, GArray *parts[CAM_N_PARTS], GError **error);

/* cam_split_table: the same, with what is to be known of the rows taken from the table: the group, and the classes, labels or numbers of the targets. */
gboolean cam_split_table       (const CamTable *table, const CamDataSettings *settings, const json_t *json, const gsize *rows, gsize n, GArray *parts[CAM_N_PARTS], GError **error);

G_END_DECLS
