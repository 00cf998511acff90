/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table held against what a model was trained on: what fits, and what not. Built in any thread, then only read. */
#pragma once

#include <cam-dataset.h>

G_BEGIN_DECLS

typedef struct
{
  char     *column;
  char     *example;      /* the first level never seen; NULL: cells without a usable value */
  gsize     n_rows;       /* that hold such cells */
  gboolean  leaves_out;   /* those rows get no answer */
} CamTableFinding;

typedef struct
{
  guint      n_features;
  GPtrArray *missing;     /* char *: feature columns that the table does not have */
  GPtrArray *findings;    /* of CamTableFinding */
} CamTableCheck;

CamTableCheck *cam_table_check_new        (const CamPreparation *preparation, const CamTable *table);
void           cam_table_check_free       (CamTableCheck *self);

/* cam_table_check_dup_problem: why the table cannot be used: a sentence; NULL: it can. g_free(). */
char          *cam_table_check_dup_problem (const CamTableCheck *self);
/* cam_table_check_dup_detail: what else is to be known, one sentence a finding; NULL: nothing. g_free(). */
char          *cam_table_check_dup_detail  (const CamTableCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamTableCheck, cam_table_check_free)

G_END_DECLS
