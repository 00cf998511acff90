/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the targets of each part are spread: shares of classes, shares of labels, or a histogram of numbers. */
#pragma once

#include <cam-dataset.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_SPREAD_NONE,
  CAM_SPREAD_CLASSES,     /* shares add up to 1 */
  CAM_SPREAD_LABELS,      /* each share by itself */
  CAM_SPREAD_NUMBERS,     /* bins over the range of all parts; the fullest of a part is 1 */
} CamSpreadKind;

typedef struct
{
  CamSpreadKind kind;
  guint         n;
  double       *heights;  /* [CAM_N_PARTS, n] */
} CamSpread;

CamSpread *cam_spread_new  (const CamDataset *dataset);
void       cam_spread_free (CamSpread *self);
/* The widest gap between a share of training and the same one of another part: classes and labels; NaN for numbers. */
double     cam_spread_get_gap (const CamSpread *self, const CamDataset *dataset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamSpread, cam_spread_free)

G_END_DECLS
