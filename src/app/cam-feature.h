/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column that a model takes, as one sets it by hand: a number within its range, one of its levels, or words. Built in any thread, then only read. */
#pragma once

#include <cam-dataset.h>

G_BEGIN_DECLS

typedef struct
{
  char      *name;
  GPtrArray *levels;      /* char *; NULL: a number or words */
  double     min, max;    /* in training */
  double     middle;      /* what is usual */
  gboolean   is_whole;    /* only whole numbers were there */
  gboolean   is_date;     /* days since 1970-01-01 */
  gboolean   is_text;
} CamFeature;

/* cam_features_new: the features of @preparation in their order, with the ranges that they had in training. An older model does not tell them: then from @table (nullable) where it has the
 * column, else from the scaling. Element type CamFeature. */
GPtrArray *cam_features_new  (const CamPreparation *preparation, const CamTable *table);
/* cam_features_new_unnamed: @n numbers of which nothing is known: as they are when they are scaled. */
GPtrArray *cam_features_new_unnamed (guint n);
/* cam_feature_dup_text: @value as it would stand in a table. g_free(). */
char      *cam_feature_dup_text (const CamFeature *self, double value);

G_END_DECLS
