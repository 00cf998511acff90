/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes from outside: products and sums that say when they do not fit. */
#include "cam-checked.h"

gboolean
cam_size_add (gsize  a,
              gsize  b,
              gsize *out)
{
  gsize sum;

  if (__builtin_add_overflow (a, b, &sum))
    return FALSE;
  *out = sum;
  return TRUE;
}

gboolean
cam_size_mul (gsize  a,
              gsize  b,
              gsize *out)
{
  gsize product;

  if (__builtin_mul_overflow (a, b, &product))
    return FALSE;
  *out = product;
  return TRUE;
}
