/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Losses, metrics, optimizers and callbacks as those who offer and check them see them. In a document each is a string ("adam", "binary_crossentropy",
 * "accuracy") or {"class_name": "Adam", "config": {…}}; class names and snake-case names are both understood, as in Keras. */
#pragma once

#include <cam-field.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_KIND_LOSS,
  CAM_KIND_METRIC,
  CAM_KIND_OPTIMIZER,
  CAM_KIND_CALLBACK,
  CAM_N_KINDS,
} CamKindOf;

typedef struct
{
  const char     *class_name;   /* "BinaryCrossentropy", "Adam", "EarlyStopping" */
  const char     *name;         /* "binary_crossentropy", "adam"; a metric's is also its history key: "accuracy" */
  const char     *title;        /* N_("Binary cross-entropy") */
  const char     *note;         /* N_(): one sentence on what it is for */
  const CamField *fields;       /* ends with key NULL; may be empty */
  gboolean        larger_is_better;   /* losses and metrics: the direction of EarlyStopping's mode "auto" */
  gboolean        is_share;           /* 0 … 1, shown as per cent: accuracy */
} CamKind;

const CamKind *const *cam_kind_list     (CamKindOf of);                     /* NULL-terminated */
const CamKind        *cam_kind_find     (CamKindOf of, const char *name);   /* by name, class name or Keras's short form ("mse", "acc"); NULL */

/* cam_kind_resolve: a string or object of a document → kind and completed settings. @where for messages. @config: (out) (transfer full). */
const CamKind        *cam_kind_resolve  (CamKindOf of, const json_t *given, const char *where, json_t **config, GError **error);

/* cam_kind_fits: can a loss or metric compare @y_size targets with @p_size outputs? */
gboolean              cam_kind_fits     (CamKindOf of, const CamKind *kind, gsize y_size, gsize p_size);

/* cam_callback_sets_rate: a callback of this kind sets the learning rate, which must then be a plain number, and logs it. */
gboolean              cam_callback_sets_rate (const CamKind *kind);

/* "loss" and "accuracy" are Keras's running means over the epoch, while weights change and dropout works; "train_loss" and "train_accuracy" are measured as "val_loss" is. */
#define CAM_REMEASURED_PREFIX "train_"

/* cam_history_key_find_metric: the metric behind "val_accuracy", "train_auc", "auc_1"; NULL for losses, and for names that somebody gave. */
const CamKind        *cam_history_key_find_metric (const char *key);

/* cam_history_key_larger_is_better: for "val_accuracy" and the like; FALSE for losses and unknown keys. */
gboolean              cam_history_key_larger_is_better (const char *key);

G_END_DECLS
