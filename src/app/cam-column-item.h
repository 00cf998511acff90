/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column of the open table for lists: its settings in force, and facts that a thread counts. Signal "changed": either is new. */
#pragma once

#include <cam-dataset.h>

G_BEGIN_DECLS

#define CAM_COLUMN_BARS 18

typedef struct
{
  gboolean is_known;            /* FALSE: not counted yet; n_missing holds nevertheless */
  gsize    n, n_missing, n_different;
  double   min, max, mean;      /* NaN where the column holds no numbers */
  char    *top;                 /* most frequent level; NULL: no levels */
  gsize    n_top;
  guint    n_bars;
  gsize    bars[CAM_COLUMN_BARS];
} CamColumnFacts;

#define CAM_TYPE_COLUMN_ITEM (cam_column_item_get_type ())
G_DECLARE_FINAL_TYPE (CamColumnItem, cam_column_item, CAM, COLUMN_ITEM, GObject)

CamColumnItem        *cam_column_item_new          (CamTable *table, guint column);
guint                 cam_column_item_get_column   (CamColumnItem *self);
const char           *cam_column_item_get_name     (CamColumnItem *self);
CamTable             *cam_column_item_get_table    (CamColumnItem *self);
const CamColumnFacts *cam_column_item_get_facts    (CamColumnItem *self);
/* cam_column_item_peek: the setting in force, "" where there is none: "role", "kind", "scaling", "coding", "missing". */
const char           *cam_column_item_peek         (CamColumnItem *self, const char *key);
const json_t         *cam_column_item_get_settings (CamColumnItem *self);
gboolean              cam_column_item_is_numeric   (CamColumnItem *self);   /* taken for numbers or dates */

/* For CamColumns. @settings is taken, as are the texts of @facts. FALSE: they were so already. */
gboolean              cam_column_item_set_settings (CamColumnItem *self, json_t *settings);
void                  cam_column_item_set_facts    (CamColumnItem *self, const CamColumnFacts *facts);
/* Counts; any thread. */
void                  cam_column_facts_count       (CamColumnFacts *facts, const CamTable *table, guint column);

/* Words and looks of a column; texts translated and borrowed unless they are dup'd. */
const char           *cam_column_item_get_icon     (CamColumnItem *self);
const char           *cam_column_item_get_hue      (CamColumnItem *self);           /* class of the style sheet: "cam-ink-blue" */
const char           *cam_column_item_get_kind     (CamColumnItem *self);           /* "number" */
const char           *cam_column_item_get_role     (CamColumnItem *self);           /* "feature" */
const char           *cam_column_item_get_preparation (CamColumnItem *self);        /* "standard", "one-hot", "target", "ignored" */
char                 *cam_column_item_dup_value    (CamColumnItem *self, double value);   /* as the column's cells are read: short */

G_END_DECLS
