/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of a prediction are shown, and in which order. Pure functions; any thread. */
#pragma once

#include "cam-prediction.h"

G_BEGIN_DECLS

/* What a column of the page shows of a row. */
typedef enum
{
  CAM_CELL_ROW,
  CAM_CELL_COLUMN,
  CAM_CELL_CLASS,
  CAM_CELL_SHARE,
  CAM_CELL_VALUE,
  CAM_CELL_ACTUAL,
  CAM_CELL_ERROR,
} CamCellKind;

#define CAM_PICK_GIVEN G_MAXUINT   /* SHARE: of the class that is answered; of two classes, of the second */

typedef struct
{
  char        *text;            /* somewhere in a cell, in any case; NULL or "": all; owned */
  int          class;           /* that is answered; −1: any */
  gboolean     only_wrong;      /* rows whose answer is known to be wrong */
  double       low, high;       /* of the probability, or of the first value that is answered; NaN: no limit */
  int          finding;         /* of the check; −1: none */

  gboolean     is_sorted;       /* FALSE: as in the table */
  CamCellKind  key;
  guint        index;           /* of the table's column, or of the output; CAM_PICK_GIVEN */
  gboolean     is_descending;
} CamPick;

void     cam_pick_init          (CamPick *self);
void     cam_pick_clear         (CamPick *self);
/* cam_pick_takes_all: no row is left out. */
gboolean cam_pick_takes_all     (const CamPick *self);

/* cam_prediction_pick: rows of the table; those without a value come last. %NULL: cancelled. g_free(). */
gsize   *cam_prediction_pick    (const CamPrediction *prediction, const CamPick *pick, GCancellable *cancellable, gsize *n);
/* cam_prediction_get_number: what a cell of numbers shows; NaN: nothing. */
double   cam_prediction_get_number (const CamPrediction *prediction, CamCellKind kind, guint index, gsize row);

G_END_DECLS
