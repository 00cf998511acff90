/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doubles in four bytes and back; cam-packed.h has the idea. */
#include "cam-packed.h"

#include <math.h>
#include <string.h>

#define FIRST_POWER (-10)

/* 10⁻¹⁰ … 10¹⁶ */
static const double powers[] = {
  1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
};

static double
power (int exponent)
{
  return powers[exponent - FIRST_POWER];
}

/* The place of the first digit: 10^place ≤ size < 10^(place + 1). */
static int
first_place (double size)
{
  guint64 bits;
  int place;

  memcpy (&bits, &size, sizeof bits);
  /* log10 (2) ≈ 1233 / 4096: the estimate is right or one too small. */
  place = (((int) (bits >> 52) - 1023) * 1233) >> 12;

  return size >= power (place + 1) ? place + 1 : place;
}

/* rint() without the call: beyond 2⁵² a double has no fraction. */
static double
round_small (double value)
{
  return (value + 4503599627370496.0) - 4503599627370496.0;
}

/* @size to the decimal place 10^−@n: both operands of the last step are whole and below 2⁵³, so it is what a conversion from text gives (Clinger). */
static double
round_at (double size,
          int    n)
{
  return n >= 0 ? round_small (size * power (n)) / power (n) : round_small (size / power (-n)) * power (-n);
}

double
cam_unpack (float packed)
{
  double value = packed, size = fabs (value), rounded;
  int place;

  if (size < 16777216.0 && value == (double) (gint32) value)
    return value;
  /* The float for the smallest decimal may lie below it. */
  if (!(size >= 0.9 * CAM_PACK_SMALLEST && size < CAM_PACK_LARGEST))
    return value;

  place = first_place (size);
  rounded = round_at (size, CAM_PACK_DIGITS - 1 - place);
  if ((float) rounded != (float) size)
    rounded = round_at (size, CAM_PACK_DIGITS - place);

  return (float) rounded == (float) size ? copysign (rounded, value) : value;
}

gboolean
cam_pack (double  value,
          float  *packed)
{
  *packed = (float) value;
  return isnan (value) || cam_unpack (*packed) == value;
}
