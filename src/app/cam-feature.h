/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column that a model takes, as one sets it by hand: a number within its range, or one of its levels. Built in any thread, then only read. */
#pragma once

#include <cam-dataset.h>

G_BEGIN_DECLS

typedef struct
{
  char      *name;
  GPtrArray *levels;      /* char *; NULL: a number */
  double     min, max;
  double     middle;      /* the median */
  gboolean   is_whole;    /* only whole numbers are in the table */
} CamFeature;

/* cam_features_new: the features of @preparation in their order, with ranges from @table where it has the column, else from the preparation. Element type CamFeature. */
GPtrArray *cam_features_new  (const CamPreparation *preparation, const CamTable *table);
/* cam_feature_dup_text: @value as it would stand in a table. g_free(). */
char      *cam_feature_dup_text (const CamFeature *self, double value);

G_END_DECLS
