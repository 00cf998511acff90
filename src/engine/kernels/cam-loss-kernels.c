/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Crossentropies of a softmax. Eight rows go side by side, a column at a time: the lanes of the registers are rows. Where fewer are left the last row fills the others' places. */
#include "cam-loss-kernels.h"

#include "cam-vector-math.h"

enum { ROWS = 8 };

/* Registers, or pairs of them, on every path. */
typedef float Floats __attribute__ ((vector_size (ROWS * sizeof (float))));
typedef gint32 Mask __attribute__ ((vector_size (ROWS * sizeof (float))));
typedef double Doubles __attribute__ ((vector_size (ROWS * sizeof (double))));

/* A column of the rows that begin at the numbers of @at, which find_rows() has set. */
#define COLUMN(x, j) \
  ((Floats) { (x)[at[0] + (j)], (x)[at[1] + (j)], (x)[at[2] + (j)], (x)[at[3] + (j)], (x)[at[4] + (j)], (x)[at[5] + (j)], (x)[at[6] + (j)], (x)[at[7] + (j)] })
#define DOUBLES(x) __builtin_convertvector (x, Doubles)
#define CHOOSE(mask, yes, no) ((Floats) (((mask) & (Mask) (yes)) | (~(mask) & (Mask) (no))))

CAM_INLINE void
find_rows (gsize *at,
           gsize  first,
           gsize  n,
           gsize  columns)
{
  for (gsize i = 0; i < ROWS; i++)
    at[i] = MIN (first + i, n - 1) * columns;
}

CAM_KERNEL (void, cam_log_sums, (const float *z, const float *p, float *tops, double *above, gsize n, gsize columns), (z, p, tops, above, n, columns))
{
  for (gsize first = 0; first < n; first += ROWS)
    {
      gsize at[ROWS], count = MIN (ROWS, n - first);
      Floats top, of_top;
      Doubles others = { 0.0 };

      find_rows (at, first, n, columns);
      top = COLUMN (z, 0);
      of_top = COLUMN (p, 0);
      for (gsize j = 1; j < columns; j++)
        {
          Floats this_z = COLUMN (z, j), this_p = COLUMN (p, j);
          Mask is_top = this_z > top;

          others += DOUBLES (CHOOSE (is_top, of_top, this_p));
          of_top = CHOOSE (is_top, this_p, of_top);
          top = CHOOSE (is_top, this_z, top);
        }
      others /= DOUBLES (of_top);
      for (gsize i = 0; i < count; i++)
        {
          tops[first + i] = top[i];
          above[first + i] = others[i];
        }
    }

  for (gsize i = 0; i < n; i++)
    above[i] = log1p_of_double (above[i]);
}

CAM_KERNEL (void, cam_crossentropy_values, (const float *z, const float *y, const float *tops, const double *above, double keep, double shift, double *values, gsize n, gsize columns),
            (z, y, tops, above, keep, shift, values, n, columns))
{
  for (gsize first = 0; first < n; first += ROWS)
    {
      gsize at[ROWS], count = MIN (ROWS, n - first);
      Doubles top, rest, sums = { 0.0 };

      find_rows (at, first, n, columns);
      for (gsize i = 0; i < ROWS; i++)
        {
          top[i] = tops[MIN (first + i, n - 1)];
          rest[i] = above[MIN (first + i, n - 1)];
        }
      for (gsize j = 0; j < columns; j++)
        sums += (DOUBLES (COLUMN (y, j)) * keep + shift) * ((top - DOUBLES (COLUMN (z, j))) + rest);
      for (gsize i = 0; i < count; i++)
        values[first + i] = sums[i];
    }
}

/* The targets of most rows add up to the same, 1: then rows need no loops of their own. */
CAM_KERNEL (void, cam_softmax_gradient, (const float *p, const float *y, double keep, double shift, double scale, float *d, gsize n, gsize columns),
            (p, y, keep, shift, scale, d, n, columns))
{
  float factor = (float) scale, kept = (float) keep, shifted = (float) shift;

  for (gsize first = 0; first < n; first += ROWS)
    {
      gsize at[ROWS], start = first * columns, count = MIN (ROWS, n - first);
      Doubles sums = { 0.0 };
      float total[ROWS];
      guint n_others = 0;

      find_rows (at, first, n, columns);
      for (gsize j = 0; j < columns; j++)
        sums += DOUBLES (COLUMN (y, j));
      for (gsize i = 0; i < ROWS; i++)
        total[i] = (float) (sums[i] * keep + shift * (double) columns);
      for (gsize i = 0; i < ROWS; i++)
        n_others += total[i] != total[0];

      if (n_others == 0)
        {
          float all = total[0];

          for (gsize k = start; k < start + count * columns; k++)
            d[k] = factor * (p[k] * all - (y[k] * kept + shifted));
        }
      else
        for (gsize i = 0; i < count; i++)
          for (gsize k = start + i * columns; k < start + (i + 1) * columns; k++)
            d[k] = factor * (p[k] * total[i] - (y[k] * kept + shifted));
    }
}
