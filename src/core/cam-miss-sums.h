/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far numbers said are from the true ones, without having them all: pairs go by one at a time, in memory that does not grow. */
#pragma once

#include "cam-misses.h"

G_BEGIN_DECLS

/* Zeros: no pair yet. */
typedef struct
{
  gsize  n;
  double absolute, squares, bias, shares, largest;   /* sums, but for the last */
  double mean, around;                                /* of the truth: its mean, and the squares around it */
} CamMissSums;

/* cam_miss_sums_add: a pair of which one is not finite does not count. */
void cam_miss_sums_add (CamMissSums *self, double truth, double said);
/* cam_miss_sums_end: as cam_misses_init() has it, but for the median, which needs all pairs: NaN. */
void cam_miss_sums_end (const CamMissSums *self, CamMisses *misses);

G_END_DECLS
