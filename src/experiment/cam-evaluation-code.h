/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left of a row in the narrowest layer of an autoencoder: its code, in two dimensions. Any thread.
 *
 * Source: Jolliffe, "Principal Component Analysis", 2002, chapter 2. */
#pragma once

#include <gio/gio.h>

#include "cam-model.h"

G_BEGIN_DECLS

typedef struct
{
  gsize   n;
  gsize  *samples;      /* [n]: of the part, spread evenly */
  double *x, *y;        /* [n] */
  char   *layer;        /* its name */
  guint   width;        /* numbers that it gives: 1: @y is 0; 2: as they are; more: the two directions in which they vary most */
  double  told;         /* share of the variance that x and y have; 1 up to two numbers */
} CamCode;

/* cam_code_new: of at most @most rows of @part. NULL: cancelled, or the network has no layer but its last. */
CamCode *cam_code_new  (const CamModel *model, const CamDataset *dataset, CamPart part, gsize most, GCancellable *cancellable);
void     cam_code_free (CamCode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamCode, cam_code_free)

G_END_DECLS
