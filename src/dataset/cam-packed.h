/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A double kept in four bytes. A float tells seven decimal digits apart almost everywhere, so it can stand for the decimal number that a file gave and not only for itself:
 * unpacking looks for a decimal of six digits, then of seven, that rounds to the same float, and takes the float as it is where there is none. Whoever packs compares
 * (cam_pack()), so what comes out is bit for bit what went in. Costs: nothing for whole numbers, two divisions at most for others. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Decimals of so few digits within these sizes always survive; no need to compare. */
#define CAM_PACK_DIGITS      6
#define CAM_PACK_SMALLEST    1e-9
#define CAM_PACK_LARGEST     1e15
#define CAM_PACK_DIGITS_MID  7
#define CAM_PACK_MID_FROM    1e-3
#define CAM_PACK_MID_TO      1e9

double   cam_unpack (float packed);

/* cam_pack: FALSE where four bytes lose something of @value; *packed is then the nearest float. NaN is kept. */
gboolean cam_pack   (double value, float *packed);

G_END_DECLS
