/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "difference.h"

#include <math.h>

#define WIDEST 0x1p-4
#define WIDTHS 8

/* What is computed in floats is off by such a share; the narrower the difference, the more that weighs. Two narrow ones may agree by chance, so it counts as error. */
#define ROUNDING 0x1p-24

/* (f (x + h) − f (x − h)) / 2h, where the floats on both sides are what they are. */
static double
central (DifferenceFunc  func,
         gpointer        user_data,
         float          *at,
         double          width,
         double         *rounding)
{
  float saved = *at, above, below;
  double high, low;

  *at = above = saved + (float) width;
  high = func (user_data);
  *at = below = saved - (float) width;
  low = func (user_data);
  *at = saved;
  *rounding = ROUNDING * fmax (fabs (high), fabs (low)) / width;

  return (high - low) / ((double) above - (double) below);
}

double
difference_at (DifferenceFunc  func,
               gpointer        user_data,
               float          *at,
               double         *error)
{
  double row[WIDTHS], best = NAN;

  *error = INFINITY;
  for (guint i = 0; i < WIDTHS; i++)
    {
      double width = ldexp (WIDEST, -(int) i), factor = 4.0, rounding;
      double above = central (func, user_data, at, width, &rounding);

      /* Neville's scheme in place: row[j] was of width i − 1 and becomes that of width i, one order higher with each j. */
      for (guint j = 0; j < i; j++, factor *= 4.0)
        {
          double before = row[j], next = (factor * above - before) / (factor - 1.0);
          double spread = fmax (fabs (next - above), fabs (next - before)) + rounding;

          row[j] = above;
          if (spread < *error)
            {
              *error = spread;
              best = next;
            }
          above = next;
        }
      row[i] = above;
    }

  return best;
}
