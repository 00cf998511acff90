/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table held against what a model was trained on: what fits, and what not. Built in any thread, then only read. */
#pragma once

#include <cam-dataset.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_FINDING_UNSEEN,     /* a level never seen in training */
  CAM_FINDING_MISSING,    /* no value */
  CAM_FINDING_NO_NUMBER,  /* words where a number is needed */
  CAM_FINDING_OUTSIDE,    /* a number outside of those in training */
} CamFindingKind;

typedef struct
{
  CamFindingKind kind;
  guint     feature;      /* of the preparation */
  char     *column;
  char     *example;      /* the first such cell; NULL for MISSING */
  char     *range;        /* OUTSIDE: those in training: "4.3 … 7.9" */
  char     *lowest, *highest;   /* OUTSIDE: the ends that are outside here; NULL: none at this end */
  gsize     n_rows;       /* that hold such cells */
  gboolean  leaves_out;   /* those rows get no answer */
} CamTableFinding;

typedef struct
{
  char *from, *to;        /* a column of the table that is not used; the one that is missing */
} CamTableRename;

typedef struct
{
  guint      n_features;
  GPtrArray *missing;     /* char *: columns that the model needs and the table does not have */
  GPtrArray *renames;     /* of CamTableRename: what may be meant, at most one for each missing column */
  GPtrArray *extra;       /* char *: columns that are not used */
  gboolean   is_reordered;
  GPtrArray *findings;    /* of CamTableFinding */
} CamTableCheck;

/* cam_table_check_new: @wants_range: values outside of those in training are findings; a test part has some of them by its nature. */
CamTableCheck *cam_table_check_new        (const CamPreparation *preparation, const CamTable *table, gboolean wants_range);
void           cam_table_check_free       (CamTableCheck *self);

/* cam_table_check_dup_problem: why the table cannot be used: a sentence; NULL: it can. g_free(). */
char          *cam_table_check_dup_problem (const CamTableCheck *self);
/* cam_table_check_dup_aside: what is of no harm: order, columns that are left aside; NULL: nothing. g_free(). */
char          *cam_table_check_dup_aside   (const CamTableCheck *self);
/* cam_table_check_dup_detail: what else is to be known, one sentence a finding, the first few; NULL: nothing. g_free(). */
char          *cam_table_check_dup_detail  (const CamTableCheck *self);
/* cam_table_renames_copy: of CamTableRename. */
GPtrArray     *cam_table_renames_copy      (GPtrArray *renames);
/* cam_table_finding_dup_text: that sentence. g_free(). */
char          *cam_table_finding_dup_text  (const CamTableFinding *self);
/* cam_table_finding_dup_rows: the rows of the same table. g_free(). */
gsize         *cam_table_finding_dup_rows  (const CamTableFinding *self, const CamPreparation *preparation, const CamTable *table, gsize *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamTableCheck, cam_table_check_free)

G_END_DECLS
