/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Categories and classes of a table that a preparation has not met in training. */
#pragma once

#include "cam-dataset.h"

G_BEGIN_DECLS

typedef struct
{
  const char *column;        /* borrowed from the preparation */
  gsize       n_rows;        /* with such a value */
  char       *first;         /* one of them: the first there was; NULL: none */
  gboolean    leaves_out;    /* these rows are left out; else the value counts as none of those known */
} CamUnseen;

/* cam_preparation_list_unseen: a CamUnseen for each feature, then for each target, that is a category; in the table's rows from @first on. Element type CamUnseen. Any thread. */
GArray *cam_preparation_list_unseen (const CamPreparation *self, const CamTable *table, gsize first);
/* cam_unseen_add: what a list of later rows of the same preparation says; @others is not changed. */
void    cam_unseen_add              (GArray *list, const GArray *others);

G_END_DECLS
